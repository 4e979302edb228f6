import { dirname } from 'node:path'
import { tool } from '../scripts/tools.ts'
import { deployment, Scene } from '../tests/github/scene.ts'
import { installProgram } from '../tests/support/program.ts'
import type { Benchmark } from './main.ts'
import { kubeLinterPass, median, requireCorpus, table } from './measure.ts'

/**
 * From the start of the process to the posted review, on a pull request of ten files against the GitHub of the tests on
 * loopback. The time that GitHub itself takes to answer (here: git) is part of it.
 *
 *   npm run bench -- review [ROUNDS]
 */
export const review: Benchmark = async (print, args) => {
  const [rounds = 5] = args.map(Number)
  const program = installProgram()
  const files = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [`deploy/app-${index}.yaml`, deployment(`app-${index}`)]),
  )
  const rows: string[][] = []
  try {
    for (const [level, inputs, limit] of [
      ['api', { verify: '' }, 3],
      ['admission', { verify: '', cluster: 'apiserver' }, 6],
    ] as const) {
      const toReview: number[] = []
      const toEnd: number[] = []
      let requests = 0
      for (let round = 0; round < rounds; round++) {
        const scene = await Scene.open(program, { 'README.md': 'shop\n' })
        const pull = scene.pull(files)
        // GitHub has made its diff long before the run starts.
        scene.store.repository.files('main', pull.headSha)
        const started = performance.now()
        const step = await scene.review(pull, {
          inputs,
          environment: { KUBEBUILDER_ASSETS: dirname(tool('kube-apiserver')), TMPDIR: program.folder() },
        })
        toEnd.push((performance.now() - started) / 1000)
        const posted = scene.github.requests.find(({ path }) => path.endsWith('/reviews'))
        if (posted === undefined || pull.reviews.length !== 1) throw new Error(`no review: ${step.log}`)
        toReview.push((posted.at - started) / 1000)
        requests = scene.github.requests.length
        await scene.close()
      }
      rows.push([
        level,
        `${median(toReview).toFixed(2)} s`,
        `${limit} s`,
        `${median(toEnd).toFixed(2)} s`,
        String(requests),
      ])
    }
  } finally {
    program.remove()
  }
  print(table(['level', 'to the review', 'limit', 'to the end', 'requests'], rows))
  const pass = kubeLinterPass(requireCorpus('normalised/stack'))
  print(`one kube-linter pass over normalised/stack: ${(pass.wall / 1000).toFixed(2)} s`)
}

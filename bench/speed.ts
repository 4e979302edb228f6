import { z } from 'zod'
import { toolVersion } from '../scripts/tools.ts'
import { runEdits } from './edits.ts'
import type { Benchmark } from './main.ts'
import {
  cli,
  corpus,
  kubeLinterPass,
  manifests,
  median,
  peakMemory,
  reportOf,
  requireCorpus,
  seconds,
  spread,
  table,
  type Run,
} from './measure.ts'

/**
 * One scan of normalised/stack, with every fix proven to level policy, against one pass of kube-linter over the same
 * files (31 default checks). The two take turns, so that both see the same machine.
 */
export const speed: Benchmark = async (print, args) => {
  const rounds = Number(args[0] ?? 7)
  const stack = requireCorpus('normalised/stack')
  const scan = ['scan', '--verify', 'policy', '--format', 'json', '--fail-on', 'never']

  const [theirs, ours]: [number[], number[]] = [[], []]
  let [findings, reports] = [0, 0]
  for (let round = 0; round < rounds + 1; round++) {
    const pass = kubeLinterPass(stack)
    const run = cli(...scan, stack)
    findings = reportOf(run).summary.findings
    reports = diagnosticsOf(pass)
    // The first round warms the file cache.
    if (round === 0) continue
    theirs.push(pass.wall)
    ours.push(run.wall)
  }
  const [pass, full] = [median(theirs), median(ours)]
  const memory = peakMemory(...scan, stack)

  const ten = spread(manifests(stack), 10)
  const cold = median(Array.from({ length: rounds }, () => cli(...scan, ...ten).wall))
  const version = median(Array.from({ length: rounds }, () => cli('--version').wall))

  const edit = await runEdits({ corpus, count: 5000, seed: 1, variant: 'as-is' })

  print(
    `kube-linter ${toolVersion('kube-linter')}, 31 default checks; ${reports} findings; k8s-autofix, ${findings} findings; medians of ${rounds} rounds`,
  )
  print(
    table(
      ['', 'measured', 'limit'],
      [
        ['one kube-linter pass over normalised/stack', seconds(pass), ''],
        ['scan --verify policy over the same', seconds(full), ''],
        ['ratio', `${(full / pass).toFixed(2)} x`, '5 x (aim 3 x)'],
        ['peak memory of that scan', `${memory.toFixed(0)} MiB`, '600 MB'],
        ['10 files from cold start', seconds(cold), '0.60 s'],
        ['--version', seconds(version), '0.15 s'],
        [
          'one edit of a file in memory, all gates, median',
          `${edit.milliseconds.median.toFixed(2)} ms`,
          '1 ms',
        ],
      ],
    ),
  )
  print(`kube-linter, each round: ${theirs.map(seconds).join(', ')}`)
  print(`k8s-autofix, each round: ${ours.map(seconds).join(', ')}`)
}

/** It ends with 1 for findings and for errors alike; only a report that parses says that it has run. */
function diagnosticsOf({ stdout }: Run): number {
  const { Reports: reports } = z
    .object({ Reports: z.array(z.unknown()).nullable() })
    .parse(JSON.parse(stdout))
  return reports?.length ?? 0
}

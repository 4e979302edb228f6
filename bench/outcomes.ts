import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { tool, toolVersion } from '../scripts/tools.ts'
import { openApiServer } from '../src/cluster/index.ts'
import { analyserFor } from '../tests/support/analyse.ts'
import { ask, outcomeTable, pairsOf, regressions, resourceDefaults } from '../tests/cluster/outcomes.ts'
import { corpora, manifests, requireCorpus } from './measure.ts'
import type { Benchmark } from './main.ts'

/** What a real API server says to every object of the corpora, before and after all fixes of its file. */
export const outcomes: Benchmark = async (print) => {
  const binaries = { apiserver: tool('kube-apiserver'), etcd: tool('etcd') }
  const entry = new URL('../src/main.ts', import.meta.url)
  let regressed = 0
  for (const corpus of corpora) {
    const folder = requireCorpus(corpus)
    const files = manifests(folder).map((path) => ({
      file: relative(folder, path),
      text: readFileSync(path, 'utf8'),
    }))
    const pairs = pairsOf(files, analyserFor({ config: resourceDefaults }))
    const cluster = await openApiServer({ entry, binaries, podSecurity: 'restricted' })
    try {
      const { assumed, refused } = await cluster.prepare(pairs.map(({ resource }) => resource.object))
      const started = performance.now()
      const asked = await ask(cluster, pairs)
      const seconds = (performance.now() - started) / 1000
      print(outcomeTable(corpus, asked).trimEnd())
      print(`assumed ${assumed.length}, could not be made ${refused.length}`)
      print(
        `kube-apiserver ${cluster.version}, etcd ${toolVersion('etcd')}; asked in ${seconds.toFixed(1)} s\n`,
      )
      const lines = regressions(asked)
      regressed += lines.length
      for (const line of lines) print(`regression: ${line}`)
    } finally {
      await cluster.close()
    }
  }
  if (regressed > 0) process.exitCode = 1
}

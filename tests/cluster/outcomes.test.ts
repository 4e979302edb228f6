import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tool } from '../../scripts/tools.ts'
import { openApiServer, type Cluster } from '../../src/cluster/index.ts'
import { analyserFor } from '../support/analyse.ts'
import { corpusFiles, hasCorpus } from '../support/corpus.ts'
import { ask, outcomeTable, pairsOf, regressions, resourceDefaults, type Outcome } from './outcomes.ts'

const corpora = ['normalised/stack', 'normalised/artifacthub', 'handwritten'] as const

if (!hasCorpus)
  test('NOT RUN: no corpus of real manifests beside the checkout; set CORPUS_DIR', () => undefined)

describe.runIf(hasCorpus)(
  'every object of the corpora, before and after all fixes, on a real API server',
  () => {
    const outcomes = new Map<string, Outcome[]>()

    beforeAll(async () => {
      const binaries = { apiserver: tool('kube-apiserver'), etcd: tool('etcd') }
      const entry = new URL('../../src/main.ts', import.meta.url)
      // Each corpus has a server of its own: what one repository brings along must not judge another.
      for (const name of corpora) {
        const pairs = pairsOf(corpusFiles(name), analyserFor({ config: resourceDefaults }))
        const cluster: Cluster = await openApiServer({ entry, binaries, podSecurity: 'restricted' })
        try {
          await cluster.prepare(pairs.map(({ resource }) => resource.object))
          outcomes.set(name, await ask(cluster, pairs))
        } finally {
          await cluster.close()
        }
      }
    }, 600_000)

    afterAll(() => {
      outcomes.clear()
    })

    test.each(corpora)(
      '%s: no fix adds an error, a warning, or an effect that its patch does not name',
      (name) => {
        expect(regressions(outcomes.get(name) ?? [])).toEqual([])
      },
    )

    test.each(corpora)('%s: what the server accepted before it accepts after', (name) => {
      const lost = (outcomes.get(name) ?? []).filter(
        ({ original, patched }) =>
          original.outcome === 'accepted' && patched && patched.outcome !== 'accepted',
      )
      expect(lost.map(({ pair, patched }) => `${pair.file}: ${JSON.stringify(patched)}`)).toEqual([])
    })

    test.each(corpora)('%s: every question has an answer', (name) => {
      const unanswered = (outcomes.get(name) ?? []).filter(({ original, patched }) =>
        [original, patched].some((answer) => answer?.outcome === 'unanswered'),
      )
      expect(unanswered.map(({ pair, original }) => `${pair.file}: ${JSON.stringify(original)}`)).toEqual([])
    })

    test('the outcome table is the one that was committed', async () => {
      const text = corpora.map((name) => outcomeTable(name, outcomes.get(name) ?? [])).join('\n')
      await expect(text).toMatchFileSnapshot('outcomes.snapshot.txt')
    })
  },
)

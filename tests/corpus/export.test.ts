import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Policy } from '../../src/model/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { corpusFiles, hasCorpus } from '../support/corpus.ts'
import { compare, enforce, exported, openEngine } from '../export/support.ts'

/*
 * Real objects, as the API server has them after its defaults: the exported policies report in the API server what ours
 * report on the same object, word for word.
 */

if (!hasCorpus)
  test('NOT RUN: no corpus of real manifests beside the checkout; set CORPUS_DIR', () => undefined)

/** Every so many files one here, all of them with EXPORT=all: that takes some minutes. */
const steps = { handwritten: 4, 'normalised/stack': 12, 'normalised/artifacthub': 2 } as const

describe.runIf(hasCorpus)('exported policies over', () => {
  let engine: ReturnType<typeof openEngine>
  let policies: Policy[]
  beforeAll(async () => {
    engine = openEngine()
    policies = await enforce(engine, await exported(engine))
  })
  afterAll(() => engine.close())

  test.each(['handwritten', 'normalised/stack', 'normalised/artifacthub'] as const)(
    '%s',
    { timeout: 900_000 },
    async (name) => {
      const every = process.env['EXPORT'] === 'all' ? 1 : steps[name]
      const objects = corpusFiles(name)
        .filter((_, index) => index % every === 0)
        .flatMap(({ file, text }) =>
          readSource(file, text).resources.map(({ object }) => ({ name: file, object })),
        )
      const { admitted, found, differences } = await compare(engine, policies, objects)
      expect(differences).toEqual([])
      expect(admitted).toBeGreaterThan(100)
      expect(found.size).toBeGreaterThan(10)
    },
  )
})

import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  corpusSources,
  exampleSources,
  measureParity,
  parityOf,
  parityText,
  snapshotFile,
  unexplainedOf,
  type Parity,
} from '../../bench/parity.ts'
import { crossObjectRules } from '../../src/detect/index.ts'
import { hasCorpus } from '../support/corpus.ts'
import { randomSources } from './parity-objects.ts'

/** What the real kube-linter and our policies say of the same resources. Builds kube-linter where it is not there. */
const wanted = 0.999

if (!hasCorpus)
  test('NOT RUN: no corpus of real manifests beside the checkout; set CORPUS_DIR', () => undefined)

describe('parity with kube-linter', () => {
  let own: Parity
  beforeAll(async () => {
    own = await measureParity(await exampleSources())
  }, 300_000)

  test('on the examples of our policies, where every difference is foretold', () => {
    expect(unexplainedOf(own.pairs)).toEqual([])
    expect(own.unjudged).toBe(0)
  })

  test('knows all 31 default checks, and every further check that a policy names', () => {
    expect(own.defaults.size).toBe(31)
    const seen = new Set(own.pairs.filter(({ by }) => by === 'both').map(({ check }) => check))
    expect([...own.defaults, ...own.further].filter((check) => !seen.has(check))).toEqual([])
  })

  test('covers all of its 62 offline checks but some that look across objects', () => {
    expect(own.defaults.size + own.further.size + own.uncovered.size).toBe(62)
    expect([...own.uncovered.keys()].filter((check) => !crossObjectRules.has(check))).toEqual([])
  })

  test('on random objects full of hard cases is at least 99.9 % as well', async () => {
    const random = await measureParity(randomSources(1, 300))
    expect(random.unjudged).toBe(0)
    expect(random.pairs.length).toBeGreaterThan(10_000)
    expect(unexplainedOf(random.pairs).length / random.pairs.length, list(random)).toBeLessThanOrEqual(
      1 - wanted,
    )
  }, 300_000)

  describe.runIf(hasCorpus)('over the corpora', () => {
    let real: Parity
    beforeAll(async () => {
      real = await measureParity(corpusSources())
    }, 300_000)

    test('is at least 99.9 %, counting what a policy foretells, in total and for the default checks', () => {
      expect(parityOf(real.pairs)).toBeGreaterThanOrEqual(wanted)
      expect(parityOf(real.pairs.filter(({ check }) => real.defaults.has(check)))).toBeGreaterThanOrEqual(
        wanted,
      )
      expect(real.pairs.length).toBeGreaterThan(5000)
    })

    test('leaves out next to nothing: what kube-linter cannot decode', () => {
      expect(real.unjudged / real.resources).toBeLessThan(0.005)
    })

    test('is what the committed table says (npm run bench -- parity --write)', () => {
      expect(`${parityText(real)}\n`).toBe(readFileSync(snapshotFile, 'utf8'))
    })
  })
})

/** What a person needs to see when it is not. */
function list({ pairs }: Parity): string {
  return unexplainedOf(pairs)
    .map(({ check, by, resource, file }) => `${check}: ${by} alone: ${resource} in ${file}`)
    .join('\n')
}

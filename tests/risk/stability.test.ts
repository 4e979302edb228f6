import { expect, test } from 'vitest'
import { inventoryOf } from '../../src/inventory/index.ts'
import { severities } from '../../src/model/index.ts'
import { rateFindings } from '../../src/rating.ts'
import { scoreRisk, usualWeights, type RiskInput, type Weights } from '../../src/risk/index.ts'
import { seededRandom, type Random } from '../../src/schedule/index.ts'
import { catalogue } from '../../src/policies/index.ts'
import { analyserFor } from '../support/analyse.ts'
import { corpusFiles, hasCorpus } from '../support/corpus.ts'

/** Every number in the weights, moved by up to a fifth, each on its own. */
function shaken(weights: Weights, random: Random): Weights {
  const shake = <Record extends Readonly<{ [key: string]: number }>>(record: Record): Record =>
    Object.fromEntries(
      Object.entries(record).map(([key, value]) => [key, value * (0.8 + 0.4 * random.uniform())]),
    ) as Record
  return {
    severity: shake(weights.severity),
    podSecurity: shake(weights.podSecurity),
    exposure: shake(weights.exposure),
    power: shake(weights.power),
    data: shake(weights.data),
    environment: shake(weights.environment),
    threat: shake(weights.threat),
    ...shake({ limitsThreat: weights.limitsThreat }),
    exploits: shake(weights.exploits),
  }
}

/** Kendall's tau-b: how far two orders agree, ties left out of account. */
function kendall(a: readonly number[], b: readonly number[]): number {
  let [agreeing, opposed, tiedA, tiedB] = [0, 0, 0, 0]
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < i; j++) {
      const x = Math.sign((a[i] ?? 0) - (a[j] ?? 0))
      const y = Math.sign((b[i] ?? 0) - (b[j] ?? 0))
      if (x === 0 && y === 0) continue
      if (x === 0) tiedA++
      else if (y === 0) tiedB++
      else if (x === y) agreeing++
      else opposed++
    }
  const pairs = agreeing + opposed
  return (agreeing - opposed) / Math.sqrt((pairs + tiedA) * (pairs + tiedB))
}

test('tau-b of known orders', () => {
  expect(kendall([1, 2, 3], [1, 2, 3])).toBe(1)
  expect(kendall([1, 2, 3], [3, 2, 1])).toBe(-1)
  expect(kendall([1, 1, 2], [1, 2, 3])).toBeCloseTo(2 / Math.sqrt(6))
})

if (!hasCorpus)
  test('NOT RUN: no corpus of real manifests beside the checkout; set CORPUS_DIR', () => undefined)

test.runIf(hasCorpus)('no weight decides the order of real findings alone', () => {
  const analyse = analyserFor({})
  const results = corpusFiles('handwritten').map(({ file, text }) => analyse(file, text))
  const inputs: RiskInput[] = []
  const findings = results.flatMap((result) => result.findings)
  rateFindings(findings, inventoryOf(results.flatMap(({ facts }) => facts)), {
    policies: catalogue,
    wholeFolders: true,
    feeds: { scans: [] },
    score: (input) => {
      inputs.push(input)
      return scoreRisk(input)
    },
  })
  expect(new Set(findings.map(({ severity }) => severity)).size).toBe(severities.length)
  const sample = inputs.filter((_, index) => index % Math.ceil(inputs.length / 600) === 0)
  const before = sample.map((input) => scoreRisk(input).score)
  const random = seededRandom(1)
  const taus = Array.from({ length: 200 }, () => {
    const weights = shaken(usualWeights, random)
    return kendall(
      before,
      sample.map((input) => scoreRisk(input, weights).score),
    )
  })
  expect(taus.reduce((sum, tau) => sum + tau, 0) / taus.length).toBeGreaterThan(0.9)
})

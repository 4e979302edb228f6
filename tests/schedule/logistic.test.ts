import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  fitLogistic,
  logit,
  logitsOf,
  sigmoid,
  type Posterior,
  type Row,
} from '../../src/schedule/logistic.ts'
import { namedRandom, seededRandom } from '../../src/schedule/index.ts'

const best = (posterior: Posterior, name: string, offset = 0): number =>
  logitsOf(posterior, [{ features: [feature(name)], offset }]).best()[0] ?? Number.NaN

const feature = (name: string, value = 1): Row['features'][number] => ({ name, value, deviation: 1 })

test('finds the weights that the rows come from', () => {
  const truth = { a: 1, b: -1.5 }
  const rows: Row[] = (['a', 'b'] as const).map((name) => ({
    features: [feature(name)],
    times: 10_000,
    hits: 10_000 * sigmoid(logit(0.3) + truth[name]),
    offset: logit(0.3),
  }))
  const posterior = fitLogistic(rows)
  for (const name of ['a', 'b'] as const) expect(best(posterior, name)).toBeCloseTo(truth[name], 1)
})

test('with nothing to learn from, chances are those of before', () => {
  expect(best(fitLogistic([]), 'a', logit(0.2))).toBeCloseTo(logit(0.2))
})

test('where all rows agree, wide priors are not believed', () => {
  const rows = Array.from({ length: 40 }, (_, index) => ({
    features: [feature('intercept'), feature(`policy ${index}`)],
    times: 20,
    hits: 6,
    offset: 0,
  }))
  expect(fitLogistic(rows).scale).toBe(0.1)
  const apart = rows.map((row, index) => ({ ...row, hits: index % 2 === 0 ? 1 : 15 }))
  expect(fitLogistic(apart).scale).toBe(1)
})

const rowArbitrary: fc.Arbitrary<Row> = fc
  .record({
    names: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 4 }),
    times: fc.integer({ min: 0, max: 50 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    offset: fc.double({ min: -3, max: 3, noNaN: true }),
  })
  .map(({ names, times, share, offset }) => ({
    features: names.map((name) => feature(name)),
    times,
    hits: times * share,
    offset,
  }))

test('while nothing is known, all that features say is possible', () => {
  expect(fitLogistic([]).scale).toBe(1)
})

test('what all have in common is as open when nobody has seen it as when somebody has', () => {
  const agreeing = Array.from({ length: 40 }, (_, index) => ({
    features: [feature(`policy ${index}`)],
    times: 20,
    hits: 6,
    offset: -0.8,
  }))
  const posterior = fitLogistic(agreeing)
  expect(posterior.scale).toBe(0.1)
  const random = seededRandom(1)
  const logits = logitsOf(posterior, [{ features: [feature('intercept')], offset: 0 }])
  const draws = Array.from({ length: 4000 }, () => logits.draw(1, random)[0] ?? Number.NaN)
  expect(Math.sqrt(draws.reduce((sum, one) => sum + one * one, 0) / draws.length)).toBeCloseTo(1, 1)
})

test('the order of the rows does not matter, and split rows are as good as whole ones', () => {
  fc.assert(
    fc.property(fc.array(rowArbitrary, { maxLength: 20 }), (rows) => {
      const whole = fitLogistic(rows)
      const halves = rows
        .flatMap((row) => [row, row].map((one) => ({ ...one, times: one.times / 2, hits: one.hits / 2 })))
        .reverse()
      const other = fitLogistic(halves)
      for (const name of ['a', 'b', 'c', 'd', 'e'])
        expect(best(other, name)).toBeCloseTo(best(whole, name), 4)
    }),
  )
})

test('draws are as wide as the temper says, also for what nobody has seen', () => {
  const posterior = fitLogistic([{ features: [feature('a')], times: 10, hits: 4, offset: 0 }])
  const spread = (name: string, temper: number): number => {
    const random = seededRandom(1)
    const logits = logitsOf(posterior, [{ features: [feature(name)], offset: 0 }])
    const draws = Array.from({ length: 4000 }, () => logits.draw(temper, random)[0] ?? Number.NaN)
    const mean = draws.reduce((sum, one) => sum + one, 0) / draws.length
    return Math.sqrt(draws.reduce((sum, one) => sum + (one - mean) ** 2, 0) / draws.length)
  }
  for (const name of ['a', 'unseen']) {
    expect(spread(name, 0.3) / spread(name, 1)).toBeCloseTo(0.3, 1)
    expect(spread(name, 1)).toBeGreaterThan(0.05)
  }
})

test('a sampler draws what draws of all weights would give: as wide, and together', () => {
  const cases = [
    { features: [feature('a'), feature('b')], offset: 0.4 },
    { features: [feature('b', -1), feature('unseen')], offset: -1 },
    { features: [feature('b', -1), feature('unseen')], offset: 2 },
    { features: [feature('a'), feature('other')], offset: 0 },
  ]
  const rows = (['a', 'b'] as const).map((name, index) => ({
    features: [feature(name), feature('both')],
    times: 10,
    hits: 2 + 3 * index,
    offset: 0,
  }))
  const logits = logitsOf(fitLogistic(rows), cases)
  const momentsOf = (draw: () => Float64Array): number[] => {
    const draws = Array.from({ length: 20_000 }, draw)
    const mean = (of: (one: Float64Array) => number): number =>
      draws.reduce((sum, one) => sum + of(one), 0) / draws.length
    const means = cases.map((_, i) => mean((one) => one[i] ?? Number.NaN))
    return cases.flatMap((_, i) => [
      means[i] ?? Number.NaN,
      ...cases.map((__, j) =>
        mean((one) => ((one[i] ?? 0) - (means[i] ?? 0)) * ((one[j] ?? 0) - (means[j] ?? 0))),
      ),
    ])
  }
  const [one, two] = [seededRandom(1), seededRandom(2)]
  const sample = logits.sampler(0.7)
  const [direct, sampled] = [momentsOf(() => logits.draw(0.7, one)), momentsOf(() => sample(two))]
  for (const [index, moment] of direct.entries()) expect(sampled[index]).toBeCloseTo(moment, 1)
  // What looks alike is drawn alike, but for what is known beforehand.
  const [, first = 0, second = 0] = sample(two)
  expect(second - first).toBeCloseTo(3)
})

test('chance that is bound to names does not depend on what else is drawn', () => {
  const posterior = fitLogistic([])
  const [a, b] = [feature('a'), feature('b')].map((one) => ({ features: [one], offset: 0 }))
  const alone = logitsOf(posterior, [b ?? expect.fail()], 'fixed').draw(1, namedRandom(7))
  const both = logitsOf(posterior, [a ?? expect.fail(), b ?? expect.fail()], 'fixed').draw(1, namedRandom(7))
  expect(both[1]).toBe(alone[0])
  expect(both[0]).not.toBe(alone[0])
  const other = logitsOf(posterior, [b ?? expect.fail()], 'broke').draw(1, namedRandom(7))
  expect(other[0]).not.toBe(alone[0])
})

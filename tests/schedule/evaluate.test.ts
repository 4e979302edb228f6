import { describe, expect, test } from 'vitest'
import {
  byRisk,
  createWorld,
  decide,
  evaluate,
  fitModel,
  outlookOn,
  profiles,
  propensitiesOf,
  seededRandom,
  slateOf,
  type Candidate,
  type Chances,
  type LoggedChange,
  type Target,
} from '../../src/schedule/index.ts'

const places = 3
const world = createWorld(profiles['average'] ?? expect.fail(), seededRandom(7))
const random = seededRandom(8)

/** A log of a scheduler that leaves much to chance, in a world whose tastes are known. */
const model = fitModel([])
const log: LoggedChange[] = Array.from({ length: 400 }, (_, change) => {
  const candidates = world.candidates(change)
  const outlook = outlookOn(model, candidates)
  const draw = (): readonly number[] => outlook.drawValues(random, { temper: 1 })
  const channels = decide(candidates, draw(), places)
  const propensities = propensitiesOf(candidates, draw, places, random)
  return candidates.map((candidate, index) => {
    const { fixed, committed, broke } = world.chances(candidate, change)
    const luck = random.uniform()
    return {
      candidate,
      shown: channels[index] === 'inline',
      propensity: propensities[index] ?? 0,
      ...(channels[index] === 'inline' && {
        outcome: {
          fixed: luck < fixed,
          committed: luck < committed,
          broke: luck < committed && random.uniform() < broke / committed,
        },
      }),
    }
  })
})

const riskAlone: Target = (candidates) => {
  const slate = slateOf(candidates, byRisk(candidates, random), places)
  return candidates.map((_, index) => (slate.includes(index) ? 1 : 0))
}
const truth =
  log.reduce((sum, change, index) => {
    const candidates = change.map(({ candidate }) => candidate)
    const wanted = riskAlone(candidates)
    return (
      sum +
      candidates.reduce(
        (total, candidate, at) => total + (wanted[at] ?? 0) * world.value(candidate, index),
        0,
      )
    )
  }, 0) / log.length

const nothing = (): Chances => ({ fixed: 0.25, committed: 0.2, broke: 0 })

describe('a log of another scheduler tells what risk alone would have been worth', () => {
  const { ips, snips, doublyRobust, effectiveSize, changes } = evaluate(
    log,
    riskAlone,
    nothing,
    seededRandom(9),
  )
  test('by every estimator', () => {
    for (const { low, high, value } of [ips, snips, doublyRobust]) {
      expect(low).toBeLessThan(truth)
      expect(high).toBeGreaterThan(truth)
      expect(value).toBeGreaterThan(low)
      expect(value).toBeLessThan(high)
    }
    expect(changes).toBe(400)
    expect(effectiveSize).toBeGreaterThan(50)
    expect(effectiveSize).toBeLessThan(3 * 400)
  })
  test('and the better the model, the narrower', () => {
    const perfect = (candidate: Candidate): Chances => world.chances(candidate, 0)
    const better = evaluate(log, riskAlone, perfect, seededRandom(9)).doublyRobust
    expect(better.high - better.low).toBeLessThan(ips.high - ips.low)
    expect(better.low).toBeLessThan(truth)
    expect(better.high).toBeGreaterThan(truth)
  })
})

test('the log of a scheduler says what it was worth itself', () => {
  const own: Target = (candidates) =>
    log
      .find((change) => change[0]?.candidate.id === candidates[0]?.id)
      ?.map(({ propensity }) => propensity) ?? []
  const { ips } = evaluate(
    log.filter((change) => change.length > 0),
    own,
    nothing,
    seededRandom(3),
  )
  const seen =
    log.flat().reduce((sum, { candidate, outcome }) => {
      if (outcome === undefined) return sum
      const { fixed, committed, broke } = outcome
      const part = committed ? 1 : fixed ? 0.5 : 0
      return sum + candidate.risk * part - (fixed ? 0 : 4) - (broke ? 60 : 0)
    }, 0) / log.filter((change) => change.length > 0).length
  expect(ips.value).toBeCloseTo(seen)
})

test('what nobody knows lowers no estimate', () => {
  const values = (some: readonly LoggedChange[]): number[] => {
    const { ips, snips, doublyRobust } = evaluate(some, riskAlone, nothing, seededRandom(9))
    return [ips.value, snips.value, doublyRobust.value]
  }
  const isClosed = (index: number): boolean => index % 3 === 0
  const closed = log.map((change, index) =>
    isClosed(index) ? change.map((one) => ({ ...one, outcome: undefined })) : change,
  )
  // Of a change with nothing in it there is nothing to be known.
  expect(values(closed)).toEqual(
    values(log.filter((change, index) => !isClosed(index) || !change.some(({ shown }) => shown))),
  )
})

test('nothing to evaluate is said', () => {
  expect(() =>
    evaluate([log[0]?.map((one) => ({ ...one, outcome: undefined })) ?? []], riskAlone, nothing, random),
  ).toThrow('nothing to evaluate')
  expect(() => evaluate([], riskAlone, nothing, random)).toThrow('nothing to evaluate')
})

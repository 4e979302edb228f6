import { usualCosts, valueOf, type Candidate, type Chances, type Costs, type Outcome } from './candidate.ts'
import type { Random } from './random.ts'

/*
 * What another scheduler would have been worth, from the log of the one that ran. Only what was shown has an outcome, so
 * each outcome is weighed by how likely it was to be shown.
 */

/** What was decided on one fix, and what became of it. */
export interface Logged {
  candidate: Candidate
  shown: boolean
  /** Chance of being shown when it was decided. */
  propensity: number
  /** Of what was shown; absent while it is not known, or will never be. */
  outcome?: Outcome | undefined
}

/** All that was decided on one change request. */
export type LoggedChange = readonly Logged[]

/** The chance that the scheduler in question shows each fix of a change request. */
export type Target = (candidates: readonly Candidate[]) => readonly number[]

export interface Estimate {
  /** Points of risk for each change request. */
  value: number
  /** Middle 95 % over change requests drawn again. */
  low: number
  high: number
}

export interface Evaluation {
  /** Weighed by the inverse of the propensities (Horvitz and Thompson 1952). */
  ips: Estimate
  /** The same over the sum of its weights: a little bias for much less spread. */
  snips: Estimate
  /** A model's guess for all, put right by what was seen (Dudik et al. 2011). */
  doublyRobust: Estimate
  /** How many suggestions of equal weight the log is worth for this question. */
  effectiveSize: number
  /** How many were looked at. */
  changes: number
}

/** No weight is above this: one unlikely outcome shall not decide. */
const largestWeight = 20
const resamples = 500

/**
 * Changes of which an outcome is not known, or never will be, are left out whole: counted as worth nothing they would make
 * every scheduler look worse. So the log shall hold none that is too young for a "no". Throws where no change is left.
 * `model` gives the chances that somebody expects of a candidate; the better it
 * is, the narrower is the doubly robust estimate, which needs it not to be right.
 */
export function evaluate(
  log: readonly LoggedChange[],
  target: Target,
  model: (candidate: Candidate) => Chances,
  random: Random,
  costs: Costs = usualCosts,
): Evaluation {
  const known = log.filter((change) => change.every(({ shown, outcome }) => !shown || outcome !== undefined))
  if (known.length === 0) throw new Error('there is nothing to evaluate')
  const terms = known.map((change) => termsOf(change, target, model, costs))
  const all = (take: (part: readonly Terms[]) => number): Estimate => bootstrapped(terms, take, random)
  const sum = (part: readonly Terms[], of: (one: Terms) => number): number =>
    part.reduce((total, one) => total + of(one), 0)
  const weights = sum(terms, ({ weight }) => weight)
  const squares = sum(terms, ({ weightSquares }) => weightSquares)
  return {
    ips: all((part) => sum(part, ({ weighed }) => weighed) / part.length),
    snips: all((part) => {
      const weight = sum(part, (one) => one.weight)
      // As many as the target would have shown, each worth the weighed mean.
      return weight === 0
        ? 0
        : (sum(part, ({ weighed }) => weighed) / weight) * (sum(part, ({ places }) => places) / part.length)
    }),
    doublyRobust: all((part) => sum(part, ({ robust }) => robust) / part.length),
    effectiveSize: squares === 0 ? 0 : weights ** 2 / squares,
    changes: known.length,
  }
}

interface Terms {
  weighed: number
  weight: number
  weightSquares: number
  robust: number
  /** How many the target shows. */
  places: number
}

function termsOf(
  change: LoggedChange,
  target: Target,
  model: (candidate: Candidate) => Chances,
  costs: Costs,
): Terms {
  const terms: Terms = { weighed: 0, weight: 0, weightSquares: 0, robust: 0, places: 0 }
  const wanted = target(change.map(({ candidate }) => candidate))
  change.forEach(({ candidate, shown, propensity, outcome }, index) => {
    const chance = wanted[index] ?? 0
    const guess = valueOf(candidate.risk, model(candidate), costs)
    terms.places += chance
    terms.robust += chance * guess
    if (!shown || outcome === undefined) return
    const weight = Math.min(largestWeight, chance / propensity)
    const { fixed, committed, broke } = outcome
    const chances = { fixed: Number(fixed), committed: Number(committed), broke: Number(broke) }
    const value = valueOf(candidate.risk, chances, costs)
    terms.weighed += weight * value
    terms.weight += weight
    terms.weightSquares += weight * weight
    terms.robust += weight * (value - guess)
  })
  return terms
}

/** Change requests are drawn again whole: the fixes of one are not independent of each other. */
function bootstrapped(
  terms: readonly Terms[],
  take: (part: readonly Terms[]) => number,
  random: Random,
): Estimate {
  const values = Array.from({ length: resamples }, () =>
    take(
      Array.from({ length: terms.length }, () => terms[Math.floor(random.uniform() * terms.length)]).filter(
        (one) => one !== undefined,
      ),
    ),
  ).sort((a, b) => a - b)
  const at = (share: number): number => values[Math.floor(share * (values.length - 1))] ?? Number.NaN
  return { value: take(terms), low: at(0.025), high: at(0.975) }
}

import type { Candidate } from './candidate.ts'
import type { Random } from './random.ts'
import type { Values } from './slate.ts'

/** Orders that learn nothing: what is posted when nothing else is asked for, and what the learner is measured against. */
export type Order = (candidates: readonly Candidate[], random: Random) => Values

export const byRisk: Order = (candidates) => candidates.map(({ risk }) => risk)

/** As they stand in the change. */
export const byPlace: Order = (candidates) => candidates.map((_, index) => candidates.length - index)

export const byChance: Order = (candidates, random) => candidates.map(() => random.uniform())

/**
 * The formula of the prototype (k8s-auto-fix): risk times the share that its verifier accepts, over the seconds that a
 * fix takes, with exploration and hours of waiting added. The share and the time are those that it has committed, its
 * exploration is zero in every file.
 */
export const byPrototype: Order = (candidates) =>
  candidates.map(({ risk, waited }) => (risk * 0.9) / 10 + 0 + waited)

import { type Candidate, type Chances, type Outcome } from '../candidate.ts'
import type { Random } from '../random.ts'
import { decide, slateOf, type Values } from '../slate.ts'
import type { World } from './world.ts'

/** Who decides what of a change request is shown, and may learn from what became of it. */
export interface Scheduler {
  values(candidates: readonly Candidate[], random: Random): Values
  learn?(labels: readonly Label[], change: number): void
}

export interface Label {
  candidate: Candidate
  outcome: Outcome
  /** Of the change request in which it was shown. */
  shown: number
}

/** By change request. */
export interface Simulated {
  /** What was shown is worth, by the reviewer's true tastes; nobody's luck is in it. */
  value: number[]
  /** What the best slate under the same rules is worth. */
  best: number[]
  shown: number
  /** Urgent findings that were neither shown nor in the summary. */
  unseen: number
}

/** Places of a slate. */
export const slatePlaces = 3

/** A positive answer takes some change requests, most a few; a negative is known once this many have gone by. */
const negativeDelay = 14
const positiveDelay = { logMean: Math.log(2), logDeviation: 1 }
/** Change requests that are closed unmerged: what was shown there teaches nothing. */
const censoredShare = 0.08

export function simulate(world: World, scheduler: Scheduler, changes: number, random: Random): Simulated {
  const simulated: Simulated = { value: [], best: [], shown: 0, unseen: 0 }
  const pending: (Label & { known: number })[] = []
  for (let change = 0; change < changes; change++) {
    const known = pending.filter((label) => label.known <= change)
    scheduler.learn?.(known, change)
    pending.splice(0, pending.length, ...pending.filter((label) => label.known > change))

    const candidates = world.candidates(change)
    const truth = candidates.map((candidate) => world.value(candidate, change))
    const worth = (slate: readonly number[]): number =>
      slate.reduce((sum, index) => sum + (truth[index] ?? 0), 0)
    const channels = decide(candidates, scheduler.values(candidates, random), slatePlaces)
    const slate = candidates.flatMap((_, index) => (channels[index] === 'inline' ? index : []))
    simulated.value.push(worth(slate))
    simulated.best.push(worth(slateOf(candidates, truth, slatePlaces)))
    simulated.shown += slate.length
    simulated.unseen += candidates.filter(
      ({ isUrgent }, index) => isUrgent && channels[index] === 'silent',
    ).length
    if (random.uniform() < censoredShare) continue
    for (const index of slate) {
      const candidate = candidates[index]
      if (candidate === undefined) continue
      const outcome = drawOutcome(world.chances(candidate, change), random)
      const delay = outcome.fixed
        ? Math.exp(positiveDelay.logMean + positiveDelay.logDeviation * random.normal())
        : negativeDelay
      pending.push({ candidate, outcome, shown: change, known: change + Math.ceil(delay) })
    }
  }
  return simulated
}

function drawOutcome({ fixed, committed, broke }: Chances, random: Random): Outcome {
  const draw = random.uniform()
  const isCommitted = draw < committed
  return {
    fixed: draw < fixed,
    committed: isCommitted,
    broke: isCommitted && random.uniform() < broke / committed,
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Share of what the best slates are worth, over some change requests. */
export function shareOf({ value, best }: Simulated, from = 0, to = value.length): number {
  return sum(value.slice(from, to)) / sum(best.slice(from, to))
}

/** What the best slates are worth more, after so many change requests. */
export function regretOf({ value, best }: Simulated, changes: number): number {
  return sum(best.slice(0, changes)) - sum(value.slice(0, changes))
}

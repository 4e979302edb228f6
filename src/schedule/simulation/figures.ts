import { byChance, byPlace, byPrototype, byRisk, type Order } from '../orders.ts'
import { seededRandom } from '../random.ts'
import { learningScheduler } from './learning.ts'
import { profiles } from './profiles.ts'
import { regretOf, shareOf, simulate, type Scheduler, type Simulated } from './run.ts'
import { createWorld, type WorldOptions } from './world.ts'

/** What is compared: every scheduler there is to choose, and chance. */
export const schedulers: Readonly<Record<string, () => Scheduler>> = {
  chance: ordered(byChance),
  fifo: ordered(byPlace),
  prototype: ordered(byPrototype),
  risk: ordered(byRisk),
  learned: learningScheduler,
}

function ordered(order: Order): () => Scheduler {
  return () => ({ values: order })
}

/** Change requests of one run. */
export const runLength = 500

/** Means over the seeds. */
export interface Figure {
  profile: string
  scheduler: string
  /** Share of the best value, over all change requests and over the last fifty. */
  share: number
  lastShare: number
  /** Points of value less than the best, after 200 change requests and after all. */
  regret200: number
  regret: number
  /** Suggestions for each change request. */
  shown: number
  unseen: number
}

export interface Curve {
  profile: string
  scheduler: string
  /** Mean regret after each change request. */
  regret: number[]
}

export interface Simulation {
  figures: Figure[]
  curves: Curve[]
}

/** Runs every scheduler in the world of every profile, with the same seeds, so that all see the same findings. */
export function simulateAll(
  seeds: number,
  {
    names = Object.keys(profiles),
    progress = () => undefined,
  }: { names?: readonly string[]; progress?: (done: number, of: number) => void } = {},
): Simulation {
  const all: Simulation = { figures: [], curves: [] }
  let done = 0
  for (const profile of names) {
    const options = profiles[profile]
    if (options === undefined) throw new Error(`there is no reviewer called "${profile}"`)
    for (const [scheduler, create] of Object.entries(schedulers)) {
      const runs: Simulated[] = []
      for (let seed = 1; seed <= seeds; seed++) {
        runs.push(simulateOne(options, create(), seed))
        progress(++done, names.length * Object.keys(schedulers).length * seeds)
      }
      const average = (of: (run: Simulated) => number): number => mean(runs.map(of))
      all.figures.push({
        profile,
        scheduler,
        share: average((run) => shareOf(run)),
        lastShare: average((run) => shareOf(run, runLength - 50)),
        regret200: average((run) => regretOf(run, 200)),
        regret: average((run) => regretOf(run, runLength)),
        shown: average(({ shown }) => shown / runLength),
        unseen: average(({ unseen }) => unseen),
      })
      const regret = Array.from({ length: runLength }, (_, index) =>
        average((run) => regretOf(run, index + 1)),
      )
      all.curves.push({ profile, scheduler, regret })
    }
  }
  return all
}

function simulateOne(options: WorldOptions, scheduler: Scheduler, seed: number): Simulated {
  return simulate(
    createWorld(options, seededRandom(seed)),
    scheduler,
    runLength,
    seededRandom(seed + 1_000_000),
  )
}

/** What the learner has to be able to do before it is let out. */
export interface Demand {
  text: string
  measured: number
  /** The least that is enough; of what nobody has seen, the most. */
  limit: number
  isMet: boolean
}

/** Of reviewers that were not simulated nothing is demanded. */
export function demandsOn(figures: readonly Figure[]): Demand[] {
  const demands: Demand[] = []
  const demand = (
    profile: string,
    text: string,
    limit: number,
    measure: (learned: Figure, risk: Figure) => number,
  ): void => {
    const of = (scheduler: string): Figure | undefined =>
      figures.find((one) => one.profile === profile && one.scheduler === scheduler)
    const [learned, risk] = [of('learned'), of('risk')]
    if (learned === undefined || risk === undefined) return
    const measured = measure(learned, risk)
    demands.push({ text: `${profile}: ${text}`, measured, limit, isMet: measured >= limit })
  }
  const ahead = (learned: Figure, risk: Figure): number => 100 * (learned.share - risk.share)
  demand('average', 'points of the best value above risk alone', 10, ahead)
  for (const profile of ['picky', 'average', 'keen'])
    demand(
      profile,
      'value that risk alone loses more after 200 changes',
      0,
      (learned, risk) => risk.regret200 - learned.regret200,
    )
  demand('interaction', 'points above risk alone', 0, ahead)
  demand('indifferent', 'points above risk alone', -2, ahead)
  demand(
    'drifting',
    'share of the best value in the last 50 of 500 changes',
    0.92,
    ({ lastShare }) => lastShare,
  )
  demand('adversarial', 'points above risk alone', -5, ahead)
  const unseen = figures.reduce((sum, figure) => sum + figure.unseen, 0)
  demands.push({
    text: 'urgent findings that somebody has not seen',
    measured: unseen,
    limit: 0,
    isMet: unseen === 0,
  })
  return demands
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

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
  limit: number
  isMet: boolean
}

export function demandsOn(figures: readonly Figure[]): Demand[] {
  const of = (profile: string, scheduler: string): Figure => {
    const figure = figures.find((one) => one.profile === profile && one.scheduler === scheduler)
    if (figure === undefined) throw new Error(`nothing is known of ${scheduler} for ${profile}`)
    return figure
  }
  const ahead = (profile: string): number => 100 * (of(profile, 'learned').share - of(profile, 'risk').share)
  const atLeast = (text: string, measured: number, limit: number): Demand => ({
    text,
    measured,
    limit,
    isMet: measured >= limit,
  })
  return [
    atLeast('average: points of the best value above risk alone', ahead('average'), 10),
    ...['picky', 'average', 'keen'].map((profile) =>
      atLeast(
        `${profile}: regret that risk alone has more after 200 changes`,
        of(profile, 'risk').regret200 - of(profile, 'learned').regret200,
        0,
      ),
    ),
    atLeast('interaction: points above risk alone', ahead('interaction'), 0),
    atLeast('indifferent: points above risk alone', ahead('indifferent'), -2),
    atLeast(
      'drifting: share of the best value in the last 50 of 500 changes',
      of('drifting', 'learned').lastShare,
      0.92,
    ),
    atLeast('adversarial: points above risk alone', ahead('adversarial'), -5),
    atLeast('urgent findings that nobody saw', -figures.reduce((sum, { unseen }) => sum + unseen, 0), 0),
  ]
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

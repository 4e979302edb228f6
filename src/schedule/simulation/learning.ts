import { fitModel, outlookOn, type Count, type Model } from '../learner.ts'
import type { Random } from '../random.ts'
import type { Label, Scheduler } from './run.ts'

/** What counts after one change request more. */
const discount = 0.995
/** Runs on the default branch learn; a few change requests go by between two of them. */
const changesBetween = 5

/** The learner, as it works in a repository: counts by context and time, a model made anew from them now and then. */
export function learningScheduler(options: { temper?: number; discount?: number } = {}): Scheduler {
  const keep = options.discount ?? discount
  const counts = new Map<string, Count>()
  let model: Model = fitModel([])
  let waiting: Label[] = []
  return {
    values: (candidates, random: Random) => outlookOn(model, candidates).drawValues(random, options),
    learn(labels, change) {
      for (const count of counts.values()) {
        count.shown *= keep
        count.fixed *= keep
        count.committed *= keep
        count.broke *= keep
      }
      waiting.push(...labels)
      if (change % changesBetween !== 0) return
      for (const { candidate, outcome, shown } of waiting) {
        const { context } = candidate
        const key = JSON.stringify(context)
        const count = counts.get(key) ?? { context, shown: 0, fixed: 0, committed: 0, broke: 0 }
        counts.set(key, count)
        const weight = keep ** (change - shown)
        count.shown += weight
        if (outcome.fixed) count.fixed += weight
        if (outcome.committed) count.committed += weight
        if (outcome.broke) count.broke += weight
      }
      waiting = []
      model = fitModel([...counts.values()])
    },
  }
}

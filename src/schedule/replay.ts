import { calibrationOf, type Calibration } from './calibration.ts'
import type { Candidate } from './candidate.ts'
import { evaluate, type Evaluation, type Logged, type LoggedChange, type Target } from './evaluate.ts'
import { audible, fitModel, outlookOn, placeSharesOf, type Model } from './learner.ts'
import { byChance, byRisk, type Order } from './orders.ts'
import type { Random } from './random.ts'
import { slateOf } from './slate.ts'
import { compareTexts, countsOf, isDecided, type State, type Suggestion } from './state.ts'

/*
 * What other schedulers would have been worth in a repository, from what has happened there.
 */

export interface Replay {
  /** Change requests of which every outcome is known. */
  changes: number
  /** Suggestions that were shown in them. */
  shown: number
  schedulers: { name: string; evaluation: Evaluation }[]
  calibration: Calibration
}

/** From this risk on nothing is silent; severities are not in a log. */
const urgentRisk = 85
const draws = 50

/**
 * Undefined where no change request has an outcome yet. `backlog` names what is no change request: what was said of a
 * backlog, year in, year out, was never one choice of a few.
 */
export function replay(state: State, places: number, random: Random, backlog: string): Replay | undefined {
  const changes = [...Map.groupBy(state.suggestions.values(), ({ change }) => change).entries()]
    .filter(([change]) => change !== backlog)
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([, suggestions]) => suggestions.toSorted((a, b) => compareTexts(a.id, b.id)))
    .filter((suggestions) => suggestions.every((one) => !one.marks.has('shown') || isDecided(one)))
    .filter((suggestions) => suggestions.some(({ marks }) => marks.has('shown')))
  if (changes.length === 0) return undefined
  const log = changes.map((suggestions): LoggedChange => suggestions.map(loggedOf))
  // Nobody is judged by what was learned from the same change request: each half is decided by what the other taught.
  const halves = [0, 1].map((half) => modelOf(changes.filter((_, index) => index % 2 !== half)))
  const modelFor = new Map<Candidate, Model>()
  log.forEach((change, index) => {
    for (const { candidate } of change) modelFor.set(candidate, halves[index % 2] ?? fitModel([]))
  })
  const model = (candidate: Candidate): Model => modelFor.get(candidate) ?? fitModel([])
  const chances = (candidate: Candidate): ReturnType<ReturnType<typeof outlookOn>['chances']>[number] =>
    outlookOn(model(candidate), [candidate]).chances()[0] ?? { fixed: 0, committed: 0, broke: 0 }
  const targets: Readonly<Record<string, Target>> = {
    chance: (candidates) =>
      placeSharesOf(candidates, (one) => byChance(candidates, one), places, random, draws),
    risk: fixedOrder(byRisk, places, random),
    learned: (candidates) => {
      const [first] = candidates
      if (first === undefined) return []
      const outlook = outlookOn(model(first), candidates)
      const [draw, heard] = [outlook.sampler(), audible(candidates, outlook)]
      return placeSharesOf(candidates, (one) => heard(draw(one)), places, random, draws)
    },
  }
  return {
    changes: changes.length,
    shown: changes.flat().filter(({ marks }) => marks.has('shown')).length,
    schedulers: Object.entries(targets).map(([name, target]) => ({
      name,
      evaluation: evaluate(log, target, chances, random),
    })),
    calibration: calibrationOf(state),
  }
}

function fixedOrder(order: Order, places: number, random: Random): Target {
  return (candidates) => {
    const slate = new Set(slateOf(candidates, order(candidates, random), places))
    return candidates.map((_, index) => (slate.has(index) ? 1 : 0))
  }
}

function modelOf(changes: readonly (readonly Suggestion[])[]): Model {
  const suggestions = new Map(changes.flat().map((one) => [one.id, one]))
  const week = Math.max(0, ...[...suggestions.values()].map((one) => one.week))
  return fitModel(countsOf({ suggestions }, week))
}

function loggedOf({ id, context, risk, propensity, marks }: Suggestion): Logged {
  const shown = marks.has('shown')
  const committed = marks.has('committed')
  return {
    candidate: { id, context, risk, isUrgent: risk >= urgentRisk, mayBeInline: true, waited: 0 },
    shown,
    propensity: Math.max(0.02, propensity / 100),
    ...(shown && {
      outcome: { fixed: committed || marks.has('fixed'), committed, broke: committed && marks.has('broke') },
    }),
  }
}

import { isUrgent } from './deciding.ts'
import { severities, type Finding } from './model/index.ts'
import { backlogOf, valuesOf } from './queueing.ts'
import type { Outcome } from './run.ts'
import {
  ageOf,
  byPrototype,
  countsOf,
  findingId,
  fitModel,
  isPastDue,
  orderBacklog,
  seededRandom,
  suppressionOf,
  weekOf,
  type State,
  type Waiting,
} from './schedule/index.ts'

/*
 * What of a branch is offered next. Nothing of it is new, so it grows older: see the due dates of the backlog.
 */

export interface Sweeping {
  /** What was learned, and since when each finding stands on the branch. */
  state: State
  /** `owner/name`, as the state knows it. */
  repository: string
  /** Milliseconds since 1970. */
  time: number
  /** Findings that an open pull request fixes: nobody looks at one to the end that holds something else each day. */
  standing: ReadonlySet<string>
}

export interface Sweep {
  /** Findings that one change fixes, in the order in which they are worked off. */
  order: (readonly Finding[])[]
  /** Somebody does not want to hear of these any more. */
  ignored: Finding[]
  /** How many of the findings in `order` should be gone by now. */
  pastDue: number
}

/** What is left behind the first so many; those of one change stay together, and come first however many they are. */
export function beyond<One>(order: readonly (readonly One[])[], most: number): One[] {
  let taken = 0
  return order.flatMap((some) => {
    if (taken > 0 && taken + some.length > most) return some
    taken += some.length
    return []
  })
}

/** Orders some of the fixed findings of an outcome: what is urgent, what stands in a pull request, and the rest. */
export function sweepOf(outcome: Outcome, fixed: readonly Finding[], sweeping: Sweeping): Sweep {
  const { state, repository, time, standing } = sweeping
  const idOf = ({ fingerprint }: Finding): string => findingId(repository, fingerprint)
  const isIgnored = (finding: Finding): boolean => suppressionOf(state, idOf(finding), time) !== undefined
  const waitOf = (finding: Finding): number => ageOf(state, idOf(finding), time)
  const placeOf = (findings: readonly Finding[]): number =>
    (findings.some(isUrgent) ? 0 : 2) +
    (findings.some(({ fingerprint }) => standing.has(fingerprint)) ? 0 : 1)
  const wanted = new Set(fixed)
  const backlog = backlogOf(outcome)
  const values = valuesIn(outcome, backlog, sweeping, waitOf)
  const ignored: Finding[] = []
  const waiting = [...backlog.items].flatMap(([id, findings]): (Waiting & { findings: Finding[] })[] => {
    const mine = findings.filter((finding) => wanted.has(finding))
    if (mine.length === 0) return []
    if (mine.some(isIgnored)) {
      ignored.push(...mine)
      return []
    }
    const severity = severities[Math.max(...mine.map((one) => severities.indexOf(one.severity)))] ?? 'low'
    return [{ id, severity, value: values.get(id) ?? 0, age: Math.max(...mine.map(waitOf)), findings: mine }]
  })
  return {
    order: orderBacklog(waiting)
      .map(({ findings }) => findings)
      .toSorted((a, b) => placeOf(a) - placeOf(b)),
    ignored,
    pastDue: waiting.filter(isPastDue).reduce((sum, { findings }) => sum + findings.length, 0),
  }
}

/** Writes down at each finding of a sweep where its fix is offered; `offered` is the pull request, where there is one. */
export function decideSweep(
  { order, ignored }: Sweep,
  offered: { number: number; fingerprints: ReadonlySet<string> } | undefined,
): void {
  order.forEach((findings, index) => {
    for (const finding of findings) {
      const isOffered = offered?.fingerprints.has(finding.fingerprint) === true
      finding.decision = {
        channel: isOffered ? 'fix-pr' : 'backlog',
        rank: index + 1,
        propensity: isOffered ? 1 : 0,
        because:
          offered === undefined
            ? 'no pull request of ours is open'
            : isOffered
              ? `it is in #${offered.number}`
              : `#${offered.number} has what comes before it`,
      }
    }
  })
  for (const finding of ignored)
    finding.decision = {
      channel: 'silent',
      rank: order.length + 1,
      propensity: 0,
      because: 'ignored by /autofix ignore',
    }
}

function valuesIn(
  { config, report }: Outcome,
  backlog: ReturnType<typeof backlogOf>,
  { state, time }: Sweeping,
  waitOf: (finding: Finding) => number,
): ReadonlyMap<string, number> {
  const { order } = config.schedule
  switch (order) {
    case 'learned':
      return valuesOf(backlog, fitModel(countsOf(state, weekOf(time))))
    case 'risk':
      return valuesOf(backlog, undefined)
    case 'fifo': {
      const places = new Map(
        report.findings.map((finding, index) => [finding, report.findings.length - index]),
      )
      return new Map([...backlog.items].map(([id, [first]]) => [id, places.get(first) ?? 0]))
    }
    case 'prototype': {
      const candidates = [...backlog.candidates].map(([id, candidate]) => ({
        ...candidate,
        waited: 24 * Math.max(0, ...(backlog.items.get(id) ?? []).map(waitOf)),
      }))
      const values = byPrototype(candidates, seededRandom(0))
      return new Map(candidates.map(({ id }, index) => [id, values[index] ?? 0]))
    }
  }
}

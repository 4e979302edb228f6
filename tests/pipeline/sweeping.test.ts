import { describe, expect, it } from 'vitest'
import type { Finding, OrderName, Severity } from '../../src/model/index.ts'
import { catalogue } from '../../src/policies/index.ts'
import type { Outcome } from '../../src/run.ts'
import {
  dayOf,
  emptyState,
  findingId,
  weekOf,
  type Mark,
  type State,
  type Suggestion,
} from '../../src/schedule/index.ts'
import { beyond, decideSweep, sweepOf } from '../../src/sweeping.ts'
import { finding, report } from '../report/sample.ts'
import { readConfig } from '../support/config.ts'

const time = Date.UTC(2026, 10, 30)
const repository = 'acme/shop'

interface Made {
  policy?: string
  score?: number
  severity?: Severity
  requires?: string[]
}

const print = (at: number): string => (at + 1).toString(16).padStart(64, '0')

function outcomeOf(list: readonly Made[], order: OrderName = 'learned'): Outcome {
  const findings = list.map(
    ({ policy = 'run-as-non-root', score = 50, severity = 'medium', requires = [] }, at) =>
      finding({
        fingerprint: print(at),
        policy,
        severity,
        requires,
        location: {
          file: 'deploy/api.yaml',
          document: 0,
          pointer: '',
          line: at + 1,
          column: 1,
          endLine: at + 1,
        },
        risk: { score, contributions: [] },
        breakage: { probability: 0.01, because: '' },
      }),
  )
  return {
    report: report(findings),
    config: readConfig({ schedule: { order } }),
    policies: catalogue,
    sources: new Map(),
    changes: [],
    offers: [],
    exceptions: new Set(),
    before: new Set(),
  }
}

/** In which findings were first seen so many days ago. */
function seen(days: Readonly<Record<number, number>>): State {
  const backlog = Object.entries(days).map(
    ([at, age]) => [findingId(repository, print(Number(at))), dayOf(time) - age] as const,
  )
  return { ...emptyState, backlog: new Map(backlog) }
}

function places(outcome: Outcome, state: State = emptyState): number[] {
  const { findings } = outcome.report
  return sweepOf(outcome, findings, { state, repository, time, standing: new Set() }).order.flatMap((one) =>
    one.map((each) => findings.indexOf(each)),
  )
}

describe('the fixes of a branch', () => {
  it('go by risk where nothing was learned', () => {
    expect(places(outcomeOf([{ score: 30 }, { score: 70 }, { score: 50 }]))).toEqual([1, 2, 0])
  })

  it('go by what becomes of such fixes here', () => {
    const outcome = outcomeOf([
      { policy: 'host-pid', score: 60 },
      { policy: 'image-tag', score: 50 },
    ])
    const suggestions = Array.from({ length: 40 }, (_, index): Suggestion => {
      const isTaken = index % 2 === 0
      return {
        id: `${index}`.padStart(11, 'A'),
        change: 'CCCCCC',
        context: {
          policy: isTaken ? 'image-tag' : 'host-pid',
          kind: 'apps/Deployment',
          environment: 'other',
          introduced: false,
          size: 'one',
          breakage: 'low',
        },
        week: weekOf(time),
        risk: 50,
        propensity: 50,
        marks: new Set<Mark>(isTaken ? ['shown', 'fixed', 'committed'] : ['shown', 'untouched']),
      }
    })
    const state = { ...emptyState, suggestions: new Map(suggestions.map((one) => [one.id, one])) }
    expect(places(outcome)).toEqual([0, 1])
    expect(places(outcome, state)).toEqual([1, 0])
    // Whoever wants the risk alone gets it.
    expect(
      places(outcomeOf([{ policy: 'host-pid', score: 60 }, { policy: 'image-tag' }], 'risk'), state),
    ).toEqual([0, 1])
  })

  it('that are past due have one place of three, the longest first', () => {
    const outcome = outcomeOf([{ score: 80 }, { score: 75 }, { score: 70 }, { score: 20 }, { score: 10 }])
    const state = seen({ 3: 100, 4: 200 })
    expect(places(outcome, state)).toEqual([4, 0, 1, 3, 2])
    expect(
      sweepOf(outcome, outcome.report.findings, { state, repository, time, standing: new Set() }).pastDue,
    ).toBe(2)
  })

  it('stand in the order of the report, or go by the formula of the prototype, where that is asked for', () => {
    const list = [{ score: 30 }, { score: 70 }, { score: 50 }]
    expect(places(outcomeOf(list, 'fifo'))).toEqual([0, 1, 2])
    expect(places(outcomeOf(list, 'prototype'))).toEqual([1, 2, 0])
    // Hours of waiting weigh more than any risk there.
    expect(places(outcomeOf(list, 'prototype'), seen({ 0: 3 }))).toEqual([0, 1, 2])
  })

  it('that belong together stay together', () => {
    const together = outcomeOf([
      { requires: [print(2)], score: 30 },
      { score: 50 },
      { requires: [print(0)], score: 70 },
    ])
    expect(places(together)).toEqual([0, 2, 1])
  })

  it('that somebody has ignored are left out, with all that belongs to them, until their time is over', () => {
    const outcome = outcomeOf([{ requires: [print(1)] }, { requires: [print(0)] }, {}])
    const ignoring = (until?: number): State => ({
      ...emptyState,
      suppressed: new Map([
        [findingId(repository, print(0)), { at: 0, ...(until !== undefined && { until }) }],
      ]),
    })
    const sweep = sweepOf(outcome, outcome.report.findings, {
      state: ignoring(),
      repository,
      time,
      standing: new Set(),
    })
    expect(sweep.order.flat()).toEqual([outcome.report.findings[2]])
    expect(sweep.ignored).toEqual(outcome.report.findings.slice(0, 2))
    expect(places(outcome, ignoring(weekOf(time) - 1))).toHaveLength(3)
  })

  it('that are not asked about are no part of it', () => {
    const outcome = outcomeOf([{}, {}])
    const some: Finding[] = outcome.report.findings.slice(1)
    expect(
      sweepOf(outcome, some, { state: emptyState, repository, time, standing: new Set() }).order,
    ).toEqual([some])
  })
})

describe('what is left for the next pull request', () => {
  it('is what does not fit, and those of one change together', () => {
    expect(beyond([[1, 2], [3, 4], [5]], 3)).toEqual([3, 4])
    expect(beyond([[1], [2], [3]], 3)).toEqual([])
  })

  it('is never all: one change for more findings than there is room for is offered alone', () => {
    expect(beyond([[1, 2, 3, 4], [5], [6]], 3)).toEqual([5, 6])
  })
})

it('says of each fix where it is offered, and why', () => {
  const outcome = outcomeOf([{ score: 30 }, { score: 70 }, {}])
  const { findings } = outcome.report
  const suppressed = new Map([[findingId(repository, print(2)), { at: 0 }]])
  const state = { ...emptyState, suppressed }
  const sweep = sweepOf(outcome, findings, { state, repository, time, standing: new Set() })
  decideSweep(sweep, { number: 7, fingerprints: new Set([print(1)]) })
  expect(findings.map(({ decision }) => decision)).toEqual([
    { channel: 'backlog', rank: 2, propensity: 0, because: '#7 has what comes before it' },
    { channel: 'fix-pr', rank: 1, propensity: 1, because: 'it is in #7' },
    { channel: 'silent', rank: 3, propensity: 0, because: 'ignored by /autofix ignore' },
  ])
  decideSweep(sweep, undefined)
  expect(findings[1]?.decision).toMatchObject({ channel: 'backlog', rank: 1 })
})

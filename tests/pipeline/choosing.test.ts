import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  choicesOf,
  createChooser,
  firstVerdicts,
  type Choice,
  type Choosing,
  type Verdicts,
} from '../../src/choosing.ts'
import { generatedBy, productOf } from '../../src/generated.ts'
import { exploitedHere, type Decision, type Finding, type Severity } from '../../src/model/index.ts'
import { catalogue } from '../../src/policies/index.ts'
import type { Outcome } from '../../src/run.ts'
import {
  decide,
  emptyState,
  findingId,
  leastPropensity,
  weekOf,
  type Mark,
  type State,
  type Suggestion,
} from '../../src/schedule/index.ts'
import { finding, report } from '../report/sample.ts'
import { readConfig } from '../support/config.ts'

const time = Date.UTC(2026, 10, 30)
const repository = 'acme/shop'

const choosing = (change: Partial<Choosing> = {}): Choosing => ({
  config: readConfig(),
  state: emptyState,
  repository,
  change: 7,
  time,
  takesUnsafe: false,
  attributes: undefined,
  ...change,
})

interface Made {
  policy?: string
  score?: number
  severity?: Severity
  file?: string
  offered?: boolean
  change?: Partial<Finding>
}

/** An outcome in which each finding is fixed by a suggestion of its own, or by none. */
function outcomeOf(list: readonly Made[], sources: ReadonlyMap<string, string> = new Map()): Outcome {
  const findings = list.map(
    ({ policy = 'run-as-non-root', score = 50, severity = 'medium', file = 'deploy/api.yaml', change }, at) =>
      finding({
        fingerprint: (at + 1).toString(16).padStart(64, '0'),
        policy,
        severity,
        location: { file, document: 0, pointer: '', line: at + 1, column: 1, endLine: at + 1 },
        risk: { score, contributions: [] },
        breakage: { probability: 0.01, because: '' },
        edits: [{ file, kind: 'replace', startLine: at + 1, endLine: at + 1, replacement: `line ${at}` }],
        ...change,
      }),
  )
  return {
    report: report(findings),
    config: readConfig(),
    policies: catalogue,
    sources,
    changes: [],
    offers: findings.flatMap(({ fingerprint, edits: [edit] }, at) =>
      edit === undefined || list[at]?.offered === false ? [] : [{ fingerprints: [fingerprint], edit }],
    ),
    exceptions: new Set(),
    before: new Set(),
  }
}

/** A state in which fixes of a policy were suggested so often, and taken so often. */
function stateOf(taken: Readonly<Record<string, readonly [number, number]>>): State {
  const suggestions = new Map<string, Suggestion>()
  for (const [policy, [shown, committed]] of Object.entries(taken))
    for (let index = 0; index < shown; index++) {
      const id = `${policy.slice(0, 6)}${String(index).padStart(5, '0')}`.padEnd(11, '-')
      const marks = new Set<Mark>(
        index < committed ? ['shown', 'fixed', 'committed'] : ['shown', 'untouched'],
      )
      const context = {
        policy,
        kind: 'apps/Deployment',
        environment: 'other',
        introduced: true,
        size: 'one',
        breakage: 'low',
      } as const
      suggestions.set(id, {
        id,
        change: 'aaaaaa',
        context,
        week: weekOf(time) - 1,
        risk: 40,
        propensity: 50,
        marks,
      })
    }
  return { ...emptyState, suggestions }
}

function decided(
  outcome: Outcome,
  change: Partial<Choosing> = {},
  most = 3,
): { choices: Choice[]; decisions: Decision[] } {
  const asked = choosing(change)
  const choices = choicesOf(outcome, asked)
  const chooser = createChooser(choices, asked)
  const decisions = chooser.decide(firstVerdicts(chooser, choices, most))
  return { choices, decisions: choices.map((choice) => decisions.get(choice) ?? expect.fail()) }
}

const fourPolicies = ['run-as-non-root', 'host-pid', 'cpu-limits', 'image-tag']
const made: fc.Arbitrary<Made> = fc.record({
  policy: fc.constantFrom(...fourPolicies),
  score: fc.integer({ min: 0, max: 100 }),
  severity: fc.constantFrom<Severity[]>('low', 'medium', 'high', 'critical'),
  file: fc.constantFrom('deploy/api.yaml', 'prod/web.yaml', 'vendor/x.yaml'),
  offered: fc.boolean(),
  change: fc.record({ safe: fc.boolean() }),
})
const orders = fc.constantFrom('learned', 'risk', 'fifo', 'prototype')
const someState = stateOf({ 'host-pid': [12, 10], 'cpu-limits': [20, 0], 'image-tag': [3, 1] })

test('places are kept to, what is urgent is never silent, and channels are those of the simulated scheduler', () => {
  fc.assert(
    fc.property(
      fc.array(made, { maxLength: 12 }),
      orders,
      fc.integer({ min: 0, max: 4 }),
      (list, order, most) => {
        const config = readConfig({ schedule: { order } })
        const { choices, decisions } = decided(outcomeOf(list), { config, state: someState }, most)
        expect(choices).toHaveLength(list.length)
        const inline = decisions.filter(({ channel }) => channel === 'inline')
        expect(inline.length).toBeLessThanOrEqual(most)
        expect(decisions.map(({ rank }) => rank).toSorted((a, b) => a - b)).toEqual(
          choices.map((_, index) => index + 1),
        )
        choices.forEach(({ candidate, barred }, index) => {
          const { channel, propensity, because } = decisions[index] ?? expect.fail()
          if (candidate.isUrgent) expect(channel).not.toBe('silent')
          if (barred !== undefined)
            expect([channel === 'inline', propensity, because]).toEqual([false, 0, barred])
          // What was shown has a chance that an evaluation can divide by.
          else if (most > 0 && order === 'learned') expect(propensity).toBeGreaterThanOrEqual(leastPropensity)
          // Nothing is left to chance.
          else expect(propensity).toBe(channel === 'inline' ? 1 : 0)
          expect(because).toMatch(/^[^\n]{5,200}$/)
        })
        // Nothing is left out for want of a place while there is one.
        if (inline.length < most)
          expect(decisions.filter(({ because }) => because.includes('no place'))).toEqual([])
        if (order === 'risk') {
          const values = choices.map(({ candidate }) => candidate.risk)
          const all = choices.map(({ candidate }) => candidate)
          expect(decisions.map(({ channel }) => channel)).toEqual(decide(all, values, most))
        }
      },
    ),
  )
})

test('the same is decided again, in whatever order the fixes come and whatever has joined them', () => {
  fc.assert(
    fc.property(
      fc.array(made, { minLength: 1, maxLength: 10 }),
      fc.constantFrom('learned', 'risk', 'prototype'),
      (list, order) => {
        const asked = choosing({ config: readConfig({ schedule: { order } }), state: someState })
        const choices = choicesOf(outcomeOf(list), asked)
        const of = (some: readonly Choice[]): [string, Decision][] => {
          const chooser = createChooser(some, asked)
          const decisions = chooser.decide(firstVerdicts(chooser, some, 3))
          return [...decisions]
            .map(([{ candidate }, decision]): [string, Decision] => [candidate.id, decision])
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
        }
        expect(of(choices.toReversed())).toEqual(of(choices))
        // What was silent stays silent, and what was worth showing is still worth it.
        const fewer = new Map(of(choices.slice(1)))
        for (const [id, { channel }] of of(choices))
          if (fewer.has(id)) expect(fewer.get(id)?.channel === 'silent').toBe(channel === 'silent')
      },
    ),
  )
})

describe('what was learned', () => {
  const taste = stateOf({ 'host-pid': [25, 20], 'cpu-limits': [25, 0] })
  const list = [
    { policy: 'cpu-limits', score: 40 },
    { policy: 'host-pid', score: 40 },
  ]

  it('puts first what is taken, and is silent on what nobody wants', () => {
    const { decisions } = decided(outcomeOf(list), { state: taste })
    expect(decisions.map(({ channel }) => channel)).toEqual(['silent', 'inline'])
    expect(decisions[0]?.because).toMatch(
      /^silent: risk 40, and \d %  ?of such fixes are taken here \(25 seen\), which is not worth a reviewer's time$/,
    )
    expect(decisions[1]?.because).toMatch(
      /^rank 1 of 2: risk 40; [67]\d % of such fixes are taken here \(25 seen\)$/,
    )
  })

  it('silences nothing by the other orders', () => {
    for (const order of ['risk', 'fifo', 'prototype']) {
      const config = readConfig({ schedule: { order } })
      const { decisions } = decided(outcomeOf(list), { state: taste, config }, 1)
      expect(decisions.map(({ channel }) => channel)).not.toContain('silent')
    }
  })

  it('never silences what is urgent', () => {
    const critical = [{ policy: 'cpu-limits', score: 10, severity: 'critical' as const }]
    const { decisions } = decided(outcomeOf(critical), { state: taste })
    expect(decisions).toMatchObject([{ channel: 'inline', because: 'critical: shown whatever it is worth' }])
    const crowded = Array.from({ length: 4 }, () => critical[0] ?? {})
    const because = 'critical, but no place left: 3 others are suggested'
    const none = decided(outcomeOf(crowded), { state: taste }).decisions.filter(
      ({ channel }) => channel === 'summary',
    )
    expect(none).toMatchObject([{ because }])
  })

  it('says why something is never silent', () => {
    const exploited = { name: exploitedHere, value: 1, because: 'exploited' }
    const because = (change: Made): string | undefined =>
      decided(outcomeOf([{ policy: 'cpu-limits', score: 30, ...change }])).decisions[0]?.because
    expect(because({ change: { risk: { score: 30, contributions: [exploited] } } })).toBe(
      'known to be exploited: shown whatever it is worth',
    )
    expect(because({ score: 85 })).toBe('risk 85: shown whatever it is worth')
  })

  it('says what it does not know', () => {
    const few = decided(outcomeOf([{ score: 71 }]), { state: stateOf({ 'run-as-non-root': [2, 1] }) })
    expect(few.decisions[0]?.because).toMatch(/\d % of such fixes may be taken \(2 seen here\)$/)
    const { decisions } = decided(outcomeOf([{ score: 71 }]), {})
    expect(decisions[0]?.because).toBe(
      'rank 1 of 1: risk 71; 20 % of such fixes may be taken (none seen here yet)',
    )
  })
})

test('chance alone silences nothing that is worth showing', () => {
  const outcome = outcomeOf([{ score: 20 }])
  for (let change = 1; change <= 100; change++)
    expect(decided(outcome, { change }).decisions).toMatchObject([{ channel: 'inline', propensity: 1 }])
  // Below, it is chance that shows something now and then, so that something is learned of it.
  const few = Array.from({ length: 100 }, (_, index) =>
    decided(outcomeOf([{ score: 10 }]), { change: index }),
  )
  const channels = few.map(({ decisions }) => decisions[0]?.channel)
  expect(channels).toContain('silent')
  expect(channels).toContain('inline')
})

test('orders that learn nothing: by risk, as it stands, by the formula of the prototype', () => {
  const list = [{ score: 20 }, { score: 60 }, { score: 40 }]
  const inline = (order: string): [number, string][] => {
    const { choices, decisions } = decided(
      outcomeOf(list),
      { config: readConfig({ schedule: { order } }) },
      1,
    )
    return choices.flatMap(({ candidate }, index) =>
      decisions[index]?.channel === 'inline' ? [[candidate.risk, decisions[index].because]] : [],
    )
  }
  expect(inline('risk')).toEqual([[60, 'rank 1 of 3: risk 60']])
  expect(inline('fifo')).toEqual([[20, 'rank 1 of 3: as it stands in the change']])
  expect(inline('prototype')).toEqual([[60, 'rank 1 of 3: risk 60, by the formula of the prototype']])
})

describe('what stands already', () => {
  it('keeps its place and its chance, whatever it is worth by now', () => {
    const asked = choosing({ state: stateOf({ 'cpu-limits': [25, 0], 'run-as-non-root': [25, 20] }) })
    const choices = choicesOf(outcomeOf([{ policy: 'cpu-limits', score: 20 }, {}, {}]), asked)
    const [standing, ...rest] = choices
    const chooser = createChooser(choices, asked)
    const verdicts: Verdicts = {
      inline: new Set(chooser.slate(rest, 1)),
      standing: new Map([[standing ?? expect.fail(), 0.4]]),
      refused: new Map(),
      places: 1,
      most: 2,
    }
    const decisions = [...chooser.decide(verdicts).values()]
    expect(decisions[0]).toMatchObject({ channel: 'inline', propensity: 0.4 })
    expect(decisions.filter(({ channel }) => channel === 'inline')).toHaveLength(2)
    expect(
      decisions.filter(({ because }) => because === 'no place left: 2 others are suggested'),
    ).toHaveLength(1)
  })
})

describe('never inline', () => {
  const because = (
    one: Made,
    change: Partial<Choosing> = {},
    sources?: ReadonlyMap<string, string>,
  ): string => decided(outcomeOf([{ score: 60, ...one }], sources), change).decisions[0]?.because ?? ''

  it('is what may break its workload, unless it was asked for', () => {
    const unsafe = { change: { safe: false, breakage: { probability: 0.3, because: '' } } }
    expect(because(unsafe)).toBe('never inline: it may break its workload')
    const { decisions } = decided(outcomeOf([{ ...unsafe, score: 80 }]), {
      takesUnsafe: true,
      config: readConfig({ schedule: { order: 'risk' } }),
    })
    expect(decisions[0]?.channel).toBe('inline')
  })

  it('is what the configuration names, what is generated, and what is vendored', () => {
    const config = readConfig({ schedule: { 'never-inline': ['deploy/**'] } })
    expect(because({}, { config })).toBe('never inline: schedule.never-inline names its file')
    expect(because({ file: 'vendor/a.yaml' })).toBe('never inline: its file is vendored')
    const sources = new Map([['deploy/api.yaml', '# Code generated by x. DO NOT EDIT.\nkind: Pod\n']])
    expect(because({}, {}, sources)).toBe('never inline: its file is generated, as its first lines say')
    expect(because({}, { attributes: '*.yaml linguist-generated\n' })).toBe(
      'never inline: its file is generated, by .gitattributes',
    )
    // What GitHub shows like any other file, its authors edit like any other.
    expect(because({}, { attributes: '*.yaml -linguist-generated\n' }, sources)).toMatch(/^rank 1/)
  })

  it('is what no suggestion can make, and what is about a secret', () => {
    expect(because({ offered: false })).toBe('never inline: no suggestion can make this change')
    expect(because({ offered: false }, {}, new Map([['deploy/api.yaml', 'kind: Pod\r\n']]))).toBe(
      'never inline: its file has Windows line ends, and a suggestion has others',
    )
    expect(because({ policy: 'env-var-secret' })).toBe('never inline: it is about a secret')
  })

  it('is what somebody has said to ignore, as long as that holds', () => {
    const id = findingId(repository, '1'.padStart(64, '0'))
    const at = Date.UTC(2026, 10, 20) / 1000
    const state = (until?: number): State => ({
      ...emptyState,
      suppressed: new Map([[id, { at, ...(until !== undefined && { until }) }]]),
    })
    const ignored = 'ignored on 2026-11-20, by /autofix ignore or queue ignore'
    expect(because({}, { state: state() })).toBe(ignored)
    expect(because({}, { state: state(weekOf(time)) })).toBe(ignored)
    expect(because({}, { state: state(weekOf(time) - 1) })).toMatch(/^rank 1 of 1/)
    const channels = (severity: Severity): unknown =>
      decided(outcomeOf([{ severity, score: 60 }]), { state: state() }).decisions.map(
        ({ channel }) => channel,
      )
    expect([channels('high'), channels('critical')]).toEqual([['silent'], ['summary']])
    // Where a part is ignored, the rest goes by its worth.
    const parts = outcomeOf([{ score: 60 }, { score: 60, offered: false }])
    const [first] = parts.offers
    first?.fingerprints.push(parts.report.findings[1]?.fingerprint ?? '')
    expect(decided(parts, { state: state() }).decisions).toMatchObject([
      { channel: 'summary', because: `never inline: a part of it was ${ignored}` },
    ])
    // Another repository has nothing to do with it.
    expect(because({}, { state: state(), repository: 'acme/other' })).toMatch(/^rank 1/)
  })
})

describe('files that are made', () => {
  it('are told by their first lines, where these are comments', () => {
    const told = (text: string): string | undefined => productOf('a.yaml', text, () => undefined)
    for (const line of [
      '# DO NOT EDIT',
      '# @generated by x',
      '# This file was autogenerated by y',
      '// auto-generated by z',
    ])
      expect(told(`---\n${line}\n`)).toBe('is generated, as its first lines say')
    for (const text of [
      'note: do not edit\n',
      `${'\n'.repeat(12)}# DO NOT EDIT\n`,
      '# generated names are allowed\n',
    ])
      expect(told(text)).toBeUndefined()
  })

  it('are told by .gitattributes, the last line that matches', () => {
    const said = generatedBy(
      '# comment linguist-generated\n*.yaml linguist-generated=true\ncharts/**/*.yaml text\n/deploy/*.yaml -linguist-generated\nout/ linguist-generated=false\n',
    )
    expect(['a.yaml', 'x/y.yaml', 'deploy/a.yaml', 'x/deploy/a.yaml', 'a.json'].map(said)).toEqual([
      true,
      true,
      false,
      true,
      undefined,
    ])
  })
})

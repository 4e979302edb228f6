import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unsafeAbove, type Context, type Finding } from '../../src/model/index.ts'
import { learnBreakage } from '../../src/reverts.ts'
import { withReverts } from '../../src/risk/index.ts'
import { countsOf, emptyState, type Count, type Mark, type State } from '../../src/schedule/index.ts'

const stated = (probability: number): { probability: number; because: string } => ({
  probability,
  because: 'programs that write there fail',
})

describe('the chance that a fix breaks its workload', () => {
  test('stays as it was stated where nothing was seen', () => {
    expect(withReverts(stated(0.1), { committed: 0, broke: 0 })).toEqual(stated(0.1))
  })

  test.each([
    [0.1, 3, 2, 0.23, '2 of 3 such fixes were taken back here'],
    [0.1, 1, 1, 0.18, '1 of 1 such fix was taken back here'],
    [0.1, 10, 0, 0.05, 'none of 10 such fixes was taken back here'],
    [0.3, 5, 0, 0.2, 'none of 5 such fixes was taken back here'],
    // What is old counts less, and is told as the number of fixes that it counts as.
    [0.1, 2.7, 0.2, 0.09, '1 of 3 such fixes was taken back here'],
    [0.1, 0.4, 0.4, 0.13, '1 of 1 such fix was taken back here'],
  ])('of %d, with %d taken and %d back, becomes %d', (probability, committed, broke, after, text) => {
    expect(withReverts(stated(probability), { committed, broke })).toEqual({
      probability: after,
      because: `programs that write there fail; ${text}`,
    })
  })

  test('does not make an unsafe fix safe by a few that held, or where one did not', () => {
    for (const reverts of [
      { committed: 4, broke: 0 },
      { committed: 30, broke: 1 },
    ]) {
      const { probability, because } = withReverts(stated(0.25), reverts)
      expect(probability).toBe(0.21)
      expect(because).toMatch(/too little to call it safe$/)
    }
    expect(withReverts(stated(0.25), { committed: 5, broke: 0 }).probability).toBe(0.17)
  })

  test('rises with what was taken back, and falls with what held', () => {
    const reverts = fc
      .tuple(fc.double({ min: 0, max: 40, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([committed, share]) => ({ committed, broke: committed * share }))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), reverts, (percent, { committed, broke }) => {
        const before = stated(percent / 100)
        const { probability } = withReverts(before, { committed, broke })
        expect(probability).toBeGreaterThanOrEqual(0)
        expect(probability).toBeLessThanOrEqual(1)
        const worse = withReverts(before, { committed: committed + 1, broke: broke + 1 }).probability
        expect(worse).toBeGreaterThanOrEqual(probability)
        if (before.probability > unsafeAbove && probability <= unsafeAbove)
          expect([broke, committed >= 5]).toEqual([0, true])
      }),
    )
  })
})

const context: Context = {
  policy: 'read-only-root-fs',
  kind: 'apps/Deployment',
  environment: 'other',
  introduced: true,
  size: 'one',
  breakage: 'some',
}

/** A state in which fixes were shown and taken, a number of them to be taken back. */
function stateOf(policy: string, committed: number, broke: number): State {
  const suggestions = Array.from({ length: committed }, (_, index) => ({
    id: `${policy}-${index}`,
    change: 'change',
    context: { ...context, policy },
    week: 2960,
    risk: 50,
    propensity: 100,
    marks: new Set<Mark>(['shown', 'fixed', 'committed', ...(index < broke ? (['broke'] as const) : [])]),
  }))
  return { ...emptyState, suggestions: new Map(suggestions.map((one) => [one.id, one])) }
}

function finding(policy: string, probability: number, over: Partial<Finding> = {}): Finding {
  return {
    fingerprint: policy.padEnd(64, '0'),
    policy,
    title: policy,
    severity: 'high',
    engines: [],
    resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: '', name: 'web' },
    location: { file: 'a.yaml', document: 0, pointer: '', line: 1, column: 1, endLine: 1 },
    message: policy,
    state: 'fixed',
    patch: [],
    edits: [],
    requires: [],
    breakage: stated(probability),
    safe: probability <= unsafeAbove,
    ...over,
  }
}

describe('what became of the fixes of a policy', () => {
  const counts = (...parameters: Parameters<typeof stateOf>): Count[] =>
    countsOf(stateOf(...parameters), 2960)

  test('makes its next one unsafe where they were taken back', () => {
    const [own, other] = [finding('read-only-root-fs', 0.1), finding('host-pid', 0.1)]
    learnBreakage([own, other], counts('read-only-root-fs', 4, 3))
    expect([own.breakage?.probability, own.safe]).toEqual([0.29, false])
    expect([other.breakage, other.safe]).toEqual([stated(0.1), true])
  })

  test('makes it safe where enough of them held', () => {
    const one = finding('read-only-root-fs', 0.25)
    learnBreakage([one], counts('read-only-root-fs', 5, 0))
    expect([one.breakage?.probability, one.safe]).toEqual([0.17, true])
  })

  test('counts for all that one change mends, the worst of it', () => {
    const [first, second] = [
      finding('read-only-root-fs', 0.1),
      finding('host-pid', 0.1, { requires: ['read-only-root-fs'.padEnd(64, '0')] }),
    ]
    learnBreakage([first, second], [...counts('read-only-root-fs', 4, 3), ...counts('host-pid', 20, 0)])
    expect([second.breakage?.probability, second.safe]).toEqual([0.29, false])
  })

  test('says nothing of what has no fix', () => {
    const advice: Finding = { ...finding('read-only-root-fs', 0.1), state: 'advice' }
    delete advice.breakage
    delete advice.safe
    learnBreakage([advice], counts('read-only-root-fs', 4, 3))
    expect([advice.breakage, advice.safe]).toEqual([undefined, undefined])
  })

  test('is known of policies that a repository brings along, whose names the state does not hold', () => {
    const own = finding('team/no-latest', 0.1)
    learnBreakage([own], counts('own/x', 4, 4))
    expect(own.breakage).toEqual(stated(0.1))
  })
})

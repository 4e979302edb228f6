import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unsafeAbove, type Context } from '../../src/model/index.ts'
import { createAnalyser } from '../../src/pipeline.ts'
import { catalogue } from '../../src/policies/index.ts'
import { revertsOf } from '../../src/deciding.ts'
import { publicPolicy } from '../../src/public-names.ts'
import { learnedBreakage, type RevertsByPolicy } from '../../src/reverts.ts'
import { requestOf } from '../support/analyse.ts'
import { withReverts } from '../../src/risk/index.ts'
import { emptyState, mergeStates, type Mark, type State } from '../../src/schedule/index.ts'

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
function stateOf(
  policy: string,
  committed: number,
  broke: number,
  breakage: Context['breakage'] = 'some',
): State {
  const suggestions = Array.from({ length: committed }, (_, index) => ({
    id: `${policy}-${breakage}-${index}`,
    change: 'change',
    context: { ...context, policy, breakage },
    week: 2960,
    risk: 50,
    propensity: 100,
    marks: new Set<Mark>(['shown', 'fixed', 'committed', ...(index < broke ? (['broke'] as const) : [])]),
  }))
  return { ...emptyState, suggestions: new Map(suggestions.map((one) => [one.id, one])) }
}

describe('what became of the fixes of a policy', () => {
  /** In the week of the suggestions. */
  const time = (2960 * 7 + 4) * 86_400_000
  const seen = (...lists: Parameters<typeof stateOf>[]): RevertsByPolicy | undefined =>
    revertsOf(
      lists.map((list) => stateOf(...list)).reduce((a, b) => mergeStates(a, b)),
      time,
    )

  test('makes its next one less likely to hold where they were taken back, and no other', () => {
    const reverts = seen(['read-only-root-fs', 4, 3])
    expect(learnedBreakage(stated(0.1), ['read-only-root-fs'], reverts).probability).toBe(0.29)
    expect(learnedBreakage(stated(0.1), ['host-pid'], reverts)).toEqual(stated(0.1))
  })

  test('makes it likelier where enough of them held', () => {
    const reverts = seen(['read-only-root-fs', 5, 0, 'refused'])
    expect(learnedBreakage(stated(0.25), ['read-only-root-fs'], reverts).probability).toBe(0.17)
  })

  test('says nothing of fixes that were thought riskier, where they held', () => {
    // A user id that is known: no word on images of which none is.
    const held = seen(['run-as-non-root', 40, 0, 'low'])
    expect(learnedBreakage(stated(0.5), ['run-as-non-root'], held)).toEqual(stated(0.5))
    expect(learnedBreakage(stated(0.03), ['run-as-non-root'], held).probability).toBe(0.01)
  })

  test('counts whatever was expected of them, where they broke', () => {
    // What was learned moves the class that the next ones are counted under.
    for (const breakage of ['low', 'high', 'refused'] as const) {
      const { probability } = learnedBreakage(stated(0.1), ['host-pid'], seen(['host-pid', 4, 4, breakage]))
      expect(probability).toBe(0.36)
    }
  })

  test('does not make a change safe by one of its fixes alone', () => {
    const held = seen(['drop-net-raw', 40, 0, 'refused'])
    expect(learnedBreakage(stated(0.25), ['drop-net-raw', 'read-only-root-fs'], held)).toEqual(stated(0.25))
  })

  test('counts for all that one change mends, the worst of it', () => {
    const reverts = seen(['read-only-root-fs', 4, 3], ['host-pid', 20, 0])
    expect(learnedBreakage(stated(0.1), ['host-pid', 'read-only-root-fs'], reverts).probability).toBe(0.29)
  })

  test('is nothing where no fix was taken', () => {
    expect(revertsOf(emptyState, time)).toBeUndefined()
    expect(learnedBreakage(stated(0.1), ['host-pid'], undefined)).toEqual(stated(0.1))
  })

  test('is known of policies that a repository brings along, whose names the state does not hold', () => {
    expect(learnedBreakage(stated(0.1), ['team/no-latest'], seen(['own/x', 4, 4]))).toEqual(stated(0.1))
    const reverts = seen([publicPolicy('team/no-latest'), 4, 4])
    expect(learnedBreakage(stated(0.1), ['team/no-latest'], reverts).probability).toBeGreaterThan(0.2)
  })

  test('decides what is written by default', () => {
    const manifest = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  hostPID: true
  containers: [{name: web, image: 'nginx:1.27.3'}]
`
    const request = { ...requestOf({ only: ['host-pid'], safeOnly: true }) }
    const written = (reverts: RevertsByPolicy | undefined): unknown => {
      const { findings, change } = createAnalyser(
        { ...request, ...(reverts && { reverts }) },
        catalogue,
        () => 0,
      ).analyse('pod.yaml', manifest)
      return [findings.map(({ state, safe }) => [state, safe]), change !== undefined]
    }
    expect(written(undefined)).toEqual([[['fixed', true]], true])
    expect(written(seen(['host-pid', 5, 5, 'high']))).toEqual([[['fixed', false]], false])
  })
})

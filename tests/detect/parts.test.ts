import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeInParts, type EngineAnswer, type Unit } from '../../src/detect/index.ts'
import { unit } from './support.ts'

/** An engine that fails where `fails` says so, and counts its runs. */
async function judge(
  units: readonly Unit[],
  fails: (ids: ReadonlySet<string>) => boolean,
  maximumRuns = 1000,
): Promise<EngineAnswer & { runs: number; contexts: string[] }> {
  let runs = 0
  const contexts: string[] = []
  const answer = await judgeInParts(units, {
    engine: 'kube-linter',
    maximumRuns,
    attempt: async (part) => {
      runs++
      if (fails(new Set(part.map(({ id }) => id)))) return { because: 'broke' }
      contexts.push(part.map(({ id }) => id).join(','))
      const judged = part.map(({ id }) => ({ unit: id, group: '', kind: '', namespace: '', name: '' }))
      return { answer: { findings: [], judged, suppressed: [], unjudged: [] } }
    },
  })
  return { ...answer, runs, contexts }
}

describe('judging in parts', () => {
  it('takes one run where nothing fails', async () => {
    const units = Array.from({ length: 100 }, (_, index) => unit(String(index), '', String(index % 7)))
    const { runs, judged } = await judge(units, () => false)
    expect([runs, judged.length]).toEqual([1, 100])
  })

  it('finds one of 4096 in about two runs for each halving', async () => {
    const units = Array.from({ length: 4096 }, (_, index) => unit(String(index), ''))
    const { runs, judged, unjudged } = await judge(units, (ids) => ids.has('1234'))
    expect(unjudged).toEqual([{ unit: '1234', because: 'kube-linter broke' }])
    expect(judged).toHaveLength(4095)
    expect(runs).toBe(25)
  })

  it('finds every culprit, judges every other unit, and keeps contexts together', async () => {
    const scenario = fc
      .array(fc.record({ context: fc.nat(4), bad: fc.constantFrom(false, false, false, true) }), {
        maxLength: 40,
      })
      .map((list) =>
        list.map(({ context, bad }, index) => ({ bad, unit: unit(`u${index}`, '', `c${context}`) })),
      )
    await fc.assert(
      fc.asyncProperty(scenario, async (list) => {
        const bad = new Set(list.filter((one) => one.bad).map((one) => one.unit.id))
        const units = list.map((one) => one.unit)
        const { judged, unjudged } = await judge(units, (ids) => [...ids].some((id) => bad.has(id)))
        expect(unjudged.map((one) => one.unit)).toEqual(
          units.filter(({ id }) => bad.has(id)).map(({ id }) => id),
        )
        expect(judged.map((one) => one.unit)).toEqual(
          units.filter(({ id }) => !bad.has(id)).map(({ id }) => id),
        )
      }),
    )
  })

  it('finds a pair that fails only together', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(30), fc.nat(30), async (a, b) => {
        fc.pre(a !== b)
        const units = Array.from({ length: 31 }, (_, index) => unit(String(index), '', 'one'))
        const pair = [Math.min(a, b), Math.max(a, b)].map(String)
        const { unjudged, judged, contexts } = await judge(units, (ids) => pair.every((id) => ids.has(id)))
        expect(unjudged.map((one) => one.unit)).toEqual(pair)
        expect(unjudged[0]?.because).toBe('kube-linter broke, together with 1 other document beside it')
        expect(judged).toHaveLength(29)
        // What counts is the run over all the rest of the context.
        expect(contexts.at(-1)?.split(',')).toHaveLength(29)
      }),
      { numRuns: 30 },
    )
  })

  it('blames all of a context that fails for its size', async () => {
    const units = Array.from({ length: 40 }, (_, index) => unit(String(index), '', 'one'))
    const { unjudged, judged } = await judge([...units, unit('alone', '')], (ids) => ids.size > 20)
    expect(judged.map((one) => one.unit)).toEqual(['alone'])
    expect(unjudged).toHaveLength(40)
  })

  it('ends when its runs are used up', async () => {
    const units = Array.from({ length: 40 }, (_, index) => unit(String(index), '', String(index % 2)))
    const { runs, unjudged } = await judge(units, () => true, 6)
    expect(runs).toBe(6)
    expect(unjudged).toHaveLength(40)
  })
})

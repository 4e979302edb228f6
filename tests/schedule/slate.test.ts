import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slateOf, type Candidate } from '../../src/schedule/index.ts'

const candidates = fc.array(
  fc.record({
    risk: fc.integer({ min: 0, max: 100 }),
    isUrgent: fc.boolean(),
    refused: fc.boolean(),
    value: fc.double({ min: -50, max: 100, noNaN: true }),
  }),
  { maxLength: 30 },
)

const made = (list: { risk: number; isUrgent: boolean; refused: boolean }[]): Candidate[] =>
  list.map(({ risk, isUrgent, refused }, index) => ({
    id: `finding-${index}`,
    risk,
    isUrgent,
    waited: 0,
    mayBeInline: !refused,
    context: {
      policy: 'host-pid',
      kind: 'Pod',
      environment: 'other',
      introduced: true,
      size: 'one',
      breakage: 'low',
    },
  }))

test('a slate keeps its places, its floor and its limits', () => {
  fc.assert(
    fc.property(candidates, fc.integer({ min: 0, max: 5 }), (list, places) => {
      const all = made(list)
      const values = list.map(({ value }) => value)
      const slate = slateOf(all, values, places)
      expect(slate.length).toBeLessThanOrEqual(places)
      expect(new Set(slate).size).toBe(slate.length)
      const may = (index: number): boolean => {
        const { mayBeInline, isUrgent } = all[index] ?? expect.fail()
        return mayBeInline && (isUrgent || (values[index] ?? 0) > 0)
      }
      expect(slate.every(may)).toBe(true)
      const left = all.map((_, index) => index).filter((index) => may(index) && !slate.includes(index))
      // Nothing is left out while there is a place, and nothing better than what is in.
      if (left.length > 0) expect(slate.length).toBe(places)
      for (const out of left)
        for (const inside of slate) {
          if (all[out]?.isUrgent === true) expect(all[inside]?.isUrgent).toBe(true)
          if (all[out]?.isUrgent === all[inside]?.isUrgent)
            expect(values[inside]).toBeGreaterThanOrEqual(values[out] ?? 0)
        }
    }),
  )
})

test('the order in which candidates come does not matter', () => {
  const all = made(
    Array.from({ length: 12 }, (_, index) => ({ risk: 50, isUrgent: index % 5 === 0, refused: false })),
  )
  const values = all.map((_, index) => (index * 7) % 4)
  const ids = (list: readonly Candidate[], worth: readonly number[]): string[] =>
    slateOf(list, worth, 4).map((index) => list[index]?.id ?? '')
  expect(ids(all.toReversed(), values.toReversed())).toEqual(ids(all, values))
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { severities } from '../../src/model/index.ts'
import { isPastDue, orderBacklog, starvationOf, urgencyOf, type Waiting } from '../../src/schedule/index.ts'

const items: fc.Arbitrary<Waiting[]> = fc
  .array(
    fc.record({
      severity: fc.constantFrom(...severities),
      value: fc.double({ min: 0.1, max: 100, noNaN: true }),
      age: fc.integer({ min: 0, max: 400 }),
    }),
    { maxLength: 30 },
  )
  .map((list) => list.map((item, index) => ({ ...item, id: `finding-${index}` })))

test('everything is in the order once, in whatever order it comes', () => {
  fc.assert(
    fc.property(items, (list) => {
      const order = orderBacklog(list)
      expect(order.map(({ id }) => id).toSorted()).toEqual(list.map(({ id }) => id).toSorted())
      expect(orderBacklog(list.toReversed())).toEqual(order)
    }),
  )
})

test('what is past due has every third place, the longest first', () => {
  fc.assert(
    fc.property(items, (list) => {
      const order = orderBacklog(list)
      const overdue = list.filter(isPastDue).length
      for (let place = 0; place < order.length; place += 3) {
        const before = order.slice(0, place).filter(isPastDue).length
        const item = order[place]
        if (before < overdue && item !== undefined) expect(isPastDue(item)).toBe(true)
      }
    }),
  )
})

test('age moves a finding, and never past what is worth twice as much', () => {
  const critical: Waiting = { id: 'a', severity: 'critical', value: 90, age: 0 }
  const old: Waiting = { id: 'b', severity: 'low', value: 20, age: 179 }
  expect(orderBacklog([old, critical])).toEqual([critical, old])
  const near: Waiting = { id: 'c', severity: 'low', value: 60, age: 179 }
  expect(orderBacklog([critical, near])).toEqual([near, critical])
  expect(urgencyOf({ severity: 'low', age: 90 })).toBe(0.5)
  expect(urgencyOf({ severity: 'critical', age: 90 })).toBe(1)
})

test('starvation is counted by severity', () => {
  expect(
    starvationOf([
      { id: 'a', severity: 'critical', value: 1, age: 8 },
      { id: 'b', severity: 'critical', value: 1, age: 7 },
      { id: 'c', severity: 'low', value: 1, age: 8 },
    ]),
  ).toEqual({ critical: { pastDue: 1, of: 2 }, low: { pastDue: 0, of: 1 } })
})

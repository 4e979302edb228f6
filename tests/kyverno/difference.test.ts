import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesTo } from '../../src/kyverno/difference.ts'
import type { JsonObject, JsonValue } from '../../src/model/index.ts'
import { applied } from '../../src/propose/apply.ts'
import { materialise } from '../../src/propose/materialise.ts'

/* From what an object was, and what somebody made of it, to operations that say the same of the object as it is now. */

const named = (name: string, more: JsonObject = {}): JsonObject => ({ name, ...more })

function after(now: JsonObject, before: JsonObject, made: JsonObject): JsonObject | undefined {
  const changes = changesTo(now, before, made)
  if (changes === undefined) return undefined
  const result = materialise(now, changes)
  if (result === undefined) throw new Error('the changes do not apply')
  expect(applied(now, result.patch)).toEqual(result.object)
  return result.object
}

describe('a change', () => {
  it.each<[string, JsonObject, JsonObject, JsonObject, JsonObject | undefined]>([
    ['adds what is missing', { a: 1 }, { a: 1 }, { a: 1, b: { c: 2 } }, { a: 1, b: { c: 2 } }],
    ['leaves alone what it does not touch', { a: 1, x: 9 }, { a: 1 }, { a: 2 }, { a: 2, x: 9 }],
    ['makes nothing twice', { a: 2 }, { a: 1 }, { a: 2 }, { a: 2 }],
    ['takes away', { a: 1, b: 2 }, { a: 1, b: 2 }, { a: 1 }, { a: 1 }],
    ['sees no difference between null and nothing', { a: null }, { a: null, b: {} }, { b: {} }, { a: null }],
    ['fills in a map that is empty in the file', { a: null }, { a: {} }, { a: { b: 1 } }, { a: { b: 1 } }],
    [
      'finds an item by its name',
      { l: [named('new'), named('b'), named('a')] },
      { l: [named('a'), named('b')] },
      { l: [named('a'), named('b', { c: 1 })] },
      { l: [named('new'), named('b', { c: 1 }), named('a')] },
    ],
    [
      'puts an item in front of others',
      { l: [named('a')] },
      { l: [named('a')] },
      { l: [named('b'), named('a', { c: 1 })] },
      { l: [named('b'), named('a', { c: 1 })] },
    ],
    ['adds to a list of texts', { l: ['a', 'z'] }, { l: ['a'] }, { l: ['a', 'b'] }, { l: ['a', 'z', 'b'] }],
    ['adds nothing that is there', { l: ['a', 'b'] }, { l: ['a'] }, { l: ['a', 'b'] }, { l: ['a', 'b'] }],
    ['takes items out', { l: ['a', 'b', 'c'] }, { l: ['a', 'b', 'c'] }, { l: ['b'] }, { l: ['b'] }],
    ['replaces a value by one of another type', { a: 'x' }, { a: 'x' }, { a: { b: 1 } }, { a: { b: 1 } }],
    ['of the order of a list is unclear', { l: ['a', 'b'] }, { l: ['a', 'b'] }, { l: ['b', 'a'] }, undefined],
    [
      'of an item that is gone is unclear',
      { l: [] },
      { l: [named('a')] },
      { l: [named('a', { c: 1 })] },
      undefined,
    ],
  ])('%s', (_, now, before, made, expected) => {
    expect(after(now, before, made)).toEqual(expected)
  })

  it('leads from what was to what was made of it, and then leaves nothing to do', () => {
    const leaf = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('a', 'b'), fc.boolean())
    const { object } = fc.letrec<{ object: JsonObject; value: JsonValue }>((tie) => ({
      object: fc.dictionary(fc.constantFrom('name', 'a', 'b', 'c'), tie('value'), { maxKeys: 4 }),
      value: fc.oneof(
        { depthSize: 'small' },
        leaf,
        tie('object'),
        fc.array(fc.oneof(leaf, tie('object')), { maxLength: 4 }),
      ),
    }))
    let clear = 0
    fc.assert(
      fc.property(object, object, (before, made) => {
        const result = after(before, before, made)
        if (result === undefined) return
        clear++
        expect(result).toEqual(made)
        expect(changesTo(result, before, made)).toEqual([])
      }),
      { numRuns: 3000 },
    )
    expect(clear).toBeGreaterThan(1500)
  })
})

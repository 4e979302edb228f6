import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  pointerOf,
  type JsonObject,
  type JsonPatch,
  type JsonValue,
  type PatchOperation,
} from '../../src/model/index.ts'
import { applied, appliedSharing } from '../../src/propose/apply.ts'

const key = fc.constantFrom('a', 'b', 'c~/', '0', '1', 'constructor')
const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<JsonValue>(null, true, 1, 'x'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value
const object = fc.dictionary(key, json, { maxKeys: 4, noNullPrototype: true }) as fc.Arbitrary<JsonObject>
const path = fc
  .array(fc.oneof(key, fc.constantFrom('-', '2', '01')), { minLength: 1, maxLength: 4 })
  .map(pointerOf)
const operation: fc.Arbitrary<PatchOperation> = fc.oneof(
  fc.record({ op: fc.constant('add' as const), path, value: json }),
  fc.record({ op: fc.constant('replace' as const), path, value: json }),
  fc.record({ op: fc.constant('remove' as const), path }),
  fc.record({ op: fc.constant('test' as const), path, value: json }),
)

test('sharing gives what the library gives, and leaves the original alone', () => {
  let both = 0
  fc.assert(
    fc.property(object, fc.array(operation, { maxLength: 4 }), (before, patch: JsonPatch) => {
      const original = structuredClone(before)
      const shared = appliedSharing(before, patch)
      expect(before).toEqual(original)
      const library = applied(before, patch)
      if (shared !== undefined) {
        both++
        expect(library).toEqual(shared)
      }
    }),
    { numRuns: 20_000, seed: 1 },
  )
  expect(both).toBeGreaterThan(1_000)
})

test('what is not touched is the same object, not a copy', () => {
  const before: JsonObject = { list: [{ a: 1 }, { b: 2 }], other: { c: 3 } }
  const after = appliedSharing(before, [{ op: 'add', path: '/list/0/x', value: true }])
  expect(after).toEqual({ list: [{ a: 1, x: true }, { b: 2 }], other: { c: 3 } })
  expect(after?.['other']).toBe(before['other'])
})

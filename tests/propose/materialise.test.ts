import { expect, test } from 'vitest'
import { applied } from '../../src/propose/apply.ts'
import { fold, materialise } from '../../src/propose/materialise.ts'
import type { JsonObject, JsonPatch, PatchOperation } from '../../src/model/index.ts'

const pod: JsonObject = {
  spec: {
    securityContext: null,
    containers: [{ name: 'api', image: 'x:1', capabilities: { drop: ['CHOWN'] } }],
  },
}

const cases: [string, PatchOperation[], JsonPatch][] = [
  [
    'missing parents are created by the same operation',
    [{ op: 'add', path: '/spec/containers/0/securityContext/capabilities/drop/-', value: 'ALL' }],
    [{ op: 'add', path: '/spec/containers/0/securityContext', value: { capabilities: { drop: ['ALL'] } } }],
  ],
  [
    'a parent that is null is replaced',
    [{ op: 'add', path: '/spec/securityContext/runAsNonRoot', value: true }],
    [
      { op: 'test', path: '/spec/securityContext', value: null },
      { op: 'replace', path: '/spec/securityContext', value: { runAsNonRoot: true } },
    ],
  ],
  [
    'what is there is replaced, and pinned',
    [{ op: 'add', path: '/spec/containers/0/image', value: 'x:2' }],
    [
      { op: 'test', path: '/spec/containers/0/image', value: 'x:1' },
      { op: 'replace', path: '/spec/containers/0/image', value: 'x:2' },
    ],
  ],
  [
    'an item is appended to a list that is there',
    [{ op: 'add', path: '/spec/containers/0/capabilities/drop/-', value: 'ALL' }],
    [{ op: 'add', path: '/spec/containers/0/capabilities/drop/-', value: 'ALL' }],
  ],
  [
    'what is removed is pinned',
    [{ op: 'remove', path: '/spec/containers/0/capabilities/drop/0' }],
    [
      { op: 'test', path: '/spec/containers/0/capabilities/drop/0', value: 'CHOWN' },
      { op: 'remove', path: '/spec/containers/0/capabilities/drop/0' },
    ],
  ],
  [
    'what holds already needs no operation',
    [{ op: 'replace', path: '/spec/containers/0/image', value: 'x:1' }],
    [],
  ],
]

test.each(cases)('%s', (_name, operations, patch) => {
  expect(materialise(pod, operations)?.patch).toEqual(patch)
})

test.each<[string, PatchOperation]>([
  ['a scalar stands where a map belongs', { op: 'add', path: '/spec/containers/0/image/tag', value: 'x' }],
  ['the item is not there', { op: 'add', path: '/spec/containers/3/image', value: 'x' }],
  ['there is nothing to remove', { op: 'remove', path: '/spec/hostNetwork' }],
])('refused: %s', (_name, operation) => {
  expect(materialise(pod, [operation])).toBeUndefined()
})

test('the object handed in is left as it was', () => {
  const before = structuredClone(pod)
  materialise(pod, [{ op: 'add', path: '/spec/securityContext/runAsNonRoot', value: true }])
  expect(pod).toEqual(before)
})

test('operations below what was just added are folded into it', () => {
  expect(
    fold([
      { op: 'add', path: '/securityContext', value: { a: 1 } },
      { op: 'add', path: '/other', value: 1 },
      { op: 'add', path: '/securityContext/b', value: { c: ['x'] } },
      { op: 'add', path: '/securityContext/b/c/-', value: 'y' },
    ]),
  ).toEqual([
    { op: 'add', path: '/securityContext', value: { a: 1, b: { c: ['x', 'y'] } } },
    { op: 'add', path: '/other', value: 1 },
  ])
})

test('nothing is folded over a change that moves list items', () => {
  const patch: JsonPatch = [
    { op: 'add', path: '/list/1', value: { a: 1 } },
    { op: 'remove', path: '/list/0' },
    { op: 'add', path: '/list/1/b', value: 2 },
  ]
  expect(fold(patch)).toEqual(patch)
})

test('the values of a patch are not touched by applying it', () => {
  const patch: JsonPatch = [
    { op: 'add', path: '/list', value: ['a'] },
    { op: 'add', path: '/list/-', value: 'b' },
  ]
  expect(applied({}, patch)).toEqual({ list: ['a', 'b'] })
  expect(applied({}, patch)).toEqual({ list: ['a', 'b'] })
})

import { expect, it } from 'vitest'
import { readDocuments, readDocumentsLazily } from '../../src/yaml/index.ts'
import { readAll } from '../support/go-yaml.ts'

/** What the editor must know about go-yaml (sigs.k8s.io/yaml 1.6.0), each line checked against it by hand. */

it.each<[string, unknown]>([
  ['a: |\n  foo', { a: 'foo' }],
  ['a: |+\n  foo', { a: 'foo' }],
  ['a: >\n  foo', { a: 'foo' }],
  ['a: |-\n  foo', { a: 'foo' }],
  ['a: |\n  foo\n', { a: 'foo\n' }],
  ['a: |\n  foo\n  ', { a: 'foo\n' }],
  ['a: "foo\\n"', { a: 'foo\n' }],
  ['- a: 1\n- b: |\n    foo', [{ a: 1 }, { b: 'foo' }]],
])('a block scalar at the end of a text: %j', (text, value) => {
  expect(readDocuments(text).map((document) => document.value)).toEqual([value])
  expect(readDocumentsLazily(text).map((document) => document.value)).toEqual([value])
  expect(readAll(text)).toEqual([value])
})

it.each<[string, unknown]>([
  ['x: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n', { b: 2 }],
  ['x: &x {b: 1}\nc:\n  b: 2\n  <<: *x\n', { b: 1 }],
  ['x: &x {b: 1}\ny1: &y {b: 3, d: 4}\nc:\n  <<: [*x, *y]\n', { b: 1, d: 4 }],
])('a merge counts where it stands: %j', (text, value) => {
  expect(readDocuments(text)[0]?.value).toMatchObject({ c: value })
})

import fc from 'fast-check'
import { createTwoFilesPatch } from 'diff'
import { describe, expect, it } from 'vitest'
import {
  hunksBetween,
  hunksOf,
  isBaseline,
  isContext,
  readBaseline,
  writeBaseline,
  type Scope,
} from '../../src/change/index.ts'
import { finding } from '../report/sample.ts'

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`).join('')

describe('hunks', () => {
  it('show three lines around what has changed', () => {
    const before = lines(1, 30)
    const [one, two, ...more] = hunksBetween(
      before,
      before.replace('line 5\n', 'x\ny\n').replace('line 25\n', ''),
    )
    expect(more).toEqual([])
    expect(one).toEqual({ shown: { startLine: 2, endLine: 9 }, changed: [{ startLine: 5, endLine: 6 }] })
    // Where a line is gone, no other has changed.
    expect(two).toEqual({ shown: { startLine: 23, endLine: 28 }, changed: [] })
  })

  it('are none of a text that is no diff', () => {
    for (const text of ['', 'hello', '@@ -1,2 +1,2 @@\n+a', '@@ nonsense'])
      expect(hunksOf(text) ?? []).toEqual([])
  })

  it('are the same read from a diff and worked out from the texts', () => {
    const word = fc.constantFrom('a\n', 'b\n', 'c\n', 'd\n')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), fc.array(word, { maxLength: 40 }), (a, b) => {
        const [before, after] = [a.join(''), b.join('')]
        const patch = createTwoFilesPatch('a', 'b', before, after, '', '', { context: 3 })
        expect(hunksOf(patch)).toEqual(hunksBetween(before, after))
      }),
    )
  })

  it('cover every line that is new', () => {
    const word = fc.constantFrom('a\n', 'b\n', 'c\n')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.nat(30), (words, at) => {
        const after = [...words.slice(0, at), 'new\n', ...words.slice(at)]
        const changed = hunksBetween(words.join(''), after.join('')).flatMap((hunk) => hunk.changed)
        const line = after.indexOf('new\n') + 1
        expect(changed.some(({ startLine, endLine }) => startLine <= line && endLine >= line)).toBe(true)
      }),
    )
  })
})

describe('scope', () => {
  const print = 'a'.repeat(64)
  const at = (line: number): Parameters<typeof isBaseline>[1] => ({
    fingerprint: print,
    location: { file: 'a.yaml', line, endLine: line },
  })
  const scope = (change: Partial<Scope>): Scope => ({
    files: new Map([['a.yaml', { changed: [{ startLine: 5, endLine: 6 }], shown: [] }]]),
    before: new Set([print]),
    accepted: new Set(),
    ...change,
  })

  it('holds what stands on changed lines, and what was not there before', () => {
    expect(isBaseline(scope({}), at(4))).toBe(true)
    expect(isBaseline(scope({}), at(5))).toBe(false)
    expect(isBaseline(scope({ before: new Set() }), at(4))).toBe(false)
    expect(isBaseline(scope({ files: undefined }), at(4))).toBe(false)
  })

  it('never holds what a baseline file takes as given', () => {
    expect(isBaseline(scope({ accepted: new Set([print]) }), at(5))).toBe(true)
  })

  it('knows the files that are only there to be known', () => {
    expect([isContext(scope({}), 'a.yaml'), isContext(scope({}), 'b.yaml')]).toEqual([false, true])
  })
})

describe('a baseline file', () => {
  it('is read as it was written, in an order that edits do not change', () => {
    const findings = [finding(), finding({ policy: 'a' }), finding({ state: 'suppressed' })]
    const text = writeBaseline(findings)
    expect(readBaseline(text, 'b.json')).toEqual(
      new Set(findings.slice(0, 2).map(({ fingerprint }) => fingerprint)),
    )
    expect(writeBaseline(findings.toReversed())).toBe(text)
    expect(readBaseline(writeBaseline([]), 'b.json')).toEqual(new Set())
  })

  it.each([
    '',
    '[]',
    '{"schema": "x", "findings": []}',
    '{"schema": "k8s-autofix/baseline/v1", "findings": [{"fingerprint": "x"}]}',
  ])('is refused where it is none: %s', (text) => {
    expect(() => readBaseline(text, 'b.json')).toThrow(/^b\.json: is no/)
  })
})

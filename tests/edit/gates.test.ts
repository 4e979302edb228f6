import { describe, expect, it } from 'vitest'
import { applySplices, textGates, type Gate } from '../../src/edit/index.ts'
import type { JsonValue, Splice } from '../../src/model/index.ts'
import { composeSplices, mergeSplices, OverlapError } from '../../src/edit/splices.ts'

function failed(before: string, splices: Splice[], expected: JsonValue, document = 0): Gate[] {
  return textGates(before, applySplices(before, splices), splices, new Map([[document, expected]]))
}

describe('gates', () => {
  it('let a good edit pass', () => {
    expect(failed('a: 1\n', [{ start: 3, end: 4, text: '2' }], { a: 2 })).toEqual([])
  })

  it.each<[Gate, string, Splice[], JsonValue]>([
    ['parses', 'a: 1\n', [{ start: 3, end: 4, text: '[' }], { a: 2 }],
    ['equals-patched-object', 'a: 1\n', [{ start: 3, end: 4, text: '3' }], { a: 2 }],
    ['equals-patched-object', 'a: x\n', [{ start: 3, end: 4, text: '0644' }], { a: 420 }],
    ['equals-patched-object', 'a: x\n', [{ start: 3, end: 4, text: 'yes' }], { a: true }],
    ['other-documents-equal', 'a: 1\n---\nb: 1\n', [{ start: 5, end: 9, text: '' }], { a: 1, b: 1 }],
    ['other-documents-equal', 'a: 1\n---\nb: 1\n', [{ start: 12, end: 13, text: '2' }], { a: 1 }],
    ['comments-kept', '# c\na: 1\n', [{ start: 0, end: 8, text: 'a: 2' }], { a: 2 }],
    ['comments-kept', 'a: 1 # c\n', [{ start: 4, end: 8, text: '' }], { a: 1 }],
    ['line-ends-kept', 'a: 1\r\n', [{ start: 6, end: 6, text: 'b: 2\n' }], { a: 1, b: 2 }],
    ['line-ends-kept', 'a: 1\n', [{ start: 5, end: 5, text: 'b: 2\r\n' }], { a: 1, b: 2 }],
    ['line-ends-kept', 'a: 1\n', [{ start: 4, end: 5, text: '' }], { a: 1 }],
    ['line-ends-kept', 'a: 1', [{ start: 4, end: 4, text: '\n' }], { a: 1 }],
    ['line-ends-kept', '\uFEFFa: 1\n', [{ start: 0, end: 1, text: '' }], { a: 1 }],
    ['line-ends-kept', 'a: 1\n', [{ start: 3, end: 4, text: '[\n\t1]' }], { a: [1] }],
    [
      'lines-within-budget',
      'a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\n',
      [{ start: 3, end: 29, text: '2\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1' }],
      { a: 2, b: 1, c: 1, d: 1, e: 1, f: 1 },
    ],
  ])('%s', (gate, before, splices, expected) => {
    expect(failed(before, splices, expected)).toContain(gate)
  })

  it('other-bytes-identical', () => {
    const splices = [{ start: 3, end: 4, text: '2' }]
    expect(textGates('a: 1 # c\n', 'a: 2  # c\n', splices, new Map([[0, { a: 2 }]]))).toEqual([
      'other-bytes-identical',
    ])
  })
})

describe('splices', () => {
  it('are merged where they touch, in the order they were planned', () => {
    expect(
      mergeSplices([
        { start: 5, end: 5, text: 'x' },
        { start: 5, end: 5, text: 'y' },
        { start: 2, end: 5, text: '' },
        { start: 9, end: 9, text: '' },
      ]),
    ).toEqual([{ start: 2, end: 5, text: 'xy' }])
  })

  it('may not overlap', () => {
    expect(() =>
      mergeSplices([
        { start: 1, end: 3, text: '' },
        { start: 2, end: 4, text: '' },
      ]),
    ).toThrow(OverlapError)
  })

  it('compose', () => {
    const before = 'abcdefgh'
    const first = [
      { start: 1, end: 2, text: 'XY' },
      { start: 5, end: 5, text: '-' },
    ]
    const middle = applySplices(before, first)
    const second = [
      { start: 2, end: 4, text: '' },
      { start: 9, end: 10, text: '!' },
    ]
    const both = composeSplices(before, first, second)
    expect(applySplices(before, both)).toBe(applySplices(middle, second))
  })
})

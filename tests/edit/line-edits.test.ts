import { describe, expect, it } from 'vitest'
import { applyLineEdits, editDocument, lineEdits } from '../../src/edit/index.ts'
import type { LineRange } from '../../src/model/index.ts'
import { Lines } from '../../src/yaml/index.ts'
import type { JsonPatch, LineEdit } from '../../src/model/index.ts'
import { text } from './support.ts'

function lines(before: string, patch: JsonPatch, prefer?: LineRange[]): LineEdit[] {
  const edit = editDocument(before, patch, prefer === undefined ? {} : { prefer })
  if ('refused' in edit) throw new Error(edit.refused)
  const result = lineEdits('f.yaml', new Lines(before), edit.splices, prefer)
  expect(applyLineEdits(before, result)).toBe(edit.text)
  return result
}

const file = { file: 'f.yaml', kind: 'replace' } as const

describe('line edits', () => {
  it('replace the lines that are touched', () => {
    expect(lines(text('a: 1', 'b: 2 # c', 'd: 3'), [{ op: 'replace', path: '/b', value: 5 }])).toEqual([
      { ...file, startLine: 2, endLine: 2, replacement: 'b: 5 # c\n' },
    ])
  })

  it('anchor an insertion on the line it stands behind', () => {
    expect(lines(text('a:', '  b: 1', 'c: 1'), [{ op: 'add', path: '/a/x', value: { z: 1 } }])).toEqual([
      { ...file, startLine: 2, endLine: 2, replacement: '  b: 1\n  x:\n    z: 1\n' },
    ])
  })

  it('anchor an insertion on the line below where only that one is preferred', () => {
    expect(
      lines(
        text('a:', '  b: 1', 'c: 1'),
        [{ op: 'add', path: '/a/x', value: 1 }],
        [{ startLine: 3, endLine: 3 }],
      ),
    ).toEqual([{ ...file, startLine: 3, endLine: 3, replacement: '  x: 1\nc: 1\n' }])
  })

  it('anchor an insertion in front of the first line on that line', () => {
    expect(lines(text('- a'), [{ op: 'add', path: '/0', value: 'x' }])).toEqual([
      { ...file, startLine: 1, endLine: 1, replacement: '- x\n- a\n' },
    ])
  })

  it('remove lines', () => {
    expect(lines(text('a: 1', 'b:', '  c: 1', 'd: 1'), [{ op: 'remove', path: '/b' }])).toEqual([
      { ...file, startLine: 2, endLine: 3, replacement: '' },
    ])
  })

  it('merge what touches, and keep apart what does not', () => {
    const edits = lines(text('a: 1', 'b: 2', 'c: 3', 'd: 4', 'e: 5'), [
      { op: 'replace', path: '/a', value: 0 },
      { op: 'replace', path: '/b', value: 0 },
      { op: 'replace', path: '/d', value: 0 },
    ])
    expect(edits.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
      [1, 2],
      [4, 4],
    ])
  })

  it('merge an insertion with a change of the line it is anchored on', () => {
    expect(
      lines(text('a: 1', 'b: 2'), [
        { op: 'replace', path: '/b', value: 0 },
        { op: 'add', path: '/c', value: 1 },
      ]),
    ).toEqual([{ ...file, startLine: 2, endLine: 2, replacement: 'b: 0\nc: 1\n' }])
  })

  it('hold for a file without a final newline', () => {
    expect(lines('a: 1\nb: 2', [{ op: 'add', path: '/c', value: 1 }])).toEqual([
      { ...file, startLine: 2, endLine: 2, replacement: 'b: 2\nc: 1' },
    ])
    expect(lines('a: 1\nb: 2', [{ op: 'remove', path: '/b' }])).toEqual([
      { ...file, startLine: 1, endLine: 2, replacement: 'a: 1' },
    ])
    expect(lines('a: 1', [{ op: 'replace', path: '/a', value: 2 }])).toEqual([
      { ...file, startLine: 1, endLine: 1, replacement: 'a: 2' },
    ])
  })

  it('keep CRLF', () => {
    expect(lines('a: 1\r\nb: 2\r\n', [{ op: 'add', path: '/c', value: 1 }])).toEqual([
      { ...file, startLine: 2, endLine: 2, replacement: 'b: 2\r\nc: 1\r\n' },
    ])
  })
})

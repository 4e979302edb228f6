import { expect, it } from 'vitest'
import { edited, text } from './support.ts'

const pod = text(
  'spec:', // 1
  '  containers:', // 2
  '  - name: a', // 3
  '    image: b', // 4
  '    # of ports', // 5
  '    ports:', // 6
  '    - 80', // 7
  '    tty: true', // 8
  '  volumes: []', // 9
)

const add = [{ op: 'add', path: '/spec/containers/0/x', value: 1 }] as const

function lineOf(after: string): number {
  return after.split('\n').indexOf('    x: 1') + 1
}

it.each([
  ['nothing is preferred', [], 9],
  ['the image line', [{ startLine: 4, endLine: 4 }], 5],
  ['the first line of the item', [{ startLine: 3, endLine: 3 }], 4],
  ['a range with several gaps: the last of them', [{ startLine: 3, endLine: 4 }], 5],
  ['the middle of a value: no gap there', [{ startLine: 6, endLine: 6 }], 9],
  ['the end of a nested value', [{ startLine: 7, endLine: 7 }], 8],
  ['only the line below the gap', [{ startLine: 9, endLine: 9 }], 9],
  ['a comment below the gap', [{ startLine: 5, endLine: 5 }], 5],
  ['elsewhere', [{ startLine: 1, endLine: 1 }], 9],
])('a new key lands by the preferred lines: %s', (_name, prefer, line) => {
  expect(lineOf(edited(pod, [...add], { prefer }))).toBe(line)
})

it('an open block scalar is never a gap, preferred or not', () => {
  expect(
    edited('a:\n  b: 1\n  c: |\n    x', [{ op: 'add', path: '/a/d', value: 1 }], {
      prefer: [{ startLine: 4, endLine: 4 }],
    }),
  ).toBe('a:\n  b: 1\n  d: 1\n  c: |\n    x')
})

it('a pair of a map in brackets too', () => {
  const before = text('a: {', '  b: 1,', '  c: 2,', '  d: 3', '}')
  expect(
    edited(before, [{ op: 'add', path: '/a/x', value: 1 }], { prefer: [{ startLine: 2, endLine: 2 }] }),
  ).toBe(text('a: {', '  b: 1,', '  x: 1,', '  c: 2,', '  d: 3', '}'))
})

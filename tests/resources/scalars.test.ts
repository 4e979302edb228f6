import { expect, test } from 'vitest'
import { readDocuments } from '../../src/yaml/index.ts'

// What kubectl makes of plain scalars: facts from sigs.k8s.io/yaml (a go-yaml v2 fork), resolve.go.
const readings: [string, unknown][] = [
  ['yes', true],
  ['y', true],
  ['On', true],
  ['NO', false],
  ['n', false],
  ['off', false],
  ['yEs', 'yEs'],
  ['~', null],
  ['', null],
  ['Null', null],
  ['nUll', 'nUll'],
  ['0644', 420],
  ['0o17', 15],
  ['08', 8],
  ['0b101', 5],
  ['-0b11', -3],
  ['0x1F', 31],
  ['1_000', 1000],
  ['+5', 5],
  ['12:30', '12:30'],
  ['2020-01-01', '2020-01-01'],
  ['.', '.'],
  ['.5', 0.5],
  ['1.', 1],
  ['1e3', 1000],
  ['E2', 'E2'],
  ['1.5.2', '1.5.2'],
  ['"yes"', 'yes'],
  ["'0644'", '0644'],
  ['!!str 5', '5'],
  ['1.20', 1.2],
]

test.each(readings)('%s is read as kubectl reads it', (text, value) => {
  const [document] = readDocuments(`value: ${text}\n`)
  expect(document?.problems).toEqual([])
  expect(document?.value).toEqual({ value })
})

test('boolean-looking keys become the text of the boolean', () => {
  expect(readDocuments('on: 1\ny: 2\n1: a\n')[0]?.problems.length).toBeGreaterThan(0) // on and y are one key: "true"
  expect(readDocuments('on: 1\n8080: a\n')[0]?.value).toEqual({ true: 1, '8080': 'a' })
})

test('.inf and .nan have no JSON form', () => {
  expect(readDocuments('a: .inf\n')[0]?.problems[0]?.code).toBe('syntax')
})

test('merge keys: own keys win, the first source wins over the second', () => {
  const text = 'a: &a {p: 1, q: 1}\nb: &b {p: 2, r: 2}\nc:\n  <<: [*a, *b]\n  q: 3\n'
  expect(readDocuments(text)[0]?.value).toMatchObject({ c: { p: 1, q: 3, r: 2 } })
})

test('a bomb of aliases is refused, not expanded', () => {
  const levels = Array.from(
    { length: 20 },
    (_, i) =>
      `l${i}: &l${i} [${Array(10)
        .fill(i === 0 ? 'x' : `*l${i - 1}`)
        .join(', ')}]`,
  )
  expect(readDocuments(levels.join('\n'))[0]?.problems[0]?.code).toBe('too-large')
})

test.each([
  ['flow', '['.repeat(100_000)],
  ['dashes', '- '.repeat(100_000)],
  ['closed', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
])('100,000 levels (%s) are refused', (_name, text) => {
  expect(readDocuments(text)[0]?.problems.length).toBeGreaterThan(0)
})

test('__proto__ is a key like any other', () => {
  const value = readDocuments('__proto__: {polluted: true}\n')[0]?.value
  expect(Object.keys(value ?? {})).toEqual(['__proto__'])
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
})

test('the slices of the documents follow each other without a gap', () => {
  const text = '\uFEFF# head\na: 1\n---\n# c\nb: |+\n  x\n\n---\n...\n%YAML 1.1\n---\nc: 1\n'
  const documents = readDocuments(text)
  expect(documents.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text.slice(1))
  expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { b: 'x\n\n' }, null, { c: 1 }])
})

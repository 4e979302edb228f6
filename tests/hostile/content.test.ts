import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installProgram, type Program } from '../support/program.ts'
import { good, header, policiesIn, scan, unreadOf, write } from './scene.ts'

let program: Program
let expected: string[]
beforeAll(() => {
  program = installProgram()
  const folder = program.folder()
  write(folder, { 'good.yaml': good })
  expected = policiesIn(scan(program, folder).report, 'good.yaml')
  expect(expected).toContain('privileged-container')
})
afterAll(() => program.remove())

const laughs = (levels: number): string =>
  Array.from({ length: levels }, (_, i) =>
    i === 0
      ? `  a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n`
      : `  a${i}: &a${i} [${Array.from({ length: 10 }, () => `*a${i - 1}`).join(', ')}]\n`,
  ).join('')

/** Each looks like a manifest and cannot be read as one: exit code 2, and a reason that a person can act on. */
const broken: Readonly<Record<string, readonly [content: string | Buffer, reason: RegExp]>> = {
  'a bomb of aliases': [`${header}data:\n${laughs(30)}`, /nodes|alias/],
  'a bomb of merge keys': [
    `${header}data:\n  m0: &m0 {${Array.from({ length: 50 }, (_, i) => `k${i}: v`).join(', ')}}\n${Array.from({ length: 25 }, (_, i) => `  m${i + 1}: &m${i + 1} {a: {<<: *m${i}}, b: {<<: *m${i}}, c: *m${i}}\n`).join('')}`,
    /nodes|alias|deep/,
  ],
  'an alias to itself': [`${header}data: &a\n  b: *a\n`, /alias/],
  '100,000 brackets': [`${header}data: ${'['.repeat(100_000)}`, /deep|YAML|flow/i],
  '100,000 brackets, closed': [`${header}data: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`, /deep/],
  '100,000 braces': [`${header}data: ${'{a: '.repeat(100_000)}`, /deep|YAML|flow/i],
  '100,000 dashes': [`${header}data:\n  ${'- '.repeat(100_000)}x\n`, /deep/],
  'deep JSON': [
    `{"apiVersion": "v1", "kind": "ConfigMap", "data": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    /deep/,
  ],
  'invalid UTF-8': [
    Buffer.concat([Buffer.from(header), Buffer.from([0x64, 0x3a, 0x20, 0xff, 0xfe, 0x0a])]),
    /UTF-8/,
  ],
  'UTF-16 with a mark': [Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')]), /UTF-8/],
  'tabs for indentation': ['apiVersion: v1\nkind: Pod\nmetadata:\n\tname: tabs\n', /tab/i],
  'a bracket that never closes': ['apiVersion: v1\nkind: Pod\nmetadata: {name: x\nspec: 1\n', /./],
  'JSON that ends early': ['{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"', /./],
  'an unknown alias': [`${header}data: *nowhere\n`, /alias/i],
}

describe('input that nobody can read', () => {
  it.each(Object.entries(broken))(
    '%s: says so, ends with 2, and judges the file beside it',
    (_, [content, reason]) => {
      const folder = program.folder()
      write(folder, { 'bad.yaml': content, 'good.yaml': good })
      const { status, report } = scan(program, folder)
      const [unread] = unreadOf(report, 'bad.yaml')
      expect(unread?.reason.text).toMatch(reason)
      expect(unread?.broken).toBe(true)
      expect(status).toBe(2)
      expect(policiesIn(report, 'good.yaml')).toEqual(expected)
    },
  )

  it('tells where: file, line and column, on standard error or in the report', () => {
    const folder = program.folder()
    write(folder, { 'tabs.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n\tname: tabs\n' })
    const { stdout, stderr, status } = program.cli(['scan', '.'], { cwd: folder })
    expect(stdout + stderr).toMatch(/tabs\.yaml:[34]:\d+: /)
    expect(stdout + stderr).not.toMatch(/^ {4}at /m)
    expect(status).toBe(2)
  })

  it('reads the other documents of a file with one broken document', () => {
    const folder = program.folder()
    write(folder, {
      'mixed.yaml': `${good}---\n${header}data: {a: [}\n---\n${good.replace('neighbour', 'second')}`,
    })
    const { status, report } = scan(program, folder)
    expect(status).toBe(2)
    expect(unreadOf(report, 'mixed.yaml').length).toBeGreaterThan(0)
    expect(policiesIn(report, 'mixed.yaml')).toContain('privileged-container')
  })
})

/** Odd, but nobody's mistake: exit code by the findings of the file beside it. */
const odd: Readonly<Record<string, string | Buffer>> = {
  'an empty file': '',
  'white space alone': '\n\n   \n',
  'comments alone': '# apiVersion: v1\n# kind: Pod\n',
  'document marks alone': '---\n---\n...\n---\n',
  'a byte order mark alone': '\uFEFF',
  'a number': '42\n',
  'a list of words': '- apiVersion\n- kind\n',
  'YAML of somebody else': 'version: 2\nservices:\n  kind: x\n',
  'an unknown kind':
    'apiVersion: example.dev/v9\nkind: Whatever\nmetadata: {name: x}\nspec: {containers: [1, null, {}]}\n',
  'a kind that is no text': 'apiVersion: [v1]\nkind: {a: b}\nmetadata: {name: x}\n',
  'wrong types everywhere':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: [x], namespace: 7}\nspec: {template: {spec: {containers: {a: b}, initContainers: 3, volumes: x, securityContext: []}}}\n',
  'containers of all types':
    'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [null, 1, text, [], {}, {name: null}, {name: 5, image: 7, env: {a: b}, securityContext: 3}]}\n',
  'keys that JavaScript has meanings for':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {__proto__: {polluted: "yes"}, constructor: {prototype: {polluted: "yes"}}, toString: x, hasOwnProperty: y}\n',
  'numbers beyond numbers': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: 1e999, b: ${'9'.repeat(10_000)}, c: 0x${'f'.repeat(1000)}, d: .5e-999}\n`,
  'a line of five million characters': `${header}data: {a: "${'x'.repeat(5_000_000)}"}\n`,
  '1,500 levels of a map': `${header}data:\n${Array.from({ length: 900 }, (_, i) => `${' '.repeat(i + 2)}a:\n`).join('')}`,
  'control characters in text': `${header}data: {a: "\\u0000\\u001b[31m\\u202e"}\n`,
  'carriage returns alone': good.replaceAll('\n', '\r'),
}

describe('input that is merely odd', () => {
  it.each(Object.entries(odd))('%s: hides nothing, breaks nothing', (_, content) => {
    const folder = program.folder()
    write(folder, { 'odd.yaml': content, 'good.yaml': good })
    const { status, report } = scan(program, folder)
    expect(policiesIn(report, 'good.yaml')).toEqual(expected)
    expect([1, 2]).toContain(status)
    // Exit code 2 and a file that is called broken are the same thing.
    expect(status === 2).toBe(report.unread.some(({ broken: isBroken }) => isBroken))
  })

  it.each([
    'an empty file',
    'white space alone',
    'comments alone',
    'document marks alone',
    'YAML of somebody else',
    'an unknown kind',
  ])('%s is nobody’s mistake', (name) => {
    const folder = program.folder()
    write(folder, { 'odd.yaml': odd[name] ?? '' })
    const { status, report } = scan(program, folder)
    expect(report.unread).toEqual([])
    expect(report.findings).toEqual([])
    expect(status).toBe(0)
  })

  it('an empty folder and one without manifests end with 0 and say so', () => {
    const folder = program.folder()
    const empty = program.cli(['scan', '.'], { cwd: folder })
    expect(empty.status).toBe(0)
    expect(empty.stdout + empty.stderr).toMatch(/no Kubernetes manifests/)
    write(folder, { 'notes.txt': 'apiVersion: v1', 'compose.yaml': 'services: {}\n' })
    expect(program.cli(['scan', '.'], { cwd: folder }).status).toBe(0)
  })

  it('a path that does not exist is a mistake, with a message of two lines at most', () => {
    const { status, stdout, stderr } = program.cli(['scan', 'absent'], { cwd: program.folder() })
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^error: absent: no such file or folder/)
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2)
  })
})

describe('input that is large', () => {
  it('a file of 50 MB is listed as too large, and costs no memory', () => {
    const folder = program.folder()
    const file = openSync(join(folder, 'huge.yaml'), 'w')
    const block = Buffer.from(`  key: ${'x'.repeat(1_000_000)}\n`)
    writeSync(file, `${header}data:\n`)
    for (let i = 0; i < 50; i++) writeSync(file, block)
    closeSync(file)
    write(folder, { 'good.yaml': good })
    const { report, status } = scan(program, folder)
    expect(unreadOf(report, 'huge.yaml')[0]?.reason.code).toBe('too-large')
    expect(policiesIn(report, 'good.yaml')).toEqual(expected)
    expect([1, 2]).toContain(status)
  })

  it('a file of 9 MB in 20,000 documents is read or listed, in bounded time', () => {
    const folder = program.folder()
    const document = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: n\ndata:\n  a: ${'x'.repeat(380)}\n---\n`
    write(folder, { 'many.yaml': document.repeat(20_000), 'good.yaml': good })
    const { report } = scan(program, folder)
    const judged = report.files.find(({ file }) => file === 'many.yaml')
    expect(judged !== undefined || unreadOf(report, 'many.yaml').length > 0).toBe(true)
    expect(policiesIn(report, 'good.yaml')).toEqual(expected)
  })

  it('a pod with 300 containers is judged, or listed with the reason, in the time it is given', () => {
    const folder = program.folder()
    const containers = Array.from(
      { length: 300 },
      (_, i) => `    - name: c${i}\n      image: registry.example/c:${i}\n`,
    )
    write(folder, {
      'wide.yaml': `apiVersion: v1\nkind: Pod\nmetadata:\n  name: wide\nspec:\n  containers:\n${containers.join('')}`,
      'good.yaml': good,
    })
    const { report } = scan(program, folder, '--timeout', '3s', '.')
    expect(policiesIn(report, 'wide.yaml').length + unreadOf(report, 'wide.yaml').length).toBeGreaterThan(0)
    expect(policiesIn(report, 'good.yaml')).toEqual(expected)
  })
})

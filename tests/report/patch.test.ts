import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStyle, renderPatch, showPatch } from '../../src/report/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'autofix patch '))
const git = (args: string[], cwd = folder, input?: string): string =>
  execFileSync('git', args, {
    cwd,
    input,
    encoding: 'utf8',
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' },
  })

beforeAll(() => {
  git(['init', '-q'])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const long = Array.from({ length: 60 }, (_, index) => `line ${index}\n`).join('')
const changes: [string, string, string][] = [
  ['one change', 'a\nb\nc\n', 'a\nB\nc\n'],
  [
    'several hunks',
    long,
    long.replace('line 3\n', 'x\n').replace('line 40\n', 'y\nz\n').replace('line 59\n', ''),
  ],
  ['lines only added', 'a\nb\n', 'a\nb\nc\n'],
  ['lines only removed', 'a\nb\nc\n', 'b\n'],
  ['CRLF', 'a\r\nb\r\nc\r\n', 'a\r\nB\r\nnew\r\nc\r\n'],
  ['mixed ends', 'a\r\nb\nc\r\n', 'a\r\nb\nnew\nc\r\n'],
  ['no final newline', 'a\nb', 'a\nB'],
  ['no final newline, change above', 'a\nb\nc', 'A\nb\nc'],
  ['final newline added', 'a\nb', 'a\nb\n'],
  ['byte order mark', '\uFEFFa\nb\n', '\uFEFFa\nc\n'],
  ['other line separators', 'a\u2028b\n\u0085\rc\n', 'a\u2028b\n\u0085\rd\n'],
  ['from empty', '', 'a\n'],
  ['one line', 'a\n', 'b\n'],
  ['lines that look like a patch', '--- a/x\n+++ b/x\n@@ -1 +1 @@\n', '--- a/x\n+++ b/y\n@@ -1 +1 @@\n-x\n'],
]
const names = [
  'plain.yaml',
  'with space.yaml',
  'deep/er/with space.yaml',
  'trailing space ',
  'ünïcødé/日本.yaml',
  'new\nline.yaml',
  'tab\tbed.yaml',
  'quo"te.yaml',
  'back\\slash.yaml',
  '-leading-dash.yaml',
  'b/a/b.yaml',
  'bell\u0007.yaml',
  '😀.yaml',
]

describe('git apply takes the patch and gives the new text, byte for byte', () => {
  const check = (
    cases: { file: string; before: string | undefined; after: string }[],
    cwd = folder,
    prefix = '',
  ): void => {
    for (const { file, before } of cases) {
      mkdirSync(dirname(join(folder, prefix, file)), { recursive: true })
      if (before === undefined) rmSync(join(folder, prefix, file), { force: true })
      else writeFileSync(join(folder, prefix, file), before)
    }
    git(['apply', '-'], cwd, renderPatch(cases, { prefix }))
    for (const { file, after } of cases) expect(readFileSync(join(folder, prefix, file), 'utf8')).toBe(after)
  }

  it.each(changes)('%s', (_, before, after) => check([{ file: 'x.yaml', before, after }]))
  it.each(names)('%j', (file) => check([{ file, before: 'a\nb\n', after: 'a\nc\n' }]))
  it.each(names)('a new file: %j', (file) => check([{ file, before: undefined, after: 'a\nb' }]))
  it('all at once', () =>
    check(names.map((file) => ({ file, before: long, after: long.replace('line 30', 'x') }))))
  it('from a folder below the root', () => {
    mkdirSync(join(folder, 'sub dir'), { recursive: true })
    check([{ file: 'sub dir/x.yaml', before: 'a\n', after: 'b\n' }], join(folder, 'sub dir'), 'sub dir/')
  })
})

it('files without a change are left out', () => {
  expect(renderPatch([{ file: 'a', before: 'x\n', after: 'x\n' }], { prefix: '' })).toBe('')
})

it('on a terminal, a patch holds nothing that the terminal would act on', () => {
  const patch = renderPatch([{ file: 'a', before: 'x\r\n', after: '\u001B[2Jy\r\n' }], { prefix: '' })
  expect(patch).toContain('\u001B[2Jy\r\n')
  expect(showPatch(patch, createStyle(false))).toBe(
    'diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n+<U+001B>[2Jy\n',
  )
})

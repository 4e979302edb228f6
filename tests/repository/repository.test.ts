import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'

const root = join(import.meta.dirname, '..', '..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

describe('action.yml', () => {
  const manifest = z
    .object({
      runs: z.object({ using: z.string(), main: z.string() }),
      inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string() })),
      outputs: z.record(z.string(), z.object({ description: z.string() })),
    })
    .parse(parse(read('action.yml')))

  it('runs the committed bundle with Node 24', () => {
    expect(manifest.runs).toEqual({ using: 'node24', main: 'dist/index.js' })
  })

  it('declares exactly the inputs that are read', () => {
    const source = read('src/action/inputs.ts')
    const readInputs = [
      ...source.matchAll(/(?:words|choice|flag|duration|count|secret|Input)\('([a-z-]+)'/g),
    ].map((match) => match[1])
    expect(new Set(Object.keys(manifest.inputs))).toEqual(new Set(readInputs))
  })

  it('declares exactly the outputs that are set', () => {
    const outputs = [...read('src/action/publish.ts').matchAll(/setOutput\('([a-z-]+)'/g)].map(
      (match) => match[1],
    )
    expect(new Set(Object.keys(manifest.outputs))).toEqual(new Set(outputs))
  })
})

describe('the repository', () => {
  const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((file) => file !== '')

  it('names no package registry, nor a path of the machine it was written on', () => {
    // Put together here, so that this file does not name them either. Licences and comments of packages may.
    const names = [
      ['registry', 'npmjs', 'org'].join('.'),
      ['proxy', 'golang', 'org'].join('.'),
      ['', 'work', ''].join('/'),
    ]
    const guilty = tracked
      .filter((file) => !file.startsWith('dist/'))
      .filter((file) => {
        const text = readFileSync(join(root, file), 'latin1')
        return names.some((name) => text.includes(name))
      })
    expect(guilty).toEqual([])
  })

  it('has the fixed top level', () => {
    const top = new Set(tracked.map((file) => file.split('/', 1)[0]))
    for (const name of [
      'action.yml',
      'package.json',
      'tsconfig.json',
      'LICENSE',
      'Makefile',
      'README.md',
      'CONTRIBUTING.md',
    ])
      expect(top).toContain(name)
    for (const name of ['src', 'dist', 'policies', 'fixtures', '.github', 'tests', 'bin', 'schemas'])
      expect(top).toContain(name)
  })

  it('gives the bundle the version of the package', () => {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(read('dist/package.json')))
    expect(version).toBe(z.object({ version: z.string() }).parse(JSON.parse(read('package.json'))).version)
  })
})

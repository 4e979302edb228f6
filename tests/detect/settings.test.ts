import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import {
  looksAcrossObjects,
  parseSettings,
  skippedChecks,
  type KubeLinterSettings,
} from '../../src/detect/index.ts'
import { UserError } from '../../src/model/index.ts'
import { kubeLinter, makeScene, pod, unit, type Scene } from './support.ts'

let scene: Scene
beforeAll(() => {
  scene = makeScene()
})
afterAll(() => scene.remove())

function settings(text: string, folder = '/repo'): KubeLinterSettings {
  return parseSettings({ file: '.kube-linter.yaml', text, folder, home: '/home/me' })
}

async function rulesOf(text: string): Promise<string[]> {
  const engine = await scene.engine({ settings: settings(text) })
  return engine.rules.map(({ name }) => name)
}

describe('a .kube-linter.yaml', () => {
  it('may be empty', () => {
    for (const text of ['', '# nothing\n', 'checks:\ncustomChecks:\n', '{}'])
      expect(settings(text)).toMatchObject({ doNotAutoAddDefaults: false, include: [], customChecks: [] })
  })

  it('chooses checks; exclude wins', async () => {
    expect(
      await rulesOf(
        'checks:\n  doNotAutoAddDefaults: true\n  include: [latest-tag, host-pid]\n  exclude: [host-pid]\n',
      ),
    ).toEqual(['latest-tag'])
    expect(await rulesOf('checks: {exclude: [latest-tag]}')).toHaveLength(30)
    expect(await rulesOf('checks: {addAllBuiltIn: true}')).toHaveLength(62)
  })

  it('may leave no check at all; the heartbeat still beats', async () => {
    const engine = await scene.engine({ settings: settings('checks: {doNotAutoAddDefaults: true}') })
    expect(engine.rules).toEqual([])
    const { judged, findings } = await engine.judge([unit('a', pod('a'))])
    expect([judged.length, findings.length]).toEqual([1, 0])
  })

  it('is read as kube-linter reads it: keys in any case, lists as text', async () => {
    expect(await rulesOf('Checks:\n  DONOTAUTOADDDEFAULTS: true\n  include: latest-tag,host-pid\n')).toEqual([
      'host-pid',
      'latest-tag',
    ])
  })

  it('has words where a manifest has booleans', () => {
    const custom = settings(
      'customChecks: [{name: a, template: required-label, params: {key: no}}]',
    ).customChecks
    expect(custom[0]?.params).toEqual({ key: 'no' })
  })

  it('may bring checks of its own', async () => {
    const engine = await scene.engine({
      settings: settings(`
checks: {doNotAutoAddDefaults: true}
customChecks:
  - name: team-label
    description: every object names its team
    remediation: add the label
    template: required-label
    scope: {objectKinds: [DeploymentLike]}
    params: {key: team}
`),
    })
    expect(engine.rules).toEqual([
      { name: 'team-label', description: 'every object names its team', remediation: 'add the label' },
    ])
    const { findings } = await engine.judge([
      unit('a', pod('a')),
      unit('b', pod('b', '  labels: {team: x}\n')),
    ])
    expect(findings).toMatchObject([{ unit: 'a', rule: 'team-label', container: undefined }])
  })

  it('gets no check that asks the network', async () => {
    const asking = settings(`
checks: {include: [schema-validation]}
customChecks: [{name: own-schemas, template: kubeconform, params: {schemaLocations: [http://127.0.0.1:1/]}}]
`)
    expect(skippedChecks(asking).map(({ rule }) => rule)).toEqual(['schema-validation', 'own-schemas'])
    expect(skippedChecks(settings('checks: {addAllBuiltIn: true}'))).toHaveLength(1)
    expect(skippedChecks(settings(''))).toEqual([])
    const engine = await scene.engine({ settings: asking })
    expect(engine.rules).toHaveLength(31)
  })

  it('tells which checks look across objects', () => {
    const own = settings(`
customChecks:
  - {name: sees-all, template: cel-expression, params: {check: ""}}
  - {name: sees-one, template: required-label, params: {key: a}}
`)
    const rules = ['sees-all', 'sees-one', 'dangling-service', 'latest-tag']
    expect(rules.filter((rule) => looksAcrossObjects(rule, own))).toEqual(['sees-all', 'dangling-service'])
  })

  const wrong: [string, string, string][] = [
    [
      'checks: {excludes: [a]}',
      'an unknown key',
      "checks.excludes is no key of kube-linter's configuration; there are: doNotAutoAddDefaults, addAllBuiltIn, include, exclude, ignorePaths",
    ],
    [
      'exclude: [a]',
      'a key in the wrong place',
      "exclude is no key of kube-linter's configuration; there are: checks, customChecks",
    ],
    [
      'customChecks: [{name: a, template: b, kinds: []}]',
      'an unknown key of a check',
      'customChecks.0.kinds is no key',
    ],
    ['customChecks: [{name: "a b", template: b}]', 'a bad name', 'customChecks.0.name: a name has letters'],
    ['checks: {addAllBuiltIn: 3}', 'a wrong type', 'checks.addAllBuiltIn: Invalid input: expected boolean'],
    ['checks: [', 'broken YAML', '.kube-linter.yaml:1: '],
    ['checks: {}\n---\nchecks: {}\n', 'two documents', 'one YAML document'],
    ['checks: {ignorePaths: ["a/[b"]}', 'a broken pattern', 'checks.ignorePaths: "a/[b" is no path pattern'],
    ['checks: {ignorePaths: ["~you/x"]}', 'the home of another', '"~you/x" is no path pattern'],
    ['- a', 'a list', 'Invalid input: expected object'],
  ]
  it.each(wrong)('%s is a mistake: %s', (text, _name, message) => {
    expect(() => settings(text)).toThrow(UserError)
    expect(() => settings(text)).toThrow(message)
  })

  it('names every mistake at once', () => {
    try {
      settings('checks: {excludes: [a]}\nmore: 1\n')
    } catch (error) {
      expect(error).toMatchObject({
        problems: [expect.stringContaining('checks.excludes'), expect.stringContaining('more is')],
      })
      return
    }
    throw new Error('nothing was thrown')
  })
})

describe('ignorePaths', () => {
  const files = [
    'a.yaml',
    '.hid.yaml',
    'ab.yaml',
    'd/a.yaml',
    'd/.x/a.yaml',
    'd/e/a.yaml',
    'd/e/f/b.yaml',
    'é/a.yaml',
    'x[1]/a.yaml',
    'x1/a.yaml',
    '{q}/a.yaml',
    'a-b/c.yaml',
    'vendor/k/a.yaml',
    'd/e/f/g/h.yml',
    '^.yaml',
  ]
  const reportsSchema = z.object({
    Reports: z.array(z.object({ Object: z.object({ Metadata: z.object({ FilePath: z.string() }) }) })),
  })

  it.each([
    '**',
    './**',
    '*',
    'd/**',
    'd/*',
    'd',
    '**/a.yaml',
    '**.yaml',
    'd/**/b.yaml',
    'd/**/',
    'vendor/**/*',
    '{a,ab}.yaml',
    '{d/**/,}a.yaml',
    '{a,{d/e/a,x}}.yaml',
    '\\{q\\}/*',
    'x\\[1\\]/*',
    'x[1]/*',
    '*/**/*.y{a,}ml',
    '.*',
    '**/.x/**',
    'd/***',
    'a**b.yaml',
    'd//a.yaml',
    'd/./e/../a.yaml',
    '?/a.yaml',
    '[!a].yaml',
    '[^a-c].yaml',
    '[^.]*',
    'a[a-c].yaml',
  ])('%s means what it means to kube-linter', (pattern) => {
    const folder = join(scene.folder, 'paths')
    for (const file of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), 'apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n')
    }
    const configuration = join(scene.folder, 'paths.json')
    writeFileSync(
      configuration,
      JSON.stringify({
        checks: { doNotAutoAddDefaults: true, ignorePaths: [pattern] },
        customChecks: [{ name: 'h', template: 'required-annotation', params: { key: '^none$' } }],
      }),
    )
    const args = ['lint', '--config', configuration, '--format', 'json', ...files.map((file) => `./${file}`)]
    const seen = reportedBy(args, folder)
    const { isIgnored } = settings(JSON.stringify({ checks: { ignorePaths: [pattern] } }), folder)
    expect(files.filter((file) => !isIgnored(file))).toEqual(
      files.filter((file) => seen.has(join(folder, file))),
    )
  })

  function reportedBy(args: readonly string[], folder: string): Set<string> {
    let stdout = ''
    try {
      stdout = execFileSync(kubeLinter, args, {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
    } catch (error) {
      // Findings are exit code 1.
      stdout = z.object({ stdout: z.string() }).parse(error).stdout
    }
    if (stdout === '') return new Set()
    return new Set(
      reportsSchema.parse(JSON.parse(stdout)).Reports.map(({ Object }) => Object.Metadata.FilePath),
    )
  }

  it('start from the folder of the file, from the root, or from home', () => {
    const { isIgnored } = settings('checks: {ignorePaths: [a/*, ../b/*, /c/*, "~/d/*"]}', '/repo/sub')
    for (const path of ['a/x', '/repo/sub/a/x', '/repo/b/x', '/c/x', '/home/me/d/x'])
      expect(isIgnored(path)).toBe(true)
    for (const path of ['b/x', '/repo/a/x', 'c/x', 'a/x/y']) expect(isIgnored(path)).toBe(false)
  })

  it('take the letters of the folder as they are', () => {
    expect(settings('checks: {ignorePaths: ["*.yaml"]}', '/r[x]/{a}').isIgnored('/r[x]/{a}/b.yaml')).toBe(
      true,
    )
  })

  it('cannot be slow', () => {
    const pattern = `${'*a'.repeat(200)}b`
    const { isIgnored } = settings(JSON.stringify({ checks: { ignorePaths: [pattern] } }))
    expect(isIgnored('a'.repeat(2000))).toBe(false)
    expect(() => settings(JSON.stringify({ checks: { ignorePaths: ['{a,b}'.repeat(20)] } }))).toThrow(
      UserError,
    )
  })
})

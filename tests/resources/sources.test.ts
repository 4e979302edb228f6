import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { listFiles, readListed } from '../../src/adapters/workspace.ts'

function tree(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'tree '))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

function listed(folder: string, paths: string[] = ['.'], includes = (_file: string): boolean => true) {
  const { files, unread } = listFiles(paths, { folder, includes })
  return {
    files: files.map(({ file }) => file),
    unread: unread.map(({ file, reason }) => [file, reason.code]),
  }
}

test('what a kustomization uses as patch, generator input or configuration is no object', () => {
  const folder = tree({
    'base/kustomization.yaml': 'resources: [deployment.yaml]\n',
    'base/deployment.yaml': 'a: 1\n',
    'prod/kustomization.yaml': `resources: [../base]
patches:
- path: replicas.yaml
- patch: |-
    - op: add
patchesStrategicMerge: [old/merge.yaml]
patchesJson6902: [{target: {kind: Pod}, path: ops.json}]
configMapGenerator:
- {name: c, files: [settings.yaml, key=named.yaml], envs: [x.env]}
helmCharts: [{name: h, valuesFile: values-h.yaml}]
configurations: [names.yaml]
`,
    ...Object.fromEntries(
      [
        'replicas.yaml',
        'old/merge.yaml',
        'ops.json',
        'settings.yaml',
        'named.yaml',
        'values-h.yaml',
        'names.yaml',
        'own.yaml',
      ].map((name) => [`prod/${name}`, 'a: 1\n']),
    ),
  })
  expect(listed(folder)).toEqual({
    files: ['base/deployment.yaml', 'base/kustomization.yaml', 'prod/kustomization.yaml', 'prod/own.yaml'],
    unread: [
      ['prod/named.yaml', 'kustomize-generator-input'],
      ['prod/names.yaml', 'kustomize-configuration'],
      ['prod/old/merge.yaml', 'kustomize-patch'],
      ['prod/ops.json', 'kustomize-patch'],
      ['prod/replicas.yaml', 'kustomize-patch'],
      ['prod/settings.yaml', 'kustomize-generator-input'],
      ['prod/values-h.yaml', 'kustomize-generator-input'],
    ],
  })
  // The same holds for a patch that is named alone.
  expect(listed(folder, ['prod/replicas.yaml'])).toEqual({
    files: [],
    unread: [['prod/replicas.yaml', 'kustomize-patch']],
  })
})

test('charts: templates and values are listed as unread, crds are read, dependencies passed over', () => {
  const folder = tree({
    'charts/api/Chart.yaml': 'name: api\n',
    'charts/api/values.yaml': 'a: 1\n',
    'charts/api/values-prod.yaml': 'a: 1\n',
    'charts/api/templates/deployment.yaml': 'a: 1\n',
    'charts/api/crds/crd.yaml': 'a: 1\n',
    'charts/api/charts/dependency/templates/x.yaml': 'a: 1\n',
  })
  expect(listed(folder)).toEqual({
    files: ['charts/api/crds/crd.yaml'],
    unread: [
      ['charts/api/Chart.yaml', 'helm-values'],
      ['charts/api/templates/deployment.yaml', 'helm-template'],
      ['charts/api/values-prod.yaml', 'helm-values'],
      ['charts/api/values.yaml', 'helm-values'],
    ],
  })
})

test('ignored, vendored and hidden-by-convention folders are passed over unless named', () => {
  const folder = tree({
    '.git/config': '',
    '.git/x.yaml': 'a: 1\n',
    '.gitignore': 'build/\n*.tmp.yaml\n!keep.tmp.yaml\n/only-root.yaml\n',
    'sub/.gitignore': '!again.tmp.yaml\nlocal.yaml\n',
    'build/x.yaml': 'a: 1\n',
    'node_modules/x.yaml': 'a: 1\n',
    'vendor/x.yaml': 'a: 1\n',
    'a.tmp.yaml': 'a: 1\n',
    'keep.tmp.yaml': 'a: 1\n',
    'only-root.yaml': 'a: 1\n',
    'sub/only-root.yaml': 'a: 1\n',
    'sub/again.tmp.yaml': 'a: 1\n',
    'sub/local.yaml': 'a: 1\n',
    'sub/x.yml': 'a: 1\n',
    'sub/x.txt': 'a: 1\n',
  })
  expect(listed(folder).files).toEqual([
    'keep.tmp.yaml',
    'sub/again.tmp.yaml',
    'sub/only-root.yaml',
    'sub/x.yml',
  ])
  expect(listed(join(folder, 'sub')).files).toEqual(['again.tmp.yaml', 'only-root.yaml', 'x.yml'])
  expect(listed(folder, ['build', 'node_modules', 'a.tmp.yaml', 'sub/x.txt']).files).toEqual([
    'a.tmp.yaml',
    'build/x.yaml',
    'node_modules/x.yaml',
    'sub/x.txt',
  ])
  expect(listed(folder, ['.'], (file) => !file.startsWith('sub/')).files).toEqual(['keep.tmp.yaml'])
})

test('links are listed and never followed', () => {
  const folder = tree({ 'real/x.yaml': 'a: 1\n' })
  symlinkSync(join(folder, 'real/x.yaml'), join(folder, 'link.yaml'))
  symlinkSync(folder, join(folder, 'real/loop'))
  expect(listed(folder)).toEqual({
    files: ['real/x.yaml'],
    unread: [
      ['link.yaml', 'link'],
      ['real/loop', 'link'],
    ],
  })
  // Nor is a link in the middle of a path that is named.
  symlinkSync(join(folder, 'real'), join(folder, 'elsewhere'))
  expect(listed(folder, ['elsewhere/x.yaml'])).toEqual({ files: [], unread: [['elsewhere/x.yaml', 'link']] })
  expect(readListed({ file: 'link.yaml', path: join(folder, 'link.yaml') })).toMatchObject({
    unread: { reason: { code: 'unreadable' } },
  })
})

test('what is not UTF-8 is refused, a byte order mark is kept', () => {
  const folder = tree({ 'bom.yaml': '\uFEFFa: 1\n' })
  writeFileSync(join(folder, 'latin1.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]))
  const read = (name: string): unknown => readListed({ file: name, path: join(folder, name) })
  expect(read('bom.yaml')).toEqual({ text: '\uFEFFa: 1\n' })
  expect(read('latin1.yaml')).toMatchObject({ unread: { broken: true, reason: { code: 'not-utf-8' } } })
})

test('a path that does not exist is a mistake to report', () => {
  expect(() => listed(tree({}), ['nowhere'])).toThrow(/nowhere: no such file or folder/)
})

test('what a file is does not depend on the folder one works in', () => {
  const folder = tree({
    'chart/Chart.yaml': 'name: api\n',
    'chart/templates/d.yaml': 'a: 1\n',
    'k/kustomization.yaml': 'patches: [{path: patches/p.yaml}]\n',
    'k/patches/p.yaml': 'a: 1\n',
  })
  expect(listed(join(folder, 'chart/templates'))).toEqual({
    files: [],
    unread: [['d.yaml', 'helm-template']],
  })
  expect(listed(join(folder, 'k/patches'))).toEqual({ files: [], unread: [['p.yaml', 'kustomize-patch']] })
})

test.each([
  ['broken', 'patches:\n- path: p.yaml\nfoo: ['],
  ['too large', `a: ${'[ '.repeat(200_000)}`],
])('below a kustomization that is %s nothing is judged', (_name, text) => {
  const folder = tree({ 'k/kustomization.yaml': text, 'k/p.yaml': 'a: 1\n', 'other.yaml': 'a: 1\n' })
  expect(listed(folder)).toEqual({
    files: ['other.yaml'],
    unread: [
      ['k/kustomization.yaml', 'invalid-kustomization'],
      ['k/p.yaml', 'unclear-role'],
    ],
  })
})

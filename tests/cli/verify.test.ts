import { describe, expect, it } from 'vitest'
import { judgementSchema, reportSchema, type Judgement } from '../../src/model/index.ts'
import { cli, Folder } from './world.ts'

const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:1.0
`
const service = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports:
    - port: 99999
      targetPort: 80
`

async function judge(folder: Folder, ...args: string[]): Promise<Judgement & { exit: number }> {
  const { code, stdout, stderr } = await cli(folder.path, ['verify', '--format', 'json', ...args])
  expect(stderr).toBe('')
  return { ...judgementSchema.parse(JSON.parse(stdout)), exit: code }
}

describe('verify', () => {
  it('says what an API server would say, and where', async () => {
    using folder = new Folder({ 'a.yaml': `${web}---\n${service}` })
    const { code, stdout } = await cli(folder.path, ['verify', 'a.yaml'])
    expect(code).toBe(1)
    expect(stdout.replaceAll(/v1\.\d+\.\d+/g, 'v1')).toBe(
      [
        'ok: a.yaml:1:1: Deployment shop/web: Kubernetes v1 accepts it',
        'error: a.yaml:18:13: Service shop/web: spec.ports[0].port: Invalid value: 99999: must be between 1 and 65535, inclusive',
        '',
        '2 objects for Kubernetes v1: 1 accepted, 1 rejected\n',
      ].join('\n'),
    )
  })

  it.each([
    [
      'an unknown field',
      web.replace('image:', 'imag:'),
      /^unknown field "spec.template.spec.containers\[0\].imag"$/,
      11,
      17,
    ],
    [
      'a wrong type',
      web.replace('name: web\n', 'name: 5\n'),
      /cannot unmarshal number into Go struct field/,
      10,
      17,
    ],
    ['a CRLF file', service.replaceAll('\n', '\r\n'), /must be between 1 and 65535/, 6, 13],
    [
      'one of several places',
      service.replace('99999', '80').replace('80\n', '80\n      protocol: X\n'),
      /protocol: Unsupported/,
      7,
      17,
    ],
  ])('points at %s', async (_, text, words, line, column) => {
    using folder = new Folder({ 'a.yaml': text })
    const { resources, exit } = await judge(folder, 'a.yaml')
    expect(exit).toBe(1)
    const [error] = resources[0]?.errors ?? []
    expect(error?.text).toMatch(words)
    expect(error?.location).toMatchObject({ file: 'a.yaml', line, column })
  })

  it('never accepts a kind that it does not know', async () => {
    using folder = new Folder({
      'a.yaml': 'apiVersion: shop.example/v1\nkind: Backup\nmetadata: {name: a}\n',
    })
    const { resources, exit } = await judge(folder, 'a.yaml')
    expect([exit, resources[0]?.verdict]).toEqual([1, 'unknown'])
    expect(resources[0]?.errors[0]?.text).toContain('has no shop.example/v1 Backup')
  })

  it('judges by what the context says: definitions, and the labels of namespaces', async () => {
    const backup = 'apiVersion: shop.example/v1\nkind: Backup\nmetadata: {name: a}\nspec: {every: 5}\n'
    const schema = '{type: object, properties: {spec: {type: object, properties: {every: {type: string}}}}}'
    const definition = (versions: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: backups.shop.example}
spec: {group: shop.example, scope: Namespaced, names: {plural: backups, kind: Backup}, versions: [${versions}]}
`
    using folder = new Folder({
      'pod.yaml':
        'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\nspec: {hostPID: true, containers: [{name: a, image: b}]}\n',
      'cr.yaml': backup,
      'good/crd.yaml': definition(
        `{name: v1, served: true, storage: true, schema: {openAPIV3Schema: ${schema}}}`,
      ),
      'bad/crd.yaml': definition('{name: v1, served: true, storage: true}'),
      'ns/shop.yaml':
        'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline}}\n',
    })
    const said = async (...args: string[]): Promise<unknown[]> => {
      const { resources } = await judge(folder, ...args)
      return resources.flatMap(({ verdict, errors }) => [verdict, ...errors.map(({ text }) => text)])
    }
    expect(await said('cr.yaml', 'good')).toEqual([
      'rejected',
      expect.stringMatching(/spec\.every.*must be of type string/),
    ])
    expect(await said('cr.yaml', 'bad')).toEqual([
      'unknown',
      expect.stringMatching(/backups\.shop\.example is refused: .*schema/),
    ])
    expect(await said('pod.yaml')).toEqual(['accepted'])
    expect(await said('pod.yaml', 'ns')).toEqual([
      'rejected',
      expect.stringMatching(/violates PodSecurity "baseline:latest": host namespaces/),
    ])
  })

  it('passes warnings on', async () => {
    const twice = web.replace('image:', 'env: [{name: A, value: b}, {name: A, value: c}]\n          image:')
    using folder = new Folder({ 'a.yaml': twice })
    const { resources, exit } = await judge(folder, 'a.yaml')
    expect(exit).toBe(0)
    expect(resources[0]?.warnings).toEqual([expect.stringContaining('hides previous definition of "A"')])
  })

  it('judges a patch by all gates, and shows the change', async () => {
    const patch = [{ op: 'add', path: '/spec/template/spec/hostNetwork', value: false }]
    using folder = new Folder({ 'a.yaml': web, 'p.json': JSON.stringify(patch) })
    const { code, stdout } = await cli(folder.path, ['verify', '--patch', 'p.json', 'a.yaml'])
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /patch accepted, proven to level api \(Kubernetes v1\.\d+\.\d+\); \d+ gates passed/,
    )
    expect(stdout).toContain('\n+      hostNetwork: false\n')
  })

  it.each([
    [
      'finds something new',
      [{ op: 'add', path: '/spec/template/spec/hostPID', value: true }],
      'verifier-rejected:nothing-new',
    ],
    ['takes data away', [{ op: 'remove', path: '/spec/template/spec/containers/0/image' }], 'removes-data'],
    ['leads nowhere', [{ op: 'remove', path: '/spec/nothing' }], 'path-not-found'],
    ['fails its test', [{ op: 'test', path: '/spec/replicas', value: 3 }], 'path-not-found'],
    ['the server refuses', [{ op: 'add', path: '/spec/replcas', value: 3 }], 'verifier-rejected:api'],
    ['has a wrong value', [{ op: 'add', path: '/spec/replicas', value: -1 }], 'verifier-rejected:api'],
  ])('refuses a patch that %s', async (_, patch, reason) => {
    using folder = new Folder({ 'a.yaml': web, 'p.json': JSON.stringify(patch) })
    const result = await judge(folder, '--patch', 'p.json', 'a.yaml')
    expect([result.exit, result.patch?.accepted, result.patch?.reason?.code]).toEqual([1, false, reason])
    expect(result.patch?.edits).toEqual([])
  })

  it('marks what a live object does not take in place', async () => {
    const patch = [
      { op: 'replace', path: '/spec/selector/matchLabels/app', value: 'api' },
      { op: 'replace', path: '/spec/template/metadata/labels/app', value: 'api' },
    ]
    using folder = new Folder({ 'a.yaml': web, 'p.json': JSON.stringify(patch) })
    const { patch: judged } = await judge(folder, '--patch', 'p.json', 'a.yaml')
    expect(judged?.recreate ?? judged?.reason?.text).toMatch(/immutable|selector/)
  })

  it('reads standard input, and says what is wrong with its arguments', async () => {
    using folder = new Folder({
      'two.yaml': `${web}---\n${service}`,
      'p.json': '[]',
      'bad.json': '{"op":"add"}',
    })
    expect((await cli(folder.path, ['verify', '-'], { input: web })).stdout).toContain(
      'ok: <stdin>:1:1: Deployment',
    )
    for (const [args, words] of [
      [[], 'verify: names no file'],
      [['none.yaml'], 'none.yaml: cannot be read'],
      [['--patch', 'p.json', 'two.yaml'], 'two.yaml: holds 2 objects, and a patch is for one of them'],
      [['--patch', 'bad.json', 'two.yaml'], 'bad.json: is no JSON Patch'],
      [['--patch', 'two.yaml', 'two.yaml'], 'two.yaml: is no JSON'],
      [['--document', '0', 'two.yaml'], '--document says which document a patch is for'],
      [['--patch', '-', '-'], 'both the manifest and the patch'],
    ] as const) {
      const { code, stdout, stderr } = await cli(folder.path, ['verify', ...args])
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toContain(words)
    }
    expect((await cli(folder.path, ['verify', '-'], { input: 'a: b\n' })).code).toBe(2)
  })
})

describe('level api', () => {
  it('is the default: fixes are shown to the API server, and what it refuses as it stands is listed', async () => {
    using folder = new Folder({ 'a.yaml': web, 'b.yaml': service })
    const { code, stdout } = await cli(folder.path, ['scan', '--format', 'json'])
    const report = reportSchema.parse(JSON.parse(stdout))
    expect(code).toBe(1)
    expect(report.verification).toMatchObject({ requested: 'api', reached: 'api' })
    const fixed = report.findings.filter(({ state }) => state === 'fixed')
    expect(fixed.length).toBeGreaterThan(3)
    for (const { verification } of fixed) {
      expect(verification?.level).toBe('api')
      expect(verification?.gates.slice(-3)).toEqual([
        { name: 'api-admitted', passed: true },
        { name: 'api-no-new-warning', passed: true },
        { name: 'api-effect', passed: true },
      ])
    }
    expect(report.invalid).toMatchObject([
      { level: 'api', location: { file: 'b.yaml', line: 6, column: 13, pointer: '/spec/ports/0/port' } },
    ])
    expect(report.summary.invalid).toBe(1)
  })

  it('leaves fixes of an object that the server does not take at level policy, and says why', async () => {
    using folder = new Folder({ 'a.yaml': web.replace('  selector: {matchLabels: {app: web}}\n', '') })
    const report = reportSchema.parse(
      JSON.parse((await cli(folder.path, ['scan', '--format', 'json'])).stdout),
    )
    const fixed = report.findings.filter(({ state }) => state === 'fixed')
    expect(fixed.length).toBeGreaterThan(3)
    for (const { verification } of fixed) {
      expect(verification?.level).toBe('policy')
      expect(verification?.because).toMatch(
        /^the server does not take the object as it stands, so validation failed/,
      )
    }
  })

  it('says the same from many threads as from none', async () => {
    const texts = Array.from({ length: 60 }, (_, i) => [
      `f${i}.yaml`,
      (i % 3 === 0 ? service : web).replaceAll('web', `web${i}`) + `# ${'x'.repeat(6000)}\n`,
    ])
    using folder = new Folder(Object.fromEntries(texts) as Record<string, string>)
    const scan = async (jobs: string): Promise<unknown> => {
      const { stdout } = await cli(folder.path, ['scan', '--format', 'json', '--jobs', jobs])
      const { timings: _, ...report } = reportSchema.parse(JSON.parse(stdout))
      return report
    }
    expect(await scan('2')).toEqual(await scan('0'))
  })
})

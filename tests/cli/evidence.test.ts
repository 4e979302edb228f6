import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { reportSchema, type Finding } from '../../src/model/index.ts'
import { cli, Folder } from './world.ts'

/** What the repository says where an object and the configuration say nothing. */

interface Container {
  name?: string
  image?: string
  resources?: unknown
}

function deployment(
  name: string,
  { name: container = 'main', image = 'web:1.0', resources }: Container,
  { namespace = '', pod = {} }: { namespace?: string; pod?: object } = {},
): string {
  return [
    'apiVersion: apps/v1',
    'kind: Deployment',
    `metadata: { name: ${name}${namespace === '' ? '' : `, namespace: ${namespace}`} }`,
    'spec:',
    `  selector: { matchLabels: { app: ${name} } }`,
    '  template:',
    `    metadata: { labels: { app: ${name} } }`,
    '    spec:',
    ...Object.entries(pod).map(([key, value]) => `      ${key}: ${JSON.stringify(value)}`),
    '      containers:',
    `        - name: ${container}`,
    `          image: ${image}`,
    ...(resources === undefined ? [] : [`          resources: ${JSON.stringify(resources)}`]),
    '',
  ].join('\n')
}

function limitRange(limits: object, namespace = ''): string {
  const metadata = { name: 'defaults', ...(namespace && { namespace }) }
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata,
    spec: { limits: [{ type: 'Container', ...limits }] },
  })
}

interface Options {
  args?: readonly string[]
  /** The file whose findings are asked for. */
  file?: string
}

async function findings(
  files: Record<string, string>,
  policy: string,
  { args = ['--verify', 'policy', '.'], file = 'a.yaml' }: Options = {},
): Promise<Finding[]> {
  using folder = new Folder(files)
  const result = await cli(folder.path, ['scan', '--format', 'json', '--only', policy, ...args])
  expect(result.stderr).toBe('')
  const report = reportSchema.parse(JSON.parse(result.stdout))
  return report.findings.filter((one) => one.location.file === file)
}

/** What is written, and where it comes from; or the question. */
function ending({ state, edits, values = [], reason, safe }: Finding): unknown {
  return state === 'fixed'
    ? { written: edits.map(({ replacement }) => replacement.trim()).join('\n'), values, safe }
    : { state, asks: reason?.text }
}

async function only(files: Record<string, string>, policy: string, options?: Options): Promise<unknown> {
  const found = await findings(files, policy, options)
  expect(found).toHaveLength(1)
  return found.map(ending)[0]
}

const digest = `sha256:${'a'.repeat(64)}`

describe('the version of an image', () => {
  const question =
    'Which version of the image runs today? Pin it (a tag or a digest) under images.pins of the configuration.'

  it.each<[image: string, elsewhere: string, written: string, value: string]>([
    ['nginx', 'nginx:1.27.3', 'image: nginx:1.27.3', '1.27.3'],
    ['nginx:latest', 'docker.io/library/nginx:1.27.3', 'image: nginx:1.27.3', '1.27.3'],
    ['docker.io/nginx', 'nginx:v2', 'image: docker.io/nginx:v2', 'v2'],
    ['registry:5000/web', `registry:5000/web@${digest}`, `image: registry:5000/web@${digest}`, digest],
    ['web', `web:1.0@${digest}`, `image: web:1.0@${digest}`, `1.0@${digest}`],
    ['web', `web:latest@${digest}`, `image: web@${digest}`, digest],
  ])('%s, where %s runs elsewhere', async (image, elsewhere, written, value) => {
    const files = { 'a.yaml': deployment('a', { image }), 'b/c.yaml': deployment('b', { image: elsewhere }) }
    expect(await only(files, 'image-tag')).toEqual({
      written,
      values: [{ value, source: 'b/c.yaml:11' }],
      safe: true,
    })
  })

  it.each([
    'nginx',
    'nginx:latest',
    'nginx:stable',
    'nginx:alpine',
    'nginx:alpine3.18',
    'nginx:ltsc2019',
    'ghcr.io/acme/nginx:1.27',
    '"nginx:${TAG}"',
  ])('is not known from %s', async (image) => {
    const files = { 'a.yaml': deployment('a', { image: 'nginx' }), 'b.yaml': deployment('b', { image }) }
    expect(await only(files, 'image-tag')).toEqual({ state: 'needs-value', asks: question })
  })

  it('is asked for where there are several, and all are named', async () => {
    const files = {
      'a.yaml': deployment('a', { image: 'nginx' }),
      'b.yaml': deployment('b', { image: 'nginx:1.26' }),
      'c.yaml': deployment('c', { image: 'nginx:1.27' }),
      'd.yaml': deployment('d', { image: 'docker.io/nginx:1.27' }),
    }
    expect(await only(files, 'image-tag')).toEqual({
      state: 'needs-value',
      asks: `${question} There are: 1.26 (b.yaml:11), 1.27 (c.yaml:11 and 1 more).`,
    })
  })

  it('comes from another container of the same file as well', async () => {
    const text = [deployment('a', { image: 'nginx' }), deployment('b', { image: 'nginx:1.27' })].join('---\n')
    expect(await only({ 'a.yaml': text }, 'image-tag')).toMatchObject({
      written: 'image: nginx:1.27',
      values: [{ source: 'a.yaml:23' }],
    })
  })

  it('is no safe fix where data on a volume may be newer', async () => {
    const pod = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] }
    const files = {
      'a.yaml': deployment('a', { image: 'postgres' }, { pod }),
      'b.yaml': deployment('b', { image: 'postgres:9.6' }),
    }
    const [finding] = await findings(files, 'image-tag')
    expect(finding).toMatchObject({ state: 'fixed', safe: false, breakage: { probability: 0.3 } })
  })

  it('that is configured counts, whatever others run', async () => {
    const files = {
      'a.yaml': deployment('a', { image: 'nginx' }),
      'b.yaml': deployment('b', { image: 'nginx:1.26' }),
      '.k8s-autofix.yaml': 'images: { pins: { nginx: "1.27" } }\n',
    }
    expect(await only(files, 'image-tag')).toEqual({ written: 'image: nginx:1.27', values: [], safe: true })
  })

  it('is not looked for where single files are read', async () => {
    const files = {
      'a.yaml': deployment('a', { image: 'nginx' }),
      'b.yaml': deployment('b', { image: 'nginx:1' }),
    }
    const args = ['--verify', 'policy', 'a.yaml', 'b.yaml']
    expect(await only(files, 'image-tag', { args })).toEqual({ state: 'needs-value', asks: question })
  })

  it('is told to whoever reads the report', async () => {
    using folder = new Folder({
      'a.yaml': deployment('a', { image: 'nginx' }),
      'b.yaml': deployment('b', { image: 'nginx:1.27' }),
    })
    const scan = ['scan', '--verify', 'policy', '--only', 'image-tag']
    expect((await cli(folder.path, scan)).stdout).toContain('= value   1.27 from b.yaml:11\n')
  })
})

describe('amounts', () => {
  const asks =
    'How much memory may the container use? (resources.defaults.limits.memory in the configuration answers for all)'
  const asked = { state: 'needs-value', asks }
  const own = deployment('a', {}, { namespace: 'shop' })
  const limits = (memory: string | number): Container => ({ resources: { limits: { memory } } })
  const wrote = (memory: string): string =>
    `image: web:1.0\n          resources:\n            limits:\n              memory: ${memory}`

  it('come from the same container in another overlay, whatever its namespace and the version of its image', async () => {
    const files = {
      'a.yaml': own,
      'prod/a.yaml': deployment('a', { image: 'web:2.0', ...limits('512Mi') }, { namespace: 'prod' }),
    }
    expect(await only(files, 'memory-limits')).toEqual({
      written: wrote('512Mi'),
      values: [{ value: '512Mi', source: 'prod/a.yaml:12' }],
      safe: true,
    })
  })

  it.each<[why: string, other: string]>([
    ['an object of another name', deployment('b', limits('512Mi'))],
    ['another container', deployment('a', { name: 'side', ...limits('512Mi') })],
    ['another image', deployment('a', { image: 'api:1.0', ...limits('512Mi') })],
    ['an image that nobody can read', deployment('a', { image: '"${REGISTRY}/web"', ...limits('512Mi') })],
    [
      'an object of another kind',
      deployment('a', limits('512Mi')).replace('kind: Deployment', 'kind: DaemonSet'),
    ],
    ['a request alone', deployment('a', { resources: { requests: { memory: '512Mi' } } })],
    ['what is no amount', deployment('a', limits('much'))],
  ])('do not come from %s', async (_, other) => {
    expect(await only({ 'a.yaml': own, 'b.yaml': other }, 'memory-limits')).toEqual(asked)
  })

  it('are asked for where overlays differ; equal amounts are one', async () => {
    const files = {
      'a.yaml': own,
      'b/a.yaml': deployment('a', limits('1Gi')),
      'c/a.yaml': deployment('a', limits('1024Mi')),
      'd/a.yaml': deployment('a', limits('2Gi')),
      'limits.yaml': limitRange({ default: { memory: '3Gi' } }, 'shop'),
    }
    expect(await only(files, 'memory-limits')).toEqual({
      ...asked,
      asks: `${asks} There are: 1Gi (b/a.yaml:12 and 1 more), 2Gi (d/a.yaml:12).`,
    })
  })

  it('come from the LimitRange of the namespace, which fills them in anyway', async () => {
    const files = { 'a.yaml': own, 'base/limits.json': limitRange({ default: { memory: '256Mi' } }, 'shop') }
    const [finding] = await findings(files, 'memory-limits')
    expect(finding).toMatchObject({
      state: 'fixed',
      safe: true,
      breakage: { probability: 0.02 },
      values: [
        {
          value: '256Mi',
          source: 'the LimitRange at base/limits.json:1',
        },
      ],
    })
  })

  it.each<[namespace: string, file: string, limits: object, requests: boolean, value: string | undefined]>([
    ['', 'limits.yaml', { default: { memory: '1Gi' } }, false, '1Gi'],
    ['', 'other/limits.yaml', { default: { memory: '1Gi' } }, false, undefined],
    ['other', 'limits.yaml', { default: { memory: '1Gi' } }, false, undefined],
    ['', 'limits.yaml', { defaultRequest: { memory: '1Gi' } }, false, undefined],
    ['', 'limits.yaml', { default: { memory: '2Gi' }, defaultRequest: { memory: '1Gi' } }, true, '1Gi'],
    // As the API server does: a limit without a request is the request as well.
    ['', 'limits.yaml', { default: { memory: '2Gi' } }, true, '2Gi'],
    ['', 'limits.yaml', { type: 'Pod', default: { memory: '2Gi' } }, true, undefined],
  ])(
    'of a LimitRange in namespace "%s", file %s, with %j',
    async (namespace, file, given, requests, value) => {
      const files = { 'a.yaml': deployment('a', {}), [file]: limitRange(given, namespace) }
      const [finding] = await findings(files, requests ? 'memory-requests' : 'memory-limits')
      expect(finding?.values?.map((one) => one.value)).toEqual(value === undefined ? undefined : [value])
      expect(finding?.state).toBe(value === undefined ? 'needs-value' : 'fixed')
    },
  )

  it('of an overlay win over those of a LimitRange, and configured ones over both', async () => {
    const files = {
      'a.yaml': own,
      'prod/a.yaml': deployment('a', limits('512Mi')),
      'limits.yaml': limitRange({ default: { memory: '256Mi' } }, 'shop'),
    }
    expect(await only(files, 'memory-limits')).toMatchObject({ written: wrote('512Mi') })
    const configured = { '.k8s-autofix.yaml': 'resources: { defaults: { limits: { memory: 1Gi } } }\n' }
    expect(await only({ ...files, ...configured }, 'memory-limits')).toEqual({
      written: wrote('1Gi'),
      values: [],
      safe: true,
    })
  })

  it('that do not fit together are not taken: a request above its limit', async () => {
    const files = {
      'a.yaml': own,
      'prod/a.yaml': deployment('a', { resources: { requests: { memory: '512Mi' } } }),
      'limits.yaml': limitRange({ default: { memory: '256Mi' } }, 'shop'),
    }
    const args = ['--only', 'memory-requests', '--verify', 'policy', '.']
    expect((await findings(files, 'memory-limits', { args })).map(({ state }) => state)).toEqual([
      'needs-value',
      'needs-value',
    ])
  })

  it('that do not fit together are not taken, whoever asks: a LimitRange fills in a limit that nobody writes', async () => {
    const files = {
      'a.yaml': own,
      'prod/a.yaml': deployment('a', { resources: { requests: { memory: '512Mi' } } }),
      'limits.yaml': limitRange({ default: { memory: '256Mi' } }, 'shop'),
    }
    expect((await findings(files, 'memory-requests')).map(({ state }) => state)).toEqual(['needs-value'])
  })

  it('of which there are several say nothing against one of another kind, and are listed', async () => {
    const files = {
      'a.yaml': own,
      'b/a.yaml': deployment('a', { resources: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } } }),
      'c/a.yaml': deployment('a', limits('2Gi')),
    }
    const args = ['--only', 'memory-requests', '--verify', 'policy', '.']
    const found = await findings(files, 'memory-limits', { args })
    expect(
      found.map(({ policy, state, values }) => [policy, state, values?.map(({ value }) => value)]),
    ).toEqual([
      ['memory-limits', 'needs-value', undefined],
      ['memory-requests', 'fixed', ['2Gi']],
    ])
    expect(found[0]?.reason?.text).toBe(`${asks} There are: 1Gi (b/a.yaml:12), 2Gi (c/a.yaml:12).`)
  })

  it('do not go below the request that stands there, and the question says what there is', async () => {
    const files = {
      'a.yaml': deployment('a', { resources: { requests: { memory: '1Gi' } } }),
      'b/a.yaml': deployment('a', limits('512Mi')),
    }
    expect(await only(files, 'memory-limits')).toEqual({
      state: 'needs-value',
      asks: 'The container requests more memory than the default limit that is known. What is its limit? There is: 512Mi (b/a.yaml:12).',
    })
  })
})

/** Guards a namespace against what a fix of ours writes, so that the file is composed once more without it. */
const guard = `apiVersion: v1
kind: Namespace
metadata: {name: guarded}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: writable}
spec:
  failurePolicy: Fail
  matchConstraints:
    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: guarded}}
    resourceRules:
      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}
  validations:
    - expression: object.spec.template.spec.containers.all(c, c.?securityContext.?readOnlyRootFilesystem.orValue(false) != true)
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: writable}
spec: {policyName: writable, validationActions: [Deny]}
`

describe('what the repository says', () => {
  it('is still known where a server has refused another fix of the file', async () => {
    using folder = new Folder({
      'a.yaml': deployment('a', { image: 'nginx' }, { namespace: 'guarded' }),
      'b.yaml': deployment('b', { image: 'nginx:1.27' }),
      'guard.yaml': guard,
    })
    const { stdout } = await cli(folder.path, ['scan', '--format', 'json', '--verify', 'api', '.'])
    const all = reportSchema
      .parse(JSON.parse(stdout))
      .findings.filter(({ location }) => location.file === 'a.yaml')
    const of = (id: string): Finding | undefined => all.find(({ policy }) => policy === id)
    expect(of('read-only-root-fs')?.reason?.code).toBe('verifier-rejected:api')
    expect(of('image-tag')).toMatchObject({
      state: 'fixed',
      values: [{ value: '1.27', source: 'b.yaml:11' }],
    })
  })

  it('counts in a change as well, though the files that say it are not part of it', async () => {
    using folder = new Folder({ 'b.yaml': deployment('b', { image: 'nginx:1.27' }) })
    const git = (...args: string[]): void => {
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example', ...args], { cwd: folder.path })
    }
    git('init', '-q', '-b', 'main')
    git('add', '.')
    git('commit', '-qm', 'one')
    git('checkout', '-qb', 'change')
    folder.write('a.yaml', deployment('a', { image: 'nginx' }))
    git('add', '.')
    git('commit', '-qm', 'two')
    const args = [
      'scan',
      '--format',
      'json',
      '--verify',
      'policy',
      '--only',
      'image-tag',
      '--diff',
      'main...HEAD',
    ]
    const { stdout } = await cli(folder.path, args)
    expect(reportSchema.parse(JSON.parse(stdout)).findings).toMatchObject([
      { state: 'fixed', values: [{ value: '1.27', source: 'b.yaml:11' }] },
    ])
  })
})

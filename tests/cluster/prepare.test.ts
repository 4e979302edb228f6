import { once } from 'node:events'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import {
  createClient,
  createCluster,
  type ApiClient,
  type Cluster,
  type Preparation,
} from '../../src/cluster/index.ts'
import { startServers } from '../../src/cluster/servers.ts'
import { valueAt, type DryRun } from '../../src/model/index.ts'
import { matching } from './matching.ts'
import { entry, manifestOf, objectOf, openRealServer, realBinaries } from './server.ts'

/** What a real server is given before it judges. Each test has a namespace of its own. */
let cluster: Cluster
let count = 0
let namespace = ''
beforeAll(async () => {
  cluster = await openRealServer()
})
beforeEach(() => {
  namespace = `test-${++count}`
})
afterAll(() => cluster.close())

async function prepare(...texts: string[]): Promise<Preparation> {
  return cluster.prepare(texts.map(objectOf))
}

async function verdict(text: string): Promise<DryRun> {
  return cluster.dryRun(manifestOf(text))
}

const pod = (spec: string): string => `apiVersion: v1
kind: Pod
metadata: {name: one, namespace: ${namespace}}
spec:
  containers: [{name: one, image: nginx}]
  ${spec}
`

describe('a namespace', () => {
  it('is made with the labels that the repository gives it, and reported', async () => {
    const text = `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${namespace}, labels: {pod-security.kubernetes.io/enforce: baseline}}\n`
    const preparation = await prepare(text, pod('hostNetwork: true'))
    expect(preparation).toEqual({
      assumed: [`namespace ${namespace}`, `service account ${namespace}/default`],
      refused: [],
    })
    expect(await verdict(pod('hostNetwork: true'))).toMatchObject({ rejection: 'forbidden' })
  })

  it('is made without its labels where those are wrong, which is reported', async () => {
    const text = `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${namespace}, labels: {a: "not valid!"}}\n`
    const { assumed, refused } = await prepare(text, pod(''))
    expect(assumed).toContain(`namespace ${namespace}`)
    expect(refused).toEqual([{ what: `namespace ${namespace}`, message: matching(/a valid label/) }])
    expect(await verdict(pod(''))).toMatchObject({ outcome: 'accepted' })
  })

  it('of the server takes the labels of the repository', async () => {
    const text =
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-public, labels: {pod-security.kubernetes.io/enforce: restricted}}\n'
    namespace = 'kube-public'
    await prepare(text, pod(''))
    expect(await verdict(pod(''))).toMatchObject({ rejection: 'forbidden' })
  })

  it('with different labels in several manifests says which it has', async () => {
    const text = (labels: string): string =>
      `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${namespace}${labels}}\n`
    const same = text(', labels: {a: b}')
    const { assumed } = await prepare(same, same, text(', labels: {a: c}'), text(''), pod(''))
    expect(assumed[0]).toBe(
      `namespace ${namespace} (with the last labels of 3 manifests that differ in them)`,
    )
  })

  it('that nothing lives in is not made', async () => {
    const text = `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${namespace}}\n`
    expect(await prepare(text)).toEqual({ assumed: [], refused: [] })
  })

  it('with a name that is none is reported', async () => {
    namespace = 'A_B'
    expect((await prepare(pod(''))).refused).toEqual([
      { what: 'namespace A_B', message: matching(/is invalid/) },
      { what: 'service account A_B/default', message: matching(/not found/) },
    ])
  })

  it('is made once', async () => {
    expect((await prepare(pod(''))).assumed).toHaveLength(2)
    expect((await prepare(pod(''))).assumed).toHaveLength(0)
  })
})

describe('what a Pod refers to', () => {
  it('is made: service account, priority class, runtime class', async () => {
    const text = pod(
      'serviceAccountName: runner\n  priorityClassName: high\n  runtimeClassName: sandboxed\n  overhead: {cpu: 10m}',
    )
    expect((await prepare(text)).assumed).toEqual([
      `namespace ${namespace}`,
      `service account ${namespace}/default`,
      `service account ${namespace}/runner`,
      'priority class high',
      'runtime class sandboxed',
    ])
    expect(await verdict(text)).toMatchObject({ outcome: 'accepted' })
  })

  it('is as the repository has it', async () => {
    const priority =
      'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: own}\nvalue: 77\nglobalDefault: true\n'
    const text = pod('priorityClassName: own')
    await prepare(priority, text)
    const answer = await verdict(text)
    expect(answer).toMatchObject({ outcome: 'accepted', object: { spec: { priority: 77 } } })
    expect(await verdict(priority)).toMatchObject({
      outcome: 'accepted',
      object: { metadata: { name: 'own' }, globalDefault: true },
    })
  })

  it('is there already for the classes of the system', async () => {
    namespace = 'kube-system'
    const text = pod('priorityClassName: system-node-critical')
    await prepare(text)
    expect(await verdict(text)).toMatchObject({ outcome: 'accepted' })
  })

  it('is not needed by a Deployment', async () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: ${namespace}}
spec:
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec: {serviceAccountName: other, priorityClassName: other, containers: [{name: c, image: i}]}
`
    expect((await prepare(text)).assumed).toEqual([`namespace ${namespace}`])
    expect(await verdict(text)).toMatchObject({ outcome: 'accepted' })
  })
})

const definition = (kind: string, more = ''): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${kind.toLowerCase()}s.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: ${kind.toLowerCase()}s, singular: ${kind.toLowerCase()}, kind: ${kind}}${more}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size: {type: integer, maximum: 9}
              x-kubernetes-validations:
                - rule: self.size != 3
                  message: three is too many
`
const resource = (kind: string, size: string): string => `apiVersion: example.com/v1
kind: ${kind}
metadata: {name: one, namespace: ${namespace}}
spec: {size: ${size}}
`

describe('a custom resource', () => {
  it('is judged by the definition of the repository, whose conversion webhook does not run here', async () => {
    const text = definition(
      'Widget',
      '\n  conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [v1], clientConfig: {url: "https://127.0.0.1:1/"}}}',
    )
    expect((await prepare(text, resource('Widget', '1'))).assumed).toContain(
      'custom resource definition widgets.example.com',
    )
    expect(await verdict(resource('Widget', '1'))).toMatchObject({ outcome: 'accepted' })
    expect(await verdict(resource('Widget', '10'))).toMatchObject({ rejection: 'invalid' })
    expect(await verdict(resource('Widget', '3'))).toMatchObject({
      rejection: 'invalid',
      message: matching(/three is too many/),
    })
    expect(await verdict(resource('Widget', '1, colour: red'))).toMatchObject({
      rejection: 'malformed',
      message: matching(/unknown field "spec\.colour"/),
    })
    const own = await verdict(text)
    expect(own).toMatchObject({ outcome: 'accepted' })
    if (own.outcome !== 'accepted') return
    expect(valueAt(own.object, '/metadata/name')).toBe('widgets.example.com')
    expect(valueAt(own.object, '/spec/group')).toBe('example.com')
    expect(valueAt(own.object, '/spec/conversion/strategy')).toBe('Webhook')
  })

  it('is of an unknown kind where its definition is refused, which is reported', async () => {
    const text = definition('Broken').replace('type: integer', 'type: nonsense')
    const { refused } = await prepare(text, resource('Broken', '1'))
    expect(refused).toEqual([
      { what: 'custom resource definition brokens.example.com', message: matching(/nonsense/) },
    ])
    expect(await verdict(resource('Broken', '1'))).toMatchObject({ rejection: 'unknown-kind' })
  })

  it('is of an unknown kind where another definition has its names, which is reported', async () => {
    const other = definition('Taken')
      .replaceAll('takens', 'others')
      .replace('singular: taken', 'singular: other')
    const { refused } = await prepare(definition('Taken'), resource('Taken', '1'))
    expect(refused).toEqual([])
    const again = await prepare(other, resource('Taken', '1'))
    expect(again.refused).toEqual([
      {
        what: 'custom resource definition others.example.com',
        message: matching(/names are taken/),
      },
    ])
  })

  it('that nobody uses is left alone', async () => {
    expect(await prepare(definition('Unused'))).toEqual({ assumed: [], refused: [] })
    expect(await verdict(definition('Unused'))).toMatchObject({ outcome: 'accepted' })
  })
})

describe('admission policies of the repository', () => {
  const policy = (name: string, action: string): string[] => [
    `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: ${name}}
spec:
  paramKind: {apiVersion: v1, kind: ConfigMap}
  matchConstraints:
    resourceRules:
      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}
    namespaceSelector: {matchLabels: {policy: ${name}}}
  validations:
    - expression: object.spec.replicas <= int(params.data.most)
      message: too many replicas
`,
    `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: ${name}}
spec:
  policyName: ${name}
  validationActions: [${action}]
  paramRef: {name: ${name}, namespace: ${namespace}, parameterNotFoundAction: Deny}
`,
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: ${namespace}}\ndata: {most: "3"}\n`,
    `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${namespace}, labels: {policy: ${name}}}\n`,
  ]
  const deployment = (replicas: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: ${namespace}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec: {containers: [{name: c, image: i}]}
`

  it('deny, with their parameters, from the first dry-run on', async () => {
    const all = policy('few', 'Deny')
    const { assumed, refused } = await prepare(...all, deployment(4))
    expect(refused).toEqual([])
    expect(assumed).toEqual([
      `namespace ${namespace}`,
      `policy parameter ${namespace}/few`,
      'admission policy few',
      'admission policy binding few',
    ])
    expect(await verdict(deployment(3))).toMatchObject({ outcome: 'accepted' })
    expect(await verdict(deployment(4))).toMatchObject({
      rejection: 'denied',
      message: matching(/few.*too many replicas/),
    })
    for (const text of all) expect(await verdict(text)).toMatchObject({ outcome: 'accepted' })
  })

  it('warn', async () => {
    await prepare(...policy('warning', 'Warn'), deployment(4))
    expect(await verdict(deployment(4))).toMatchObject({
      outcome: 'accepted',
      warnings: [matching(/too many replicas/)],
    })
  })

  it('change the object', async () => {
    const mutating = [
      `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicy
metadata: {name: changing}
spec:
  matchConstraints:
    resourceRules:
      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}
    namespaceSelector: {matchLabels: {policy: changing}}
  failurePolicy: Fail
  reinvocationPolicy: Never
  mutations:
    - patchType: ApplyConfiguration
      applyConfiguration: {expression: "Object{spec: Object.spec{paused: true}}"}
`,
      `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicyBinding
metadata: {name: changing}
spec: {policyName: changing}
`,
      `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${namespace}, labels: {policy: changing}}\n`,
    ]
    const { refused } = await prepare(...mutating, deployment(1))
    expect(refused).toEqual([])
    expect(await verdict(deployment(1))).toMatchObject({
      outcome: 'accepted',
      object: { spec: { paused: true } },
    })
  })

  it('whose expression does not compile are reported', async () => {
    const all = policy('broken', 'Deny').map((text) =>
      text.replace('object.spec.replicas <=', 'object.spec.replicas <'.repeat(2)),
    )
    const { refused } = await prepare(...all, deployment(4))
    expect(refused).toEqual([
      { what: 'admission policy broken', message: matching(/compilation failed|Syntax error/) },
    ])
    expect(await verdict(deployment(4))).toMatchObject({ outcome: 'accepted' })
  })

  it('that nothing binds are left alone', async () => {
    const [text = ''] = policy('unbound', 'Deny')
    expect(await prepare(text)).toEqual({ assumed: [], refused: [] })
  })
})

describe('a cluster that an earlier run has left', () => {
  const policies = (rule: string, value: number, handler: string): string[] => [
    `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: kept}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
  validations: [{expression: "${rule}", message: by the policy}]
`,
    `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: kept}
spec: {policyName: kept, validationActions: [Deny]}
`,
    `apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: kept}\nvalue: ${value}\n`,
    `apiVersion: node.k8s.io/v1\nkind: RuntimeClass\nmetadata: {name: kept}\nhandler: ${handler}\n`,
    pod('priorityClassName: kept\n  runtimeClassName: kept'),
  ]
  const labelled = (level: string): string =>
    `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${namespace}, labels: {pod-security.kubernetes.io/${level}: restricted}}\n`

  it('judges by what this run has, and by nothing else', async () => {
    const run = await runsOnOneServer()
    const own = pod('priorityClassName: kept\n  runtimeClassName: kept')

    const first = await run()
    const old = [definition('Widget'), definition('Old'), resource('Widget', '1'), resource('Old', '1')]
    await first.prepare([...policies('false', 1, 'one'), labelled('enforce'), ...old].map(objectOf))
    expect(await first.dryRun(manifestOf(own))).toMatchObject({ rejection: 'forbidden' })
    expect(await first.dryRun(manifestOf(resource('Widget', '12')))).toMatchObject({ rejection: 'invalid' })
    expect(await first.dryRun(manifestOf(resource('Old', '1')))).toMatchObject({ outcome: 'accepted' })

    const second = await run()
    const larger = definition('Widget').replace('maximum: 9', 'maximum: 20')
    const { refused } = await second.prepare(
      [...policies('true', 2, 'two'), labelled('warn'), larger, resource('Widget', '1')].map(objectOf),
    )
    expect(refused).toEqual([])
    expect(await second.dryRun(manifestOf(own))).toMatchObject({
      outcome: 'accepted',
      object: { spec: { priority: 2 } },
      warnings: [matching(/would violate PodSecurity/)],
    })
    expect(await second.dryRun(manifestOf(resource('Widget', '12')))).toMatchObject({ outcome: 'accepted' })
    expect(await second.dryRun(manifestOf(resource('Old', '1')))).toMatchObject({
      rejection: 'unknown-kind',
    })

    const third = await run()
    const broken = policies('true ==', 2, 'two')
    await third.prepare(policies('false', 2, 'two').map(objectOf))
    expect(await third.dryRun(manifestOf(own))).toMatchObject({ rejection: 'denied' })
    const fourth = await run()
    expect((await fourth.prepare(broken.map(objectOf))).refused).toMatchObject([
      { what: 'admission policy kept' },
    ])
    expect(await fourth.dryRun(manifestOf(own))).toMatchObject({ outcome: 'accepted' })

    const last = await run()
    await last.prepare([objectOf(own)])
    expect(await last.dryRun(manifestOf(own))).toMatchObject({ outcome: 'accepted' })
  })
})

/** Several runs, one after the other, on one server that stays. */
async function runsOnOneServer(): Promise<() => Promise<Cluster>> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  probe.close()
  const order = { ...realBinaries(), port, temporary: tmpdir(), podSecurity: '' as const }
  const servers = await startServers(entry, order)
  onTestFinished(() => servers.stop())
  const url = `https://127.0.0.1:${port}`
  const client = (): ApiClient => createClient({ url, token: servers.token, skipTlsVerify: true })
  const isReady = async (): Promise<boolean> =>
    (await client().request({ method: 'GET', path: '/readyz' })).status === 200
  while (!(await isReady().catch(() => false))) await pause(100)
  return () => createCluster('kind', client(), { owned: true, close: async () => undefined })
}

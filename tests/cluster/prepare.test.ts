import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Cluster, Preparation } from '../../src/cluster/index.ts'
import { valueAt, type DryRun } from '../../src/model/index.ts'
import { matching } from './matching.ts'
import { manifestOf, objectOf, openRealServer } from './server.ts'

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

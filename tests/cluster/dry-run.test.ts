import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cluster } from '../../src/cluster/index.ts'
import { property, valueAt, type DryRun } from '../../src/model/index.ts'
import { matching } from './matching.ts'
import { manifestOf, objectOf, openRealServer } from './server.ts'

/** The verdicts of a real API server. */
let cluster: Cluster
beforeAll(async () => {
  cluster = await openRealServer({ podSecurity: 'restricted' })
})
afterAll(() => cluster.close())

/** The verdict on the last of some objects, all of them known beforehand. */
async function verdict(...texts: string[]): Promise<DryRun> {
  await cluster.prepare(texts.map(objectOf))
  return cluster.dryRun(manifestOf(texts.at(-1) ?? ''))
}

const deployment = (more = '', container = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  selector: {matchLabels: {app: web}}${more}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: nginx${container}
`

const pod = (more: string): string => `apiVersion: v1
kind: Pod
metadata: {name: one, namespace: shop}
spec:
  containers: [{name: one, image: nginx}]
${more}`

describe('accepted', () => {
  it('with the object as the server would store it', async () => {
    const answer = await verdict(deployment())
    expect(answer).toMatchObject({ outcome: 'accepted', object: { spec: { replicas: 1 } } })
  })

  it('with the warnings of Pod Security and of deprecated fields', async () => {
    const answer = await verdict(deployment('', '\n      nodeSelector: {beta.kubernetes.io/os: linux}'))
    if (answer.outcome !== 'accepted') expect.fail(JSON.stringify(answer))
    expect(answer.warnings.join('\n')).toMatch(/would violate PodSecurity "restricted:latest"/)
    expect(answer.warnings.join('\n')).toMatch(/beta\.kubernetes\.io\/os.*deprecated/)
  })

  it('without a namespace, in default', async () => {
    expect(await verdict('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n')).toMatchObject({
      object: { metadata: { namespace: 'default' } },
    })
  })

  it('without a name, where it is generated', async () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: x-}\n'
    expect(await verdict(text)).toMatchObject({ outcome: 'accepted' })
  })

  it('of a cluster-scoped kind with a namespace, as kubectl sends it', async () => {
    const answer = await verdict(
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: x, namespace: shop}\nrules: []\n',
    )
    if (answer.outcome !== 'accepted') expect.fail(JSON.stringify(answer))
    expect(property(answer.object['metadata'], 'namespace')).toBeUndefined()
  })

  it('as YAML 1.1, which Kubernetes reads', async () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers: [{name: c, image: i, tty: yes}]\n' +
      '  volumes: [{name: v, secret: {secretName: s, defaultMode: 0400}}]\n'
    const answer = await verdict(text)
    if (answer.outcome !== 'accepted') expect.fail(JSON.stringify(answer))
    expect(valueAt(answer.object, '/spec/volumes/0/secret/defaultMode')).toBe(256)
    expect(valueAt(answer.object, '/spec/containers/0/tty')).toBe(true)
  })

  it('as JSON', async () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'shop' } }
    await cluster.prepare([object])
    expect(
      await cluster.dryRun({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        namespace: 'shop',
        name: 'x',
        body: JSON.stringify(object),
        type: 'application/json',
      }),
    ).toMatchObject({ outcome: 'accepted' })
  })
})

describe('rejected', () => {
  const cases: [name: string, text: string, rejection: string, code: number, message: RegExp][] = [
    ['an unknown field', deployment('\n  paused2: true'), 'malformed', 400, /unknown field "spec\.paused2"/],
    ['a wrong type', deployment('\n  replicas: many'), 'malformed', 400, /cannot unmarshal/],
    [
      'what is not base64',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata: {a: "%"}\n',
      'malformed',
      400,
      /base64/,
    ],
    ['an invalid value', deployment('\n  replicas: -1'), 'invalid', 422, /greater than or equal to 0/],
    [
      'a name that is none',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: A_B}\n',
      'invalid',
      422,
      /RFC 1123/,
    ],
    [
      'a kind that is not served',
      'apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: x}\n',
      'unknown-kind',
      404,
      /serves CronJob as batch\/v1$/,
    ],
    [
      'a namespace that cannot be',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: ../../x}\n',
      'missing-namespace',
      404,
      /cannot be the name/,
    ],
    [
      'a namespace that the server refuses',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: A_B}\n',
      'missing-namespace',
      404,
      /not found/,
    ],
  ]
  it.each(cases)('%s', async (_name, text, rejection, code, message) => {
    const answer = await verdict(text)
    expect(answer).toMatchObject({ outcome: 'rejected', rejection, code })
    expect(answer).toHaveProperty('message', matching(message))
  })

  it('a key given twice', async () => {
    await cluster.prepare([objectOf(deployment())])
    const twice = deployment('\n  paused: true\n  paused: false')
    expect(await cluster.dryRun({ ...manifestOf(deployment()), body: twice })).toMatchObject({
      rejection: 'malformed',
      code: 400,
      message: matching(/"paused" already set in map/),
    })
  })

  it('with the field of each cause', async () => {
    expect(await verdict(deployment('', '\n          ports: [{containerPort: 99999}]'))).toMatchObject({
      causes: [
        { field: 'spec.template.spec.containers[0].ports[0].containerPort', reason: 'FieldValueInvalid' },
      ],
    })
  })

  it('a Pod that Pod Security forbids, and not its Deployment', async () => {
    const namespace = `apiVersion: v1
kind: Namespace
metadata:
  name: strict
  labels: {pod-security.kubernetes.io/enforce: restricted}
`
    const inStrict = (text: string): string => text.replace('namespace: shop', 'namespace: strict')
    expect(await verdict(namespace, inStrict(pod('')))).toMatchObject({
      rejection: 'forbidden',
      code: 403,
      message: matching(/violates PodSecurity "restricted:latest"/),
    })
    expect(await verdict(namespace, inStrict(deployment()))).toMatchObject({ outcome: 'accepted' })
  })
})

describe('an object that is there already', () => {
  it.each([
    ['a namespace that was seeded', 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop # the shop\n'],
    [
      'a name as long as may be',
      `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${'long-'.repeat(50)}one, namespace: shop}\n`,
    ],
    ['a namespace of the server', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system}\n'],
    [
      'a service account',
      'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default, namespace: shop}\n',
    ],
    [
      'a Service of the server',
      'apiVersion: v1\nkind: Service\nmetadata: {name: kubernetes}\nspec: {ports: [{port: 1}]}\n',
    ],
  ])('is judged under another name: %s', async (_name, text) => {
    const long = `  serviceAccountName: ${'long-'.repeat(50)}one`
    await cluster.prepare([objectOf(pod(long))])
    const answer = await cluster.dryRun(manifestOf(text))
    if (answer.outcome !== 'accepted') expect.fail(JSON.stringify(answer))
    const { name } = manifestOf(text)
    expect(valueAt(answer.object, '/metadata/name')).toBe(name)
    if (manifestOf(text).kind === 'Namespace')
      expect(valueAt(answer.object, '/metadata/labels/kubernetes.io~1metadata.name')).toBe(name)
  })

  it('and wrong is rejected, in words about its own name', async () => {
    const text = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {a: "not valid!"}}\n'
    const answer = await verdict(deployment(), text)
    expect(answer).toMatchObject({
      rejection: 'invalid',
      message: matching(/Namespace "shop" is invalid: metadata\.labels/),
    })
  })

  it('stays a conflict where its name is reserved', async () => {
    const text =
      'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: system-node-critical}\nvalue: 2000001000\ndescription: Used for system critical pods that must not be moved from their current node.\n'
    expect(await verdict(text)).toMatchObject({ rejection: 'conflict', code: 409 })
  })

  it('stays a conflict where its name cannot be changed alone', async () => {
    const text = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: &name shop\n  labels: {app: *name}\n'
    expect(await verdict(deployment(), text)).toMatchObject({ rejection: 'conflict' })
  })
})

it('many at once each get their own verdict', async () => {
  await cluster.prepare([objectOf(deployment())])
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      cluster.dryRun(manifestOf(deployment(`\n  replicas: ${i % 2 === 0 ? i : -i}`))),
    ),
  )
  expect(answers.map((answer) => answer.outcome)).toEqual(
    answers.map((_, i) => (i % 2 === 0 ? 'accepted' : 'rejected')),
  )
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cluster } from '../../src/cluster/index.ts'
import type { JsonPatch } from '../../src/model/index.ts'
import { manifestOf, objectOf, openRealServer } from './server.ts'

/** Whether a live object of a real server could be changed like this. */
let cluster: Cluster
beforeAll(async () => {
  cluster = await openRealServer()
})
afterAll(() => cluster.close())

const template = `template:
    metadata: {labels: {a: b}}
    spec: {restartPolicy: POLICY, containers: [{name: c, image: i}]}`
const workload = (apiVersion: string, kind: string, spec: string, policy = 'Always'): string =>
  `apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: one, namespace: shop}
spec:
  ${spec}${template.replace('POLICY', policy)}
`
const selector = 'selector: {matchLabels: {a: b}}\n  '
const readOnly = (path: string): JsonPatch => [
  { op: 'test', path: `${path}/containers/0/name`, value: 'not compared' },
  { op: 'add', path: `${path}/containers/0/securityContext`, value: { readOnlyRootFilesystem: true } },
]

const deployment = workload('apps/v1', 'Deployment', selector)
const statefulSet = workload('apps/v1', 'StatefulSet', `serviceName: one\n  ${selector}`)
const job = workload('batch/v1', 'Job', '', 'Never')
const pod = `apiVersion: v1
kind: Pod
metadata: {name: one, namespace: shop}
spec: {serviceAccountName: runner, containers: [{name: c, image: i}]}
`
const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: one, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: one}
subjects: []
`
const service = `apiVersion: v1
kind: Service
metadata: {name: one, namespace: shop}
spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}
`
const clusterBinding = binding
  .replace('RoleBinding', 'ClusterRoleBinding')
  .replace('kind: Role,', 'kind: ClusterRole,')
  .replace(', namespace: shop', '')

describe('a change of a live object', () => {
  const cases: [name: string, text: string, patch: JsonPatch, expected: object][] = [
    ['Deployment template', deployment, readOnly('/spec/template/spec'), { outcome: 'accepted' }],
    [
      'Deployment selector',
      deployment,
      [
        { op: 'add', path: '/spec/selector/matchLabels/c', value: 'd' },
        { op: 'add', path: '/spec/template/metadata/labels/c', value: 'd' },
      ],
      { rejection: 'immutable', code: 422 },
    ],
    ['StatefulSet template', statefulSet, readOnly('/spec/template/spec'), { outcome: 'accepted' }],
    [
      'StatefulSet serviceName',
      statefulSet,
      [{ op: 'replace', path: '/spec/serviceName', value: 'two' }],
      { rejection: 'immutable' },
    ],
    ['Job template', job, readOnly('/spec/template/spec'), { rejection: 'immutable' }],
    [
      'Job ttl',
      job,
      [{ op: 'add', path: '/spec/ttlSecondsAfterFinished', value: 60 }],
      { outcome: 'accepted' },
    ],
    ['Pod container', pod, readOnly('/spec'), { rejection: 'immutable' }],
    ['Pod label', pod, [{ op: 'add', path: '/metadata/labels', value: { a: 'b' } }], { outcome: 'accepted' }],
    [
      'RoleBinding roleRef',
      binding,
      [{ op: 'replace', path: '/roleRef/name', value: 'two' }],
      { rejection: 'immutable' },
    ],
    [
      'ClusterRoleBinding roleRef',
      clusterBinding,
      [{ op: 'replace', path: '/roleRef/name', value: 'two' }],
      { rejection: 'immutable' },
    ],
    [
      'Service type',
      service,
      [{ op: 'replace', path: '/spec/type', value: 'LoadBalancer' }],
      { outcome: 'accepted' },
    ],
    [
      'an invalid value',
      deployment,
      [{ op: 'add', path: '/spec/replicas', value: -1 }],
      { rejection: 'invalid' },
    ],
    [
      'a path that is not there',
      deployment,
      [{ op: 'remove', path: '/spec/nothing' }],
      { outcome: 'rejected', rejection: 'invalid' },
    ],
  ]
  it.each(cases)('%s', async (_name, text, patch, expected) => {
    await cluster.prepare([objectOf(text)])
    expect(await cluster.tryUpdate(manifestOf(text), patch)).toMatchObject(expected)
    // The try has left nothing that a second one, or a dry-run of the same object, could meet.
    expect(await cluster.tryUpdate(manifestOf(text), patch)).toMatchObject(expected)
    expect(await cluster.dryRun(manifestOf(text))).toMatchObject({ outcome: 'accepted' })
  })

  it('meets the labels and service accounts of its namespace', async () => {
    const namespace = objectOf(
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: strict, labels: {pod-security.kubernetes.io/enforce: restricted}}\n',
    )
    const text = pod.replace('namespace: shop', 'namespace: strict')
    await cluster.prepare([namespace, objectOf(text)])
    expect(await cluster.tryUpdate(manifestOf(text), readOnly('/spec'))).toBeUndefined()
  })

  it('can be tried beside dry-runs that claim the same port', async () => {
    await cluster.prepare([objectOf(service)])
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, i) =>
        i % 4 === 0
          ? cluster.tryUpdate(manifestOf(service), [
              { op: 'add', path: '/metadata/labels', value: { i: String(i) } },
            ])
          : cluster.dryRun(manifestOf(service)),
      ),
    )
    expect(answers.map((answer) => answer?.outcome)).toEqual(answers.map(() => 'accepted'))
  })

  it('can be tried many times at once, also of one object held by a finalizer', async () => {
    const held = deployment.replace('namespace: shop', 'namespace: shop, finalizers: [example.com/held]')
    await cluster.prepare([objectOf(held)])
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => cluster.tryUpdate(manifestOf(held), readOnly('/spec/template/spec'))),
    )
    expect(answers.map((answer) => answer?.outcome)).toEqual(answers.map(() => 'accepted'))
  })
})

describe('is not tried', () => {
  it.each([
    ['for an object that the server would not store', deployment.replace('containers:', 'containers2:')],
    ['for a kind that is not served', deployment.replace('apps/v1', 'apps/v1beta1')],
    [
      'for what changes how others are judged',
      'apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: x}\nvalue: 1\n',
    ],
    ['for a namespace that is not there', deployment.replace('namespace: shop', 'namespace: nowhere')],
  ])('%s', async (_name, text) => {
    expect(
      await cluster.tryUpdate(manifestOf(text), [{ op: 'add', path: '/metadata/labels', value: {} }]),
    ).toBeUndefined()
  })
})

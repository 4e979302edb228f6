import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { tool } from '../../scripts/tools.ts'
import { openApiServer, type Cluster, type Manifest } from '../../src/cluster/index.ts'
import type { JsonObject, JsonPatch } from '../../src/model/index.ts'
import { applied } from '../../src/propose/index.ts'
import { subjectOf } from '../../src/resources/index.ts'
import { settle, type Settled } from '../../src/verify/index.ts'

/** Small manifests whose outcome is known, taken through `settle` on a real API server. */

interface Group {
  patch: JsonPatch
}

let cluster: Cluster

beforeAll(async () => {
  cluster = await openApiServer({
    entry: new URL('../../src/main.ts', import.meta.url),
    binaries: { apiserver: tool('kube-apiserver'), etcd: tool('etcd') },
    podSecurity: 'restricted',
  })
  await cluster.prepare([object(pod), object(deployment)])
}, 600_000)

afterAll(async () => {
  await cluster.close()
})

function object(text: string): JsonObject {
  return parse(text) as JsonObject
}

function manifest(value: JsonObject): Manifest {
  const { apiVersion, kind, namespace, name } = subjectOf(value) ?? expect.fail('no object')
  return { apiVersion, kind, namespace, name, body: JSON.stringify(value), type: 'application/json' }
}

async function settled(text: string, ...patches: JsonPatch[]): Promise<Settled<Group>> {
  const value = object(text)
  return settle<Manifest, Group>(cluster, {
    object: value,
    manifest: manifest(value),
    groups: patches.map((patch) => ({ patch })),
    compose(chosen) {
      const patch = chosen.flatMap((group) => group.patch)
      const patched = applied(value, patch)
      return patched === undefined ? undefined : { manifest: manifest(patched), patch, patched }
    },
  })
}

/** The verdict of each patch, with the words of those that are refused. */
async function verdicts(text: string, ...patches: JsonPatch[]): Promise<string[]> {
  const { groups } = await settled(text, ...patches)
  return [...groups.values()].map((one) =>
    one.verdict === 'rejected' ? `${one.gate}: ${one.reason.text}` : one.verdict,
  )
}

const pod = `
apiVersion: v1
kind: Pod
metadata: { name: web, annotations: { container.apparmor.security.beta.kubernetes.io/web: runtime/default } }
spec:
  hostNetwork: true
  resources: {}
  volumes: [{ name: model, image: { reference: "model:latest" } }]
  containers:
    - { name: web, image: "web:latest", ports: [{ containerPort: 8080 }] }
    - { name: side, image: "side:1.0", env: [{ name: A, value: "1" }, { name: A, value: "1" }] }
`
const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  strategy: { type: RollingUpdate }
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      serviceAccount: robot
      containers:
        - { name: proxy, image: "proxy:1.0" }
        - { name: api, image: "api", securityContext: { privileged: true } }
`
const daemonSet = deployment
  .replace('kind: Deployment', 'kind: DaemonSet')
  .replace('strategy:', 'updateStrategy:')
const job = `
apiVersion: batch/v1
kind: Job
metadata: { generateName: task- }
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: task, image: "task:1.0" }]
`
const service = `
apiVersion: v1
kind: Service
metadata: { name: front }
spec: { type: LoadBalancer, selector: { app: api }, ports: [{ port: 80 }] }
`

describe('values that the server makes of others are no effect of their own', () => {
  test.each<[string, string, JsonPatch]>([
    [
      'requests and the class of service from limits',
      pod,
      [{ op: 'add', path: '/spec/containers/0/resources', value: { limits: { memory: '1Gi' } } }],
    ],
    [
      'the requests of a pod from its limits and its containers',
      pod,
      [{ op: 'add', path: '/spec/resources/limits', value: { memory: '1Gi', cpu: '1' } }],
    ],
    ['host ports from the host network', pod, [{ op: 'remove', path: '/spec/hostNetwork' }]],
    [
      'the AppArmor profile from its annotation',
      pod,
      [{ op: 'remove', path: '/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1web' }],
    ],
    [
      'the token from its switch',
      pod,
      [{ op: 'add', path: '/spec/automountServiceAccountToken', value: false }],
    ],
    [
      'the pull policy from the image',
      pod,
      [{ op: 'replace', path: '/spec/containers/0/image', value: 'web:2' }],
    ],
    [
      'the pull policy from the image of a volume',
      pod,
      [{ op: 'replace', path: '/spec/volumes/0/image/reference', value: 'model:2' }],
    ],
    [
      'the rolling update of a daemon set',
      daemonSet,
      [{ op: 'replace', path: '/spec/updateStrategy/type', value: 'OnDelete' }],
    ],
    [
      'the old name of a service account',
      job,
      [{ op: 'add', path: '/spec/template/spec/serviceAccountName', value: 'robot' }],
    ],
    [
      'the priority from its class',
      pod,
      [{ op: 'add', path: '/spec/priorityClassName', value: 'system-cluster-critical' }],
    ],
    ['one environment variable of two', pod, [{ op: 'remove', path: '/spec/containers/1/env/0' }]],
    ['a container less', deployment, [{ op: 'remove', path: '/spec/template/spec/containers/0' }]],
    [
      'the service account under its two names',
      deployment,
      [
        { op: 'remove', path: '/spec/template/spec/serviceAccount' },
        { op: 'add', path: '/spec/template/spec/serviceAccountName', value: 'robot' },
      ],
    ],
    [
      'another service account under its old name',
      deployment,
      [{ op: 'replace', path: '/spec/template/spec/serviceAccount', value: 'other' }],
    ],
    [
      'the rolling update from the strategy',
      deployment,
      [{ op: 'replace', path: '/spec/strategy/type', value: 'Recreate' }],
    ],
    [
      'the drawn name and labels of a job',
      job,
      [{ op: 'add', path: '/spec/template/spec/automountServiceAccountToken', value: false }],
    ],
    [
      'the labels of a job from its template',
      job,
      [{ op: 'add', path: '/spec/template/metadata', value: { labels: { app: 'task' } } }],
    ],
    [
      'drawn addresses and ports of a service',
      service,
      [{ op: 'add', path: '/metadata/labels', value: { a: 'b' } }],
    ],
    ['what a type of service has', service, [{ op: 'replace', path: '/spec/type', value: 'ClusterIP' }]],
    ['the affinity of sessions', service, [{ op: 'add', path: '/spec/sessionAffinity', value: 'ClientIP' }]],
  ])('%s', async (_name, text, patch) => {
    expect(await verdicts(text, patch)).toEqual(['accepted'])
  })
})

describe('fixes that the server does not take', () => {
  const noEscalation: JsonPatch = [
    {
      op: 'add',
      path: '/spec/template/spec/containers/1/securityContext/allowPrivilegeEscalation',
      value: false,
    },
  ]
  const nonRoot: JsonPatch = [
    { op: 'add', path: '/spec/template/spec/securityContext', value: { runAsNonRoot: true } },
  ]
  const notPrivileged: JsonPatch = [
    { op: 'remove', path: '/spec/template/spec/containers/1/securityContext/privileged' },
  ]

  test('are found among the others', async () => {
    const [first, second] = await verdicts(deployment, noEscalation, nonRoot)
    expect(first).toContain('cannot set `allowPrivilegeEscalation` to false and `privileged` to true')
    expect(second).toBe('accepted')
  })

  test('are taken with what they need', async () => {
    expect(await verdicts(deployment, [...notPrivileged, ...noEscalation], nonRoot)).toEqual([
      'accepted',
      'accepted',
    ])
  })

  test('add a warning, of the API or of Pod Security', async () => {
    const twice: JsonPatch = [
      { op: 'add', path: '/spec/template/spec/containers/0/ports', value: [{ containerPort: 80 }] },
      { op: 'add', path: '/spec/template/spec/containers/1/ports', value: [{ containerPort: 80 }] },
    ]
    expect(await verdicts(deployment, twice)).toEqual([
      'no-new-warning: the server warns now: spec.template.spec.containers[1].ports[0]: duplicate port definition with spec.template.spec.containers[0].ports[0]',
    ])
    const host: JsonPatch = [{ op: 'add', path: '/spec/template/spec/hostPID', value: true }]
    expect(await verdicts(deployment, host)).toEqual([
      'no-new-warning: the server warns now: host namespaces (hostPID=true)',
    ])
  })

  test('hold a field that there is not', async () => {
    const [words] = await verdicts(deployment, [
      { op: 'add', path: '/spec/template/spec/runAsNonRoot', value: true },
    ])
    expect(words).toContain('unknown field "spec.template.spec.runAsNonRoot"')
  })
})

describe('objects that the server refuses as they stand', () => {
  const escalation = (index: number): JsonPatch => [
    {
      op: 'add',
      path: `/spec/template/spec/containers/${index}/securityContext`,
      value: { allowPrivilegeEscalation: false },
    },
  ]
  const withoutFirst: JsonPatch = [{ op: 'remove', path: '/spec/template/spec/containers/0' }]
  const unknown = deployment.replace('image: "api"', 'image: "api", imagePolicy: x')
  const invalid = deployment.replace('image: "api"', 'image: "api", imagePullPolicy: x')

  test('are neither good nor bad after a fix that adds nothing', async () => {
    expect(await verdicts(unknown, escalation(0))).toEqual(['already-invalid'])
    expect(await verdicts(invalid, escalation(0))).toEqual(['already-invalid'])
    // The complaint is about the second container, which is the first one then.
    expect(await verdicts(unknown, withoutFirst)).toEqual(['already-invalid'])
    expect(await verdicts(invalid, withoutFirst)).toEqual(['already-invalid'])
  })

  test('say what is wrong with them', async () => {
    const { original } = await settled(unknown)
    expect(original).toMatchObject({ outcome: 'rejected', rejection: 'malformed' })
  })

  test('may be cured', async () => {
    expect(
      await verdicts(unknown, [{ op: 'remove', path: '/spec/template/spec/containers/1/imagePolicy' }]),
    ).toEqual(['accepted'])
  })

  test('must not get worse', async () => {
    const bad: JsonPatch = [
      { op: 'add', path: '/spec/template/spec/containers/0/imagePullPolicy', value: 'x' },
    ]
    const [words] = await verdicts(invalid, bad)
    expect(words).toContain('the server refuses more now: spec.template.spec.containers[0].imagePullPolicy')
  })

  test('of a kind or in a namespace that is not there are not judged', async () => {
    const label: JsonPatch = [{ op: 'add', path: '/metadata/labels', value: { a: 'b' } }]
    expect(await verdicts(service.replace('kind: Service', 'kind: Servus'), label)).toEqual(['unjudged'])
    expect(await verdicts(service.replace('name: front', 'name: front, namespace: nowhere'), label)).toEqual([
      'unjudged',
    ])
  })
})

describe('live objects', () => {
  const nonRoot = { runAsNonRoot: true }
  test.each<[string, string, JsonPatch, boolean]>([
    ['a bare pod', pod, [{ op: 'add', path: '/spec/securityContext', value: nonRoot }], true],
    ['a job', job, [{ op: 'add', path: '/spec/template/spec/securityContext', value: nonRoot }], true],
    [
      'a deployment',
      deployment,
      [{ op: 'add', path: '/spec/template/spec/securityContext', value: nonRoot }],
      false,
    ],
    ['a label of a pod', pod, [{ op: 'add', path: '/metadata/labels', value: { a: 'b' } }], false],
  ])('%s', async (_name, text, patch, isImmutable) => {
    const [verdict] = (await settled(text, patch)).groups.values()
    expect(verdict).toMatchObject({ verdict: 'accepted' })
    expect(verdict?.immutable !== undefined).toBe(isImmutable)
  })

  test('only the fix that needs it says so', async () => {
    const label: JsonPatch = [{ op: 'add', path: '/metadata/labels', value: { a: 'b' } }]
    const { groups } = await settled(pod, label, [
      { op: 'add', path: '/spec/securityContext', value: nonRoot },
    ])
    expect([...groups.values()].map(({ immutable }) => immutable?.split(':')[0])).toEqual([undefined, 'spec'])
  })
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../src/model/index.ts'
import { compare, enforce, exported, openEngine } from './support.ts'

/** Pods of chance that an API server may well take, in every kind that carries one. */
const maybe = <T>(...values: T[]): fc.Arbitrary<T | undefined> => fc.constantFrom(undefined, ...values)
const some = (...values: string[]): fc.Arbitrary<string[]> => fc.subarray(values, { maxLength: 3 })
const fields = (shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<JsonObject> =>
  // What is undefined is not written.
  fc.record(shape).map((value) => JSON.parse(JSON.stringify(value)) as JsonObject)
const orNone = (value: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject | undefined> =>
  fc.option(value, { nil: undefined })

const profile = (...types: string[]): fc.Arbitrary<JsonObject | undefined> =>
  maybe<JsonObject>(
    ...types.map((type) => (type === 'Localhost' ? { type, localhostProfile: 'one.json' } : { type })),
  )
const shared = {
  runAsNonRoot: maybe(true, false),
  runAsUser: maybe(0, 1000),
  seccompProfile: profile('RuntimeDefault', 'Localhost', 'Unconfined'),
  appArmorProfile: profile('RuntimeDefault', 'Localhost', 'Unconfined'),
  seLinuxOptions: maybe<JsonValue>({ type: 'spc_t' }, { type: 'container_t' }, { user: 'one' }, {}),
}
const capabilities = ['ALL', 'all', 'NET_RAW', 'CAP_NET_RAW', 'CHOWN', 'NET_ADMIN', 'NET_BIND_SERVICE']
const probe = maybe<JsonValue>(
  { httpGet: { port: 8080, host: 'example.org' } },
  { httpGet: { port: 'http' } },
  { tcpSocket: { port: 22 } },
  { grpc: { port: 80 } },
  { exec: { command: ['true'] } },
)
const container = (name: string): fc.Arbitrary<JsonObject> =>
  fields({
    name: fc.constant(name),
    image: fc.constantFrom(
      'nginx',
      'nginx:latest',
      'nginx:1',
      'host:5000/nginx',
      'nginx@sha256:' + '0'.repeat(64),
    ),
    ports: fc.subarray<JsonValue>([
      { name: 'http', containerPort: 8080 },
      { containerPort: 22 },
      { containerPort: 22, protocol: 'UDP' },
      { containerPort: 80, hostPort: 80 },
    ]),
    env: fc.subarray<JsonValue>([
      { name: 'MY_SECRET', value: 'x' },
      { name: 'SECRET' },
      { name: 'MODE', value: 'x' },
    ]),
    volumeMounts: fc.subarray<JsonValue>([
      { name: 'root', mountPath: '/a' },
      { name: 'socket', mountPath: '/b', readOnly: true },
      { name: 'data', mountPath: '/c' },
    ]),
    resources: maybe<JsonValue>(
      { limits: { cpu: '1' } },
      { requests: { cpu: 0.5, memory: '1Mi' } },
      { limits: { memory: 1e6 } },
    ),
    livenessProbe: name === 'setup' ? fc.constant(undefined) : probe,
    readinessProbe: name === 'setup' ? fc.constant(undefined) : probe,
    startupProbe: name === 'setup' ? fc.constant(undefined) : probe,
    securityContext: orNone(
      fields({
        ...shared,
        privileged: maybe(true, false, false),
        allowPrivilegeEscalation: maybe(true, true, false),
        readOnlyRootFilesystem: maybe(true, false),
        procMount: maybe('Default', 'Unmasked'),
        windowsOptions: maybe<JsonValue>({ hostProcess: false }),
        capabilities: orNone(fields({ add: some(...capabilities), drop: some(...capabilities) })),
      }),
    ),
  })

const pod = fields({
  containers: fc.tuple(container('web'), container('side')),
  initContainers: fc.option(fc.tuple(container('setup')), { nil: undefined }),
  volumes: fc.constant([
    { name: 'root', hostPath: { path: '/' } },
    { name: 'socket', hostPath: { path: '/var/run/docker.sock' } },
    { name: 'data', nfs: { server: 'a', path: '/' } },
  ]),
  hostPID: maybe(true, false),
  hostIPC: maybe(true, false),
  hostNetwork: maybe(true, false, false),
  hostUsers: maybe(true, false),
  serviceAccount: maybe('one'),
  securityContext: orNone(
    fields({ ...shared, sysctls: maybe<JsonValue>([{ name: 'kernel.msgmax', value: '1' }]) }),
  ),
})
const annotations = maybe<JsonValue>({ 'container.apparmor.security.beta.kubernetes.io/web': 'unconfined' })

const object = fc
  .tuple(
    fc.constantFrom(
      'Pod',
      'Deployment',
      'StatefulSet',
      'DaemonSet',
      'ReplicaSet',
      'Job',
      'CronJob',
      'ReplicationController',
      'PodTemplate',
    ),
    pod,
    annotations,
    maybe(0, 1, 3),
  )
  .map(([kind, spec, annotations, replicas]): JsonObject => {
    const metadata: JsonObject = { labels: { app: 'one' }, ...(annotations !== undefined && { annotations }) }
    const template = { metadata, spec }
    const named = (apiVersion: string, content: JsonObject): JsonObject => ({
      apiVersion,
      kind,
      metadata: { name: 'one' },
      ...content,
    })
    const count = replicas === undefined ? {} : { replicas }
    const job = { template: { metadata, spec: { ...spec, restartPolicy: 'Never' } } }
    if (kind === 'Pod') return { ...named('v1', { spec }), metadata: { name: 'one', ...metadata } }
    if (kind === 'PodTemplate') return named('v1', { template })
    if (kind === 'ReplicationController')
      return named('v1', { spec: { ...count, selector: { app: 'one' }, template } })
    if (kind === 'Job') return named('batch/v1', { spec: job })
    if (kind === 'CronJob')
      return named('batch/v1', { spec: { schedule: '@daily', jobTemplate: { spec: job } } })
    const scale = kind === 'DaemonSet' ? {} : count
    const service = kind === 'StatefulSet' ? { serviceName: 'one' } : {}
    return named('apps/v1', {
      spec: { ...scale, ...service, selector: { matchLabels: { app: 'one' } }, template },
    })
  })

it('judges pods of chance as we do', async () => {
  const engine = openEngine()
  try {
    const policies = await enforce(engine, await exported(engine))
    const objects = fc.sample(object, { numRuns: 400, seed: 1 })
    const { admitted, found, differences } = await compare(
      engine,
      policies,
      objects.map((one, index) => ({ name: String(index), object: one })),
    )
    expect(differences).toEqual([])
    // The others are refused for what they combine.
    expect(admitted).toBeGreaterThan(50)
    // All that can be found in such a pod.
    expect(found.size).toBeGreaterThan(35)
  } finally {
    await engine.close()
  }
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isObject, type JsonObject, type JsonValue } from '../../src/model/index.ts'
import { catalogue, createJudge } from '../../src/policies/index.ts'
import { subjectOf, type Subject } from '../../src/resources/index.ts'
import { applyOperations } from './apply.ts'

const judge = createJudge(catalogue, {
  params: {},
  values: { resources: { requests: { cpu: '100m' }, limits: { memory: '1Gi' } } },
})

/** Removing a volume is refused unless the user allows it, and changes what a read-only file system needs. */
const removals = new Set(['docker-sock', 'host-path-volumes', 'restricted-volumes', 'sensitive-host-mounts'])

function subject(object: JsonObject): Subject {
  const result = subjectOf(object)
  if (result === undefined) throw new Error('no subject')
  return result
}

/** Applies one fix after the other until none is left, always the first in the given order of policies. */
function fixAll(object: JsonObject, order: readonly string[]): JsonObject {
  const rank = new Map(order.map((id, index) => [id, index]))
  let current = object
  for (let step = 0; step < 200; step++) {
    const plans = judge
      .judge(subject(current))
      .matches.filter(({ policy }) => !removals.has(policy.id))
      .sort((a, b) => (rank.get(a.policy.id) ?? 0) - (rank.get(b.policy.id) ?? 0))
      .flatMap((match) => {
        const plan = judge.planFix(match)
        return plan.kind === 'patch' ? [plan] : []
      })
    const [plan] = plans
    if (plan === undefined) return current
    current = applyOperations(current, plan.operations)
  }
  throw new Error('the fixes do not come to an end')
}

/** Lists that the API merges by key compare without their order, and so do sets of words. */
function unordered(value: JsonValue): JsonValue {
  if (Array.isArray(value))
    return value.map(unordered).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, unordered(value[key] ?? null)]),
  )
}

const some = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<JsonObject> =>
  fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>
const word = fc.constantFrom('ALL', 'NET_RAW', 'SYS_ADMIN', 'CHOWN', 'NET_BIND_SERVICE', 'KILL')
const seccomp = fc.constantFrom(
  { type: 'Unconfined' },
  { type: 'RuntimeDefault' },
  { type: 'Localhost', localhostProfile: 'x' },
)
const probe = fc.oneof(
  fc.record({ httpGet: some({ port: fc.constantFrom(80, 81), host: fc.constantFrom('', 'localhost') }) }),
  fc.record({ grpc: fc.record({ port: fc.constantFrom(80, 81) }) }),
)
const container = some({
  image: fc.constantFrom('a', 'a:1'),
  ports: fc.uniqueArray(
    some({ containerPort: fc.constantFrom(80, 8080), hostPort: fc.constantFrom(0, 80) }),
    {
      maxLength: 2,
      selector: ({ containerPort }) => containerPort,
    },
  ),
  env: fc.array(fc.record({ name: fc.constantFrom('A', 'B'), value: fc.constantFrom('1', '2') }), {
    maxLength: 4,
  }),
  livenessProbe: probe,
  readinessProbe: probe,
  resources: some({
    limits: some({ cpu: fc.constant('1') }),
    requests: some({ memory: fc.constant('1Mi') }),
  }),
  volumeMounts: fc.constantFrom(
    [{ name: 'data', mountPath: '/data' }],
    [{ name: 'data', mountPath: '/tmp' }],
  ),
  securityContext: some({
    privileged: fc.boolean(),
    allowPrivilegeEscalation: fc.boolean(),
    readOnlyRootFilesystem: fc.boolean(),
    runAsNonRoot: fc.boolean(),
    runAsUser: fc.constantFrom(0, 1000),
    procMount: fc.constantFrom('Default', 'Unmasked'),
    capabilities: some({ add: fc.uniqueArray(word), drop: fc.uniqueArray(word) }),
    seccompProfile: seccomp,
    appArmorProfile: seccomp,
    seLinuxOptions: some({ type: fc.constantFrom('spc_t', 'container_t'), user: fc.constantFrom('', 'x') }),
  }),
})
const deployment = fc
  .record({
    containers: fc.array(container, { minLength: 1, maxLength: 2 }),
    initContainers: fc.array(container, { maxLength: 1 }),
    replicas: fc.constantFrom(1, 2),
    pod: some({
      hostNetwork: fc.boolean(),
      hostPID: fc.boolean(),
      hostUsers: fc.boolean(),
      serviceAccount: fc.constantFrom('a', 'b'),
      volumes: fc.constant([{ name: 'data', emptyDir: {} }]),
      securityContext: some({
        runAsNonRoot: fc.boolean(),
        runAsUser: fc.constantFrom(0, 1000),
        seccompProfile: seccomp,
        appArmorProfile: seccomp,
        sysctls: fc.uniqueArray(
          fc.record({
            name: fc.constantFrom('net.x', 'kernel.y', 'net.ipv4.tcp_syncookies'),
            value: fc.constant('1'),
          }),
          { selector: ({ name }) => name },
        ),
      }),
    }),
  })
  .map(({ containers, initContainers, replicas, pod }): JsonObject => {
    const named = (list: JsonObject[], prefix: string): JsonObject[] =>
      list.map((value, index) => ({ name: `${prefix}${index}`, ...value }))
    const spec = { ...pod, containers: named(containers, 'c'), initContainers: named(initContainers, 'i') }
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec },
      },
    }
  })

describe('fixes', () => {
  const ids = catalogue.map(({ id }) => id)

  test('come to the same object in any order, and to an end', () => {
    fc.assert(
      fc.property(deployment, fc.shuffledSubarray(ids, { minLength: ids.length }), (object, order) => {
        const one = fixAll(object, ids)
        const other = fixAll(object, order)
        expect(unordered(other)).toEqual(unordered(one))
      }),
      { numRuns: 80 },
    )
  })

  test('leave nothing to be found but what needs a person', () => {
    fc.assert(
      fc.property(deployment, (object) => {
        const rest = judge
          .judge(subject(fixAll(object, ids)))
          .matches.map((match) => judge.planFix(match).kind)
        expect(rest.filter((kind) => kind === 'patch' || kind === 'error')).toEqual([])
      }),
      { numRuns: 50 },
    )
  })
})

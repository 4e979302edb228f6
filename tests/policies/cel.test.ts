import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue, Policy } from '../../src/model/index.ts'
import {
  catalogue,
  createJudge,
  explainEvaluation,
  parsePolicy,
  type PolicyContext,
} from '../../src/policies/index.ts'
import { subjectOf, type Subject } from '../../src/resources/index.ts'
import { parseQuantity } from '../../src/policies/quantity.ts'

const none: PolicyContext = { params: {}, values: {} }

function policy(parts: Record<string, unknown>): Policy {
  const parsed = parsePolicy({ ...skeleton, ...parts }, 'test.yaml')
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
  return parsed
}

function problems(parts: Record<string, unknown>): string[] {
  const parsed = parsePolicy({ ...skeleton, ...parts }, 'test.yaml')
  return 'problems' in parsed
    ? parsed.problems.map(({ path, message }) => `${path.join('.')}: ${message}`)
    : []
}

const skeleton = {
  id: 'test',
  title: 'A test',
  since: '1.0.0',
  severity: 'low',
  family: 'hygiene',
  why: 'because',
  kinds: ['pod-bearing'],
  'for-each': 'container',
  when: 'true',
  at: 'container:/image',
  fix: 'none',
  advice: 'do something',
  breakage: { prior: 0, because: 'nothing' },
  examples: [
    { name: 'a', before: {}, clean: true },
    { name: 'b', before: {}, clean: true },
    { name: 'c', before: {}, clean: true },
  ],
}

function pod(spec: JsonObject, metadata: JsonObject = { name: 'web' }): Subject {
  const subject = subjectOf({ apiVersion: 'v1', kind: 'Pod', metadata, spec })
  if (subject === undefined) throw new Error('no subject')
  return subject
}

const judgeOf = (one: Policy, context = none) => createJudge([one], context)
const found = (parts: Record<string, unknown>, subject: Subject, context = none): string[] => {
  const { matches, errors } = judgeOf(policy(parts), context).judge(subject)
  return [...matches.map(({ pointer }) => pointer), ...errors.map(({ message }) => `error: ${message}`)]
}

describe('what expressions see', () => {
  test('integers are ints, fractions are doubles', () => {
    const subject = pod({ containers: [{ name: 'a', x: 5, y: 0.5 }] })
    expect(found({ when: 'type(container.x) == int && container.x == 5' }, subject)).toHaveLength(1)
    expect(found({ when: 'type(container.y) == double && container.y > 0.4' }, subject)).toHaveLength(1)
  })

  test('a null in a map is absent, a null in a list stays', () => {
    const subject = pod({ containers: [{ name: 'a', ports: null, list: [1, null, 3] }] })
    expect(found({ when: 'container.?ports.hasValue()' }, subject)).toEqual([])
    expect(found({ when: 'container.list.size() == 3 && container.list[1] == null' }, subject)).toHaveLength(
      1,
    )
  })

  test('a value of a type that the API does not have is absent', () => {
    const subject = pod({
      hostNetwork: 'yes',
      containers: [{ name: 'a', ports: { http: 80 }, command: 'sh' }],
    })
    expect(found({ when: 'container.?ports.hasValue() || container.?command.hasValue()' }, subject)).toEqual(
      [],
    )
    expect(found({ when: 'pod.?hostNetwork.hasValue()' }, subject)).toEqual([])
  })

  test('keys called constructor and __proto__ are data', () => {
    const labels = JSON.parse('{"constructor": "x", "__proto__": "y"}') as JsonObject
    const subject = pod({ containers: [{ name: 'a' }] }, { labels })
    expect(
      found(
        {
          when: 'template.metadata.labels["constructor"] == "x" && template.metadata.labels["__proto__"] == "y"',
        },
        subject,
      ),
    ).toHaveLength(1)
  })

  test('effective is the container’s value, else the pod’s, else null', () => {
    const level = { level: 'pod-or-container', at: 'container:/securityContext/runAsUser' }
    const subject = pod({
      securityContext: { runAsUser: 1 },
      containers: [{ name: 'a' }, { name: 'b', securityContext: { runAsUser: 2 } }],
    })
    expect(found({ ...level, when: 'effective == 1' }, subject)).toEqual([
      '/spec/containers/0/securityContext/runAsUser',
    ])
    expect(found({ ...level, when: 'effective == 2' }, subject)).toHaveLength(1)
    expect(found({ ...level, when: 'effective == null' }, pod({ containers: [{ name: 'a' }] }))).toHaveLength(
      1,
    )
  })

  test('the list of the container, and the items of a list and of a map', () => {
    const subject = pod(
      {
        containers: [{ name: 'a', ports: [{ containerPort: 80 }, { containerPort: 81 }] }],
        initContainers: [{}],
      },
      { labels: { 'a/b': 'x', c: 'y' } },
    )
    expect(found({ when: 'containerList == "initContainers"' }, subject)).toEqual([
      '/spec/initContainers/0/image',
    ])
    const ports = { 'for-each': 'container:/ports/*', at: 'item:/containerPort' }
    expect(found({ ...ports, when: 'index == 1 && item.containerPort == 81' }, subject)).toEqual([
      '/spec/containers/0/ports/1/containerPort',
    ])
    const labels = { 'for-each': 'template:/metadata/labels/*', at: 'item:' }
    expect(found({ ...labels, when: 'key == "a/b" && item == "x"' }, subject)).toEqual([
      '/metadata/labels/a~1b',
    ])
  })

  test('defaults of the API server, where the policy asks for them', () => {
    const subject = pod({ hostNetwork: true, containers: [{ name: 'a', ports: [{ containerPort: 80 }] }] })
    const parts = {
      'for-each': 'container:/ports/*',
      at: 'item:/hostPort',
      when: 'item.?hostPort.orValue(0) == 80',
    }
    expect(found(parts, subject)).toEqual([])
    expect(found({ ...parts, judges: 'defaulted' }, subject)).toHaveLength(1)
    expect(
      found({ ...parts, when: 'pod.hostPID == false', judges: 'defaulted' }, subject),
      'a default of the pod',
    ).toHaveLength(1)
  })

  test('parameters and configured values', () => {
    const params = { names: { type: 'strings', default: ['a'], text: 'names' } }
    const parts = { params, when: 'container.name in params.names' }
    const subject = pod({ containers: [{ name: 'a' }, { name: 'b' }] })
    expect(found(parts, subject)).toEqual(['/spec/containers/0/image'])
    expect(found(parts, subject, { params: { test: { names: ['b'] } }, values: {} })).toEqual([
      '/spec/containers/1/image',
    ])
    expect(
      found({ when: 'values.?a.?b.orValue(0) == 1' }, subject, { params: {}, values: { a: { b: 1 } } }),
    ).toEqual(found({}, subject))
  })
})

describe('what cannot be judged', () => {
  test('an error of the evaluation is neither found nor clean', () => {
    const subject = pod({ containers: [{ name: 'a' }] })
    const { matches, errors } = judgeOf(policy({ when: 'container.image == "x"' })).judge(subject)
    expect(matches).toEqual([])
    expect(errors).toEqual([{ policy: 'test', message: 'No such key: image (in: container.image == "x")' }])
  })

  test('the message of an error holds no value of the object', () => {
    const subject = pod({ containers: [{ name: 'a', env: [{ name: 'A', value: 'hunter2' }] }] })
    for (const when of [
      'int(container.env[0].value) == 1',
      'bool(container.env[0].value)',
      'container.env[0].value',
    ])
      expect(JSON.stringify(judgeOf(policy({ when })).judge(subject).errors)).not.toContain('hunter2')
  })

  test('a wrong type at the place of the finding is left to the API server', () => {
    const subject = pod({
      containers: [{ name: 'a', securityContext: { privileged: 'yes' } }, { name: 'b' }],
    })
    expect(found({ at: 'container:/securityContext/privileged' }, subject)).toEqual([
      '/spec/containers/1/securityContext/privileged',
    ])
    expect(found({ at: 'pod:/securityContext/x' }, pod({ securityContext: [], containers: [{}] }))).toEqual(
      [],
    )
  })

  test('an expression that is too dear on a large object is an error of its own', () => {
    const when = 'container.env.exists(a, container.env.exists(b, a.name == "x" && b.name == "y"))'
    const env = Array.from({ length: 3000 }, (_, index) => ({ name: `A${index}`, value: '1' }))
    const { errors } = judgeOf(policy({ when })).judge(pod({ containers: [{ name: 'a', env }] }))
    expect(errors[0]?.message).toMatch(/steps on this object/)
    expect(
      judgeOf(policy({ when })).judge(pod({ containers: [{ name: 'a', env: env.slice(0, 10) }] })).errors,
    ).toEqual([])
  })
})

describe('policies that are refused', () => {
  test.each([
    ['an unknown name', { when: 'foo == 1' }, /when: Unknown variable: foo/],
    [
      'a root that the policy does not have',
      { 'for-each': 'pod', at: 'pod:/x', when: 'container.image == ""' },
      /Unknown variable: container/,
    ],
    ['a pointer with such a root', { 'for-each': 'pod', when: 'true' }, /at: starts from a root/],
    ['syntax', { when: 'true &&' }, /when: line 1/],
    ['no bool', { when: '"a"' }, /gives string, not bool/],
    [
      'an optional',
      {
        'for-each': 'container',
        fix: [{ patch: [{ op: 'add', path: 'container:/image', value: { cel: 'container.?image' } }] }],
      },
      /gives an optional/,
    ],
    ['types that do not fit', { when: 'size(container) == "a"' }, /no such overload/],
    ['a kind without a pod', { kinds: ['policy/PodDisruptionBudget'] }, /not all of `kinds` carry one/],
    ['a kind that is none', { kinds: ['Deployment'] }, /no group\/Kind/],
    ['neither when nor check', { when: undefined }, /either `when` or `check`/],
    ['an unknown check', { check: 'no-such' }, /no check is called/],
    ['an unknown fix', { fix: [{ build: 'no-such' }] }, /no fix is called/],
    ['no advice', { advice: undefined }, /needs an advice/],
    [
      'a default of another type',
      { params: { a: { type: 'integer', default: 'x', text: 'a' } } },
      /is no integer/,
    ],
    ['an unknown key', { whenever: 'true' }, /whenever/],
    [
      'nested loops',
      { when: 'container.a.exists(x, container.b.exists(y, container.c.exists(z, x == y && y == z)))' },
      /steps/,
    ],
    [
      'a value that doubles',
      {
        when: `${Array.from({ length: 20 }, (_, i) => `cel.bind(v${i}, ${i === 0 ? 'container.name' : `v${i - 1}`} + ${i === 0 ? 'container.name' : `v${i - 1}`}, `).join('')}v19 == ""${')'.repeat(20)}`,
      },
      /steps/,
    ],
    ['a repeated group', { when: 'container.name.matches("^(a+)+$")' }, /repeated group/],
    ['two repetitions', { when: 'container.name.matches("^a*b*$")' }, /at most one repetition/],
    ['a repetition without an anchor', { when: 'container.name.matches("a*b")' }, /begins with/],
    ['a pattern from the object', { when: 'container.name.matches(container.image)' }, /written out/],
    ['a very long expression', { when: `true${' || true'.repeat(2000)}` }, /longer than/],
    ['a very deep one', { when: `${'('.repeat(200)}true${')'.repeat(200)}` }, /Exceeded maxDepth/],
    ['a very wide one', { when: `true${'||true'.repeat(1500)}` }, /Exceeded maxAstNodes/],
  ])('%s', (_name, parts, message) => {
    expect(problems(parts).join('\n')).toMatch(message)
  })

  test('a simple pattern is taken', () => {
    expect(problems({ when: 'container.name.matches("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")' })).toEqual([])
    expect(problems({ when: 'container.name.matches("foo|bar")' })).toEqual([])
  })
})

describe('quantities', () => {
  test.each([
    ['1', 10n ** 9n],
    ['100m', 10n ** 8n],
    ['0.5', 5n * 10n ** 8n],
    ['1.5Gi', (3n * 2n ** 30n * 10n ** 9n) / 2n],
    ['2e3', 2000n * 10n ** 9n],
    ['1E', 10n ** 27n],
    ['1E3', 1000n * 10n ** 9n],
    ['-1k', -(10n ** 12n)],
    ['.5', 5n * 10n ** 8n],
    ['5.', 5n * 10n ** 9n],
  ])('%s', (text, nano) => expect(parseQuantity(text)?.nano).toBe(nano))

  test.each(['', 'x', '1 Gi', '1Gib', '1.2.3', '0x10', '1e', 'Gi', '.', '1K'])('%s is none', (text) => {
    expect(parseQuantity(text)).toBeUndefined()
  })
})

test('explainEvaluation tells what the conditions read', () => {
  const one = policy({ when: 'container.?a.?b.orValue(0) > 1 && pod.?x.orValue("") == "y"' })
  const [explanation] = explainEvaluation(one, pod({ containers: [{ name: 'c', a: { b: 5 } }] }), none)
  expect(explanation).toEqual({
    expression: 'when',
    source: one.when,
    place: '/spec/containers/0',
    result: false,
    reads: [
      { path: 'container.?a.?b', value: 5 },
      { path: 'pod.?x', value: null },
    ],
  })
})

describe('odd objects', () => {
  const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>
  const odd = (value: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> =>
    fc.oneof({ weight: 3, arbitrary: value }, { weight: 1, arbitrary: json })
  const record = (fields: Record<string, fc.Arbitrary<JsonValue>>): fc.Arbitrary<JsonValue> =>
    odd(
      fc.record(Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, odd(value)])), {
        requiredKeys: [],
      }) as fc.Arbitrary<JsonObject>,
    )
  const list = (item: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> =>
    odd(fc.array(item, { maxLength: 3 }))
  const words = fc.constantFrom('ALL', 'NET_RAW', 'SYS_ADMIN', 'web', '', 'Unconfined', 'RuntimeDefault', 'x')
  const profile = record({ type: words, localhostProfile: words })
  const probe = record({
    httpGet: record({ host: words, port: fc.oneof(fc.integer(), words), path: words }),
    tcpSocket: record({ host: words, port: fc.integer() }),
    grpc: record({ port: fc.integer() }),
  })
  const securityContext = record({
    privileged: fc.boolean(),
    allowPrivilegeEscalation: fc.boolean(),
    readOnlyRootFilesystem: fc.boolean(),
    runAsNonRoot: fc.boolean(),
    runAsUser: fc.constantFrom(0, 1000),
    procMount: words,
    capabilities: record({ add: list(words), drop: list(words) }),
    seccompProfile: profile,
    appArmorProfile: profile,
    seLinuxOptions: record({ type: words, user: words, role: words }),
    windowsOptions: record({ hostProcess: fc.boolean() }),
    sysctls: list(record({ name: words, value: words })),
  })
  const container = record({
    name: words,
    image: words,
    ports: list(
      record({ name: words, containerPort: fc.integer(), hostPort: fc.integer(), protocol: words }),
    ),
    env: list(record({ name: words, value: words, valueFrom: record({ secretKeyRef: json }) })),
    volumeMounts: list(record({ name: words, mountPath: words, mountPropagation: words })),
    resources: record({ requests: record({ cpu: words, memory: words }), limits: record({ cpu: words }) }),
    livenessProbe: probe,
    readinessProbe: probe,
    lifecycle: record({ preStop: probe }),
    securityContext,
  })
  const spec = record({
    containers: list(container),
    initContainers: list(container),
    ephemeralContainers: list(container),
    volumes: list(record({ name: words, hostPath: record({ path: words }), nfs: json })),
    hostNetwork: fc.boolean(),
    hostPID: fc.boolean(),
    hostUsers: fc.boolean(),
    serviceAccount: words,
    serviceAccountName: words,
    os: record({ name: words }),
    securityContext,
    affinity: record({
      podAntiAffinity: record({
        preferredDuringSchedulingIgnoredDuringExecution: list(
          record({
            podAffinityTerm: record({ labelSelector: record({ matchLabels: json }), topologyKey: words }),
          }),
        ),
      }),
    }),
  })
  const workload = fc.record({
    metadata: record({
      name: words,
      labels: record({ app: words }),
      annotations: record({ 'container.apparmor.security.beta.kubernetes.io/web': words }),
    }),
    spec: record({
      replicas: fc.integer(),
      selector: record({ matchLabels: record({ app: words }) }),
      template: record({ metadata: record({ labels: record({ app: words }) }), spec }),
    }),
  })
  const judge = createJudge(catalogue, {
    params: {},
    values: { resources: { requests: { cpu: '100m' }, limits: { memory: '1Gi' } } },
  })

  test('never throw, never give an error, and every finding has a plan', () => {
    fc.assert(
      fc.property(workload, ({ metadata, spec: workloadSpec }) => {
        const object: JsonObject = { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: workloadSpec }
        const subject = subjectOf(object)
        if (subject === undefined) return
        const frozen = JSON.stringify(object)
        const { matches, errors } = judge.judge(subject)
        expect(errors).toEqual([])
        for (const match of matches) {
          expect(judge.planFix(match)).not.toMatchObject({ kind: 'error' })
          judge.ensures(match, subject)
        }
        expect(JSON.stringify(object)).toBe(frozen)
      }),
      { numRuns: 500 },
    )
  })

  test('remembered verdicts are those of a fresh judge', () => {
    fc.assert(
      fc.property(workload, ({ metadata, spec: workloadSpec }) => {
        const subject = subjectOf({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: workloadSpec })
        if (subject === undefined) return
        const fresh = createJudge(catalogue, none).judge({ ...subject, object: { ...subject.object } })
        const names = (matches: typeof fresh.matches): string[] =>
          matches.map(({ policy: { id }, pointer, message }) => `${id} ${pointer} ${message}`)
        expect(names(judge.judge(subject).matches)).toEqual(names(fresh.matches))
      }),
      { numRuns: 150 },
    )
  })
})

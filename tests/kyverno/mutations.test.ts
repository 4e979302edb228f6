import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { tool } from '../../scripts/tools.ts'
import { mutate } from '../../src/adapters/kyverno-mutations.ts'
import { toolRunner } from '../../src/adapters/tool-runner.ts'
import { readMutatingPolicies, type Mutations } from '../../src/kyverno/index.ts'
import type { JsonObject, KyvernoPolicy } from '../../src/model/index.ts'
import type { Mutated } from '../../src/run.ts'
import { readSource } from '../../src/resources/index.ts'
import { createAnalyser, type FileResult, type Request } from '../../src/pipeline.ts'
import { catalogue } from '../../src/policies/index.ts'
import { readConfig } from '../support/config.ts'
import { corpusFiles, hasCorpus } from '../support/corpus.ts'
import { mutating, type MutatingName } from './mutating.ts'

/* What the real program makes of an object by policies that change objects, as findings with fixes. */

interface Setup {
  calls?: readonly string[]
  changes?: readonly string[]
}

async function made(
  objects: readonly JsonObject[],
  names: readonly MutatingName[],
  setup: Setup = {},
): Promise<Mutated> {
  const read = readMutatingPolicies(mutating(...names), {
    calls: setup.calls ?? [],
    changes: setup.changes ?? [],
  })
  return mutate(objects, { program: tool('kyverno'), runner: toolRunner, temporaryFolder: tmpdir(), ...read })
}

function typed(spec: JsonObject | undefined): KyvernoPolicy {
  const [apiVersion, kind, name] = ['policies.kyverno.io/v1', 'MutatingPolicy', 'typed']
  const text = JSON.stringify({ apiVersion, kind, metadata: { name }, ...(spec && { spec }) })
  return { file: 'policies/typed.yaml', line: 1, apiVersion, kind, name, text }
}

function objectsIn(text: string): JsonObject[] {
  return readSource('a.yaml', text).resources.map(({ object }) => object)
}

function analyse(text: string, mutations: Mutations, changes: readonly string[] = []): FileResult {
  const config = readConfig({})
  const request: Request = {
    config: { ...config, allowed: { calls: [], changes } },
    level: 'policy',
    only: undefined,
    skip: [],
    unsafeFixes: false,
    changes: true,
    api: false,
    beside: false,
    time: 0,
    mutations,
  }
  const policies = catalogue.filter(({ id }) => id === 'host-pid')
  return createAnalyser(request, policies, () => 0).analyse('a.yaml', text)
}

async function findings(
  text: string,
  names: readonly MutatingName[],
  setup: Setup = {},
): Promise<[policy: string, state: string, reason: string | undefined][]> {
  const { mutations, troubles } = await made(objectsIn(text), names, setup)
  expect(troubles).toEqual([])
  return analyse(text, mutations, setup.changes).findings.map(({ policy, state, reason }) => [
    policy,
    state,
    reason?.code,
  ])
}

const pod = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostPID: true # why?
  containers:
    - name: app
      image: nginx:1.27.0
`
const service = `apiVersion: v1
kind: Service
metadata:
  name: web
  labels: {old: 'yes'}
  annotations: {}
spec:
  externalIPs: [192.0.2.7]
  ports: [{port: 80}]
`

describe('what a policy of Kyverno would change', () => {
  it('is written into the file, beside other fixes, and nothing else is', async () => {
    const text = `${pod}---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { team: shop } # ours
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: app
          image: nginx:1.27.0
        - image: busybox:1.36.1
          name: other
          imagePullPolicy: IfNotPresent
---
${service}`
    const names = ['label', 'token', 'pull', 'note', 'nonroot'] as const
    const { mutations, troubles } = await made(objectsIn(text), names)
    expect(troubles).toEqual([])
    const { findings: found, change } = analyse(text, mutations)
    expect(found.filter(({ state }) => state !== 'fixed')).toEqual([])
    expect(change?.after).toBe(`apiVersion: v1
kind: Pod
metadata: {name: web, labels: {team: platform}}
spec:
  containers:
    - name: app
      image: nginx:1.27.0
  automountServiceAccountToken: false
  securityContext:
    runAsNonRoot: true
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: { team: shop } # ours
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: app
          image: nginx:1.27.0
          imagePullPolicy: Always
        - image: busybox:1.36.1
          name: other
          imagePullPolicy: Always
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
---
apiVersion: v1
kind: Service
metadata:
  name: web
  labels: {old: 'yes', team: 'platform'}
  annotations:
    note: a "b" \\ c
spec:
  externalIPs: [192.0.2.7]
  ports: [{port: 80}]
`)
    const after = objectsIn(change?.after ?? '')
    expect((await made(after, names)).mutations.ofObjects).toEqual({})
  })

  it('is a finding in the words of the policy, with its place and the place of the change', async () => {
    const { mutations } = await made(objectsIn(pod), ['token'])
    expect(analyse(pod, mutations).findings).toMatchObject([
      { policy: 'host-pid' },
      {
        policy: 'kyverno/token',
        title: 'No token is mounted',
        severity: 'high',
        message:
          'in a cluster the policy token (policies/token.yaml:1) changes /spec/automountServiceAccountToken, and the file does not say so',
        location: { line: 4, pointer: '/spec/automountServiceAccountToken' },
        patch: [{ op: 'add', path: '/spec/automountServiceAccountToken', value: false }],
        safe: true,
      },
    ])
  })

  it('is refused where it is more than a setting, unless the configuration lets it', async () => {
    const text = pod.replace(/ {2}hostPID.*\n/, '')
    expect(await findings(text, ['registry', 'sidecar'])).toEqual([
      ['kyverno/registry', 'refused', 'hazard:changes-workload'],
      ['kyverno/sidecar', 'refused', 'hazard:changes-workload'],
    ])
    expect(await findings(text, ['registry'], { changes: ['registry'] })).toEqual([
      ['kyverno/registry', 'fixed', undefined],
    ])
    expect(await findings(text, ['sidecar'], { changes: ['sidecar'] })).toEqual([
      ['kyverno/sidecar', 'fixed', undefined],
    ])
  })

  it('is refused where something is lost, and where it would never end', async () => {
    expect(await findings(service, ['drops', 'grows'])).toEqual([
      ['kyverno/drops', 'refused', 'removes-data'],
      ['kyverno/grows', 'refused', 'hazard:never-settles'],
    ])
  })

  it('is not shown of what is secret', async () => {
    const text = 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\n'
    const { mutations } = await made(objectsIn(text), ['secret'])
    const { findings: found } = analyse(text, mutations)
    expect(found).toMatchObject([{ state: 'refused', reason: { code: 'hazard:changes-secret' }, patch: [] }])
    expect(JSON.stringify(found)).not.toContain('hush')
  })

  it('is not shown where it copies what is secret', async () => {
    const copies = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: copies }
spec:
  rules:
    - name: copies
      match: { any: [{ resources: { kinds: [Secret] } }] }
      mutate:
        patchStrategicMerge:
          metadata: { annotations: { copy: "{{ request.object.stringData.word }}" } }
`
    const [apiVersion, kind, name] = ['kyverno.io/v1', 'ClusterPolicy', 'copies']
    const documents = [{ file: 'policies/copies.yaml', line: 1, apiVersion, kind, name, text: copies }]
    const text = 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringData: { word: hush-hush }\n'
    const { mutations } = await mutate(objectsIn(text), {
      program: tool('kyverno'),
      runner: toolRunner,
      temporaryFolder: tmpdir(),
      ...readMutatingPolicies(documents, { calls: [], changes: [] }),
    })
    const { findings: found } = analyse(text, mutations)
    expect(found).toMatchObject([{ state: 'refused', reason: { code: 'hazard:changes-secret' }, patch: [] }])
    expect(JSON.stringify(found)).not.toContain('hush')
  })

  it('is asked of no policy that needs more than the object', () => {
    const read = (calls: string[]): ReturnType<typeof readMutatingPolicies> =>
      readMutatingPolicies(mutating('asks', 'sender', 'others', 'label'), { calls, changes: [] })
    const { policies, notes } = read([])
    expect(policies.map(({ name }) => name)).toEqual(['label'])
    expect(notes).toEqual([
      expect.stringMatching(
        /^policies\/asks\.yaml:1: ClusterPolicy asks: asks .*an API server \(context settings\).*allow-calls/,
      ),
      expect.stringMatching(/^policies\/sender\.yaml:1: ClusterPolicy sender: writes what no file tells/),
      expect.stringMatching(
        /^policies\/others\.yaml:1: ClusterPolicy others: its rule others changes other objects/,
      ),
    ])
    expect(read(['asks', 'sender']).policies.map(({ name }) => name)).toEqual(['asks', 'label'])
  })

  it.each([
    ['(http).Get("https://example.com/")', 'a web service (http in its CEL)'],
    ['[http][0].Get("https://example.com/")', 'a web service (http in its CEL)'],
    ['dyn(resource).List("v1", "pods", "")', 'an API server (resource in its CEL)'],
    ['image.GetMetadata("nginx")', 'a registry (image in its CEL)'],
  ])('is asked of no policy whose CEL asks somebody, however it is written: %s', (expression, asked) => {
    const documents = [typed({ variables: [{ name: 'asked', expression }] })]
    expect(readMutatingPolicies(documents, { calls: [], changes: [] })).toMatchObject({
      policies: [],
      notes: [expect.stringContaining(`asks for what is not in the object (${asked})`)],
    })
    const { policies, asksRegistry } = readMutatingPolicies(documents, { calls: ['typed'], changes: [] })
    expect(policies).toHaveLength(1)
    expect(asksRegistry).toBe(asked.startsWith('a registry'))
  })

  it.each([
    'request.userInfo.username',
    'request.?userInfo.?username.orValue("x")',
    '(request).userInfo.username',
    'request["userInfo"].username',
    'request[?"userInfo"].?username.orValue("x")',
  ])('is asked of no policy that writes who sends the object, however it asks: %s', (expression) => {
    const spec = { variables: [{ name: 'who', expression }] }
    const { policies, notes } = readMutatingPolicies([typed(spec)], { calls: [], changes: [] })
    expect([policies, notes]).toEqual([[], [expect.stringContaining('writes what no file tells')]])
  })

  it('is asked of a policy that reads the object through its request', () => {
    const spec = { variables: [{ name: 'id', expression: 'request.object.metadata.uid' }] }
    expect(readMutatingPolicies([typed(spec)], { calls: [], changes: [] }).policies).toHaveLength(1)
  })

  it('is asked of no policy that has none, and somebody is told', () => {
    expect(
      readMutatingPolicies([typed(undefined), typed({ evaluation: { mode: 'JSON' } })], {
        calls: [],
        changes: [],
      }),
    ).toMatchObject({
      policies: [],
      notes: [
        'policies/typed.yaml:1: MutatingPolicy typed: spec is missing, so it changes nothing',
        expect.stringContaining('evaluates JSON, not objects of Kubernetes'),
      ],
    })
  })

  it('is left open for the object alone that a policy ends in an error for', async () => {
    const broken = pod.replace('name: web', 'name: broken').replace('spec:', 'spec:\n  surprise: 1')
    const text = [pod, broken].join('---\n')
    const { mutations, troubles } = await made(objectsIn(text), ['nonroot'])
    expect(troubles).toEqual([
      'policies/nonroot.yaml:1: nonroot says nothing of Pod broken: it ended in an error',
    ])
    expect(Object.values(mutations.ofObjects)).toHaveLength(1)
  })

  it('says what was not asked about, whatever ended the last run', async () => {
    // Alone in its run, each of them fails alone.
    const broken = Array.from({ length: 40 }, () => pod.replace('spec:', 'spec:\n  surprise: 1'))
    const objects = objectsIn(broken.join('---\n')).map((object, index) => ({ ...object, index }))
    const { troubles } = await made(objects, ['nonroot'])
    expect(troubles).toHaveLength(21)
    expect(troubles.at(-1)).toBe(
      'policies/nonroot.yaml:1: nonroot ended in an error 20 times; the rest was not asked about',
    )
  })

  it('is not proposed where nobody can tell what would become of it', async () => {
    const once = `apiVersion: policies.kyverno.io/v1
kind: MutatingPolicy
metadata: { name: typed }
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }
  variables:
    - name: wrong
      expression: 'has(object.data) && has(object.data.a) ? int(object.data.a) : 0'
  mutations:
    - patchType: ApplyConfiguration
      applyConfiguration:
        expression: 'Object{data: {"a": variables.wrong == 0 ? "no number" : "1"}}'
`
    const [apiVersion, kind, name] = ['policies.kyverno.io/v1', 'MutatingPolicy', 'typed']
    const policy = { file: 'policies/typed.yaml', line: 1, apiVersion, kind, name, text: once }
    const read = readMutatingPolicies([policy], { calls: [], changes: [] })
    const { mutations, troubles } = await mutate(
      objectsIn('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n'),
      { program: tool('kyverno'), runner: toolRunner, temporaryFolder: tmpdir(), ...read },
    )
    expect(troubles).toEqual([
      'policies/typed.yaml:1: typed says nothing of ConfigMap a: it ended in an error',
    ])
    expect(mutations.ofObjects).toEqual({})
  })

  describe.runIf(hasCorpus)('over the corpora', () => {
    it('is what each fix leaves nothing of', { timeout: 600_000 }, async () => {
      const files = (['handwritten', 'normalised/stack', 'normalised/artifacthub'] as const).flatMap((name) =>
        corpusFiles(name).filter((_, index) => index % 40 === 0),
      )
      const names = ['label', 'token', 'pull', 'note', 'nonroot'] as const
      const { mutations, troubles } = await made(
        files.flatMap(({ text }) => objectsIn(text)),
        names,
      )
      // MutatingPolicies are typed: what an API server would not take, they do not either.
      expect(troubles.filter((text) => !text.includes('nonroot.yaml'))).toEqual([])
      const states = new Map<string, number>()
      const after: JsonObject[] = []
      for (const { text } of files) {
        const { findings: found, change } = analyse(text, mutations)
        for (const { policy, state, reason } of found) {
          if (policy === 'host-pid') continue
          const key = [state, reason?.code].join(' ')
          states.set(key, (states.get(key) ?? 0) + 1)
        }
        const isAll = found.every(({ state }) => state === 'fixed')
        if (change !== undefined && isAll) after.push(...objectsIn(change.after))
      }
      expect(states.get('fixed ')).toBeGreaterThan(100)
      // Kyverno knows how to merge the lists of known versions alone; of others it would take away what they hold.
      expect([...states.keys()].sort()).toEqual(['fixed ', 'refused hazard:changes-workload'])
      expect(states.get('refused hazard:changes-workload')).toBeLessThan(5)
      expect(after.length).toBeGreaterThan(50)
      expect((await made(after, names)).mutations.ofObjects).toEqual({})
    })
  })
})

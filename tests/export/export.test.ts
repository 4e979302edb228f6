import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PolicyExport } from '../../src/export/index.ts'
import { literal } from '../../src/export/literal.ts'
import { isObject, valueAt, type JsonObject, type JsonValue, type Policy } from '../../src/model/index.ts'
import { catalogue, loadExamples } from '../../src/policies/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { readConfig } from '../support/config.ts'
import { compare, enforce, exported, openEngine, policyOf } from './support.ts'

let engine: ReturnType<typeof openEngine>
let builtIn: PolicyExport[]
beforeAll(async () => {
  engine = openEngine()
  builtIn = await exported(engine)
})
afterAll(() => engine.close())

async function of(change: Partial<Policy>): Promise<PolicyExport> {
  const [first] = await exported(engine, { policies: [policyOf(change)] })
  return first!
}

function at(result: PolicyExport, pointer: string, object = 0): JsonValue | undefined {
  return valueAt(result.objects?.[object], pointer)
}

/** Our verdicts and the API server's on objects, by one policy. */
async function verdicts(
  change: Partial<Policy>,
  objects: readonly JsonObject[],
  beside: readonly JsonObject[] = [],
): Promise<number> {
  const policies = [policyOf(change)]
  await enforce(engine, await exported(engine, { policies }), policies, beside)
  const { admitted, found, differences } = await compare(
    engine,
    policies,
    objects.map((object, index) => ({ name: String(index), object })),
  )
  expect(differences).toEqual([])
  expect(admitted).toBe(objects.length)
  return found.get('sample') ?? 0
}

const pod = (spec: JsonObject, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'one', ...metadata },
  spec: { containers: [{ name: 'web', image: 'nginx' }], ...spec },
})
const deployment = (spec: JsonObject, metadata: JsonObject = {}): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'one' },
  spec: {
    selector: { matchLabels: { app: 'one' } },
    template: {
      metadata: { labels: { app: 'one' }, ...metadata },
      spec: { containers: [{ name: 'web', image: 'nginx' }], ...spec },
    },
  },
})

/** An example with what the API server asks for beside the point of it. */
function admissible(object: JsonObject): JsonObject {
  const text = JSON.stringify(object, (_, value: JsonValue) => {
    if (!isObject(value)) return value
    if (Array.isArray(value['containers'])) {
      const complete = (list: JsonValue | undefined): JsonValue | undefined =>
        Array.isArray(list)
          ? list.map((one) =>
              isObject(one)
                ? { image: 'nginx:1', ...(one['name'] === undefined && { name: 'one' }), ...one }
                : one,
            )
          : list
      return {
        ...value,
        containers: complete(value['containers']),
        initContainers: complete(value['initContainers']),
      }
    }
    return value
  })
  const completed = JSON.parse(text) as JsonObject
  const { kind, spec } = completed
  if (isObject(spec) && isObject(spec['template']) && kind !== 'Job') {
    const { template } = spec
    const metadata = isObject(template['metadata']) ? template['metadata'] : {}
    const labels = isObject(metadata['labels']) ? metadata['labels'] : { app: 'one' }
    spec['template'] = { ...template, metadata: { ...metadata, labels } }
    spec['selector'] ??= kind === 'ReplicationController' ? labels : { matchLabels: labels }
  }
  for (const pointer of ['/spec/template/spec', '/spec/jobTemplate/spec/template/spec']) {
    const inner = valueAt(completed, pointer)
    if (isObject(inner) && (kind === 'Job' || kind === 'CronJob')) inner['restartPolicy'] ??= 'Never'
  }
  if (isObject(spec) && kind === 'CronJob') spec['schedule'] ??= '@daily'
  return completed
}

describe('the built-in policies', () => {
  it('are exported, or it is said why not', () => {
    expect(builtIn.map(({ policy }) => policy)).toEqual(catalogue.map(({ id }) => id))
    expect(builtIn.flatMap(({ policy, because }) => (because === undefined ? [] : [`${policy}: ${because}`])))
      .toMatchInlineSnapshot(`
        [
          "access-to-create-pods: it looks across the objects of a repository, and admission sees one object",
          "access-to-secrets: it looks across the objects of a repository, and admission sees one object",
          "budget-without-room: it looks across the objects of a repository, and admission sees one object",
          "dangling-autoscaler: it looks across the objects of a repository, and admission sees one object",
          "dangling-ingress: it looks across the objects of a repository, and admission sees one object",
          "dangling-network-policy: it looks across the objects of a repository, and admission sees one object",
          "dangling-network-policy-peer: it looks across the objects of a repository, and admission sees one object",
          "dangling-role-binding: it looks across the objects of a repository, and admission sees one object",
          "dangling-service: it looks across the objects of a repository, and admission sees one object",
          "dangling-service-monitor: it looks across the objects of a repository, and admission sees one object",
          "dangling-target-port: it looks across the objects of a repository, and admission sees one object",
          "duplicate-env-var: its verdict is code (check: duplicate-env-var), not one expression",
          "env-value-from: it looks across the objects of a repository, and admission sees one object",
          "extensions-v1beta: no API server of today has any of its kinds",
          "non-existent-service-account: it looks across the objects of a repository, and admission sees one object",
          "non-isolated-pod: it looks across the objects of a repository, and admission sees one object",
          "removed-api-by-hand: it is about the API version, and admission sees every object in the one that is asked for",
          "removed-api-version: it is about the API version, and admission sees every object in the one that is asked for",
          "removed-autoscaler-version: it is about the API version, and admission sees every object in the one that is asked for",
          "removed-budget-version: it is about the API version, and admission sees every object in the one that is asked for",
          "removed-ingress-version: it is about the API version, and admission sees every object in the one that is asked for",
          "removed-workload-version: it is about the API version, and admission sees every object in the one that is asked for",
          "required-annotation-email: its verdict is code (check: required-annotation-email), not one expression",
          "sorted-keys: its verdict is code (check: sorted-keys), not one expression",
        ]
      `)
  })

  it('judge their examples as we do, and find what an API server lets through', async () => {
    const policies = await enforce(engine, builtIn)
    const examples = await loadExamples()
    const objects = Object.entries(examples).flatMap(([id, all]) =>
      all.flatMap(({ name, before }) => {
        const text = typeof before === 'string' ? before : JSON.stringify(before)
        return readSource('example.yaml', text).resources.map(({ object }) => ({
          name: `${id}: ${name}`,
          object: admissible(object),
        }))
      }),
    )
    const { admitted, found, differences } = await compare(engine, policies, objects)
    expect(differences).toEqual([])
    expect(admitted).toBeGreaterThan(objects.length / 2)
    expect(policies.filter(({ id }) => !found.has(id)).map(({ id }) => id)).toEqual([
      // The API server refuses such an object by itself,
      'container-port-name',
      'mismatching-selector',
      // knows no such kind,
      'scc-deny-privileged-container',
      // and writes both names of the account, so that there is never one without the other.
      'service-account-field',
      'service-target-port',
    ])
  })
})

describe('an expression', () => {
  it('keeps the variables of its own loops', async () => {
    const when =
      'pod.?containers.orValue([]).exists(pod, pod.?name.orValue("") == "web") && !pod.?hostPID.orValue(false)'
    expect(at(await of({ when }), '/spec/validations/0/expression')).toBe(
      '!(variables.pod.?containers.orValue([]).exists(pod, pod.?name.orValue("") == "web") && !variables.pod.?hostPID.orValue(false))',
    )
    expect(await verdicts({ when }, [pod({}), pod({ hostPID: true }), deployment({})])).toBe(2)
  })

  it('may have comments, and words that look like one', async () => {
    const when =
      'pod.?hostname.orValue("") != "http://pod" // never set\n  && pod.?hostPID.orValue(false) // of the node'
    expect(await verdicts({ when }, [pod({}), pod({ hostPID: true })])).toBe(1)
    expect(await verdicts({ when: 'true', message: '"see //" // nothing' }, [pod({})])).toBe(1)
  })

  it('tells every place, with its words', async () => {
    const change: Partial<Policy> = {
      'for-each': 'container:/ports/*',
      at: 'item:/containerPort',
      when: 'item.containerPort < 1024 && container.name != "other"',
      message: '"port " + string(item.containerPort) + (pod.?hostPID.orValue(false) ? " of the node" : "")',
    }
    const ports = [{ containerPort: 80 }, { containerPort: 8080 }, { containerPort: 443 }]
    const containers = ['web', 'other', 'more'].map((name) => ({ name, image: 'nginx', ports }))
    const object = deployment({ containers, hostPID: true })
    await enforce(engine, await exported(engine, { policies: [policyOf(change)] }))
    const answer = JSON.parse(
      await engine.ask({ op: 'create', type: 'application/json' }, [JSON.stringify(object)]),
    ) as { warnings: string[] }
    expect(answer.warnings.at(-1)).toMatch(
      /: container web: port 80 of the node; container web: port 443 of the node; container more: port 80 of the node; container more: port 443 of the node$/,
    )
    expect(await verdicts(change, [object, deployment({}), pod({ containers })])).toBe(2)
  })

  it('knows which list a container is in', async () => {
    const change: Partial<Policy> = {
      'for-each': 'container',
      at: 'container:/image',
      when: 'containerList == "initContainers" && !container.image.contains(":")',
    }
    const initContainers = [{ name: 'setup', image: 'nginx' }]
    expect(await verdicts(change, [pod({ initContainers }), pod({})])).toBe(1)
  })

  it('reads what counts for the container, its own or that of the pod', async () => {
    const change: Partial<Policy> = {
      'for-each': 'container',
      level: 'pod-or-container',
      at: 'container:/securityContext/runAsUser',
      when: 'effective == 0 || effective == null && pod.?hostPID.orValue(false)',
    }
    const objects = [
      pod({}),
      pod({ hostPID: true }),
      pod({ securityContext: { runAsUser: 0 } }),
      pod({
        securityContext: { runAsUser: 0 },
        containers: [{ name: 'web', image: 'nginx', securityContext: { runAsUser: 1 } }],
      }),
    ]
    expect(await verdicts(change, objects)).toBe(2)
  })

  it('looks through the values of a map as well, and through nothing', async () => {
    const change: Partial<Policy> = {
      'for-each': 'template:/metadata/annotations/*',
      at: 'item:',
      when: 'item == "on"',
      message: '"it is " + item',
    }
    const objects = [
      deployment({}),
      deployment({}, { annotations: { a: 'on', b: 'off' } }),
      pod({}, { annotations: { a: 'off' } }),
      pod({}, { annotations: { a: 'on' } }),
    ]
    expect(await verdicts(change, objects)).toBe(2)
    const rules: Partial<Policy> = {
      kinds: ['rbac.authorization.k8s.io/ClusterRole'],
      'for-each': 'object:/rules/*',
      at: 'item:',
      when: 'true',
    }
    const role = (content: JsonObject): JsonObject => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'one' },
      ...content,
    })
    // The server writes the rules of an aggregated role as null.
    const aggregated = role({ aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] } })
    const verbose = role({ rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] })
    expect(await verdicts(rules, [aggregated, verbose])).toBe(1)
  })

  it('reads the configured parameters and values', async () => {
    const params = { 'env-var-secret': { names: ['token', 'quo"te\\'] } }
    const policies = catalogue.filter(({ id }) => id === 'env-var-secret')
    const config = readConfig({ params, severity: { 'env-var-secret': 'critical' } })
    const exports = await exported(engine, { policies, config })
    expect(at(exports[0]!, '/metadata/annotations')).toMatchObject({ 'k8s-autofix.dev/severity': 'critical' })
    await enforce(engine, exports)
    const env = ['TOKEN', 'SECRET', 'quo"te\\'].map((name) => ({ name, value: 'x' }))
    const object = pod({ containers: [{ name: 'web', image: 'nginx', env }] })
    const { found, differences } = await compare(engine, policies, [{ name: 'one', object }], params)
    expect([found.get('env-var-secret'), differences]).toEqual([1, []])

    const when = 'values.?resources.?requests.?cpu.orValue("") == "1"'
    const [result] = await exported(engine, {
      policies: [policyOf({ when })],
      config: readConfig({ resources: { defaults: { requests: { cpu: '1', memory: 5 } } } }),
    })
    expect(at(result!, '/spec/variables')).toEqual([
      {
        name: 'values',
        expression: 'dyn({"resources": {"requests": {"cpu": dyn("1"), "memory": dyn(5)}}})',
      },
    ])
  })

  it.each<[string, Partial<Policy>, RegExp]>([
    ['the key of an item', { 'for-each': 'pod:/volumes/*', when: 'key == "a"' }, /^it reads `key`/],
    [
      'a name that the translation needs',
      { when: 'pod.?containers.orValue([]).exists(variables, variables == 1)' },
      /calls its variable `variables`$/,
    ],
    ['code', { check: 'duplicate-env-var' }, /^its verdict is code/],
    ['kinds that are gone', { kinds: ['extensions/Deployment'], when: 'true' }, /^no API server of today/],
    [
      'what Kubernetes has no words for',
      { when: 'pod.?hostname.orValue("").trim() == timestamp("2000-01-01T00:00:00Z")' },
      /^the API server \(Kubernetes v1\.\d+\.\d+\) refuses it: .*found no matching overload/,
    ],
  ])('is refused for %s', async (_, change, because) => {
    expect((await of(change)).because).toMatch(because)
  })
})

describe('the kinds', () => {
  const group = 'example.org'
  const definition = (kind: string): JsonObject => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind.toLowerCase()}en.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural: `${kind.toLowerCase()}en`, singular: kind.toLowerCase() },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  })
  const custom = (kind: string, size: number): JsonObject => ({
    apiVersion: `${group}/v1`,
    kind,
    metadata: { name: 'one' },
    spec: { size },
  })

  it('may be of a definition, whose collection nobody knows', async () => {
    const change: Partial<Policy> = {
      kinds: [`${group}/Ox`, 'apps/*', '/ConfigMap'],
      'for-each': 'resource',
      at: 'object:/spec/size',
      when: 'object.?spec.?size.orValue(0) > 3',
    }
    const objects = [custom('Ox', 5), custom('Ox', 1), custom('Child', 5), deployment({})]
    expect(await verdicts(change, objects, [definition('Ox'), definition('Child')])).toBe(1)
  })

  it('are asked when they are made and changed, ephemeral containers too, and left alone while they go', async () => {
    const result = await of({ when: 'true' })
    expect(at(result, '/spec/matchConstraints/resourceRules')).toContainEqual({
      apiGroups: [''],
      apiVersions: ['*'],
      operations: ['CREATE', 'UPDATE'],
      resources: expect.arrayContaining(['pods', 'pods/ephemeralcontainers']) as JsonValue[],
    })
    const all = await of({ kinds: ['/*', '/Pod', 'apps/Deployment'], 'for-each': 'resource', when: 'true' })
    expect(at(all, '/spec/matchConstraints/resourceRules')).toMatchObject([
      { resources: ['*', 'pods/ephemeralcontainers'] },
      { apiGroups: ['apps'], resources: ['deployments'] },
    ])
    expect(at(result, '/spec/matchConditions')).toEqual([
      { name: 'is-not-being-deleted', expression: '!has(object.metadata.deletionTimestamp)' },
    ])
  })
})

describe('the forms', () => {
  it('of Kubernetes: a policy and its binding, which refuse where that is wanted', async () => {
    const policies = catalogue.filter(({ id }) => id === 'host-pid')
    const exports = await exported(engine, { policies, actions: ['deny', 'audit'] })
    expect(at(exports[0]!, '/spec', 1)).toEqual({
      policyName: 'k8s-autofix-host-pid',
      validationActions: ['Deny', 'Audit'],
    })
    await enforce(engine, exports)
    const answer = async (object: JsonObject): Promise<unknown> =>
      JSON.parse(await engine.ask({ op: 'create', type: 'application/json' }, [JSON.stringify(object)]))
    expect(await answer(pod({}))).toMatchObject({ code: 201 })
    expect(await answer(pod({ hostPID: true }))).toMatchObject({
      code: 422,
      status: { message: expect.stringContaining("The pod sees the node's processes") as string },
    })
  })

  it('of Kyverno: the same words in one policy, without controllers of its own making', async () => {
    const kyverno = await exported(engine, { form: 'kyverno', actions: ['audit'] })
    expect(kyverno.map(({ because }) => because)).toEqual(builtIn.map(({ because }) => because))
    for (const [index, one] of kyverno.entries()) {
      if (one.objects === undefined) continue
      expect(one.objects).toHaveLength(1)
      const [object, spec] = [one.objects[0]!, at(one, '/spec')]
      expect(object).toMatchObject({ apiVersion: 'policies.kyverno.io/v1', kind: 'ValidatingPolicy' })
      expect(spec).toMatchObject({
        validationActions: ['Audit'],
        autogen: { podControllers: { controllers: [] } },
        evaluation: { admission: { enabled: true }, background: { enabled: true } },
      })
      const { matchConstraints, matchConditions, variables, validations } = spec as JsonObject
      const { failurePolicy: _, ...theirs } = at(builtIn[index]!, '/spec') as JsonObject
      const same = { matchConstraints, matchConditions, ...(variables && { variables }), validations }
      expect(same).toEqual(theirs)
    }
  })
})

describe('a literal', () => {
  it('is the value again, for the CEL of Kubernetes', async () => {
    const json = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'binary' }),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value
    const samples = [2 ** 63, -(2 ** 63), 1e21, 1e300, 5e-324, ...fc.sample(json, { numRuns: 500, seed: 1 })]
    const answer = JSON.parse(
      await engine.ask({ op: 'expressions', expressions: samples.map(literal) }, ['{}']),
    ) as { results: { value?: JsonValue; error?: string }[] }
    const wrong = samples.filter(
      (sample, index) =>
        !isDeepStrictEqual(answer.results[index]?.value, JSON.parse(JSON.stringify(sample)) as JsonValue),
    )
    expect(wrong.map((sample) => [sample, literal(sample)])).toEqual([])
  })
})

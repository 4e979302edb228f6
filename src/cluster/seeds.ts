import { equal, isObject, property, valueAt, type JsonObject, type JsonValue } from '../model/index.ts'
import { groupOf, type Discovery } from './discovery.ts'

/** One object that a cluster of our own needs so that others can be judged alone. */
export interface Seed {
  /** In words for the report, e.g. `service account shop/api`. */
  what: string
  apiVersion: string
  kind: string
  namespace: string
  name: string
  object: JsonObject
}

/** On everything that is seeded, so that a later run on a kept cluster knows it. */
export const seedLabel = 'k8s-autofix.dev/seed'

/** Only what the server looks up while it judges another object; what nothing asks for is not made. */

/**
 * Custom resource definitions whose resources are among the objects, or are parameters of a policy among them.
 * Conversion is left out: it needs a webhook that does not run here.
 */
export function definitionSeeds(objects: readonly JsonObject[]): Seed[] {
  const used = new Set(objects.map((object) => kindKey(text(object, 'apiVersion'), text(object, 'kind'))))
  for (const object of objects) {
    const parameters = valueAt(object, '/spec/paramKind')
    if (isPolicy(object)) used.add(kindKey(text(parameters, 'apiVersion'), text(parameters, 'kind')))
  }
  return objects.flatMap((object) => {
    if (groupOf(text(object, 'apiVersion')) !== 'apiextensions.k8s.io') return []
    if (text(object, 'kind') !== 'CustomResourceDefinition') return []
    const spec = property(object, 'spec')
    const name = nameOf(object)
    const group = text(spec, 'group')
    const kind = text(property(spec, 'names'), 'kind')
    if (!isObject(spec) || name === '' || !used.has(`${group} ${kind}`)) return []
    const { conversion: _conversion, ...rest } = spec
    return [
      {
        what: `custom resource definition ${name}`,
        apiVersion: text(object, 'apiVersion'),
        kind: 'CustomResourceDefinition',
        namespace: '',
        name,
        object: { ...bare(object), spec: rest },
      },
    ]
  })
}

/** Namespaces that objects live in, with the labels that the repository gives them: Pod Security and policies read those. */
export function namespaceSeeds(objects: readonly JsonObject[], discovery: Discovery): Seed[] {
  const names = new Set(['default'])
  const labels = new Map<string, JsonValue>()
  const differing = new Map<string, JsonValue[]>()
  for (const object of objects) {
    const [apiVersion, kind] = [text(object, 'apiVersion'), text(object, 'kind')]
    if (apiVersion === 'v1' && kind === 'Namespace') {
      const given = property(property(object, 'metadata'), 'labels')
      const name = nameOf(object)
      const sets = differing.get(name) ?? []
      if (!sets.some((other) => equal(other, given ?? {}))) differing.set(name, [...sets, given ?? {}])
      if (given !== undefined) labels.set(name, given)
    } else if (isNamespaced(apiVersion, kind, discovery)) names.add(namespaceOf(object))
  }
  return [...names].map((name) => {
    const given = labels.get(name)
    const metadata = { name, ...(isObject(given) && Object.keys(given).length > 0 ? { labels: given } : {}) }
    const one = seed('namespace', 'v1', 'Namespace', '', name, { metadata })
    const sets = differing.get(name)?.length ?? 0
    // Whoever reads the verdicts has to know which of them they hold for.
    return sets < 2
      ? one
      : { ...one, what: `${one.what} (with the last labels of ${sets} manifests that differ in them)` }
  })
}

/** A version that the server does not know may be moved to one that it knows, which is asked about as well. */
function isNamespaced(apiVersion: string, kind: string, discovery: Discovery): boolean {
  const served = [apiVersion, ...discovery.alternatives(apiVersion, kind)]
    .map((version) => discovery.find(version, kind))
    .find((one) => one !== undefined)
  return served?.namespaced === true
}

/**
 * What admission looks up for a Pod: its service account (and `default`, which a controller would make), its priority
 * class and its runtime class. Controllers of pods are admitted without any of them.
 */
export function podSeeds(objects: readonly JsonObject[]): Seed[] {
  const seeds = new Map<string, Seed>()
  const add = (one: Seed): void => {
    if (!seeds.has(one.what)) seeds.set(one.what, one)
  }
  const account = (namespace: string, name: string): void => {
    add(seed('service account', 'v1', 'ServiceAccount', namespace, name, { metadata: { name, namespace } }))
  }
  account('default', 'default')
  for (const object of objects) {
    if (text(object, 'apiVersion') !== 'v1' || text(object, 'kind') !== 'Pod') continue
    const spec = property(object, 'spec')
    const namespace = namespaceOf(object)
    account(namespace, 'default')
    const named = text(spec, 'serviceAccountName') || text(spec, 'serviceAccount')
    if (named !== '') account(namespace, named)
    const priority = text(spec, 'priorityClassName')
    // The server makes the two classes that begin so, and lets nobody make more.
    if (priority !== '' && !priority.startsWith('system-')) add(priorityClass(priority, objects, spec))
    const runtime = text(spec, 'runtimeClassName')
    if (runtime !== '') add(runtimeClass(runtime, objects, spec))
  }
  return [...seeds.values()]
}

/** A Pod that gives its priority as a number has to agree with its class. */
function priorityClass(name: string, objects: readonly JsonObject[], spec: JsonValue | undefined): Seed {
  const own = find(objects, 'scheduling.k8s.io', 'PriorityClass', name)
  const value = property(own, 'value') ?? property(spec, 'priority') ?? 0
  const policy = property(own, 'preemptionPolicy') ?? property(spec, 'preemptionPolicy')
  return seed('priority class', 'scheduling.k8s.io/v1', 'PriorityClass', '', name, {
    metadata: { name },
    value,
    ...(policy === undefined ? {} : { preemptionPolicy: policy }),
  })
}

/** A Pod that gives its overhead has to agree with its class. */
function runtimeClass(name: string, objects: readonly JsonObject[], spec: JsonValue | undefined): Seed {
  const own = find(objects, 'node.k8s.io', 'RuntimeClass', name)
  const fixed = property(spec, 'overhead')
  const overhead = property(own, 'overhead') ?? (fixed === undefined ? undefined : { podFixed: fixed })
  const scheduling = property(own, 'scheduling')
  return seed('runtime class', 'node.k8s.io/v1', 'RuntimeClass', '', name, {
    metadata: { name },
    handler: property(own, 'handler') ?? 'assumed',
    ...(overhead === undefined ? {} : { overhead }),
    ...(scheduling === undefined ? {} : { scheduling }),
  })
}

/** Admission policies of the repository that are bound, their bindings, and the parameters that the bindings name. */
export interface PolicySeeds {
  parameters: Seed[]
  policies: Seed[]
  bindings: Seed[]
}

export function policySeeds(objects: readonly JsonObject[]): PolicySeeds {
  const seeds: PolicySeeds = { parameters: [], policies: [], bindings: [] }
  for (const binding of objects) {
    if (!isOfGroup(binding, 'admissionregistration.k8s.io')) continue
    const kind = /^(?<policy>(?:Validating|Mutating)AdmissionPolicy)Binding$/.exec(text(binding, 'kind'))
      ?.groups?.['policy']
    if (kind === undefined) continue
    const policy = find(
      objects,
      'admissionregistration.k8s.io',
      kind,
      text(property(binding, 'spec'), 'policyName'),
    )
    if (policy === undefined) continue
    seeds.policies.push(asIs('admission policy', policy))
    seeds.bindings.push(asIs('admission policy binding', binding))
    const parameterKind = valueAt(policy, '/spec/paramKind')
    const reference = valueAt(binding, '/spec/paramRef')
    if (!isObject(parameterKind) || !isObject(reference)) continue
    for (const object of objects)
      if (
        text(object, 'apiVersion') === text(parameterKind, 'apiVersion') &&
        text(object, 'kind') === text(parameterKind, 'kind') &&
        // With a selector, the server itself leaves out what does not match.
        (property(reference, 'name') === undefined || text(reference, 'name') === nameOf(object))
      )
        seeds.parameters.push(asIs('policy parameter', object))
  }
  return seeds
}

function isPolicy(object: JsonObject): boolean {
  return isOfGroup(object, 'admissionregistration.k8s.io') && text(object, 'kind').endsWith('AdmissionPolicy')
}

function isOfGroup(object: JsonObject, group: string): boolean {
  return groupOf(text(object, 'apiVersion')) === group
}

function find(
  objects: readonly JsonObject[],
  group: string,
  kind: string,
  name: string,
): JsonObject | undefined {
  return objects.find(
    (object) => isOfGroup(object, group) && text(object, 'kind') === kind && nameOf(object) === name,
  )
}

function seed(
  noun: string,
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
  fields: JsonObject,
): Seed {
  const what = `${noun} ${namespace === '' ? name : `${namespace}/${name}`}`
  return { what, apiVersion, kind, namespace, name, object: { apiVersion, kind, ...fields } }
}

function asIs(noun: string, object: JsonObject): Seed {
  const namespace = text(property(object, 'metadata'), 'namespace')
  return seed(noun, text(object, 'apiVersion'), text(object, 'kind'), namespace, nameOf(object), bare(object))
}

/** Without what only the server writes. */
function bare(object: JsonObject): JsonObject {
  const { status: _status, ...rest } = object
  const metadata = property(object, 'metadata')
  if (!isObject(metadata)) return rest
  const { resourceVersion: _version, uid: _uid, managedFields: _fields, ...kept } = metadata
  return { ...rest, metadata: kept }
}

function kindKey(apiVersion: string, kind: string): string {
  return `${groupOf(apiVersion)} ${kind}`
}

function nameOf(object: JsonObject): string {
  return text(property(object, 'metadata'), 'name')
}

function namespaceOf(object: JsonObject): string {
  return text(property(object, 'metadata'), 'namespace') || 'default'
}

export function text(value: JsonValue | undefined, key: string): string {
  const found = property(value, key)
  return typeof found === 'string' ? found : ''
}

import { property, valueAt, type JsonObject, type JsonValue, type Power } from '../model/index.ts'
import type { Resource } from '../resources/index.ts'
import type { At, BindingFacts, BoundAccounts, GrantFacts, RoleFacts } from './facts.ts'
import { selectorOf } from './selectors.ts'
import { itemsOf, labelsOf, textOf, textsOf } from './values.ts'

const verbs: ReadonlySet<string> = new Set([
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
  '*',
])

/** API groups of the resources that make pods, by resource. */
const podMakers: ReadonlyMap<string, readonly string[]> = new Map([
  ['pods', ['']],
  ['replicationcontrollers', ['']],
  ['deployments', ['apps', 'extensions']],
  ['replicasets', ['apps', 'extensions']],
  ['daemonsets', ['apps', 'extensions']],
  ['statefulsets', ['apps']],
  ['jobs', ['batch']],
  ['cronjobs', ['batch']],
])

/** What a role lets its holders do, as far as policies ask. */
export function roleOf(object: JsonObject): RoleFacts {
  const rules = itemsOf(property(object, 'rules'))
  return {
    labels: labelsOf(valueAt(object, '/metadata/labels')) ?? {},
    secrets: grantOf(rules, secretVerbs),
    podMakers: grantOf(rules, creatable),
    powers: powersOf(rules),
    collects: itemsOf(valueAt(object, '/aggregationRule/clusterRoleSelectors')).flatMap(
      (selector) => selectorOf(selector) ?? [],
    ),
  }
}

interface Given {
  to: readonly string[]
  /** Whether the rule reaches objects that it does not name, in a group that has them. */
  isWide: boolean
}

function grantOf(rules: readonly JsonValue[], given: (rule: JsonValue) => Given): GrantFacts {
  const wide = new Set<string>()
  let hasNarrow = false
  for (const rule of rules) {
    const { to, isWide } = given(rule)
    if (isWide) for (const one of to) wide.add(one)
    else hasNarrow ||= to.length > 0
  }
  return { to: [...wide], hasNarrow }
}

/** Verbs on secrets. All of them count: what changes a secret, or deletes many, is answered with what was in them. */
function secretVerbs(rule: JsonValue): Given {
  const names = textsOf(property(rule, 'resources'))
  if (!names.includes('secrets') && !names.includes('*')) return { to: [], isWide: false }
  return {
    to: textsOf(property(rule, 'verbs')).filter((verb) => verbs.has(verb)),
    isWide: isOfGroup(rule, ['']) && !namesObjects(rule),
  }
}

/** Resources that make pods, and that may be created. */
function creatable(rule: JsonValue): Given {
  const allowed = textsOf(property(rule, 'verbs'))
  if (!allowed.includes('create') && !allowed.includes('*')) return { to: [], isWide: false }
  const names = textsOf(property(rule, 'resources'))
  const to = names.filter((name) => name === '*' || podMakers.has(name))
  const reached = to.filter((name) =>
    isOfGroup(rule, name === '*' ? [...podMakers.values()].flat() : (podMakers.get(name) ?? [])),
  )
  // Whoever creates an object has not named it yet, so that such a rule allows nothing.
  const isWide = reached.length > 0 && !namesObjects(rule)
  return { to: isWide ? reached : to, isWide }
}

function isOfGroup(rule: JsonValue, groups: readonly string[]): boolean {
  return textsOf(property(rule, 'apiGroups')).some((group) => group === '*' || groups.includes(group))
}

function namesObjects(rule: JsonValue): boolean {
  return itemsOf(property(rule, 'resourceNames')).length > 0
}

/** Undefined for a binding that names no role. */
export function bindingOf({ object, namespace }: Resource, at: At): BindingFacts | undefined {
  const role = property(object, 'roleRef')
  const kind = textOf(property(role, 'kind'))
  const name = textOf(property(role, 'name'))
  if (kind === '' || name === '') return undefined
  const accounts = itemsOf(property(object, 'subjects')).flatMap((subject, index) => {
    const account = accountOf(subject, namespace)
    return account === undefined ? [] : [{ ...account, at: at(`/subjects/${index}/name`) }]
  })
  return { kind, name, at: at('/roleRef/name'), accounts }
}

/** The service accounts that a subject stands for: one, under either of its names, or a group of them. */
function accountOf(subject: JsonValue, namespace: string): Omit<BoundAccounts, 'at'> | undefined {
  const name = textOf(property(subject, 'name'))
  const [system, what, where = '', own = ''] = name.split(':')
  const kind = property(subject, 'kind')
  if (kind === 'ServiceAccount')
    return { name, namespace: textOf(property(subject, 'namespace')) || namespace }
  if (system !== 'system') return undefined
  if (kind === 'User' && what === 'serviceaccount') return { name: own, namespace: where }
  return kind === 'Group' && what === 'serviceaccounts' ? { namespace: where } : undefined
}

interface Taken {
  power: Power
  verbs: readonly string[]
  /** API groups that have the resource, by resource. */
  on: ReadonlyMap<string, readonly string[]>
}

const inGroup = (group: string, resources: readonly string[]): Taken['on'] =>
  new Map(resources.map((resource) => [resource, [group]]))

export const rbac = 'rbac.authorization.k8s.io'
const grants = ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings']

/** What each power takes; a rule that names its objects gives a part of it, and is left out. */
const takes: readonly Taken[] = [
  { power: 'escalate', verbs: ['escalate', 'bind'], on: inGroup(rbac, grants) },
  { power: 'impersonate', verbs: ['impersonate'], on: inGroup('', ['users', 'groups', 'serviceaccounts']) },
  { power: 'pods-exec', verbs: ['create', 'get'], on: inGroup('', ['pods/exec', 'pods/attach']) },
  { power: 'create-pods', verbs: ['create'], on: podMakers },
  { power: 'read-secrets', verbs: ['get', 'list', 'watch'], on: inGroup('', ['secrets']) },
]

function powersOf(rules: readonly JsonValue[]): Power[] {
  const found = new Set<Power>()
  for (const rule of rules) {
    if (namesObjects(rule)) continue
    const verbs = textsOf(property(rule, 'verbs'))
    const resources = textsOf(property(rule, 'resources'))
    const groups = textsOf(property(rule, 'apiGroups'))
    const everything = [verbs, resources, groups].filter((list) => list.includes('*')).length
    if (everything === 3) found.add('cluster-admin')
    if (verbs.includes('*') && (resources.includes('*') || reaches(rule, 'secrets', [''])))
      found.add('wildcard')
    for (const { power, verbs: wanted, on } of takes)
      if (
        verbs.some((verb) => verb === '*' || wanted.includes(verb)) &&
        [...on].some(([resource, of]) => reaches(rule, resource, of))
      )
        found.add(power)
  }
  return [...found]
}

/** All resources of a group are those of that group alone. */
function reaches(rule: JsonValue, resource: string, groups: readonly string[]): boolean {
  const names = textsOf(property(rule, 'resources'))
  return (names.includes('*') || names.includes(resource)) && isOfGroup(rule, groups)
}

/** The clouds bind their identities to a service account by an annotation of it. */
const cloudAnnotations = [
  'eks.amazonaws.com/role-arn',
  'iam.gke.io/gcp-service-account',
  'azure.workload.identity/client-id',
]

export function isCloudIdentity(object: JsonObject): boolean {
  const annotations = valueAt(object, '/metadata/annotations')
  return cloudAnnotations.some((name) => textOf(property(annotations, name)) !== '')
}

import { z } from 'zod'
import { builtInKinds } from '../policies/index.ts'
import { Untold } from './untold.ts'

/** Which requests a policy looks at, in the words of Kubernetes. */
const labels = z.looseObject({
  matchLabels: z.record(z.string(), z.string()).nullish(),
  matchExpressions: z.array(z.unknown()).nullish(),
})
const ruleSchema = z.strictObject({
  apiGroups: z.array(z.string()).min(1),
  apiVersions: z.array(z.string()).min(1),
  operations: z.array(z.string()).min(1),
  resources: z.array(z.string()).min(1),
  resourceNames: z.array(z.string()).nullish(),
  scope: z.string().nullish(),
})
type Rule = z.infer<typeof ruleSchema>

export const constraintsSchema = z.strictObject({
  resourceRules: z.array(ruleSchema).min(1),
  excludeResourceRules: z.array(z.unknown()).nullish(),
  namespaceSelector: labels.nullish(),
  objectSelector: labels.nullish(),
  matchPolicy: z.string().nullish(),
})
export type Constraints = z.infer<typeof constraintsSchema>

/** The kinds that a policy looks at, and what else its object has to be; an expression that cannot fail. */
export interface Matching {
  kinds: string[]
  condition: string
}

export function matchingOf(constraints: Constraints): Matching {
  const { resourceRules, excludeResourceRules, namespaceSelector, objectSelector } = constraints
  if (isSelective(namespaceSelector))
    throw new Untold('it selects namespaces by their labels, which a manifest does not tell')
  if (isSelective(objectSelector)) throw new Untold('it selects objects by their labels (objectSelector)')
  if ((excludeResourceRules ?? []).length > 0) throw new Untold('it has excludeResourceRules')
  // An object in a file is one that somebody is about to create.
  const rules = resourceRules.filter(({ operations }) =>
    operations.some((one) => one === '*' || one === 'CREATE'),
  )
  if (rules.length === 0) throw new Untold('it does not look at objects as they are created')
  const matching = rules.map(matchingOfRule)
  return {
    kinds: [...new Set(matching.flatMap(({ kinds }) => kinds))],
    condition: either(matching.map(({ condition }) => condition)),
  }
}

/** What Kyverno makes of a policy about pods: the same of all that carries a pod template. */
export function isAboutPods({ resourceRules, excludeResourceRules, objectSelector }: Constraints): boolean {
  const [rule, ...more] = resourceRules
  if (rule === undefined || more.length > 0) return false
  const is = (names: readonly string[], name: string): boolean => names.length === 1 && names[0] === name
  return (
    !isSelective(objectSelector) &&
    (excludeResourceRules ?? []).length === 0 &&
    (rule.resourceNames ?? []).length === 0 &&
    is(rule.apiGroups, '') &&
    is(rule.apiVersions, 'v1') &&
    is(rule.resources, 'pods')
  )
}

function isSelective(selector: Constraints['objectSelector']): boolean {
  const { matchLabels, matchExpressions } = selector ?? {}
  return Object.keys(matchLabels ?? {}).length > 0 || (matchExpressions ?? []).length > 0
}

function matchingOfRule(rule: Rule): Matching {
  if ((rule.resourceNames ?? []).length > 0) throw new Untold('it names single objects (resourceNames)')
  if ((rule.scope ?? '*') !== '*') throw new Untold('it is about one scope alone')
  const groups = rule.apiGroups.includes('*') ? ['*'] : rule.apiGroups
  const names = rule.resources.flatMap(wholeResource)
  if (names.length === 0) throw new Untold('it looks at parts of objects alone (subresources)')
  const kinds = names.includes('*')
    ? groups.map((group) => (group === '*' ? 'any' : `${group}/*`))
    : kindsNamed(names, groups)
  return { kinds, condition: conditionOf(kinds, rule) }
}

/** The resource that a name of a rule stands for; none for a part of one, such as `pods/exec`. */
function wholeResource(name: string): string[] {
  const [resource = '', part] = name.split('/', 2)
  return part === undefined || part === '*' ? [resource] : []
}

function kindsNamed(names: readonly string[], groups: readonly string[]): string[] {
  const searched = groups.includes('*') ? [...builtInKinds.keys(), ...gone.keys()] : groups
  const known = searched.flatMap((group) =>
    [...kindsOf(group)].map((kind) => ({ group, kind, resource: resourceOf(kind) })),
  )
  for (const group of groups)
    if (group !== '*' && kindsOf(group).length === 0)
      throw new Untold(`the kinds of the group ${group} are not known by the names of their resources`)
  for (const name of names)
    if (!known.some(({ resource }) => resource === name))
      throw new Untold(`the resource ${name} is not one of Kubernetes itself`)
  return known.filter(({ resource }) => names.includes(resource)).map(({ group, kind }) => `${group}/${kind}`)
}

/** Groups that Kubernetes once had; files still hold their objects. */
const gone: ReadonlyMap<string, readonly string[]> = new Map([
  ['extensions', ['DaemonSet', 'Deployment', 'Ingress', 'NetworkPolicy', 'PodSecurityPolicy', 'ReplicaSet']],
])

function kindsOf(group: string): readonly string[] {
  const known = builtInKinds.get(group)
  return known === undefined ? (gone.get(group) ?? []) : [...known.namespaced, ...known.clusterWide]
}

/** The plural by which the API knows a kind, as Kubernetes guesses it. */
function resourceOf(kind: string): string {
  const name = kind.toLowerCase()
  if (name === 'endpoints') return name
  if (name.endsWith('s')) return `${name}es`
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`
}

function conditionOf(kinds: readonly string[], { apiGroups, apiVersions }: Rule): string {
  const isAnyVersion = apiVersions.includes('*')
  const isAnyGroup = apiGroups.includes('*')
  const parts: string[] = []
  const names = kinds.map((kind) => kind.slice(kind.indexOf('/') + 1))
  if (!kinds.includes('any') && !names.includes('*'))
    parts.push(`object.kind in ${list([...new Set(names)])}`)
  if (isAnyGroup && !isAnyVersion)
    parts.push(
      either(
        apiVersions.map(
          (version) =>
            `object.apiVersion == ${text(version)} || object.apiVersion.endsWith(${text(`/${version}`)})`,
        ),
      ),
    )
  else if (!isAnyGroup && isAnyVersion)
    parts.push(
      either(
        apiGroups.map((group) =>
          group === ''
            ? '!object.apiVersion.contains("/")'
            : `object.apiVersion.startsWith(${text(`${group}/`)})`,
        ),
      ),
    )
  else if (!isAnyGroup)
    parts.push(
      `object.apiVersion in ${list(apiGroups.flatMap((group) => apiVersions.map((version) => (group === '' ? version : `${group}/${version}`))))}`,
    )
  return parts.length === 0 ? 'true' : parts.join(' && ')
}

function either(conditions: readonly string[]): string {
  const all = [...new Set(conditions)]
  if (all.includes('true')) return 'true'
  return `(${all.map((one) => (all.length > 1 ? `(${one})` : one)).join(' || ')})`
}

function text(value: string): string {
  return JSON.stringify(value.toWellFormed())
}

function list(values: readonly string[]): string {
  return `[${values.map(text).join(', ')}]`
}

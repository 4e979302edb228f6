import { posix } from 'node:path'
import type { Labels, Place, ResourceFacts, RoleFacts } from './facts.ts'
import { labelled, selecting } from './labelled.ts'
import { append, Lists, meets } from './lists.ts'
import { selectsAll, type Selector } from './selectors.ts'

/** The facts of all files, to be asked. References are looked up as if the whole repository were applied. */
export interface Inventory {
  readonly resources: readonly ResourceFacts[]
  /** What makes pods that carry all these labels in a namespace; nothing for no labels. */
  podsWith(labels: Labels, namespace: string): ResourceFacts[]
  /** Whether there is any; stops at the first. */
  hasPodsWith(labels: Labels, namespace: string): boolean
  /** What makes pods that a selector fits; whatever makes pods for one that selects all. */
  podsSelected(selector: Selector, namespace: string): ResourceFacts[]
  /** Whether there is any; stops at the first. */
  hasPodsSelected(selector: Selector, namespace: string): boolean
  /** The services that a selector fits, in any namespace. */
  servicesSelected(selector: Selector): Iterable<ResourceFacts>
  /** The network policies that hold, or may hold, for pods with these labels, one after the other. */
  networkPoliciesOf(labels: Labels, namespace: string): Iterable<ResourceFacts>
  /** The services that send to pods with these labels, one after the other. */
  servicesOf(labels: Labels, namespace: string): Iterable<ResourceFacts>
  /** The kustomizations that apply a file by its name, or stand beside it. */
  kustomizationsOf(file: string): readonly ResourceFacts[]
  /** The resources of a `group/Kind` and name in a namespace; of those that leave facts. */
  named(groupKind: string, name: string, namespace: string): readonly ResourceFacts[]
  /** What makes the config map or secret of a `group/Kind` and name, without holding it. */
  madeBy(groupKind: string, name: string, namespace: string): readonly ResourceFacts[]
  /** Whether a config map or secret of that name has a key, or is one that something else fills in. */
  hasKey(groupKind: string, name: string, key: string, namespace: string): boolean
  /**
   * The cluster roles whose rules a cluster role takes over, where they give anything that policies ask about, and of
   * those what is wanted. What they take over themselves is not seen.
   */
  collectedBy(role: ResourceFacts, isWanted: (other: ResourceFacts) => boolean): Iterable<ResourceFacts>
  /** Where bindings give a role to a service account, in the order of the files. */
  boundAt(account: string, namespace: string): readonly FilePlace[]
  /** What scales the resource of a `group/Kind` and name. */
  autoscalersOf(groupKind: string, name: string, namespace: string): readonly ResourceFacts[]
}

/** Somewhere in the repository. */
export interface FilePlace {
  file: string
  at: Place
}

export function inventoryOf(facts: readonly ResourceFacts[]): Inventory {
  const byName = new Lists()
  const byTarget = new Lists()
  const byMade = new Lists()
  const byKey = new Lists()
  const open = new Lists()
  const foreignNetworkPolicies = new Lists()
  const bound = new Map<string | undefined, (FilePlace & { namespace: string })[]>()
  const byApplied = new Map<string, ResourceFacts[]>()
  for (const resource of facts) {
    const { group, reference, autoscaler, makes, kustomization, holder, isForeignNetworkPolicy } = resource
    const name = [`${group}/${reference.kind}`, reference.name]
    byName.add(name, resource)
    if (autoscaler !== undefined) byTarget.add([autoscaler.groupKind, autoscaler.name], resource)
    for (const made of makes ?? []) byMade.add([`/${made.kind}`, made.name], resource)
    for (const { name: account, namespace, at } of resource.binding?.accounts ?? [])
      append(bound, account, { file: resource.file, at, namespace })
    if (kustomization !== undefined)
      for (const file of new Set([...kustomization.applies, besideOf(resource.file)]))
        append(byApplied, file, resource)
    for (const key of holder?.keys ?? []) byKey.add([...name, key], resource)
    if (holder?.isOpen === true) open.add(name, resource)
    if (isForeignNetworkPolicy === true) foreignNetworkPolicies.add([], resource)
  }
  const selectorOf = (labels: Labels): Selector => ({ labels, requirements: [] })
  const pods = labelled(facts, (resource) => resource.pods?.labels)
  const services = labelled(facts, (resource) => resource.service?.labels)
  // Those that give nothing need not be found.
  const clusterRoles = labelled(facts, ({ role, reference }) =>
    reference.kind === 'ClusterRole' && role !== undefined && givesAnything(role) ? role.labels : undefined,
  )
  const networkPolicies = selecting(facts, ({ networkPolicy }) => networkPolicy?.selector)
  const selectingServices = selecting(facts, ({ service }) =>
    service === undefined || Object.keys(service.selector).length === 0
      ? undefined
      : selectorOf(service.selector),
  )
  const podsOf = (selector: Selector, namespace: string): Iterable<ResourceFacts> =>
    pods.fitting(selector, ({ reference }) => meets(reference.namespace, namespace))
  return {
    resources: facts,
    podsWith: (labels, namespace) => {
      const selector = selectorOf(labels)
      return selectsAll(selector) ? [] : [...podsOf(selector, namespace)]
    },
    hasPodsWith: (labels, namespace) => {
      const selector = selectorOf(labels)
      return !selectsAll(selector) && hasAny(podsOf(selector, namespace))
    },
    podsSelected: (selector, namespace) => [...podsOf(selector, namespace)],
    hasPodsSelected: (selector, namespace) => hasAny(podsOf(selector, namespace)),
    servicesSelected: (selector) => services.fitting(selector, () => true),
    networkPoliciesOf: function* (labels, namespace) {
      yield* foreignNetworkPolicies.get([], namespace)
      for (const policy of networkPolicies.selecting(labels))
        if (meets(policy.reference.namespace, namespace)) yield policy
    },
    servicesOf: function* (labels, namespace) {
      for (const service of selectingServices.selecting(labels))
        if (meets(service.reference.namespace, namespace)) yield service
    },
    kustomizationsOf: (file) => [
      ...new Set([file, besideOf(file)].flatMap((one) => byApplied.get(one) ?? [])),
    ],
    named: (groupKind, name, namespace) => byName.get([groupKind, name], namespace),
    madeBy: (groupKind, name, namespace) => byMade.get([groupKind, name], namespace),
    hasKey: (groupKind, name, key, namespace) =>
      byKey.get([groupKind, name, key], namespace).length > 0 ||
      open.get([groupKind, name], namespace).length > 0,
    autoscalersOf: (groupKind, name, namespace) => byTarget.get([groupKind, name], namespace),
    boundAt: (account, namespace) =>
      [...(bound.get(account) ?? []), ...(bound.get(undefined) ?? [])]
        .filter((one) => meets(one.namespace, namespace))
        .map(({ file, at }) => ({ file, at }))
        .toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.at.document - b.at.document)),
    collectedBy: function* ({ role }, isWanted) {
      for (const selector of role?.collects ?? []) yield* clusterRoles.fitting(selector, isWanted)
    },
  }
}

/** A name for all that stands in the folder of a file, which no file and no folder has. */
function besideOf(file: string): string {
  return `${posix.dirname(file)}/`
}

function givesAnything({ secrets, podMakers }: RoleFacts): boolean {
  return secrets.to.length > 0 || podMakers.to.length > 0
}

function hasAny(items: Iterable<unknown>): boolean {
  const [first] = items
  return first !== undefined
}

import type { Labels, ResourceFacts } from './facts.ts'
import { append, keyOf, labelled, selecting } from './labelled.ts'
import { selects, selectsAll, type Selector } from './selectors.ts'

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
  servicesSelected(selector: Selector): ResourceFacts[]
  /** The network policies that hold, or may hold, for pods with these labels, one after the other. */
  networkPoliciesOf(labels: Labels, namespace: string): Iterable<ResourceFacts>
  /** The resources of a `group/Kind` and name in a namespace; of those that leave facts. */
  named(groupKind: string, name: string, namespace: string): ResourceFacts[]
  /** What makes the config map or secret of a `group/Kind` and name, without holding it. */
  madeBy(groupKind: string, name: string, namespace: string): ResourceFacts[]
  /** The cluster roles whose rules a cluster role takes over, at one remove: what those take over themselves is not seen. */
  collectedBy(role: ResourceFacts): readonly ResourceFacts[]
  /** What scales the resource of a `group/Kind` and name. */
  autoscalersOf(groupKind: string, name: string, namespace: string): ResourceFacts[]
}

export function inventoryOf(facts: readonly ResourceFacts[]): Inventory {
  const byName = new Map<string, ResourceFacts[]>()
  const byTarget = new Map<string, ResourceFacts[]>()
  const byMade = new Map<string, ResourceFacts[]>()
  for (const resource of facts) {
    const { group, reference, autoscaler, makes } = resource
    append(byName, keyOf([`${group}/${reference.kind}`, reference.name]), resource)
    if (autoscaler !== undefined) append(byTarget, keyOf([autoscaler.groupKind, autoscaler.name]), resource)
    for (const { kind, name } of makes ?? []) append(byMade, keyOf([`/${kind}`, name]), resource)
  }
  const lookUp =
    (index: ReadonlyMap<string, ResourceFacts[]>) =>
    (groupKind: string, name: string, namespace: string): ResourceFacts[] =>
      (index.get(keyOf([groupKind, name])) ?? []).filter(({ reference }) =>
        meets(reference.namespace, namespace),
      )
  const pods = labelled(facts, (resource) => resource.pods?.labels)
  const services = labelled(facts, (resource) => resource.service?.labels)
  const clusterRoles = labelled(facts, ({ role, reference }) =>
    reference.kind === 'ClusterRole' ? role?.labels : undefined,
  )
  const networkPolicies = selecting(facts, ({ networkPolicy }) => networkPolicy?.selector)
  const foreignNetworkPolicies = facts.filter((resource) => resource.isForeignNetworkPolicy === true)
  const isSelected =
    (selector: Selector, namespace: string) =>
    ({ pods: made, reference }: ResourceFacts): boolean =>
      made !== undefined && meets(reference.namespace, namespace) && selects(selector, made.labels)
  const podsSelected: Inventory['podsSelected'] = (selector, namespace) =>
    pods.candidates(selector).filter(isSelected(selector, namespace))
  const hasPodsSelected: Inventory['hasPodsSelected'] = (selector, namespace) =>
    pods.candidates(selector).some(isSelected(selector, namespace))
  const collected = new Map<ResourceFacts, ResourceFacts[]>()
  return {
    resources: facts,
    podsWith: (labels, namespace) => {
      const selector = { labels, requirements: [] }
      return selectsAll(selector) ? [] : podsSelected(selector, namespace)
    },
    hasPodsWith: (labels, namespace) => {
      const selector = { labels, requirements: [] }
      return !selectsAll(selector) && hasPodsSelected(selector, namespace)
    },
    podsSelected,
    hasPodsSelected,
    servicesSelected: (selector) =>
      services
        .candidates(selector)
        .filter(({ service }) => service !== undefined && selects(selector, service.labels)),
    networkPoliciesOf: function* (labels, namespace) {
      for (const policies of [foreignNetworkPolicies, networkPolicies.selecting(labels)])
        for (const policy of policies) if (meets(policy.reference.namespace, namespace)) yield policy
    },
    named: lookUp(byName),
    madeBy: lookUp(byMade),
    autoscalersOf: lookUp(byTarget),
    collectedBy: (role) => {
      const known = collected.get(role)
      if (known !== undefined) return known
      const found = new Set(
        (role.role?.collects ?? []).flatMap((selector) =>
          clusterRoles
            .candidates(selector)
            .filter((other) => other.role !== undefined && selects(selector, other.role.labels)),
        ),
      )
      const list = [...found]
      collected.set(role, list)
      return list
    },
  }
}

/**
 * Whether two objects may end up in one namespace. One that names none goes where the person who applies it, or a
 * kustomization, says, and that may be anywhere.
 */
export function meets(a: string, b: string): boolean {
  return a === b || a === '' || b === ''
}

import type { Labels, ResourceFacts } from './facts.ts'

/** The facts of all files, to be asked. References are looked up as if the whole repository were applied. */
export interface Inventory {
  readonly resources: readonly ResourceFacts[]
  /** What makes pods that carry all these labels in a namespace; nothing for no labels. */
  podsWith(labels: Labels, namespace: string): ResourceFacts[]
  /** Whether there is any; stops at the first. */
  hasPodsWith(labels: Labels, namespace: string): boolean
  /** The resources of a `group/Kind` and name in a namespace; of those that leave facts. */
  named(groupKind: string, name: string, namespace: string): ResourceFacts[]
  /** What scales the resource of a `group/Kind` and name. */
  autoscalersOf(groupKind: string, name: string, namespace: string): ResourceFacts[]
}

export function inventoryOf(facts: readonly ResourceFacts[]): Inventory {
  const byLabel = new Map<string, ResourceFacts[]>()
  const byName = new Map<string, ResourceFacts[]>()
  const byTarget = new Map<string, ResourceFacts[]>()
  for (const resource of facts) {
    const { pods, group, reference, autoscaler } = resource
    for (const label of Object.entries(pods?.labels ?? {})) append(byLabel, keyOf(label), resource)
    append(byName, keyOf([`${group}/${reference.kind}`, reference.name]), resource)
    if (autoscaler !== undefined) append(byTarget, keyOf([autoscaler.groupKind, autoscaler.name]), resource)
  }
  const lookUp =
    (index: ReadonlyMap<string, ResourceFacts[]>) =>
    (groupKind: string, name: string, namespace: string): ResourceFacts[] =>
      (index.get(keyOf([groupKind, name])) ?? []).filter(({ reference }) =>
        meets(reference.namespace, namespace),
      )
  /** What carries the rarest of the labels: the fewest to look at. */
  const candidates = (labels: Labels): readonly ResourceFacts[] => {
    const lists = Object.entries(labels).map((label) => byLabel.get(keyOf(label)) ?? [])
    return lists.sort((a, b) => a.length - b.length)[0] ?? []
  }
  const carries =
    (labels: Labels, namespace: string) =>
    ({ pods, reference }: ResourceFacts): boolean =>
      meets(reference.namespace, namespace) &&
      Object.entries(labels).every(([key, value]) => pods?.labels[key] === value)
  return {
    resources: facts,
    podsWith: (labels, namespace) => candidates(labels).filter(carries(labels, namespace)),
    hasPodsWith: (labels, namespace) => candidates(labels).some(carries(labels, namespace)),
    named: lookUp(byName),
    autoscalersOf: lookUp(byTarget),
  }
}

/**
 * Whether two objects may end up in one namespace. One that names none goes where the person who applies it, or a
 * kustomization, says, and that may be anywhere.
 */
export function meets(a: string, b: string): boolean {
  return a === b || a === '' || b === ''
}

function keyOf(parts: readonly [string, string]): string {
  return parts.join('\n')
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}

import type { Labels, ResourceFacts } from './facts.ts'
import { selects, type Requirement, type Selector } from './selectors.ts'

/** What carries labels, to be found by a selector. */
export interface Labelled {
  /** What may fit the selector, and whatever fits it; the fewest that the index can give. */
  candidates(selector: Selector): readonly ResourceFacts[]
}

export function labelled(
  resources: readonly ResourceFacts[],
  labelsOf: (resource: ResourceFacts) => Labels | undefined,
): Labelled {
  const all: ResourceFacts[] = []
  const byLabel = new Map<string, ResourceFacts[]>()
  const byKey = new Map<string, ResourceFacts[]>()
  for (const resource of resources) {
    const labels = labelsOf(resource)
    if (labels === undefined) continue
    all.push(resource)
    for (const [key, value] of Object.entries(labels)) {
      append(byLabel, keyOf([key, value]), resource)
      append(byKey, key, resource)
    }
  }
  const withOneOf = ({ key, values }: Requirement): ResourceFacts[] =>
    [...new Set(values)].flatMap((value) => byLabel.get(keyOf([key, value])) ?? [])
  return {
    candidates({ labels, requirements }) {
      const lists = Object.entries(labels).map((label) => byLabel.get(keyOf(label)) ?? [])
      const [rarest] = lists.sort((a, b) => a.length - b.length)
      if (rarest !== undefined) return rarest
      const listed = requirements.find(({ operator }) => operator === 'In')
      if (listed !== undefined) return withOneOf(listed)
      const present = requirements.find(({ operator }) => operator === 'Exists')
      return present === undefined ? all : (byKey.get(present.key) ?? [])
    },
  }
}

/** Selectors, to be found by the labels that they select. */
export interface Selecting {
  /** The resources whose selector fits labels, one after the other. */
  selecting(labels: Labels): Iterable<ResourceFacts>
}

/** Each selector stands in the index under one label or key that it cannot do without, else it is tried every time. */
export function selecting(
  resources: readonly ResourceFacts[],
  selectorOf: (resource: ResourceFacts) => Selector | undefined,
): Selecting {
  const byLabel = new Map<string, ResourceFacts[]>()
  const byKey = new Map<string, ResourceFacts[]>()
  const others: ResourceFacts[] = []
  for (const resource of resources) {
    const selector = selectorOf(resource)
    if (selector === undefined) continue
    const [label] = Object.entries(selector.labels)
    const listed = selector.requirements.find(({ operator }) => operator === 'In')
    const present = selector.requirements.find(({ operator }) => operator === 'Exists')
    if (label !== undefined) append(byLabel, keyOf(label), resource)
    else if (listed !== undefined)
      for (const value of new Set(listed.values)) append(byLabel, keyOf([listed.key, value]), resource)
    else if (present !== undefined) append(byKey, present.key, resource)
    else others.push(resource)
  }
  function* candidates(labels: Labels): Iterable<ResourceFacts> {
    yield* others
    for (const [key, value] of Object.entries(labels)) {
      yield* byLabel.get(keyOf([key, value])) ?? []
      yield* byKey.get(key) ?? []
    }
  }
  return {
    *selecting(labels) {
      for (const resource of candidates(labels)) {
        const selector = selectorOf(resource)
        if (selector !== undefined && selects(selector, labels)) yield resource
      }
    },
  }
}

export function keyOf(parts: readonly [string, string]): string {
  return parts.join('\n')
}

export function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}

import type { Labels, ResourceFacts } from './facts.ts'
import { matcherOf, type Requirement, type Selector } from './selectors.ts'
import { append, keyOf } from './lists.ts'

/** What carries labels, to be found by a selector. */
export interface Labelled {
  /** What fits the selector, and of that what is wanted; one after the other. */
  fitting(selector: Selector, isWanted: (resource: ResourceFacts) => boolean): Iterable<ResourceFacts>
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
    [...values].flatMap((value) => byLabel.get(keyOf([key, value])) ?? [])
  /** What carries the rarest of the labels, or else one of the keys: few to look at. */
  const candidates = ({ labels, requirements }: Selector): readonly ResourceFacts[] => {
    const lists = Object.entries(labels).map((label) => byLabel.get(keyOf(label)) ?? [])
    const [rarest] = lists.sort((a, b) => a.length - b.length)
    if (rarest !== undefined) return rarest
    const listed = requirements.find(({ operator }) => operator === 'In')
    if (listed !== undefined) return withOneOf(listed)
    const present = requirements.find(({ operator }) => operator === 'Exists')
    return present === undefined ? all : (byKey.get(present.key) ?? [])
  }
  return {
    *fitting(selector, isWanted) {
      const fits = matcherOf(selector)
      for (const resource of candidates(selector)) {
        const labels = labelsOf(resource)
        if (labels !== undefined && fits(labels) && isWanted(resource)) yield resource
      }
    },
  }
}

/** Selectors, to be found by the labels that they select. */
export interface Selecting {
  /** The resources whose selector fits labels, one after the other. */
  selecting(labels: Labels): Iterable<ResourceFacts>
}

interface Selective {
  resource: ResourceFacts
  fits: (labels: Labels) => boolean
}

/** Each selector stands in the index under one label or key that it cannot do without, else it is tried every time. */
export function selecting(
  resources: readonly ResourceFacts[],
  selectorOf: (resource: ResourceFacts) => Selector | undefined,
): Selecting {
  const byLabel = new Map<string, Selective[]>()
  const byKey = new Map<string, Selective[]>()
  const others: Selective[] = []
  const uses = new Map<string, number>()
  for (const resource of resources)
    for (const label of Object.entries(selectorOf(resource)?.labels ?? {}))
      uses.set(keyOf(label), (uses.get(keyOf(label)) ?? 0) + 1)
  for (const resource of resources) {
    const selector = selectorOf(resource)
    if (selector === undefined) continue
    const selective = { resource, fits: matcherOf(selector) }
    const labels = Object.entries(selector.labels).map(keyOf)
    const [rarest] = labels.sort((a, b) => (uses.get(a) ?? 0) - (uses.get(b) ?? 0))
    const listed = selector.requirements.find(({ operator }) => operator === 'In')
    const present = selector.requirements.find(({ operator }) => operator === 'Exists')
    if (rarest !== undefined) append(byLabel, rarest, selective)
    else if (listed !== undefined)
      for (const value of listed.values) append(byLabel, keyOf([listed.key, value]), selective)
    else if (present !== undefined) append(byKey, present.key, selective)
    else others.push(selective)
  }
  const candidates = (labels: Labels): (readonly Selective[])[] => [
    others,
    ...Object.entries(labels).flatMap(([key, value]) => [
      byLabel.get(keyOf([key, value])) ?? [],
      byKey.get(key) ?? [],
    ]),
  ]
  return {
    *selecting(labels) {
      for (const list of candidates(labels))
        for (const { resource, fits } of list) if (fits(labels)) yield resource
    },
  }
}

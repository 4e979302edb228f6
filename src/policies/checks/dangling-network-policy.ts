import { selectorText, selectsAll, wholeText, type Selector } from '../../inventory/index.ts'
import type { RepositoryCheck, RepositoryMatch, RepositoryPlace } from './repository.ts'

/** A network policy whose selector fits no pod of the repository. An empty one fits whatever comes to the namespace. */
export const danglingNetworkPolicy: RepositoryCheck = {
  find(place) {
    const { networkPolicy } = place.facts
    if (networkPolicy === undefined || !isDangling(networkPolicy.selector, place)) return []
    const { selector, at } = networkPolicy
    const message = `no pod of the repository carries the labels that this policy selects (${selectorText(selector)})`
    return [{ key: '', at, message }]
  },
  met: ({ facts: { networkPolicy, reference }, inventory }) =>
    networkPolicy === undefined ? [] : inventory.podsSelected(networkPolicy.selector, reference.namespace),
}

/** A network policy that allows traffic from or to pods of its namespace which the repository does not have. */
export const danglingNetworkPolicyPeer: RepositoryCheck = {
  find(place) {
    const found = new Map<string, RepositoryMatch>()
    for (const { selector, at } of place.facts.networkPolicy?.peers ?? []) {
      const key = wholeText(selector)
      if (found.has(key) || !isDangling(selector, place)) continue
      const message = `no pod of the repository carries the labels that this rule selects (${selectorText(selector)})`
      found.set(key, { key, at, message })
    }
    return [...found.values()]
  },
  met: ({ facts: { networkPolicy, reference }, inventory }) =>
    (networkPolicy?.peers ?? []).flatMap(({ selector }) =>
      inventory.podsSelected(selector, reference.namespace),
    ),
}

function isDangling(selector: Selector, { facts: { reference }, inventory }: RepositoryPlace): boolean {
  return !selectsAll(selector) && !inventory.hasPodsSelected(selector, reference.namespace)
}

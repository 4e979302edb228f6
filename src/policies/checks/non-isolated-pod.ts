import type { ResourceFacts } from '../../inventory/index.ts'
import type { RepositoryCheck, RepositoryPlace } from './repository.ts'

/** Pods that no network policy selects. */
export const nonIsolatedPod: RepositoryCheck = {
  find(place) {
    const { pods } = place.facts
    if (pods === undefined || pods.hasHostNetwork) return []
    const [policy] = policiesOf(place)
    if (policy !== undefined) return []
    return [{ key: '', at: pods.at, message: 'no network policy of the repository selects these pods' }]
  },
  met: (place) => [...policiesOf(place)],
}

function policiesOf({ facts: { pods, reference }, inventory }: RepositoryPlace): Iterable<ResourceFacts> {
  return pods === undefined ? [] : inventory.networkPoliciesOf(pods.labels, reference.namespace)
}

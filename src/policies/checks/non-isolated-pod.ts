import type { PodFacts, PodPort, ResourceFacts, Selector } from '../../inventory/index.ts'
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
  evidence: (place) => ({ openPorts: openPorts(place).length }),
}

function policiesOf({ facts: { pods, reference }, inventory }: RepositoryPlace): Iterable<ResourceFacts> {
  return pods === undefined ? [] : inventory.networkPoliciesOf(pods.labels, reference.namespace)
}

/**
 * The ports on which the repository lets others reach the pods, each once: those that its services send to, and those
 * that stand open at the node. Of all pods that the selector of the workload fits.
 */
export function openPorts({ facts: { pods, reference }, inventory }: RepositoryPlace): PodPort[] {
  if (pods === undefined) return []
  const { namespace } = reference
  const found = new Map<string, PodPort>()
  for (const { labels, nodePorts } of [
    pods,
    ...inventory.podsSelected(selectorOf(pods), namespace).flatMap(podsIn),
  ]) {
    const targets = [...inventory.servicesOf(labels, namespace)].flatMap(
      ({ service }) => service?.targets ?? [],
    )
    for (const one of [...targets, ...nodePorts]) found.set(JSON.stringify([one.port, one.protocol]), one)
  }
  return [...found.values()].toSorted(byPort)
}

/** Numbers first. */
function byPort(a: PodPort, b: PodPort): number {
  if (typeof a.port === 'number' && typeof b.port === 'number') return a.port - b.port || compare(a, b)
  return typeof a.port === typeof b.port ? compare(a, b) : typeof a.port === 'number' ? -1 : 1
}

function compare(a: PodPort, b: PodPort): number {
  const [one, other] = [a, b].map(({ port, protocol }) => `${port} ${protocol}`)
  return (one ?? '') < (other ?? '') ? -1 : 1
}

/** What tells the pods of a workload from others: the selector of the workload, else the labels of the pods. */
export function selectorOf({ selector, labels }: PodFacts): Selector {
  return selector ?? { labels, requirements: [] }
}

function podsIn({ pods }: ResourceFacts): PodFacts[] {
  return pods === undefined ? [] : [pods]
}

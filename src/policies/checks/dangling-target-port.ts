import type { RepositoryCheck } from './repository.ts'

/** A service port that leads to a port of its pods by a name that none of them has. */
export const danglingTargetPort: RepositoryCheck = {
  find(place) {
    const { service } = place.facts
    if (service === undefined || service.namedTargets.length === 0) return []
    const pods = danglingTargetPort.met(place)
    // A service without any pod is another finding.
    if (pods.length === 0) return []
    const names = new Set(pods.flatMap((other) => other.pods?.portNames ?? []))
    return service.namedTargets
      .filter(({ name }) => !names.has(name))
      .map(({ name, at }) => ({
        key: name,
        at,
        message: `no container that this service selects has a port called "${name}"`,
      }))
  },
  met: ({ facts: { service, reference }, inventory }) =>
    service === undefined ? [] : inventory.podsWith(service.selector, reference.namespace),
}

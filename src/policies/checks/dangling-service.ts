import type { RepositoryCheck } from './repository.ts'

/** A service whose selector fits no pod of the repository. One without a selector has its endpoints made by hand. */
export const danglingService: RepositoryCheck = {
  find({ facts: { service, reference }, inventory }) {
    if (service === undefined || Object.keys(service.selector).length === 0) return []
    if (inventory.hasPodsWith(service.selector, reference.namespace)) return []
    const selector = Object.entries(service.selector).map(([key, value]) => `${key}=${value}`)
    return [
      {
        key: '',
        at: service.at,
        message: `no pod of the repository carries the labels that this service selects (${selector.join(', ')})`,
      },
    ]
  },
  met: ({ facts: { service, reference }, inventory }) =>
    service === undefined ? [] : inventory.podsWith(service.selector, reference.namespace),
}

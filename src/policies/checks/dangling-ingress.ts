import type { Inventory, ResourceFacts } from '../../inventory/index.ts'
import type { RepositoryCheck } from './repository.ts'

/** An ingress that sends requests to a service, or to a port of one, that the repository does not have. */
export const danglingIngress: RepositoryCheck = {
  find({ facts: { ingress, reference }, inventory }) {
    return (ingress?.backends ?? []).flatMap(({ service, port, at }) => {
      const services = servicesCalled(inventory, service, reference.namespace)
      if (services.some((other) => other.service?.ports.includes(port) === true)) return []
      const message =
        services.length === 0
          ? `the repository has no service called "${service}"`
          : `the service "${service}" has no port ${port}`
      return [{ key: `${service}:${port}`, at, message }]
    })
  },
  met: ({ facts: { ingress, reference }, inventory }) =>
    (ingress?.backends ?? []).flatMap(({ service }) =>
      servicesCalled(inventory, service, reference.namespace),
    ),
}

function servicesCalled(inventory: Inventory, name: string, namespace: string): readonly ResourceFacts[] {
  return inventory.named('/Service', name, namespace)
}

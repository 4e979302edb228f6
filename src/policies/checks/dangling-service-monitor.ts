import { selectorText, selectsAll } from '../../inventory/index.ts'
import type { RepositoryCheck } from './repository.ts'

/** A service monitor whose selector fits no service of the repository. An empty one fits whatever there will be. */
export const danglingServiceMonitor: RepositoryCheck = {
  find(place) {
    const { monitor } = place.facts
    if (monitor === undefined || selectsAll(monitor.selector)) return []
    if (danglingServiceMonitor.met(place).length > 0) return []
    const { selector, at } = monitor
    const message = `no service of the repository carries the labels that this monitor selects (${selectorText(selector)})`
    return [{ key: '', at, message }]
  },
  met: ({ facts: { monitor, reference }, inventory }) => {
    if (monitor === undefined) return []
    const { selector, namespaces } = monitor
    const services = [...inventory.servicesSelected(selector)]
    if (namespaces === 'any') return services
    const named = new Set(namespaces.length === 0 ? [reference.namespace] : namespaces)
    return services.filter(
      (other) => other.reference.namespace === '' || named.has('') || named.has(other.reference.namespace),
    )
  },
}

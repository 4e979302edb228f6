import { meets, selectorText, selectsAll } from '../../inventory/index.ts'
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
    const allowed = namespaces === 'any' ? [''] : namespaces.length === 0 ? [reference.namespace] : namespaces
    return inventory
      .servicesSelected(selector)
      .filter((other) => allowed.some((namespace) => meets(namespace, other.reference.namespace)))
  },
}

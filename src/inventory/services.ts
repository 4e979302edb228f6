import { property, valueAt, type JsonObject, type JsonValue } from '../model/index.ts'
import type { At, ServiceFacts } from './facts.ts'
import { itemsOf, labelsOf, portOf, protocolOf } from './values.ts'

/** What others refer to in a service, and what it refers to itself. */
export function serviceOf(object: JsonObject, at: At): ServiceFacts {
  const spec = property(object, 'spec')
  const ports = itemsOf(property(spec, 'ports'))
  // An external name leads out of the cluster; its selector means nothing.
  const isExternal = property(spec, 'type') === 'ExternalName'
  return {
    labels: labelsOf(valueAt(object, '/metadata/labels')) ?? {},
    selector: (isExternal ? undefined : labelsOf(property(spec, 'selector'))) ?? {},
    at: at('/spec/selector'),
    ports: ports.flatMap((port) => ['port', 'name'].flatMap((key) => portOf(property(port, key)) ?? [])),
    namedTargets: ports.flatMap((port, index) => {
      const name = property(port, 'targetPort')
      return typeof name === 'string' && name !== ''
        ? [{ name, at: at(`/spec/ports/${index}/targetPort`) }]
        : []
    }),
    targets: targetsOf(ports),
  }
}

/** Where nothing is written a port leads to the one of its own number, and speaks TCP. */
function targetsOf(ports: readonly JsonValue[]): ServiceFacts['targets'] {
  return ports.flatMap((port) => {
    const target = portOf(property(port, 'targetPort')) ?? portOf(property(port, 'port'))
    return target === undefined ? [] : [{ port: target, protocol: protocolOf(port) }]
  })
}

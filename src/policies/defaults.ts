import { isObject, property, segments, type JsonObject, type JsonValue } from '../model/index.ts'
import { containerLists, type Subject } from '../resources/index.ts'

/**
 * The object with the API server's defaults written out, for policies that say `judges: defaulted`. Only the defaults
 * that policies read: host flags, ports (`hostPort` is the container's port under hostNetwork) and the service
 * account's token.
 */
export function applyDefaults(subject: Subject): JsonObject {
  if (subject.pod === undefined) return subject.object
  const { spec } = subject.pod
  const hostNetwork = property(spec, 'hostNetwork') === true
  const completed: JsonObject = { ...withDefaults(spec, podDefaults) }
  for (const list of containerLists) {
    const containers = property(spec, list)
    if (Array.isArray(containers))
      completed[list] = containers.map((container) => containerWithDefaults(container, hostNetwork))
  }
  return replaceAt(subject.object, segments(subject.pod.pointer), completed)
}

const podDefaults: JsonObject = {
  hostNetwork: false,
  hostPID: false,
  hostIPC: false,
  automountServiceAccountToken: true,
}

function containerWithDefaults(container: JsonValue, hostNetwork: boolean): JsonValue {
  const ports = property(container, 'ports')
  if (!isObject(container) || !Array.isArray(ports)) return container
  return {
    ...container,
    ports: ports.map((port) => {
      if (!isObject(port)) return port
      const { containerPort } = port
      return withDefaults(port, {
        protocol: 'TCP',
        ...(hostNetwork && containerPort !== undefined ? { hostPort: containerPort } : {}),
      })
    }),
  }
}

function withDefaults(object: JsonObject, defaults: JsonObject): JsonObject {
  const result: JsonObject = { ...object }
  for (const [key, value] of Object.entries(defaults)) result[key] ??= value
  return result
}

function replaceAt(value: JsonObject, path: readonly string[], replacement: JsonObject): JsonObject {
  const [first, ...rest] = path
  if (first === undefined) return replacement
  const inner = property(value, first)
  return isObject(inner) ? { ...value, [first]: replaceAt(inner, rest, replacement) } : value
}

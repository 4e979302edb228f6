import { isObject, property, type JsonObject, type JsonValue } from '../model/index.ts'
import type { Subject } from '../resources/index.ts'
import { builtInKinds } from './built-in-kinds.ts'

/**
 * The object as Kyverno's own program judges it when it is given a file: in the namespace `default` where it names none,
 * and with empty maps where the file has nothing behind the name of a map. All else stays as it is written.
 */
export function asSent({ object, group, kind }: Subject): JsonObject {
  const placed = builtInKinds.get(group)?.clusterWide.includes(kind) === true ? object : inNamespace(object)
  return withMaps(placed)
}

function inNamespace(object: JsonObject): JsonObject {
  const metadata = property(object, 'metadata') ?? {}
  if (!isObject(metadata)) return object
  const { namespace } = metadata
  if (typeof namespace === 'string' && namespace !== '') return object
  return { ...object, metadata: { ...metadata, namespace: 'default' } }
}

const maps: ReadonlySet<string> = new Set([
  'annotations',
  'labels',
  'matchLabels',
  'nodeSelector',
  'data',
  'stringData',
])

/** A map in which nothing has to be filled in is given back itself. */
function withMaps(object: JsonObject): JsonObject {
  let copy: JsonObject | undefined
  for (const [key, value] of Object.entries(object)) {
    const filled = filledIn(key, value)
    if (filled !== value) (copy ??= { ...object })[key] = filled
  }
  return copy ?? object
}

function filledIn(key: string, value: JsonValue): JsonValue {
  if (value === null) return maps.has(key) ? {} : null
  if (isObject(value)) return withMaps(value)
  // Lists within lists are not looked into.
  if (!Array.isArray(value)) return value
  const items = value.map((item) => (isObject(item) ? withMaps(item) : item))
  return items.some((item, index) => item !== value[index]) ? items : value
}

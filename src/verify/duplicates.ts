import { escapeSegment, isObject, property, type JsonObject, type JsonValue } from '../model/index.ts'

/** Lists whose items the API tells apart by a key: the name of the list, and the key. */
const keyed = new Map<string, string>([
  ['containers', 'name'],
  ['initContainers', 'name'],
  ['ephemeralContainers', 'name'],
  ['volumes', 'name'],
  ['env', 'name'],
  ['volumeMounts', 'mountPath'],
  ['volumeDevices', 'devicePath'],
])

/**
 * Items that a patched object holds twice under one key, and that the original did not. Looks only at what the two do
 * not share.
 */
export function newDuplicates(before: JsonObject, after: JsonObject): string[] {
  return compare(before, after, '', undefined)
}

function compare(
  before: JsonValue | undefined,
  after: JsonValue,
  pointer: string,
  key: string | undefined,
): string[] {
  if (before === after) return []
  if (Array.isArray(after)) {
    const old = Array.isArray(before) ? before : []
    const below = after.flatMap((item, index) => compare(old[index], item, `${pointer}/${index}`, undefined))
    if (key === undefined) return below
    const known = doubled(old, key)
    const added = doubled(after, key).filter((identity) => !known.includes(identity))
    return [...below, ...added.map((identity) => `${pointer} holds ${JSON.stringify(identity)} twice`)]
  }
  if (!isObject(after)) return []
  return Object.entries(after).flatMap(([name, item]) =>
    compare(property(before, name), item, `${pointer}/${escapeSegment(name)}`, keyed.get(name)),
  )
}

function doubled(list: readonly JsonValue[], key: string): JsonValue[] {
  const seen = new Set<JsonValue>()
  return list.flatMap((item) => {
    const identity = property(item, key)
    if (identity === undefined) return []
    if (seen.has(identity)) return [identity]
    seen.add(identity)
    return []
  })
}

import { escapeSegment, isObject, type JsonObject, type JsonValue } from '../model/index.ts'

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

/** Items that a patched object holds twice under one key, and that the original did not. */
export function newDuplicates(before: JsonObject, after: JsonObject): string[] {
  const now = duplicates(after)
  if (now.length === 0) return now
  const old = new Set(duplicates(before))
  return now.filter((found) => !old.has(found))
}

function duplicates(value: JsonValue, pointer = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => duplicates(item, `${pointer}/${index}`))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, item]) => {
    const at = `${pointer}/${escapeSegment(name)}`
    const below = duplicates(item, at)
    const key = keyed.get(name)
    if (key === undefined || !Array.isArray(item)) return below
    const seen = new Set<JsonValue>()
    for (const entry of item) {
      const identity = isObject(entry) ? entry[key] : undefined
      if (identity === undefined) continue
      if (seen.has(identity)) below.push(`${at} holds ${JSON.stringify(identity)} twice`)
      seen.add(identity)
    }
    return below
  })
}

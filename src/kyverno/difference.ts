import {
  equal,
  escapeSegment,
  isObject,
  type JsonObject,
  type JsonValue,
  type PatchOperation,
} from '../model/index.ts'

/**
 * What has to be done to an object so that it says what `after` says wherever that differs from `before`. All else is
 * left as it is. Empty where nothing is left to do. What stands in a list is found again by what names it; `undefined`
 * where that cannot be told.
 */
export function changesTo(
  now: JsonObject,
  before: JsonObject,
  after: JsonObject,
): PatchOperation[] | undefined {
  try {
    return changesAt(now, before, after, '')
  } catch (error) {
    if (error instanceof Ambiguous) return undefined
    throw error
  }
}

class Ambiguous extends Error {}

function changesAt(
  now: JsonValue | undefined,
  before: JsonValue | undefined,
  after: JsonValue,
  pointer: string,
): PatchOperation[] {
  // Where there was nothing, or null, and there is null or nothing: the API sees no difference.
  if ((before ?? null) === null && after === null) return []
  if (before !== undefined && equal(before, after)) return []
  const isGone = isObject(before) && (now ?? null) === null
  if (isObject(after) && (isObject(now) || isGone))
    return changesInMap(isObject(now) ? now : {}, isObject(before) ? before : {}, after, pointer)
  if (Array.isArray(now) && Array.isArray(before) && Array.isArray(after))
    return changesInList(now, before, after, pointer)
  if (now !== undefined && now !== null && equal(now, after)) return []
  return [{ op: 'add', path: pointer, value: after }]
}

function changesInMap(
  now: JsonObject,
  before: JsonObject,
  after: JsonObject,
  pointer: string,
): PatchOperation[] {
  const at = (key: string): string => `${pointer}/${escapeSegment(key)}`
  const own = (map: JsonObject, key: string): JsonValue | undefined =>
    Object.hasOwn(map, key) ? map[key] : undefined
  const written = Object.entries(after).flatMap(([key, value]) =>
    changesAt(own(now, key), own(before, key), value, at(key)),
  )
  const removed = Object.entries(before).flatMap(([key, value]): PatchOperation[] =>
    Object.hasOwn(after, key) || value === null || (own(now, key) ?? null) === null
      ? []
      : [{ op: 'remove', path: at(key) }],
  )
  return [...written, ...removed]
}

/** Items that stay are changed where they stand; others are taken out or put in. Their order does not change. */
function changesInList(
  now: JsonValue[],
  before: JsonValue[],
  after: JsonValue[],
  pointer: string,
): PatchOperation[] {
  const partners = partnersOf(before, after)
  const present = partnersOf(before, now)
  const left = new Set(before.map((_, index) => index))
  /** What else is there by now. */
  const others = new Set(now.keys())
  for (const place of present) others.delete(place)
  const inside: PatchOperation[] = []
  const added: { index: number; value: JsonValue }[] = []
  let last = -1
  after.forEach((value, index) => {
    const from = partners.indexOf(index)
    if (from === -1) {
      const there = [...others].find((place) => equal(now[place] ?? null, value))
      if (there === undefined) added.push({ index, value })
      else others.delete(there)
      return
    }
    if (from < last) throw new Ambiguous()
    last = from
    left.delete(from)
    const place = present[from]
    if (place === undefined || place === -1) {
      if (!equal(before[from] ?? null, value)) throw new Ambiguous()
      return
    }
    inside.push(...changesAt(now[place], before[from], value, `${pointer}/${place}`))
  })
  const gone = [...left].flatMap((from) => {
    const place = present[from] ?? -1
    return place === -1 ? [] : [place]
  })
  if (added.length > 0 && gone.length > 0) throw new Ambiguous()
  const isBehind = added.every(({ index }) => partners.every((partner) => partner < index))
  // In front of others only where nothing else has moved them.
  if (!isBehind && now.length !== before.length) throw new Ambiguous()
  return [
    ...inside,
    ...gone
      .toSorted((a, b) => b - a)
      .map((place): PatchOperation => ({ op: 'remove', path: `${pointer}/${place}` })),
    ...added.map(({ index, value }): PatchOperation => ({
      op: 'add',
      path: `${pointer}/${isBehind ? '-' : index}`,
      value,
    })),
  ]
}

/** For each item of a list the index of the same one in another list, or -1. */
function partnersOf(items: readonly JsonValue[], others: readonly JsonValue[]): number[] {
  const taken = new Set<number>()
  const take = (isSame: (other: JsonValue, index: number) => boolean): number => {
    const found = others.findIndex((other, index) => !taken.has(index) && isSame(other, index))
    if (found !== -1) taken.add(found)
    return found
  }
  const exact = items.map((item) => take((other) => equal(item, other)))
  return exact.map((found, index) => {
    const name = nameOf(items[index])
    return found !== -1 || name === undefined ? found : take((other) => nameOf(other) === name)
  })
}

/** Fields that tell the items of a list apart, the first that an item has. */
const names = ['mountPath', 'devicePath', 'containerPort', 'name', 'key', 'ip'] as const

function nameOf(item: JsonValue | undefined): string | undefined {
  if (!isObject(item)) return undefined
  const key = names.find((name) => Object.hasOwn(item, name))
  return key && JSON.stringify([key, item[key]])
}

/** The places of what operations write or take away, as far as they are told apart. */
export function placesOf(operations: readonly PatchOperation[]): string[] {
  return operations.flatMap((operation) =>
    'value' in operation ? leavesOf(operation.value, operation.path) : [operation.path],
  )
}

function leavesOf(value: JsonValue, pointer: string): string[] {
  const entries: [string, JsonValue][] = Array.isArray(value)
    ? value.map((item, index) => [String(index), item])
    : isObject(value)
      ? Object.entries(value)
      : []
  return entries.length === 0
    ? [pointer]
    : entries.flatMap(([key, item]) => leavesOf(item, `${pointer}/${escapeSegment(key)}`))
}

/** What runs, and on what it works: whoever changes that changes the workload itself. */
const workload: readonly RegExp[] = [
  /\/(?:containers|initContainers|ephemeralContainers)\/(?:\d+|-)(?:$|\/(?:name|image|command|args|env|envFrom|volumeMounts|volumeDevices)(?:\/|$))/,
  /\/(?:volumes|volumeClaimTemplates|serviceAccountName|serviceAccount)(?:\/|$)/,
]

/** The first place of a change that is more than a setting of a workload; undefined where there is none. */
export function workloadPlace(places: readonly string[]): string | undefined {
  return places.find((place) => workload.some((pattern) => pattern.test(place)))
}

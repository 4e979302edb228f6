import {
  equal,
  escapeSegment,
  isObject,
  lastSegment,
  type JsonObject,
  type JsonValue,
} from '../model/index.ts'
import { itemName, itemPlace, valueAtPlace, type Place } from './admission-places.ts'
import { derivedFrom, withoutDrawnNames, type Side } from './derived.ts'

/** A plain value, or an empty map or list, that only one of two objects has at a place, or that differs there. */
export interface Difference {
  place: Place
  before: JsonValue | undefined
  after: JsonValue | undefined
}

/**
 * The differences between the object that the server would have stored and the one that it would store now which the
 * patch does not account for: neither at or below a place that it changes, nor made by the server from such a value.
 * `again` is a second answer about the original, where there is one: what differs between the two is drawn anew for
 * every request.
 */
export function unexplained(
  before: Side,
  after: Side,
  changed: readonly Place[],
  again?: JsonObject,
): Difference[] {
  const [old, now] = [named(before), named(after)]
  const drawn = again === undefined ? [] : differences(old.stored, withoutDrawnNames(again, before.source))
  return differences(old.stored, now.stored).filter((difference) => {
    const { place } = difference
    if (changed.some((other) => place === other || place.startsWith(`${other}/`))) return false
    // An empty parent comes or goes with what the patch puts into it or takes out of it.
    if (isEmpty(difference) && changed.some((other) => other.startsWith(`${place}/`))) return false
    if (drawn.some((other) => other.place === place)) return false
    return derivedFrom(place, old, now, changed) === undefined
  })
}

function named({ source, stored }: Side): Side {
  return { source, stored: withoutDrawnNames(stored, source) }
}

/** Either side is nothing or an empty map or list: no value stands or stood there. */
function isEmpty({ before, after }: Difference): boolean {
  return [before, after].every(
    (value) =>
      value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0),
  )
}

/** The places at which two objects differ, items of lists paired by the keys by which the API merges them. */
export function differences(before: JsonObject, after: JsonObject): Difference[] {
  return compare(before, after, '')
}

function compare(before: JsonValue | undefined, after: JsonValue | undefined, place: Place): Difference[] {
  // The API knows no difference between a field that is null and one that is not there.
  const [old, now] = [before ?? undefined, after ?? undefined]
  if (equal(old, now)) return []
  if (old === undefined && now !== undefined)
    return leaves(now, place).map(([at, value]) => ({ place: at, before: undefined, after: value }))
  if (now === undefined && old !== undefined)
    return leaves(old, place).map(([at, value]) => ({ place: at, before: value, after: undefined }))
  if (isObject(old) && isObject(now)) {
    const keys = new Set([...Object.keys(old), ...Object.keys(now)])
    return [...keys].flatMap((key) => compare(own(old, key), own(now, key), `${place}/${escapeSegment(key)}`))
  }
  if (Array.isArray(old) && Array.isArray(now)) return compareLists(old, now, place)
  return [{ place, before: old, after: now }]
}

function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function compareLists(before: JsonValue[], after: JsonValue[], place: Place): Difference[] {
  const list = lastSegment(place)
  const isNamed = [...before, ...after].every((item) => itemName(list, item) !== undefined)
  if (!isNamed) return compareIndexed(before, after, place)
  const names = new Set([...before, ...after].map((item) => itemName(list, item) ?? ''))
  const found = [...names].flatMap((name) => {
    const [old, now] = [before, after].map((items) => items.filter((item) => itemName(list, item) === name))
    return compareTwins(old ?? [], now ?? [], `${place}/${escapeSegment(name)}`)
  })
  // The same items in another order: where the API merges by key the order still means something to some lists.
  return found.length > 0 ? found : [{ place, before, after }]
}

/** Items of one name, of which a list should hold but one: what both sides have in common is paired first. */
function compareTwins(before: JsonValue[], after: JsonValue[], place: Place): Difference[] {
  const { gone, come } = unpaired(before, after)
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, i) =>
    compare(gone[i]?.item, come[i], place),
  ).flat()
}

/**
 * Items without a name: by their index, or where some came or went, first by what both sides have in common and then in
 * their order. What is left over on one side came or went, and has no index that means anything.
 */
function compareIndexed(before: JsonValue[], after: JsonValue[], place: Place): Difference[] {
  if (before.length === after.length)
    return before.flatMap((item, index) => compare(item, after[index], `${place}/${index}`))
  const { gone, come } = unpaired(before, after)
  const both = Math.min(gone.length, come.length)
  return [
    ...gone.slice(0, both).flatMap(({ item, index }, i) => compare(item, come[i], `${place}/${index}`)),
    ...gone.slice(both).map(({ item }) => ({ place: `${place}/-`, before: item, after: undefined })),
    ...come.slice(both).map((item) => ({ place: `${place}/-`, before: undefined, after: item })),
  ]
}

/** The items of two lists that have no equal in the other. */
function unpaired(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
): { gone: { item: JsonValue; index: number }[]; come: JsonValue[] } {
  const come = [...after]
  const gone = before.flatMap((item, index) => {
    const at = come.findIndex((other) => equal(item, other))
    if (at !== -1) come.splice(at, 1)
    return at === -1 ? [{ item, index }] : []
  })
  return { gone, come }
}

/**
 * The places where a patch has put something that the server does not store: the field of a feature that is off is
 * dropped without a word, and then the fix fixes nothing. False, zero and empty values are left out by the API itself.
 */
export function dropped(after: Side, changed: readonly Place[]): Place[] {
  const stated = changed.flatMap((place) => {
    const value = valueAtPlace(after.source, place)
    return value === undefined ? [] : leaves(value, place)
  })
  const says = ([, value]: [Place, JsonValue]): boolean => Boolean(value) && typeof value !== 'object'
  return stated
    .filter((leaf) => says(leaf) && valueAtPlace(after.stored, leaf[0]) === undefined)
    .map(([place]) => place)
}

/** Every plain value of a value, and every map and list that is empty, with its place. */
function leaves(value: JsonValue, place: Place): [Place, JsonValue][] {
  if (Array.isArray(value) && value.length > 0)
    return value.flatMap((item, index) => leaves(item, itemPlace(place, item, index)))
  if (isObject(value) && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([key, item]) => leaves(item, `${place}/${escapeSegment(key)}`))
  return value === null ? [] : [[place, value]]
}

/** Where values stand that may be secret: no text of ours repeats them. */
const confidential = /^\/(?:data|stringData|binaryData)\/|\/env\/\{|\/metadata\/annotations\//

/** A difference as a person reads it, values cut short. */
export function describe({ place, before, after }: Difference): string {
  const show = (value: JsonValue | undefined): string => {
    if (value === undefined) return 'nothing'
    if (confidential.test(place)) return 'a value'
    const text = JSON.stringify(value)
    return text.length > 60 ? `${text.slice(0, 57)}...` : text
  }
  return `${place} becomes ${show(after)} (was ${show(before)})`
}

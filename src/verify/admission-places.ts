import { applied, appliedSharing } from '../propose/index.ts'
import {
  escapeSegment,
  isObject,
  lastSegment,
  parentOf,
  property,
  segments,
  type JsonObject,
  type JsonPatch,
  type JsonValue,
} from '../model/index.ts'

/**
 * Where something stands in an object, in words that stay true when a list gains or loses items: a JSON pointer in which
 * an item of a list is named by the keys by which the API merges that list, `/spec/containers/{name=api}/image`. Items
 * of lists without such keys keep their index; plain values in lists name themselves, `.../drop/{"ALL"}`.
 */
export type Place = string

/**
 * Merge keys by the name of the list, from `+listMapKey` and `patchMergeKey` in the API's types
 * (k8s.io/api v0.36 core/v1/types.go), and what validation demands to be unique (sysctls). Of several rows the first
 * whose first key an item has.
 */
const mergeKeys: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['containers', [['name']]],
  ['initContainers', [['name']]],
  ['ephemeralContainers', [['name']]],
  ['volumes', [['name']]],
  ['env', [['name']]],
  ['volumeMounts', [['mountPath']]],
  ['volumeDevices', [['devicePath']]],
  [
    'ports',
    [
      ['containerPort', 'protocol'],
      ['port', 'protocol'],
    ],
  ],
  ['imagePullSecrets', [['name']]],
  ['secrets', [['name']]],
  ['hostAliases', [['ip']]],
  ['topologySpreadConstraints', [['topologyKey', 'whenUnsatisfiable']]],
  ['schedulingGates', [['name']]],
  ['resourceClaims', [['name']]],
  ['claims', [['name']]],
  ['sysctls', [['name']]],
  ['conditions', [['type']]],
  ['ownerReferences', [['uid']]],
  ['webhooks', [['name']]],
])

/** What the server fills in for a key that an item may leave out. */
const keyDefaults: ReadonlyMap<string, string> = new Map([
  ['protocol', 'TCP'],
  ['whenUnsatisfiable', 'DoNotSchedule'],
])

/** The name of an item in a place, or undefined where only its index tells it apart. */
export function itemName(list: string, item: JsonValue): string | undefined {
  if (!isObject(item)) return Array.isArray(item) ? undefined : `{${JSON.stringify(item)}}`
  const keys = (mergeKeys.get(list) ?? []).find(([first = '']) => isKey(item[first]))
  if (keys === undefined) return undefined
  return `{${keys.map((key) => `${key}=${String(isKey(item[key]) ? item[key] : keyDefaults.get(key))}`).join()}}`
}

function isKey(value: JsonValue | undefined): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

/** The place below `parent` of an item of a list. */
export function itemPlace(parent: Place, item: JsonValue, index: number): Place {
  return `${parent}/${escapeSegment(itemName(lastSegment(parent), item) ?? index)}`
}

/** The place that a path of keys and indexes leads to. What does not stand in the object keeps its own name. */
export function placeOf(object: JsonObject, path: readonly string[]): Place {
  let place = ''
  let current: JsonValue | undefined = object
  for (const segment of path) {
    const item: JsonValue | undefined = Array.isArray(current) ? current[Number(segment)] : undefined
    place =
      item === undefined ? `${place}/${escapeSegment(segment)}` : itemPlace(place, item, Number(segment))
    current = Array.isArray(current) ? item : property(current, segment)
  }
  return place
}

/** The value at a place. Of several items with one name the first. */
export function valueAtPlace(object: JsonObject, place: Place): JsonValue | undefined {
  let current: JsonValue | undefined = object
  let list = ''
  for (const segment of segments(place)) {
    if (Array.isArray(current)) {
      const [items, name]: [JsonValue[], string] = [current, list]
      current = items.find((item, index) => (itemName(name, item) ?? String(index)) === segment)
    } else current = property(current, segment)
    list = segment
  }
  return current
}

/**
 * The places that a patch changes, resolved as its operations are applied one after the other. An item that comes to or
 * leaves a list whose items have no names moves the others, so `/-` below that list is among them.
 */
export function placesOf(object: JsonObject, patch: JsonPatch): Place[] {
  const places: Place[] = []
  let current = object
  for (const operation of patch) {
    if (operation.op === 'test') continue
    // Only the library moves and copies; what else there is need not copy the whole object each time.
    const next = appliedSharing(current, [operation]) ?? applied(current, [operation])
    if (next === undefined) return places
    if (operation.op === 'move') places.push(...changed(current, operation.from))
    if (operation.op !== 'add') places.push(...changed(current, operation.path))
    if (operation.op !== 'remove') places.push(...changed(next, appended(next, operation.path)))
    current = next
  }
  return [...new Set(places)]
}

function changed(object: JsonObject, pointer: string): Place[] {
  const path = segments(pointer)
  const place = placeOf(object, path)
  const isPlainItem = Array.isArray(valueIn(object, path.slice(0, -1))) && !place.endsWith('}')
  return isPlainItem ? [place, `${parentOf(place)}/-`] : [place]
}

/** The pointer `/list/-` of an operation, as the index that it has come to mean. */
function appended(object: JsonObject, pointer: string): string {
  if (!pointer.endsWith('/-')) return pointer
  const list = valueIn(object, segments(parentOf(pointer)))
  return Array.isArray(list) ? `${parentOf(pointer)}/${list.length - 1}` : pointer
}

function valueIn(object: JsonObject, path: readonly string[]): JsonValue | undefined {
  let current: JsonValue | undefined = object
  for (const segment of path)
    current = Array.isArray(current) ? current[Number(segment)] : property(current, segment)
  return current
}

/** A field path as the API server writes it, `spec.containers[0].env[2].name` or `metadata.labels[app/name]`. */
const fieldPath = /(?:[A-Za-z][A-Za-z0-9_-]*)?(?:\.[A-Za-z_][A-Za-z0-9_-]*|\[[^[\]]*\])*/y

/** The place of a field that the server names in an error about the object. */
export function placeOfField(object: JsonObject, field: string): Place {
  const path = keysOfField(field)
  return path === undefined ? `/${escapeSegment(field)}` : placeOf(object, path)
}

/** The keys and indexes of a field path; undefined where it is none. */
export function keysOfField(field: string): string[] | undefined {
  fieldPath.lastIndex = 0
  const known = fieldPath.exec(field)?.[0] ?? ''
  if (known !== field) return undefined
  return [...field.matchAll(/\[([^[\]]*)\]|([^.[\]]+)/g)].map(([, key, name]) => key ?? name ?? '')
}

/** A text of the server in which field paths with an index are places, so that it stays the same when items move. */
export function textWithPlaces(object: JsonObject, text: string): string {
  return text.replaceAll(
    /\b[a-z][A-Za-z]*(?:\.[a-zA-Z]\w*|\[[^[\]\s]*\])*\[\d+\](?:\.[a-zA-Z]\w*|\[[^[\]\s]*\])*/g,
    (field) => placeOfField(object, field),
  )
}

/** True where one of the places is the other or lies below it; `*` stands for any one segment. */
export function touches(a: Place, b: Place): boolean {
  const [left, right] = [a.split('/'), b.split('/')]
  const shorter = left.length < right.length ? left : right
  return shorter.every((_, i) => left[i] === right[i] || left[i] === '*' || right[i] === '*')
}

/** JSON as Kubernetes sees it: what a YAML document means once it has been read the way kubectl reads it. */
export type JsonPrimitive = string | number | boolean | null
export type JsonValue = JsonPrimitive | JsonValue[] | JsonObject
export interface JsonObject {
  [key: string]: JsonValue
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Deep equality of JSON values. Key order does not matter, `-0` equals `0`. */
export function equal(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => equal(item, b[i]))
  if (isObject(a) && isObject(b)) {
    const keys = Object.keys(a)
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]))
    )
  }
  return false
}

/** Own property, so that a key called `constructor` or `__proto__` is data like any other. */
export function property(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** A copy that shares nothing with the original; for small values much faster than structuredClone. */
export function copy(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(copy)
  if (!isObject(value)) return value
  // Object.fromEntries defines properties, so that a key `__proto__` stays data.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]))
}

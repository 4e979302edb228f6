import {
  equal,
  escapeSegment,
  isObject,
  isWithin,
  parentOf,
  property,
  segments,
  valueAt,
  type JsonObject,
  type JsonPatch,
  type JsonValue,
  type PatchOperation,
} from '../model/index.ts'
import { applied, appliedSharing } from './apply.ts'

/** Operations turned into a patch that applies to an object as it stands, and what the object is after it. */
export interface Materialised {
  patch: JsonPatch
  object: JsonObject
}

/**
 * Makes operations apply to an object: parents that are missing are created in the same operation, a member that is
 * there is replaced, and `test` operations pin what is replaced or removed. Undefined where the object has another
 * shape than the operations need (a scalar where a map belongs).
 */
export function materialise(
  object: JsonObject,
  operations: readonly PatchOperation[],
): Materialised | undefined {
  let working = object
  const patch: JsonPatch = []
  for (const operation of operations) {
    const steps = step(working, operation)
    if (steps === undefined) return undefined
    if (steps.length === 0) continue
    const next = appliedSharing(working, steps)
    if (next === undefined) return undefined
    working = next
    patch.push(...steps)
  }
  return { patch, object: working }
}

function step(object: JsonObject, operation: PatchOperation): JsonPatch | undefined {
  switch (operation.op) {
    case 'test':
      return equal(valueAt(object, operation.path), operation.value) ? [operation] : undefined
    case 'remove': {
      const value = valueAt(object, operation.path)
      if (value === undefined) return undefined
      // A named item is pinned by its name: what else it holds (a secret, say) has no place in a report.
      const name = property(value, 'name')
      const pin: PatchOperation =
        name === undefined
          ? { op: 'test', path: operation.path, value }
          : { op: 'test', path: `${operation.path}/name`, value: name }
      return [pin, operation]
    }
    case 'replace':
    case 'add':
      return write(object, operation)
    case 'move':
    case 'copy':
      return valueAt(object, operation.from) === undefined ? undefined : [operation]
  }
}

function write(object: JsonObject, operation: PatchOperation & { value: JsonValue }): JsonPatch | undefined {
  const { path, value } = operation
  const parts = segments(path)
  let at = ''
  let here: JsonValue = object
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1
    if (Array.isArray(here)) {
      const next: JsonValue | undefined = here[Number(part)]
      if (isLast && (operation.op === 'add' || next === undefined))
        return part === '-' || Number(part) <= here.length ? [{ op: 'add', path, value }] : undefined
      if (next === undefined) return undefined
      here = next
    } else if (isObject(here)) {
      const next: JsonValue | undefined = Object.hasOwn(here, part) ? here[part] : undefined
      const pointer = `${at}/${escapeSegment(part)}`
      if (next === undefined)
        return [{ op: 'add', path: pointer, value: nest(parts.slice(index + 1), value) }]
      if (next === null && !isLast)
        return [
          { op: 'test', path: pointer, value: null },
          { op: 'replace', path: pointer, value: nest(parts.slice(index + 1), value) },
        ]
      here = next
    } else return undefined
    at += `/${escapeSegment(part)}`
  }
  if (equal(here, value)) return []
  return [
    { op: 'test', path, value: here },
    { op: 'replace', path, value },
  ]
}

/** The value wrapped in the maps and lists that a path names. */
function nest(path: readonly string[], value: JsonValue): JsonValue {
  return path.reduceRight<JsonValue>(
    (inner, part) => (part === '-' || part === '0' ? [inner] : { [part]: inner }),
    value,
  )
}

/**
 * Folds operations that fill in what an earlier operation of the same patch has added into that operation, so that one
 * key is inserted once, with all it holds.
 */
export function fold(patch: JsonPatch): JsonPatch {
  const result: JsonPatch = []
  for (const operation of patch) {
    const host = hostOf(result, operation.path)
    if (host === undefined) {
      result.push(operation)
      continue
    }
    if (operation.op === 'test') continue
    const below = operation.path.slice(host.path.length)
    const wrapped = applied(
      { value: host.value },
      [{ ...operation, path: `/value${below}` }].flatMap(withoutFrom),
    )
    const value = wrapped?.['value']
    if (value === undefined) result.push(operation)
    else host.value = value
  }
  return result
}

type Writing = PatchOperation & { op: 'add' | 'replace' }

/** The last operation that wrote the value in which a path lies, if nothing since has moved what stands there. */
function hostOf(patch: JsonPatch, path: string): Writing | undefined {
  for (const [index, operation] of [...patch.entries()].reverse()) {
    const writes = operation.op === 'add' || operation.op === 'replace'
    if (writes && operation.path !== path && isWithin(path, operation.path) && isObject(operation.value)) {
      const copy: Writing = { ...operation }
      patch[index] = copy
      return copy
    }
    const movesItems = operation.op !== 'test' && /\/(?:\d+|-)$/.test(operation.path)
    if (movesItems && isWithin(path, parentOf(operation.path))) return undefined
  }
  return undefined
}

function withoutFrom(operation: PatchOperation): JsonPatch {
  return operation.op === 'move' || operation.op === 'copy' ? [] : [operation]
}

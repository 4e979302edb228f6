import jsonPatch from 'fast-json-patch'
import {
  copy,
  equal,
  isObject,
  segments,
  type JsonObject,
  type JsonPatch,
  type JsonValue,
  type PatchOperation,
} from '../model/index.ts'

/** Applies a patch by the library (RFC 6902), on a copy. Undefined where the patch does not apply. */
export function applied(object: JsonObject, patch: JsonPatch): JsonObject | undefined {
  try {
    // The library puts the values of a patch into the document as they are; later operations would then change them.
    const operations = patch.map((operation) =>
      'value' in operation ? { ...operation, value: copy(operation.value) } : { ...operation },
    )
    const result = jsonPatch.applyPatch(object, operations, true, false).newDocument
    return isObject(result) ? result : undefined
  } catch (error) {
    if (error instanceof jsonPatch.JsonPatchError) return undefined
    throw error
  }
}

/**
 * Applies the operations that fixes are made of, and shares with the original all that they do not touch: an object of
 * a hundred containers is not copied for each of a thousand fixes. Undefined where an operation does not apply. Tests
 * hold it equal to the library, and each file's fixes are checked against the library once more when they are composed.
 */
export function appliedSharing(object: JsonObject, patch: JsonPatch): JsonObject | undefined {
  let result: JsonValue = object
  for (const operation of patch) {
    const next = change(result, segments(operation.path), operation)
    if (next === undefined) return undefined
    result = next
  }
  return isObject(result) ? result : undefined
}

function change(
  value: JsonValue | undefined,
  [segment, ...rest]: readonly string[],
  operation: PatchOperation,
): JsonValue | undefined {
  if (segment === undefined) return atRoot(value, operation)
  if (Array.isArray(value)) return changeList(value, segment, rest, operation)
  if (!isObject(value)) return undefined
  const has = Object.hasOwn(value, segment)
  if (rest.length === 0 && operation.op === 'remove')
    return has ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== segment)) : undefined
  if (!has && !(rest.length === 0 && operation.op === 'add')) return undefined
  const next = change(has ? value[segment] : undefined, rest, operation)
  if (next === undefined) return undefined
  if (next === value[segment]) return value
  const result = { ...value }
  Object.defineProperty(result, segment, {
    value: next,
    enumerable: true,
    configurable: true,
    writable: true,
  })
  return result
}

function changeList(
  list: JsonValue[],
  segment: string,
  rest: readonly string[],
  operation: PatchOperation,
): JsonValue | undefined {
  const index = segment === '-' ? list.length : /^(?:0|[1-9][0-9]*)$/.test(segment) ? Number(segment) : -1
  if (index < 0 || index > list.length) return undefined
  if (rest.length === 0 && operation.op === 'add') return list.toSpliced(index, 0, copy(operation.value))
  const item = list[index]
  if (item === undefined) return undefined
  if (rest.length === 0 && operation.op === 'remove') return list.toSpliced(index, 1)
  const next = change(item, rest, operation)
  if (next === undefined) return undefined
  return next === item ? list : list.with(index, next)
}

function atRoot(value: JsonValue | undefined, operation: PatchOperation): JsonValue | undefined {
  switch (operation.op) {
    case 'add':
    case 'replace':
      return copy(operation.value)
    case 'test':
      return value !== undefined && equal(value, operation.value) ? value : undefined
    case 'remove':
    case 'move':
    case 'copy':
      return undefined
  }
}

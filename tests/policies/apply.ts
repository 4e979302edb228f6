import {
  escapeSegment,
  isObject,
  parentOf,
  segments,
  valueAt,
  type JsonObject,
  type JsonValue,
  type PatchOperation,
} from '../../src/model/index.ts'

/** Applies operations to a copy, creating missing parents the way the planner does: maps, but a list for `/-`. */
export function applyOperations(object: JsonObject, operations: readonly PatchOperation[]): JsonObject {
  const result = structuredClone(object)
  for (const operation of operations) {
    if (operation.op === 'test' || operation.op === 'move' || operation.op === 'copy')
      throw new Error(`a policy's fix holds "${operation.op}"`)
    const path = segments(operation.path)
    const last = path.pop()
    if (last === undefined) throw new Error('the fix replaces the whole object')
    let parent: JsonValue = result
    for (const [depth, segment] of path.entries()) {
      const pointer = path
        .slice(0, depth + 1)
        .map((s) => `/${escapeSegment(s)}`)
        .join('')
      let next = valueAt(parent, `/${escapeSegment(segment)}`)
      if (next === undefined || next === null) {
        if (operation.op !== 'add') throw new Error(`nothing stands at ${pointer}`)
        next = (path[depth + 1] ?? last) === '-' ? [] : {}
        if (!isObject(parent)) throw new Error(`cannot create ${pointer}`)
        parent[segment] = next
      }
      parent = next
    }
    if (Array.isArray(parent)) {
      const index = last === '-' ? parent.length : Number(last)
      if (operation.op === 'remove') {
        if (!(index < parent.length)) throw new Error(`nothing to remove at ${operation.path}`)
        parent.splice(index, 1)
      } else parent.splice(index, operation.op === 'add' ? 0 : 1, structuredClone(operation.value))
    } else if (isObject(parent)) {
      if (operation.op !== 'add' && !Object.hasOwn(parent, last))
        throw new Error(`nothing stands at ${operation.path} (parent ${parentOf(operation.path)})`)
      if (operation.op === 'remove') delete parent[last]
      else parent[last] = structuredClone(operation.value)
    } else throw new Error(`no map and no list at ${parentOf(operation.path)}`)
  }
  return result
}

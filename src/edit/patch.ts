import {
  equal,
  isObject,
  segments,
  type JsonObject,
  type JsonPatch,
  type JsonValue,
  type PatchOperation,
} from '../model/index.ts'
import { Refused } from './refusal.ts'

/**
 * The outcome of a patch that remembers where things came from: whatever the patch left alone is the very same
 * object as before, and a list that gained or lost items knows the old index of each item it still has.
 */
export interface Patched {
  value: JsonValue
  /** Old index per item, -1 for a new one. Lists that are not in here were assigned as a whole or not changed. */
  origins: Map<JsonValue, number[]>
  /** Copies of old objects and lists in which something below changed. */
  opened: Set<JsonValue>
  /** Objects and lists that the patch brought along. */
  fresh: Set<JsonValue>
}

/** Applies a JSON Patch (RFC 6902) without touching the value it is given. */
export function applyPatch(value: JsonValue, patch: JsonPatch): Patched {
  const state: Patched = { value, origins: new Map(), opened: new Set(), fresh: new Set() }
  for (const operation of patch) applyOperation(state, operation)
  return state
}

function applyOperation(state: Patched, operation: PatchOperation): void {
  switch (operation.op) {
    case 'test':
      if (!equal(get(state.value, operation.path), operation.value))
        throw new Refused('test-failed', operation.path)
      return
    case 'remove':
      remove(state, operation.path)
      return
    case 'replace':
      get(state.value, operation.path)
      put(state, operation.path, bring(state, operation.value), false)
      return
    case 'add':
      put(state, operation.path, bring(state, operation.value), true)
      return
    case 'copy':
      put(state, operation.path, bring(state, get(state.value, operation.from)), true)
      return
    case 'move': {
      const moved = bring(state, get(state.value, operation.from))
      if (operation.path.startsWith(`${operation.from}/`)) throw new Refused('path-not-found', operation.path)
      if (operation.path === operation.from) return
      remove(state, operation.from)
      put(state, operation.path, moved, true)
      return
    }
  }
}

function get(value: JsonValue, pointer: string): JsonValue {
  let current = value
  for (const segment of segments(pointer)) {
    const next: JsonValue | undefined = Array.isArray(current)
      ? current[index(segment)]
      : isObject(current) && Object.hasOwn(current, segment)
        ? current[segment]
        : undefined
    if (next === undefined) throw new Refused('path-not-found', pointer)
    current = next
  }
  return current
}

function index(segment: string): number {
  return /^(0|[1-9][0-9]*)$/.test(segment) ? Number(segment) : -1
}

function remove(state: Patched, pointer: string): void {
  const path = segments(pointer)
  const last = path.pop()
  if (last === undefined) throw new Refused('document-root', pointer)
  const parent = open(state, path, pointer)
  if (Array.isArray(parent)) {
    const at = index(last)
    if (at < 0 || at >= parent.length) throw new Refused('path-not-found', pointer)
    parent.splice(at, 1)
    state.origins.get(parent)?.splice(at, 1)
  } else {
    if (!Object.hasOwn(parent, last)) throw new Refused('path-not-found', pointer)
    delete parent[last]
  }
}

function put(state: Patched, pointer: string, value: JsonValue, insert: boolean): void {
  const path = segments(pointer)
  const last = path.pop()
  if (last === undefined) {
    state.value = value
    return
  }
  const parent = open(state, path, pointer)
  if (Array.isArray(parent)) {
    const at = insert && last === '-' ? parent.length : index(last)
    if (at < 0 || at > parent.length) throw new Refused('path-not-found', pointer)
    if (insert) {
      parent.splice(at, 0, value)
      state.origins.get(parent)?.splice(at, 0, -1)
    } else parent[at] = value
  } else setProperty(parent, last, value)
}

/** The object or list at a path, as a copy of our own that may be changed; all above it become copies too. */
function open(state: Patched, path: readonly string[], pointer: string): JsonObject | JsonValue[] {
  let current = own(state, state.value, pointer)
  state.value = current
  for (const segment of path) {
    const child: JsonValue | undefined = Array.isArray(current)
      ? current[index(segment)]
      : Object.hasOwn(current, segment)
        ? current[segment]
        : undefined
    const copy = own(state, child, pointer)
    if (Array.isArray(current)) current[index(segment)] = copy
    else setProperty(current, segment, copy)
    current = copy
  }
  return current
}

function own(state: Patched, value: JsonValue | undefined, pointer: string): JsonObject | JsonValue[] {
  if (value === undefined || value === null || typeof value !== 'object')
    throw new Refused('path-not-found', pointer)
  if (state.opened.has(value) || state.fresh.has(value)) return value
  if (Array.isArray(value)) {
    const copy = [...value]
    state.opened.add(copy)
    state.origins.set(
      copy,
      value.map((_, at) => at),
    )
    return copy
  }
  const copy = { ...value }
  state.opened.add(copy)
  return copy
}

/** A copy that later operations may change. */
function bring(state: Patched, value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    const copy = value.map((item) => bring(state, item))
    state.fresh.add(copy)
    return copy
  }
  if (!isObject(value)) return value
  const copy: JsonObject = {}
  for (const key of Object.keys(value)) {
    const item = value[key]
    if (item !== undefined) setProperty(copy, key, bring(state, item))
  }
  state.fresh.add(copy)
  return copy
}

/** A key called `__proto__` is data like any other. */
function setProperty(object: JsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
  else object[key] = value
}

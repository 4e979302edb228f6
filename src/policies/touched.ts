import {
  escapeSegment,
  isObject,
  parentOf,
  segments,
  valueAt,
  type JsonObject,
  type JsonPatch,
  type JsonValue,
} from '../model/index.ts'
import { containerLists, type Subject } from '../resources/index.ts'
import type { Expression } from './cel.ts'
import { localChecks } from './checks/index.ts'
import type { CompiledPolicy } from './compile.ts'
import { readByBuild } from './fixes/index.ts'
import { readsOf, type Read } from './reads.ts'

/** Where a policy looks: a path from the root of the resource, `*` for any container or item. */
interface Look {
  path: readonly string[]
  /** True where it is the container at hand that is looked at. */
  inContainer: boolean
}

/** Whom a change concerns: no one, only the container it lies in, or any place that a policy judges. */
export type Concern = 'nowhere' | 'container' | 'anywhere'

type Footprint = readonly Read[] | 'anywhere'

const footprints = new WeakMap<CompiledPolicy, Footprint>()
const planFootprints = new WeakMap<CompiledPolicy, Footprint>()

/** A place of a resource: its pointer, and the same with `*` for every index, as there are few of these. */
export interface ChangedPlace {
  pointer: string
  pattern: string
}

/**
 * The places of an object that a patch changes. A map that was not there stands for what it holds: nobody who looks
 * for another key of it can tell.
 */
export function changedPlaces(object: JsonObject, patch: JsonPatch): ChangedPlace[] {
  return pointersOf(object, patch).map((pointer) => ({
    pointer,
    pattern: pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*'),
  }))
}

function pointersOf(object: JsonObject, patch: JsonPatch): string[] {
  return patch.flatMap((operation) => {
    if (operation.op === 'test') return []
    if (operation.op === 'move' || operation.op === 'copy') return [operation.from, operation.path]
    const isNew =
      operation.op === 'add' &&
      isObject(valueAt(object, parentOf(operation.path))) &&
      valueAt(object, operation.path) === undefined
    return isNew ? leavesOf(operation.value, operation.path) : [operation.path]
  })
}

function leavesOf(value: JsonValue, pointer: string): string[] {
  if (!isObject(value)) return [pointer]
  const entries = Object.entries(value)
  if (entries.length === 0) return [pointer]
  return entries.flatMap(([key, item]) => leavesOf(item, `${pointer}/${escapeSegment(key)}`))
}

/**
 * Where a change at a place of a resource can alter what a policy finds. `nowhere` is certain: an expression is a
 * pure function of what it reads, and none of it lies at, above or below the place that changes.
 */
export function concernOf(compiled: CompiledPolicy, subject: Subject, pattern: string): Concern {
  let reads = footprints.get(compiled)
  if (reads === undefined) footprints.set(compiled, (reads = allReads(compiled)))
  return concern(reads, subject, pattern)
}

/** The same question about the fix: where a change can alter what a policy would do about its finding. */
export function planConcernOf(compiled: CompiledPolicy, subject: Subject, pattern: string): Concern {
  let reads = planFootprints.get(compiled)
  if (reads === undefined) planFootprints.set(compiled, (reads = planReads(compiled)))
  return concern(reads, subject, pattern)
}

function concern(reads: Footprint, subject: Subject, pattern: string): Concern {
  const looks = looksOf(reads, subject)
  if (looks === 'anywhere') return 'anywhere'
  const path = segments(pattern)
  // What an object is decides which policies apply to it at all.
  if (path.length === 0 || path[0] === 'apiVersion' || path[0] === 'kind') return 'anywhere'
  const concerned = looks.filter((look) => overlap(look.path, path))
  if (concerned.length === 0) return 'nowhere'
  return concerned.every(({ inContainer }) => inContainer) ? 'container' : 'anywhere'
}

function overlap(look: readonly string[], path: readonly string[]): boolean {
  const shared = Math.min(look.length, path.length)
  for (let index = 0; index < shared; index++)
    if (look[index] !== '*' && path[index] !== '*' && look[index] !== path[index]) return false
  return true
}

function looksOf(reads: Footprint, { pod }: Subject): readonly Look[] | 'anywhere' {
  if (reads === 'anywhere') return 'anywhere'
  const spec = pod === undefined ? [] : segments(pod.pointer)
  const template = pod === undefined ? [] : segments(pod.templatePointer)
  return reads.flatMap(({ binding, path }): Look[] => {
    if (binding === 'container')
      return containerLists.map((list) => ({ path: [...spec, list, '*', ...path], inContainer: true }))
    if (binding === 'pod') return [{ path: [...spec, ...path], inContainer: false }]
    if (binding === 'template') return [{ path: [...template, ...path], inContainer: false }]
    return [{ path, inContainer: false }]
  })
}

/** Everything a verdict depends on: the condition, the place of the finding, and the list it stands in. */
function allReads({ policy, when, at, forEach }: CompiledPolicy): Footprint {
  if (policy.judges !== 'written') return 'anywhere'
  if (policy.check !== undefined && !localChecks.has(policy.check)) return 'anywhere'
  const own = when === undefined ? [] : readsIn([when], at.path)
  if (own === undefined) return 'anywhere'
  const list: Read[] = forEach.kind === 'item' ? [{ binding: forEach.root, path: forEach.path }] : []
  const place: Read[] =
    at.root === 'item' || at.path.length === 0 ? [] : [{ binding: at.root, path: at.path }]
  return [...list, ...place, ...own]
}

/** Everything a planned fix depends on: the verdict, and all that its operations are made of. */
function planReads(compiled: CompiledPolicy): Footprint {
  const verdict = allReads(compiled)
  if (verdict === 'anywhere') return verdict
  const expressions: Expression[] = compiled.hazards.flatMap(({ condition, met }) =>
    [condition, met ?? []].flat(),
  )
  const built: Read[] = []
  for (const { source, condition, operations } of compiled.fixes) {
    if (condition !== undefined) expressions.push(condition)
    for (const { path, value } of operations) {
      if (!('root' in path)) expressions.push(path)
      if (value !== undefined && 'expression' in value) expressions.push(value.expression)
    }
    if (!('build' in source)) continue
    const read = readByBuild.get(source.build)
    if (read === undefined) return 'anywhere'
    built.push(...read)
  }
  const own = readsIn(expressions, compiled.at.path)
  return own === undefined ? 'anywhere' : [...verdict, ...built, ...own]
}

/** What expressions read, in terms of the resource; undefined where one reads something that no path tells. */
function readsIn(expressions: readonly Expression[], at: readonly string[]): Read[] | undefined {
  const reads: Read[] = []
  for (const expression of expressions) {
    const own = readsOf(expression)
    if (own === undefined) return undefined
    for (const read of own)
      if (read.binding === 'effective')
        reads.push({ binding: 'pod', path: at }, { binding: 'container', path: at })
      // An item lies in the list; its key and index come from there, and a container's list from its pointer. What is known
      // of an image is known of the one that was written, whatever fixes have made of it.
      else if (!['item', 'key', 'index', 'containerList', 'image'].includes(read.binding)) reads.push(read)
  }
  return reads
}

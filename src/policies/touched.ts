import { segments } from '../model/index.ts'
import { containerLists, type Subject } from '../resources/index.ts'
import { localChecks } from './checks/index.ts'
import type { CompiledPolicy } from './compile.ts'
import { readsOf, type Read } from './reads.ts'

/** Where a policy looks: paths from the root of the resource, `*` for any container or item. */
type Footprint = readonly (readonly string[])[]

const footprints = new WeakMap<CompiledPolicy, readonly Read[] | 'anywhere'>()

/**
 * Whether a change at these places of a resource can alter what a policy finds there. False is certain: an expression
 * is a pure function of what it reads, and none of it lies at, above or below a place that changes.
 */
export function canTouch(compiled: CompiledPolicy, subject: Subject, pointers: readonly string[]): boolean {
  const footprint = footprintOf(compiled, subject)
  if (footprint === 'anywhere') return true
  return pointers.some((pointer) => {
    const path = segments(pointer)
    // What an object is decides which policies apply to it at all.
    if (path.length === 0 || path[0] === 'apiVersion' || path[0] === 'kind') return true
    return footprint.some((read) => overlap(read, path))
  })
}

function overlap(read: readonly string[], path: readonly string[]): boolean {
  const shared = Math.min(read.length, path.length)
  for (let index = 0; index < shared; index++)
    if (read[index] !== '*' && read[index] !== path[index]) return false
  return true
}

function footprintOf(compiled: CompiledPolicy, { pod }: Subject): Footprint | 'anywhere' {
  let reads = footprints.get(compiled)
  if (reads === undefined) footprints.set(compiled, (reads = allReads(compiled)))
  if (reads === 'anywhere') return 'anywhere'
  const spec = pod === undefined ? [] : segments(pod.pointer)
  const template = pod === undefined ? [] : segments(pod.templatePointer)
  return reads.flatMap(({ binding, path }) => {
    if (binding === 'container') return containerLists.map((list) => [...spec, list, '*', ...path])
    if (binding === 'pod') return [[...spec, ...path]]
    if (binding === 'template') return [[...template, ...path]]
    return [path]
  })
}

/** Everything a verdict depends on: the condition, the place of the finding, and the list it stands in. */
function allReads({ policy, when, at, forEach }: CompiledPolicy): readonly Read[] | 'anywhere' {
  if (policy.judges === 'defaulted') return 'anywhere'
  if (policy.check !== undefined && !localChecks.has(policy.check)) return 'anywhere'
  const own = when === undefined ? [] : readsOf(when)
  if (own === undefined) return 'anywhere'
  const list: Read[] = forEach.kind === 'item' ? [{ binding: forEach.root, path: forEach.path }] : []
  const place: Read[] =
    at.root === 'item' || at.path.length === 0 ? [] : [{ binding: at.root, path: at.path }]
  const reads: Read[] = [...list, ...place]
  for (const read of own) {
    if (read.binding === 'effective')
      reads.push({ binding: 'pod', path: at.path }, { binding: 'container', path: at.path })
    // An item lies in the list; its key and index come from there, and a container's list from its pointer.
    else if (!['item', 'key', 'index', 'containerList'].includes(read.binding)) reads.push(read)
  }
  return reads
}

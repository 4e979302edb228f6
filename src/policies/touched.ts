import { segments } from '../model/index.ts'
import { containerLists, type Subject } from '../resources/index.ts'
import { localChecks } from './checks/index.ts'
import type { CompiledPolicy } from './compile.ts'
import { readsOf, type Read } from './reads.ts'

/** Where a policy looks: a path from the root of the resource, `*` for any container or item. */
interface Look {
  path: readonly string[]
  /** True where it is the container at hand that is looked at. */
  inContainer: boolean
}

/** Whom a change concerns: no one, only the container it lies in, or any place that a policy judges. */
export type Concern = 'nowhere' | 'container' | 'anywhere'

const footprints = new WeakMap<CompiledPolicy, readonly Read[] | 'anywhere'>()

/**
 * Where a change at these places of a resource can alter what a policy finds. `nowhere` is certain: an expression is a
 * pure function of what it reads, and none of it lies at, above or below a place that changes.
 */
export function concernOf(compiled: CompiledPolicy, subject: Subject, pointers: readonly string[]): Concern {
  const looks = looksOf(compiled, subject)
  if (looks === 'anywhere') return 'anywhere'
  const concerned: Look[] = []
  for (const pointer of pointers) {
    const path = segments(pointer)
    // What an object is decides which policies apply to it at all.
    if (path.length === 0 || path[0] === 'apiVersion' || path[0] === 'kind') return 'anywhere'
    concerned.push(...looks.filter((look) => overlap(look.path, path)))
  }
  if (concerned.length === 0) return 'nowhere'
  return concerned.every(({ inContainer }) => inContainer) ? 'container' : 'anywhere'
}

function overlap(look: readonly string[], path: readonly string[]): boolean {
  const shared = Math.min(look.length, path.length)
  for (let index = 0; index < shared; index++)
    if (look[index] !== '*' && look[index] !== path[index]) return false
  return true
}

function looksOf(compiled: CompiledPolicy, { pod }: Subject): readonly Look[] | 'anywhere' {
  let reads = footprints.get(compiled)
  if (reads === undefined) footprints.set(compiled, (reads = allReads(compiled)))
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

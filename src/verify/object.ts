import { detect, type Detected } from '../detect/index.ts'
import type { Gate, JsonObject, JsonPatch, PatchOperation } from '../model/index.ts'
import type { ChangedPlace, Judge } from '../policies/index.ts'
import { subjectOf, type Resource } from '../resources/index.ts'
import { newDuplicates } from './duplicates.ts'
import { forbiddenLosses } from './losses.ts'

/** What fixes of one resource are judged against. */
export interface Judged {
  judge: Judge
  resource: Resource
  /** All problems that the resource has before any fix, by every policy, and their keys. */
  detected: readonly Detected[]
  before: ReadonlySet<string>
  /** Policies that gave no verdict before any fix. */
  silent: ReadonlySet<string>
  /** Policies whose fixes may remove data (`allow-removal`). */
  allowRemoval: ReadonlySet<string>
  /** Policies whose fixes may change what runs. */
  mayChange: ReadonlySet<string>
  /** Problems that an exception leaves as they are: no fix may change them in passing. */
  excepted: readonly Detected[]
}

export type VerifiedLevel = 'text' | 'policy'

/** Gate names of level `policy`, in the order in which they are tried. */
export const objectGates = [
  'keeps-data',
  'keeps-exceptions',
  'target-gone',
  'nothing-new',
  'post-condition',
] as const

const passes = new Map<string, Gate>()

/** A gate that holds: one object for all fixes, since thousands of findings carry it from thread to thread. */
export function passed(name: string): Gate {
  const gate = passes.get(name) ?? { name, passed: true }
  passes.set(name, gate)
  return gate
}

/**
 * Judges a patched object by the gates that look at the object alone (promise 1): nothing is lost, every target is
 * gone, no policy finds anything new, and each policy's own post-condition holds. Stops at the first gate that fails.
 * Where the places that the patch changes are given, policies that read nothing there are not asked again.
 */
export function objectVerdict(
  judged: Judged,
  members: readonly Detected[],
  patched: JsonObject,
  level: VerifiedLevel,
  changed?: readonly ChangedPlace[],
): Gate[] {
  const gates: Gate[] = []
  const pass = (name: (typeof objectGates)[number], failure: string | undefined): boolean => {
    gates.push(failure === undefined ? passed(name) : { name, passed: false, detail: failure })
    return failure === undefined
  }
  if (!pass('keeps-data', lost(judged, members, patched))) return gates
  if (level === 'text' && judged.excepted.length === 0) return gates

  const subject = subjectOf(patched)
  if (subject === undefined) {
    pass('target-gone', 'the patched object is no Kubernetes object any more')
    return gates
  }
  // What an exception is about has to be found again, wherever it stands.
  const touched =
    judged.excepted.length > 0 ? undefined : changed && judged.judge.touchedBy(judged.resource, changed)
  const after = detect(judged.judge, subject, touched)
  const keys = new Set(after.detected.map(({ key }) => key))
  const changedToo = judged.excepted.find(({ key }) => !keys.has(key))
  if (changedToo !== undefined)
    pass(
      'keeps-exceptions',
      `it would also change what an exception leaves as it is: ${changedToo.match.policy.id}`,
    )
  if (changedToo !== undefined || level === 'text') return gates
  const left = members.find(({ key }) => keys.has(key))
  if (!pass('target-gone', left && `${left.match.policy.id} still finds it`)) return gates
  const fresh = after.detected.find(({ key }) => !judged.before.has(key))
  const silent = after.errors.find(({ policy }) => !judged.silent.has(policy))
  const [twice] = newDuplicates(judged.resource.object, patched)
  const news = fresh
    ? `${fresh.match.policy.id} finds: ${fresh.match.message}`
    : silent
      ? `${silent.policy} gives no verdict any more: ${silent.message}`
      : twice
  if (!pass('nothing-new', news)) return gates

  const broken = members.find(({ match }) => judged.judge.ensures(match, subject) !== true)
  pass('post-condition', broken && `${broken.match.policy.id}: what the policy ensures does not hold`)
  return gates
}

function lost(judged: Judged, members: readonly Detected[], patched: JsonObject): string | undefined {
  const policies = members.map(({ match }) => match.policy)
  const mayRemove = policies.some(({ id }) => judged.allowRemoval.has(id))
  const families = new Set<string>(policies.map(({ family }) => family))
  const mayChange = policies.some(({ id }) => judged.mayChange.has(id))
  const pointers = forbiddenLosses(judged.resource.object, patched, families, mayRemove, mayChange)
  return pointers.length === 0 ? undefined : `the patch takes away or changes ${pointers.join(', ')}`
}

/** A patch of a resource as a patch of its document (the items of a List stand below it). */
export function rooted(patch: JsonPatch, root: string): JsonPatch {
  if (root === '') return patch
  return patch.map((operation): PatchOperation => {
    const path = root + operation.path
    return operation.op === 'move' || operation.op === 'copy'
      ? { ...operation, from: root + operation.from, path }
      : { ...operation, path }
  })
}

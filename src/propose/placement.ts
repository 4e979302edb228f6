import { equal, isWithin, unsafeAbove, valueAt, type JsonValue, type PatchOperation } from '../model/index.ts'
import type { FixPlan, Judge, Match } from '../policies/index.ts'
import type { Subject } from '../resources/index.ts'

type PatchPlan = FixPlan & { kind: 'patch' }

/**
 * Where the API has a field at the pod and at the container, one line at the pod does what one in every container
 * would. A fix is lifted there when all containers agree: each has the problem and gets the same value at the same risk,
 * and none says anything about the field itself. Then all of them inherit, and the result is the same in whatever order
 * fixes come. Otherwise it stays at its container. `peers` are all matches of the policy in the same object.
 * `lifts` false keeps it at its container in any case; `written` is the object before other fixes.
 */
export function place(
  judge: Judge,
  match: Match,
  plan: PatchPlan,
  peers: readonly Match[],
  lifts: boolean,
  written: Subject,
): PatchOperation[] {
  const pod = match.subject.pod
  const mine = pod === undefined || !lifts ? undefined : liftable(match, plan)
  if (pod === undefined || mine === undefined) return plan.operations
  const agree = pod.containers.every((container) => {
    const peer = peers.find((other) => other.container?.pointer === container.pointer)
    if (peer === undefined) return false
    const other = peer === match ? plan : judge.planFix(peer, written)
    if (other.kind !== 'patch' || isUnsafe(other) !== isUnsafe(plan)) return false
    const theirs = liftable(peer, other)
    return (
      theirs?.length === mine.length &&
      theirs.every(
        ({ below, value }, index) => below === mine[index]?.below && equal(value, mine[index].value),
      )
    )
  })
  if (!agree) return plan.operations
  return mine.map(({ below, value }) => ({ op: 'add', path: pod.pointer + below, value }))
}

interface Lifted {
  /** Pointer from the container, and so from the pod. */
  below: string
  value: JsonValue
}

/** What a fix of a container writes, where nothing but new values is written; undefined where it cannot be lifted. */
function liftable({ policy, container }: Match, { operations }: PatchPlan): Lifted[] | undefined {
  if (policy.level !== 'pod-or-container' || container === undefined) return undefined
  const lifted: Lifted[] = []
  for (const operation of operations) {
    if (operation.op !== 'add' && operation.op !== 'replace') return undefined
    if (!isWithin(operation.path, container.pointer)) return undefined
    const below = operation.path.slice(container.pointer.length)
    if (valueAt(container.value, below) !== undefined) return undefined
    lifted.push({ below, value: operation.value })
  }
  return lifted
}

function isUnsafe({ breakage }: PatchPlan): boolean {
  return breakage.probability > unsafeAbove
}

import { publicPolicy } from './deciding.ts'
import type { Breakage } from './model/index.ts'
import { withReverts, type Reverts } from './risk/index.ts'
import { countsOf, weekOf, type State } from './schedule/index.ts'

/** What became of the fixes of a repository, by `publicPolicy`; plain data. */
export type RevertsByPolicy = Readonly<Record<string, Reverts>>

/** Undefined where no fix was taken yet. `time` is in milliseconds since 1970. */
export function revertsOf(state: State, time: number): RevertsByPolicy | undefined {
  const seen: Record<string, Reverts> = {}
  for (const { context, committed, broke } of countsOf(state, weekOf(time))) {
    if (committed === 0) continue
    const known = seen[context.policy]
    seen[context.policy] = {
      committed: (known?.committed ?? 0) + committed,
      broke: (known?.broke ?? 0) + broke,
    }
  }
  return Object.keys(seen).length === 0 ? undefined : seen
}

/**
 * How likely a fix breaks its workload, by what became of such fixes in this repository. One change that mends the
 * findings of several policies is as likely as the worst of them says.
 */
export function learnedBreakage(
  stated: Breakage,
  policies: readonly string[],
  seen: RevertsByPolicy | undefined,
): Breakage {
  if (seen === undefined) return stated
  const [worst = stated] = policies
    .flatMap((policy) => seen[publicPolicy(policy)] ?? [])
    .map((reverts) => withReverts(stated, reverts))
    .toSorted((a, b) => b.probability - a.probability)
  return worst
}

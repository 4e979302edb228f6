import type { Breakage } from './model/index.ts'
import { publicPolicy } from './public-names.ts'
import { withReverts, type Reverts } from './risk/index.ts'

/** What became of the fixes of a repository, by `publicPolicy`; plain data. */
export type RevertsByPolicy = Readonly<Record<string, Reverts>>

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

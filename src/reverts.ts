import { publicPolicy } from './deciding.ts'
import { unsafeAbove, type Finding } from './model/index.ts'
import { withReverts, type Reverts } from './risk/index.ts'
import type { Count } from './schedule/index.ts'

/**
 * Tells findings what became of such fixes in this repository (`countsOf`): how likely theirs breaks its workload, and
 * whether it is safe by that. Findings that one change mends go through the same, so that it is as likely as the worst of
 * their policies says.
 */
export function learnBreakage(findings: readonly Finding[], counts: readonly Count[]): void {
  const seen = revertsOf(counts)
  const byFingerprint = new Map(findings.map((finding) => [finding.fingerprint, finding]))
  const learned = findings.flatMap((finding): [Finding, NonNullable<Finding['breakage']>][] => {
    const stated = finding.breakage
    if (stated === undefined || finding.safe === undefined) return []
    const together = [finding, ...finding.requires.flatMap((one) => byFingerprint.get(one) ?? [])]
    const [worst = stated] = together
      .flatMap(({ policy }) => seen.get(publicPolicy(policy)) ?? [])
      .map((reverts) => withReverts(stated, reverts))
      .toSorted((a, b) => b.probability - a.probability)
    return [[finding, worst]]
  })
  for (const [finding, breakage] of learned) {
    finding.breakage = breakage
    finding.safe = breakage.probability <= unsafeAbove
  }
}

function revertsOf(counts: readonly Count[]): Map<string, Reverts> {
  const seen = new Map<string, Reverts>()
  for (const { context, committed, broke } of counts) {
    const known = seen.get(context.policy)
    seen.set(context.policy, {
      committed: (known?.committed ?? 0) + committed,
      broke: (known?.broke ?? 0) + broke,
    })
  }
  return seen
}

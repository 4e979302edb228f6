import { breakageClasses, type Breakage, type BreakageClass } from './model/index.ts'
import { publicPolicy } from './public-names.ts'
import { withReverts, type Reverts } from './risk/index.ts'

/** What became of the fixes that were as likely to break something. */
export interface RevertsOfClass extends Reverts {
  breakage: BreakageClass
}

/** What became of the fixes of a repository, by `publicPolicy`; plain data. */
export type RevertsByPolicy = Readonly<Record<string, readonly RevertsOfClass[]>>

/** The class of a chance that a fix breaks its workload. */
export function breakageClassOf(probability: number): BreakageClass {
  const order = ['low', 'some', 'high', 'refused'] as const
  return order.find((name) => probability <= breakageClasses[name]) ?? 'refused'
}

/**
 * How likely a fix breaks its workload, by what became of such fixes in this repository. One change that mends the
 * findings of several policies is as likely as the worst of them says; where nothing was seen of one, what was stated
 * stands.
 */
export function learnedBreakage(
  stated: Breakage,
  policies: readonly string[],
  seen: RevertsByPolicy | undefined,
): Breakage {
  if (seen === undefined) return stated
  const [worst = stated] = policies
    .map((policy) =>
      withReverts(stated, sumFor(breakageClassOf(stated.probability), seen[publicPolicy(policy)])),
    )
    .toSorted((a, b) => b.probability - a.probability)
  return worst
}

/**
 * That a fix broke something counts for all of its policy. That one held counts for those alone that were thought no
 * riskier: where the user of an image is known it says nothing of images of which nothing is known.
 */
function sumFor(stated: BreakageClass, seen: readonly RevertsOfClass[] = []): Reverts {
  const sum = { committed: 0, broke: 0 }
  for (const { breakage, committed, broke } of seen) {
    sum.committed += breakageClasses[breakage] >= breakageClasses[stated] ? committed : broke
    sum.broke += broke
  }
  return sum
}

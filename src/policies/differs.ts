import { type Policy, type PolicyDifference } from '../model/index.ts'
import type { Subject } from '../resources/index.ts'
import { holds } from './breakage.ts'
import { Expression } from './cel.ts'
import { compilePolicy } from './compile.ts'
import { sitesOf, type PolicyContext, type Site } from './judge.ts'

/**
 * Differences that hold for every rule of an engine, in the form of `differs`: what of an object an engine reads at all.
 * Written here once instead of in every policy. Judged at the resource.
 */
export const engineDifferences: readonly Omit<PolicyDifference, 'rule'>[] = [
  {
    engine: 'kube-linter',
    reports: 'ours',
    when: 'object.apiVersion.startsWith("extensions/") || object.kind == "PodTemplate"',
    because: 'it judges no pods of the old group extensions, nor pod templates on their own',
  },
  {
    engine: 'kube-linter',
    reports: 'theirs',
    when: `object.kind in ["Deployment", "DaemonSet", "ReplicaSet", "StatefulSet", "ReplicationController", "Job"] &&
      !object.?spec.?template.?spec.hasValue()`,
    because: 'it takes an object without a pod, as in a patch, for one with an empty pod',
  },
]

/** Which difference is asked about: a rule of another engine, and the side that reports while the other is silent. */
export type DifferenceQuestion = Pick<PolicyDifference, 'engine' | 'rule' | 'reports'>

/** A place of a resource that a policy looks at; what is left out may be anything. */
export interface DifferencePlace {
  container?: string | undefined
  item?: string | undefined
}

/**
 * Why the policy foretells a difference at this resource: the reason of the first of its `differs` that fits the
 * question and holds at a site of the resource, or, where `place` is given, at that site. Undefined where none does; an
 * entry that cannot be evaluated foretells nothing.
 */
export function foretold(
  policy: Policy,
  subject: Subject,
  question: DifferenceQuestion,
  context: PolicyContext,
  place: DifferencePlace = {},
): string | undefined {
  const { differences } = compilePolicy(policy)
  const fitting = differences.filter(
    ({ source }) => source.rule === question.rule && concerns(source, question),
  )
  const sites = fitting.length === 0 ? [] : sitesOf(policy, subject, context)
  const found = fitting.find(
    ({ condition }) =>
      condition === undefined || sites.some((site) => isAt(site, place) && holds(condition, site)),
  )
  return found?.source.because ?? ofEngine(policy, subject, question, context)
}

/** The resource as a whole, for what holds of every rule. */
function ofEngine(
  policy: Policy,
  subject: Subject,
  question: DifferenceQuestion,
  context: PolicyContext,
): string | undefined {
  const [site] = sitesOf({ ...policy, 'for-each': 'resource', at: 'object:' }, subject, context)
  if (site === undefined) return undefined
  return engineDifferences.find(
    (difference) =>
      concerns(difference, question) &&
      (difference.when === undefined || holds(new Expression(difference.when, new Set(['object'])), site)),
  )?.because
}

function concerns(
  { engine, reports }: Pick<PolicyDifference, 'engine' | 'reports'>,
  question: DifferenceQuestion,
): boolean {
  return engine === question.engine && reports === question.reports
}

function isAt({ container, item }: Site, place: DifferencePlace): boolean {
  return (
    (place.container === undefined || place.container === container?.pointer) &&
    (place.item === undefined || place.item === item?.pointer)
  )
}

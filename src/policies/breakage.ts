import type { Breakage, Policy } from '../model/index.ts'
import type { Subject } from '../resources/index.ts'
import { ExpressionError, type Expression } from './cel.ts'
import { compilePolicy } from './compile.ts'
import { sitesOf, type PolicyContext, type Site } from './judge.ts'

/**
 * The chance that the fix of a policy that looks at the repository breaks the workload: `values` of the context holds what
 * the repository shows. A move that cannot be evaluated moves nothing.
 */
export function breakageOf(policy: Policy, subject: Subject, context: PolicyContext): Breakage {
  const [site] = sitesOf(policy, subject, context)
  const move = compilePolicy(policy).moves.find(
    ({ condition }) => site !== undefined && holds(condition, site),
  )
  return {
    probability: move?.to ?? policy.breakage.prior,
    because: move?.because ?? policy.breakage.because,
  }
}

export function holds(condition: Expression, { bindings, view }: Site): boolean {
  try {
    return condition.holds(bindings, view.size)
  } catch (error) {
    if (error instanceof ExpressionError) return false
    throw error
  }
}

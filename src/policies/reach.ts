import type { Policy } from '../model/index.ts'
import { createJudge, type Judge, type PolicyContext } from './judge.ts'

/** Policies that look across objects are judged once all files are read, by src/detect/repository.ts. */
export function looksAtRepository(policy: Policy): boolean {
  return policy['looks-at'] === 'repository'
}

/** The judge of single objects: of all the policies but those that look across objects. */
export function createObjectJudge(policies: readonly Policy[], context: PolicyContext): Judge {
  return createJudge(
    policies.filter((policy) => !looksAtRepository(policy)),
    context,
  )
}

import type { Check } from '../place.ts'
import { isRepeated } from './duplicate-env-var.ts'
import { hasNoEmail } from './required-annotation-email.ts'
import { isUnsorted } from './sorted-keys.ts'

/** Checks that one expression cannot say, by the name that policies use. */
export const checks: ReadonlyMap<string, Check> = new Map([
  ['duplicate-env-var', isRepeated],
  ['required-annotation-email', hasNoEmail],
  ['sorted-keys', isUnsorted],
])

/** Checks that read nothing but the list that the policy looks through. */
export const localChecks: ReadonlySet<string> = new Set(['duplicate-env-var'])

import type { Judge, Match, Scope } from '../policies/index.ts'
import type { Subject } from '../resources/index.ts'

/** One problem in one resource, as an engine sees it. */
export interface Detected {
  /**
   * Names the problem inside its resource: policy, container, item, and an ordinal where these are still equal. Equal
   * keys before and after a patch are the same problem; indexes and lines are not in it, so edits do not move it.
   */
  key: string
  match: Match
}

export interface Detection {
  detected: Detected[]
  /** Policies that gave no verdict: neither a finding nor clean. */
  errors: { policy: string; message: string }[]
}

/** Engine `builtin`: our own policies, in this process. Findings come in the order of policy id, then of the text. */
export function detect(judge: Judge, subject: Subject, scope?: Scope): Detection {
  const { matches, errors } = judge.judge(subject, scope)
  const seen = new Map<string, number>()
  const detected = matches.map((match) => {
    const base = JSON.stringify([match.policy.id, match.container?.name ?? '', match.item?.key ?? ''])
    const ordinal = seen.get(base) ?? 0
    seen.set(base, ordinal + 1)
    return { key: ordinal === 0 ? base : `${base}#${ordinal}`, match }
  })
  return { detected, errors }
}

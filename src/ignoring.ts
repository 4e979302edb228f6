import { startOfDay } from './model/index.ts'
import { weekOf } from './schedule/index.ts'

/** What somebody wants not to hear again, and why. */
export interface Ignored {
  /** Whether the finding is called wrong, and not a risk that is taken. */
  isWrong: boolean
  /** The last week of it; absent for always. */
  until?: number
}

/**
 * `/autofix ignore REASON` at the start of a line of a comment, with the id of the policy in front of the reason, if one
 * likes. A reason that begins with `false positive` or `wrong` is a word on the policy; any other one takes the risk.
 * `until 2027-01-31` ends it. Undefined where it is not said, or no reason is given.
 */
export function ignoredIn(body: string, policy: string): Ignored | undefined {
  const [, said = ''] = /^\/autofix +ignore\b(.*)$/m.exec(body) ?? []
  const words = said.trim().replace(/^[`*]+|[`*]+$/g, '')
  const reason = (words.startsWith(policy) ? words.slice(policy.length) : words).replace(/^[\s:,;.–-]+/, '')
  if (reason === '') return undefined
  const isWrong = /^(?:false[ -]positive|wrong)\b/i.test(reason)
  const [, day = ''] = /\buntil (\d{4}-\d{2}-\d{2})\b/.exec(reason) ?? []
  const start = startOfDay(day)
  return start === undefined ? { isWrong } : { isWrong, until: weekOf(start) }
}

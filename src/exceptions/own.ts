import { endOfDay } from '../model/index.ts'
import { mostExceptions } from './exception.ts'
import type { Names } from './names.ts'

/** Our own annotation. */
export const ownKey = 'k8s-autofix.dev/ignore'

/** One entry of it: `<policy>[<container>]: <reason> (until 2027-01-31)`. */
export interface OwnEntry {
  named: string
  policies: readonly string[] | undefined
  container: string | undefined
  reason: string
  until: string | undefined
  /** When it no longer holds. */
  end: number | undefined
  problem: string | undefined
}

/** Of what an entry is about, in letters: no policy and no container has a longer name. */
const longestName = 200

const form = '<policy>: <reason> (until 2027-01-31)'

/** Reads the annotation: entries on lines of their own, or behind `;`. What cannot be read is an entry with a problem. */
export function readOwn(value: string, names: Names): OwnEntry[] {
  return value
    .split(/[\n;]/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .slice(0, mostExceptions)
    .map((text) => readEntry(text, names))
}

function readEntry(text: string, names: Names): OwnEntry {
  const colon = text.indexOf(':')
  const subject = (colon === -1 ? text : text.slice(0, colon)).trim()
  const match = /^([^\s[\]]+)(?:\[([^\s[\]]+)\])?$/.exec(subject)
  const entry: OwnEntry = {
    named: subject.slice(0, longestName),
    policies: [],
    container: match?.[2],
    reason: '',
    until: undefined,
    end: undefined,
    problem: undefined,
  }
  const id = match?.[1]
  if (id === undefined || subject.length > longestName)
    return { ...entry, problem: `is not written as ${form}` }
  const policies = id === '*' ? undefined : names.ofOurs(id)
  if (id !== '*' && policies === undefined)
    return { ...entry, problem: `unknown policy ${JSON.stringify(id)}${names.suggest(id)}` }
  const { reason, until } = ending(colon === -1 ? '' : text.slice(colon + 1))
  const end = until === undefined ? undefined : endOfDay(until)
  return {
    ...entry,
    policies,
    reason,
    until,
    end,
    problem:
      until !== undefined && end === undefined
        ? `until ${JSON.stringify(until)} is no date; write (until 2027-01-31)`
        : reason === ''
          ? `gives no reason for ${subject}; write ${subject}: <reason>`
          : undefined,
  }
}

/** Takes `(until ...)` off the end of a reason. */
function ending(text: string): { reason: string; until: string | undefined } {
  const reason = text.trim()
  const at = reason.lastIndexOf('(until')
  if (at === -1 || !reason.endsWith(')') || !/\s/.test(reason[at + '(until'.length] ?? ''))
    return { reason, until: undefined }
  return { reason: reason.slice(0, at).trim(), until: reason.slice(at + '(until'.length, -1).trim() }
}

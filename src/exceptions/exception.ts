import {
  isObject,
  isWithin,
  property,
  type ExceptionForm,
  type Finding,
  type JsonValue,
  type ResourceReference,
} from '../model/index.ts'
import { wildcard } from './wildcard.ts'

/** One exception as somebody has written it down, read and ready to be asked. Plain data. */
export interface Exception {
  form: ExceptionForm
  /** What it is called where it stands: the key of an annotation, a comment, an object, `exceptions[2]`. */
  name: string
  /** What it names, in the words of its author. */
  named: string
  /** Ids of policies, and rules of other engines as `engine/rule`; undefined = all there are. */
  policies: readonly string[] | undefined
  container: string | undefined
  /** Findings at or below this pointer of the object; empty = all of the object. */
  within: string
  reason: string
  /** The last day, or the moment, until which it holds, as written. */
  until: string | undefined
  /** Its time is over. */
  ranOut: boolean
  /** What keeps it from holding: the author has to act. */
  problem: string | undefined
  /** Whether its author wrote it for us, and wants to know that it does nothing. */
  isOurs: boolean
  line: number | undefined
  /** Tells it from others of the same object: a change that alters any of it adds an exception. */
  identity: string
}

/** One that stands at an object of a file. */
export interface ObjectException extends Exception {
  file: string
  document: number
  object: ResourceReference
}

/** Of one object more are not read: nobody has looked at so many, one by one. */
export const mostExceptions = 100
/** Characters of a reason that are told. */
const mostReason = 300

/** A reason as it is told, whatever was written. */
export function reasonOf(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim()
  if (plain === '') return 'no reason given'
  return plain.length > mostReason ? `${plain.slice(0, mostReason).trimEnd()}…` : plain
}

/** What of a finding decides whether an exception is about it. */
export type Excepted = Pick<Finding, 'policy' | 'container'> & { location: { pointer: string } }

export function isAbout(exception: Exception, { policy, container, location }: Excepted): boolean {
  if (exception.problem !== undefined) return false
  if (exception.policies !== undefined && !exception.policies.some((one) => isPartOf(policy, one)))
    return false
  if (exception.container !== undefined && exception.container !== container) return false
  return isWithin(location.pointer, exception.within)
}

/** A policy of another engine may have rules of its own, `kyverno/<policy>/<rule>`, and be named by a pattern. */
function isPartOf(policy: string, named: string): boolean {
  if (policy === named) return true
  return named.includes('/') && (policy.startsWith(`${named}/`) || wildcard(named, policy))
}

/** The annotations of an object or of its pod template that are text. */
export function annotationsOf(holder: JsonValue | undefined): [string, string][] {
  const annotations = property(property(holder, 'metadata'), 'annotations')
  if (!isObject(annotations)) return []
  return Object.entries(annotations).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
}

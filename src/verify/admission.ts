import type { DryRun, Fault, Gate, JsonObject, JsonPatch, Reason, Rejection } from '../model/index.ts'
import { describe, dropped, unexplained } from './admission-effect.ts'
import {
  complaintsOf,
  inBrief,
  isAbout,
  isPerhapsCut,
  isStrict,
  newComplaints,
  warningsOf,
  type Complaint,
  type Refusal,
} from './admission-errors.ts'
import { placesOf, type Place } from './admission-places.ts'
import { passed } from './object.ts'

/** What was changed between the two dry-runs. */
export interface Change {
  /** The object as it was sent first, and as it was sent with the fixes. */
  before: JsonObject
  after: JsonObject
  /** The patches that lead from one to the other; each applies to `before`. */
  patches: readonly JsonPatch[]
  /** A second answer about the original: what differs from the first is drawn by the server for every request. */
  again?: DryRun
}

/** Gate names of level `admission`, in the order in which they are tried. */
export const admissionGates = ['admitted', 'no-new-warning', 'effect'] as const
export type AdmissionGate = (typeof admissionGates)[number]

export type Admission =
  /** The server takes the patched object (or finds that it exists already, as it did with the original). */
  | { verdict: 'accepted'; gates: Gate[] }
  /** The fixes add an error or a warning, or do more than their patch says. */
  | { verdict: 'rejected'; gate: AdmissionGate; gates: Gate[]; reason: Reason }
  /**
   * The server does not take the original either, and the fixes add no error that can be seen: neither good nor bad.
   * `hidden` says what was not checked, so this level is not reached.
   */
  | { verdict: 'already-invalid'; rejection: Rejection; gates: Gate[]; hidden: string }
  /** The server does not know the kind, or the namespace is missing: it says nothing of the object. */
  | { verdict: 'unjudged'; rejection: Unserved; message: string }
  /** Trouble on the way to a verdict, or no more questions allowed. */
  | { verdict: 'unproven'; fault: Fault | 'not-asked'; message: string }

export type Unserved = 'unknown-kind' | 'missing-namespace'

/**
 * Judges fixes by what the API server says to the object before and after them. The original comes first: what it was
 * refused for before is not held against a fix ("adds no error").
 */
export function judgeAdmission(original: DryRun, patched: DryRun, change: Change): Admission {
  if (original.outcome === 'unanswered') return unproven(original)
  if (patched.outcome === 'unanswered') return unproven(patched)
  const changed = change.patches.flatMap((patch) => placesOf(change.before, patch))
  if (patched.outcome === 'rejected')
    return original.outcome === 'accepted'
      ? rejected([], 'admitted', `the server refuses it now: ${words(complaintsOf(patched, change.after))}`)
      : judgeRefusals(original, patched, change, changed)
  const gates = [passed('admitted')]
  const warning = newWarning(original, patched, change, changed)
  if (warning !== undefined) return rejected(gates, 'no-new-warning', `the server warns now: ${warning}`)
  gates.push(passed('no-new-warning'))
  const side = { source: change.after, stored: patched.object }
  // A server takes no status from a file, whatever it says.
  const [lost] = dropped(side, changed).filter((place) => !/^\/status(?:\/|$)/.test(place))
  if (lost !== undefined) return rejected(gates, 'effect', `the server takes the fix and drops ${lost}`)
  // Of an original that was refused there is no stored object to compare with: the fix has cured it.
  if (original.outcome === 'rejected') return { verdict: 'accepted', gates }
  const again = change.again?.outcome === 'accepted' ? change.again.object : undefined
  const effects = unexplained({ source: change.before, stored: original.object }, side, changed, again)
  const [first] = effects
  if (first !== undefined) {
    const more = effects.length > 1 ? `, and ${effects.length - 1} more` : ''
    return rejected(gates, 'effect', `the server stores more than the patch says: ${describe(first)}${more}`)
  }
  return { verdict: 'accepted', gates: [...gates, passed('effect')] }
}

function unproven({ fault, message }: Extract<DryRun, { outcome: 'unanswered' }>): Admission {
  return { verdict: 'unproven', fault, message }
}

function rejected(gates: readonly Gate[], gate: AdmissionGate, detail: string): Admission {
  return {
    verdict: 'rejected',
    gate,
    gates: [...gates, { name: gate, passed: false, detail }],
    reason: { code: 'verifier-rejected:admission', text: detail },
  }
}

/** How far an object came before it was refused; what stands behind was never checked. */
const depths = {
  kind: 0,
  decoding: 1,
  strictness: 2,
  context: 3,
  validation: 4,
  policy: 5,
  storage: 6,
} as const

function depthOf(refusal: Refusal): number {
  switch (refusal.rejection) {
    case 'unknown-kind':
      return depths.kind
    case 'malformed':
      return isStrict(refusal) ? depths.strictness : depths.decoding
    case 'missing-namespace':
      return depths.context
    case 'forbidden':
      // Pod Security and quotas look at the object when it has passed validation; the other plug-ins complete it before.
      return /violates PodSecurity|exceeded quota/.test(refusal.message) ? depths.policy : depths.context
    case 'invalid':
    case 'immutable':
      return depths.validation
    case 'denied':
      return depths.policy
    case 'conflict':
      return depths.storage
  }
}

/** What a refusal of each depth leaves unchecked. */
function hiddenBehind(refusal: Refusal): string {
  switch (depthOf(refusal)) {
    case depths.kind:
      return 'the server does not know the kind, so nothing of the object was checked'
    case depths.decoding:
      return 'decoding ended at the first mistake, so neither other fields nor validation nor admission were checked'
    case depths.strictness:
      return 'the object was not decoded, so neither validation nor admission were checked'
    case depths.context:
      return 'the object was refused before validation'
    case depths.validation:
      return 'validation failed, so the admission checks behind it did not run'
    default:
      return 'the object was refused by admission, so it is not known what would be stored'
  }
}

function judgeRefusals(
  original: Refusal,
  patched: Refusal,
  change: Change,
  changed: readonly Place[],
): Admission {
  const { rejection } = original
  if (rejection === patched.rejection && (rejection === 'unknown-kind' || rejection === 'missing-namespace'))
    return { verdict: 'unjudged', rejection, message: original.message }
  // What exists already has passed every check: storage comes last.
  if (patched.rejection === 'conflict') return { verdict: 'accepted', gates: [passed('admitted')] }
  const after = complaintsOf(patched, change.after)
  const [old, now] = [depthOf(original), depthOf(patched)]
  if (now < old) return rejected([], 'admitted', `the server refuses it sooner now: ${words(after)}`)
  const news = newComplaints(complaintsOf(original, change.before), after, changed)
  // What stands behind the first refusal could not be seen before. It is the fix's own where it is about what the fix
  // changes, and always where the fix makes the object one of another API version.
  const isOwn = (complaint: Complaint): boolean =>
    changed.includes('/apiVersion') || isAbout(complaint, changed)
  const added = now > old ? news.filter(isOwn) : news
  if (added.length > 0) return rejected([], 'admitted', `the server refuses more now: ${words(added)}`)
  return {
    verdict: 'already-invalid',
    rejection,
    gates: [passed('admitted')],
    hidden: hiddenBehind(original),
  }
}

function words(complaints: readonly Complaint[]): string {
  const texts = [...new Set(complaints.map(({ text }) => inBrief(text)))]
  const shown = texts.slice(0, 3)
  const more = texts.length > 3 ? `; and ${texts.length - 3} more` : ''
  return shown.join('; ') + more
}

/**
 * A warning that the original did not draw. Where its warnings could not all be seen, because it was refused early or
 * because they were cut, only what is about the fix's own places can be held against the fix.
 */
function newWarning(
  original: Exclude<DryRun, { outcome: 'unanswered' }>,
  patched: Extract<DryRun, { outcome: 'accepted' }>,
  change: Change,
  changed: readonly Place[],
): string | undefined {
  const before = warningsOf(original.warnings, change.before)
  const news = newComplaints(before, warningsOf(patched.warnings, change.after), changed)
  const isWhole =
    original.outcome === 'accepted' && ![...original.warnings, ...patched.warnings].some(isPerhapsCut)
  const added = isWhole ? news : news.filter((warning) => isAbout(warning, changed))
  return added.length === 0 ? undefined : words(added)
}

import type { LineEdit } from '../model/index.ts'
import type { NewReviewComment, ReviewComment, ReviewThread } from './forge.ts'
import { hashOf, suggestionMarker, type MarkedDecision, type Seal } from './markers.ts'

/** A suggestion that a review could make. */
export interface Suggestion {
  /** Sorted. */
  fingerprints: readonly string[]
  edit: LineEdit
  /** What the comment says, without its mark, with the reason why it is made. */
  body: (because: string | undefined) => string
}

export interface ReviewPlan<One extends Suggestion> {
  create: One[]
  edit: { number: number; body: string }[]
  minimise: { id: string; reason: 'OUTDATED' | 'RESOLVED' }[]
  /** Suggestions that are open after all of this: those that stay, and those that are made. */
  open: One[]
  /** Fingerprints of what stands in the pull request already: open, under discussion, or resolved by a person. */
  standing: Set<string>
  /** The suggestions that this is about, with what was decided when they were made, where that can be believed. */
  kept: Map<One, MarkedDecision | undefined>
  /** How many could be made. */
  places: number
}

export interface Planning<One extends Suggestion> {
  /** How many suggestions may be open at once. */
  most: number
  /** The fingerprints of all findings that there are now or were before: a mark that names others is not ours. */
  known: ReadonlySet<string>
  seal: Seal | undefined
  /** What is made of the suggestions that do not stand there yet, for so many places. */
  choose: (suggestions: readonly One[], places: number) => readonly One[]
}

/**
 * Compares what is suggested already with what could be suggested now. Nothing is said twice; what stands stays as long as
 * it holds, whatever it is worth by now, and what a person has answered or resolved is left alone.
 */
export function planReview<One extends Suggestion>(
  threads: readonly ReviewThread[],
  suggestions: readonly One[],
  { most, known, seal, choose }: Planning<One>,
): ReviewPlan<One> {
  const plan: ReviewPlan<One> = {
    create: [],
    edit: [],
    minimise: [],
    open: [],
    standing: new Set(),
    kept: new Map(),
    places: 0,
  }
  let open = 0
  for (const thread of threads) {
    const [first, ...answers] = thread.comments
    const marker = first && markerOf(first)
    if (first === undefined || marker === undefined || first.isMinimised) continue
    const isAnswered = answers.some(({ isOurs }) => !isOurs)
    const same = suggestions.find((one) => !plan.kept.has(one) && isSame(one, marker))
    const overlapping = suggestions.filter(
      ({ fingerprints, edit }) =>
        edit.file === marker.path && fingerprints.some((one) => marker.fingerprints.includes(one)),
    )
    if (thread.isResolved || (isAnswered && overlapping.length > 0)) {
      // A person has decided, or is about to.
      for (const one of overlapping) {
        plan.kept.set(one, suggestionMarker.readBelieved(first.body, seal)?.decision)
        for (const print of one.fingerprints) plan.standing.add(print)
      }
      if (!thread.isResolved) open++
      continue
    }
    if (isAnswered) continue
    if (
      same !== undefined &&
      first.line === same.edit.endLine &&
      !thread.isOutdated &&
      isSameStart(same, marker)
    ) {
      const decision = suggestionMarker.readBelieved(first.body, seal)?.decision
      plan.kept.set(same, decision)
      open++
      plan.open.push(same)
      for (const one of same.fingerprints) plan.standing.add(one)
      // A mark stays as it is; with a new text it is written anew, and holds what can be believed.
      if (same.body(marker.decision?.because) !== suggestionMarker.without(normalised(first.body)))
        plan.edit.push({ number: first.number, body: withMarker(same, marker.commit, decision, seal) })
      continue
    }
    const isGone = marker.fingerprints.every((one) => !known.has(one))
    plan.minimise.push({ id: first.id, reason: isGone ? 'RESOLVED' : 'OUTDATED' })
  }
  plan.places = Math.max(0, most - open)
  const rest = suggestions.filter((one) => !plan.kept.has(one))
  plan.create.push(...choose(rest, plan.places).slice(0, plan.places))
  plan.open.push(...plan.create)
  return plan
}

/** Suggestions as comments of a review of a commit. */
export function commentsOf<One extends Suggestion>(
  suggestions: readonly One[],
  commit: string,
  seal: Seal | undefined,
  decisionOn: (suggestion: One) => MarkedDecision | undefined,
): NewReviewComment[] {
  return suggestions.map((suggestion) => {
    const { file, startLine, endLine } = suggestion.edit
    const body = withMarker(suggestion, commit, decisionOn(suggestion), seal)
    return { path: file, startLine, endLine, body }
  })
}

type SuggestionMarker = NonNullable<ReturnType<typeof suggestionMarker.read>>

/** A mark counts where we wrote it, on the file and the commit that it names. */
function markerOf(comment: ReviewComment): SuggestionMarker | undefined {
  if (!comment.isOurs) return undefined
  const marker = suggestionMarker.read(normalised(comment.body))
  return marker?.path === comment.path && marker.commit === comment.commit ? marker : undefined
}

function isSame({ fingerprints, edit }: Suggestion, marker: SuggestionMarker): boolean {
  return (
    edit.file === marker.path &&
    fingerprints.length === marker.fingerprints.length &&
    fingerprints.every((one) => marker.fingerprints.includes(one))
  )
}

/** Whether the lines below the anchor are as many as they were, so that the comment still covers what it replaces. */
function isSameStart({ edit }: Suggestion, marker: SuggestionMarker): boolean {
  return marker.edit === editHash(edit)
}

/** What a suggestion does, wherever it stands. */
function lasting({ startLine, endLine, replacement }: LineEdit): unknown {
  return [endLine - startLine, replacement]
}

/** The hash of a suggestion's edit, wherever it stands. */
export function editHash(edit: LineEdit): string {
  return hashOf(lasting(edit))
}

function withMarker(
  { fingerprints, edit, body }: Suggestion,
  commit: string,
  decision: MarkedDecision | undefined,
  seal: Seal | undefined,
): string {
  const marker = suggestionMarker.write(
    {
      fingerprints: [...fingerprints],
      path: edit.file,
      commit,
      edit: editHash(edit),
      ...(decision && { decision }),
    },
    seal,
  )
  return `${body(decision?.because)}\n\n${marker}`
}

/** GitHub hands bodies out with the line ends that a browser has sent. */
function normalised(body: string): string {
  return body.replaceAll('\r\n', '\n').trimEnd()
}

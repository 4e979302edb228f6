import type { LineEdit } from '../model/index.ts'
import type { NewReviewComment, ReviewComment, ReviewThread } from './forge.ts'
import { hashOf, suggestionMarker } from './markers.ts'

/** A suggestion that a review could make. */
export interface Suggestion {
  /** Sorted. */
  fingerprints: readonly string[]
  edit: LineEdit
  /** What the comment says, without its mark. */
  body: string
}

export interface ReviewPlan {
  create: NewReviewComment[]
  edit: { number: number; body: string }[]
  minimise: { id: string; reason: 'OUTDATED' | 'RESOLVED' }[]
  /** Suggestions that are open after all of this: those that stay, and those that are made. */
  open: Suggestion[]
  /** Fingerprints of what stands in the pull request already: open, under discussion, or resolved by a person. */
  standing: Set<string>
}

/**
 * Compares what is suggested already with what would be suggested now, the most wanted first. Nothing is said twice; what
 * a person has answered or resolved is left alone. At most `most` suggestions are open at once. `known` are the
 * fingerprints of all findings that there are now or were before: a mark that names others is not ours.
 */
export function planReview(
  threads: readonly ReviewThread[],
  suggestions: readonly Suggestion[],
  { commit, most, known }: { commit: string; most: number; known: ReadonlySet<string> },
): ReviewPlan {
  const plan: ReviewPlan = {
    create: [],
    edit: [],
    minimise: [],
    open: [],
    standing: new Set(),
  }
  const taken = new Set<Suggestion>()
  let open = 0
  for (const thread of threads) {
    const [first, ...answers] = thread.comments
    const marker = first && markerOf(first)
    if (first === undefined || marker === undefined || first.isMinimised) continue
    const isAnswered = answers.some(({ isOurs }) => !isOurs)
    const same = suggestions.find((one) => !taken.has(one) && isSame(one, marker))
    const overlapping = suggestions.filter(
      ({ fingerprints, edit }) =>
        edit.file === marker.path && fingerprints.some((one) => marker.fingerprints.includes(one)),
    )
    if (thread.isResolved || (isAnswered && overlapping.length > 0)) {
      // A person has decided, or is about to.
      for (const one of overlapping) {
        taken.add(one)
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
      taken.add(same)
      open++
      plan.open.push(same)
      for (const one of same.fingerprints) plan.standing.add(one)
      const body = withMarker(same, marker.commit)
      if (body !== normalised(first.body)) plan.edit.push({ number: first.number, body })
      continue
    }
    const isGone = marker.fingerprints.every((one) => !known.has(one))
    plan.minimise.push({ id: first.id, reason: isGone ? 'RESOLVED' : 'OUTDATED' })
  }
  for (const suggestion of suggestions) {
    if (taken.has(suggestion) || open >= most) continue
    open++
    const { file, startLine, endLine } = suggestion.edit
    plan.open.push(suggestion)
    plan.create.push({ path: file, startLine, endLine, body: withMarker(suggestion, commit) })
  }
  return plan
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

function withMarker({ fingerprints, edit, body }: Suggestion, commit: string): string {
  const marker = suggestionMarker.write({
    fingerprints: [...fingerprints],
    path: edit.file,
    commit,
    edit: editHash(edit),
  })
  return `${body}\n\n${marker}`
}

/** GitHub hands bodies out with the line ends that a browser has sent. */
function normalised(body: string): string {
  return body.replaceAll('\r\n', '\n').trimEnd()
}

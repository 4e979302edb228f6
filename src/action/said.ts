import type { MarkedCandidate } from '../github/index.ts'
import type { MarkdownOptions } from '../report/index.ts'
import type { Outcome } from '../run.ts'

/** A pull request with fixes. */
export interface FixPullRequest {
  number: number
  url: string
  fingerprints: ReadonlySet<string>
}

/** What a run has found and said. */
export interface Said {
  outcome: Outcome
  /** Whether the findings are those of a change. */
  isChange: boolean
  /** Findings that are suggested in the pull request; undefined where nothing is written to one. */
  inline?: ReadonlySet<string>
  /** Findings that somebody has said to ignore. */
  ignored?: ReadonlySet<string>
  fixPullRequest?: FixPullRequest
  reviewId?: number
  /** What could have been suggested, and what was decided on it. */
  candidates?: readonly MarkedCandidate[]
  /** False where a part of the branch was not looked at. */
  isWhole?: boolean
  /** Sentences for people: what could not be said, and why. */
  notes: string[]
}

/** What a summary tells beside the report. */
export function markdownOf({ isChange, inline, fixPullRequest, notes, outcome }: Said): MarkdownOptions {
  return {
    notes,
    sources: outcome.sources,
    isChange,
    ...(inline && { inline }),
    ...(fixPullRequest && { fixPullRequest }),
  }
}

export const notWhole =
  'the repository holds too many manifests to read all: policies that look across files have not run'

import type { ForgeError } from '../github/index.ts'
import type { MarkdownOptions } from '../report/index.ts'
import type { Outcome } from '../run.ts'

/** What a run has found and said. */
export interface Said {
  outcome: Outcome
  /** Whether the findings are those of a change. */
  isChange: boolean
  /** Findings that are suggested in the pull request; undefined where nothing is written to one. */
  inline?: ReadonlySet<string>
  fixPullRequest?: { number: number; url: string; fingerprints: ReadonlySet<string> }
  reviewId?: number
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

export function sentenceOf(error: ForgeError, what: string): string {
  return `${what}: ${error.message}${error.hint === undefined ? '' : `; ${error.hint}`}`
}

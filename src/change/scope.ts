import type { LineRange } from '../model/index.ts'

/** What a change did to one file of the head. */
export interface FileScope {
  /** Lines that the change has added or altered. */
  changed: readonly LineRange[]
  /** Lines that a comment of a review may stand on, a range for each hunk; none where nobody can tell. */
  shown: readonly LineRange[]
}

/** What of all findings is asked about. Plain data, so that it can be handed to a worker thread. */
export interface Scope {
  /** The files that a change touches, as reports name them; undefined where no change is under review, and all count. */
  files: ReadonlyMap<string, FileScope> | undefined
  /** Findings that were there before the change. */
  before: ReadonlySet<string>
  /** Findings that a baseline file takes as given. */
  accepted: ReadonlySet<string>
  /** What the merge base has of exceptions; undefined where no change is under review. */
  exceptions?: {
    /** Those that are written at objects, and those of Kyverno. */
    known: ReadonlySet<string>
    /** The findings that they suppress there. */
    suppressed: ReadonlySet<string>
  }
}

/** Everything is asked about. */
export const wholeScope: Scope = { files: undefined, before: new Set(), accepted: new Set() }

/** What of a finding decides whether it is in scope. */
export interface Placed {
  fingerprint: string
  location: { file: string; line: number; endLine: number }
}

/**
 * Whether a finding was there before the change under review: neither does it stand on a line that the change touched,
 * nor has the change caused it. What a baseline file takes as given stays so, whichever lines are touched.
 */
export function isBaseline({ files, before, accepted }: Scope, { fingerprint, location }: Placed): boolean {
  if (accepted.has(fingerprint)) return true
  if (files === undefined || !before.has(fingerprint)) return false
  const changed = files.get(location.file)?.changed ?? []
  return !changed.some((range) => range.startLine <= location.endLine && range.endLine >= location.line)
}

/** Whether a file is only there to be known: it is the same before and after the change under review. */
export function isContext({ files }: Scope, file: string): boolean {
  return files !== undefined && !files.has(file)
}

import { parsePatch, structuredPatch, type StructuredPatchHunk } from 'diff'
import type { LineRange } from '../model/index.ts'

/** Lines of the head around a place that a change touches: those it added, with the unchanged ones that a diff shows. */
export interface Hunk {
  /** All lines of the new text that the hunk shows. A comment of a review may stand on these, and on no others. */
  shown: LineRange
  /** Of these, the ones that the change has added or altered. What a removed line has caused is found by comparing. */
  changed: LineRange[]
}

/** Unchanged lines that a diff shows around what has changed. */
const context = 3
/** Milliseconds after which two texts are no longer compared. */
const longestComparison = 2000

/**
 * Reads the hunks of one file from a unified diff. Undefined where it is none: a patch that cannot be read is like one
 * that is absent, and nobody can tell which lines may be commented on.
 */
export function hunksOf(patch: string): Hunk[] | undefined {
  try {
    return parsePatch(patch).flatMap(({ hunks }) => hunks.map(read).filter(showsSomething))
  } catch {
    return undefined
  }
}

/** What changed between two texts, in hunks of our own: they say what a change touches, not where one may comment. */
export function hunksBetween(before: string, after: string): Hunk[] {
  if (before === after) return []
  const patch = structuredPatch('a', 'b', before, after, '', '', { context, timeout: longestComparison })
  if (patch !== undefined) return patch.hunks.map(read).filter(showsSomething)
  // Nobody waits for two large texts that have little in common: then all of it is new.
  const whole = { startLine: 1, endLine: after.split('\n').length - (after.endsWith('\n') ? 1 : 0) }
  return [{ shown: whole, changed: [whole] }]
}

function read({ newStart, newLines, lines }: StructuredPatchHunk): Hunk {
  const last = newStart + newLines - 1
  const numbers = new Set<number>()
  let line = newStart
  for (const text of lines) {
    if (text.startsWith('+')) numbers.add(line)
    if (!text.startsWith('-') && !text.startsWith('\\')) line++
  }
  return { shown: { startLine: newStart, endLine: last }, changed: rangesOf(numbers) }
}

function showsSomething({ shown }: Hunk): boolean {
  return shown.startLine >= 1 && shown.endLine >= shown.startLine
}

function rangesOf(numbers: ReadonlySet<number>): LineRange[] {
  const ranges: LineRange[] = []
  for (const line of [...numbers].toSorted((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last !== undefined && line <= last.endLine + 1) last.endLine = line
    else ranges.push({ startLine: line, endLine: line })
  }
  return ranges
}

import type { LineEdit, LineRange, Splice } from '../model/index.ts'
import { Lines } from '../yaml/index.ts'

/** Splices with the stretch of whole lines that they change together. */
interface Group {
  start: number
  end: number
  splices: Splice[]
}

/**
 * The splices as edits of whole lines, ready to be suggested in a review: in the order of the text, not overlapping,
 * edits that touch or share a line merged. A pure insertion carries a line that stays: the one it stands behind, or
 * the one below it where only that one is among the preferred lines.
 */
export function lineEdits(
  file: string,
  lines: Lines,
  splices: readonly Splice[],
  prefer: readonly LineRange[] = [],
): LineEdit[] {
  const before = lines.text
  const groups: Group[] = []
  for (const splice of splices) {
    const group = { ...wholeLines(lines, splice, prefer), splices: [splice] }
    const last = groups.at(-1)
    if (last === undefined || group.start > last.end) groups.push(group)
    else {
      last.start = Math.min(last.start, group.start)
      last.end = Math.max(last.end, group.end)
      last.splices.push(splice)
    }
  }
  return groups.map((group) => {
    let replacement = ''
    let at = group.start
    for (const { start, end, text } of group.splices) {
      replacement += before.slice(at, start) + text
      at = end
    }
    replacement += before.slice(at, group.end)
    const empty = group.start === group.end
    return {
      file,
      kind: 'replace',
      startLine: empty ? 0 : lines.position(group.start).line,
      endLine: empty ? 0 : lines.position(group.end - 1).line,
      replacement,
    }
  })
}

/** The whole lines that a splice touches; for new lines between two old ones, the neighbour that they go with. */
function wholeLines(
  lines: Lines,
  { start, end, text }: Splice,
  prefer: readonly LineRange[],
): { start: number; end: number } {
  const before = lines.text
  const from = lineStart(before, start)
  const closed = text.endsWith('\n') || (text === '' && from === start)
  if (start === end && from === start && closed) {
    const below = { start, end: lineEnd(before, start) }
    if (start === 0) return below
    const above = { start: lineStart(before, start - 1), end: start }
    const { line } = lines.position(above.start)
    const isPreferred = (one: number): boolean =>
      prefer.some(({ startLine, endLine }) => one >= startLine && one <= endLine)
    return !isPreferred(line) && isPreferred(line + 1) ? below : above
  }
  if (end > start && closed && lineStart(before, end) === end) return { start: from, end }
  return { start: from, end: lineEnd(before, end) }
}

/** Applies line edits to the text they were made for. */
export function applyLineEdits(before: string, edits: readonly LineEdit[]): string {
  const lines = new Lines(before)
  let result = ''
  let at = 0
  for (const { startLine, endLine, replacement } of edits) {
    const start = startLine === 0 ? 0 : lines.startOf(startLine)
    result += before.slice(at, start) + replacement
    at = endLine === 0 ? 0 : lines.startOf(endLine + 1)
  }
  return result + before.slice(at)
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset)
  return at === -1 ? text.length : at + 1
}

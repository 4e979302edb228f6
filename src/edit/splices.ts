import type { Splice } from '../model/index.ts'

/** Two changes of the plan want the same stretch of text. The editor then goes operation by operation. */
export class OverlapError extends Error {}

/** Applies splices (in the order of the text, not overlapping) to the text they were made for. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = ''
  let at = 0
  for (const splice of splices) {
    if (splice.start < at || splice.end < splice.start || splice.end > text.length)
      throw new OverlapError(`splice ${splice.start}-${splice.end} does not fit`)
    result += text.slice(at, splice.start) + splice.text
    at = splice.end
  }
  return result + text.slice(at)
}

/**
 * Puts splices into the order of the text and joins those that touch. Insertions at one offset keep the order in
 * which they were planned.
 */
export function mergeSplices(splices: readonly Splice[]): Splice[] {
  const sorted = splices
    .map((splice, order) => ({ splice, order }))
    .sort((a, b) => a.splice.start - b.splice.start || a.splice.end - b.splice.end || a.order - b.order)
  const result: Splice[] = []
  for (const { splice } of sorted) {
    if (splice.start === splice.end && splice.text === '') continue
    const last = result.at(-1)
    if (last === undefined || splice.start > last.end) result.push({ ...splice })
    else if (splice.start < last.end) throw new OverlapError(`splices overlap at ${splice.start}`)
    else {
      last.end = splice.end
      last.text += splice.text
    }
  }
  return result
}

/** One list of splices for `first` and then `second`, where `second` was made for the text that `first` gives. */
export function composeSplices(text: string, first: readonly Splice[], second: readonly Splice[]): Splice[] {
  // Stretches of the text in the middle: kept from the old text, or written by `first`.
  const pieces: { start: number; length: number; old?: number; text?: string }[] = []
  let old = 0
  let middle = 0
  const keep = (length: number): void => {
    if (length > 0) pieces.push({ start: middle, length, old })
    old += length
    middle += length
  }
  for (const splice of first) {
    keep(splice.start - old)
    if (splice.text !== '') pieces.push({ start: middle, length: splice.text.length, text: splice.text })
    middle += splice.text.length
    old = splice.end
  }
  keep(text.length - old)

  // The new text as a row of kept stretches; all else is written.
  const kept: { from: number; to: number; before: string }[] = []
  let written = ''
  const take = (from: number, to: number): void => {
    for (const piece of pieces) {
      const start = Math.max(from, piece.start)
      const end = Math.min(to, piece.start + piece.length)
      if (start >= end) continue
      if (piece.text !== undefined) written += piece.text.slice(start - piece.start, end - piece.start)
      else if (piece.old !== undefined) {
        kept.push({
          from: piece.old + start - piece.start,
          to: piece.old + end - piece.start,
          before: written,
        })
        written = ''
      }
    }
  }
  let at = 0
  for (const splice of second) {
    take(at, splice.start)
    written += splice.text
    at = splice.end
  }
  take(at, middle)

  const result: Splice[] = []
  let end = 0
  for (const stretch of kept) {
    if (stretch.from > end || stretch.before !== '')
      result.push({ start: end, end: stretch.from, text: stretch.before })
    end = stretch.to
  }
  if (end < text.length || written !== '') result.push({ start: end, end: text.length, text: written })
  return result
}

import type { Context } from './context.ts'
import { cut, widthOf } from './text.ts'

/** Pieces of a line with their colours; cut to the terminal's width before they are painted. */
export type Piece = string | readonly [paint: (text: string) => string, text: string]

/** Longer lines of words are hard to read, on however wide a terminal and in a log. */
export const widest = 110

/** Joins pieces into one line. Everything in it must be `visible` already. */
export function line(context: Pick<Context, 'width'>, ...pieces: readonly Piece[]): string {
  let left = context.width
  let result = ''
  for (const piece of pieces) {
    if (left <= 0) break
    const [paint, text] = typeof piece === 'string' ? [undefined, piece] : piece
    const shown = cut(text, left)
    left -= widthOf(shown)
    result += paint === undefined ? shown : paint(shown)
    // What follows a piece that was cut would read as if nothing were missing.
    if (shown !== text) break
  }
  return result.trimEnd()
}

/**
 * Prose goes on under its beginning, broken between words: a question or a reason that is cut is no use. (Source lines,
 * paths and changes are cut, since they can be looked up.)
 */
export function prose(text: string, room: number): string[] {
  const columns = Math.max(20, room)
  if (!Number.isFinite(columns)) return [text]
  const lines: string[] = []
  let current = ''
  for (const word of text.split(' ')) {
    const next = current === '' ? word : `${current} ${word}`
    if (current === '' || widthOf(next) <= columns) current = next
    else {
      lines.push(current)
      current = word
    }
  }
  return [...lines, current].map((one) => cut(one, columns))
}

import type { Location } from '../model/index.ts'
import type { Lines } from '../yaml/index.ts'
import { maskLines } from './secrets.ts'
import { cutLeft, visible, widthOf } from './text.ts'

/** A source line as it may be shown, and what the caret underlines in it. */
export interface Excerpt {
  line: number
  text: string
  /** Columns in front of the caret, and columns that it underlines. */
  indent: number
  length: number
}

/** Columns kept in front of the caret when the line is far too long, as in JSON without line breaks. */
const keptBefore = 20

/** The line a finding stands on. `room` is what a line may take, in columns; longer ones begin near the caret. */
export function excerptOf(
  location: Location,
  lines: Lines,
  { masked, room }: { masked: boolean; room: number },
): Excerpt | undefined {
  const { line, column } = location
  if (line > Math.max(1, lines.count)) return undefined
  const first = Math.max(1, line - 2)
  const raw = Array.from({ length: line - first + 1 }, (_, index) => lines.line(first + index))
  const source = (maskLines(raw, masked).at(-1) ?? '').replace(/^\uFEFF/, '').replace(/\r$/, '')
  const original = lines.line(line).replace(/^\uFEFF/, '')
  // Masking moves what stands behind it: the caret then marks the whole line.
  const at = source.startsWith(original.slice(0, column - 1))
    ? column - 1
    : source.length - source.trimStart().length
  const text = visible(source.trimEnd())
  const before = widthOf(visible(source.slice(0, at)))
  const length = Math.max(1, widthOf(visible(marked(source.slice(at)))))
  const dropped = before > room - keptBefore ? before - keptBefore : 0
  if (dropped <= 0) return { line, text, indent: before, length }
  return { line, text: cutLeft(text, dropped), indent: keptBefore + 1, length }
}

/** What the caret underlines: to the end of the line, less a comment. */
function marked(rest: string): string {
  return rest.replace(/\s+#.*$/s, '').trimEnd()
}

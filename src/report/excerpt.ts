import type { Location } from '../model/index.ts'
import type { Lines } from '../yaml/index.ts'
import { applyMask, maskedOffset, secretRanges } from './secrets.ts'
import { cut, cutLeft, visible, widthOf } from './text.ts'

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
/** Letters of a line that are looked at, and columns that are shown where no terminal sets a limit. */
const longest = 4000
const widestExcerpt = 300

/** The line a finding stands on. `room` is what a line may take, in columns; longer ones begin near the caret. */
export function excerptOf(
  location: Location,
  lines: Lines,
  { masked, room }: { masked: boolean; room: number },
): Excerpt | undefined {
  const { line } = location
  if (line > Math.max(1, lines.count)) return undefined
  const window = windowOf(lines.line(line).replace(/^\uFEFF/, ''), location.column - 1)
  // The name of a variable stands on one of the lines before its value.
  const before = [line - 2, line - 1].filter((one) => one > 0).map((one) => lines.line(one).slice(0, longest))
  const ranges = secretRanges([...before, window.text], masked).at(-1) ?? []
  const source = applyMask(window.text, ranges)
  const at = maskedOffset(window.at, ranges)
  const text = visible(source.trimEnd())
  const indent = widthOf(visible(source.slice(0, at)))
  const rest = widthOf(visible(marked(source.slice(at))))
  // Where the end of the node is far away, its beginning is what counts.
  const length = Math.max(1, rest > widestExcerpt ? 1 : rest)
  const columns = Math.min(room, widestExcerpt)
  const dropped = indent > columns - keptBefore ? indent - keptBefore : 0
  const shown = cut(cutLeft(text, dropped), columns)
  return dropped <= 0
    ? { line, text: shown, indent, length }
    : { line, text: shown, indent: keptBefore + 1, length }
}

/** A line as long as a whole file is looked at near the finding alone. */
function windowOf(line: string, at: number): { text: string; at: number } {
  if (line.length <= longest) return { text: line, at }
  const start = Math.max(0, at - longest / 2)
  // A value that begins in front of the window would stand without its key, and so without a mask.
  const first = start === 0 ? 0 : start + line.slice(start, at).search(/[,{[]/)
  const from = first < start ? at : first
  return { text: line.slice(from, from + longest), at: at - from }
}

/** What the caret underlines: to the end of the line, less a comment. */
function marked(rest: string): string {
  return rest.replace(/\s+#.*$/s, '').trimEnd()
}

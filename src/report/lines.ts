import { diffArrays } from 'diff'
import type { LineEdit } from '../model/index.ts'
import type { Lines } from '../yaml/index.ts'
import { applyMask, maskedOffset, secretRanges } from './secrets.ts'
import { count } from './text.ts'

/** One line that a fix adds or removes. */
export interface ChangedLine {
  sign: '+' | '-'
  text: string
}

/** What one fix changes in one place of a file. */
export interface Change {
  file: string
  creates: boolean
  /** Lines of the old text that go; of an insertion, the line it follows (0 = the top). */
  startLine: number
  endLine: number
  added: number
  removed: number
  lines: ChangedLine[]
}

/** More lines than this are not compared line by line: the change is shown as a whole. */
const mostCompared = 2000

/** Takes line edits apart into what really changes. A file that is not at hand counts as empty. */
export function changesOf(
  edits: readonly LineEdit[],
  linesOf: (file: string) => Lines | undefined,
): Change[] {
  return edits.flatMap((edit) => {
    const added = replacementLines(edit.replacement)
    if (edit.kind === 'create') return [whole(edit, [], added)]
    const removed = oldLines(edit, linesOf(edit.file))
    return removed.length + added.length > mostCompared
      ? [whole(edit, removed, added)]
      : hunks(edit, removed, added)
  })
}

function oldLines({ startLine, endLine }: LineEdit, source: Lines | undefined): string[] {
  if (source === undefined) return []
  const first = Math.max(1, startLine)
  return Array.from({ length: Math.max(0, endLine - first + 1) }, (_, index) => source.line(first + index))
}

function replacementLines(text: string): string[] {
  if (text === '') return []
  return text
    .replace(/\r?\n$/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
}

function hunks(edit: LineEdit, removed: string[], added: string[]): Change[] {
  const result: Change[] = []
  let current: Change | undefined
  let line = Math.max(1, edit.startLine)
  for (const part of diffArrays(removed, added)) {
    if (!part.added && !part.removed) {
      line += part.value.length
      current = undefined
      continue
    }
    if (current === undefined) {
      current = {
        file: edit.file,
        creates: false,
        startLine: line,
        endLine: line - 1,
        added: 0,
        removed: 0,
        lines: [],
      }
      result.push(current)
    }
    const sign = part.added ? '+' : '-'
    current.lines.push(...part.value.map((text) => ({ sign, text }) as const))
    if (part.added) current.added += part.value.length
    else {
      current.removed += part.value.length
      line += part.value.length
      current.endLine = line - 1
    }
  }
  for (const change of result) if (change.removed === 0) change.startLine = change.endLine
  return result
}

function whole(edit: LineEdit, removed: string[], added: string[]): Change {
  return {
    file: edit.file,
    creates: edit.kind === 'create',
    startLine: edit.startLine,
    endLine: edit.endLine,
    added: added.length,
    removed: removed.length,
    lines: [
      ...removed.map((text) => ({ sign: '-', text }) as const),
      ...added.map((text) => ({ sign: '+', text }) as const),
    ],
  }
}

/** Longer lines, as of JSON without line breaks, are shown near what differs; masked with more around it. */
const longLine = 1000
const keptBefore = 40
const keptBehind = 160
const maskedAround = 2000

/** Changed lines as they may be shown: secrets masked, long lines cut to where the old and the new one differ. */
export function shownLines(lines: readonly ChangedLine[], masked: boolean): ChangedLine[] {
  const added = lines.filter(({ sign }) => sign === '+')
  const removed = lines.filter(({ sign }) => sign === '-')
  const windows = lines.map((line) => {
    if (line.text.length <= longLine) return { text: line.text, at: undefined }
    const [own, others] = line.sign === '+' ? [added, removed] : [removed, added]
    return windowOf(line.text, commonLength(line.text, others[own.indexOf(line)]?.text ?? ''))
  })
  const ranges = secretRanges(
    windows.map(({ text }) => text),
    masked,
  )
  return lines.map(({ sign }, index) => {
    const { text = '', at } = windows[index] ?? {}
    const own = ranges[index] ?? []
    const shown = applyMask(text, own)
    if (at === undefined) return { sign, text: shown }
    const start = Math.max(0, maskedOffset(at, own) - keptBefore)
    return { sign, text: `…${shown.slice(start, start + keptBefore + keptBehind)}` }
  })
}

/** What stands around a place. It begins with a key, so that no value stands without the key that tells of it. */
function windowOf(text: string, at: number): { text: string; at: number } {
  const start = Math.max(0, at - maskedAround)
  const begin = start === 0 ? 0 : start + Math.max(0, text.slice(start, at).search(/[,{[]/))
  return { text: text.slice(begin, at + maskedAround), at: at - begin }
}

function commonLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}

/** `adds 2 lines after line 31`. */
export function describeChanges(changes: readonly Change[]): string {
  const [only, ...more] = changes
  if (only === undefined) return 'changes nothing'
  if (more.length === 0) return describeOne(only)
  // A new file, and what names it.
  if (only.creates)
    return `${describeOne(only)}, and ${more.map((one) => `${describeOne(one)} of ${one.file}`).join(', ')}`
  const sum = (of: (change: Change) => number): number => changes.reduce((total, one) => total + of(one), 0)
  const parts = [
    ...(sum(({ added }) => added) > 0
      ? [
          `adds ${count(
            sum(({ added }) => added),
            'line',
          )}`,
        ]
      : []),
    ...(sum(({ removed }) => removed) > 0
      ? [
          `removes ${count(
            sum(({ removed }) => removed),
            'line',
          )}`,
        ]
      : []),
  ]
  return `${parts.join(' and ')} in ${changes.length} places`
}

function describeOne({ file, creates, startLine, endLine, added, removed }: Change): string {
  if (creates) return `creates ${file} with ${count(added, 'line')}`
  const where = startLine >= endLine ? `line ${endLine}` : `lines ${startLine} to ${endLine}`
  if (removed === 0)
    return `adds ${count(added, 'line')} ${endLine === 0 ? 'at the top' : `after line ${endLine}`}`
  if (added === 0) return `removes ${where}`
  const grown = added - removed
  return `changes ${where}${grown > 0 ? ` and adds ${count(grown, 'line')}` : ''}`
}

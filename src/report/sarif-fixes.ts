import { diffArrays } from 'diff'
import type { LineEdit } from '../model/index.ts'
import { linesWithBreaks, repeatsSecret } from './secrets.ts'
import { clip, visible } from './text.ts'

/** GitHub takes no longer text of a rule and no longer message, in UTF-16 units. */
export const longestText = 1024
/** More lines than this are not compared line by line: the edit is given as it is. */
const mostCompared = 2000

/** In a message of SARIF, `[text](target)` is a link; none of a manifest's shall be one. */
export function unlinked(text: string): string {
  return text.replaceAll('](', '] (')
}

/** Lines of a file, each with its line break. */
export type LineReader = (file: string) => readonly string[] | undefined

export function lineReader(sources: ReadonlyMap<string, string>): LineReader {
  const known = new Map<string, readonly string[]>()
  return (file) => {
    const text = sources.get(file)
    if (text === undefined) return undefined
    const lines = known.get(file) ?? linesWithBreaks(text)
    known.set(file, lines)
    return lines
  }
}

/** Lines that become others, with none around them; left out as a whole where one could repeat a secret. */
export function fixesOf(edits: readonly LineEdit[], linesOf: LineReader, title: string): object[] {
  const changes = new Map<string, object[]>()
  for (const edit of edits) {
    const lines = linesOf(edit.file)
    // A new file is nothing that SARIF could hold, and half of a fix is none.
    if (edit.kind !== 'replace' || lines === undefined) return []
    for (const replaced of replacedLines(edit, lines)) {
      if (repeatsSecret(replaced.text, lines, replaced.start)) return []
      const list = changes.get(edit.file) ?? []
      changes.set(edit.file, list)
      list.push(replacement(replaced, lines))
    }
  }
  if (changes.size === 0) return []
  return [
    {
      description: { text: clip(unlinked(`Fix: ${visible(title)}`), longestText) },
      artifactChanges: [...changes].map(([file, replacements]) => ({ ...artifact(file), replacements })),
    },
  ]
}

/** Old lines from index `start` to `end`, exclusive, that become `text`. */
interface ReplacedLines {
  start: number
  end: number
  text: string
}

/** What really changes of an edit: the lines that it only carries along are nobody's business. */
function replacedLines(edit: LineEdit, lines: readonly string[]): ReplacedLines[] {
  let at = Math.max(0, edit.startLine - 1)
  const before = lines.slice(at, edit.endLine)
  const after = linesWithBreaks(edit.replacement)
  if (before.length + after.length > mostCompared)
    return [{ start: at, end: at + before.length, text: edit.replacement }]
  const result: ReplacedLines[] = []
  let isOpen = false
  for (const { added, removed, value } of diffArrays(before, after)) {
    const isChange = added || removed
    const last = isOpen ? result.at(-1) : undefined
    if (!added) at += value.length
    if (isChange && last === undefined)
      result.push({ start: added ? at : at - value.length, end: at, text: added ? value.join('') : '' })
    else if (isChange && last !== undefined) {
      last.end = at
      if (added) last.text += value.join('')
    }
    isOpen = isChange
  }
  return result
}

function replacement({ start, end, text }: ReplacedLines, lines: readonly string[]): object {
  const last = lines[end - 1]
  // A last line without a line break has no line behind it to end at.
  const isOpenEnd = end > start && last !== undefined && !last.endsWith('\n')
  return {
    deletedRegion: {
      startLine: start + 1,
      startColumn: 1,
      endLine: isOpenEnd ? end : end + 1,
      endColumn: isOpenEnd ? withoutMark(last, end - 1).length + 1 : 1,
    },
    insertedContent: { text: withoutMark(text, start) },
  }
}

/** A byte order mark at the start of a file is no column of it: it stays, whatever becomes of the line. */
function withoutMark(text: string, index: number): string {
  return index === 0 ? text.replace(/^\uFEFF/, '') : text
}

/** Where a file is, as an address within the repository. */
export function artifact(file: string): { artifactLocation: { uri: string; uriBaseId: string } } {
  // Half of a letter, as names on Windows may hold it, has no encoding.
  const uri = file.toWellFormed().split('/').map(encodeURIComponent).join('/')
  return { artifactLocation: { uri, uriBaseId: '%SRCROOT%' } }
}

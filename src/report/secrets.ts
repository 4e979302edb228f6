import { isObject, type Finding, type JsonValue, type PatchOperation, type Report } from '../model/index.ts'

/**
 * Keeps secrets of manifests off the screen. A finding about a secret shows none of the values near it; of any other,
 * the values of keys, variables and options that are named like secrets are masked, wherever a line is shown.
 */

/** What is written in place of a value that may be a secret. */
export const mask = '***'

const words =
  'pass(?:word|wd|phrase)|passwd|pwd|secret|token|api[-_.]?key|access[-_.]?key|private[-_.]?key|credential|auth(?!or)|dsn|connection[-_.]?string'
const secretWord = new RegExp(words, 'i')
/** A key and its value on one line, in block style, flow style or JSON. */
const pair =
  /(?<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s{}[\],"':#]+)(?<colon>\s*:\s+|\s*:(?=["'])|(?<=["'])\s*:)(?<value>"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|[^\s,{}[\]#][^,{}[\]]*)/g
/** `--db-password=x`, `TOKEN=x`. */
const option = new RegExp(`((?:^|[\\s"'[,-])[\\w.-]*(?:${words})[\\w.-]*=)[^\\s"',\\]]+`, 'gi')
/** `postgres://user:password@host`. */
const userInfo = /(:\/\/[^\s/:@"']*:)[^\s/@"']+(?=@)/g
/** Never secret, and often what a finding is about: `automountServiceAccountToken: true`. */
const plainValue = /^(?:true|false|null|~)\s*(?:#.*)?$/

/** Whether every value near a finding may be a secret: it is about one, or it stands in a Secret or a variable. */
export function isAboutSecrets(finding: Finding, family: string | undefined): boolean {
  return (
    family === 'secrets' ||
    finding.resource.kind === 'Secret' ||
    /\/env\/\d+(?:\/value)?$/.test(finding.location.pointer)
  )
}

/** UTF-16 offsets into one line, end exclusive. */
export interface MaskedRange {
  start: number
  end: number
}

/**
 * Source lines, one behind the other, as they may be shown. `all` masks every value but names and kinds. Keys, names,
 * comments in front and the layout stay.
 */
export function maskLines(lines: readonly string[], all: boolean): string[] {
  const ranges = secretRanges(lines, all)
  return lines.map((line, index) => applyMask(line, ranges[index] ?? []))
}

/** What of each line must not be shown: in order, without overlaps. */
export function secretRanges(lines: readonly string[], all: boolean): MaskedRange[][] {
  // The name of a variable stands on the line before its value.
  let name = ''
  return lines.map((line) => {
    if (/^\s*-/.test(line)) name = ''
    const ranges: MaskedRange[] = []
    let pairs = 0
    for (const { index, 0: text, groups } of line.matchAll(pair)) {
      const { key = '', value = '' } = groups ?? {}
      pairs++
      const word = key.replaceAll(/^["']|["']$/g, '')
      if (word === 'name') name = value
      const secret = all ? !/^(?:name|kind|apiVersion)$/.test(word) : isSecret(word, name)
      const end = index + text.length
      if (secret && !plainValue.test(value)) ranges.push({ start: end - value.length, end })
    }
    // A line of a list or of a block scalar has no key to keep.
    if (all && pairs === 0 && !/:\s*(?:#.*)?$/.test(line)) {
      const start = /^\s*(?:- +)?/.exec(line)?.[0].length ?? 0
      return start < line.length ? [{ start, end: line.length }] : []
    }
    for (const pattern of [option, userInfo])
      for (const { index, 0: text, 1: lead = '' } of line.matchAll(pattern))
        ranges.push({ start: index + lead.length, end: index + text.length })
    return union(ranges)
  })
}

/** Lines of a text, each with its line break. */
export function linesWithBreaks(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/)
}

/**
 * Whether new text behind the first `start` lines of a file may hold a secret. It is read with the lines from the list
 * item on in which it stands: the name of a variable is one of these. `lines` may have line breaks.
 */
export function repeatsSecret(text: string, lines: readonly string[], start: number): boolean {
  let first = Math.max(0, start - 1)
  while (first > 0 && !/^\s*-/.test(lines[first] ?? '')) first--
  const before = lines.slice(first, start)
  const ranges = secretRanges(
    [...before, ...linesWithBreaks(text)].map((line) => line.replace(/\r?\n$/, '')),
    false,
  )
  return ranges.slice(before.length).some((some) => some.length > 0)
}

/** A report for others to keep: without line edits that repeat what may be a secret. `sources` are texts by file. */
export function withoutSecretLines(report: Report, sources: ReadonlyMap<string, string>): Report {
  const known = new Map<string, string[]>()
  const linesOf = (file: string): string[] => {
    const lines = known.get(file) ?? linesWithBreaks(sources.get(file) ?? '')
    known.set(file, lines)
    return lines
  }
  const isTelling = (finding: Finding): boolean =>
    isAboutSecrets(finding, undefined) ||
    finding.edits.some(({ file, startLine, replacement }) =>
      repeatsSecret(replacement, linesOf(file), Math.max(0, startLine - 1)),
    )
  return {
    ...report,
    findings: report.findings.map((finding) => (isTelling(finding) ? { ...finding, edits: [] } : finding)),
  }
}

function union(ranges: readonly MaskedRange[]): MaskedRange[] {
  const result: MaskedRange[] = []
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last === undefined || range.start > last.end) result.push({ ...range })
    else last.end = Math.max(last.end, range.end)
  }
  return result
}

export function applyMask(line: string, ranges: readonly MaskedRange[]): string {
  let at = 0
  let result = ''
  for (const { start, end } of ranges) {
    result += line.slice(at, start) + mask
    at = end
  }
  return result + line.slice(at)
}

/** Where a place of the line stands once it is masked; what is masked begins with its mask. */
export function maskedOffset(offset: number, ranges: readonly MaskedRange[]): number {
  let moved = offset
  for (const { start, end } of ranges)
    if (end <= offset) moved += mask.length - (end - start)
    else if (start < offset) moved -= offset - start
  return moved
}

function isSecret(key: string, name: string): boolean {
  if (key === 'value') return secretWord.test(name)
  return secretWord.test(key) && !/(?:name|ref)$/i.test(key)
}

/** One operation as a line of text, for patches that are shown and not applied. */
export function operationText(operation: PatchOperation, all: boolean): string {
  switch (operation.op) {
    case 'add':
    case 'replace':
      return `${operation.op} ${operation.path}: ${all ? mask : valueText(operation.value)}`
    case 'move':
    case 'copy':
      return `${operation.op} ${operation.from} to ${operation.path}`
    case 'remove':
    case 'test':
      break
  }
  return `${operation.op} ${operation.path}`
}

function valueText(value: JsonValue): string {
  const hide = (inner: JsonValue): JsonValue => {
    if (Array.isArray(inner)) return inner.map(hide)
    if (!isObject(inner)) return inner
    const name = typeof inner['name'] === 'string' ? inner['name'] : ''
    return Object.fromEntries(
      Object.entries(inner).map(([key, item]) => [
        key,
        typeof item === 'string' && isSecret(key, name) ? mask : hide(item),
      ]),
    )
  }
  return JSON.stringify(hide(value))
}

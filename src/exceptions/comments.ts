import { isScalar, type ParsedNode } from 'yaml'
import { pointerOf, startOfDay } from '../model/index.ts'
import type { SourceFile } from '../resources/index.ts'
import { isMergeKey, isParsedNode, itemsOf, keyText, pairsOf, type YamlDocument } from '../yaml/index.ts'
import { mostExceptions } from './exception.ts'

/** One `trivy:ignore` of a comment, and what it stands at. */
export interface CommentEntry {
  /** As written, in the form that policies know: `KSV-0017`, or with `*`. */
  rule: string
  document: number
  /** Pointer from the root of the document. */
  pointer: string
  line: number
  until: string | undefined
  end: number | undefined
}

/** What begins a comment of that kind, wherever it stands. */
const mark = /#[ \t]*trivy:ignore:/gi
/** Of Terraform alone are attributes in brackets and workspaces. */
const rulePattern = /trivy:ignore:([\w*?-]+)(\[)?((?::[\w*?.-]+)*)/gi

export function mayHoldComments(text: string): boolean {
  return text.search(mark) !== -1
}

/**
 * Comments that tell Trivy to leave something alone, as its documentation has them for Helm: a comment on a line of its
 * own is about what begins on the next line, a comment behind something about what begins on its own line; in both cases
 * with everything below it.
 */
export function readComments(source: SourceFile): CommentEntry[] {
  if (!mayHoldComments(source.text)) return []
  return source.documents.flatMap((document) => {
    const offsets = [...source.text.slice(document.start, document.end).matchAll(mark)]
      .slice(0, mostExceptions)
      .map(({ index }) => document.start + index)
    if (offsets.length === 0 || document.problems.length > 0) return []
    const outline = outlineOf(document, source)
    return offsets.flatMap((offset) => {
      if (outline.scalars.some(([start, end]) => start <= offset && offset < end)) return []
      const { line } = source.lines.position(offset)
      const pointer = outline.places.get(targetOf(source, line, offset))
      if (pointer === undefined) return []
      return rulesIn(source.lines.line(line).slice(offset - source.lines.startOf(line))).map((rule) => ({
        ...rule,
        document: document.index,
        pointer,
        line,
      }))
    })
  })
}

/** How many comments of that kind some lines hold. */
export function countComments(text: string): number {
  return [...text.matchAll(mark)].length
}

function rulesIn(comment: string): Pick<CommentEntry, 'rule' | 'until' | 'end'>[] {
  return [...comment.matchAll(rulePattern)]
    .slice(0, mostExceptions)
    .flatMap(([, rule = '', bracket, sections = '']) => {
      const parts = sections.split(':').slice(1)
      const isPlain = parts.length === 0 || (parts.length === 2 && parts[0]?.toLowerCase() === 'exp')
      if (bracket !== undefined || !isPlain) return []
      const until = parts[1]
      // For Trivy the day itself is over when it begins.
      const end = until === undefined ? undefined : startOfDay(until)
      return until !== undefined && end === undefined ? [] : [{ rule: plainRule(rule), until, end }]
    })
}

/** `KSV017`, `AVD-KSV-0017` and `ksv-0017` are one check. */
function plainRule(rule: string): string {
  const [, number] = /^(?:avd-)?ksv-?(\d{1,4})$/i.exec(rule) ?? []
  return number === undefined ? rule.toUpperCase() : `KSV-${number.padStart(4, '0')}`
}

/** The line that a comment is about: its own, or where nothing stands before it, the next one that says anything. */
function targetOf({ lines, text }: SourceFile, line: number, offset: number): number {
  if (text.slice(lines.startOf(line), offset).trim() !== '') return line
  let target = line + 1
  while (target <= lines.count && /^[ \t]*(?:#.*)?$/.test(lines.line(target))) target++
  return target
}

interface Outline {
  /** What begins on a line: the outermost of it. */
  places: Map<number, string>
  /** Where the text of values and keys stands, in which nothing is a comment. */
  scalars: [number, number][]
}

function outlineOf(document: YamlDocument, { lines }: SourceFile): Outline {
  const outline: Outline = { places: new Map(), scalars: [] }
  const begin = (node: ParsedNode, path: readonly (string | number)[]): void => {
    const { line } = lines.position(node.range[0])
    if (!outline.places.has(line)) outline.places.set(line, pointerOf(path))
  }
  const visit = (node: ParsedNode | null, path: readonly (string | number)[]): void => {
    if (node === null) return
    if (isScalar(node)) outline.scalars.push([node.range[0], node.range[1]])
    for (const { key, value } of pairsOf(node)) {
      if (key === null || !isScalar(key) || isMergeKey(key)) continue
      const below = [...path, keyText(key)]
      begin(key, below)
      outline.scalars.push([key.range[0], key.range[1]])
      visit(value, below)
    }
    itemsOf(node).forEach((item, index) => {
      if (item === null) return
      begin(item, [...path, index])
      visit(item, [...path, index])
    })
  }
  const { contents } = document.tree
  if (isParsedNode(contents)) {
    begin(contents, [])
    visit(contents, [])
  }
  return outline
}

import type { Document, ParsedNode } from 'yaml'
import type { JsonValue, LineRange, Splice } from '../model/index.ts'
import { Lines, type YamlDocument } from '../yaml/index.ts'
import { anchorsOf, type Anchors } from './anchors.ts'
import { entriesOf, isBlockScalar, isFlow, type Entry } from './layout.ts'
import type { Patched } from './patch.ts'
import { columnOf, styleOf, type Style } from './style.ts'

/** A place in the document where a value stands. */
export interface Slot {
  kind: 'root' | 'pair' | 'item'
  /** The pair or item whose value it is; undefined for the root. */
  entry: Entry | undefined
  /** The collection around it, and its entries. */
  parent: ParsedNode | null
  siblings: readonly Entry[]
  /** True inside brackets. */
  flow: boolean
  node: ParsedNode | null
  old: JsonValue
  path: readonly string[]
}

/** How the entries of one collection change. */
export interface Changes {
  entries: readonly Entry[]
  removed: ReadonlySet<Entry>
  /** New pairs, in the order of the patch. */
  pairs: readonly (readonly [string, JsonValue])[]
  /** New items: each run with the entry it follows; undefined for the front. */
  runs: readonly { after: Entry | undefined; items: readonly JsonValue[] }[]
}

/** The changes planned for one document of a text, and what the planning needs to know about both. */
export class Plan {
  /** The text of the file; always with a final line break, so that its last line is a line like any other. */
  readonly text: string
  readonly tree: Document.Parsed
  /** The stretch of the document in the text. */
  readonly start: number
  readonly end: number
  readonly patched: Patched
  readonly prefer: readonly LineRange[]
  /** True when the document ends the file, and the final line break is not the author's. */
  private readonly open: boolean
  readonly anchors: Anchors
  readonly splices: Splice[] = []
  private knownStyle: Style | undefined
  private knownLines: Lines | undefined

  constructor(text: string, document: YamlDocument, patched: Patched, prefer: readonly LineRange[]) {
    this.open = document.end === text.length && !text.endsWith('\n')
    this.text = closed(text)
    this.tree = document.tree
    this.start = document.start
    this.end = this.open ? this.text.length : document.end
    this.patched = patched
    this.prefer = prefer
    this.anchors = anchorsOf(document.tree, text)
  }

  get style(): Style {
    this.knownStyle ??= styleOf(this.tree.contents, this.text)
    return this.knownStyle
  }

  splice(start: number, end: number, text: string): void {
    this.splices.push({ start, end, text })
  }

  lineStart(offset: number): number {
    return Math.max(this.start, this.text.lastIndexOf('\n', offset - 1) + 1)
  }

  /** Behind the line break of the line that holds `offset`, or the end of the document. */
  lineEnd(offset: number): number {
    const at = this.text.indexOf('\n', offset)
    return at === -1 || at >= this.end ? this.end : at + 1
  }

  /** The same offset without the line break in front of it. */
  beforeBreak(offset: number): number {
    if (this.text[offset - 1] !== '\n') return offset
    return this.text[offset - 2] === '\r' ? offset - 2 : offset - 1
  }

  isLineStart(offset: number): boolean {
    return offset <= this.start || this.text[offset - 1] === '\n'
  }

  /** The line break that the lines around an offset use. */
  eol(offset: number): string {
    let at = offset > 0 ? this.text.lastIndexOf('\n', offset - 1) : -1
    if (at === -1) at = this.text.indexOf('\n')
    return at > 0 && this.text[at - 1] === '\r' ? '\r\n' : '\n'
  }

  column(offset: number): number {
    return columnOf(this.text, offset)
  }

  /** Behind the blanks and tabs that start at an offset. */
  skipBlanks(offset: number): number {
    let at = offset
    while (this.text[at] === ' ' || this.text[at] === '\t') at++
    return at
  }

  skipBlanksBack(offset: number): number {
    let at = offset
    while (this.text[at - 1] === ' ' || this.text[at - 1] === '\t') at--
    return at
  }

  /** True where nothing but white space stands between the start of the line and the offset. */
  isFirstOnLine(offset: number): boolean {
    return this.skipBlanksBack(offset) <= this.lineStart(offset)
  }

  isBreak(offset: number): boolean {
    return offset >= this.end || this.text[offset] === '\n' || this.text.startsWith('\r\n', offset)
  }

  /** What lines of the same collection start with: the text before an entry, all but white space blanked out. */
  indentOf(offset: number): string {
    return this.text.slice(this.lineStart(offset), offset).replace(/[^\t]/g, ' ')
  }

  /** Puts whole lines in at the start of a line. */
  insertLines(offset: number, lines: readonly string[]): void {
    const eol = this.eol(offset)
    this.splice(offset, offset, lines.map((line) => line + eol).join(''))
  }

  /**
   * The end of the lines that belong to an entry of a block collection: the line its value ends on, and the comment
   * lines below it that are indented deeper than the entry.
   */
  regionEnd(entry: Entry): number {
    const column = this.column(entry.start)
    let end =
      this.text[entry.end - 1] === '\n' && entry.end > entry.start ? entry.end : this.lineEnd(entry.end)
    for (let at = end; at < this.end;) {
      const first = this.skipBlanks(at)
      const next = this.lineEnd(first)
      if (this.text[first] === '#' && first - at > column) end = next
      else if (!this.isBreak(first)) break
      at = next
    }
    return end
  }

  regionStart(entry: Entry): number {
    return this.isFirstOnLine(entry.start) ? this.lineStart(entry.start) : entry.start
  }

  /**
   * The block scalar at the end of an entry that ends the file without a line break. go-yaml gives its value none
   * either, so a line break behind it would change the value. Undefined where a line break does no harm.
   */
  openEnd(entry: Entry): ParsedNode | undefined {
    if (!this.open || this.regionEnd(entry) < this.end) return undefined
    let node = entry.value
    while (node !== null && !isFlow(node, this.text)) {
      // The strip indicator (`|-`) makes the break count for nothing.
      if (isBlockScalar(node)) return /^[|>][0-9]?-/.test(this.text.slice(node.range[0])) ? undefined : node
      const last: Entry | undefined = entriesOf(node, this.text, true).at(-1)
      if (last === undefined) return undefined
      node = last.value
    }
    return undefined
  }

  /** Lets lines follow an entry: a block scalar at the open end of the file gets the strip indicator. */
  closeEnd(entry: Entry): void {
    const node = this.openEnd(entry)
    if (node === undefined) return
    const [header = ''] = /^[|>][0-9]?/.exec(this.text.slice(node.range[0])) ?? []
    const start = node.range[0] + header.length
    this.splice(start, this.text[start] === '+' ? start + 1 : start, '-')
  }

  /** How well a gap suits the preferred lines: 2 behind such a line, 1 in front of one, 0 elsewhere. */
  preference(offset: number): number {
    if (this.prefer.length === 0) return 0
    this.knownLines ??= new Lines(this.text)
    const { line } = this.knownLines.position(Math.max(0, offset - 1))
    const holds = (one: number): boolean =>
      this.prefer.some(({ startLine, endLine }) => one >= startLine && one <= endLine)
    return holds(line) ? 2 : holds(line + 1) ? 1 : 0
  }
}

/** The text with a final line break, which it is given where it has none. */
export function closed(text: string): string {
  if (text === '' || text.endsWith('\n')) return text
  return text + (/\r\n/.test(text) ? '\r\n' : '\n')
}

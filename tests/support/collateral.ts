import { diffArrays } from 'diff'
import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  type CST,
  type ParsedNode,
} from 'yaml'
import { plainValue } from './go-yaml.ts'

/**
 * Collateral lines of an edit, as docs/design/quality.md defines them: an old line deleted or altered that holds no
 * part of a node whose value differs, nor the bracket, empty value or block header that must change with it; or an
 * added line that holds none. It shares no code with the product. What "must change with it" covers:
 * - the trailing comment of a removed node, and comment lines below it that are indented deeper than it;
 * - the line of a key or dash whose value turns from one kind into another (`key: {}` to a block);
 * - the neighbour's comma, where a bracketed collection gains or loses an entry;
 * - the line of the pair that moves up behind a dash when the first pair of a list item goes (or moves down from it).
 */
export interface CollateralLine {
  side: 'old' | 'new'
  /** From 1. */
  line: number
  text: string
}

/**
 * With `reordered` lists, an edit may have dropped and written anew any item that has no equal on the other side: for
 * patches that shift items and change them, where the values alone do not tell which item became which.
 */
export function collateralLines(
  before: string,
  after: string,
  { lists = 'aligned' }: { lists?: 'aligned' | 'reordered' } = {},
): CollateralLine[] {
  if (before === after) return []
  const cut = changedDocuments(before, after)
  const [old, now] = [
    before.slice(cut.head, before.length - cut.tail),
    after.slice(cut.head, after.length - cut.tail),
  ]
  let result = linesWith(byValue, old, now)
  // Which item of a list became which is not always told by the values: place by place is as good a reading.
  if (result.length > 0) {
    const other = linesWith(byPlace, old, now)
    if (other.length < result.length) result = other
  }
  if (result.length > 0 && lists === 'reordered') {
    const other = linesWith(byEquality, old, now)
    if (other.length < result.length) result = other
  }
  const above = before.slice(0, cut.head).split('\n').length - 1
  return result.map((found) => ({ ...found, line: found.line + above }))
}

/** How much of the head and of the tail of two texts is whole documents that they share. */
function changedDocuments(before: string, after: string): { head: number; tail: number } {
  const least = Math.min(before.length, after.length)
  let head = 0
  while (head < least && before[head] === after[head]) head++
  let tail = 0
  while (tail < least - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  // A document starts at the last `---` that both have above the change, and ends at the first below it.
  const start = before.lastIndexOf('\n---', head - 4)
  const end = before.indexOf('\n---', before.length - tail)
  return { head: start < 0 ? 0 : start + 1, tail: end < 0 ? 0 : before.length - end - 1 }
}

type Pairing = (x: readonly Cell[], y: readonly Cell[]) => [Cell, Cell][]

function linesWith(pairing: Pairing, before: string, after: string): CollateralLine[] {
  const [old, now] = [new Side(before), new Side(after)]
  const [a, b] = [old.documents(), now.documents()]
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [x, y] = [a[at], b[at]]
    if (x === undefined) now.allowAll(y)
    else if (y === undefined) old.allowAll(x)
    else compare(pairing, old, now, x, y)
  }
  return judge(old, now)
}

/** A value with the stretch it stands in: from its key or dash (or itself) to its end. */
interface Spot {
  start: number
  end: number
  node: ParsedNode | null
}

interface Cell extends Spot {
  name: string
}

class Side {
  readonly text: string
  readonly lines: string[]
  private readonly starts: number[] = [0]
  private readonly allowed: Uint8Array

  constructor(text: string) {
    this.text = text
    this.lines = text.replace(/^\uFEFF/, '').split('\n')
    // A last line without a break counts as if it had the break of the line before it.
    if (this.lines.at(-1) === '') this.lines.pop()
    else if (this.lines.at(-2)?.endsWith('\r') === true) this.lines.push(`${this.lines.pop()}\r`)
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1)
    this.allowed = new Uint8Array(this.lines.length + 2)
  }

  documents(): Spot[] {
    const parsed = parseAllDocuments(this.text, {
      keepSourceTokens: true,
      logLevel: 'silent',
      prettyErrors: false,
      uniqueKeys: false,
      schema: 'failsafe',
    })
    if (!Array.isArray(parsed)) return []
    return parsed.map((document) => ({
      start: document.range[0],
      end: document.range[1],
      node: asNode(document.contents),
    }))
  }

  lineOf(offset: number): number {
    let [low, high] = [0, this.starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  column(offset: number): number {
    return offset - this.starts[this.lineOf(offset)]!
  }

  /** The lines from one offset to another, the end exclusive. Level 2 marks what may have changed, but need not. */
  allow(start: number, end: number, level = 1): void {
    const last = this.lineOf(Math.max(start, end - 1))
    for (let line = this.lineOf(start); line <= last; line++) this.allowed[line] ||= level
  }

  /** A whole entry with the deeper comment lines below it. */
  allowEntry(cell: Spot, level = 1): void {
    this.allow(cell.start, cell.end, level)
    const column = this.column(cell.start)
    let line = this.lineOf(Math.max(cell.start, cell.end - 1)) + 1
    const pending: number[] = []
    for (; line < this.lines.length; line++) {
      const text = this.lines[line]!
      pending.push(line)
      if (text.trim() === '') continue
      if (!text.trimStart().startsWith('#') || text.length - text.trimStart().length <= column) break
      for (const one of pending.splice(0)) this.allowed[one] ||= level
    }
  }

  allowAll(spot: Spot | undefined): void {
    if (spot !== undefined) this.allow(spot.start, spot.end)
  }

  /** The lines that must stay: all but those of level 1, or, with `level` 2, all that are not marked at all. */
  fixedLines(level: number): string {
    return this.lines.filter((_, line) => this.allowed[line] === 0 || this.allowed[line]! > level).join('\n')
  }

  isAllowed(line: number): boolean {
    return this.allowed[line] !== 0
  }

  /** True when something other than white space stands in front of an offset on its line. */
  isBehind(offset: number): boolean {
    return this.text.slice(this.starts[this.lineOf(offset)], offset).trim() !== ''
  }
}

function asNode(value: unknown): ParsedNode | null {
  return isNode(value) && Array.isArray(value.range) ? (value as ParsedNode) : null
}

/** Behind the last character of a value. A block collection ends where its last entry does. */
function endOf(node: ParsedNode): number {
  if ((isMap(node) || isSeq(node)) && node.flow !== true) {
    const last = node.items.at(-1) as unknown
    const value = isPair(last) ? (asNode(last.value) ?? asNode(last.key)) : asNode(last)
    if (value !== null) {
      const slot = isPair(last) ? markEnd(last.srcToken) : 0
      return Math.max(slot, value.range[0] === value.range[1] ? slot || value.range[1] : endOf(value))
    }
  }
  return node.range[1]
}

function markEnd(token: CST.CollectionItem | undefined): number {
  const mark = token?.sep?.findLast(
    ({ type }) => type === 'map-value-ind' || type === 'anchor' || type === 'tag',
  )
  return mark === undefined ? 0 : mark.offset + mark.source.length
}

function startOf(token: CST.CollectionItem | undefined, fallback: number): number {
  const first = token?.start.find(({ type }) => !['space', 'newline', 'comment', 'comma'].includes(type))
  if (first !== undefined) return first.offset
  return token?.key && 'offset' in token.key ? token.key.offset : fallback
}

function nameOf(key: ParsedNode | null): string {
  if (!isScalar(key)) return String(key)
  return key.type === 'PLAIN' ? String(plainValue(String(key.value))) : String(key.value)
}

function cellsOf(node: ParsedNode): Cell[] {
  if (isMap(node))
    return (node.items as unknown[]).filter(isPair).map((pair) => {
      const [key, value] = [asNode(pair.key), asNode(pair.value)]
      const start = startOf(pair.srcToken, key?.range[0] ?? node.range[0])
      const slot = Math.max(markEnd(pair.srcToken), key?.range[1] ?? start)
      const end = value === null || value.range[0] === value.range[1] ? slot : Math.max(slot, endOf(value))
      return { start, end, node: value, name: nameOf(key) }
    })
  if (!isSeq(node)) return []
  const tokens = (node.srcToken?.items ?? []).filter(
    (item) =>
      item.value !== undefined ||
      item.sep !== undefined ||
      item.start.some(({ type }) => type === 'seq-item-ind'),
  )
  return (node.items as unknown[]).map((item, at) => {
    const value = asNode(item)
    const start = startOf(tokens[at], value?.range[0] ?? node.range[0])
    const end = value === null || value.range[0] === value.range[1] ? start + 1 : endOf(value)
    return { start, end, node: value, name: String(at) }
  })
}

function compare(pairing: Pairing, old: Side, now: Side, was: Spot, is: Spot): void {
  const [a, b] = [was.node, is.node]
  if ((isMap(a) && isMap(b)) || (isSeq(a) && isSeq(b))) {
    compareEntries(pairing, old, now, was, is, a, b)
    return
  }
  if (signature(a) === signature(b)) return
  if (isMap(a) || isSeq(a)) old.allowEntry(was)
  else old.allow(was.start, was.end)
  now.allow(is.start, is.end)
}

function compareEntries(
  pairing: Pairing,
  old: Side,
  now: Side,
  was: Spot,
  is: Spot,
  a: ParsedNode,
  b: ParsedNode,
): void {
  const [x, y] = [cellsOf(a), cellsOf(b)]
  const pairs = isMap(a) ? byName(x, y) : pairing(x, y)
  const [gone, come] = [new Set(x), new Set(y)]
  for (const [from, to] of pairs) {
    gone.delete(from)
    come.delete(to)
    compare(pairing, old, now, from, to)
  }
  if (gone.size === 0 && come.size === 0) return
  // One of several equal items went: which one is told by the text alone.
  for (const cell of gone) old.allowEntry(cell)
  for (const cell of come) now.allowEntry(cell)
  if (isSeq(a)) for (const cell of x) if (!gone.has(cell) && isTwin(cell, gone)) old.allowEntry(cell, 2)
  if (isSeq(b)) for (const cell of y) if (!come.has(cell) && isTwin(cell, come)) now.allowEntry(cell, 2)
  if (x.length === 0 || y.length === 0) {
    for (const [side, spot, node] of [
      [old, was, a],
      [now, is, b],
    ] as const) {
      side.allow(spot.start, spot.start + 1)
      if (node.range[0] < node.range[1]) side.allow(node.range[0], node.range[0] + 1)
      if ((isMap(node) || isSeq(node)) && node.flow === true) side.allow(node.range[0], node.range[1])
    }
    if (x.length === 0) old.allow(was.start, was.end)
    if (y.length === 0) now.allow(is.start, is.end)
    return
  }
  const flow = [a, b].some((node) => (isMap(node) || isSeq(node)) && node.flow === true)
  if (flow) {
    allowNeighbours(old, now, x, gone, pairs, a, b)
    allowNeighbours(
      now,
      old,
      y,
      come,
      pairs.map(([from, to]) => [to, from]),
      b,
      a,
    )
    return
  }
  // A compact collection shares its first line with a dash: another first entry moves to that line, or off it.
  const first = pairs[0]
  if (first === undefined) return
  if (x[0] !== first[0] && old.isBehind(x[0]!.start)) {
    old.allow(first[0].start, first[0].start + 1)
    now.allow(first[1].start, first[1].start + 1)
    old.allow(x[0]!.start, x[0]!.start + 1)
    now.allow(is.start, is.start + 1)
  }
  if (y[0] !== first[1] && now.isBehind(y[0]!.start)) {
    old.allow(first[0].start, first[0].start + 1)
    now.allow(first[1].start, first[1].start + 1)
  }
}

function isTwin(cell: Cell, others: ReadonlySet<Cell>): boolean {
  for (const other of others) if (signature(other.node) === signature(cell.node)) return true
  return false
}

/** What shares a line or a comma with an entry that a bracketed collection gained or lost, on both sides. */
function allowNeighbours(
  side: Side,
  other: Side,
  cells: readonly Cell[],
  changed: ReadonlySet<Cell>,
  pairs: readonly (readonly [Cell, Cell])[],
  own: ParsedNode,
  others: ParsedNode,
): void {
  const twins = new Map(pairs)
  cells.forEach((cell, at) => {
    if (!changed.has(cell)) return
    const previous = cells.slice(0, at).findLast((one) => twins.has(one))
    const next = cells.slice(at + 1).find((one) => twins.has(one))
    if (previous !== undefined) {
      side.allow(previous.end, previous.end + 1)
      const twin = twins.get(previous)!
      other.allow(twin.end, twin.end + 1)
    } else if (side.lineOf(own.range[0]) === side.lineOf(cell.start)) {
      side.allow(own.range[0], own.range[0] + 1)
      other.allow(others.range[0], others.range[0] + 1)
    }
    if (next === undefined && side.lineOf(own.range[1] - 1) === side.lineOf(cell.end - 1))
      other.allow(others.range[1] - 1, others.range[1])
    if (next !== undefined && side.lineOf(next.start) === side.lineOf(cell.end - 1)) {
      const twin = twins.get(next)!
      other.allow(twin.start, twin.start + 1)
    }
  })
}

function byName(x: readonly Cell[], y: readonly Cell[]): [Cell, Cell][] {
  const names = new Map(y.map((cell) => [cell.name, cell]))
  return x.flatMap((cell): [Cell, Cell][] => {
    const other = names.get(cell.name)
    return other === undefined ? [] : [[cell, other]]
  })
}

function byPlace(x: readonly Cell[], y: readonly Cell[]): [Cell, Cell][] {
  return x.slice(0, y.length).map((cell, at) => [cell, y[at]!])
}

/** Only equal items are the same; whatever else stands between them went as a whole and came as a whole. */
function byEquality(x: readonly Cell[], y: readonly Cell[]): [Cell, Cell][] {
  return byValue(x, y).filter(([a, b]) => signature(a.node) === signature(b.node))
}

/** Items that are equal find each other in order (longest common subsequence); what is left pairs up gap by gap. */
function byValue(x: readonly Cell[], y: readonly Cell[]): [Cell, Cell][] {
  let [a, b] = [x.map(({ node }) => signature(node)), y.map(({ node }) => signature(node))]
  const result: [Cell, Cell][] = []
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  for (let at = 0; at < head; at++) result.push([x[at]!, y[at]!])
  let tail = 0
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const ends = x.slice(x.length - tail).map((cell, at): [Cell, Cell] => [cell, y[y.length - tail + at]!])
  a = a.slice(head, a.length - tail)
  b = b.slice(head, b.length - tail)
  x = x.slice(head, x.length - tail)
  y = y.slice(head, y.length - tail)
  let [i, j] = [0, 0]
  const gap = (endOld: number, endNew: number): void => {
    if (endOld - i === endNew - j) for (; i < endOld; i++, j++) result.push([x[i]!, y[j]!])
    i = endOld
    j = endNew
  }
  let [from, to] = [0, 0]
  for (const part of diffArrays(a, b)) {
    if (part.added) to += part.value.length
    else if (part.removed) from += part.value.length
    else {
      gap(from, to)
      from += part.value.length
      to += part.value.length
      for (; i < from; i++, j++) result.push([x[i]!, y[j]!])
    }
  }
  gap(from, to)
  return [...result, ...ends]
}

const signatures = new WeakMap<ParsedNode, string>()

/** A text that is the same for equal values. */
function signature(node: ParsedNode | null): string {
  if (node === null) return 'null'
  const known = signatures.get(node)
  if (known !== undefined) return known
  let result: string
  if (isAlias(node)) result = `*${node.source}`
  else if (isScalar(node)) {
    const plain = node.type === 'PLAIN' && node.tag === undefined
    // A plain scalar over several lines is a string whatever it says.
    const value = plain ? plainValue(String(node.value)) : String(node.value)
    result = JSON.stringify(value)
  } else {
    const cells = cellsOf(node).map(({ name, node: item }) =>
      isMap(node) ? `${JSON.stringify(name)}:${signature(item)}` : signature(item),
    )
    result = isMap(node) ? `{${cells.sort().join()}}` : `[${cells.join()}]`
  }
  signatures.set(node, result)
  return result
}

interface Hunk {
  old: number
  oldCount: number
  now: number
  nowCount: number
}

function judge(old: Side, now: Side): CollateralLine[] {
  // If what may not change reads the same on both sides, then some line diff shows no collateral line.
  for (const [one, other] of [
    [1, 1],
    [2, 1],
    [1, 2],
    [2, 2],
  ] as const) {
    const [fixedOld, fixedNow] = [old.fixedLines(one), now.fixedLines(other)]
    if (fixedOld === fixedNow) return []
    // Where a file ends without a line break, blank lines that would end it now go the same way.
    if (!old.text.endsWith('\n') && fixedOld.trimEnd() === fixedNow.trimEnd()) return []
  }
  const result: CollateralLine[] = []
  for (const hunk of hunksOf(old.lines, now.lines)) {
    const findings = slides(hunk, old, now).map((one) => findingsOf(one, old, now))
    const best = findings.reduce((a, b) => (b.length < a.length ? b : a))
    result.push(...best)
  }
  return result
}

function findingsOf(hunk: Hunk, old: Side, now: Side): CollateralLine[] {
  const result: CollateralLine[] = []
  for (let line = hunk.old; line < hunk.old + hunk.oldCount; line++)
    if (!old.isAllowed(line)) result.push({ side: 'old', line: line + 1, text: old.lines[line]! })
  for (let line = hunk.now; line < hunk.now + hunk.nowCount; line++)
    if (!now.isAllowed(line)) result.push({ side: 'new', line: line + 1, text: now.lines[line]! })
  return result
}

/** A pure insertion or deletion between like lines may as well stand a few lines higher or lower. */
function slides(hunk: Hunk, old: Side, now: Side): Hunk[] {
  const result = [hunk]
  const lines = hunk.oldCount === 0 ? now.lines : hunk.nowCount === 0 ? old.lines : undefined
  if (lines === undefined) return result
  const count = hunk.oldCount + hunk.nowCount
  const start = hunk.oldCount === 0 ? hunk.now : hunk.old
  for (const step of [-1, 1])
    for (let moved = step; ; moved += step) {
      const [gained, lost] =
        step < 0 ? [start + moved, start + moved + count] : [start + moved + count - 1, start + moved - 1]
      if (gained < 0 || gained >= lines.length || lines[gained] !== lines[lost]) break
      result.push({ ...hunk, old: hunk.old + moved, now: hunk.now + moved })
    }
  return result
}

/** Line diff of the two texts. Line breaks count only as far as `\r` goes; the final newline is judged elsewhere. */
function hunksOf(a: readonly string[], b: readonly string[]): Hunk[] {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail++
  const hunks: Hunk[] = []
  let [old, now] = [head, head]
  let open: Hunk | undefined
  for (const part of diffArrays(a.slice(head, a.length - tail), b.slice(head, b.length - tail))) {
    if (!part.added && !part.removed) {
      old += part.value.length
      now += part.value.length
      open = undefined
      continue
    }
    if (open === undefined) {
      open = { old, oldCount: 0, now, nowCount: 0 }
      hunks.push(open)
    }
    if (part.added) {
      now += part.value.length
      open.nowCount += part.value.length
    } else {
      old += part.value.length
      open.oldCount += part.value.length
    }
  }
  return hunks
}

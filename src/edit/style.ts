import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml'
import { isFlow, isUnwritten, type Entry, entriesOf } from './layout.ts'
import type { Quote } from './scalars.ts'

/** How the author writes, counted over the whole document; the nearest sibling wins over it. */
export interface Style {
  /** Columns from a map to the map it holds. */
  step: number
  /** Columns from a key to the dashes of its list: 0, or a step. */
  listOffset: number
  /** Blanks between a dash and its item. */
  dashGap: number
  /** Quotes where quotes are needed. */
  quote: Quote
  /** `{ a: 1 }` rather than `{a: 1}`. */
  padded: boolean
}

export function columnOf(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return offset - start - (start === 0 && text.startsWith('\uFEFF') ? 1 : 0)
}

class Votes<T> {
  private readonly counts = new Map<T, number>()

  add(vote: T): void {
    this.counts.set(vote, (this.counts.get(vote) ?? 0) + 1)
  }

  winner(fallback: T): T {
    let best = fallback
    let most = 0
    for (const [vote, count] of this.counts)
      if (count > most) {
        best = vote
        most = count
      }
    return best
  }
}

/** Collections that are looked at: enough to know a hand, and no burden in a file of ten thousand lines. */
const sample = 200

const known = new WeakMap<ParsedNode, Style>()

/** The style of a document, made out once for all fixes that are tried on it. */
export function styleOf(root: ParsedNode | null, text: string): Style {
  const style = (root && known.get(root)) ?? detectStyle(root, text)
  if (root !== null) known.set(root, style)
  return style
}

function detectStyle(root: ParsedNode | null, text: string): Style {
  const steps = new Votes<number>()
  const offsets = new Votes<number>()
  const gaps = new Votes<number>()
  const quotes = new Votes<Quote>()
  const padding = new Votes<boolean>()
  let seen = 0
  const visit = (node: ParsedNode | null): void => {
    if (node === null || seen > sample) return
    if (isScalar(node)) {
      if (node.type === 'QUOTE_SINGLE') quotes.add('single')
      else if (node.type === 'QUOTE_DOUBLE') quotes.add('double')
      return
    }
    if (!isMap(node) && !isSeq(node)) return
    seen++
    if (isFlow(node, text)) {
      if (isMap(node) && node.items.length > 0) padding.add(/\s/.test(text[node.range[0] + 1] ?? ''))
    }
    for (const entry of entriesOf(node, text)) {
      const step = stepOf(entry, text)
      if (step !== undefined) steps.add(step)
      const offset = listOffsetOf(entry, text)
      if (offset !== undefined) offsets.add(offset)
      const gap = dashGapOf(entry, text)
      if (gap !== undefined) gaps.add(gap)
      visit(entry.value)
    }
  }
  visit(root)
  const step = steps.winner(2)
  return {
    step,
    listOffset: offsets.winner(0),
    dashGap: gaps.winner(1),
    quote: quotes.winner('double'),
    padded: padding.winner(true),
  }
}

/** Indentation of the block map that stands below a key. */
export function stepOf(entry: Entry, text: string): number | undefined {
  if (entry.key === null || !isMap(entry.value) || entry.value.flow === true) return undefined
  const step = columnOf(text, entry.value.range[0]) - columnOf(text, entry.start)
  return step > 0 ? step : undefined
}

/** Indentation of the block list that stands below a key. */
export function listOffsetOf(entry: Entry, text: string): number | undefined {
  if (entry.key === null || !isSeq(entry.value) || entry.value.flow === true) return undefined
  const offset = columnOf(text, entry.value.range[0]) - columnOf(text, entry.start)
  return offset >= 0 ? offset : undefined
}

/** Blanks between the dash and an item on the same line. */
export function dashGapOf(entry: Entry, text: string): number | undefined {
  if (entry.key !== null || !entry.marked || entry.value === null || isUnwritten(entry.value))
    return undefined
  const between = text.slice(entry.mark, entry.value.range[0])
  return /^ +$/.test(between) ? between.length : undefined
}

/** The first answer that an entry gives. */
export function firstOf<T>(entries: readonly Entry[], ask: (entry: Entry) => T | undefined): T | undefined {
  for (const entry of entries) {
    const answer = ask(entry)
    if (answer !== undefined) return answer
  }
  return undefined
}

/** The quotes that the strings of a collection share, when they all do. */
export function sharedQuote(nodes: readonly (ParsedNode | null)[], least: number): Quote {
  let quote: Quote | undefined
  let count = 0
  for (const node of nodes) {
    if (!isScalar(node) || typeof node.value !== 'string') continue
    const own: Quote =
      node.type === 'QUOTE_SINGLE' ? 'single' : node.type === 'QUOTE_DOUBLE' ? 'double' : 'plain'
    if (quote !== undefined && quote !== own) return 'plain'
    quote = own
    count++
  }
  return quote !== undefined && count >= least ? quote : 'plain'
}

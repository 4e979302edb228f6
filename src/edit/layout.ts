import { isMap, isPair, isScalar, isSeq, type CST, type ParsedNode } from 'yaml'
import { isMergeKey, isParsedNode, keyText } from '../yaml/index.ts'

/** Where one pair of a map, or one item of a list, stands. All offsets are into the text of the file. */
export interface Entry {
  /** Key as JSON sees it; empty in lists. */
  name: string
  merge: boolean
  key: ParsedNode | null
  value: ParsedNode | null
  /** First character: the dash, the `?`, a property of the key, or the key itself. */
  start: number
  /** Right behind the `:`, the `-`, or where a value without them starts. */
  mark: number
  /** Like `mark`, but behind the anchor and the tag of the value, if it has them. */
  after: number
  /** False where no `:` is written (`? key`, or `{ key }`). */
  marked: boolean
  tag: CST.SourceToken | undefined
  anchor: CST.SourceToken | undefined
  /** Behind the last character that carries the value. */
  end: number
  /** In flow collections: offset of the comma behind this entry. */
  comma: number | undefined
}

/** True for a value that is not written, as in `key:`. */
export function isUnwritten(node: ParsedNode | null): boolean {
  return node === null || (isScalar(node) && node.range[0] === node.range[1])
}

/** A `{...}` or `[...]`. The single pair of `[a: b]` has no brackets of its own and is none. */
export function isFlow(node: ParsedNode | null, text: string): boolean {
  return (
    (isMap(node) && text[node.range[0]] === '{' && node.flow === true) || (isSeq(node) && node.flow === true)
  )
}

/** The map that `[a: b]` holds. */
export function isBareFlowPair(node: ParsedNode | null, text: string): boolean {
  return isMap(node) && node.flow === true && text[node.range[0]] !== '{'
}

export function isBlockScalar(node: ParsedNode | null): boolean {
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
}

/** Behind the last character that carries a value: no trailing comment, no line break unless it is a block scalar's. */
export function valueEnd(node: ParsedNode, text: string): number {
  if ((isMap(node) || isSeq(node)) && !isFlow(node, text)) {
    const last = entriesOf(node, text, true).at(-1)
    if (last !== undefined) return last.end
  }
  return node.range[1]
}

const known = new WeakMap<ParsedNode, readonly Entry[]>()

/**
 * The entries of a collection in the order of the text; with `lastOnly` just the last one. A node belongs to one text,
 * and many fixes are tried on the same tree, so its entries are made out once.
 */
export function entriesOf(node: ParsedNode, text: string, lastOnly = false): readonly Entry[] {
  const all = known.get(node)
  if (all !== undefined) return lastOnly ? all.slice(-1) : all
  const entries = readEntries(node, text, lastOnly)
  if (!lastOnly) known.set(node, entries)
  return entries
}

function readEntries(node: ParsedNode, text: string, lastOnly: boolean): Entry[] {
  const result: Entry[] = []
  if (isMap(node)) {
    const items: readonly unknown[] = lastOnly ? node.items.slice(-1) : node.items
    for (const item of items) {
      if (!isPair(item) || item.srcToken === undefined) continue
      const key = isParsedNode(item.key) ? item.key : null
      const value = isParsedNode(item.value) ? item.value : null
      result.push(entryOf(item.srcToken, true, key, value, text))
    }
  } else if (isSeq(node)) {
    const tokens = (node.srcToken?.items ?? []).filter(isItem)
    const from = lastOnly ? Math.max(0, node.items.length - 1) : 0
    for (let at = from; at < node.items.length; at++) {
      const token = tokens[at]
      const value: unknown = node.items[at]
      if (token !== undefined)
        result.push(entryOf(token, false, null, isParsedNode(value) ? value : null, text))
    }
  }
  if (!lastOnly) addCommas(node, result)
  return result
}

function isItem(item: CST.CollectionItem): boolean {
  return (
    item.value !== undefined ||
    item.sep !== undefined ||
    item.key !== undefined ||
    item.start.some(({ type }) => type === 'seq-item-ind' || type === 'anchor' || type === 'tag')
  )
}

function entryOf(
  item: CST.CollectionItem,
  pair: boolean,
  key: ParsedNode | null,
  value: ParsedNode | null,
  text: string,
): Entry {
  const first = item.start.find(({ type }) => !isFiller(type))
  const start = first?.offset ?? offsetOf(item.key) ?? item.sep?.[0]?.offset ?? offsetOf(item.value) ?? 0
  const properties = pair ? (item.sep ?? []) : item.start
  const mark = properties.find(({ type }) => type === 'map-value-ind' || type === 'seq-item-ind')
  let tag: CST.SourceToken | undefined
  let anchor: CST.SourceToken | undefined
  for (const token of properties)
    if (token.type === 'tag') tag = token
    else if (token.type === 'anchor') anchor = token
  const marked = mark !== undefined
  const behind = marked ? mark.offset + 1 : pair ? (key?.range[1] ?? start) : start
  const after = Math.max(behind, endOf(tag), endOf(anchor))
  return {
    name: pair ? keyText(key) : '',
    merge: isMergeKey(key),
    key,
    value,
    start,
    mark: behind,
    after,
    marked,
    tag,
    anchor,
    end: value === null || isUnwritten(value) ? after : valueEnd(value, text),
    comma: undefined,
  }
}

function isFiller(type: string): boolean {
  return type === 'space' || type === 'newline' || type === 'comment' || type === 'comma'
}

function endOf(token: CST.SourceToken | undefined): number {
  return token === undefined ? 0 : token.offset + token.source.length
}

function offsetOf(token: CST.Token | null | undefined): number | undefined {
  return token === null || token === undefined || !('offset' in token) ? undefined : token.offset
}

function addCommas(node: ParsedNode, entries: Entry[]): void {
  const source = 'srcToken' in node ? node.srcToken : undefined
  if (source?.type !== 'flow-collection') return
  const commas = source.items.flatMap(({ start }) => start.filter(({ type }) => type === 'comma'))
  entries.forEach((entry, at) => {
    entry.comma = commas[at]?.offset
  })
}

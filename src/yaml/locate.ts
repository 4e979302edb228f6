import { isAlias, isMap, isScalar, isSeq, visit, type Document, type ParsedNode } from 'yaml'
import { segments } from '../model/index.ts'
import { isMergeKey, keyText } from './document.ts'
import { isParsedNode, itemAt, itemsOf, pairsOf, type ParsedPair } from './nodes.ts'

/** UTF-16 offsets into the text of the file, end exclusive. */
export interface TextRange {
  start: number
  end: number
}

export interface NodeLocation {
  /** The key in front of the value, where the value stands in a map. */
  key: TextRange | undefined
  /** The value itself; empty (start = end) for a value that is not written, as in `key:`. */
  value: TextRange
}

/**
 * Where the node at a JSON pointer stands. Aliases and merge keys are followed to the text they stand for.
 * Undefined when the document has nothing there.
 */
export function locate(tree: Document.Parsed, pointer: string): NodeLocation | undefined {
  let node: ParsedNode | null = follow(tree.contents, tree)
  let key: TextRange | undefined
  for (const segment of segments(pointer)) {
    if (isMap(node)) {
      const pair = findPair(node, segment, tree)
      if (pair === undefined) return undefined
      key = pair.key === null ? undefined : { start: pair.key.range[0], end: pair.key.range[1] }
      if (pair.value === null)
        return key === undefined ? undefined : { key, value: { start: key.end, end: key.end } }
      node = follow(pair.value, tree)
    } else if (isSeq(node)) {
      key = undefined
      node = follow(itemAt(node, Number(segment)), tree)
    } else return undefined
    if (node === null) return undefined
  }
  if (node === null) return undefined
  return { key, value: { start: node.range[0], end: contentEnd(node) } }
}

/** Where the keys of the block map at a pointer start; undefined for anything else, and where a merge adds to it. */
export function locateKeys(
  tree: Document.Parsed,
  pointer: string,
): { name: string; start: number }[] | undefined {
  const node = nodeAt(tree, pointer)
  if (!isMap(node) || node.flow === true) return undefined
  const keys: { name: string; start: number }[] = []
  for (const { key } of pairsOf(node)) {
    if (key === null || !isScalar(key) || isMergeKey(key)) return undefined
    keys.push({ name: keyText(key), start: key.range[0] })
  }
  return keys
}

function nodeAt(tree: Document.Parsed, pointer: string): ParsedNode | null {
  let node: ParsedNode | null = tree.contents
  for (const segment of segments(pointer))
    if (isMap(node)) node = findPair(node, segment, tree)?.value ?? null
    else node = itemAt(node, Number(segment))
  return node
}

/** End of the text that carries the value: neither the trailing comment nor the blank lines behind it. */
export function contentEnd(node: ParsedNode): number {
  if ((isMap(node) || isSeq(node)) && !node.flow) {
    const pair = pairsOf(node).at(-1)
    const last = pair === undefined ? itemsOf(node).at(-1) : (pair.value ?? pair.key)
    if (last) return contentEnd(last)
  }
  return node.range[1]
}

function follow(node: ParsedNode | null, tree: Document.Parsed): ParsedNode | null {
  if (!isAlias(node)) return node
  const name: string = node.source
  let found: ParsedNode | null = null
  visit(tree, {
    Node: (_key, candidate) => {
      // An anchor may be set again further down: the last one before the alias counts.
      if (Object.is(candidate, node)) return visit.BREAK
      if ('anchor' in candidate && candidate.anchor === name && isParsedNode(candidate)) found = candidate
      return undefined
    },
  })
  return found
}

function findPair(map: ParsedNode, segment: string, tree: Document.Parsed): ParsedPair | undefined {
  const pairs = pairsOf(map)
  for (const pair of pairs)
    if (!isMergeKey(pair.key) && (pair.key === null || isScalar(pair.key)) && keyText(pair.key) === segment)
      return pair
  for (const pair of pairs) {
    if (!isMergeKey(pair.key)) continue
    const source = follow(pair.value, tree)
    const sources = isSeq(source) ? itemsOf(source).map((item) => follow(item, tree)) : [source]
    for (const one of sources) {
      const found = one === null ? undefined : findPair(one, segment, tree)
      if (found !== undefined) return found
    }
  }
  return undefined
}

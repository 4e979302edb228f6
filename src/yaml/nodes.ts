import { isMap, isNode, isPair, isSeq, type ParsedNode } from 'yaml'

/**
 * The `yaml` package types what a collection holds as `unknown`. These guards give the types back that its parser
 * guarantees, checked at run time, so that no other file needs a cast.
 */
export function isParsedNode(value: unknown): value is ParsedNode {
  return isNode(value) && Array.isArray(value.range)
}

export interface ParsedPair {
  key: ParsedNode | null
  value: ParsedNode | null
}

function isParsedPair(value: unknown): value is ParsedPair {
  return (
    isPair(value) &&
    (value.key === null || isParsedNode(value.key)) &&
    (value.value === null || isParsedNode(value.value))
  )
}

/** The pairs of a map in the order of the text; empty for any other node. */
export function pairsOf(node: unknown): readonly ParsedPair[] {
  const items: readonly unknown[] = isMap(node) ? node.items : []
  return items.filter(isParsedPair)
}

/** The items of a list in the order of the text; empty for any other node. An item that is not written is null. */
export function itemsOf(node: unknown): readonly (ParsedNode | null)[] {
  return isSeq(node) ? node.items.map((item) => (isParsedNode(item) ? item : null)) : []
}

/** One item of a list; null where it is not written, or not there. */
export function itemAt(node: unknown, index: number): ParsedNode | null {
  const item = isSeq(node) ? node.items[index] : null
  return isParsedNode(item) ? item : null
}

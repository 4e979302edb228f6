import { isAlias, isMap, isSeq, visit, type Document, type ParsedNode } from 'yaml'
import { isMergeKey, isParsedNode, itemsOf, keyText, pairsOf } from '../yaml/index.ts'
import { Refused } from './refusal.ts'

/** Who uses which anchor. Empty, at no cost, for a text without `*`. */
export class Anchors {
  private readonly aliases = new Map<string, number[]>()
  private readonly targets = new Map<string, ParsedNode[]>()

  constructor(tree: Document.Parsed, text: string) {
    if (!text.includes('*') || !text.includes('&')) return
    visit(tree, {
      Node: (_key, node) => {
        if (isAlias(node) && isParsedNode(node)) push(this.aliases, node.source, node.range[0])
        else if (isParsedNode(node) && 'anchor' in node && node.anchor !== undefined)
          push(this.targets, node.anchor, node)
      },
    })
  }

  /** Refuses a change inside a node whose value others take over by its anchor. */
  checkChange(node: ParsedNode | null, path: readonly string[]): void {
    if (this.aliases.size === 0 || node === null || !('anchor' in node) || node.anchor === undefined) return
    if (this.aliases.has(node.anchor)) throw new Refused('anchor-in-use', path)
  }

  /** Refuses the loss of a node that holds an anchor which an alias outside of it still uses. */
  checkRemoval(node: ParsedNode | null, start: number, end: number, path: readonly string[]): void {
    if (this.aliases.size === 0 || node === null) return
    for (const [name, targets] of this.targets) {
      const inside = targets.some(({ range }) => range[0] >= start && range[0] <= end)
      const used = this.aliases.get(name)?.some((offset) => offset < start || offset > end) ?? false
      if (inside && used) throw new Refused('anchor-in-use', path)
    }
  }

  /** The keys that a map takes over by `<<`. */
  mergedNames(map: ParsedNode): Set<string> {
    const names = new Set<string>()
    for (const pair of pairsOf(map)) if (isMergeKey(pair.key)) this.collect(pair.value, names, 0)
    return names
  }

  private collect(node: ParsedNode | null, names: Set<string>, depth: number): void {
    if (node === null || depth > 50) return
    if (isAlias(node)) {
      // An anchor may be set more than once: taking the keys of all of them errs on the side of refusing.
      for (const target of this.targets.get(node.source) ?? []) this.collect(target, names, depth + 1)
    } else if (isSeq(node)) for (const item of itemsOf(node)) this.collect(item, names, depth + 1)
    else if (isMap(node))
      for (const pair of pairsOf(node))
        if (isMergeKey(pair.key)) this.collect(pair.value, names, depth + 1)
        else names.add(keyText(pair.key))
  }
}

const known = new WeakMap<Document.Parsed, Anchors>()

/** The anchors of a document, made out once for all fixes that are tried on it. */
export function anchorsOf(tree: Document.Parsed, text: string): Anchors {
  let anchors = known.get(tree)
  if (anchors === undefined) known.set(tree, (anchors = new Anchors(tree, text)))
  return anchors
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

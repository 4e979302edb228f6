import { isAlias, isMap, isSeq, type ParsedNode } from 'yaml'
import { equal, isObject, type JsonObject, type JsonValue } from '../model/index.ts'
import { alignItems, areStrangers, pairGaps } from './align.ts'
import { changeBlockList, changeBlockMap } from './block.ts'
import { changeFlow } from './flow.ts'
import { entriesOf, isBareFlowPair, isFlow, isUnwritten, type Entry } from './layout.ts'
import type { Changes, Plan, Slot } from './plan.ts'
import { Refused } from './refusal.ts'
import { rewrite } from './rewrite.ts'

/** Plans every splice that turns the document into the patched value. */
export function planChanges(plan: Plan, old: JsonValue): void {
  const root: Slot = {
    kind: 'root',
    entry: undefined,
    parent: null,
    siblings: [],
    flow: isFlow(plan.tree.contents, plan.text),
    node: plan.tree.contents,
    old,
    path: [],
  }
  change(plan, root, plan.patched.value)
}

function change(plan: Plan, slot: Slot, next: JsonValue): void {
  const { node, old } = slot
  if (old === next) return
  if (isAlias(node)) {
    if (plan.patched.opened.has(next)) throw new Refused('alias-on-path', slot.path)
    if (!equal(old, next)) rewrite(plan, slot, next)
    return
  }
  const before = plan.splices.length
  if (node !== null && !isUnwritten(node) && !isBareFlowPair(node, plan.text)) {
    if (isMap(node) && isObject(old) && isObject(next)) changeMap(plan, slot, node, old, next)
    else if (isSeq(node) && Array.isArray(old) && Array.isArray(next)) changeList(plan, slot, node, old, next)
    else rewrite(plan, slot, next)
  } else rewrite(plan, slot, next)
  if (plan.splices.length > before) plan.anchors.checkChange(node, slot.path)
}

function changeMap(plan: Plan, slot: Slot, node: ParsedNode, old: JsonObject, next: JsonObject): void {
  const entries = entriesOf(node, plan.text)
  const own = new Map(entries.filter(({ merge }) => !merge).map((entry) => [entry.name, entry]))
  const merged = entries.some(({ merge }) => merge) ? plan.anchors.mergedNames(node) : undefined
  const removed = new Set<Entry>()
  const mine = (name: string): Entry => {
    const entry = own.get(name)
    if (entry === undefined || merged?.has(name) === true)
      throw new Refused('merge-key', [...slot.path, name])
    return entry
  }
  for (const name of Object.keys(old)) {
    const was = old[name]
    const is = Object.hasOwn(next, name) ? next[name] : undefined
    if (was === is || was === undefined) continue
    if (is === undefined) {
      const entry = mine(name)
      plan.anchors.checkRemoval(entry.value ?? entry.key, entry.start, entry.end, [...slot.path, name])
      removed.add(entry)
    } else {
      change(plan, slotOf(plan, slot, node, mine(name), entries, was, name), is)
    }
  }
  const pairs = Object.entries(next).filter(([name]) => !Object.hasOwn(old, name))
  if (removed.size === 0 && pairs.length === 0) return
  checkTag(slot)
  apply(plan, slot, node, { entries, removed, pairs, runs: [] })
}

function changeList(
  plan: Plan,
  slot: Slot,
  node: ParsedNode,
  old: readonly JsonValue[],
  next: JsonValue[],
): void {
  const entries = entriesOf(node, plan.text)
  const known = plan.patched.origins.get(next)
  const origins =
    known === undefined
      ? alignItems(old, next)
      : pairGaps(known, old.length, (from, at) => !areStrangers(old[from], next[at]))
  const removed = new Set(entries)
  const runs: { after: Entry | undefined; items: JsonValue[] }[] = []
  let last: Entry | undefined
  next.forEach((item, at) => {
    const from = origins[at] ?? -1
    const entry = from < 0 ? undefined : entries[from]
    const was = old[from]
    if (entry !== undefined && was !== undefined) {
      removed.delete(entry)
      last = entry
      change(plan, slotOf(plan, slot, node, entry, entries, was, String(from)), item)
    } else if (runs.at(-1)?.after === last && runs.length > 0) runs.at(-1)?.items.push(item)
    else runs.push({ after: last, items: [item] })
  })
  if (removed.size === 0 && runs.length === 0) return
  for (const entry of removed)
    plan.anchors.checkRemoval(entry.value, entry.start, entry.end, [
      ...slot.path,
      String(entries.indexOf(entry)),
    ])
  checkTag(slot)
  apply(plan, slot, node, { entries, removed, pairs: [], runs })
}

function apply(plan: Plan, slot: Slot, node: ParsedNode, changes: Changes): void {
  const { entries } = changes
  if (isFlow(node, plan.text)) {
    const written = node.range[1] - node.range[0]
    // An empty `{}` or `[]` is written anew (as block text among block text), unless something stands in it.
    if (entries.length === 0 && slot.entry !== undefined && written <= 3)
      rewrite(plan, slot, valueOf(changes, isMap(node)))
    else changeFlow(plan, node, changes)
  } else if (isMap(node)) changeBlockMap(plan, slot, changes)
  else changeBlockList(plan, slot, changes)
}

function valueOf(changes: Changes, map: boolean): JsonValue {
  return map ? Object.fromEntries(changes.pairs) : changes.runs.flatMap(({ items }) => items)
}

function slotOf(
  plan: Plan,
  parent: Slot,
  node: ParsedNode,
  entry: Entry,
  siblings: readonly Entry[],
  old: JsonValue,
  name: string,
): Slot {
  return {
    kind: isMap(node) ? 'pair' : 'item',
    entry,
    parent: node,
    siblings,
    flow: parent.flow || isFlow(node, plan.text),
    node: entry.value,
    old,
    path: [...parent.path, name],
  }
}

function checkTag(slot: Slot): void {
  const tag = slot.node === null || !('tag' in slot.node) ? undefined : slot.node.tag
  if (slot.entry?.tag === undefined && tag === undefined) return
  if (tag !== 'tag:yaml.org,2002:map' && tag !== 'tag:yaml.org,2002:seq')
    throw new Refused('explicit-tag', slot.path)
}

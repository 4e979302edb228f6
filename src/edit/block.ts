import { blockStyle } from './choose-style.ts'
import type { Entry } from './layout.ts'
import type { Changes, Plan, Slot } from './plan.ts'
import { Refused } from './refusal.ts'
import { itemLines, pairLines } from './render.ts'
import { writeInline } from './rewrite.ts'

/** Adds pairs to a block map and takes pairs out of it. */
export function changeBlockMap(plan: Plan, slot: Slot, changes: Changes): void {
  const { entries, removed, pairs } = changes
  const first = entries[0]
  if (first === undefined) throw new Refused('unprovable', slot.path)
  const added = Object.fromEntries(pairs)
  const kept = entries.filter((entry) => !removed.has(entry))
  if (pairs.length === 0) {
    removeEntries(plan, slot, changes, '{}')
    return
  }
  const style = blockStyle(plan, slot, entries)
  const lines = pairLines(added, plan.indentOf(first.start), style)
  if (kept.length === 0) {
    replaceFirst(plan, first, lines)
    for (const entry of entries.slice(1)) plan.splice(plan.regionStart(entry), plan.regionEnd(entry), '')
    return
  }
  plan.insertLines(chooseGap(plan, slot, first, kept), lines)
  removeEntries(plan, slot, changes, '{}')
}

/** Adds items to a block list and takes items out of it. */
export function changeBlockList(plan: Plan, slot: Slot, changes: Changes): void {
  const { entries, runs } = changes
  const first = entries[0]
  if (first === undefined) throw new Refused('unprovable', slot.path)
  const style = runs.length > 0 ? blockStyle(plan, slot, entries) : undefined
  const indent = plan.indentOf(first.start)
  for (const { after, items } of runs) {
    if (style === undefined) break
    const near = after ?? first
    const lines = itemLines(items, indent, { ...style, dashGap: gapOf(plan, near) ?? style.dashGap })
    if (after !== undefined) {
      plan.closeEnd(after)
      plan.insertLines(plan.regionEnd(after), lines)
    } else if (plan.isFirstOnLine(first.start)) plan.insertLines(frontOf(plan, slot, first), lines)
    else {
      // `- - item`: the new item takes the place on the line, the old one moves below it.
      const eol = plan.eol(first.start)
      plan.splice(first.start, first.start, lines.join(eol).slice(indent.length) + eol + indent)
    }
  }
  removeEntries(plan, slot, changes, '[]')
}

function gapOf(plan: Plan, entry: Entry): number | undefined {
  if (entry.value === null || entry.value.range[0] <= entry.mark) return undefined
  const between = plan.text.slice(entry.mark, entry.value.range[0])
  return /^ +$/.test(between) ? between.length : undefined
}

/** In front of the first entry, and of the comments above it, which stay with it. */
function frontOf(plan: Plan, slot: Slot, first: Entry): number {
  const start = plan.lineStart(first.start)
  return slot.entry === undefined ? start : Math.min(start, plan.lineEnd(slot.entry.after))
}

/** Where new pairs go: behind a pair near the preferred lines, else at the end, but never where it would break something. */
function chooseGap(plan: Plan, slot: Slot, first: Entry, kept: readonly Entry[]): number {
  let best: number | undefined
  let rank = -1
  let last = first
  for (const entry of kept) {
    last = entry
    if (plan.openEnd(entry) !== undefined) continue
    const offset = plan.regionEnd(entry)
    const here = plan.preference(offset)
    if (here < rank) continue
    best = offset
    rank = here
  }
  if (best !== undefined) return best
  if (plan.isFirstOnLine(first.start)) return frontOf(plan, slot, first)
  plan.closeEnd(last)
  return plan.regionEnd(last)
}

/** All pairs go, others come: the new ones take the place of the first. */
function replaceFirst(plan: Plan, first: Entry, lines: readonly string[]): void {
  const start = plan.regionStart(first)
  const end = plan.regionEnd(first)
  const text = lines.join(plan.eol(end))
  const lead = start === first.start ? plan.indentOf(first.start).length : 0
  plan.splice(start, plan.beforeBreak(end), text.slice(lead))
}

function removeEntries(
  plan: Plan,
  slot: Slot,
  { entries, removed, pairs, runs }: Changes,
  empty: string,
): void {
  if (removed.size === 0) return
  const first = entries[0]
  const kept = entries.find((entry) => !removed.has(entry))
  if (first === undefined) return
  if (kept === undefined && pairs.length === 0 && runs.length === 0) {
    leaveEmpty(plan, slot, entries, first, empty)
    return
  }
  let rest = entries.filter((entry) => removed.has(entry))
  if (removed.has(first) && !plan.isFirstOnLine(first.start) && kept !== undefined) {
    rest = rest.slice(1)
    // `- first: 1` loses `first`: the dash stays, and the next pair moves up to it unless something stands between.
    const before = entries.slice(0, entries.indexOf(kept))
    const empty = before.every((entry, at) => {
      const from = plan.regionEnd(entry)
      return (
        plan.text.slice(from, entries[at + 1]?.start).trim() === '' &&
        !plan.text.slice(from, plan.lineStart(entries[at + 1]?.start ?? from)).includes('\n')
      )
    })
    if (empty) {
      plan.splice(first.start, kept.start, '')
      rest = rest.filter((entry) => entry.start > kept.start)
    } else plan.splice(plan.skipBlanksBack(first.start), plan.beforeBreak(plan.regionEnd(first)), '')
  }
  for (const entry of rest) plan.splice(plan.lineStart(entry.start), plan.regionEnd(entry), '')
}

/** The last child goes: `{}` or `[]` stays in its place. */
function leaveEmpty(plan: Plan, slot: Slot, entries: readonly Entry[], first: Entry, empty: string): void {
  const compact = !plan.isFirstOnLine(first.start)
  if (compact || slot.entry === undefined)
    plan.splice(first.start, plan.beforeBreak(plan.regionEnd(first)), empty)
  else {
    writeInline(plan, slot.entry, empty)
    plan.splice(plan.lineStart(first.start), plan.regionEnd(first), '')
  }
  for (const entry of entries.slice(1)) plan.splice(plan.lineStart(entry.start), plan.regionEnd(entry), '')
}

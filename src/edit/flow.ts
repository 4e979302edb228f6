import type { ParsedNode } from 'yaml'
import { flowStyle, leadingBlanks } from './choose-style.ts'
import type { Entry } from './layout.ts'
import type { Changes, Plan } from './plan.ts'
import { flowPairs, flowText } from './render.ts'

/** Adds entries to a `{...}` or `[...]` and takes entries out of it; everything new stays in flow style. */
export function changeFlow(plan: Plan, node: ParsedNode, changes: Changes): void {
  const { entries, removed, pairs, runs } = changes
  const style = flowStyle(plan, node, entries)
  const last = entries.at(-1)
  const indent = leadingBlanks(plan, last?.start ?? node.range[0])
  const additions = runs.map(({ after, items }) => ({
    after,
    texts: items.map((item) => flowText(item, style, indent)),
  }))
  let gone = removed
  if (pairs.length > 0) {
    const texts = flowPairs(Object.fromEntries(pairs), style, indent)
    const trailing = trailingRemoved(entries, removed)
    if (trailing !== undefined) {
      // The first of the pairs that leave the end makes room for the new ones.
      plan.splice(trailing.start, trailing.end, texts.join(separator(plan, entries, style.comma)))
      gone = new Set([...removed].filter((entry) => entry !== trailing))
    } else additions.push({ after: flowGap(plan, entries, removed), texts })
  }
  for (const { after, texts } of additions)
    if (last === undefined) fillEmpty(plan, node, texts, style.comma, style.padded && pairs.length > 0)
    else insert(plan, entries, after, texts, style.comma)
  if (gone.size > 0) remove(plan, node, entries, gone)
}

function isOwnLine(plan: Plan, entry: Entry): boolean {
  return plan.isFirstOnLine(entry.start)
}

function separator(plan: Plan, entries: readonly Entry[], comma: string): string {
  const last = entries.at(-1)
  if (last === undefined || !isOwnLine(plan, last)) return comma
  return `,${plan.eol(last.start)}${leadingBlanks(plan, last.start)}`
}

function trailingRemoved(entries: readonly Entry[], removed: ReadonlySet<Entry>): Entry | undefined {
  let first: Entry | undefined
  for (const entry of entries.toReversed()) {
    if (!removed.has(entry)) break
    first = entry
  }
  return first
}

/** The kept entry behind which new pairs go: near the preferred lines, else the last. */
function flowGap(plan: Plan, entries: readonly Entry[], removed: ReadonlySet<Entry>): Entry | undefined {
  let best: Entry | undefined
  let rank = -1
  for (const entry of entries) {
    if (removed.has(entry)) continue
    const here = plan.preference(entry.end)
    if (here < rank) continue
    best = entry
    rank = here
  }
  return best
}

function fillEmpty(
  plan: Plan,
  node: ParsedNode,
  texts: readonly string[],
  comma: string,
  padded: boolean,
): void {
  const start = node.range[0] + 1
  const end = node.range[1] - 1
  const pad = padded ? ' ' : ''
  const blank = plan.text.slice(start, end).trim() === ''
  plan.splice(start, blank ? end : start, pad + texts.join(comma) + pad)
}

function insert(
  plan: Plan,
  entries: readonly Entry[],
  after: Entry | undefined,
  texts: readonly string[],
  comma: string,
): void {
  const [first, last] = [entries[0], entries.at(-1)]
  if (first === undefined || last === undefined) return
  if (after === undefined) {
    if (isOwnLine(plan, first)) {
      const indent = leadingBlanks(plan, first.start)
      plan.insertLines(
        plan.lineStart(first.start),
        texts.map((text) => `${indent}${text},`),
      )
    } else plan.splice(first.start, first.start, texts.map((text) => text + comma).join(''))
    return
  }
  const next = entries[entries.indexOf(after) + 1]
  const indent = leadingBlanks(plan, last.start)
  if (!isOwnLine(plan, next ?? last)) {
    plan.splice(after.end, after.end, texts.map((text) => comma + text).join(''))
    return
  }
  const eol = plan.eol(after.end)
  // Behind the comma and the comment that follow on the same line, if the line then ends.
  const anchor = plan.skipBlanks(after.comma === undefined ? after.end : after.comma + 1)
  const sameLine = after.comma === undefined || !plan.text.slice(after.end, after.comma).includes('\n')
  if (sameLine && (plan.isBreak(anchor) || plan.text[anchor] === '#')) {
    const trailing = after.comma !== undefined
    if (!trailing) plan.splice(after.end, after.end, ',')
    const lines = texts.map((text, at) => indent + text + (trailing || at < texts.length - 1 ? ',' : ''))
    plan.insertLines(plan.lineEnd(anchor), lines)
  } else plan.splice(after.end, after.end, texts.map((text) => `,${eol}${indent}${text}`).join(''))
}

function remove(plan: Plan, node: ParsedNode, entries: readonly Entry[], removed: ReadonlySet<Entry>): void {
  const kept = entries.findLastIndex((entry) => !removed.has(entry))
  if (kept === -1) {
    const [start, end] = [node.range[0] + 1, node.range[1] - 1]
    if (!hasComment(plan, start, end)) plan.splice(start, end, '')
    else for (const entry of entries) removeOne(plan, entry, entry.comma)
    return
  }
  entries.forEach((entry, at) => {
    if (at < kept && removed.has(entry)) removeInner(plan, entries, at)
  })
  removeTail(plan, entries, kept)
}

/** The entries behind the last one that stays, and the comma that then has nothing to part. */
function removeTail(plan: Plan, entries: readonly Entry[], kept: number): void {
  const [stays, last] = [entries[kept], entries.at(-1)]
  if (stays === undefined || last === undefined || stays === last) return
  const behind = plan.skipBlanks(last.comma === undefined ? last.end : last.comma + 1)
  const between = plan.text.slice(stays.end, last.end)
  if (!/(?:^|\s)#|\n[ \t]*\r?\n/.test(between) && plan.text[behind] !== '#') {
    plan.splice(stays.end, last.end, '')
    return
  }
  if (last.comma === undefined && stays.comma !== undefined) plan.splice(stays.comma, stays.comma + 1, '')
  for (const entry of entries.slice(kept + 1)) removeOne(plan, entry, entry.comma)
}

function removeInner(plan: Plan, entries: readonly Entry[], at: number): void {
  const [entry, next, previous] = [entries[at], entries[at + 1], entries[at - 1]]
  if (entry?.comma === undefined || next === undefined) return
  const gap = plan.text.slice(entry.comma + 1, next.start)
  if (isOwnLine(plan, entry)) removeOne(plan, entry, entry.comma)
  else if (!/[\n#]/.test(gap)) plan.splice(entry.start, next.start, '')
  else if (previous?.comma !== undefined && !plan.text.slice(previous.comma, entry.start).includes('\n'))
    plan.splice(previous.comma + 1, entry.comma + 1, '')
  else plan.splice(entry.start, entry.comma + 1, '')
}

/** One entry with its comma: the whole lines where it has lines of its own. */
function removeOne(plan: Plan, entry: Entry, comma: number | undefined): void {
  const end = comma === undefined ? entry.end : comma + 1
  const behind = plan.skipBlanks(end)
  if (isOwnLine(plan, entry) && (plan.isBreak(behind) || plan.text[behind] === '#'))
    plan.splice(plan.lineStart(entry.start), plan.lineEnd(behind), '')
  else plan.splice(entry.start, end, '')
}

function hasComment(plan: Plan, start: number, end: number): boolean {
  return /(?:^|\s)#/.test(plan.text.slice(start, end))
}

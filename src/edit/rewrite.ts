import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml'
import { isObject, type JsonValue } from '../model/index.ts'
import { blockStyle, flowStyle, leadingBlanks, nearestQuote, replacementQuote } from './choose-style.ts'
import { entriesOf, isBareFlowPair, isBlockScalar, isFlow, isUnwritten, type Entry } from './layout.ts'
import type { Plan, Slot } from './plan.ts'
import { Refused } from './refusal.ts'
import {
  compactLines,
  flowText,
  inlineText,
  itemLines,
  pairLines,
  valueLines,
  type BlockStyle,
} from './render.ts'
import { blockScalar } from './scalars.ts'

/** Puts a value in the place of another of a different kind, or of a scalar. */
export function rewrite(plan: Plan, slot: Slot, next: JsonValue): void {
  const { entry, node } = slot
  if (node !== null && !isUnwritten(node))
    plan.anchors.checkRemoval(node, node.range[0], node.range[1], slot.path)
  if (entry === undefined) throw new Refused('document-root', slot.path)
  dropTag(plan, slot, entry, next)
  if (slot.flow) {
    rewriteFlow(plan, slot, entry, next)
    return
  }
  const style = { ...blockStyle(plan, undefined, slot.siblings), quote: replacementQuote(slot) }
  if (slot.kind === 'pair') style.dashGap = plan.style.dashGap
  const nearest = nearestQuote(slot.siblings)
  if (nearest !== undefined) style.fallback = () => nearest
  const inline = inlineText(next, style)
  if (node !== null && isBlockCollection(plan, node)) {
    if (inline === undefined) replaceBlock(plan, slot, entry, node, next, style)
    else collapse(plan, entry, node, inline)
  } else if (inline === undefined) expand(plan, slot, entry, next, style)
  else if (node !== null && isBlockScalar(node)) rewriteBlockScalar(plan, entry, node, next, inline)
  else if (node === null || isUnwritten(node)) writeInline(plan, entry, inline)
  else plan.splice(node.range[0], node.range[1], inline)
}

function isBlockCollection(plan: Plan, node: ParsedNode): boolean {
  return (isMap(node) || isSeq(node)) && !isFlow(node, plan.text)
}

/** A tag that the new value does not fit goes; a tag of the author's own making is not ours to drop. */
function dropTag(plan: Plan, slot: Slot, entry: Entry, next: JsonValue): void {
  if (entry.tag === undefined) return
  const { source, offset } = entry.tag
  const fits =
    source === '!!map'
      ? isObject(next)
      : source === '!!seq'
        ? Array.isArray(next)
        : source === '!!str' && typeof next === 'string' && !isUnwritten(slot.node)
  if (fits) return
  if (!/^!(?:!(?:map|seq|str|int|float|bool|null|timestamp|binary))?$/.test(source))
    throw new Refused('explicit-tag', slot.path)
  const end = offset + source.length
  if (slot.flow) plan.splice(offset, plan.skipBlanks(end), '')
  else plan.splice(plan.skipBlanksBack(offset), end, '')
}

/** Writes a value on the line of its key or dash, where nothing was written. */
export function writeInline(plan: Plan, entry: Entry, text: string): void {
  const blanks = plan.skipBlanks(entry.after)
  // Blanks in front of a comment stay; at the end of a line they give way.
  const end = plan.isBreak(blanks) ? blanks : entry.after
  plan.splice(entry.after, end, (entry.marked ? ' ' : ': ') + text)
}

/** A block collection becomes a value on one line. */
function collapse(plan: Plan, entry: Entry, node: ParsedNode, text: string): void {
  const entries = entriesOf(node, plan.text)
  const [first, last] = [entries[0], entries.at(-1)]
  if (first === undefined || last === undefined) throw new Refused('unprovable', [])
  const end = plan.regionEnd(last)
  if (plan.isFirstOnLine(first.start)) {
    writeInline(plan, entry, text)
    plan.splice(plan.lineStart(first.start), end, '')
  } else plan.splice(first.start, plan.beforeBreak(end), text)
}

/** A block collection becomes a block collection of the other kind. */
function replaceBlock(
  plan: Plan,
  slot: Slot,
  entry: Entry,
  node: ParsedNode,
  next: JsonValue,
  style: BlockStyle,
): void {
  const entries = entriesOf(node, plan.text)
  const [first, last] = [entries[0], entries.at(-1)]
  if (first === undefined || last === undefined) throw new Refused('unprovable', slot.path)
  const end = plan.beforeBreak(plan.regionEnd(last))
  const eol = plan.eol(end)
  if (plan.isFirstOnLine(first.start))
    plan.splice(plan.lineStart(first.start), end, linesBelow(plan, slot, entry, next, style).join(eol))
  else {
    const column = plan.column(first.start)
    const lines = compactLines(next, ' '.repeat(column), style)
    plan.splice(first.start, end, lines.join(eol).slice(column))
  }
}

/** The lines of a non-empty collection below its key or dash. */
function linesBelow(plan: Plan, slot: Slot, entry: Entry, next: JsonValue, style: BlockStyle): string[] {
  const indent = plan.indentOf(entry.start)
  if (slot.kind === 'pair') return valueLines(next, indent, style)
  const inner = indent + ' '.repeat(1 + style.dashGap)
  if (Array.isArray(next)) return itemLines(next, inner, style)
  return isObject(next) ? pairLines(next, inner, { ...style, keyQuote: 'plain' }) : []
}

/** A scalar, an alias, an empty collection or nothing becomes a block collection. */
function expand(plan: Plan, slot: Slot, entry: Entry, next: JsonValue, style: BlockStyle): void {
  const { node } = slot
  const written = node !== null && !isUnwritten(node)
  const header = written && isBlockScalar(node) ? headerEnd(plan, node) : undefined
  const start = written ? node.range[0] : entry.after
  const end = header ?? (written ? node.range[1] : entry.after)
  let lines: string[]
  if (slot.kind === 'item' && entry.anchor === undefined) {
    const gap = written ? '' : ' '.repeat(style.dashGap)
    const column = plan.column(start) + gap.length
    const [line = '', ...rest] = compactLines(next, ' '.repeat(column), { ...style, keyQuote: 'plain' })
    const blanks = plan.skipBlanks(end)
    plan.splice(start, plan.isBreak(blanks) ? blanks : end, gap + line.slice(column))
    lines = rest
  } else {
    const blanks = plan.skipBlanks(end)
    const to = plan.isBreak(blanks) ? blanks : end
    lines = linesBelow(plan, slot, entry, next, style)
    const ownLine = written && plan.isFirstOnLine(start)
    if (ownLine && plan.isBreak(blanks)) {
      // The old value stood below its key: its line makes room.
      if (header === undefined) {
        plan.splice(plan.lineStart(start), to, lines.join(plan.eol(start)))
        return
      }
      plan.splice(plan.lineStart(start), plan.lineEnd(to), '')
    } else if (written) plan.splice(ownLine ? start : plan.skipBlanksBack(start), to, '')
    else if (to > start) plan.splice(start, to, '')
  }
  if (header !== undefined && node !== null) replaceBody(plan, node, lines)
  else if (lines.length > 0) plan.insertLines(plan.lineEnd(end), lines)
}

/** Behind the `|` or `>` with its indicators. */
function headerEnd(plan: Plan, node: ParsedNode): number {
  let end = node.range[0]
  while (/[|>0-9+-]/.test(plan.text[end] ?? '')) end++
  return end
}

function replaceBody(plan: Plan, node: ParsedNode, lines: readonly string[]): void {
  const body = plan.lineEnd(headerEnd(plan, node))
  const end = Math.max(body, node.range[1])
  const eol = plan.eol(body)
  if (plan.isLineStart(end)) plan.splice(body, end, lines.map((line) => line + eol).join(''))
  else if (body === end) plan.insertLines(body, lines)
  else if (lines.length > 0) plan.splice(body, end, lines.join(eol))
  else plan.splice(plan.beforeBreak(body), end, '')
}

/** A block scalar stays one where it can hold the new text, in the author's indentation. */
function rewriteBlockScalar(
  plan: Plan,
  entry: Entry,
  node: ParsedNode,
  next: JsonValue,
  inline: string,
): void {
  const end = headerEnd(plan, node)
  const header = plan.text.slice(node.range[0], end)
  const body = plan.lineEnd(end)
  const firstLine = /^(?:[ \t]*\r?\n)*( *)/.exec(plan.text.slice(body, node.range[1]))?.[1] ?? ''
  const indent = firstLine.length > 0 ? firstLine : `${plan.indentOf(entry.start)}  `
  const closed = plan.text[node.range[1] - 1] === '\n'
  const block =
    typeof next === 'string' && closed && next.includes('\n')
      ? blockScalar(next, header.startsWith('>'), indent)
      : undefined
  if (block === undefined) {
    plan.splice(node.range[0], end, inline)
    replaceBody(plan, node, [])
    return
  }
  const digit = /[0-9]/.exec(header)?.[0] ?? ''
  const [kind = '|', chomp = ''] = block.header
  const written = kind + digit + chomp
  if (written !== header) plan.splice(node.range[0], end, written)
  replaceBody(plan, node, block.lines)
}

function rewriteFlow(plan: Plan, slot: Slot, entry: Entry, next: JsonValue): void {
  const { node } = slot
  const style = flowStyle(plan, slot.parent, slot.siblings)
  const quote = replacementQuote(slot)
  const text = flowText(
    next,
    { ...style, quote: isScalar(node) && typeof node.value === 'string' ? quote : style.quote },
    leadingBlanks(plan, entry.start),
  )
  if (node === null || isUnwritten(node))
    plan.splice(entry.after, entry.after, (entry.marked ? ' ' : ': ') + text)
  else if (isBareFlowPair(node, plan.text)) plan.splice(entry.start, entry.end, text)
  else plan.splice(node.range[0], node.range[1], text)
}

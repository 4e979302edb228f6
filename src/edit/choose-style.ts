import { isMap, isScalar, type ParsedNode } from 'yaml'
import { entriesOf, isFlow, type Entry } from './layout.ts'
import type { Plan, Slot } from './plan.ts'
import type { BlockStyle, FlowStyle } from './render.ts'
import type { Quote } from './scalars.ts'
import { dashGapOf, firstOf, listOffsetOf, sharedQuote, stepOf } from './style.ts'

/** The style for what is new among the entries of a block collection: the siblings' first, the document's otherwise. */
export function blockStyle(plan: Plan, slot: Slot | undefined, entries: readonly Entry[]): BlockStyle {
  const { text } = plan
  const map = entries[0]?.key !== null && entries[0] !== undefined
  const keys = map
    ? sharedQuote(
        entries.map(({ key }) => key),
        2,
      )
    : 'plain'
  return {
    step: firstOf(entries, (entry) => stepOf(entry, text)) ?? ownStep(plan, slot) ?? plan.style.step,
    listOffset: firstOf(entries, (entry) => listOffsetOf(entry, text)) ?? plan.style.listOffset,
    dashGap: firstOf(entries, (entry) => dashGapOf(entry, text)) ?? plan.style.dashGap,
    quote: sharedQuote(
      entries.map(({ value }) => value),
      map ? 2 : 1,
    ),
    keyQuote: keys,
    fallback: () => nearestQuote(entries) ?? plan.style.quote,
  }
}

/** The step that leads from the key above to this map. */
function ownStep(plan: Plan, slot: Slot | undefined): number | undefined {
  return slot?.entry === undefined ? undefined : stepOf(slot.entry, plan.text)
}

export function nearestQuote(entries: readonly Entry[]): Quote | undefined {
  return firstOf(entries, ({ value }) => {
    if (!isScalar(value)) return undefined
    if (value.type === 'QUOTE_SINGLE') return 'single'
    return value.type === 'QUOTE_DOUBLE' ? 'double' : undefined
  })
}

/** The style for what is new inside the brackets of `container`. */
export function flowStyle(plan: Plan, container: ParsedNode | null, entries: readonly Entry[]): FlowStyle {
  const { text } = plan
  const root = plan.tree.contents
  const rootEntries = root !== null && isFlow(root, text) && root !== container ? entriesOf(root, text) : []
  const json = looksLikeJson(entries) || looksLikeJson(rootEntries)
  const models = [...entries, ...rootEntries]
  const nested = isMap(container) && entries.length > 0 ? isPadded(plan, container) : undefined
  return {
    json,
    quote: sharedQuote(
      entries.map(({ value }) => value),
      1,
    ),
    keyQuote: sharedQuote(
      entries.map(({ key }) => key),
      1,
    ),
    fallback: () => nearestQuote(entries) ?? plan.style.quote,
    padded: nested ?? (json ? false : plan.style.padded),
    colon:
      firstOf(models, (entry) =>
        entry.key === null || entry.value === null || !entry.marked || entry.anchor !== undefined
          ? undefined
          : /\s/.test(text.slice(entry.mark, entry.value.range[0])) ||
              (isScalar(entry.key) && entry.key.type === 'PLAIN')
            ? ': '
            : ':',
      ) ?? ': ',
    comma:
      firstOf(models, ({ comma }) =>
        comma === undefined || /[\r\n]/.test(text[comma + 1] ?? '')
          ? undefined
          : text[comma + 1] === ' '
            ? ', '
            : ',',
      ) ?? ', ',
    lines: json && container !== null ? lineStyle(plan, container, entries) : undefined,
  }
}

function looksLikeJson(entries: readonly Entry[]): boolean {
  return entries.some(
    ({ key, value }) =>
      (isScalar(key) && key.type === 'QUOTE_DOUBLE') ||
      (isMap(value) &&
        value.flow === true &&
        value.items.some((pair) => isScalar(pair.key) && pair.key.type === 'QUOTE_DOUBLE')),
  )
}

function isPadded(plan: Plan, container: ParsedNode): boolean {
  return /[^\S\r\n]/.test(plan.text[container.range[0] + 1] ?? '')
}

/** How the author breaks lines, where each entry stands on a line of its own. */
function lineStyle(plan: Plan, container: ParsedNode, entries: readonly Entry[]): FlowStyle['lines'] {
  const last = entries.at(-1)
  if (last === undefined || !plan.isFirstOnLine(last.start)) return undefined
  const eol = plan.eol(last.start)
  const inner = leadingBlanks(plan, last.start)
  const outer = leadingBlanks(plan, container.range[0])
  return { unit: inner.startsWith(outer) && inner !== outer ? inner.slice(outer.length) : '  ', eol }
}

/** The white space at the start of the line that holds an offset. */
export function leadingBlanks(plan: Plan, offset: number): string {
  const start = plan.lineStart(offset)
  return plan.text.slice(start, plan.skipBlanks(start))
}

/** Quotes a value should have that takes the place of another, or stands among others. */
export function replacementQuote(slot: Slot): Quote {
  const { node } = slot
  if (isScalar(node) && typeof node.value === 'string')
    return node.type === 'QUOTE_SINGLE' ? 'single' : node.type === 'QUOTE_DOUBLE' ? 'double' : 'plain'
  const others = slot.siblings.filter((entry) => entry !== slot.entry).map(({ value }) => value)
  return sharedQuote(others, slot.kind === 'item' ? 1 : 2)
}

import { isObject, type JsonObject, type JsonValue } from '../model/index.ts'
import { doubleQuoted, formatPrimitive, formatString, type Quote } from './scalars.ts'

/** How a new piece of block YAML is written. */
export interface BlockStyle {
  step: number
  listOffset: number
  dashGap: number
  /** Wanted for strings that need no quotes. */
  quote: Quote
  /** Wanted for keys that need no quotes. */
  keyQuote: Quote
  /** For strings that need quotes. */
  fallback: () => Quote
}

/** How a new piece of flow YAML is written. */
export interface FlowStyle {
  json: boolean
  quote: Quote
  keyQuote: Quote
  fallback: () => Quote
  padded: boolean
  colon: string
  comma: string
  /** One entry per line, each behind this; undefined for everything on one line. */
  lines: { unit: string; eol: string } | undefined
}

/** The text of a value that fits on the line of its key or dash: scalars and empty collections. */
export function inlineText(value: JsonValue, style: BlockStyle): string | undefined {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : undefined
  if (isObject(value)) return Object.keys(value).length === 0 ? '{}' : undefined
  return formatPrimitive(value, style.quote, style.fallback, false)
}

/** The pairs of a map as lines, each line complete with its indentation. */
export function pairLines(value: JsonObject, indent: string, style: BlockStyle): string[] {
  const lines: string[] = []
  for (const [key, item] of Object.entries(value)) {
    const name = formatString(key, style.keyQuote, style.fallback(), false)
    const inline = inlineText(item, style)
    if (inline !== undefined) lines.push(`${indent}${name}: ${inline}`)
    else lines.push(`${indent}${name}:`, ...valueLines(item, indent, style))
  }
  return lines
}

/** What stands below a key: the lines of a non-empty collection. `indent` is the key's. */
export function valueLines(value: JsonValue, indent: string, style: BlockStyle): string[] {
  if (Array.isArray(value)) return itemLines(value, indent + ' '.repeat(style.listOffset), style)
  if (isObject(value))
    return pairLines(value, indent + ' '.repeat(style.step), { ...style, keyQuote: 'plain' })
  return []
}

/** The items of a list as lines, dashes at `indent`. */
export function itemLines(items: readonly JsonValue[], indent: string, style: BlockStyle): string[] {
  return items.flatMap((item) => compactLines(item, `${indent}-${' '.repeat(style.dashGap)}`, style))
}

/** A value whose first line stands behind `lead` (a dash, say) and whose other lines start at the same column. */
export function compactLines(value: JsonValue, lead: string, style: BlockStyle): string[] {
  const inline = inlineText(value, style)
  if (inline !== undefined) return [lead + inline]
  const inner = ' '.repeat(lead.length)
  const lines = Array.isArray(value)
    ? itemLines(value, inner, style)
    : isObject(value)
      ? pairLines(value, inner, { ...style, keyQuote: 'plain' })
      : []
  lines[0] = lead + (lines[0] ?? '').slice(inner.length)
  return lines
}

/** A value in flow style. `indent` is what the line starts with that the value begins on. */
export function flowText(value: JsonValue, style: FlowStyle, indent: string): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => flowText(item, style, indent + (style.lines?.unit ?? '')))
    return wrap('[', items, ']', style, indent, false)
  }
  if (isObject(value))
    return wrap(
      '{',
      flowPairs(value, style, indent + (style.lines?.unit ?? '')),
      '}',
      style,
      indent,
      style.padded,
    )
  if (style.json) return typeof value === 'string' ? doubleQuoted(value) : JSON.stringify(value)
  return formatPrimitive(value, style.quote, style.fallback, true)
}

/** The pairs of a map in flow style; `indent` is what their lines start with. */
export function flowPairs(value: JsonObject, style: FlowStyle, indent: string): string[] {
  return Object.entries(value).map(([key, item]) => {
    const name = style.json ? doubleQuoted(key) : formatString(key, style.keyQuote, style.fallback(), true)
    // `{"a":1}` is only read as a pair where the key is quoted.
    const colon = /^["']/.test(name) ? style.colon : ': '
    return name + colon + flowText(item, style, indent)
  })
}

function wrap(
  open: string,
  items: readonly string[],
  close: string,
  style: FlowStyle,
  indent: string,
  padded: boolean,
): string {
  if (items.length === 0) return open + close
  if (style.lines === undefined) {
    const pad = padded ? ' ' : ''
    return open + pad + items.join(style.comma) + pad + close
  }
  const { unit, eol } = style.lines
  return open + eol + items.map((item) => indent + unit + item).join(`,${eol}`) + eol + indent + close
}

import type { JsonPrimitive } from '../model/index.ts'

export type Quote = 'plain' | 'single' | 'double'

/** What plain text means something else than itself to one of the YAML readers in use (1.1, 1.2, go-yaml). */
const meaningful = [
  /^(?:~|null|Null|NULL|y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|=|<<)$/,
  // Integers: decimal, hexadecimal, octal, binary, with underscores; floats; numbers to the base of 60; .inf and .nan.
  /^[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+)$/,
  /^[-+]?(?:[0-9][0-9_]*)?\.?[0-9_]*(?:[eE][-+]?[0-9]+)?$/,
  /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/,
  /^[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)$/,
  // Dates and times.
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt\s].*)?$/,
]

/** Characters that only a double-quoted scalar can hold: control characters, and what some readers take for line breaks. */
const needsEscape = /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/u
const escapeAlways = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

function isPrintable(text: string): boolean {
  return !needsEscape.test(text) && text.isWellFormed()
}

/** True when the text, written plain, is the same string to every reader. */
export function isPlainSafe(text: string, flow: boolean): boolean {
  if (text === '' || text.trim() !== text || !isPrintable(text)) return false
  if (/^[,[\]{}#&*!|>'"%@`]/.test(text) || /^[-?:](?:\s|$)/.test(text) || /^(?:---|\.\.\.)/.test(text))
    return false
  if (/:(?:\s|$)/.test(text) || /\s#/.test(text) || /\t/.test(text)) return false
  if (flow && (/[,[\]{}]/.test(text) || /^[-?:]/.test(text) || text.includes(':'))) return false
  return !meaningful.some((pattern) => pattern.test(text))
}

export function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    escapeAlways,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** A string on one line. `want` is a wish: what cannot be written that way gets the `fallback` or double quotes. */
export function formatString(text: string, want: Quote, fallback: Quote, flow: boolean): string {
  if (want === 'plain' && isPlainSafe(text, flow)) return text
  const quote = want === 'plain' ? fallback : want
  if (quote === 'single' && isPrintable(text)) return `'${text.replaceAll("'", "''")}'`
  return doubleQuoted(text)
}

export function formatPrimitive(
  value: JsonPrimitive,
  want: Quote,
  fallback: () => Quote,
  flow: boolean,
): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  if (want === 'plain' && isPlainSafe(value, flow)) return value
  return formatString(value, want === 'plain' ? fallback() : want, 'double', flow)
}

/**
 * The header and the lines of a block scalar, or undefined where no block scalar can hold the text: nothing in it,
 * characters to escape, or a start that would need an indentation indicator.
 */
export function blockScalar(
  text: string,
  folded: boolean,
  indent: string,
): { header: string; lines: string[] } | undefined {
  const body = text.replace(/\n+$/, '')
  if (body === '' || !isPrintable(body.replaceAll('\n', ' ').replaceAll('\t', ' ')) || /^\s/.test(body))
    return undefined
  const tail = text.length - body.length
  const chomp = tail === 0 ? '-' : tail === 1 ? '' : '+'
  const rows = body.split('\n')
  // Lines that only hold white space read differently from parser to parser.
  if (rows.some((row) => row !== '' && row.trim() === '')) return undefined
  const fold = folded && rows.every((row) => !/^\s/.test(row) && !/\s$/.test(row))
  const lines: string[] = []
  rows.forEach((row, at) => {
    lines.push(row === '' ? '' : indent + row)
    // A folded scalar takes one line break for a space: write one more behind each line of text that ends in one.
    if (fold && row !== '' && at < rows.length - 1) lines.push('')
  })
  for (let blank = 1; blank < tail; blank++) lines.push('')
  return { header: (fold ? '>' : '|') + chomp, lines }
}

/**
 * Text for a terminal. Manifests are other people's data: whatever comes from them passes through `visible`, so that
 * no escape sequence, no bidirectional override and no line break of theirs reaches the screen.
 */

/** Controls, line and paragraph separators, what is invisible or turns the direction of text, and halves of letters. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** One line with every hidden character named (`<U+001B>`) and every tab as four spaces. */
export function visible(text: string): string {
  return text
    .replaceAll('\t', '    ')
    .replaceAll(
      hidden,
      (letter) => `<U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
    )
}

/** Ranges that Unicode's East Asian Width calls wide, and emoji: two columns each. */
const wide =
  /[\u1100-\u115f\u231a\u231b\u23e9-\u23ec\u25fd\u25fe\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1faff}\u{20000}-\u{3fffd}]/u
const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}]/u

/** Columns that a visible text takes on a terminal. */
export function widthOf(text: string): number {
  // Nearly all text is plain ASCII.
  if (/^[\u0020-\u007e]*$/.test(text)) return text.length
  let width = 0
  for (const letter of text) width += letterWidth(letter)
  return width
}

function letterWidth(letter: string): number {
  if (zeroWidth.test(letter)) return 0
  return wide.test(letter) ? 2 : 1
}

/** Cuts a visible text to a number of columns; what was cut shows as an ellipsis. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  let width = 0
  let result = ''
  for (const letter of text) {
    width += letterWidth(letter)
    if (width > columns - 1) break
    result += letter
  }
  return columns < 1 ? '' : `${result.trimEnd()}…`
}

/** Cuts a text to a number of UTF-16 units, which is how GitHub counts; no letter is cut in half. */
export function clip(text: string, units: number): string {
  if (text.length <= units) return text
  return `${text.slice(0, units - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** Drops letters from the left until at most `columns` are dropped; the ellipsis says so. */
export function cutLeft(text: string, columns: number): string {
  if (columns <= 0) return text
  let width = 0
  let at = 0
  for (const letter of text) {
    if (width >= columns) break
    width += letterWidth(letter)
    at += letter.length
  }
  return `…${text.slice(at)}`
}

/** `1 file`, `2 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

/** An argument as a POSIX shell reads it back. */
export function quote(argument: string): string {
  if (/^[\w@%+=:,./-]+$/.test(argument)) return argument
  if (visible(argument) === argument) return `'${argument.replaceAll("'", `'\\''`)}'`
  // Bytes that a terminal would act on are written as the shell's own escapes.
  const bytes = [...new TextEncoder().encode(argument)].map((byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`,
  )
  return `$'${bytes.join('')}'`
}

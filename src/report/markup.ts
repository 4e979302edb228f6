import { visible } from './text.ts'

/**
 * Text from manifests on its way into Markdown. Everything that could mean something there (HTML, links, images,
 * mentions, table bars) becomes a character reference, which Markdown never takes for syntax. Characters that hide or
 * turn text around are named.
 */

/** As prose. */
export function plain(text: string): string {
  // A reference is no mention and no issue number for the parser, but for the passes over its output that look for them.
  return encode(text).replaceAll(/&#(?:35|64);/g, '$&&#8203;')
}

/** As code: nothing inside is linked either. */
export function code(text: string): string {
  return text === '' ? '' : `<code>${encode(text)}</code>`
}

function encode(text: string): string {
  return visible(text).replaceAll(/[^\p{L}\p{N}\p{M} ,/-]/gu, (character) => `&#${character.codePointAt(0)};`)
}

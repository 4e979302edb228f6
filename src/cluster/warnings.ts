/**
 * Texts of `Warning` headers (RFC 7234, section 5.5): `299 - "text" "date"`, several in one header parted by commas. The
 * API server escapes quotes and backslashes, and sends UTF-8 where Node reads Latin-1. What does not parse is left out.
 */
export function parseWarnings(headers: readonly string[]): string[] {
  const value = /\s*\d{3} \S+ "(?<text>(?:[^"\\]|\\.)*)"(?: "[^"]*")?\s*(?:,|$)/gy
  return headers.flatMap((header) => {
    value.lastIndex = 0
    return [...header.matchAll(value)].map((match) =>
      Buffer.from((match.groups?.['text'] ?? '').replaceAll(/\\(.)/g, '$1'), 'latin1').toString('utf8'),
    )
  })
}

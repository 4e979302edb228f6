/*
 * Suggestions as GitHub takes them (facts/github.md, section 3): the text between a fence tagged `suggestion` and a fence
 * at least as long replaces the lines of the comment, verbatim; an empty one deletes them.
 */

/** The text that a comment suggests. */
export function suggestionOf(body: string): string {
  const lines = body.split(/(?<=\n)/)
  const open = lines.findIndex((line) => /^`{3,}suggestion\s*$/.test(line))
  const fence = /^`*/.exec(lines[open] ?? '')?.[0].length ?? 0
  const length = lines
    .slice(open + 1)
    .findIndex((line) => /^`{3,}\s*$/.test(line) && line.trim().length >= fence)
  if (open === -1 || length === -1) throw new Error('no suggestion in the comment')
  return lines.slice(open + 1, open + 1 + length).join('')
}

/** The text of a file after the suggestion of a comment on these lines was taken. */
export function applySuggestion(text: string, startLine: number, line: number, body: string): string {
  const lines = text.split(/(?<=\n)/)
  if (startLine < 1 || startLine > line || line > lines.length)
    throw new Error(`the file has no lines ${startLine} to ${line}`)
  return [...lines.slice(0, startLine - 1), suggestionOf(body), ...lines.slice(line)].join('')
}

import type { LineRange } from '../model/index.ts'
import { secretRanges } from '../report/index.ts'
import { hunksBetween, hunksOf } from './hunks.ts'
import type { FileScope } from './scope.ts'
import type { ChangedFile } from './source.ts'

/**
 * Lines of one file that a change touches, and those that a suggestion may replace. `before` is undefined where the file
 * is new. With `hasHunks` the hunks of the diff alone may be commented on; without, they are worked out from the texts.
 */
export function fileScope(
  { patch }: Pick<ChangedFile, 'patch'>,
  before: string | undefined,
  after: string,
  hasHunks: boolean,
): FileScope {
  const given = hasHunks && patch !== undefined ? hunksOf(patch) : undefined
  const hunks = given ?? hunksBetween(before ?? '', after)
  const shown = given ?? (hasHunks ? [] : hunks)
  return {
    changed: hunks.flatMap((hunk) => hunk.changed),
    shown: suggestible(
      after,
      shown.map((hunk) => hunk.shown),
    ),
  }
}

/**
 * A suggestion repeats every line of its range, so it may hold none that may be a secret; nor any of a file with carriage
 * returns, nor a last line without its line break, since nobody can say what becomes of these.
 */
function suggestible(text: string, shown: readonly LineRange[]): LineRange[] {
  if (text.includes('\r')) return []
  const lines = text.split('\n')
  const secrets = secretRanges(lines, false)
  const last = lines.length - 1
  return shown.flatMap(({ startLine, endLine }) => {
    const ranges: LineRange[] = []
    for (let line = startLine; line <= Math.min(endLine, last); line++) {
      if ((secrets[line - 1] ?? []).length > 0) continue
      const before = ranges.at(-1)
      if (before?.endLine === line - 1) before.endLine = line
      else ranges.push({ startLine: line, endLine: line })
    }
    return ranges
  })
}

import type { Finding } from '../model/index.ts'
import { code, plain } from './markup.ts'
import { bodyCharacters, proofText, whereText, worstFirst } from './suggestion.ts'
import { count } from './text.ts'

export interface FixBody {
  /** The findings that the pull request mends. */
  findings: readonly Finding[]
  /** Safe fixes that are left for a later one. */
  left: number
  kubernetes: string | undefined
  /** What it stands on: a branch or the pull request that it belongs to, in words. */
  about: string
}

/** The body of a pull request with fixes: what it changes, the evidence for each change, and the way back. */
export function renderFixBody({ findings, left, kubernetes, about }: FixBody): string {
  const files = new Set(
    findings.flatMap(({ location, edits }) => [location.file, ...edits.map(({ file }) => file)]),
  )
  const head = [
    `${count(findings.length, 'verified fix', 'verified fixes')} in ${count(files.size, 'file')}, ${plain(about)}. Nothing else is touched: every other byte is as it was.`,
    '',
    '| What | Where | Proof |',
    '| --- | --- | --- |',
    '',
  ].join('\n')
  const tail = [
    '',
    ...(left > 0
      ? [
          `${count(left, 'more safe fix', 'more safe fixes')} ${left === 1 ? 'follows' : 'follow'} once this is merged.`,
          '',
        ]
      : []),
    '**The way back**: revert this pull request; nothing outside of the files above is changed. A running workload gets its former settings with the next deployment.',
    '',
    'Commits that a person adds to this branch are left alone: the branch is not touched again. Closed without merging, the same fixes are not offered again.',
  ].join('\n')
  const rows: string[] = []
  let room = bodyCharacters - 6000 - head.length - tail.length
  for (const finding of worstFirst(findings)) {
    const { title, policy, severity, location } = finding
    const added = finding.edits.find(({ kind }) => kind === 'create')
    const cells = [
      `${plain(title)}<br>${code(policy)} · ${severity}`,
      `${code(`${location.file}:${location.line}`)}<br>${whereText(finding)}${added === undefined ? '' : `<br>adds ${code(added.file)}`}`,
      proofText([finding], kubernetes),
    ]
    const row = `| ${cells.join(' | ')} |\n`
    room -= row.length
    if (room < 0) break
    rows.push(row)
  }
  const missing = findings.length - rows.length
  const more = missing > 0 ? `\n${missing} more do not fit here; the diff holds all.\n` : ''
  return `${head}${rows.join('')}${more}${tail}`
}

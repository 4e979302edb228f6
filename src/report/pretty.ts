import { counts, type Finding, type Report } from '../model/index.ts'
import { renderBlock } from './block.ts'
import { blocksOf } from './blocks.ts'
import { partialText, renderClosing, renderProblems } from './closing.ts'
import { createContext, type PrettyOptions } from './context.ts'
import type { Told } from './ending.ts'
import { line } from './layout.ts'

/**
 * The report for a person at a terminal: one block for each finding that is open, then the files that could not be
 * read, then what was counted and what to run next. One line where all is well.
 */
export function renderPretty(
  report: Report,
  sources: ReadonlyMap<string, string>,
  options: PrettyOptions,
): string {
  const context = createContext(sources, options)
  const told: Told = { why: new Set(), groups: new Map() }
  const blocks = blocksOf(report.findings.filter((finding) => isShown(finding, options)))
  const problems = renderProblems(context, report)
  const partial = partialText(report)
  const parts = [
    ...(partial === undefined ? [] : [[line(context, [context.style.failed, partial])]]),
    ...(options.show === 'summary' ? [] : blocks.map((block) => renderBlock(context, block, told))),
    ...(options.show === 'summary' || problems.length === 0 ? [] : [problems]),
    ...(options.show === 'findings' ? [] : [renderClosing(context, report)]),
  ]
  return parts.map((lines) => `${lines.join('\n')}\n`).join('\n')
}

/** One finding at full length, whatever its state. */
export function renderFinding(
  finding: Finding,
  sources: ReadonlyMap<string, string>,
  options: PrettyOptions,
): string {
  const context = createContext(sources, options)
  const [block] = blocksOf([finding])
  if (block === undefined) return ''
  return `${renderBlock(context, block, { why: new Set(), groups: new Map() }).join('\n')}\n`
}

/** What is settled is counted and not shown; what fails a run is shown, whoever excepts it. */
function isShown(finding: Finding, { written }: PrettyOptions): boolean {
  return counts(finding) && !(finding.state === 'fixed' && written.has(finding.fingerprint))
}

import type { Finding, Severity } from '../model/index.ts'
import type { Block } from './blocks.ts'
import type { Context, PolicyText } from './context.ts'
import { excerptOf, type Excerpt } from './excerpt.ts'
import { line, prose, widest, type Piece } from './layout.ts'
import { addState, type Told } from './ending.ts'
import { Notes } from './notes.ts'
import { severityText } from './risk.ts'
import { isAboutSecrets } from './secrets.ts'
import { standardsText } from './standards.ts'
import { cut, visible, widthOf } from './text.ts'

const words: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
}
/** Source lines that one block shows; the rest is counted. */
const mostExcerpts = 3
const leastTitle = 10

/** One block of the report: what is wrong, where, how it is fixed and how far that is proven, why it matters. */
export function renderBlock(context: Context, block: Block, told: Told): string[] {
  const policy = context.policyOf(block.findings[0])
  const shown = block.findings.slice(0, mostExcerpts)
  const excerpts = shown.map((finding) => ({ finding, excerpt: excerpt(context, finding, policy) }))
  const gutter = String(
    Math.max(1, ...excerpts.map(({ excerpt, finding }) => excerpt?.line ?? finding.location.line)),
  ).length
  const bar = `${' '.repeat(gutter)} |`
  const notes = new Notes(context, gutter)
  addState(notes, context, block, told, policy)
  if (policy !== undefined && !told.why.has(policy.id)) {
    told.why.add(policy.id)
    const standards = standardsText(policy.standards, ['pss', 'cis-1.12'])
    notes.add('why', standards === '' ? policy.why : `${policy.why.trim().replace(/\.$/, '')} · ${standards}`)
  }
  return [
    header(context, block),
    where(context, block, gutter),
    line(context, [context.style.accent, bar]),
    ...excerpts.flatMap(({ finding, excerpt: found }) => excerptLines(context, finding, found, gutter)),
    ...(block.findings.length > mostExcerpts
      ? [line(context, [context.style.accent, bar], ` ${others(block)}`)]
      : []),
    line(context, [context.style.accent, bar]),
    ...notes.lines,
  ]
}

function header(context: Context, { findings: [first] }: Block): string {
  const { style } = context
  const word = first.state === 'needs-value' ? 'needs a value' : words[first.severity]
  const id = `[${visible(first.policy)}]`
  const meta = `${severityText(first)} · ${first.fingerprint.slice(0, 8)}`
  const room = context.width - widthOf(`${word}${id} `) - widthOf(meta) - 2
  // The fingerprint is what a next command asks for: on a narrow terminal the title gives way.
  const title = cut(visible(first.title), Math.max(room, leastTitle))
  const used = widthOf(`${word}${id} ${title}`)
  const gap = Math.min(context.width, widest) - used - widthOf(meta)
  const head: Piece[] = [
    [(text) => style.severity(first.severity, text), `${word}${id}`],
    [style.bold, ` ${title}`],
  ]
  return line(context, ...head, ' '.repeat(Math.max(2, gap)), [style.dim, meta])
}

function where(context: Context, { findings }: Block, gutter: number): string {
  const [{ location, resource }] = findings
  const containers = [...new Set(findings.flatMap(({ container }) => container ?? []))].map(visible)
  const name = [resource.namespace, resource.name].filter((part) => part !== '').join('/')
  return line(
    context,
    [context.style.accent, `${' '.repeat(gutter)}--> `],
    `${visible(location.file)}:${location.line}:${location.column}`,
    `  ${visible(`${resource.kind} ${name}`.trimEnd())}`,
    containers.length === 0
      ? ''
      : `, ${containers.length === 1 ? 'container' : 'containers'} ${list(containers)}`,
  )
}

function excerpt(context: Context, finding: Finding, policy: PolicyText | undefined): Excerpt | undefined {
  const lines = context.linesOf(finding.location.file)
  if (lines === undefined) return undefined
  const masked = isAboutSecrets(finding, policy?.family)
  const room = context.width - String(finding.location.line).length - 3
  return excerptOf(finding.location, lines, { masked, room })
}

function excerptLines(
  context: Context,
  finding: Finding,
  found: Excerpt | undefined,
  gutter: number,
): string[] {
  const { style } = context
  const message = finding.message === finding.title ? '' : ` ${visible(finding.message)}`
  const bar = `${' '.repeat(gutter)} | `
  if (found === undefined) return message === '' ? [] : [line(context, [style.accent, bar], message.trim())]
  const room = context.width - bar.length
  // The underline leaves room for what it says.
  const length = Math.max(1, Math.min(found.length, room - found.indent, found.text.length))
  const caret: Piece = [(text) => style.severity(finding.severity, text), '^'.repeat(length)]
  const fits = found.indent + length + widthOf(message) <= room
  return [
    line(context, [style.accent, `${String(found.line).padStart(gutter)} | `], found.text),
    line(context, [style.accent, bar], ' '.repeat(found.indent), caret, fits ? message : ''),
    ...(fits || message === ''
      ? []
      : prose(message.trim(), room).map((text) => line(context, [style.accent, bar], text))),
  ]
}

function others({ findings }: Block): string {
  const rest = findings.slice(mostExcerpts)
  const lines = [...new Set(rest.map(({ location }) => location.line))]
  return `and ${rest.length} more: ${lines.length === 1 ? 'line' : 'lines'} ${list(lines.map(String))}`
}

/** `a, b and c`. */
function list(items: readonly string[]): string {
  const shown = items.length > 6 ? [...items.slice(0, 5), `${items.length - 5} more`] : items
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`
}

import type { Finding, Policy, Severity } from '../model/index.ts'
import type { Block } from './blocks.ts'
import type { Context, PolicyText } from './context.ts'
import { excerptOf, type Excerpt } from './excerpt.ts'
import { line, prose, type Piece } from './layout.ts'
import { changesOf, describeChanges, type Change } from './lines.ts'
import { isAboutSecrets, maskLines, operationText } from './secrets.ts'
import { cut, visible, widthOf } from './text.ts'

const words: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
}
/** Excerpts and lines of a change that one block shows; the rest is counted. */
const mostExcerpts = 3
const mostLines = 12
/** Longer lines of words are hard to read, on however wide a terminal and in a log. */
const widest = 110
const leastTitle = 10
/** Of the longest label, `refused`. */
const labelWidth = 7

/** What was said already and need not be said again. */
export interface Told {
  /** Policies whose reason was given. */
  why: Set<string>
  /** Fixes that were shown, and where: `privileged (line 12)`. */
  groups: Map<string, string>
}

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
  const meta = `${first.severity} · ${first.fingerprint.slice(0, 8)}`
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
  const length = Math.max(1, Math.min(found.length, room - found.indent))
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

/** The lines behind the excerpt: `= fix    ...`, with what belongs to each. */
class Notes {
  readonly lines: string[] = []
  private readonly context: Context
  private readonly gutter: number

  constructor(context: Context, gutter: number) {
    this.context = context
    this.gutter = gutter
  }

  add(label: string, text: string): void {
    const { context } = this
    const lead = `${' '.repeat(this.gutter)} = `
    const name = `${label.padEnd(labelWidth)} `
    prose(visible(text), Math.min(context.width, widest) - lead.length - name.length).forEach((part, index) =>
      this.lines.push(
        index === 0
          ? line(context, [context.style.accent, lead], [context.style.bold, name], part)
          : line(context, ' '.repeat(lead.length + name.length), part),
      ),
    )
  }

  /** A line of a change or of a patch, under the note it belongs to. */
  quote(text: string, paint: (text: string) => string): void {
    const bar = `${' '.repeat(this.gutter)} | `
    this.lines.push(line(this.context, [this.context.style.accent, bar], [paint, visible(text)]))
  }
}

function addState(
  notes: Notes,
  context: Context,
  block: Block,
  told: Told,
  policy: PolicyText | undefined,
): void {
  const [first] = block.findings
  const reason = first.reason?.text ?? ''
  switch (first.state) {
    case 'fixed':
      addFix(notes, context, block, told, policy)
      return
    case 'needs-value':
      notes.add('ask', reason)
      return
    case 'refused': {
      notes.add('refused', `${reason}${first.reason === undefined ? '' : ` (${first.reason.code})`}`)
      const masked = isAboutSecrets(first, policy?.family)
      const operations = first.patch.filter(({ op }) => op !== 'test')
      for (const operation of operations.slice(0, mostLines))
        notes.quote(operationText(operation, masked), context.style.dim)
      addRest(notes, context, operations.length)
      return
    }
    case 'advice':
      if (reason !== '') notes.add('advice', reason)
      return
    case 'suppressed':
    case 'baseline':
      notes.add(first.state, reason)
  }
}

function addFix(
  notes: Notes,
  context: Context,
  { findings: [first], group }: Block,
  told: Told,
  policy: PolicyText | undefined,
): void {
  const changes = changesOf(first.edits, context.linesOf)
  const proof = first.verification === undefined ? '' : `, proven to level ${first.verification.level}`
  const kind = first.safe === false ? `unsafe (${risk(first)})` : 'safe'
  const written = context.options.written.has(first.fingerprint) ? 'written, ' : ''
  const shown = group === undefined ? undefined : told.groups.get(group)
  notes.add(
    'fix',
    `${written}${kind}${proof}: ${shown === undefined ? describeChanges(changes) : `the same change as for ${shown}`}`,
  )
  if (shown !== undefined || group === undefined) return
  told.groups.set(group, `${first.policy} (line ${first.location.line})`)
  addChanges(notes, context, changes, isAboutSecrets(first, policy?.family))
}

function risk({ breakage }: Finding): string {
  if (breakage === undefined) return 'it may break the workload'
  return `${Math.round(breakage.probability * 100)} % chance to break it: ${breakage.because}`
}

function addChanges(notes: Notes, context: Context, changes: readonly Change[], masked: boolean): void {
  const all = changes.flatMap(({ lines }) => lines)
  const texts = maskLines(
    all.map(({ text }) => text),
    masked,
  ).map((text) => text.replaceAll('\t', '    '))
  const indent = Math.min(
    ...texts.filter((text) => text.trim() !== '').map((text) => text.length - text.trimStart().length),
  )
  const { added, removed } = context.style
  // Where a change has several places, each says which one it is.
  const starts = new Map<number, number>()
  let start = 0
  for (const change of changes) {
    starts.set(start, change.endLine)
    start += change.lines.length
  }
  all.slice(0, mostLines).forEach(({ sign }, index) => {
    const place = starts.get(index)
    if (changes.length > 1 && place !== undefined) notes.quote(`@ line ${place}`, context.style.dim)
    const text = (texts[index] ?? '').slice(Number.isFinite(indent) ? indent : 0)
    notes.quote(`${sign} ${text}`, sign === '+' ? added : removed)
  })
  addRest(notes, context, all.length)
}

function addRest(notes: Notes, context: Context, total: number): void {
  if (total > mostLines) notes.quote(`… ${total - mostLines} more`, context.style.dim)
}

const standardNames = {
  pss: 'PSS',
  'cis-1.12': 'CIS',
  nsa: 'NSA',
  'owasp-k8s': 'OWASP',
  attack: 'ATT&CK',
  'nist-800-190': 'NIST 800-190',
} as const

/** `PSS restricted · CIS 5.2.6`, of all standards or of some. */
export function standardsText(
  standards: Policy['standards'],
  only: readonly string[] = Object.keys(standardNames),
): string {
  return Object.entries(standardNames)
    .filter(([key]) => only.includes(key))
    .flatMap(([key, name]) => {
      const value: unknown = standards === undefined ? undefined : Reflect.get(standards, key)
      if (typeof value === 'string') return [`${name} ${value}`]
      return Array.isArray(value) && value.length > 0 ? [`${name} ${value.map(String).join(', ')}`] : []
    })
    .join(' · ')
}

/** `a, b and c`. */
function list(items: readonly string[]): string {
  const shown = items.length > 6 ? [...items.slice(0, 5), `${items.length - 5} more`] : items
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`
}

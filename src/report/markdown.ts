import { counts, isOpen, type Finding, type Report } from '../model/index.ts'
import { Lines } from '../yaml/index.ts'
import { groupOf } from './blocks.ts'
import { addedExceptions, addedText, exceptionPlace, exceptionProblems, exceptionText } from './exceptions.ts'
import { partialText } from './closing.ts'
import { changesOf } from './lines.ts'
import { code, plain } from './markup.ts'
import { isAboutSecrets, maskLines } from './secrets.ts'
import { severityText, worstFirst } from './risk.ts'
import { fenced, whereText } from './suggestion.ts'
import { count, visible } from './text.ts'

/** GitHub takes 1 MiB of summary from a step and shows nothing of a longer one. */
export const summaryBytes = 1024 * 1024

/** Rows that are always in sight; the rest is folded. */
const openRows = 10
/** Changes that are shown in full. */
const mostDiffs = 20
const head = '| Finding | Where | State | Proof | What to do |\n| --- | --- | --- | --- | --- |\n'

export interface MarkdownOptions {
  /** Most bytes that the text may have. */
  limit?: number
  /** Findings that are suggested in the review; undefined where there is no review. */
  inline?: ReadonlySet<string>
  /** Findings that the pull request with fixes mends, and where it is. */
  fixPullRequest?: { number: number; fingerprints: ReadonlySet<string> }
  /** Sentences about this run, such as what a token may not do. */
  notes?: readonly string[]
  /** Whether the findings are those of a change. */
  isChange?: boolean
  /** Texts of the files, for the changes of fixes that stand nowhere else. */
  sources?: ReadonlyMap<string, string>
}

/** The summary: one sentence, the worst findings, fixes that stand nowhere else, what was not read. */
export function renderMarkdown(report: Report, options: MarkdownOptions = {}): string {
  const open = report.findings.filter(isOpen)
  // What fails a run is shown, whoever excepts it.
  const counted = worstFirst(report.findings.filter(counts))
  const [quiet, loud] = [counted.filter(isQuiet), counted.filter((finding) => !isQuiet(finding))]
  const rows = [...loud, ...quiet].map((finding) => row(finding, options))
  const mostOpen = Math.min(openRows, loud.length)
  const added = addedExceptions(report)
  const sheet = new Sheet((options.limit ?? summaryBytes) - 1500)
  sheet.add(`## k8s-autofix\n\n${sentence(report, options)}\n`)
  for (const note of options.notes ?? []) sheet.add(`\n> ${plain(note)}\n`)
  addList(
    sheet,
    added.map((one) => `${code(exceptionPlace(one))} ${plain(exceptionText(one))}`),
    () => addedText(added),
  )
  if (mostOpen > 0) sheet.add(`\n${head}`)
  let shown = sheet.addAll(rows.slice(0, mostOpen))
  if (
    shown === mostOpen &&
    rows.length > mostOpen &&
    sheet.add(`\n<details><summary>${rows.length - mostOpen} more</summary>\n\n${head}`)
  ) {
    shown += sheet.addAll(rows.slice(mostOpen))
    sheet.close('\n</details>\n')
  }
  if (shown < rows.length)
    sheet.close(`\n${rows.length - shown} more findings do not fit; the report file has them.\n`)
  addDiffs(sheet, open, options)
  addList(
    sheet,
    report.findings
      .filter((finding) => finding.state === 'suppressed' && !counts(finding))
      .map(
        (finding) =>
          `${code(finding.policy)} ${whereText(finding)}: ${plain(finding.reason?.text ?? 'suppressed')}`,
      ),
    (number) => `${count(number, 'finding')} suppressed`,
  )
  addList(
    sheet,
    exceptionProblems(report).map(plain),
    (number) => `${count(number, 'exception')} that ${number === 1 ? 'does' : 'do'} nothing`,
  )
  addList(
    sheet,
    report.unread.map(
      ({ file, line, reason, broken }) =>
        `${broken ? '**broken** ' : ''}${code(line === undefined ? file : `${file}:${line}`)}: ${plain(reason.text)}`,
    ),
    (number) => `${count(number, 'file')} not judged`,
  )
  addList(
    sheet,
    report.invalid.flatMap(({ location, resource, errors }) =>
      errors.map(
        (error) =>
          `${code(`${location.file}:${location.line}`)} ${plain(resource.kind)} ${code(resource.name)}: ${plain(error)}`,
      ),
    ),
    (number) => `${count(number, 'error')} that Kubernetes reports as it stands`,
  )
  sheet.close(`\n${closing(report)}\n`)
  return sheet.text
}

/** What is not worth a reviewer's time stays out of sight; it is never gone. */
function isQuiet({ decision }: Finding): boolean {
  return decision?.channel === 'silent'
}

function addList(sheet: Sheet, items: readonly string[], title: (number: number) => string): void {
  if (items.length === 0 || !sheet.add(`\n<details><summary>${title(items.length)}</summary>\n\n`)) return
  const listed = sheet.addAll(items.map((item) => `- ${item}\n`))
  if (listed < items.length) sheet.close(`- ${items.length - listed} more\n`)
  sheet.close('\n</details>\n')
}

/**
 * Changes of safe fixes that are neither suggested nor in a pull request; and new files even where they are unsafe, since
 * they stand nowhere else.
 */
function addDiffs(sheet: Sheet, open: readonly Finding[], options: MarkdownOptions): void {
  const { inline, fixPullRequest, sources } = options
  if (inline === undefined || sources === undefined) return
  const told = new Set<string>()
  const sorted = worstFirst(open)
  const rest = [...sorted.filter((one) => !isQuiet(one)), ...sorted.filter(isQuiet)].filter((finding) => {
    const { state, safe, fingerprint } = finding
    if (state !== 'fixed' || (safe === false && newFileOf(finding) === undefined)) return false
    if (inline.has(fingerprint)) return false
    if (fixPullRequest?.fingerprints.has(fingerprint) === true) return false
    const group = groupOf(finding) ?? fingerprint
    return !told.has(group) && told.add(group)
  })
  if (rest.length === 0) return
  const title = `${count(rest.length, 'fix', 'fixes')} that the review does not suggest`
  if (!sheet.add(`\n<details><summary>${title}</summary>\n`)) return
  const shown = sheet.addAll(rest.slice(0, mostDiffs).map((finding) => diffOf(finding, sources)))
  if (shown < rest.length) sheet.close(`\n${rest.length - shown} more are in the patch file of the run.\n`)
  sheet.close('\n</details>\n')
}

function diffOf(finding: Finding, sources: ReadonlyMap<string, string>): string {
  const lines = new Map<string, Lines>()
  const changes = changesOf(finding.edits, (file) => {
    const text = sources.get(file)
    if (text !== undefined && !lines.has(file)) lines.set(file, new Lines(text))
    return lines.get(file)
  })
  const masked = isAboutSecrets(finding, undefined)
  const text = changes
    .map((change) => {
      const [first] = change.lines
      const line = first?.sign === '-' ? `line ${change.startLine}` : `after line ${change.startLine}`
      const file = change.file === finding.location.file ? '' : `${visible(change.file)} `
      const at = change.creates ? `new file ${visible(change.file)}` : `${file}${line}`
      const shown = maskLines(
        change.lines.map((line) => line.text),
        masked,
      )
      const body = change.lines.map(({ sign }, index) => `${sign}${visible(shown[index] ?? '')}`)
      return `@@ ${at} @@\n${body.join('\n')}\n`
    })
    .join('')
  const where = `${code(`${finding.location.file}:${finding.location.line}`)} ${whereText(finding)}`
  return `\n${plain(finding.title)} · ${where}\n\n${fenced('diff', text)}\n`
}

function sentence(report: Report, { inline, fixPullRequest, isChange }: MarkdownOptions): string {
  const { summary } = report
  const partial = partialText(report)
  const warning = partial === undefined ? '' : `**${plain(partial)}** `
  const scanned = `${count(summary.files, 'file')}, ${count(summary.resources, 'resource')}`
  const before = summary.states.baseline ?? 0
  const known =
    before === 0
      ? ''
      : ` ${count(before, 'finding')} ${before === 1 ? 'was' : 'were'} there before${isChange === true ? ' this change' : ''}.`
  const open = report.findings.filter(isOpen)
  const where = isChange === true ? 'this change' : scanned
  const self = report.findings.filter(counts).length - open.length
  const excepted =
    self === 0 ? '' : ` ${count(self, 'finding')} ${self === 1 ? 'is' : 'are'} excepted by the change itself.`
  if (open.length === 0)
    return `${warning}${self === 0 ? `Nothing to report in ${where}.` : excepted.trim()}${known}`
  const unsafe = summary.unsafe === 0 ? '' : `; ${summary.unsafe} of these may break the workload`
  const suggested = inline && open.filter(({ fingerprint }) => inline.has(fingerprint)).length
  const offered = suggested === undefined || suggested === 0 ? '' : `; ${suggested} suggested inline`
  const mended =
    fixPullRequest === undefined ? '' : `; ${fixPullRequest.fingerprints.size} in #${fixPullRequest.number}`
  const silent = open.filter(isQuiet).length
  const quiet = silent === 0 ? '' : `; ${silent} not worth a suggestion`
  return `${warning}${summary.states.fixed ?? 0} of ${count(open.length, 'finding')} in ${where} have a verified fix${offered}${mended}${quiet}${unsafe}.${excepted}${known}`
}

function closing({ tool, engines, verification, timings }: Report): string {
  const names = engines.map(({ name, version }) => `${name} ${version}`).join(', ')
  const total = timings['total']
  const time = total === undefined ? '' : ` · ${(total / 1000).toFixed(1)} s`
  return `<sub>${plain(tool.name)} ${plain(tool.version)} · engines: ${plain(names)} · fixes proven to level ${verification.reached}${time}</sub>`
}

function row(finding: Finding, options: MarkdownOptions): string {
  const { resource, location, container } = finding
  const name = [resource.namespace, resource.name].filter((part) => part !== '').join('/')
  const who = `${resource.kind} ${name}${container === undefined ? '' : `, container ${container}`}`
  const cells = [
    `${plain(finding.title)}<br>${code(finding.policy)} · ${severityText(finding)}`,
    `${code(`${location.file}:${location.line}`)}<br>${plain(who)}`,
    finding.safe === false && finding.state === 'fixed' ? 'fixed, unsafe' : finding.state,
    finding.verification?.level ?? '',
    [advice(finding, options), ranOutText(finding)].filter((text) => text !== '').join('<br>'),
  ]
  return `| ${cells.join(' | ')} |\n`
}

function advice(finding: Finding, { inline, fixPullRequest }: MarkdownOptions): string {
  const { state, safe, breakage, reason, fingerprint, decision } = finding
  if (state !== 'fixed') return plain(reason?.text ?? '')
  const newFile = newFileOf(finding)
  const adds = newFile === undefined ? '' : `adds ${code(newFile)}; `
  if (safe === false)
    return `${adds}${plain(`read before applying: ${breakage?.because ?? 'may break the workload'}`)}`
  if (inline?.has(fingerprint) === true) return 'take the suggestion'
  if (fixPullRequest?.fingerprints.has(fingerprint) === true) return `merge #${fixPullRequest.number}`
  const apply = `${adds}${inline === undefined ? 'apply the patch' : 'apply the change below'}`
  return decision === undefined || decision.channel === 'inline'
    ? apply
    : `${apply} (${plain(decision.because)})`
}

function newFileOf({ edits }: Finding): string | undefined {
  return edits.find(({ kind }) => kind === 'create')?.file
}

function ranOutText({ exception }: Finding): string {
  return exception?.ranOut === true ? plain(`its exception ran out on ${exception.until ?? ''}`) : ''
}

/** Text that grows up to a number of bytes, in whole pieces. */
class Sheet {
  text = ''
  private left: number

  constructor(bytes: number) {
    this.left = bytes
  }

  /** False when the piece does not fit; nothing is added then, nor later. */
  add(piece: string): boolean {
    const bytes = Buffer.byteLength(piece)
    if (bytes > this.left) {
      this.left = 0
      return false
    }
    this.left -= bytes
    this.text += piece
    return true
  }

  /** How many of the pieces fitted. */
  addAll(pieces: readonly string[]): number {
    const stop = pieces.findIndex((piece) => !this.add(piece))
    return stop === -1 ? pieces.length : stop
  }

  /** A short piece that must not be missing; its room is set aside. */
  close(piece: string): void {
    this.text += piece
  }
}

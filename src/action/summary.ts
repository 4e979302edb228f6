import { severities, type Finding, type Report } from '../model/index.ts'
import { count, partialText } from '../report/index.ts'
import { code, plain } from './text.ts'

/** GitHub takes 1 MiB of summary from a step and shows nothing of a longer one. */
export const summaryBytes = 1024 * 1024

/** Rows that are always in sight; the rest is folded. */
const open = 10
const head = '| Finding | Where | State | Proof | What to do |\n| --- | --- | --- | --- | --- |\n'

/** The job summary: one sentence, the worst findings, what was not read. Never longer than `limit` bytes. */
export function summaryOf(report: Report, limit = summaryBytes): string {
  const rows = [...report.findings].sort(worstFirst).map(row)
  const sheet = new Sheet(limit - 1000)
  sheet.add(`## k8s-autofix\n\n${sentence(report)}\n`)
  if (rows.length > 0) sheet.add(`\n${head}`)
  let shown = sheet.addAll(rows.slice(0, open))
  if (
    shown === open &&
    rows.length > open &&
    sheet.add(`\n<details><summary>${rows.length - open} more</summary>\n\n${head}`)
  ) {
    shown += sheet.addAll(rows.slice(open))
    sheet.close('\n</details>\n')
  }
  if (shown < rows.length)
    sheet.close(`\n${rows.length - shown} more findings do not fit; the report file has them.\n`)
  const unread = report.unread.map(
    ({ file, line, reason, broken }) =>
      `- ${broken ? '**broken** ' : ''}${code(line === undefined ? file : `${file}:${line}`)}: ${plain(reason.text)}\n`,
  )
  if (
    unread.length > 0 &&
    sheet.add(`\n<details><summary>${count(unread.length, 'file')} not judged</summary>\n\n`)
  ) {
    const listed = sheet.addAll(unread)
    if (listed < unread.length) sheet.close(`- ${unread.length - listed} more\n`)
    sheet.close('\n</details>\n')
  }
  sheet.close(`\n${closing(report)}\n`)
  return sheet.text
}

function sentence(report: Report): string {
  const { summary } = report
  const partial = partialText(report)
  const warning = partial === undefined ? '' : `**${plain(partial)}** `
  const scanned = `${count(summary.files, 'file')}, ${count(summary.resources, 'resource')}`
  if (summary.findings === 0) return `${warning}Nothing to report in ${scanned}.`
  const unsafe = summary.unsafe === 0 ? '' : `; ${summary.unsafe} of these may break the workload`
  return `${warning}${summary.states.fixed ?? 0} of ${count(summary.findings, 'finding')} in ${scanned} have a verified fix${unsafe}.`
}

function closing({ tool, engines, verification, timings }: Report): string {
  const names = engines.map(({ name, version }) => `${name} ${version}`).join(', ')
  const total = timings['total']
  const time = total === undefined ? '' : ` · ${(total / 1000).toFixed(1)} s`
  return `<sub>${plain(tool.name)} ${plain(tool.version)} · engines: ${plain(names)} · fixes proven to level ${verification.reached}${time}</sub>`
}

function row(finding: Finding): string {
  const { resource, location, container } = finding
  const name = [resource.namespace, resource.name].filter((part) => part !== '').join('/')
  const who = `${resource.kind} ${name}${container === undefined ? '' : `, container ${container}`}`
  const cells = [
    `${plain(finding.title)}<br>${code(finding.policy)} · ${finding.severity}`,
    `${code(`${location.file}:${location.line}`)}<br>${plain(who)}`,
    finding.safe === false && finding.state === 'fixed' ? 'fixed, unsafe' : finding.state,
    finding.verification?.level ?? '',
    plain(advice(finding)),
  ]
  return `| ${cells.join(' | ')} |\n`
}

function advice({ state, safe, breakage, reason }: Finding): string {
  if (state !== 'fixed') return reason?.text ?? ''
  return safe === false
    ? `read before applying: ${breakage?.because ?? 'may break the workload'}`
    : 'apply the patch'
}

function worstFirst(a: Finding, b: Finding): number {
  return severities.indexOf(b.severity) - severities.indexOf(a.severity)
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

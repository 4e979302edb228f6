import type { Finding, Invalid, Report, Unread } from '../model/index.ts'
import { addedExceptions, addedText, exceptionPlace, exceptionText } from './exceptions.ts'
import type { Context } from './context.ts'
import { line, prose } from './layout.ts'
import { count, quote, visible, widthOf } from './text.ts'

/** Files that nobody can read and resources that are wrong as they stand. */
export function renderProblems(context: Context, report: Report): string[] {
  return [
    ...report.unread
      .filter(({ broken }) => broken)
      .map((one) => problem(context, place(one), one.reason.text)),
    ...report.engines.flatMap(({ name, message }) =>
      message === undefined ? [] : [problem(context, name, message)],
    ),
    ...(report.verification.cluster?.troubles ?? []).map((text) => problem(context, 'cluster', text)),
    ...report.invalid.flatMap((one) =>
      one.errors.map((error) => problem(context, invalidPlace(one), error, 'invalid')),
    ),
  ]
}

/** `error: file:3:5: not read: ...`, as one line. */
export function brokenText(unread: Unread): string {
  return `${place(unread)}: ${visible(unread.reason.text)}`
}

function problem(context: Context, at: string, text: string, word = 'error'): string {
  return line(context, [context.style.failed, `${word}:`], ` ${at}: `, visible(text))
}

function place({ file, line: at, column }: Unread): string {
  return [visible(file), ...(at === undefined ? [] : [at, ...(column === undefined ? [] : [column])])].join(
    ':',
  )
}

function invalidPlace({ location, resource }: Invalid): string {
  const name = [resource.namespace, resource.name].filter((part) => part !== '').join('/')
  return `${visible(location.file)}:${location.line}:${location.column}: ${visible(`${resource.kind} ${name}`)}`
}

/** Why the result does not cover everything that was asked for; the first line of the report. */
export function partialText(report: Report): string | undefined {
  const broken = report.unread.filter((one) => one.broken)
  const failed = report.engines.filter(({ status }) => status === 'failed').map(({ name }) => name)
  if (report.verification.cluster?.status === 'failed') failed.push('the API server')
  const parts = [
    ...(failed.length > 0 ? [`${failed.join(', ')} failed`] : []),
    ...(broken.length > 0
      ? [`${count(new Set(broken.map(({ file }) => file)).size, 'file')} could not be read`]
      : []),
  ]
  return parts.length === 0 ? undefined : `partial result: ${parts.join(', ')}`
}

/** What was counted, and what to run next. */
export function renderClosing(context: Context, report: Report): string[] {
  const { summary } = report
  const scope = `${count(summary.files, 'file')}, ${count(summary.resources, 'resource')}`
  const seconds = report.timings['total']
  const took = seconds === undefined ? '' : ` · ${(seconds / 1000).toFixed(1)} s`
  const partial = partialText(report) !== undefined
  const text =
    summary.files === 0
      ? `no Kubernetes manifests found${partial ? ' in what could be read' : ''}`
      : report.findings.length === 0
        ? `${scope}: nothing found${summary.invalid > 0 ? `, ${count(summary.invalid, 'resource')} invalid` : ''}`
        : `${scope}, ${count(report.findings.length, 'finding')}: ${statesText(context, report)}`
  return [
    ...writtenLines(context, report),
    ...judgesLines(context, report),
    ...prose(text + took, context.width).map((part) => context.style.bold(part)),
    ...reviewLines(context, report.findings),
    ...addedLines(context, report),
    ...unreadLines(context, report.unread),
    ...nextLines(context, report.findings),
  ]
}

/** Of a change: what a review would suggest of it, the best first. */
function reviewLines(context: Context, findings: readonly Finding[]): string[] {
  const decided = findings.filter(({ decision }) => decision !== undefined)
  if (decided.length === 0) return []
  const suggested = new Map<number, string>()
  for (const { decision, location } of decided)
    if (decision?.channel === 'inline' && !suggested.has(decision.rank))
      suggested.set(decision.rank, `${location.file}:${location.line}`)
  const places = [...suggested].toSorted(([a], [b]) => a - b).map(([, place]) => place)
  const text =
    places.length === 0
      ? 'a review would suggest none of them'
      : `a review would suggest ${count(places.length, 'change')}: ${places.join(', ')}`
  return prose(visible(text), context.width)
}

/** Who judged beside our own policies, and what was assumed for it. */
function judgesLines(context: Context, { engines, verification, findings }: Report): string[] {
  const { cluster, kubernetes } = verification
  const working = engines.filter(({ name, status }) => name !== 'builtin' && status === 'ok')
  const others = working.filter(({ name }) => name !== 'api')
  // Of nothing that was proven there is nothing to say.
  const embedded = findings.some((finding) => finding.verification?.level === 'api')
    ? working.find(({ name }) => name === 'api')
    : undefined
  const judges = [
    ...others.map(({ name }) => name),
    ...(cluster?.status === 'ok' ? [`Kubernetes ${kubernetes ?? ''} (${cluster.notes.join('; ')})`] : []),
  ]
  const assumed = cluster?.assumed ?? []
  return [
    ...(embedded === undefined
      ? []
      : [`proven against the API of Kubernetes ${embedded.version} (built in)`]),
    ...(judges.length === 0 ? [] : [`judged as well by ${judges.join(' and ')}`]),
    ...(assumed.length === 0
      ? []
      : [
          `assumed there: ${assumed.slice(0, mostAssumed).join(', ')}${assumed.length > mostAssumed ? `, and ${assumed.length - mostAssumed} more` : ''}`,
        ]),
  ].flatMap((text) => prose(visible(text), context.width).map((part) => context.style.dim(part)))
}

const mostAssumed = 6

function statesText({ options }: Context, { findings }: Report): string {
  const of = (test: (finding: Finding) => boolean): number => findings.filter(test).length
  const written = of((one) => one.state === 'fixed' && options.written.has(one.fingerprint))
  const safe = of((one) => isOpen(one, options.written) && one.safe !== false)
  const unsafe = of((one) => isOpen(one, options.written) && one.safe === false)
  const both = safe > 0 && unsafe > 0 ? ` (${safe} safe, ${unsafe} unsafe)` : unsafe > 0 ? ' (unsafe)' : ''
  const state = (name: Finding['state']): number => of((one) => one.state === name)
  const needs = state('needs-value')
  return [
    [written, `${written} ${options.dryRun ? 'would be fixed' : 'fixed'}`],
    [safe + unsafe, `${safe + unsafe} with a fix${both}`],
    [needs, `${needs} ${needs === 1 ? 'needs' : 'need'} a value`],
    [state('refused'), `${state('refused')} refused`],
    [state('advice'), `${state('advice')} for a person`],
    [state('suppressed'), `${state('suppressed')} suppressed`],
    [state('baseline'), `${state('baseline')} in the baseline`],
  ]
    .flatMap(([number, text]) => (number === 0 ? [] : [text]))
    .join(', ')
}

function isOpen({ state, fingerprint }: Finding, written: ReadonlySet<string>): boolean {
  return state === 'fixed' && !written.has(fingerprint)
}

function writtenLines(context: Context, { files, findings }: Report): string[] {
  const fixed = new Map<string, number>()
  const created = new Set<string>()
  for (const { location, fingerprint, edits } of findings) {
    if (!context.options.written.has(fingerprint)) continue
    const made = edits.filter(({ kind }) => kind === 'create').map(({ file }) => file)
    if (!context.options.dryRun) for (const file of made) created.add(file)
    // What is fixed by a new file is fixed there, and by what names it.
    const where = made.length === 0 ? [location.file] : new Set(edits.map(({ file }) => file))
    for (const file of where) fixed.set(file, (fixed.get(file) ?? 0) + 1)
  }
  return [...files.flatMap(({ file, written }) => (written === true ? file : [])), ...created]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((file) =>
      line(
        context,
        [context.style.passed, 'wrote'],
        ` ${visible(file)}: ${count(fixed.get(file) ?? 0, 'finding')} fixed`,
      ),
    )
}

/** Exceptions that are shown one by one; the report has all of them. */
const mostAdded = 10

function addedLines(context: Context, report: Report): string[] {
  const added = addedExceptions(report)
  if (added.length === 0) return []
  const rest = added.length - mostAdded
  return [
    ...prose(`${addedText(added)}:`, context.width),
    ...added
      .slice(0, mostAdded)
      .map((one) => line(context, `  ${exceptionPlace(one)}: `, visible(exceptionText(one)))),
    ...(rest > 0 ? [line(context, `  and ${rest} more (--format json lists them)`)] : []),
  ]
}

function unreadLines(context: Context, unread: readonly Unread[]): string[] {
  const codes = new Map<string, number>()
  for (const { broken, reason } of unread)
    if (!broken) codes.set(reason.code, (codes.get(reason.code) ?? 0) + 1)
  if (codes.size === 0) return []
  const total = [...codes.values()].reduce((sum, one) => sum + one, 0)
  const text = [...codes].map(([code, number]) => `${number} ${code}`).join(', ')
  return prose(
    `${count(total, 'file')} not judged: ${text} (--format json lists ${total === 1 ? 'it' : 'them'})`,
    context.width,
  ).map((part) => context.style.dim(visible(part)))
}

/** The commands that come next, with what they will do. */
function nextLines(context: Context, findings: readonly Finding[]): string[] {
  const { written, next, command, dryRun } = context.options
  const open = findings.filter((finding) => isOpen(finding, dryRun ? new Set() : written))
  const safe = open.filter((finding) => finding.safe !== false)
  const unsafe = open.filter((finding) => finding.safe === false)
  const to = (...flags: string[]): string => ['k8s-autofix', 'fix', ...flags, ...next.map(quote)].join(' ')
  const commands: { text: string; does: string }[] = []
  if (safe.length > 0 && (command === 'scan' || dryRun))
    commands.push({ text: to(), does: `writes the ${count(safe.length, 'safe fix', 'safe fixes')}` })
  if (unsafe.length > 0) {
    const rest = safe.length > 0 ? `writes all ${open.length}; ` : ''
    commands.push({ text: to('--unsafe-fixes'), does: `${rest}${unsafeText(unsafe)}` })
  }
  const column = Math.max(...commands.map(({ text }) => widthOf(text)))
  return commands.map(({ text, does }) =>
    line(context, '  ', [context.style.bold, text], ' '.repeat(column - widthOf(text) + 3), [
      context.style.dim,
      does,
    ]),
  )
}

function unsafeText(unsafe: readonly Finding[]): string {
  const [first] = unsafe
  const subject =
    unsafe.length === 1 ? '1 may break its workload' : `${unsafe.length} may break their workloads`
  if (first === undefined) return subject
  const where = first.container ?? first.resource.name
  const more = unsafe.length > 1 ? ', ...' : ''
  const because = first.breakage === undefined ? '' : `, ${first.breakage.because}`
  return visible(`${subject}: ${first.policy} (${where})${because}${more}`)
}

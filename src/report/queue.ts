import { severities, type QueueItem, type QueueReport, type Work } from '../model/index.ts'
import { line, type Piece } from './layout.ts'
import { showPatch } from './patch.ts'
import { severityText } from './risk.ts'
import { createStyle, type Style } from './style.ts'
import { count, visible } from './text.ts'

export interface QueueOptions {
  color: boolean
  /** Columns of the terminal; undefined = not a terminal, nothing is cut. */
  width: number | undefined
  /** Whether findings without a fix to take are listed one by one. */
  all: boolean
  /** Whether fixes that may break a workload are given as well. */
  unsafe: boolean
  /** Whether the value is more than the risk. */
  hasLearned: boolean
  /** Whether the lines that count are left out. */
  quiet: boolean
  /** The arguments of this run that `queue next` needs as well, each with a blank in front. */
  next: string
}

/** The backlog, one line for each item in the order of its turn, and what was counted. */
export function renderQueue(report: QueueReport, options: QueueOptions): string {
  const style = createStyle(options.color)
  const context = {
    width: options.width === undefined ? Number.POSITIVE_INFINITY : Math.max(30, options.width),
  }
  const shown = report.items.filter((item) => options.all || isWork(item.work, options))
  const columns = columnsFor(shown, options, style, context.width)
  const lines = shown.map((item, row) =>
    line(
      context,
      ...columns.flatMap(({ cells, width }): Piece[] => [padded(cells[row] ?? '', width), '  ']),
      whatText(item),
    ),
  )
  const title = [...columns.map(({ title, width }) => title.padEnd(width)), 'what'].join('  ')
  const table = shown.length === 0 ? [] : [line(context, [style.dim, title]), ...lines]
  const closing = options.quiet ? [] : closingLines(report, options).map((text) => line(context, text))
  const partial = report.partial === undefined ? [] : [line(context, [style.failed, report.partial])]
  return [partial, table, closing]
    .filter((part) => part.length > 0)
    .map((part) => `${part.join('\n')}\n`)
    .join('\n')
}

function isWork(work: Work, { unsafe }: Pick<QueueOptions, 'unsafe'>): boolean {
  return work === 'fix' || (unsafe && work === 'unsafe')
}

interface Column {
  title: string
  cells: Piece[]
  width: number
}

/** So much of a line belongs to what is wrong where, as long as there is something that can be done without. */
const roomForWhat = 40

/** The columns in front of what is wrong where. On a narrow terminal some go, first those that say least. */
function columnsFor(
  items: readonly QueueItem[],
  { hasLearned }: QueueOptions,
  style: Style,
  width: number,
): Column[] {
  const column = (title: string, cell: (item: QueueItem) => Piece): Column => {
    const cells = items.map(cell)
    return { title, cells, width: Math.max(title.length, ...cells.map((one) => textOf(one).length)) }
  }
  const age = column('age', (item) => `${item.age} d`)
  const state = column('state', stateText)
  const risk = column('risk', ({ findings }) => String(Math.max(...findings.map((one) => one.risk))))
  let columns = [
    column('id', ({ id }) => id.slice(0, 8)),
    column('severity', ({ severity }) => [(text) => style.severity(severity, text), severity]),
    risk,
    ...(hasLearned ? [column('value', ({ value }) => value.toFixed(1))] : []),
    age,
    column('due', ({ due, overdue }) => {
      const text = `${due.slice(0, 10)}${overdue ? ' late' : ''}`
      return overdue ? [style.failed, text] : text
    }),
    state,
  ]
  const allWait = state.cells.every((cell) => cell === waitingWords.fix)
  for (const spare of [age, ...(allWait ? [state] : []), risk])
    if (width - columns.reduce((sum, one) => sum + one.width + 2, 0) < roomForWhat)
      columns = columns.filter((one) => one !== spare)
  return columns
}

function stateText({ work, state }: QueueItem): string {
  return state === 'waiting' ? waitingWords[work] : state
}

const waitingWords: Readonly<Record<Work, string>> = {
  fix: 'waiting',
  unsafe: 'unsafe fix',
  'needs-value': 'needs a value',
  refused: 'refused',
  advice: 'advice',
}

function whatText({ findings, state, until, ignored }: QueueItem): string {
  const [first] = findings
  if (first === undefined) return ''
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more with one change)` : ''
  const end = until === undefined ? '' : `until ${state === 'taken' ? momentText(until) : dayBefore(until)}`
  const note = [end, ignored ?? ''].filter((text) => text !== '').join(': ')
  return visible(
    `${first.location.file}:${first.location.line}  ${first.title}${more}${note === '' ? '' : ` (${note})`}`,
  )
}

/** Ignored until the end of a day: the day is what was said. */
function dayBefore(moment: string): string {
  return new Date(Date.parse(moment) - 1).toISOString().slice(0, 10)
}

/** `2026-11-30 15:40 UTC`. */
export function momentText(moment: string): string {
  return `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`
}

function closingLines(report: QueueReport, options: QueueOptions): string[] {
  const { items, caps, news } = report
  const work = items.filter((item) => isWork(item.work, options))
  const of = (state: QueueItem['state']): number => work.filter((item) => item.state === state).length
  const rest = items.filter((item) => !isWork(item.work, options))
  const changes = [
    [news.added, 'new'],
    [news.gone, 'gone'],
    [news.back, 'back again'],
    [news.undone, 'said to be done and still there'],
  ].flatMap(([number, text]) => (number === 0 ? [] : [`${number} ${text}`]))
  return [
    items.length === 0
      ? 'nothing is left to do'
      : `${count(of('waiting'), 'fix waits', 'fixes wait')}, ${of('taken')} taken, ${of('ignored')} ignored`,
    ...starvationLines(report),
    ...(rest.length === 0 ? [] : [restText(rest, options)]),
    ...(changes.length === 0 ? [] : [`findings since the last look: ${changes.join(', ')}`]),
    `taken within the hour: ${capText(caps.hourly)} · open: ${capText(caps.open)}`,
    ...(of('waiting') > 0 && caps.hourly.free === undefined && caps.open.free === undefined
      ? [`  k8s-autofix queue next${options.next}   gives the first, and holds it for you`]
      : []),
  ]
}

function capText({ used, most, free }: QueueReport['caps']['hourly']): string {
  return `${used} of ${most}${free === undefined ? '' : `, free at ${momentText(free)}`}`
}

/** `past due: 1 of 2 critical, 3 of 10 high`: what starves. */
function starvationLines({ starvation }: QueueReport): string[] {
  const parts = severities.toReversed().flatMap((severity) => {
    const known = starvation[severity]
    return known === undefined ? [] : [`${known.pastDue} of ${known.of} ${severity}`]
  })
  return parts.length === 0 ? [] : [`findings past due: ${parts.join(', ')}`]
}

const restWords: Readonly<Record<Work, (number: number) => string>> = {
  fix: (number) => count(number, 'fix', 'fixes'),
  unsafe: (number) => `${count(number, 'unsafe fix', 'unsafe fixes')} (--unsafe-fixes)`,
  'needs-value': (number) => `${number} ${number === 1 ? 'needs' : 'need'} a value`,
  refused: (number) => `${number} refused`,
  advice: (number) => `${number} for a person`,
}

function restText(rest: readonly QueueItem[], { all }: QueueOptions): string {
  const late = rest.filter(({ overdue, state }) => overdue && state !== 'ignored').length
  const kinds = (['unsafe', 'needs-value', 'refused', 'advice'] as const).flatMap((work) => {
    const number = rest.filter((item) => item.work === work).length
    return number === 0 ? [] : [restWords[work](number)]
  })
  return `without a fix to take: ${kinds.join(', ')}${late === 0 ? '' : `; ${late} past due`}${all ? '' : ' (--all lists them)'}`
}

/**
 * What was given, each with its change. The text is a patch: `git apply` passes over the lines in front of each change.
 */
export function renderGiven({ items }: QueueReport, { color, isTerminal }: GivenOptions): string {
  const style = createStyle(color)
  return items
    .map((item) => {
      const risk = Math.max(...item.findings.map((finding) => finding.risk))
      const head = [
        `# ${item.id.slice(0, 8)}  ${severityText({ severity: item.severity })} · risk ${risk} · due ${item.due.slice(0, 10)}${item.overdue ? ' (late)' : ''} · yours until ${momentText(item.until ?? item.due)}`,
        ...item.findings.map(
          ({ policy, title, location }) => `# ${location.file}:${location.line}: ${title} [${policy}]`,
        ),
      ].map((text) => `${style.bold(visible(text))}\n`)
      const diff = item.diff ?? ''
      return `${head.join('')}${isTerminal ? showPatch(diff, style) : diff}`
    })
    .join('')
}

export interface GivenOptions {
  color: boolean
  isTerminal: boolean
}

function textOf(piece: Piece): string {
  return typeof piece === 'string' ? piece : piece[1]
}

function padded(piece: Piece, width: number): Piece {
  return typeof piece === 'string' ? piece.padEnd(width) : [piece[0], piece[1].padEnd(width)]
}

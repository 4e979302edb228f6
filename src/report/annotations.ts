import type { Finding, Report, Severity } from '../model/index.ts'
import { worstFirst } from './suggestion.ts'
import { count, visible } from './text.ts'

/** The runner shows so many of each kind of a step, and so many characters of one. */
const mostOfAKind = 10
const mostCharacters = 4096

type Kind = 'error' | 'warning' | 'notice'

const kinds: Readonly<Record<Severity, Kind>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
}

/** Lines that the runner of GitHub Actions takes for annotations of the files, the worst first. */
export function renderAnnotations(report: Report): string {
  const left: Record<Kind, number> = { error: mostOfAKind, warning: mostOfAKind, notice: mostOfAKind - 1 }
  const lines: string[] = []
  let missing = 0
  const add = (kind: Kind, place: Readonly<Record<string, string | number>>, text: string): void => {
    if (left[kind]-- > 0) lines.push(command(kind, place, text))
    else missing++
  }
  for (const { file, line, column, reason, broken } of report.unread)
    if (broken)
      add(
        'warning',
        { file, line: line ?? 1, ...(column === undefined ? {} : { col: column }), title: 'not judged' },
        reason.text,
      )
  for (const finding of worstFirst(report.findings.filter(isOpen))) {
    const { location, title, severity } = finding
    add(
      kinds[severity],
      {
        file: location.file,
        line: location.line,
        endLine: Math.max(location.line, location.endLine),
        col: location.column,
        title,
      },
      textOf(finding),
    )
  }
  if (missing > 0)
    lines.push(
      command('notice', { title: 'k8s-autofix' }, `${count(missing, 'more finding')}: see the summary`),
    )
  return lines.map((line) => `${line}\n`).join('')
}

function isOpen({ state }: Finding): boolean {
  return state !== 'baseline' && state !== 'suppressed'
}

function textOf({ message, state, safe, reason, policy }: Finding): string {
  const end =
    state === 'fixed' ? (safe === false ? 'has a fix that may break it' : 'has a verified fix') : state
  const why = state === 'fixed' || reason === undefined ? '' : `: ${reason.text}`
  return `${message} [${policy}] ${end}${why}`
}

/** As the toolkit of GitHub Actions writes commands: what would end a property or the line is escaped. */
function command(kind: Kind, properties: Readonly<Record<string, string | number>>, text: string): string {
  const escaped = (value: string): string =>
    value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  const listed = Object.entries(properties)
    .map(
      ([name, value]) =>
        `${name}=${escaped(visible(String(value)))
          .replaceAll(':', '%3A')
          .replaceAll(',', '%2C')}`,
    )
    .join(',')
  return `::${kind} ${listed}::${escaped(visible(text).slice(0, mostCharacters))}`
}

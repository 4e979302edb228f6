import { isOpen, type Finding, type Report, type Severity } from '../model/index.ts'
import { addedExceptions, exceptionText } from './exceptions.ts'
import { worstFirst } from './risk.ts'
import { clip, count, visible } from './text.ts'

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

interface Annotation {
  kind: Kind
  place: Readonly<Record<string, string | number>> & { file: string }
  text: string
  /** Of a file that nobody could read, rather than of a finding. */
  isUnread: boolean
}

/** Lines that the runner of GitHub Actions takes for annotations of the files, the worst first. */
export function renderAnnotations(report: Report): string {
  const all = annotationsOf(report)
  const isOver = (['error', 'warning', 'notice'] as const).some(
    (kind) => all.filter((one) => one.kind === kind).length > mostOfAKind,
  )
  // What is missing is told by a notice, which takes the place of another.
  const left: Record<Kind, number> = {
    error: mostOfAKind,
    warning: mostOfAKind,
    notice: isOver ? mostOfAKind - 1 : mostOfAKind,
  }
  const lines: string[] = []
  const missing: Annotation[] = []
  for (const one of all)
    if (left[one.kind]-- > 0) lines.push(command(one.kind, one.place, one.text))
    else missing.push(one)
  if (missing.length > 0) lines.push(command('notice', { title: 'k8s-autofix' }, missingText(missing)))
  return lines.map((line) => `${line}\n`).join('')
}

function annotationsOf(report: Report): Annotation[] {
  const { unread, findings } = report
  return [
    ...unread
      .filter(({ broken }) => broken)
      .map(({ file, line, column, reason }): Annotation => ({
        kind: 'warning',
        place: {
          file,
          line: line ?? 1,
          ...(column === undefined ? {} : { col: column }),
          title: 'not judged',
        },
        text: reason.text,
        isUnread: true,
      })),
    ...addedExceptions(report).flatMap((one): Annotation[] =>
      one.file === undefined
        ? []
        : [
            {
              kind: 'notice',
              place: { file: one.file, line: one.line ?? 1, title: 'this change adds an exception' },
              text: exceptionText(one),
              isUnread: false,
            },
          ],
    ),
    ...worstFirst(findings.filter(isOpen)).map((finding): Annotation => {
      const { location, title, severity } = finding
      return {
        kind: kinds[severity],
        place: {
          file: location.file,
          line: location.line,
          endLine: Math.max(location.line, location.endLine),
          col: location.column,
          title,
        },
        text: textOf(finding),
        isUnread: false,
      }
    }),
  ]
}

function missingText(missing: readonly Annotation[]): string {
  const unread = missing.filter(({ isUnread }) => isUnread)
  const findings = missing.filter(({ isUnread }) => !isUnread)
  const files = new Set(findings.map(({ place }) => place.file)).size
  const parts = [
    ...(findings.length === 0
      ? []
      : [`${count(findings.length, 'more finding')} in ${count(files, 'file')}`]),
    ...(unread.length === 0 ? [] : [`${count(unread.length, 'more file')} not judged`]),
  ]
  return `${parts.join(', ')}: see the summary, or another format of the report`
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
  return `::${kind} ${listed}::${escaped(clip(visible(text), mostCharacters))}`
}

import type { Finding, LineEdit } from '../model/index.ts'
import { code, plain } from './markup.ts'
import { partsText, severityText, worstFirst } from './risk.ts'
import { count } from './text.ts'

/** A comment or the body of a pull request may have this many characters on GitHub. */
export const bodyCharacters = 65_536

export interface SuggestionText {
  /** The findings that it fixes, the worst first; at least one. */
  findings: readonly Finding[]
  edit: LineEdit
  /** Version of the API server that was asked. */
  kubernetes: string | undefined
  /** Why each policy matters, by its id. */
  why: ReadonlyMap<string, string>
  /** Why it is suggested now, and others are not. */
  because?: string | undefined
  /** Whether answers are learned from in this repository. */
  learns?: boolean
}

/**
 * A comment of a review: what is wrong, the lines that mend it, how far that is proven and what it may break, and how to
 * be rid of it. Undefined where it does not fit into a comment.
 */
export function renderSuggestion({
  findings,
  edit,
  kubernetes,
  why,
  because,
  learns = false,
}: SuggestionText): string | undefined {
  const sorted = worstFirst(findings)
  const [first] = sorted
  if (first === undefined) return undefined
  const parts = [
    heading(sorted, first),
    fenced('suggestion', edit.replacement),
    proofText(sorted, kubernetes),
    `<sub>${[
      ...new Set(
        sorted.flatMap(({ policy }) => {
          const text = why.get(policy)
          return text === undefined ? [] : [`${code(policy)}: ${plain(oneLine(text))}`]
        }),
      ),
    ].join('<br>')}</sub>`,
    because === undefined
      ? '<sub></sub>'
      : `<sub>Why now? ${plain(because.charAt(0).toUpperCase() + because.slice(1))}.</sub>`,
    `<sub>Not wanted? Resolve this conversation and it stays away; ${learns ? `answer ${code('/autofix ignore')} with the reason, and it stays away from other pull requests as well; ` : ''}${skipText(sorted)} keeps it out for good.</sub>`,
  ]
  const text = parts.filter((part) => part !== '<sub></sub>').join('\n\n')
  return text.length > bodyCharacters - 2000 ? undefined : text
}

/** A fix that cannot be a suggestion, as a diff that people can read. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${fence}`
}

function heading(sorted: readonly Finding[], first: Finding): string {
  if (sorted.length === 1) return `**${plain(first.title)}** · ${whereText(first)} · ${ratingText(first)}`
  // What makes the risk is said once: it is nearly the same for all.
  const lines = sorted.map(
    (finding) =>
      `- ${plain(finding.title)} · ${whereText(finding)} · ${finding === first ? ratingText(finding) : severityText(finding)}`,
  )
  return `**One change for ${count(sorted.length, 'finding')}**\n\n${lines.join('\n')}`
}

/** The severity, the risk, and what makes it. */
function ratingText(finding: Finding): string {
  const { risk } = finding
  return `${severityText(finding)}${risk === undefined ? '' : ` (${plain(partsText(risk))})`}`
}

/** `container api` or `Deployment api`. */
export function whereText({ container, resource }: Finding): string {
  return container === undefined
    ? `${plain(resource.kind)} ${code(resource.name)}`
    : `container ${code(container)}`
}

/** What was asked, and what it may break all the same. */
export function proofText(findings: readonly Finding[], kubernetes: string | undefined): string {
  const levels = findings.map(({ verification }) => verification?.level ?? 'text')
  const order = ['text', 'policy', 'api', 'admission', 'rollout']
  const level = levels.reduce((a, b) => (order.indexOf(a) <= order.indexOf(b) ? a : b), 'rollout')
  const engines = new Set(findings.flatMap((finding) => finding.engines.map(({ name }) => name)))
  const rank = order.indexOf(level)
  const said = [
    'parses, no other byte changes',
    ...(rank >= 1
      ? [
          `${findings.length === 1 ? 'finding' : 'findings'} gone${engines.size > 1 ? ` under ${engines.size} engines` : ''}, nothing new`,
        ]
      : []),
    ...(rank >= 2
      ? [`accepted by Kubernetes ${plain(kubernetes ?? '')}${level === 'api' ? ' (built in)' : ' (dry-run)'}`]
      : []),
  ]
  const because = findings.flatMap(({ verification }) => verification?.because ?? [])[0]
  const recreate = findings.some(({ verification }) => verification?.recreate !== undefined)
  const breakage = findings
    .flatMap((finding) => finding.breakage ?? [])
    .toSorted((a, b) => b.probability - a.probability)[0]
  const values = new Set(
    findings.flatMap((finding) =>
      (finding.values ?? []).map(({ value, source }) => `${value} from ${source}`),
    ),
  )
  return [
    ...(values.size === 0 ? [] : [`It takes ${plain([...values].join('; '))}.`]),
    `Proven to level ${level}: ${said.join(', ')}.`,
    ...(because === undefined ? [] : [`No further, since ${plain(because)}.`]),
    ...(breakage === undefined
      ? []
      : [
          `Chance that it breaks the workload: ${Math.round(breakage.probability * 100)} %${breakage.because === '' ? '' : ` (${plain(breakage.because)})`}.`,
        ]),
    ...(recreate ? ['A running object has to be deleted and created again for it.'] : []),
  ].join(' ')
}

function skipText(findings: readonly Finding[]): string {
  const ids = [...new Set(findings.map(({ policy }) => policy))]
  return `${ids.map(code).join(', ')} under ${code('skip')}, or a baseline file,`
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ')
}

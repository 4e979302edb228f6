import { createHash } from 'node:crypto'
import { severities, type Finding, type Policy, type Report, type Severity } from '../model/index.ts'
import { partialText } from './closing.ts'
import { jsonText } from './json.ts'
import { plain } from './markup.ts'
import { artifact, fixesOf, lineReader, longestText, unlinked, type LineReader } from './sarif-fixes.ts'
import { isAboutSecrets } from './secrets.ts'
import { standardsText } from './standards.ts'
import { worstFirst } from './risk.ts'
import { clip, count, visible } from './text.ts'

/** What the report of code scanning tells about a policy. */
export type SarifPolicy = Pick<Policy, 'id' | 'title' | 'why' | 'family' | 'standards'>

/** GitHub takes no more of one run; it shows the first 5,000. */
const mostResults = 25_000

/** GitHub takes no longer name of a rule, in UTF-16 units. */
const longestName = 255

/** GitHub's bands: critical above 9.0, high from 7.0, medium from 4.0. */
const scores: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' }
const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
}

/** The report as SARIF 2.1.0, by the rules that GitHub's code scanning has for it. `sources` are texts by file. */
export function renderSarif(
  report: Report,
  sources: ReadonlyMap<string, string>,
  policies: readonly SarifPolicy[],
): string {
  const known = new Map(policies.map((policy) => [policy.id, policy]))
  const all = worstFirst(report.findings)
  const findings = all.slice(0, mostResults)
  const ids = [...new Set(findings.map(({ policy }) => policy))].toSorted()
  const indexes = new Map(ids.map((id, index) => [id, index]))
  const titles = new Map(findings.map(({ policy, title }) => [policy, title]))
  // A configuration may weigh a policy by path. GitHub shows one severity for all of a rule: the worst, which is set last.
  const bySeverity = findings.toSorted(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  )
  const worst = new Map(bySeverity.map(({ policy, severity }) => [policy, severity]))
  const linesOf = lineReader(sources)
  const hasBaseline = report.findings.some(({ state }) => state === 'baseline')
  const partial = partialText(report)
  const left = all.length - findings.length
  const notifications = [
    ...(partial === undefined ? [] : [{ level: 'error', message: { text: partial } }]),
    ...(left === 0
      ? []
      : [
          {
            level: 'warning',
            message: {
              text: `${count(left, 'finding')} of the least risk left out: GitHub takes no more`,
            },
          },
        ]),
    ...report.unread.map(({ file, line, reason, broken }) => ({
      level: broken ? 'error' : 'note',
      message: { text: `not judged: ${visible(reason.text)}` },
      locations: [
        {
          physicalLocation: {
            ...artifact(file),
            ...(line !== undefined && { region: { startLine: line } }),
          },
        },
      ],
    })),
  ]
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: report.tool.name,
            semanticVersion: report.tool.version,
            rules: ids.map((id) => rule(id, titles.get(id) ?? id, worst.get(id) ?? 'low', known.get(id))),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          { executionSuccessful: partial === undefined, toolExecutionNotifications: notifications },
        ],
        results: findings.map((finding) => ({
          ...result(finding, linesOf, known.get(finding.policy)?.family),
          ruleIndex: indexes.get(finding.policy) ?? 0,
          ...(hasBaseline && { baselineState: finding.state === 'baseline' ? 'unchanged' : 'new' }),
        })),
      },
    ],
  }
  return jsonText(sarif)
}

function rule(id: string, title: string, severity: Severity, policy: SarifPolicy | undefined): object {
  const why = policy?.why.trim() ?? title
  const standards = standardsText(policy?.standards)
  const paragraphs = why.split(/\n{2,}/).map((text) => plain(text.replaceAll(/\s+/g, ' ')))
  return {
    id,
    name: clip(visible(id), longestName),
    shortDescription: { text: clip(visible(title), longestText) },
    fullDescription: { text: clip(why, longestText) },
    help: {
      text: standards === '' ? why : `${why}\n\n${standards}`,
      markdown: [...paragraphs, ...(standards === '' ? [] : [`**Standards:** ${plain(standards)}`])].join(
        '\n\n',
      ),
    },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['security', 'kubernetes', ...(policy === undefined ? [] : [policy.family])],
      'security-severity': scores[severity],
    },
  }
}

function result(finding: Finding, linesOf: LineReader, family: string | undefined): object {
  const { policy, severity, title, message, location, state, reason, fingerprint, edits, exception, risk } =
    finding
  const said = [title, ...(message === title ? [] : [message])].map(visible).join(': ')
  const why = state === 'fixed' || reason === undefined ? '' : ` (${state}: ${visible(reason.text)})`
  const fixes = state === 'fixed' && !isAboutSecrets(finding, family) ? fixesOf(edits, linesOf, title) : []
  return {
    ruleId: policy,
    level: levels[severity],
    ...(risk !== undefined && { rank: risk.score }),
    message: { text: clip(unlinked(said + why), longestText) },
    locations: [
      {
        physicalLocation: {
          ...artifact(location.file),
          region: {
            startLine: location.line,
            startColumn: location.column,
            endLine: Math.max(location.line, location.endLine),
          },
        },
      },
    ],
    // The line's own hash would change with every edit of it; ours lasts as long as the finding.
    partialFingerprints: {
      primaryLocationLineHash: `${createHash('sha256').update(fingerprint).digest('hex').slice(0, 16)}:1`,
      'k8sAutofix/v1': fingerprint,
    },
    ...(fixes.length > 0 && { fixes }),
    ...(state === 'suppressed' && {
      suppressions: [
        {
          kind: exception?.form === 'annotation' || exception?.form === 'comment' ? 'inSource' : 'external',
          // What a change accepts by itself is not accepted until somebody has looked at the change.
          status: exception?.counts === true ? 'underReview' : 'accepted',
          justification: visible(reason?.text ?? ''),
        },
      ],
    }),
  }
}

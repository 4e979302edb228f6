import { createHash } from 'node:crypto'
import type { Finding, LineEdit, Policy, Report, Severity } from '../model/index.ts'
import { Lines } from '../yaml/index.ts'
import { partialText } from './closing.ts'
import { isAboutSecrets, secretRanges } from './secrets.ts'
import { standardsText } from './standards.ts'
import { worstFirst } from './suggestion.ts'
import { visible } from './text.ts'

/** What the report of code scanning tells about a policy. */
export type SarifPolicy = Pick<Policy, 'id' | 'title' | 'why' | 'family' | 'standards'>

/** GitHub takes no more of one run; it shows the first 5,000. */
const mostResults = 25_000

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
  const severities = new Map(findings.map(({ policy, severity }) => [policy, severity]))
  const hasBaseline = report.findings.some(({ state }) => state === 'baseline')
  const partial = partialText(report)
  const left = all.length - findings.length
  const notifications = [
    ...(partial === undefined ? [] : [{ level: 'error', message: { text: partial } }]),
    ...(left === 0
      ? []
      : [{ level: 'warning', message: { text: `${left} findings of the least severity are left out` } }]),
    ...report.unread.map(({ file, line, reason, broken }) => ({
      level: broken ? 'error' : 'note',
      message: { text: `not judged: ${visible(reason.text)}` },
      locations: [{ physicalLocation: { ...artifact(file), region: { startLine: line ?? 1 } } }],
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
            rules: ids.map((id) =>
              rule(id, titles.get(id) ?? id, severities.get(id) ?? 'low', known.get(id)),
            ),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          { executionSuccessful: partial === undefined, toolExecutionNotifications: notifications },
        ],
        results: findings.map((finding) => ({
          ...result(finding, sources, known.get(finding.policy)?.family),
          ruleIndex: indexes.get(finding.policy) ?? 0,
          ...(hasBaseline && { baselineState: finding.state === 'baseline' ? 'unchanged' : 'new' }),
        })),
      },
    ],
  }
  return `${JSON.stringify(sarif, null, 2)}\n`
}

function rule(id: string, title: string, severity: Severity, policy: SarifPolicy | undefined): object {
  const why = policy?.why.trim() ?? title
  const standards = standardsText(policy?.standards)
  return {
    id,
    name: id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: standards === '' ? why : `${why}\n\n${standards}` },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ['security', 'kubernetes', ...(policy === undefined ? [] : [policy.family])],
      'security-severity': scores[severity],
    },
  }
}

function result(finding: Finding, sources: ReadonlyMap<string, string>, family: string | undefined): object {
  const { policy, severity, title, message, location, state, reason, fingerprint, edits } = finding
  const said = [title, ...(message === title ? [] : [message])].map(visible).join(': ')
  const why = state === 'fixed' || reason === undefined ? '' : ` (${state}: ${visible(reason.text)})`
  const fixes =
    state === 'fixed' && !isAboutSecrets(finding, family) ? fixesOf(edits, sources, finding.title) : []
  return {
    ruleId: policy,
    level: levels[severity],
    message: { text: said + why },
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
      suppressions: [{ kind: 'external', justification: visible(reason?.text ?? '') }],
    }),
  }
}

/** Whole lines that become others; left out where they could repeat a secret. */
function fixesOf(edits: readonly LineEdit[], sources: ReadonlyMap<string, string>, title: string): object[] {
  const changes = new Map<string, object[]>()
  for (const { file, kind, startLine, endLine, replacement } of edits) {
    const text = sources.get(file)
    if (kind !== 'replace' || text === undefined) return []
    if (secretRanges(replacement.split('\n'), false).some((ranges) => ranges.length > 0)) return []
    // The name of a variable stands on the line before its value, so the lines are looked at where they stand.
    const secrets = secretRanges(text.split('\n'), false).slice(Math.max(0, startLine - 1), endLine)
    if (secrets.some((ranges) => ranges.length > 0)) return []
    const lines = new Lines(text)
    const end = lines.position(text.length)
    const isLast = endLine >= end.line
    const region =
      startLine === 0
        ? { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 }
        : {
            startLine,
            startColumn: 1,
            endLine: isLast ? end.line : endLine + 1,
            endColumn: isLast ? end.column : 1,
          }
    const list = changes.get(file) ?? []
    list.push({ deletedRegion: region, insertedContent: { text: replacement } })
    changes.set(file, list)
  }
  if (changes.size === 0) return []
  return [
    {
      description: { text: `Fix: ${title}` },
      artifactChanges: [...changes].map(([file, replacements]) => ({
        ...artifact(file),
        replacements,
      })),
    },
  ]
}

function artifact(file: string): { artifactLocation: { uri: string; uriBaseId: string } } {
  const uri = file.split('/').map(encodeURIComponent).join('/')
  return { artifactLocation: { uri, uriBaseId: '%SRCROOT%' } }
}

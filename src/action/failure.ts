import {
  counts,
  InfrastructureError,
  severities,
  UserError,
  type Report,
  type Severity,
} from '../model/index.ts'

/** Why the step has to fail by `fail-on`, or undefined when it passes. */
export function verdictOf(report: Report, failOn: Severity | 'never'): string | undefined {
  if (failOn === 'never') return undefined
  const threshold = severities.indexOf(failOn)
  const counted = report.findings.filter(
    (finding) => counts(finding) && severities.indexOf(finding.severity) >= threshold,
  ).length
  if (counted > 0) return `${counted} findings are of severity ${failOn} or above (fail-on: ${failOn})`
  const broken = report.unread.filter((unread) => unread.broken).length
  if (broken > 0) return `${broken} files could not be read, so the result is partial; the summary lists them`
  return undefined
}

/** What to tell about something that was thrown: a person's mistake without a stack, a bug with it. */
export function failureOf(error: unknown): string {
  if (error instanceof UserError || error instanceof InfrastructureError)
    return error.hint === undefined ? error.message : `${error.message} · ${error.hint}`
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `this is a bug in k8s-autofix; please report it with these lines: ${stack}`
}

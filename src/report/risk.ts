import { severities, type Finding, type Risk } from '../model/index.ts'

type Rated = Pick<Finding, 'severity'> & { risk?: Risk | undefined }

/** The riskiest first; what nobody has rated goes by its severity. */
export function worstFirst<One extends Rated>(findings: readonly One[]): One[] {
  return findings.toSorted(
    (a, b) =>
      (b.risk?.score ?? 0) - (a.risk?.score ?? 0) ||
      severities.indexOf(b.severity) - severities.indexOf(a.severity),
  )
}

/** `high · risk 71`. */
export function severityText({ severity, risk }: Rated): string {
  return risk === undefined ? severity : `${severity} · risk ${risk.score}`
}

/** What the risk is made of, the heaviest first: `severity high +0.5, reachable from outside the cluster +0.9`. */
export function partsText({ contributions }: Risk): string {
  return contributions
    .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .map(({ because, value }) => `${because} ${signed(value)}`)
    .join(', ')
}

/** With the sign that it has in print: `+0.5`, `−0.3`. */
export function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value)}`
}

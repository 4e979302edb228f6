import { z } from 'zod'
import { UserError, type Finding } from '../model/index.ts'

/** Findings that are taken as given (`--baseline`), and enough about each for people to read the file. */
export const baselineSchema = z.object({
  schema: z.literal('k8s-autofix/baseline/v1'),
  findings: z.array(
    z.object({
      fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
      policy: z.string(),
      file: z.string(),
      resource: z.string(),
    }),
  ),
})

/** The fingerprints of a baseline file. `name` is how messages call it. */
export function readBaseline(text: string, name: string): ReadonlySet<string> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new UserError(`${name}: is no JSON`, 'write it with k8s-autofix scan --write-baseline FILE')
  }
  const read = baselineSchema.safeParse(value)
  if (!read.success) {
    const [issue] = read.error.issues
    const at = issue?.path.join('.') || 'the file'
    throw new UserError(
      `${name}: is no baseline: ${at}: ${issue?.message ?? 'not as expected'}`,
      'write it with k8s-autofix scan --write-baseline FILE',
    )
  }
  return new Set(read.data.findings.map(({ fingerprint }) => fingerprint))
}

/** The findings of a report as a baseline file, in an order that does not depend on lines. */
export function writeBaseline(findings: readonly Finding[]): string {
  const entries = findings
    .filter(({ state }) => state !== 'suppressed')
    .map(({ fingerprint, policy, location: { file }, resource: { kind, namespace, name } }) => ({
      fingerprint,
      policy,
      file,
      resource: [kind, ...(namespace === '' ? [] : [namespace]), name].join('/'),
    }))
  const known = new Map(entries.map((entry) => [entry.fingerprint, entry]))
  const key = ({ file, policy, fingerprint }: (typeof entries)[number]): string =>
    JSON.stringify([file, policy, fingerprint])
  const sorted = [...known.values()].toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  const lines = sorted.map((entry) => `    ${JSON.stringify(entry)}`)
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`
  return `{\n  "schema": "k8s-autofix/baseline/v1",\n  "findings": ${list}\n}\n`
}

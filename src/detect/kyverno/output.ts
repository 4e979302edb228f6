import { z } from 'zod'

/** What `kyverno apply --policy-report --output-format json` prints: only what we use, everything else may change. */
const resultSchema = z.object({
  policy: z.string(),
  /** Of a ClusterPolicy alone. */
  rule: z.string().optional(),
  result: z.enum(['pass', 'fail', 'warn', 'error', 'skip']),
  message: z.string().optional(),
  resources: z.array(z.object({ uid: z.string().optional() })).min(1),
})

const reportSchema = z.object({
  summary: z.object({
    pass: z.int(),
    fail: z.int(),
    warn: z.int(),
    error: z.int(),
    skip: z.int(),
  }),
  results: z.array(resultSchema).nullable().default([]),
})

export type KyvernoResult = z.infer<typeof resultSchema>

/**
 * Reads the output of a run: a report on a line of its own for all policies, one more for each policy of a namespace,
 * and text between them. A text says why it cannot be read.
 */
export function readKyvernoOutput(text: string): KyvernoResult[] | { unreadable: string } {
  if (text.trim() === '') return { unreadable: 'it printed nothing' }
  const results: KyvernoResult[] = []
  for (const line of text.split('\n')) {
    // What it leaves out it has not judged by.
    if (/^(?:Policies Skipped|Invalid Policies):/.test(line)) return { unreadable: 'it leaves out policies' }
    if (!line.startsWith('{')) continue
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      return { unreadable: line.endsWith('}') ? 'its report is no JSON' : 'its report ends in the middle' }
    }
    const report = reportSchema.safeParse(value)
    if (!report.success) {
      const issue = report.error.issues[0]
      return {
        unreadable: `its report has another form: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
      }
    }
    const { summary, results: some } = report.data
    const counted = Object.values(summary).reduce((sum, count) => sum + count, 0)
    if (counted !== (some?.length ?? 0)) return { unreadable: 'its report counts other results than it has' }
    for (const result of some ?? []) results.push(result)
  }
  return results.length === 0 ? { unreadable: 'it printed no report' } : results
}

/** How many rules a run without a report says it applies; undefined where it does not say so. */
export function appliedRules(text: string): number | undefined {
  const count = /^Applying (\d{1,9}) policy rule\(s\) to \d+ resource\(s\)\.\.\.$/m.exec(text)?.[1]
  return count === undefined ? undefined : Number(count)
}

/** Why Kyverno left out a policy, or did nothing at all, in its own words. Only policies of the user's are in them. */
export function complaintOf(stdout: string, stderr: string): string {
  const [, skipped] = /^(?:Policies Skipped|Invalid Policies):\n1\. (.*)$/m.exec(stdout) ?? []
  const [, error] = /^Error: (.*)$/m.exec(stderr) ?? []
  const line = skipped?.replace(/^[^:\s]+: /, '') ?? error ?? ''
  return line.replaceAll(/\p{Cc}/gu, ' ').slice(0, 300)
}

import { z } from 'zod'

/** What `kube-linter lint --format json` prints: only what we use, everything else may change. */
const reportSchema = z.object({
  Diagnostic: z.object({ Message: z.string() }),
  Check: z.string(),
  Remediation: z.string(),
  Object: z.object({
    Metadata: z.object({ FilePath: z.string() }),
    K8sObject: z.object({
      Namespace: z.string(),
      Name: z.string(),
      GroupVersionKind: z.object({ Group: z.string(), Version: z.string(), Kind: z.string() }),
    }),
  }),
})

const outputSchema = z.object({
  Checks: z.array(z.object({ name: z.string(), description: z.string(), remediation: z.string() })),
  /** Null where every object is clean. */
  Reports: z.array(reportSchema).nullable(),
})

export type KubeLinterReport = z.infer<typeof reportSchema>
export type KubeLinterOutput = z.infer<typeof outputSchema>

/** Reads the output of a run; a text says why it cannot be read. */
export function readOutput(text: string): KubeLinterOutput | { unreadable: string } {
  if (text.trim() === '') return { unreadable: 'it printed nothing' }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const isCutOff = text.trimStart().startsWith('{') && !text.trimEnd().endsWith('}')
    return { unreadable: isCutOff ? 'its output ends in the middle' : 'its output is no JSON' }
  }
  const result = outputSchema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  return {
    unreadable: `its output has another form: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  }
}

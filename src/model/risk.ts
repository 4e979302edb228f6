import { z } from 'zod'

/** Who can reach the pods of a workload, the fewest first; of some nobody can tell from the files. */
export const exposures = ['nobody', 'unknown', 'cluster', 'node', 'outside'] as const
export type Exposure = (typeof exposures)[number]

/** What a service account may do that leads to more than its own task, the worst first. */
export const powers = [
  'cluster-admin',
  'wildcard',
  'escalate',
  'impersonate',
  'pods-exec',
  'create-pods',
  'read-secrets',
] as const
export type Power = (typeof powers)[number]

/** What somebody would find in a container. */
export const dataKinds = ['secret', 'volume', 'cloud-identity'] as const
export type DataKind = (typeof dataKinds)[number]

/** What folders and namespaces say of where objects run. */
export const environments = ['production', 'staging', 'test', 'other'] as const
export type Environment = (typeof environments)[number]

export const riskSchema = z.object({
  /** 0 to 100: 100 times the sigmoid of the sum of the contributions, rounded. Ordinal: it says what is worse. */
  score: z.int().min(0).max(100),
  contributions: z.array(
    z.object({
      name: z.string(),
      /** In logit, two decimals, with its sign. */
      value: z.number(),
      because: z.string(),
      /** The file, or the feed and its version, that says so. */
      source: z.string().optional(),
    }),
  ),
})
export type Risk = z.infer<typeof riskSchema>

/** The contribution of a vulnerability that is exploited, and that a scan has found in the image of the finding itself. */
export const exploitedHere = 'exploited-here'

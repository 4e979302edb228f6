import { z } from 'zod'
import { lineEditSchema } from './edit.ts'
import { severitySchema } from './policy.ts'
import { reasonSchema } from './reason.ts'
import { locationSchema, resourceReferenceSchema } from './report.ts'

/**
 * What `queue list` and `queue next` print as JSON: `k8s-autofix/queue/v1`, published as schemas/queue.schema.json.
 * Moments are ISO 8601 in UTC.
 */

/** What there is to do about an item: take its fix, decide on one that may break a workload, or something by hand. */
export const works = ['fix', 'unsafe', 'needs-value', 'refused', 'advice'] as const
export type Work = (typeof works)[number]

/** Where an item of the queue stands. */
export const standings = ['waiting', 'taken', 'ignored'] as const
export type Standing = (typeof standings)[number]

const fingerprint = z.string().regex(/^[0-9a-f]{64}$/)
const moment = z.iso.datetime()

export const queueItemSchema = z.object({
  /** The first of the fingerprints of its findings. */
  id: fingerprint,
  work: z.enum(works),
  /** The worst of its findings. */
  severity: severitySchema,
  /** What taking the fix is worth, in points of risk: 0 to 100, below 0 where what is known speaks against it. */
  value: z.number(),
  /** When the oldest of its findings was first seen, or asked about again. */
  since: moment,
  /** Whole days since then. */
  age: z.int().min(0),
  /** When the first of its findings is due. */
  due: moment,
  overdue: z.boolean(),
  state: z.enum(standings),
  /** When the lease of what is taken, or the silence about what is ignored, ends; absent for always. */
  until: moment.optional(),
  /** Why it is ignored. */
  ignored: z.string().optional(),
  /** What one change fixes together. */
  findings: z
    .array(
      z.object({
        fingerprint,
        policy: z.string(),
        title: z.string(),
        severity: severitySchema,
        risk: z.int().min(0).max(100),
        location: locationSchema,
        resource: resourceReferenceSchema,
        container: z.string().optional(),
        /** Why it has no fix to take. */
        reason: reasonSchema.optional(),
      }),
    )
    .min(1),
  /** By `next`: the change as whole lines, and as a unified diff for `git apply`. */
  edits: z.array(lineEditSchema).optional(),
  diff: z.string().optional(),
})
export type QueueItem = z.infer<typeof queueItemSchema>

const capSchema = z.object({
  most: z.int(),
  used: z.int(),
  /** When there is room again; absent where there is. */
  free: moment.optional(),
})

export const queueSchema = z.object({
  schema: z.literal('k8s-autofix/queue/v1'),
  tool: z.object({ name: z.literal('k8s-autofix'), version: z.string() }),
  command: z.enum(['list', 'next']),
  /** By `list`: everything, what waits first, in the order of its turn. By `next`: what is yours now. */
  items: z.array(queueItemSchema),
  /** How much may be taken in an hour, and at once. */
  caps: z.object({ hourly: capSchema, open: capSchema }),
  /** What was found since the last look. */
  news: z.object({
    added: z.int(),
    /** What is not there any more. */
    gone: z.int(),
    /** What was gone, and is there again. */
    back: z.int(),
    /** What was said to be done, and is still there. */
    undone: z.int(),
  }),
  /** Findings with a fix to take, by severity: how many of them are past due. */
  starvation: z.partialRecord(severitySchema, z.object({ pastDue: z.int(), of: z.int() })),
})
export type QueueReport = z.infer<typeof queueSchema>

import { z } from 'zod'
import { lineEditSchema } from './edit.ts'
import { reasonSchema } from './reason.ts'
import { gateSchema, levelSchema, locationSchema, resourceReferenceSchema, unreadSchema } from './report.ts'

/** What `verify --format json` writes: `k8s-autofix/verify/v1`, published as schemas/verify.schema.json. */

const complaintSchema = z.object({ text: z.string(), location: locationSchema })

export const judgedResourceSchema = z.object({
  resource: resourceReferenceSchema,
  location: locationSchema,
  /**
   * `unknown`: the server has neither the kind nor a definition of it, or the namespace cannot exist. `unanswered`:
   * trouble on the way, in `errors`.
   */
  verdict: z.enum(['accepted', 'rejected', 'unknown', 'unanswered']),
  errors: z.array(complaintSchema),
  warnings: z.array(z.string()),
})
export type JudgedResource = z.infer<typeof judgedResourceSchema>

export const judgedPatchSchema = z.object({
  resource: resourceReferenceSchema,
  accepted: z.boolean(),
  /** How far it was proven. */
  level: levelSchema,
  gates: z.array(gateSchema),
  /** Why it was not accepted. */
  reason: reasonSchema.optional(),
  /** Why the proof ends below level `api`. */
  because: z.string().optional(),
  /** Where a live object cannot be changed in place: the server's words. */
  recreate: z.string().optional(),
  /** The same change as whole lines of the file. */
  edits: z.array(lineEditSchema),
})
export type JudgedPatch = z.infer<typeof judgedPatchSchema>

export const judgementSchema = z.object({
  schema: z.literal('k8s-autofix/verify/v1'),
  tool: z.object({ name: z.literal('k8s-autofix'), version: z.string() }),
  /** Version of the API server that was asked. */
  kubernetes: z.string(),
  resources: z.array(judgedResourceSchema),
  patch: judgedPatchSchema.optional(),
  unread: z.array(unreadSchema),
})
export type Judgement = z.infer<typeof judgementSchema>

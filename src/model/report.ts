import { z } from 'zod'
import { decisionSchema } from './decision.ts'
import { lineEditSchema } from './edit.ts'
import { sourcedValueSchema } from './evidence.ts'
import { backends } from './outside.ts'
import { jsonPatchSchema } from './patch.ts'
import { severitySchema } from './policy.ts'
import { riskSchema } from './risk.ts'
import { reasonSchema } from './reason.ts'

/**
 * The report (`--format json`), a contract: `k8s-autofix/report/v1`, published as schemas/report.schema.json.
 * Lines and columns count from 1, columns in UTF-16 units; `endLine` is inclusive; paths use `/`.
 */

export const states = ['fixed', 'refused', 'needs-value', 'advice', 'suppressed', 'baseline'] as const
export const stateSchema = z.enum(states)
export type State = z.infer<typeof stateSchema>

export const levels = ['text', 'policy', 'api', 'admission', 'rollout'] as const
export const levelSchema = z.enum(levels)
export type Level = z.infer<typeof levelSchema>

export const gateSchema = z.object({ name: z.string(), passed: z.boolean(), detail: z.string().optional() })
export type Gate = z.infer<typeof gateSchema>

export const locationSchema = z.object({
  file: z.string(),
  /** Index of the document in the file, from 0. */
  document: z.int().min(0),
  /** JSON pointer from the root of the resource. */
  pointer: z.string(),
  line: z.int().min(1),
  column: z.int().min(1),
  endLine: z.int().min(1),
})
export type Location = z.infer<typeof locationSchema>

export const resourceReferenceSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
})
export type ResourceReference = z.infer<typeof resourceReferenceSchema>

export const breakageSchema = z.object({ probability: z.number().min(0).max(1), because: z.string() })
export type Breakage = z.infer<typeof breakageSchema>

/** Where an exception is written. */
export const exceptionForms = ['annotation', 'comment', 'object', 'configuration'] as const
export type ExceptionForm = (typeof exceptionForms)[number]

const exceptionFields = {
  form: z.enum(exceptionForms),
  /** What it is called where it stands: the key of an annotation, a comment, `exceptions[2]` of the configuration. */
  name: z.string(),
  reason: z.string(),
  /** The last day, or the moment, until which it holds, as written. */
  until: z.string().optional(),
  /** Where it is written into a file. */
  line: z.int().min(1).optional(),
  /** Its time is over: what it was about is open again. */
  ranOut: z.literal(true).optional(),
  /** The change under review adds it: it holds, and it does not lower what fails. */
  added: z.literal(true).optional(),
}

export const findingSchema = z.object({
  /** sha256, hex, of policy, file, API group, kind, namespace, name, container or item key (product.md). */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  policy: z.string(),
  title: z.string(),
  severity: severitySchema,
  engines: z.array(z.object({ name: z.string(), rule: z.string() })),
  resource: resourceReferenceSchema,
  /** The container it is about, where there is one. */
  container: z.string().optional(),
  location: locationSchema,
  message: z.string(),
  state: stateSchema,
  /** Why the finding is not simply fixed: the gate or hazard, or the question to answer. */
  reason: reasonSchema.optional(),
  /** RFC 6902, pointers into the resource. Of a refused fix: what it would have been. */
  patch: jsonPatchSchema,
  /** The same change as whole lines of the file, for this finding's group alone. Empty unless `fixed`. */
  edits: z.array(lineEditSchema),
  /** Fingerprints of the other findings that its patch fixes too: of the same place, or required by the fix. */
  requires: z.array(z.string()),
  verification: z
    .object({
      level: levelSchema,
      gates: z.array(gateSchema),
      /** Why the proof ends at this level though more was asked for. */
      because: z.string().optional(),
      /** Where a live object cannot be changed in place, but has to be deleted and created again: the server's words. */
      recreate: z.string().optional(),
    })
    .optional(),
  risk: riskSchema.optional(),
  breakage: breakageSchema.optional(),
  /** Values that the fix takes from elsewhere than the object and the configuration. */
  values: z.array(sourcedValueSchema).optional(),
  /** False where the fix may break the workload (breakage above 0.2): written only on request. */
  safe: z.boolean().optional(),
  /** Of a fix for a change under review: where it is offered, and why there. */
  decision: decisionSchema.optional(),
  /** The exception that suppresses it, or that has run out. */
  exception: z
    .object({
      ...exceptionFields,
      /** The finding counts for the exit code all the same: the change that causes it adds the exception as well. */
      counts: z.literal(true).optional(),
    })
    .optional(),
})
export type Finding = z.infer<typeof findingSchema>

/** Whether somebody has to look at it: it was not there before the change under review, and no exception holds. */
export function isOpen({ state }: Pick<Finding, 'state'>): boolean {
  return state !== 'baseline' && state !== 'suppressed'
}

/** Whether it counts for the exit code: it is open, or excepted by nobody but the change that causes it. */
export function counts({ state, exception }: Pick<Finding, 'state' | 'exception'>): boolean {
  return isOpen({ state }) || (state === 'suppressed' && exception?.counts === true)
}

/** An exception that was found, whatever it does. */
export const exceptionSchema = z.object({
  ...exceptionFields,
  /** What it names, in the words of its author: a policy, or a rule of another tool. */
  named: z.string(),
  container: z.string().optional(),
  /** Where it stands; absent for the configuration. */
  file: z.string().optional(),
  /** Findings that it suppresses. */
  findings: z.int().min(0),
  /** Why it does nothing, where its author wants to know. */
  problem: z.string().optional(),
})
export type ReportedException = z.infer<typeof exceptionSchema>

export const unreadSchema = z.object({
  file: z.string(),
  reason: reasonSchema,
  line: z.int().min(1).optional(),
  column: z.int().min(1).optional(),
  /** True where the user has to act: the file looks like a manifest, and nobody can read it. */
  broken: z.boolean(),
})
export type Unread = z.infer<typeof unreadSchema>

export const invalidSchema = z.object({
  resource: resourceReferenceSchema,
  location: locationSchema,
  level: levelSchema,
  errors: z.array(z.string()),
})
export type Invalid = z.infer<typeof invalidSchema>

export const summarySchema = z.object({
  files: z.int(),
  resources: z.int(),
  findings: z.int(),
  states: z.partialRecord(stateSchema, z.int()),
  severities: z.partialRecord(severitySchema, z.int()),
  safe: z.int(),
  unsafe: z.int(),
  unread: z.int(),
  invalid: z.int(),
})
export type Summary = z.infer<typeof summarySchema>

/** The API server that judged, and what to know about it. */
export const clusterSchema = z.object({
  /** Absent where none could be opened. */
  backend: z.enum(backends).optional(),
  status: z.enum(['ok', 'failed']),
  /** Which one it was and how it was found, a sentence each. */
  notes: z.array(z.string()),
  /** What a server that we started was given, so that objects can be judged: namespaces, accounts, classes. */
  assumed: z.array(z.string()),
  /** What went wrong on the way to a verdict, a sentence each. */
  troubles: z.array(z.string()),
})
export type ClusterReport = z.infer<typeof clusterSchema>

export const reportSchema = z.object({
  schema: z.literal('k8s-autofix/report/v1'),
  tool: z.object({ name: z.literal('k8s-autofix'), version: z.string() }),
  engines: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      status: z.enum(['ok', 'failed']),
      /** Of an engine that failed. */
      message: z.string().optional(),
    }),
  ),
  verification: z.object({
    requested: levelSchema,
    reached: levelSchema,
    cluster: clusterSchema.optional(),
    /** Version of the API server that was asked. */
    kubernetes: z.string().optional(),
  }),
  summary: summarySchema,
  findings: z.array(findingSchema),
  invalid: z.array(invalidSchema),
  unread: z.array(unreadSchema),
  exceptions: z.array(exceptionSchema),
  files: z.array(
    z.object({
      file: z.string(),
      documents: z.int(),
      resources: z.int(),
      /** sha256, hex, of the text that was read. */
      sha256: z.string(),
      /** By `fix`: whether the file was written. */
      written: z.boolean().optional(),
    }),
  ),
  /** Milliseconds by step. The one part of a report that differs between equal runs. */
  timings: z.record(z.string(), z.number()),
})
export type Report = z.infer<typeof reportSchema>

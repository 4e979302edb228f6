import { z } from 'zod'
import type { JsonValue } from './json.ts'

/**
 * A policy file (policies/<family>/<id>.yaml), as written. One file tells everything about one policy: what is wrong,
 * why, where it applies, how it is fixed, what the fix may break, and examples that run as tests.
 */

export const severities = ['low', 'medium', 'high', 'critical'] as const
export const severitySchema = z.enum(severities)
export type Severity = z.infer<typeof severitySchema>

export const families = [
  'pod-security',
  'resources',
  'images',
  'service-accounts-and-rbac',
  'secrets',
  'network',
  'reliability',
  'references',
  'deprecations',
  'hygiene',
] as const

const id = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'an id is lower-case words joined by dashes')
const text = z.string().min(1)
/** An expression in CEL; see docs/policies.md for the bindings. */
const cel = z.string().min(1)
const json: z.ZodType<JsonValue> = z.json()

/**
 * A JSON pointer with the root it starts from: `object:` the resource, `template:` the pod template, `pod:` the pod
 * spec, `container:` the container at hand, `item:` what a `*` stands for.
 */
const rootedPointer = z
  .string()
  .regex(
    /^(object|template|pod|container|item):(\/([^~/]|~[01])*)*$/,
    'a pointer with its root, like container:/image',
  )
const computed = z.strictObject({ cel })
const path = z.union([rootedPointer, computed])
const value = z.union([computed, json])

export const policyOperationSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add'), path, value }),
  z.strictObject({ op: z.literal('replace'), path, value }),
  z.strictObject({ op: z.literal('remove'), path }),
])
export type PolicyOperation = z.infer<typeof policyOperationSchema>

/** Whoever reads YAML the way Kubernetes does reads `off` as false. */
const off = z.union([z.literal('off'), z.literal(false).transform((): 'off' => 'off')])

const condition = { if: cel.optional() }
export const policyFixSchema = z.union([
  z.strictObject({
    ...condition,
    patch: z.array(policyOperationSchema).min(1),
    /** Policies whose fixes for the same container or pod must come along. */
    requires: z.array(id).optional(),
  }),
  /**
   * A pure function in src/policies/fixes that computes the operations; of a policy that looks at the repository, a new
   * document. One that has nothing to give leaves the finding to the next entry.
   */
  z.strictObject({ ...condition, build: id, requires: z.array(id).optional() }),
  z.strictObject({
    ...condition,
    'needs-value': z.strictObject({ question: text, path: rootedPointer.optional() }),
  }),
  z.strictObject({ ...condition, advice: text }),
])
export type PolicyFix = z.infer<typeof policyFixSchema>

const exampleOutcome = {
  after: z.union([json, text]).optional(),
  /** The document that the fix adds in a file of its own. */
  creates: z.union([json, text]).optional(),
  clean: z.literal(true).optional(),
  'needs-value': z.literal(true).optional(),
  advice: z.literal(true).optional(),
  /** The reason code of the refusal, e.g. `removes-data` or `hazard:bidirectional-mount`. */
  refused: text.optional(),
}
export const policyExampleSchema = z
  .strictObject({
    name: text,
    /** A manifest as text, or as an object. */
    before: z.union([json, text]),
    /** Further documents, where a check looks across objects. */
    context: z.array(json).optional(),
    /** Configuration under which the example holds. */
    values: z.record(z.string(), json).optional(),
    params: z.record(z.string(), json).optional(),
    'allow-removal': z.literal(true).optional(),
    /** False where the fix is one that may break the workload. */
    safe: z.boolean().optional(),
    ...exampleOutcome,
  })
  .refine(
    (example) =>
      Object.keys(exampleOutcome).filter(
        (key) => Object.hasOwn(example, key) && Reflect.get(example, key) !== undefined,
      ).length === 1,
    'an example has exactly one of after, creates, clean, needs-value, advice, refused',
  )
export type PolicyExample = z.infer<typeof policyExampleSchema>

export const policyParamSchema = z.strictObject({
  type: z.enum(['string', 'integer', 'boolean', 'strings']),
  default: json,
  text,
})
export type PolicyParam = z.infer<typeof policyParamSchema>

/** A known difference between our verdict and another engine's; parity is measured against these and nothing else. */
export const policyDifferenceSchema = z.strictObject({
  engine: text,
  rule: text,
  /** Which side reports while the other is silent. */
  reports: z.enum(['ours', 'theirs']),
  /** Holds at a place of the resource that the policy looks at; without it the entry explains every such pair. */
  when: cel.optional(),
  because: text,
})
export type PolicyDifference = z.infer<typeof policyDifferenceSchema>

export const policySchema = z.strictObject({
  id,
  /** One line that names what is wrong. */
  title: text,
  since: z.string().regex(/^\d+\.\d+\.\d+$/),
  severity: severitySchema,
  family: z.enum(families),
  /** Judged only where the configuration, `--only` or an engine that runs beside names it. */
  default: off.optional(),
  why: text,
  standards: z
    .strictObject({
      pss: z.enum(['baseline', 'restricted']),
      'cis-1.12': z.array(text),
      nsa: z.array(text),
      'owasp-k8s': z.array(text),
      attack: z.array(text),
      'nist-800-190': z.array(text),
    })
    .partial()
    .optional(),
  /** Rules of other engines with the same predicate. */
  'same-as': z.record(z.string(), z.array(text)).optional(),
  /** Rules of other engines that our fix clears. */
  covers: z.record(z.string(), z.array(text)).optional(),
  /** What other tools call it: an exception that somebody wrote for theirs holds for ours. */
  'known-as': z.partialRecord(z.enum(['polaris', 'kubescape', 'checkov', 'trivy']), z.array(text)).optional(),
  /** Where our verdict and another engine's are known to differ. */
  differs: z.array(policyDifferenceSchema).optional(),
  params: z.record(z.string(), policyParamSchema).optional(),
  /** `group/Kind` (`/Pod` for the core group), `group/*`, or the named set `pod-bearing`. */
  kinds: z.array(text).min(1),
  /** What is judged one by one: `resource`, `pod`, `container`, or each item of a list, as in `pod:/volumes/*`. */
  'for-each': z.union([
    z.enum(['resource', 'pod', 'container']),
    z.string().regex(/^(object|template|pod|container):(\/([^~/]|~[01])*)+$/, 'a rooted pointer with one *'),
  ]),
  /** The field may stand at the pod or at the container; `effective` is what counts, the planner places the fix. */
  level: z.enum(['pod-or-container', 'container', 'pod', 'resource']).optional(),
  /**
   * `written`: the object as the API reads it; `defaulted`: with its defaults; `sent`: as it stands in the file, with
   * each null and each value of a wrong type, in the namespace `default` where it names none.
   */
  judges: z.enum(['written', 'defaulted', 'sent']).default('written'),
  /**
   * What a verdict depends on beyond the object itself: with `repository` the policy is judged once all files are read,
   * by a `check` that looks across their objects.
   */
  'looks-at': z.literal('repository').optional(),
  /** True = finding. */
  when: cel.optional(),
  /** A pure function in src/policies/checks, where one expression cannot say it. */
  check: id.optional(),
  at: rootedPointer,
  /** What is found, in CEL giving a string; the title where absent. */
  message: cel.optional(),
  fix: z.union([z.literal('none'), z.array(policyFixSchema).min(1)]),
  /** What to do by hand; needed with `fix: none`. */
  advice: text.optional(),
  /** Post-condition on the patched object, stronger than "the finding is gone". */
  ensures: cel.optional(),
  /** Chance (0 to 1) that the fix breaks the workload; the first of `moves` that holds replaces the prior. */
  breakage: z.strictObject({
    prior: z.number().min(0).max(1),
    because: text,
    moves: z.array(z.strictObject({ when: cel, to: z.number().min(0).max(1), because: text })).optional(),
  }),
  /**
   * Conditions under which the fix is refused; `met` says what has been met, in CEL giving a string. Of a policy that looks
   * at the repository the code of the fix knows both.
   */
  hazards: z
    .array(z.strictObject({ name: id, when: cel.optional(), met: cel.optional(), because: text }))
    .optional(),
  examples: z.array(policyExampleSchema).min(3),
})
export type Policy = z.infer<typeof policySchema>

/** Above this chance of breaking the workload a fix is shown, but written only on request (product.md). */
export const unsafeAbove = 0.2

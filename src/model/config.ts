import { z } from 'zod'
import { startOfDay } from './day.ts'
import { orders } from './decision.ts'
import { severitySchema } from './policy.ts'
import type { JsonValue } from './json.ts'

/** `.k8s-autofix.yaml`, as written. Unknown keys are errors. Published as schemas/config.schema.json. */

const json: z.ZodType<JsonValue> = z.json()
/** The text form follows apimachinery/pkg/api/resource: digits, then a binary, decimal or exponent suffix. */
const quantity = z
  .union([
    z
      .string()
      .regex(
        /^\+?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/,
        'must be a Kubernetes quantity such as 100m or 128Mi',
      ),
    z.number().min(0),
  ])
  .describe('a Kubernetes quantity such as 100m or 128Mi')
const amounts = z.strictObject({ cpu: quantity, memory: quantity }).partial()
const glob = z
  .string()
  .min(1)
  .describe(
    'a glob, matched against the path from the folder of the configuration; one that names a folder stands for all below it',
  )

const resources = z
  .strictObject({
    defaults: z
      .strictObject({ requests: amounts, limits: amounts })
      .partial()
      .describe('amounts for containers that have none; they win over what the repository says'),
  })
  .partial()
/** Tags follow the OCI distribution spec; `latest` fixes nothing. */
const pin = z
  .string()
  .regex(
    /^(?:(?!latest(?:@|$))[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(?:@sha256:[0-9a-f]{64})?|sha256:[0-9a-f]{64})$/,
    'must be a tag other than latest, a digest (sha256:...), or a tag@digest, as text ("1.27" in quotes)',
  )
const images = z
  .strictObject({
    pins: z
      .record(z.string().min(1), pin)
      .describe('the version of an image (a tag or a digest), by its name without either'),
  })
  .partial()
const perPolicy = {
  params: z.record(z.string(), z.record(z.string(), json)).describe('parameters by policy'),
  severity: z.record(z.string(), severitySchema).describe('severity by policy'),
  'allow-removal': z.array(z.string()).describe('policies whose fixes may remove data'),
  resources,
  images,
}

const pattern = (what: string): z.ZodString =>
  z.string().min(1).describe(`${what}; \`*\` and \`?\` stand for anything`)

/** What nobody wants to hear of, where, why and until when. All that `match` names has to fit. */
export const configExceptionSchema = z.strictObject({
  policy: z
    .string()
    .min(1)
    .describe(
      'a policy, a rule of another engine (`kube-linter/<rule>`, `kyverno/<policy>`), or `*` for all of them',
    ),
  match: z
    .strictObject({
      paths: z.array(glob).min(1),
      kind: z.string().min(1).describe('`Deployment`, or with its group: `apps/Deployment`, `/Pod`'),
      namespace: pattern('as the object names it'),
      name: pattern('of the object'),
      container: z.string().min(1).describe('findings of this container alone'),
    })
    .partial()
    .optional(),
  reason: z.string().trim().min(1).describe('why it is accepted; reports repeat it'),
  until: z
    .string()
    .refine((day) => startOfDay(day) !== undefined, 'must be a day such as 2027-01-31')
    .describe('the last day on which it holds (UTC), such as 2027-01-31')
    .optional(),
})
export type ConfigException = z.infer<typeof configExceptionSchema>

export const overrideSchema = z
  .strictObject({
    paths: z.array(glob).min(1),
    ...perPolicy,
    exceptions: z.array(configExceptionSchema).describe('findings that are accepted below these paths'),
  })
  .partial()
  .required({ paths: true })

export const configFileSchema = z
  .strictObject({
    ...perPolicy,
    policies: z
      .array(z.string().min(1))
      .describe(
        'files, folders and globs with policies of your own, or of Kyverno, from the folder of the configuration',
      ),
    paths: z.array(glob).describe('read these alone'),
    'ignore-paths': z.array(glob).describe('do not read these'),
    overrides: z
      .array(overrideSchema)
      .describe('other settings for parts of the repository; the last that matches wins'),
    exceptions: z.array(configExceptionSchema).describe('findings that are accepted'),
    schedule: z
      .strictObject({
        order: z
          .enum(orders)
          .describe('who chooses what is suggested: learned (default), risk, fifo or prototype'),
        'never-inline': z
          .array(glob)
          .describe('files whose fixes are never suggested in a review, such as generated ones'),
        'most-open': z
          .int()
          .min(1)
          .max(100)
          .describe(
            'pull requests of ours that may be open, or fixes of the queue that are taken (default: 10)',
          ),
        'most-hourly': z
          .int()
          .min(1)
          .max(100)
          .describe(
            'pull requests of ours that may be opened, or fixes of the queue taken, in an hour (default: 5)',
          ),
      })
      .partial()
      .describe('what is worth attention, and how much of it'),
    kyverno: z
      .strictObject({
        'allow-calls': z
          .array(z.string())
          .describe('Kyverno policies that may ask servers and registries for what they judge by'),
        'allow-changes': z
          .array(z.string())
          .describe(
            'Kyverno policies whose mutations may touch images, commands, environment, volumes and service accounts',
          ),
      })
      .partial()
      .describe('what policies of Kyverno are allowed'),
  })
  .partial()
export type ConfigFile = z.infer<typeof configFileSchema>
export type ConfigOverride = z.infer<typeof overrideSchema>
export type ResourceDefaults = NonNullable<z.infer<typeof resources>['defaults']>

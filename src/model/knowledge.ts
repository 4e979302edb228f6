import { z } from 'zod'

/** What is known beside the policies (knowledge/). Each fact has the place where it can be read. */

const source = z.url({ protocol: /^https$/ })
/** One to three numbers. */
const version = z.string().regex(/^\d+(\.\d+){0,2}$/, 'must be a version such as 1.27, as text')

/** Of a public image (knowledge/images.yaml). */
export const imageKnowledgeSchema = z.strictObject({
  /** Names without tag, one for each registry; Docker Hub's in its short form. */
  names: z.array(z.string().regex(/^[a-z0-9][a-z0-9./_-]*$/)).min(1),
  /** The first and the last version that the sources were read for; later ones are unknown. */
  from: version,
  through: version,
  /** Words behind the version of a tag (`alpine` for 1.27-alpine and 1.27-alpine3.20) under which the same holds. */
  variants: z.array(z.string().regex(/^[a-z]+(-[a-z]+)*$/)).optional(),
  /** The user that the image starts as. `name` where the image names it, so that the kubelet cannot check the id. */
  user: z.strictObject({ id: z.int().min(0), name: z.string().optional(), source }).optional(),
  /** Capabilities that its program carries: it does not start where they are dropped. */
  capabilities: z.strictObject({ names: z.array(z.string().regex(/^[A-Z_]+$/)).min(1), source }).optional(),
  /** All that the image writes to, as it is made: its own command without arguments. */
  writable: z.strictObject({ paths: z.array(z.string().regex(/^(\/[\w.-]+)+$/)), source }).optional(),
})
export type ImageKnowledge = z.infer<typeof imageKnowledgeSchema>

/** How much a control helps against a vulnerability that is exploited. */
export const strengths = ['blocks', 'blocks-usual-path', 'blocks-in-container-root', 'none'] as const
export type Strength = (typeof strengths)[number]

/** Of a vulnerability that is exploited (knowledge/exploited.yaml). */
export const exploitedSchema = z.strictObject({
  cve: z.string().regex(/^CVE-\d{4}-\d{4,}$/),
  /** What is wrong; it ends a sentence. */
  what: z.string(),
  /** Since when it is in KEV. */
  listed: z.iso.date().optional(),
  /** Whether KEV knows that ransomware uses it. */
  ransomware: z.literal(true).optional(),
  /** The policies whose finding leaves it open, and whose fix closes it as much as `strength` says. */
  policies: z.array(z.string()).min(1),
  strength: z.enum(strengths),
  /** How it is stopped, or why it is not. */
  because: z.string(),
  sources: z.array(source).min(1),
})
export type Exploited = z.infer<typeof exploitedSchema>

export const exploitedFileSchema = z.strictObject({
  /** The day of the KEV file in which all of them were looked up. */
  checked: z.iso.date(),
  entries: z.array(exploitedSchema),
})
export type ExploitedFile = z.infer<typeof exploitedFileSchema>

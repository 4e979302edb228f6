import { z } from 'zod'

/** What is known of public images (knowledge/images.yaml). Each fact has the place where it can be read. */

const source = z.url({ protocol: /^https$/ })
/** One to three numbers. */
const version = z.string().regex(/^\d+(\.\d+){0,2}$/, 'must be a version such as 1.27, as text')

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

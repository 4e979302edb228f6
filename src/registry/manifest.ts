import { createHash } from 'node:crypto'
import { z } from 'zod'

/** What a tag may stand for: an index of images for several platforms, or the manifest of one. */
export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const

/** No registry has to take a larger one (OCI distribution specification). */
export const mostManifestBytes = 4 * 1024 * 1024

const manifestSchema = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  manifests: z.array(z.unknown()).optional(),
  config: z.unknown().optional(),
})

/** The digest of a manifest, worked out from its bytes. What the registry says of it has to agree. */
export function digestOf(
  body: Uint8Array,
  { contentType, digest }: { contentType: string | undefined; digest: string | undefined },
): { digest: string } | { problem: string } {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase()
  if (!manifestTypes.some((known) => known === type))
    return { problem: 'answers with something that is no image' }
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return { problem: 'answers with a manifest that is no JSON' }
  }
  const parsed = manifestSchema.safeParse(value)
  const isImage =
    parsed.success &&
    (parsed.data.mediaType ?? type) === type &&
    (type?.includes('index') === true || type?.includes('list') === true
      ? (parsed.data.manifests?.length ?? 0) > 0
      : parsed.data.config !== undefined)
  if (!isImage) return { problem: 'answers with something that is no image' }
  const found = `sha256:${createHash('sha256').update(body).digest('hex')}`
  if (digest !== undefined && digest !== found)
    return { problem: 'names another digest than that of the manifest it sends' }
  return { digest: found }
}

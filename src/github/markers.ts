import { createHash } from 'node:crypto'
import { z } from 'zod'

/*
 * Hidden marks in our own comments and pull requests, by which a later run finds them again. They are in places where
 * anybody can write, so they are never believed alone: the author has to be us, and what they name has to be found again.
 */

/** Writes and reads marks of one kind. */
export interface MarkerKind<Marker> {
  /** One line that Markdown does not show. */
  write(marker: Marker): string
  /** The mark that a text ends with; undefined where it has none, or none that can be read. */
  read(text: string): Marker | undefined
  /** The text without its mark. */
  without(text: string): string
}

const fingerprint = z.string().regex(/^[0-9a-f]{64}$/)
const commit = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)

export const suggestionMarker = markerKind(
  'suggestion',
  z.object({
    fingerprints: z.array(fingerprint).min(1).max(200),
    path: z.string(),
    commit,
    /** sha256 of what is suggested. */
    edit: fingerprint,
  }),
)

/** In the one comment that sums a pull request up: the head that it is about. */
export const summaryMarker = markerKind('summary', z.object({ commit }))

/** In a pull request of ours. */
export const fixMarker = markerKind(
  'fix-pr',
  z.object({
    base: commit,
    /** sha256 of all that the pull request changes. */
    content: fingerprint,
  }),
)

function markerKind<Schema extends z.ZodType>(name: string, schema: Schema): MarkerKind<z.output<Schema>> {
  const pattern = new RegExp(`<!-- k8s-autofix:${name}:v1:([A-Za-z0-9_-]{1,60000}) -->$`)
  return {
    write: (marker) =>
      `<!-- k8s-autofix:${name}:v1:${Buffer.from(JSON.stringify(marker)).toString('base64url')} -->`,
    without: (text) => text.trimEnd().replace(pattern, '').trimEnd(),
    read(text) {
      const [, encoded] = pattern.exec(text.trimEnd()) ?? []
      if (encoded === undefined) return undefined
      try {
        return schema.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')))
      } catch {
        return undefined
      }
    },
  }
}

/** sha256, hex, of anything that JSON can say. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { contextSchema } from '../model/index.ts'
import type { RepositoryName } from './forge.ts'
import { fullName } from './names.ts'

/*
 * Hidden marks in our own comments and pull requests, by which a later run finds them again. They are in places where
 * anybody can write, so they are never believed alone: the author has to be us, and what they name has to be found again.
 */

/** Writes and reads marks of one kind. */
export interface MarkerKind<Marker> {
  /** One line that Markdown does not show. */
  write(marker: Marker, seal?: Seal): string
  /** The mark that a text ends with; undefined where it has none, or none that can be read. */
  read(text: string): Marker | undefined
  /** The same, where it may be learned from: where marks are sealed, of what holds the seal alone. */
  readBelieved(text: string, seal: Seal | undefined): Marker | undefined
  /** The text without its mark. */
  without(text: string): string
}

/** What proves that a mark was written by a run of ours, and for this place: others may write under the same name. */
export interface Seal {
  /** A secret of the repository. */
  key: string
  /** Repository and change request: a mark that is copied elsewhere is none. */
  place: string
}

export function sealFor(
  key: string | undefined,
  repository: RepositoryName,
  change: number,
): Seal | undefined {
  return key === undefined ? undefined : { key, place: `${fullName(repository)}#${change}`.toLowerCase() }
}

/** What was decided when something was offered: what its outcome is learned under. */
const decided = z.object({
  context: contextSchema,
  risk: z.int().min(0).max(100),
  /** Chance of the place that it got. */
  propensity: z.number().min(0).max(1),
})

/** The same, with a line that says why, so that a comment goes on saying what it said. */
const explained = decided.extend({ because: z.string().max(300).optional() })
export type MarkedDecision = z.infer<typeof explained>

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
    decision: explained.optional(),
  }),
)

/** What could have been suggested, by its `suggestionId`, whether or not it was. */
const candidate = decided.extend({ id: z.string().regex(/^[\w-]{11}$/) })
export type MarkedCandidate = z.infer<typeof candidate>
export const mostCandidates = 200

/** In the one comment that sums a pull request up: the head that it is about. */
export const summaryMarker = markerKind(
  'summary',
  z.object({
    commit,
    decisions: z.array(candidate).max(mostCandidates).optional(),
  }),
)

/** A pull request may fix more findings than its mark names. */
export const mostFixed = 200

/** In a pull request of ours. */
export const fixMarker = markerKind(
  'fix-pr',
  z.object({
    base: commit,
    /** sha256 of all that the pull request changes. */
    content: fingerprint,
    /** The findings that it fixes. */
    decisions: z
      .array(decided.extend({ fingerprint, path: z.string() }))
      .max(mostFixed)
      .optional(),
  }),
)

function markerKind<Schema extends z.ZodType>(name: string, schema: Schema): MarkerKind<z.output<Schema>> {
  const pattern = new RegExp(
    `<!-- k8s-autofix:${name}:v1:(?<data>[A-Za-z0-9_-]{1,60000})(?:\\.(?<seal>[A-Za-z0-9_-]{22}))? -->$`,
  )
  const sealed = (data: string, { key, place }: Seal): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([name, place, data]))
      .digest('base64url')
      .slice(0, 22)
  const parse = (data: string): z.output<Schema> | undefined => {
    try {
      return schema.parse(JSON.parse(Buffer.from(data, 'base64url').toString('utf8')))
    } catch {
      return undefined
    }
  }
  return {
    write(marker, seal) {
      // In the order of the schema: what is read and written again is the same text.
      const data = Buffer.from(JSON.stringify(schema.parse(marker))).toString('base64url')
      return `<!-- k8s-autofix:${name}:v1:${data}${seal === undefined ? '' : `.${sealed(data, seal)}`} -->`
    },
    without: (text) => text.trimEnd().replace(pattern, '').trimEnd(),
    read(text) {
      const { data } = pattern.exec(text.trimEnd())?.groups ?? {}
      return data === undefined ? undefined : parse(data)
    },
    readBelieved(text, seal) {
      const { data, seal: given } = pattern.exec(text.trimEnd())?.groups ?? {}
      if (data === undefined) return undefined
      if (seal === undefined) return parse(data)
      if (given === undefined) return undefined
      // Both have 22 characters.
      return timingSafeEqual(Buffer.from(given), Buffer.from(sealed(data, seal))) ? parse(data) : undefined
    },
  }
}

/** sha256, hex, of anything that JSON can say. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}

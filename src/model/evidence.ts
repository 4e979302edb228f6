import { z } from 'zod'

/**
 * Values that neither an object nor the configuration says, and that stand somewhere else all the same. Plain data: it
 * goes to the thread that analyses the file.
 */

/** Who says a value: a policy may judge them differently. */
export type Origin =
  /** Other objects of the repository. */
  | 'repository'
  /** The same container of the same object, in another file. */
  | 'overlay'
  /** What the API server would fill in. */
  | 'limit-range'
  /** The registry that holds the image. */
  | 'registry'

export interface Found {
  value: string | number
  origin: Origin
  /** Who says so, and where, for people: `deploy/web.yaml:12`. */
  source: string
}

export const amountKinds = ['requests', 'limits'] as const
export const amountNames = ['cpu', 'memory'] as const
export type AmountKind = (typeof amountKinds)[number]
export type AmountName = (typeof amountNames)[number]

/** What is known of one container. */
export interface ContainerEvidence {
  /** Kind, namespace and name of its object, which no fix changes, and its own. */
  kind: string
  namespace: string
  object: string
  container: string
  amounts: Readonly<Partial<Record<AmountKind, Readonly<Partial<Record<AmountName, readonly Found[]>>>>>>
}

/** What is known for one file. Where there are several answers to a question, none of them is used. */
export interface Evidence {
  /** Versions (a tag, a digest, or `tag@digest`) by the name of an image as it is written, without any of these. */
  images: Readonly<Record<string, readonly Found[]>>
  containers: readonly ContainerEvidence[]
  /** What registries were asked, by the image as it is written. */
  digests?: Readonly<Record<string, ImageDigest>>
  /** Of the service accounts of objects, where that was asked. */
  accounts?: readonly AccountEvidence[]
}

/** What the repository says of the service account that the pods of an object run as. */
export interface AccountEvidence {
  /** Kind, namespace and name of the object. */
  kind: string
  namespace: string
  object: string
  /** Where a role is bound to it, for people: `deploy/rbac.yaml:12`. */
  bound?: string
  /** Whether the repository makes the account. */
  made: boolean
  /** Whether it gives its pods a token where they do not say. */
  token: boolean
}

/** The digest that a tag stands for, or why nobody knows it. */
export type ImageDigest = { found: Found } | { problem: string }

/** A value in a fix, and who says it. */
export const sourcedValueSchema = z.object({ value: z.union([z.string(), z.number()]), source: z.string() })
export type SourcedValue = z.infer<typeof sourcedValueSchema>

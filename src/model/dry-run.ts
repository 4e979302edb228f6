import type { JsonObject } from './json.ts'

/** One complaint of the API server about one field, from `Status.details.causes`. */
export interface ApiCause {
  /** The server's field path, e.g. `spec.template.spec.containers[0].name`; empty where it names none. */
  field: string
  reason: string
  message: string
}

/**
 * Why the API server did not take an object. Each is the manifest's (or the cluster's) own state, never trouble on the
 * way: trouble is `unanswered`.
 */
export const rejections = [
  /** 400: cannot be decoded: unknown field, wrong type, bad base64, duplicate key. */
  'malformed',
  /** 422: decoded, and not valid. */
  'invalid',
  /** 403 by an admission plug-in: Pod Security, a missing service account or priority class, a quota. */
  'forbidden',
  /** By an admission policy or webhook of the cluster or the repository, with whatever code its author chose. */
  'denied',
  /** 409: exists already. */
  'conflict',
  /** The server does not serve this API version and kind. */
  'unknown-kind',
  /** The namespace does not exist. */
  'missing-namespace',
  /** 422 on update: the field cannot be changed on a live object. */
  'immutable',
] as const
export type Rejection = (typeof rejections)[number]

/** Trouble between us and a verdict: never counted as a bad fix, and never as a good one. */
export const faults = [
  'unreachable',
  'timeout',
  'throttled',
  'server-error',
  'certificate',
  'unauthenticated',
  'no-permission',
  'webhook-without-dry-run',
  'bad-answer',
] as const
export type Fault = (typeof faults)[number]

/** What the API server said to one dry-run. */
export type DryRun =
  | {
      outcome: 'accepted'
      /** The object as the server would store it: decoded, defaulted, mutated by admission. */
      object: JsonObject
      warnings: string[]
    }
  | Refused
  | Unanswered

/** The same without the object, for those who only need to know whether it is taken. */
export type Answer = { outcome: 'accepted'; warnings: string[] } | Refused | Unanswered

/** Everything but a yes. */
export type NotTaken = Refused | Unanswered

interface Refused {
  outcome: 'rejected'
  rejection: Rejection
  /** HTTP status. */
  code: number
  message: string
  causes: ApiCause[]
  warnings: string[]
}

interface Unanswered {
  outcome: 'unanswered'
  fault: Fault
  message: string
}

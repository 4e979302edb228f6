import { z } from 'zod'
import {
  isObject,
  type ApiCause,
  type DryRun,
  type NotTaken,
  type JsonObject,
  type JsonValue,
  type Rejection,
} from '../model/index.ts'
import type { ApiResponse } from './connection.ts'
import { RequestFault } from './fault.ts'

/** The API server's own form of an error (meta/v1 Status), as far as we read it. */
const statusSchema = z.object({
  kind: z.literal('Status'),
  message: z.string().default(''),
  reason: z.string().default(''),
  details: z
    .object({
      kind: z.string().default(''),
      causes: z
        .array(
          z.object({
            field: z.string().default(''),
            reason: z.string().default(''),
            message: z.string().default(''),
          }),
        )
        .nullish(),
    })
    .nullish(),
})
type Status = z.infer<typeof statusSchema>

/** What was asked for, so that an answer about something else is not taken for one about it. */
export interface Asked {
  apiVersion: string
  kind: string
}

/**
 * What one answer to a dry-run means, for a kind that the server serves. `update` for an answer to a change of an object
 * that is there.
 */
export function verdictOf(response: ApiResponse, server: string, update = false, asked?: Asked): DryRun {
  const { status: code, warnings } = response
  if (code === 200 || code === 201) {
    const object = readJson(response.body)
    if (!isObject(object) || object['kind'] === 'Status')
      return unanswered(
        new RequestFault('bad-answer', `${server} accepted a dry-run without showing the object`),
      )
    // The path names the version, and a server answers in no other unless it is asked to.
    if (asked !== undefined && !(object['kind'] === asked.kind && object['apiVersion'] === asked.apiVersion))
      return unanswered(
        new RequestFault(
          'bad-answer',
          `${server} was asked about ${asked.apiVersion} ${asked.kind} and showed ${shown(object['apiVersion'])} ${shown(object['kind'])}`,
        ),
      )
    return { outcome: 'accepted', object, warnings }
  }
  const status = statusOf(response)
  const words = wordsOf(code, status, response.body)
  return rejectedBy({ code, status, words, warnings, update }) ?? unanswered(refusal(response, server))
}

/** A refusal in our words; undefined where the answer is trouble and says nothing about the object. */
function rejectedBy(answer: {
  code: number
  status: Status | undefined
  words: string
  warnings: string[]
  update: boolean
}): NotTaken | undefined {
  const { code, status, words, warnings, update } = answer
  const rejection = rejectionOf(code, status, update)
  if (rejection === undefined) return undefined
  const causes: ApiCause[] = (status?.details?.causes ?? []).map(({ field, reason, message }) => ({
    field,
    reason,
    message,
  }))
  return { outcome: 'rejected', rejection, code, message: words, causes, warnings }
}

/** A refusal that comes as a meta/v1 Status without HTTP; undefined where it says nothing about the object. */
export function rejectionIn(
  code: number,
  value: unknown,
  warnings: string[],
  update: boolean,
): NotTaken | undefined {
  const status = statusSchema.safeParse(value).data
  return rejectedBy({ code, status, words: wordsOf(code, status, ''), warnings, update })
}

export function unanswered({ fault, message }: RequestFault): NotTaken {
  return { outcome: 'unanswered', fault, message }
}

/** An answer that is neither yes nor no, as what it is. */
export function refusal({ status: code, body }: ApiResponse, server: string): RequestFault {
  const status = readStatus(body)
  const words = wordsOf(code, status, body)
  if (code === 401)
    return new RequestFault(
      'unauthenticated',
      `${server} does not know who we are (401): the token or client certificate is missing, wrong or expired; log in again`,
    )
  if (code === 403)
    return new RequestFault(
      'no-permission',
      `${server} does not allow it (403): ${words}; dry-runs need the rights of the real request (create, for updates patch)`,
    )
  if (code === 429)
    return new RequestFault('throttled', `${server} is too busy (429), also after waiting; try again later`)
  if (doesNotSupportDryRun(status))
    return new RequestFault(
      'webhook-without-dry-run',
      `${words}; give the webhook sideEffects None or NoneOnDryRun, or use another cluster`,
    )
  if (code === 504 || status?.reason === 'Timeout')
    return new RequestFault('timeout', `${server} gave up waiting for a part of itself (${code}): ${words}`)
  if (code >= 500) return new RequestFault('server-error', `${server} failed (${code}): ${words}`)
  // A write of the server's own was overtaken, e.g. that of a quota: `Operation cannot be fulfilled on …`.
  if (code === 409 && status !== undefined)
    return new RequestFault('server-error', `${server} got in its own way (409): ${words}`, true)
  const because = status === undefined ? 'is no answer of an API server' : 'says nothing about the object'
  return new RequestFault('bad-answer', `${server} answered ${code}, which ${because}: ${words}`)
}

/** True where the server failed in a way that the same request may well not meet again. */
export function isOvertaken(response: ApiResponse): boolean {
  if (response.status !== 409) return false
  const status = statusOf(response)
  return status !== undefined && status.reason !== 'AlreadyExists' && !isDenial(status.message)
}

function shown(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '(nothing)'
}

export function readJson(body: string): JsonValue | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return isJson(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** A guard by hand: zod would take longer than the server. */
function isJson(value: unknown): value is JsonValue {
  if (Array.isArray(value)) return value.every(isJson)
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isJson)
  return (
    value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  )
}

/** What the server made of an object, or why not. Throws a `RequestFault` for trouble on the way. */
export function madeOf(
  response: ApiResponse,
  server: string,
  asked?: Asked,
): { object: JsonObject } | { message: string; code: number } {
  const verdict = verdictOf(response, server, false, asked)
  if (verdict.outcome === 'accepted') return { object: verdict.object }
  if (verdict.outcome === 'rejected') return { message: verdict.message, code: verdict.code }
  throw new RequestFault(verdict.fault, verdict.message)
}

function readStatus(body: string): Status | undefined {
  return statusSchema.safeParse(readJson(body)).data
}

function statusOf({ body }: ApiResponse): Status | undefined {
  return readStatus(body)
}

/** Which rejection it is; undefined where the answer is trouble and says nothing about the object. */
function rejectionOf(code: number, status: Status | undefined, update: boolean): Rejection | undefined {
  const message = status?.message ?? ''
  // These come with whatever code their author chose, so the words count first.
  if (doesNotSupportDryRun(status)) return undefined
  if (isDenial(message)) return 'denied'
  if (status === undefined) return undefined
  if (code === 404) {
    // The kind is served, so a 404 that does not say what is missing comes from elsewhere, e.g. a proxy.
    const missing = status.details?.kind ?? ''
    if (missing === '') return undefined
    return missing === 'namespaces' ? 'missing-namespace' : 'unknown-kind'
  }
  if (code === 403) return isAboutRights(message) ? undefined : 'forbidden'
  if (code === 422) return update && isImmutable(status) ? 'immutable' : 'invalid'
  // Any other reason, e.g. Conflict, is the server's own trouble.
  if (code === 409) return status.reason === 'AlreadyExists' ? 'conflict' : undefined
  if (code === 400 || code === 413) return 'malformed'
  if (code === 405) return 'unknown-kind'
  return undefined
}

/** apiserver/pkg/admission/plugin/webhook/errors: ToStatusErr and NewDryRunUnsupportedErr; plugin/policy/validating. */
function isDenial(message: string): boolean {
  return (
    /admission webhook ".*" denied the request/s.test(message) ||
    /ValidatingAdmissionPolicy '.*' with binding '.*' denied request/s.test(message)
  )
}

function doesNotSupportDryRun(status: Status | undefined): boolean {
  return /admission webhook ".*" does not support dry run/s.test(status?.message ?? '')
}

/** The authorizer's words, and those of RBAC's guard against handing on rights that one does not hold. */
function isAboutRights(message: string): boolean {
  return (
    /is forbidden: User ".*" cannot \S+ (?:resource|path)/s.test(message) ||
    message.includes('is attempting to grant RBAC permissions not currently held')
  )
}

/** The words for fields that stay as they are, over all built-in kinds; there is no reason code for it. */
const staysAsItIs =
  /\bimmutable\b|may not be changed|may not change|cannot change roleRef|can ?not be changed|updates to .+ (?:are )?forbidden|pod updates may not/i

function isImmutable(status: Status): boolean {
  const causes = status.details?.causes ?? []
  return (causes.length > 0 ? causes.map((cause) => cause.message) : [status.message]).some((message) =>
    staysAsItIs.test(message),
  )
}

/**
 * True where all that is wrong is that a fixed port of the nodes or a fixed address is in use. A server allocates them
 * before it looks at the name, so another name does not help.
 */
export function isTaken(verdict: DryRun): boolean {
  return (
    verdict.outcome === 'rejected' &&
    verdict.code === 422 &&
    verdict.causes.length > 0 &&
    verdict.causes.every(({ message }) => /provided (?:port|IP) is already allocated/.test(message))
  )
}

/** On a cluster that others use, it is most likely the deployed object itself that has the port or the address. */
export function withTakenAsConflict(verdict: DryRun): DryRun {
  return verdict.outcome === 'rejected' && isTaken(verdict) ? { ...verdict, rejection: 'conflict' } : verdict
}

function wordsOf(code: number, status: Status | undefined, body: string): string {
  const words = status?.message ?? body.replaceAll(/\s+/g, ' ').trim()
  if (words === '') return `status ${code} without a word`
  return words.length > 4000 ? `${words.slice(0, 4000)}…` : words
}

import { z } from 'zod'
import {
  isObject,
  type ApiCause,
  type DryRun,
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

/** What one answer to a dry-run means. `update` for an answer to a change of an object that is there. */
export function verdictOf(response: ApiResponse, server: string, update = false): DryRun {
  const { status: code, warnings } = response
  if (code === 200 || code === 201) {
    const object = readJson(response.body)
    if (isObject(object) && object['kind'] !== 'Status') return { outcome: 'accepted', object, warnings }
    return unanswered(
      new RequestFault('bad-answer', `${server} accepted a dry-run without showing the object`),
    )
  }
  const status = statusOf(response)
  const rejection = rejectionOf(code, status, update)
  if (rejection === undefined) return unanswered(refusal(response, server))
  const causes: ApiCause[] = (status?.details?.causes ?? []).map(({ field, reason, message }) => ({
    field,
    reason,
    message,
  }))
  const message = wordsOf(code, status, response.body)
  return { outcome: 'rejected', rejection, code, message, causes, warnings }
}

export function unanswered({ fault, message }: RequestFault): DryRun {
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
  return new RequestFault(
    'bad-answer',
    `${server} answered ${code}, which is no answer of an API server: ${words}`,
  )
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
): { object: JsonObject } | { message: string; code: number } {
  const verdict = verdictOf(response, server)
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
  if (code === 404) {
    // A server that does not serve the kind answers with a plain text or a Status without details.
    return status?.details?.kind === 'namespaces' ? 'missing-namespace' : 'unknown-kind'
  }
  if (status === undefined) return undefined
  if (code === 403) return isAboutRights(message) ? undefined : 'forbidden'
  if (code === 422) return update && isImmutable(status) ? 'immutable' : 'invalid'
  if (code === 409) return 'conflict'
  if (code === 400 || code === 413 || code === 415) return 'malformed'
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

function wordsOf(code: number, status: Status | undefined, body: string): string {
  const words = status?.message ?? body.replaceAll(/\s+/g, ' ').trim()
  if (words === '') return `status ${code} without a word`
  return words.length > 4000 ? `${words.slice(0, 4000)}…` : words
}

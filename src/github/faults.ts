import { InfrastructureError } from '../model/index.ts'

/** What GitHub said no to, or why it did not answer. */
export type ForgeFault =
  | 'unauthorised'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'unprocessable'
  | 'rate-limited'
  | 'unavailable'
  | 'unexpected'

export class ForgeError extends InfrastructureError {
  readonly kind: ForgeFault

  constructor(kind: ForgeFault, message: string, hint?: string) {
    super(message, hint)
    this.kind = kind
  }
}

/** What an answer says, as far as faults need it. */
export interface Refusal {
  status: number
  message: string
  headers: Readonly<Record<string, unknown>>
}

/** One sentence for a refusal, and what to do about it. `what` names the request; `permission` is what it takes. */
export function faultOf({ status, message, headers }: Refusal, what: string, permission: string): ForgeError {
  const said = tidy(message)
  switch (status) {
    case 401:
      return new ForgeError('unauthorised', `GitHub does not know the token (${what})`, 'pass github-token')
    case 403:
    case 429:
      if (isRateLimited({ status, message, headers }))
        return new ForgeError(
          'rate-limited',
          `GitHub takes no more requests for now (${what})`,
          'run the workflow again later',
        )
      return new ForgeError(
        'forbidden',
        `the token may not do this: ${what} (${said})`,
        `add ${accepted(headers) ?? permission} to the permissions of the job`,
      )
    case 404:
      // GitHub answers so where a token may not even know that something is there.
      return new ForgeError(
        'not-found',
        `GitHub does not find it: ${what}`,
        `if it is there, the job needs the permission ${permission}`,
      )
    case 409:
      return new ForgeError('conflict', `something else was faster: ${what} (${said})`)
    case 422:
      return new ForgeError('unprocessable', `GitHub does not take it: ${what} (${said})`)
    default:
      return status >= 500
        ? new ForgeError(
            'unavailable',
            `GitHub fails with ${status}: ${what}`,
            'run the workflow again later',
          )
        : new ForgeError('unexpected', `GitHub answers ${status}: ${what} (${said})`)
  }
}

/** Whether a refusal only asks for patience. */
export function isRateLimited({ status, message, headers }: Refusal): boolean {
  if (status !== 403 && status !== 429) return false
  return (
    status === 429 ||
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    /secondary rate limit/i.test(message)
  )
}

/** Milliseconds until the next try makes sense. */
export function patienceOf({ headers }: Refusal, now: number): number {
  const after = Number(headers['retry-after'])
  if (Number.isFinite(after) && after >= 0) return after * 1000
  const reset = Number(headers['x-ratelimit-reset'])
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset))
    return Math.max(0, reset * 1000 - now) + 1000
  return 60_000
}

/** `pull_requests=write` as a workflow writes it. */
function accepted(headers: Readonly<Record<string, unknown>>): string | undefined {
  const value = headers['x-accepted-github-permissions']
  if (typeof value !== 'string') return undefined
  const [first = ''] = value.split(';')
  return /^[a-z_]+=[a-z]+(?:,[a-z_]+=[a-z]+)*$/.test(first)
    ? first.replaceAll('_', '-').replaceAll('=', ': ').replaceAll(',', ' and ')
    : undefined
}

/** GitHub's own words, short and on one line; they may repeat what was sent. */
function tidy(message: string): string {
  const line = message.replaceAll(/\s+/g, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}

/** For people: what could not be done, why, and what to do. */
export function sentenceOf(error: ForgeError, what: string): string {
  return `${what}: ${error.message}${error.hint === undefined ? '' : `; ${error.hint}`}`
}

import { Octokit } from '@octokit/rest'
import { z } from 'zod'
import { messageOf } from '../model/index.ts'
import { faultOf, ForgeError, isRateLimited, patienceOf, type Refusal } from './faults.ts'
import type { RepositoryName } from './forge.ts'

export interface ForgeOptions {
  token: string
  /** `https://api.github.com`, or `https://host/api/v3`. */
  apiUrl: string
  /** `https://api.github.com/graphql`, or `https://host/api/graphql`. */
  graphqlUrl: string
  repository: RepositoryName
  /** What knows the proxies of this machine; the one of Node where absent. */
  fetch?: typeof globalThis.fetch | undefined
  version: string
  log: (text: string) => void
  /** Milliseconds since 1970; for limits that end at a time. */
  now: () => number
  wait: (milliseconds: number) => Promise<void>
}

/** A request: what it is called in messages, and the permission that it takes. */
export interface Ask<Schema extends z.ZodType> {
  what: string
  permission: string
  schema: Schema
}

export interface Client {
  repository: RepositoryName
  /** GET, and again where the network or the server fails. */
  read<Schema extends z.ZodType>(
    route: string,
    parameters: Values,
    ask: Ask<Schema>,
  ): Promise<z.output<Schema>>
  /** POST, PATCH, DELETE: once, but where GitHub asks for patience and has done nothing. */
  write<Schema extends z.ZodType>(
    route: string,
    parameters: Values,
    ask: Ask<Schema>,
  ): Promise<z.output<Schema>>
  query<Schema extends z.ZodType>(
    text: string,
    variables: Values,
    ask: Ask<Schema>,
  ): Promise<z.output<Schema>>
  mutate<Schema extends z.ZodType>(
    text: string,
    variables: Values,
    ask: Ask<Schema>,
  ): Promise<z.output<Schema>>
  /** Bytes behind a link that GitHub hands out, which are fetched without the token. */
  download(route: string, parameters: Values, most: number, what: string): Promise<Uint8Array>
}

type Values = Readonly<Record<string, unknown>>

/** Milliseconds for one request. */
const patience = 30_000
/** A limit that lasts longer than this is not waited for. */
const longestWait = 60_000
const mostWaits = 2
/** Reads that fail are tried again after these milliseconds. */
const pauses = [500, 2000]
/** GitHub asks for a second between two writes. */
const betweenWrites = 1000
/** No answer that we ask for comes near. */
const mostBytes = 64 * 1024 * 1024

export function createClient(options: ForgeOptions): Client {
  const { token, apiUrl, graphqlUrl, repository, version, log, now, wait } = options
  const fetch = options.fetch ?? globalThis.fetch
  const octokit = new Octokit({
    auth: token,
    baseUrl: apiUrl,
    userAgent: `k8s-autofix/${version}`,
    request: { fetch: wholeFetch(fetch) },
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  })
  let written = Number.NEGATIVE_INFINITY

  /** One request, and again where that cannot do harm. */
  const send = async (
    request: (signal: AbortSignal) => Promise<unknown>,
    { what, permission }: Pick<Ask<z.ZodType>, 'what' | 'permission'>,
    isWrite: boolean,
  ): Promise<unknown> => {
    for (let failures = 0, waits = 0; ;) {
      if (isWrite) {
        const rest = written + betweenWrites - now()
        if (rest > 0) await wait(rest)
      }
      try {
        return await request(AbortSignal.timeout(patience))
      } catch (error) {
        const refusal = refusalOf(error)
        if (refusal === undefined) {
          if (error instanceof Error && error.cause instanceof TooLarge) throw tooLarge(error.cause, what)
          const pause = pauses[failures++]
          if (isWrite || pause === undefined)
            throw new ForgeError('unavailable', `GitHub gives no answer: ${what} (${reasonOf(error)})`)
          await wait(pause)
          continue
        }
        if (isRateLimited(refusal) && waits < mostWaits) {
          const milliseconds = patienceOf(refusal, now())
          if (milliseconds <= longestWait) {
            waits++
            log(`GitHub asks to wait ${Math.ceil(milliseconds / 1000)} s (${what})`)
            await wait(milliseconds)
            continue
          }
        }
        const pause = pauses[failures++]
        if (refusal.status >= 500 && !isWrite && pause !== undefined) {
          await wait(pause)
          continue
        }
        throw faultOf(refusal, what, permission)
      } finally {
        if (isWrite) written = now()
      }
    }
  }
  const rest = async <Schema extends z.ZodType>(
    route: string,
    parameters: Values,
    ask: Ask<Schema>,
    isWrite: boolean,
  ): Promise<z.output<Schema>> => {
    const data = await send(
      async (signal): Promise<unknown> => {
        const all = { ...repositoryOf(repository), ...parameters, request: { signal } }
        const answer: { data: unknown } = await octokit.request(route, all)
        return answer.data
      },
      ask,
      isWrite,
    )
    return parsed(data, ask)
  }
  const graphql = async <Schema extends z.ZodType>(
    query: string,
    variables: Values,
    ask: Ask<Schema>,
    isWrite: boolean,
  ): Promise<z.output<Schema>> => {
    const data = await send(
      async (signal) => {
        const answer = await octokit.request(`POST ${graphqlUrl}`, { query, variables, request: { signal } })
        const { data: result, errors } = parsed(answer.data, { ...ask, schema: graphqlAnswer })
        const [first] = errors ?? []
        if (first !== undefined) throw new GraphqlRefusal(first, answer.headers)
        return result
      },
      ask,
      isWrite,
    )
    return parsed(data, ask)
  }
  return {
    repository,
    read: async (route, parameters, ask) => rest(route, parameters, ask, false),
    write: async (route, parameters, ask) => rest(route, parameters, ask, true),
    query: async (text, variables, ask) => graphql(text, variables, ask, false),
    mutate: async (text, variables, ask) => graphql(text, variables, ask, true),
    async download(route, parameters, most, what) {
      const answer = await send(
        async (signal) =>
          octokit.request(route, {
            ...repositoryOf(repository),
            ...parameters,
            request: { signal, redirect: 'manual', parseSuccessResponseBody: false },
          }),
        { what, permission: 'actions: read' },
        false,
      )
      const { headers } = parsed(answer, {
        what,
        permission: '',
        schema: z.object({ headers: z.object({ location: z.url() }) }),
      })
      return downloaded(fetch, headers.location, most, what)
    },
  }
}

/** The link is a secret of its own, so no token goes with it, and it is in no message. */
async function downloaded(
  fetch: typeof globalThis.fetch,
  url: string,
  most: number,
  what: string,
): Promise<Uint8Array> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(patience) })
    if (!answer.ok) throw new ForgeError('unavailable', `GitHub answers ${answer.status}: ${what}`)
    return await bytesOf(answer, most)
  } catch (error) {
    if (error instanceof ForgeError) throw error
    if (error instanceof TooLarge) throw tooLarge(error, what)
    throw new ForgeError('unavailable', `GitHub gives no answer: ${what} (${reasonOf(error)})`)
  }
}

/** Where nothing could be executed, there are errors and no data. */
const graphqlAnswer = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ type: z.string().nullish(), message: z.string() })).optional(),
})

/** GraphQL says no with status 200. */
class GraphqlRefusal extends Error {
  readonly refusal: Refusal

  constructor(
    { type, message }: { type?: string | null | undefined; message: string },
    headers: Refusal['headers'],
  ) {
    super(message)
    this.refusal = { status: statusOf(type, message), message, headers }
  }
}

function statusOf(type: string | null | undefined, message: string): number {
  // The limit of points comes under either name (yanyongyu/githubkit#272), the secondary limit in words alone.
  if (type === 'RATE_LIMITED' || type === 'RATE_LIMIT' || /\brate limit\b/i.test(message)) return 429
  if (type === 'FORBIDDEN' || /not accessible by integration/i.test(message)) return 403
  if (type === 'NOT_FOUND') return 404
  if (type === 'STALE_DATA' || /Expected branch to point to/.test(message)) return 409
  return /something went wrong while executing your query|timeout/i.test(message) ? 502 : 422
}

const requestError = z.object({
  status: z.number().min(400),
  response: z.object({
    headers: z.record(z.string(), z.unknown()),
    data: z.unknown(),
  }),
})

const refusalBody = z.object({
  message: z.string(),
  errors: z
    .array(
      z.union([
        z.string(),
        z.object({
          message: z.string().optional(),
          code: z.string().optional(),
          field: z.string().optional(),
        }),
      ]),
    )
    .optional(),
})

/** What GitHub has said no with; undefined where it has said nothing. */
function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof GraphqlRefusal) return error.refusal
  if (error instanceof ForgeError) throw error
  const read = requestError.safeParse(error)
  if (!read.success) return undefined
  const { status, response } = read.data
  const body = refusalBody.safeParse(response.data)
  const details = (body.data?.errors ?? []).map((one) =>
    typeof one === 'string'
      ? one
      : (one.message ?? [one.field, one.code].filter((part) => part !== undefined).join(' ')),
  )
  const message = body.success ? [body.data.message, ...details].join('; ') : ''
  return { status, message, headers: response.headers }
}

/** Why there was no answer; never what was sent. */
function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return `none within ${patience / 1000} s`
  const cause = error instanceof Error ? error.cause : undefined
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'code') : undefined
  if (typeof code === 'string') return code
  const message = messageOf(error)
  return /timeout|aborted/i.test(message) ? `none within ${patience / 1000} s` : 'the connection broke'
}

function parsed<Schema extends z.ZodType>(data: unknown, { schema, what }: Ask<Schema>): z.output<Schema> {
  const read = schema.safeParse(data)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new ForgeError(
    'unexpected',
    `GitHub's answer is not what its API promises: ${what} (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`,
  )
}

/**
 * Every answer is read here, and whole: Octokit takes a body that breaks off, comes too late or is too large for an empty
 * one, so that a broken connection would pass for what GitHub has said.
 */
function wholeFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const answer = await fetch(input, init)
    if (answer.body === null) return answer
    const { status, statusText, headers } = answer
    return new Response(await bytesOf(answer, mostBytes), { status, statusText, headers })
  }
}

/** An answer without end must not fill the memory of the runner. */
class TooLarge extends Error {
  readonly most: number

  constructor(most: number) {
    super('the answer is too large')
    this.most = most
  }
}

function tooLarge({ most }: TooLarge, what: string): ForgeError {
  return new ForgeError('unexpected', `more than ${most} bytes: ${what}`)
}

async function bytesOf(answer: Response, most: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  const stream: ReadableStream<Uint8Array> | null = answer.body
  for await (const chunk of stream ?? []) {
    length += chunk.length
    if (length > most) throw new TooLarge(most)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function repositoryOf({ owner, name }: RepositoryName): { owner: string; repo: string } {
  return { owner, repo: name }
}

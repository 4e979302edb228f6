import { Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent, request as secureRequest, type RequestOptions } from 'node:https'
import type { IncomingMessage } from 'node:http'
import { createSecureContext, type SecureContext } from 'node:tls'
import { messageOf, UserError } from '../model/index.ts'
import { RequestFault, faultOf } from './fault.ts'
import { parseWarnings } from './warnings.ts'

/** How an API server is reached, as a kubeconfig says it. Certificates and keys are PEM text. */
export interface Connection {
  /** `https://host:port`, with a path in front of `/api` where a proxy wants one. */
  url: string
  /** Who may have signed the server's certificate; the system's authorities where absent. */
  certificateAuthority?: string | undefined
  /** The name that the server's certificate must carry; the host of the URL where absent. */
  serverName?: string | undefined
  skipTlsVerify?: boolean | undefined
  clientCertificate?: string | undefined
  clientKey?: string | undefined
  token?: string | undefined
  /** Sent with every request, e.g. `impersonate-user`. */
  headers?: Readonly<Record<string, string>> | undefined
}

export interface ClientOptions {
  /** Connections held open at once; requests beyond it wait. */
  connections?: number
  /** Milliseconds for one request with all its repetitions. */
  deadline?: number
  /** Bytes of one answer. */
  largestAnswer?: number
  /** How often a request that can be repeated is sent at most. */
  attempts?: number
}

export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With query, from `/api` or `/apis` on. */
  path: string
  body?: string
  /** Content type of the body. */
  type?: string
  accept?: string
  /** False for a request that stores something: it is never sent twice. */
  repeatable?: boolean
}

/** What the server said, whatever its status. */
export interface ApiResponse {
  status: number
  /** Texts of the `Warning` headers. */
  warnings: string[]
  body: string
}

/** One API server over connections that are kept open. */
export interface ApiClient {
  readonly url: string
  /** Throws a `RequestFault` when there is no answer. */
  request(request: ApiRequest): Promise<ApiResponse>
  close(): void
}

/** Longest wait before a request is repeated, in milliseconds, whatever `Retry-After` asks for. */
const longestPause = 5000

/**
 * Talks HTTPS with Node's own client: a client library would cost seconds of loading, and its typed serialisers drop
 * the unknown fields that strict validation is there to find.
 */
export function createClient(connection: Connection, options: ClientOptions = {}): ApiClient {
  const { connections = 8, deadline = 30_000, largestAnswer = 64 * 2 ** 20, attempts = 4 } = options
  const base = parseUrl(connection.url)
  const { agent, send } = transport(base, connection, connections)
  const prefix = base.pathname.replace(/\/+$/, '')
  const common: Record<string, string> = { ...connection.headers, 'user-agent': 'k8s-autofix' }
  if (connection.token !== undefined) common['authorization'] = `Bearer ${connection.token}`

  const attempt = (request: ApiRequest, ends: number): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const fail = (error: unknown): void => {
        clearTimeout(timer)
        reject(faultOf(error, base.origin))
        outgoing.destroy()
      }
      const headers: Record<string, string | number> = {
        ...common,
        accept: request.accept ?? 'application/json',
      }
      if (request.body !== undefined) {
        headers['content-type'] = request.type ?? 'application/json'
        headers['content-length'] = Buffer.byteLength(request.body)
      }
      const outgoing = send(
        { method: request.method, path: `${prefix}${request.path}`, headers, agent },
        (incoming) => {
          const chunks: Buffer[] = []
          let size = 0
          incoming.on('data', (chunk: Buffer) => {
            size += chunk.length
            if (size > largestAnswer)
              fail(
                new RequestFault(
                  'bad-answer',
                  `${base.origin} sent an answer of more than ${largestAnswer} bytes`,
                ),
              )
            else chunks.push(chunk)
          })
          incoming.on('error', fail)
          incoming.on('end', () => {
            clearTimeout(timer)
            resolve({
              status: incoming.statusCode ?? 0,
              warnings: parseWarnings(incoming.headersDistinct['warning'] ?? []),
              body: Buffer.concat(chunks).toString('utf8'),
              pause: pauseAskedFor(incoming),
            })
          })
        },
      )
      const timer = setTimeout(
        () => {
          fail(
            new RequestFault(
              'timeout',
              `${base.origin} did not answer within ${deadline} ms (${request.method} ${request.path.split('?', 1)[0]})`,
            ),
          )
        },
        Math.max(1, ends - performance.now()),
      )
      outgoing.on('error', fail)
      outgoing.end(request.body)
    })

  return {
    url: base.origin,
    async request(request) {
      const ends = performance.now() + deadline
      const repeatable = request.repeatable ?? true
      for (let count = 1; ; count++) {
        const last = !repeatable || count >= attempts
        let pause = 50 * 2 ** (count - 1)
        try {
          const { pause: asked, ...response } = await attempt(request, ends)
          if (asked === undefined || last) return response
          pause = Math.max(pause, asked)
          if (performance.now() + pause >= ends) return response
        } catch (error) {
          if (last || !(error instanceof RequestFault && error.transient)) throw error
          if (performance.now() + pause >= ends) throw error
        }
        await new Promise((resolve) => {
          setTimeout(resolve, Math.min(pause, longestPause))
        })
      }
    },
    close() {
      agent.destroy()
    },
  }
}

interface Answer extends ApiResponse {
  /** Milliseconds to wait before asking again, where the server says that it was too busy to look at the request. */
  pause: number | undefined
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new UserError(`"${text}" is not the address of an API server`, 'It looks like https://host:6443.')
  return url
}

type Send = (
  options: RequestOptions,
  onAnswer: (incoming: IncomingMessage) => void,
) => ReturnType<typeof plainRequest>

function transport(
  base: URL,
  connection: Connection,
  connections: number,
): { agent: Agent | PlainAgent; send: Send } {
  const target = { host: base.hostname.replace(/^\[|\]$/g, ''), port: base.port || undefined }
  // Sockets are reused in turn (first in, first out) so that none of them idles until the server closes it.
  const pool = { keepAlive: true, maxSockets: connections, scheduling: 'fifo' as const }
  if (base.protocol === 'http:')
    return {
      agent: new PlainAgent(pool),
      send: (options, onAnswer) => plainRequest({ ...target, ...options }, onAnswer),
    }
  const { serverName, skipTlsVerify = false } = connection
  return {
    agent: new Agent({
      ...pool,
      rejectUnauthorized: !skipTlsVerify,
      secureContext: secureContextOf(base, connection),
      ...(serverName === undefined ? {} : { servername: serverName }),
    }),
    send: (options, onAnswer) => secureRequest({ ...target, ...options }, onAnswer),
  }
}

/** Certificates and keys are read once, and what is wrong with them is said before anything is sent. */
function secureContextOf(
  base: URL,
  { certificateAuthority, clientCertificate, clientKey }: Connection,
): SecureContext {
  try {
    return createSecureContext({
      ...(certificateAuthority === undefined ? {} : { ca: certificateAuthority }),
      ...(clientCertificate === undefined ? {} : { cert: clientCertificate }),
      ...(clientKey === undefined ? {} : { key: clientKey }),
    })
  } catch (error) {
    throw new UserError(
      `the certificates or the key for ${base.origin} cannot be read: ${messageOf(error)}`,
      'They are PEM texts; in a kubeconfig they stand in base64, or in files that it names.',
    )
  }
}

/** A busy server says 429, or 503 with a time to come back; seconds by RFC 9110. */
function pauseAskedFor({ statusCode, headers }: IncomingMessage): number | undefined {
  const seconds = Number(headers['retry-after'] ?? Number.NaN)
  if (statusCode === 429) return Number.isFinite(seconds) ? seconds * 1000 : 0
  return statusCode === 503 && Number.isFinite(seconds) ? seconds * 1000 : undefined
}

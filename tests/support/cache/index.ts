import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isObject, type JsonObject, type JsonValue } from '../../../src/model/index.ts'
import { parseJson, word } from '../github/json.ts'

/*
 * The cache service of Actions (version 2: Twirp, and blobs as Azure takes them) on loopback, for the real client of
 * @actions/cache. Rules: facts/github.md, sections 1 and 6. What a client should not do is listed in `problems`.
 *
 *     const cache = await CacheService.start()
 *     const main = cache.token({ reads: ['main'], writes: 'main' })           // push, schedule, workflow_dispatch
 *     const pull = cache.token({ reads: ['pull-1', 'main'], writes: 'pull-1' }) // pull_request: its own scope first
 *     const comment = cache.token({ reads: ['main'] })                        // issue_comment, a fork's workflow_run
 *     ... { env: cache.environment(main) } ...
 *     cache.evict('state-1')
 */

/** What a token may read, the nearest scope first, and the one scope that it may write, if any. */
export interface CacheToken {
  reads: readonly string[]
  writes?: string
}

export interface CacheEntry {
  id: number
  scope: string
  key: string
  version: string
  /** Undefined until it is uploaded. */
  bytes: Buffer | undefined
  /** Nobody sees it before. */
  isFinal: boolean
}

/** What Twirp calls an error. */
class TwirpError extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

const service = '/twirp/github.actions.results.api.v1.CacheService/'

export class CacheService {
  /** The oldest first. */
  entries: CacheEntry[] = []
  readonly problems: string[] = []
  private readonly tokens = new Map<string, CacheToken>()
  private readonly server: Server
  private number = 0

  private constructor() {
    this.server = createServer((request, response) => void this.handle(request, response))
  }

  static async start(): Promise<CacheService> {
    const cache = new CacheService()
    await new Promise<void>((resolve) => cache.server.listen(0, '127.0.0.1', resolve))
    return cache
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  token(rights: CacheToken): string {
    const token = `runtime-${++this.number}`
    this.tokens.set(token, rights)
    return token
  }

  /** What the runner tells the steps that are actions, and those alone. */
  environment(token: string): Record<string, string> {
    return {
      ACTIONS_CACHE_SERVICE_V2: 'true',
      ACTIONS_RESULTS_URL: `${this.url}/`,
      ACTIONS_RUNTIME_TOKEN: token,
      // Of another name, the client takes it for an Enterprise Server and speaks version 1.
      GITHUB_SERVER_URL: this.url.replace('127.0.0.1', 'github.localhost'),
    }
  }

  /** GitHub removes what nobody has read for a week, and the longest unread where there is too much. */
  evict(key: string): void {
    this.entries = this.entries.filter((entry) => entry.key !== key)
  }

  private get url(): string {
    const { port } = this.server.address() as AddressInfo
    return `http://127.0.0.1:${port}`
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
    const body = Buffer.concat(chunks)
    const url = new URL(request.url ?? '/', this.url)
    try {
      if (url.pathname.startsWith('/store/')) {
        this.blob(request, url, body, response)
        return
      }
      if (!url.pathname.startsWith(service)) throw new TwirpError(404, 'bad_route', 'no such route')
      const parsed = parseJson(body.toString('utf8'))
      const answer = this.call(url.pathname.slice(service.length), request, isObject(parsed) ? parsed : {})
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    } catch (error) {
      if (!(error instanceof TwirpError) || error.code === 'bad_route')
        this.problems.push(`${request.method} ${url.pathname}: ${String(error)}`)
      const [status, code] = error instanceof TwirpError ? [error.status, error.code] : [500, 'internal']
      const said = { code, msg: error instanceof Error ? error.message : String(error) }
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
    }
  }

  private call(method: string, { headers }: IncomingMessage, body: JsonObject): JsonValue {
    const rights = this.tokens.get((headers.authorization ?? '').replace(/^bearer /i, ''))
    if (rights === undefined) throw new TwirpError(401, 'unauthenticated', 'the token is not known')
    const [key, version] = [word(body['key']), word(body['version'])]
    switch (method) {
      case 'CreateCacheEntry':
        return this.create(rights, key, version)
      case 'FinalizeCacheEntryUpload': {
        const entry = this.entryOf(rights.writes, key, version)
        const isWhole = entry?.bytes?.length === Number(body['size_bytes'])
        if (entry === undefined || !isWhole) return { ok: false, message: 'not what was uploaded' }
        entry.isFinal = true
        return { ok: true, entry_id: String(entry.id) }
      }
      case 'GetCacheEntryDownloadURL': {
        if (rights.reads.length === 0)
          throw new TwirpError(403, 'permission_denied', 'cache read denied: token has no readable scopes')
        const others = Array.isArray(body['restore_keys']) ? body['restore_keys'].map(word) : []
        const entry = this.find(rights.reads, [key, ...others], version)
        return entry === undefined
          ? { ok: false }
          : { ok: true, matched_key: entry.key, signed_download_url: this.linkOf(entry) }
      }
      default:
        throw new TwirpError(404, 'bad_route', method)
    }
  }

  /** A key is written once in a scope, and never again. */
  private create({ writes }: CacheToken, key: string, version: string): JsonValue {
    if (writes === undefined)
      return { ok: false, message: 'cache write denied: the token of this run may only read' }
    if (key.length > 512 || key.includes(',')) throw new TwirpError(400, 'invalid_argument', 'key')
    if (this.entryOf(writes, key, version) !== undefined)
      throw new TwirpError(409, 'already_exists', 'an entry with this key, version and scope exists')
    const entry = { id: ++this.number, scope: writes, key, version, bytes: undefined, isFinal: false }
    this.entries.push(entry)
    return { ok: true, signed_upload_url: this.linkOf(entry) }
  }

  /** Scope by scope: the exact key, then each key as a prefix, of which the newest counts. */
  private find(scopes: readonly string[], keys: readonly string[], version: string): CacheEntry | undefined {
    for (const scope of scopes) {
      const here = this.entries.filter((one) => one.isFinal && one.scope === scope && one.version === version)
      const exact = here.find((one) => one.key === keys[0])
      if (exact !== undefined) return exact
      for (const prefix of keys) {
        const newest = here.findLast((one) => one.key.startsWith(prefix))
        if (newest !== undefined) return newest
      }
    }
    return undefined
  }

  private entryOf(scope: string | undefined, key: string, version: string): CacheEntry | undefined {
    return this.entries.find((one) => one.scope === scope && one.key === key && one.version === version)
  }

  /** Whoever has the link may do what it says. */
  private linkOf({ id }: CacheEntry): string {
    return `${this.url}/store/caches/${id}?sig=signature-${id}`
  }

  private blob(request: IncomingMessage, url: URL, body: Buffer, response: ServerResponse): void {
    if (request.headers.authorization !== undefined) this.problems.push('the token was sent to a blob')
    const entry = this.entries.find(({ id }) => url.pathname === `/store/caches/${id}`)
    if (entry === undefined || url.searchParams.get('sig') !== `signature-${entry.id}`)
      throw new TwirpError(403, 'permission_denied', 'no such link')
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-length': entry.bytes?.length ?? 0 }).end(entry.bytes)
      return
    }
    // Up to 128 MiB come in one piece; larger ones are no matter for tests.
    if (request.method !== 'PUT' || url.searchParams.has('comp'))
      throw new Error('more than the cache of the tests takes')
    entry.bytes = body
    response.writeHead(201, { etag: `"${entry.id}"`, 'last-modified': new Date(0).toUTCString() }).end()
  }
}

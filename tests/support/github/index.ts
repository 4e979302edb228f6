import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isObject, type JsonValue } from '../../../src/model/index.ts'
import { answerOf, operationOf, requestProblem } from './contract.ts'
import { answerGraphql } from './graphql.ts'
import { parseJson, word } from './json.ts'
import { Refusal, type Pull, type Store, type Token } from './model.ts'
import { Repository, type Content } from './repository.ts'
import { followBranches, handlers, moveHead, type Answer } from './rest.ts'

export type { Pull, Store, Token } from './model.ts'
export type { Content } from './repository.ts'

/**
 * A small GitHub on loopback: real git repositories (also by smart HTTP), and the part of the REST and GraphQL APIs that
 * the project uses, with the rules that decide what a client sees. Every request is held against GitHub's published
 * descriptions, and so is every answer; what breaks them, and every unknown route, is listed in `problems`.
 *
 *     const github = await GitHub.start()
 *     const store = github.repository('acme', 'shop', { 'a.yaml': '...' })
 *     store.repository.commit('feature', { 'a.yaml': '...' }, { from: 'main' })
 *     const pull = github.openPull(store, { head: 'feature' })
 *     const token = github.token({ pull_requests: 'write', contents: 'read' })
 */
export interface Recorded {
  method: string
  path: string
  body: string
  authorization: string | undefined
  /** Milliseconds of `performance.now()` when it came. */
  at: number
  status: number
}

/** What goes wrong on purpose. */
export interface Fault {
  method?: string
  path: RegExp
  /** How often; 1 where absent. */
  times?: number
  status?: number
  headers?: Readonly<Record<string, string>>
  body?: string
  /** Ends the connection without an answer. */
  breaks?: boolean
  /** Done before the request is answered as usual: somebody else is faster. */
  before?: () => void
}

export class GitHub {
  readonly stores: Store[] = []
  readonly requests: Recorded[] = []
  readonly problems: string[] = []
  private readonly root = mkdtempSync(join(tmpdir(), 'k8s-autofix-github-'))
  private readonly tokens = new Map<string, Token>()
  private readonly faults: (Fault & { left: number })[] = []
  private readonly server: Server
  private number = 100

  private constructor() {
    this.server = createServer((request, response) => void this.handle(request, response))
  }

  static async start(): Promise<GitHub> {
    const github = new GitHub()
    await new Promise<void>((resolve) => github.server.listen(0, '127.0.0.1', resolve))
    return github
  }

  /** The name makes the Actions toolkit take it for github.com's own (facts/github.md, section 6). */
  get url(): string {
    const { port } = this.server.address() as AddressInfo
    return `http://127.0.0.1:${port}`
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
    for (const { repository } of this.stores) repository.remove()
    rmSync(this.root, { recursive: true, force: true })
  }

  /** A repository with one commit on main. */
  repository(owner: string, name: string, files: Readonly<Record<string, Content>>): Store {
    const store: Store = {
      owner,
      name,
      repository: new Repository(this.root, owner, name),
      pulls: [],
      issueComments: [],
      checkRuns: [],
      artifacts: [],
      allowsActionsPullRequests: true,
      isTreeTruncated: false,
      largestPatch: 20_000,
    }
    store.repository.commit('main', files)
    this.stores.push(store)
    return store
  }

  /** A fork of a repository. */
  fork(store: Store, owner: string): Store {
    const fork = this.repository(owner, store.name, {})
    fork.repository.git('fetch', '--quiet', store.repository.bare, '+refs/heads/*:refs/heads/*')
    return fork
  }

  /** Opens a pull request from a branch, of the repository itself or of a fork. */
  openPull(
    store: Store,
    {
      head,
      base = 'main',
      fork = store,
      author = 'person',
    }: { head: string; base?: string; fork?: Store; author?: string },
  ): Pull {
    const tip = fork.repository.branch(head)
    if (tip === undefined) throw new Error(`no branch ${head}`)
    const pull: Pull = {
      number: this.next(),
      title: `merge ${head}`,
      body: '',
      state: 'open',
      mergedAt: null,
      draft: false,
      author,
      createdAt: new Date().toISOString(),
      head: { owner: fork.owner, name: fork.name, ref: head },
      headSha: tip,
      base,
      reviews: [],
      threads: [],
    }
    store.pulls.push(pull)
    this.fetchHead(store, pull, fork)
    return pull
  }

  /** Somebody pushes: commits to a branch, and the pull requests from it follow. */
  push(
    store: Store,
    branch: string,
    files: Readonly<Record<string, Content>>,
    author = 'person',
    into: Store = store,
  ): string {
    const sha = store.repository.commit(branch, files, { author })
    for (const pull of into.pulls)
      if (pull.state === 'open' && pull.head.owner === store.owner && pull.head.ref === branch) {
        store.repository.git('update-ref', 'refs/temporary', sha)
        if (into !== store) into.repository.git('fetch', '--quiet', store.repository.bare, sha)
        moveHead(into, pull, sha)
      }
    followBranches(into)
    return sha
  }

  /** A token with the permissions that a workflow grants its job. */
  token(permissions: Token['permissions'], login = 'github-actions[bot]'): string {
    const token = `ghs_${'secret'.padEnd(30, String(this.next()))}`
    this.tokens.set(token, { login, permissions })
    return token
  }

  fail(fault: Fault): void {
    this.faults.push({ ...fault, left: fault.times ?? 1 })
  }

  next(): number {
    return ++this.number
  }

  private fetchHead(store: Store, pull: Pull, fork: Store): void {
    if (fork !== store)
      store.repository.git(
        'fetch',
        '--quiet',
        fork.repository.bare,
        `+refs/heads/${pull.head.ref}:refs/pull/${pull.number}/head`,
      )
    else store.repository.git('update-ref', `refs/pull/${pull.number}/head`, pull.headSha)
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
    const body = Buffer.concat(chunks)
    if (url.pathname.includes('.git/')) {
      this.serveGit(request, url, body, response)
      return
    }
    const recorded: Recorded = {
      method: request.method ?? '',
      path: url.pathname + url.search,
      body: body.toString('utf8'),
      authorization: request.headers.authorization,
      at: performance.now(),
      status: 0,
    }
    this.requests.push(recorded)
    const send = (status: number, headers: Readonly<Record<string, string>>, text: string | Buffer): void => {
      recorded.status = status
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
      response.end(text)
    }
    const fault = this.faults.find(
      ({ method, path, left }) =>
        left > 0 && (method ?? recorded.method) === recorded.method && path.test(recorded.path),
    )
    if (fault !== undefined) {
      fault.left--
      fault.before?.()
      if (fault.breaks === true) {
        response.destroy()
        return
      }
      if (fault.status !== undefined) {
        send(fault.status, fault.headers ?? {}, fault.body ?? JSON.stringify({ message: 'Server Error' }))
        return
      }
    }
    try {
      if (url.pathname.startsWith('/blobs/')) {
        if (recorded.authorization !== undefined)
          this.problems.push('the token was sent to where artifacts are kept')
        const zip = this.stores
          .flatMap(({ artifacts }) => artifacts)
          .find(({ id }) => id === Number(url.pathname.slice(7)))?.zip
        send(zip === undefined ? 404 : 200, { 'content-type': 'application/zip' }, zip ?? '')
        return
      }
      const token = this.tokens.get((recorded.authorization ?? '').replace(/^(?:token|bearer) /i, ''))
      if (token === undefined) throw new Refusal(401, 'Bad credentials')
      const answer = await this.answer(url, recorded, token)
      send(answer.status, answer.headers ?? {}, answer.body === undefined ? '' : JSON.stringify(answer.body))
    } catch (error) {
      if (error instanceof Refusal) {
        send(
          error.status,
          error.headers,
          JSON.stringify({ message: error.message, ...(error.errors && { errors: error.errors }) }),
        )
        return
      }
      this.problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
      send(500, {}, JSON.stringify({ message: 'the tests GitHub has failed' }))
    }
  }

  private async answer(url: URL, { method, body }: Recorded, token: Token): Promise<Answer> {
    const parsed: JsonValue | undefined = body === '' ? undefined : parseJson(body)
    if (url.pathname === '/api/graphql') {
      if (!isObject(parsed)) throw new Refusal(400, 'Problems parsing JSON')
      const variables = isObject(parsed['variables']) ? parsed['variables'] : {}
      const result = await answerGraphql({
        stores: this.stores,
        token,
        query: word(parsed['query']),
        variables,
        next: () => this.next(),
      })
      return { status: 200, body: parseJson(JSON.stringify(result)) }
    }
    const path = url.pathname.replace(/^\/api\/v3/, '')
    const operation = operationOf(method, path)
    const handler = operation && handlers[`${operation.method} ${operation.path}`]
    if (operation === undefined || handler === undefined) {
      this.problems.push(`no such route: ${method} ${path}`)
      throw new Refusal(404, 'Not Found')
    }
    const problem = requestProblem(operation, url.searchParams, parsed)
    if (problem !== undefined) {
      this.problems.push(problem)
      throw new Refusal(422, `Invalid request. ${problem}`)
    }
    const { owner, repo } = operation.parameters
    const store = this.stores.find((one) => one.owner === owner && one.name === repo)
    if (store === undefined) throw new Refusal(404, 'Not Found')
    const answer = handler({
      store,
      token,
      parameters: operation.parameters,
      query: url.searchParams,
      body: isObject(parsed) ? parsed : {},
      next: () => this.next(),
      now: new Date().toISOString(),
      blobs: `${this.url}/blobs`,
    })
    return answer.body === undefined
      ? answer
      : { ...answer, body: answerOf(operation, answer.status, answer.body) }
  }

  /** Smart HTTP, by git itself. */
  private serveGit(request: IncomingMessage, url: URL, body: Buffer, response: ServerResponse): void {
    const child = spawn(
      join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend'),
      {
        env: {
          PATH: process.env['PATH'],
          GIT_PROJECT_ROOT: this.root,
          GIT_HTTP_EXPORT_ALL: '1',
          PATH_INFO: url.pathname,
          QUERY_STRING: url.search.slice(1),
          REQUEST_METHOD: request.method,
          CONTENT_TYPE: request.headers['content-type'] ?? '',
          CONTENT_LENGTH: String(body.length),
          REMOTE_USER: request.headers.authorization === undefined ? '' : 'somebody',
          HTTP_GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        },
      },
    )
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('close', () => {
      const output = Buffer.concat(chunks)
      const end = output.indexOf('\r\n\r\n')
      const headers: Record<string, string> = Object.fromEntries(
        output
          .subarray(0, end)
          .toString('utf8')
          .split('\r\n')
          .map((line): [string, string] => {
            const [name = '', value = ''] = line.split(/: (.*)/s)
            return [name, value]
          }),
      )
      response.writeHead(Number(/^\d+/.exec(headers['Status'] ?? '200')?.[0] ?? 200), headers)
      response.end(output.subarray(end + 4))
    })
    child.stdin.end(body)
  }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isObject, type JsonValue } from '../../../src/model/index.ts'
import { actionHandlers } from './actions.ts'
import type { Answer, Handlers } from './call.ts'
import { checkHandlers } from './checks.ts'
import { contentHandlers } from './contents.ts'
import { answerOf, operationOf, requestProblem } from './contract.ts'
import { Faults, send, type Fault } from './faults.ts'
import { serveGit } from './git-http.ts'
import { answerGraphql } from './graphql.ts'
import { fetchHead, follow } from './heads.ts'
import { parseJson, record, word } from './json.ts'
import { demand, Refusal, touch, type Pull, type Store, type Thread, type Token } from './model.ts'
import { pullHandlers } from './pulls.ts'
import { Repository, type Content } from './repository.ts'
import { reviewHandlers } from './reviews.ts'

/** A request, and what it was answered. */
export interface Recorded {
  method: string
  path: string
  body: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  authorization: string | undefined
  /** Milliseconds of `performance.now()` when it came. */
  at: number
  status: number
}

const handlers: Handlers = {
  ...pullHandlers,
  ...reviewHandlers,
  ...contentHandlers,
  ...checkHandlers,
  ...actionHandlers,
}

/** The server; what it does is in the files beside it. */
export class GitHub {
  readonly stores: Store[] = []
  readonly requests: Recorded[] = []
  readonly problems: string[] = []
  private readonly root = mkdtempSync(join(tmpdir(), 'k8s-autofix-github-'))
  private readonly tokens = new Map<string, Token>()
  private readonly faults = new Faults()
  private readonly server: Server
  private readonly prefix: string
  private number = 100

  private constructor(prefix: string) {
    this.prefix = prefix
    this.server = createServer((request, response) => void this.handle(request, response))
  }

  /** REST is at `prefix`: of a GitHub Enterprise Server, where nothing else is said. */
  static async start({ prefix = '/api/v3' }: { prefix?: string } = {}): Promise<GitHub> {
    const github = new GitHub(prefix)
    await new Promise<void>((resolve) => github.server.listen(0, '127.0.0.1', resolve))
    return github
  }

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
      workflowRuns: [],
      collaborators: new Map(),
      allowsActionsPullRequests: true,
      isTreeTruncated: false,
      largestPatch: 20_000,
      mostCompared: 300,
      mostListed: 3000,
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
      draft = false,
    }: { head: string; base?: string; fork?: Store; author?: string; draft?: boolean },
  ): Pull {
    const tip = fork.repository.branch(head)
    if (tip === undefined) throw new Error(`no branch ${head}`)
    const createdAt = new Date().toISOString()
    const pull: Pull = {
      number: this.next(),
      title: `merge ${head}`,
      body: '',
      state: 'open',
      mergedAt: null,
      closedAt: null,
      mergeCommit: null,
      draft,
      author,
      createdAt,
      updatedAt: createdAt,
      head: { owner: fork.owner, name: fork.name, ref: head },
      headSha: tip,
      base,
      reviews: [],
      threads: [],
    }
    store.pulls.push(pull)
    fetchHead(store, pull, fork, tip)
    return pull
  }

  /** Somebody pushes: commits to a branch, and the pull requests from it follow. */
  push(
    store: Store,
    branch: string,
    files: Readonly<Record<string, Content>>,
    { author = 'person', from }: { author?: string; /** Forces it: starts at this. */ from?: string } = {},
  ): string {
    if (from !== undefined) store.repository.git('update-ref', `refs/heads/${branch}`, from)
    const sha = store.repository.commit(branch, files, { author })
    follow(this.stores)
    return sha
  }

  /** Somebody merges a pull request: by a merge commit, or as one new commit. Gives the commit. */
  merge(store: Store, pull: Pull, { squash = false }: { squash?: boolean } = {}): string {
    const { repository } = store
    const base = repository.branch(pull.base)
    if (base === undefined) throw new Error(`no branch ${pull.base}`)
    const tree = repository.git('merge-tree', '--write-tree', base, pull.headSha)
    const identity = ['-c', 'user.name=person', '-c', 'user.email=person@users.example.test']
    const parents = ['-p', base, ...(squash ? [] : ['-p', pull.headSha])]
    const sha = repository.git(...identity, 'commit-tree', tree, ...parents, '-m', pull.title)
    repository.git('update-ref', `refs/heads/${pull.base}`, sha)
    pull.state = 'closed'
    pull.mergedAt = pull.closedAt = touch(pull)
    pull.mergeCommit = sha
    follow(this.stores)
    return sha
  }

  /** Somebody closes a pull request without merging it. */
  close(pull: Pull): void {
    pull.state = 'closed'
    pull.closedAt = touch(pull)
  }

  /** Somebody answers in a thread. */
  reply(pull: Pull, thread: Thread, author: string, body: string): void {
    const [first] = thread.comments
    if (first === undefined) throw new Error('nothing to answer to')
    const createdAt = touch(pull)
    thread.comments.push({ ...first, id: this.next(), author, body, createdAt, isMinimised: false })
  }

  /** A token with the permissions that a workflow grants its job. */
  token(permissions: Token['permissions'], login = 'github-actions[bot]'): string {
    const token = `ghs_${'secret'.padEnd(30, String(this.next()))}`
    this.tokens.set(token, { login, permissions })
    return token
  }

  fail(fault: Fault): void {
    this.faults.add(fault)
  }

  /** Lets somebody else be faster than the next such request, which is then answered as usual. */
  before(request: Pick<Fault, 'method' | 'path' | 'times'>, action: () => void): void {
    this.faults.add({ ...request, before: action })
  }

  next(): number {
    return ++this.number
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array))
    const body = Buffer.concat(chunks)
    const recorded: Recorded = {
      method: request.method ?? '',
      path: url.pathname + url.search,
      body: body.toString('utf8'),
      headers: request.headers,
      authorization: request.headers.authorization,
      at: performance.now(),
      status: 0,
    }
    this.requests.push(recorded)
    try {
      const fault = await this.faults.next(recorded.method, recorded.path)
      if (fault?.breaks === true) {
        response.destroy()
        return
      }
      if (fault?.status === undefined && url.pathname.includes('.git/')) {
        this.demandGit(url, recorded.authorization)
        await serveGit(this.root, { request, url, body, user: 'somebody' }, response)
        recorded.status = response.statusCode
        follow(this.stores)
        return
      }
      const { status, headers, body: answer } = await this.answer(url, recorded, fault)
      recorded.status = status
      send(response, { status, ...(headers && { headers: { ...headers } }), body: answer }, fault?.truncate)
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500, "the tests' GitHub has failed")
      if (refusal !== error)
        this.problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
      recorded.status = refusal.status
      const { message, errors } = refusal
      const said = Buffer.from(JSON.stringify({ message, ...(errors && { errors }) }))
      send(response, { status: refusal.status, headers: { ...refusal.headers }, body: said })
    }
  }

  private async answer(
    url: URL,
    recorded: Recorded,
    fault: Fault | undefined,
  ): Promise<Omit<Answer, 'body'> & { body: Buffer }> {
    if (fault?.status !== undefined) {
      const body = Buffer.from(fault.body ?? JSON.stringify({ message: 'Server Error' }))
      return { status: fault.status, ...(fault.headers && { headers: fault.headers }), body }
    }
    if (url.pathname.startsWith('/blobs/')) return this.blob(url, recorded.authorization)
    const token = this.tokens.get((recorded.authorization ?? '').replace(/^(?:token|bearer) /i, ''))
    if (token === undefined) throw new Refusal(401, 'Bad credentials')
    const { body, ...answer } =
      url.pathname === '/api/graphql' ? await this.graphql(recorded, token) : this.rest(url, recorded, token)
    return { ...answer, body: Buffer.from(body === undefined ? '' : JSON.stringify(body)) }
  }

  /** Where artifacts are kept: whoever has the link may have them, and the token is not theirs to know. */
  private blob(url: URL, authorization: string | undefined): Omit<Answer, 'body'> & { body: Buffer } {
    if (authorization !== undefined) this.problems.push('the token was sent to where artifacts are kept')
    const artifacts = this.stores.flatMap((store) => store.artifacts)
    const found = artifacts.find(({ id }) => id === Number(url.pathname.slice('/blobs/'.length)))
    return {
      status: found === undefined ? 404 : 200,
      headers: { 'content-type': 'application/zip' },
      body: found?.zip ?? Buffer.alloc(0),
    }
  }

  private async graphql({ body }: Recorded, token: Token): Promise<Answer> {
    const parsed = record(json(body))
    const result = await answerGraphql({
      stores: this.stores,
      token,
      query: word(parsed['query']),
      variables: record(parsed['variables']),
      follow: () => follow(this.stores),
      problem: (text) => this.problems.push(text),
    })
    return { status: 200, body: parseJson(JSON.stringify(result)) }
  }

  private rest(url: URL, { method, body }: Recorded, token: Token): Answer {
    const parsed = body === '' ? undefined : json(body)
    const path = url.pathname.startsWith(`${this.prefix}/`)
      ? url.pathname.slice(this.prefix.length)
      : `not under ${this.prefix}: ${url.pathname}`
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
      url,
      parameters: operation.parameters,
      query: url.searchParams,
      body: isObject(parsed) ? parsed : {},
      next: () => this.next(),
      now: new Date().toISOString(),
      blobs: `${this.url}/blobs`,
      follow: () => follow(this.stores),
    })
    return answer.body === undefined
      ? answer
      : { ...answer, body: answerOf(operation, answer.status, answer.body) }
  }

  /** Anybody may read; whoever pushes says who he is, as `x-access-token:TOKEN`. */
  private demandGit(url: URL, authorization: string | undefined): void {
    const isPush = (url.pathname + url.search).includes('git-receive-pack')
    if (authorization === undefined && !isPush) return
    const [, basic] = /^basic (.+)$/i.exec(authorization ?? '') ?? []
    const given = Buffer.from(basic ?? '', 'base64').toString('utf8')
    const token = this.tokens.get(given.replace(/^[^:]*:/, ''))
    if (token === undefined)
      throw new Refusal(401, 'Bad credentials', { headers: { 'www-authenticate': 'Basic realm="GitHub"' } })
    demand(token, 'contents', isPush ? 'write' : 'read')
  }
}

function json(body: string): JsonValue {
  try {
    return parseJson(body)
  } catch {
    throw new Refusal(400, 'Problems parsing JSON')
  }
}

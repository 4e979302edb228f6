import { buildSchema, execute, GraphQLError, parse, validate, type DocumentNode } from 'graphql'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  demand,
  pullOf,
  Refusal,
  type Permission,
  type Pull,
  type Store,
  type StoredReviewComment,
  type Thread,
  type Token,
} from './model.ts'

/*
 * The few GraphQL operations that the project sends, executed against the types that GitHub publishes (schema.graphql, cut
 * out by scripts/extract-github-contract.ts), so that a field or an argument which GitHub does not have fails as it does
 * there.
 */

const schema = buildSchema(readFileSync(join(import.meta.dirname, 'schema.graphql'), 'utf8'))

export interface GraphqlCall {
  stores: readonly Store[]
  token: Token
  query: string
  variables: Readonly<Record<string, unknown>>
  follow: () => void
  /** Told what a query asks for that GitHub does not have. */
  problem: (text: string) => void
}

/** Above this GraphQL hands out half a text (facts/github.md does not say; the documented limit of the blob view). */
const longestText = 512_000

export async function answerGraphql({
  query,
  variables,
  problem,
  ...call
}: GraphqlCall): Promise<{ data?: unknown; errors?: unknown[] }> {
  let document: DocumentNode
  try {
    document = parse(query)
  } catch (error) {
    problem(`GraphQL: ${String(error)}`)
    return { errors: [{ message: error instanceof Error ? error.message : String(error) }] }
  }
  const broken = validate(schema, document)
  if (broken.length > 0) {
    problem(`GraphQL: ${broken.map(({ message }) => message).join(' ')}`)
    return { errors: broken.map(({ message }) => worded(message)) }
  }
  const { data, errors } = await execute({
    schema,
    document,
    rootValue: rootOf({ ...call, variables }),
    variableValues: variables,
  })
  // What cannot be executed at all, such as a variable of another type, has no data.
  if (data === undefined && errors !== undefined)
    problem(`GraphQL: ${errors.map(({ message }) => message).join(' ')}`)
  // What a rule says has a type; anything else is a mistake of the tests' GitHub.
  for (const { message, extensions, originalError } of errors ?? [])
    if (data !== undefined && extensions['type'] === undefined)
      problem(`the tests' GitHub has failed: ${originalError?.stack ?? message}`)
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors === undefined
      ? {}
      : {
          errors: errors.map(({ message, extensions, path }) => ({
            ...(extensions['type'] === undefined ? {} : { type: extensions['type'] }),
            ...(path === undefined ? {} : { path }),
            message,
          })),
        }),
  }
}

/** GitHub's own words for a field that it does not have. */
function worded(message: string): unknown {
  const [, field, type] = /^Cannot query field "(\w+)" on type "(\w+)"/.exec(message) ?? []
  return field === undefined
    ? { message }
    : {
        message: `Field '${field}' doesn't exist on type '${type}'`,
        extensions: { code: 'undefinedField', typeName: type, fieldName: field },
      }
}

function rootOf({
  stores,
  token,
  variables,
  follow,
}: Omit<GraphqlCall, 'query' | 'problem'>): Record<string, unknown> {
  const storeOf = (owner: string, name: string): Store => {
    const found = stores.find((one) => one.owner === owner && one.name === name)
    if (found !== undefined) return found
    throw fault('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`)
  }
  const pulls = (): Pull[] => stores.flatMap((store) => store.pulls)
  return {
    viewer: () => ({ login: token.login }),
    rateLimit: () => ({ cost: 1, limit: 5000, remaining: 4999, resetAt: '2026-11-27T00:00:00Z' }),
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const store = storeOf(owner, name)
      // A query may ask for a hundred blobs, in as many variables.
      store.repository.readBlobs(Object.values(variables).filter((value) => typeof value === 'string'))
      return {
        object: ({ oid, expression }: { oid?: string; expression?: string }) =>
          permitted(token, 'contents', 'read', () => objectOf(store, oid ?? expression ?? '')),
        pullRequest: ({ number }: { number: number }) =>
          permitted(token, 'pull_requests', 'read', () => pullRequestOf(store, pullOf(store, number), token)),
        pullRequests: ({ orderBy, ...window }: Window & { orderBy?: Order | null }) =>
          permitted(token, 'pull_requests', 'read', () =>
            connection(
              'pullRequests',
              ordered(store.pulls, orderBy).map((pull) => pullRequestOf(store, pull, token)),
              window,
            ),
          ),
      }
    },
    minimizeComment: ({ input }: { input: { subjectId: string; classifier: string } }) =>
      permitted(token, 'pull_requests', 'write', () => {
        const comments = [
          ...pulls().flatMap(({ threads }) => threads.flatMap((thread) => thread.comments)),
          ...stores.flatMap(({ issueComments }) => issueComments),
        ]
        const comment = comments.find(({ id }) => nodeId(id) === input.subjectId)
        if (comment === undefined)
          throw fault('NOT_FOUND', `Could not resolve to a node with the global id of '${input.subjectId}'`)
        comment.isMinimised = true
        comment.minimisedReason = input.classifier
        const type = 'path' in comment ? 'PullRequestReviewComment' : 'IssueComment'
        return {
          minimizedComment: {
            __typename: type,
            isMinimized: true,
            minimizedReason: input.classifier.toLowerCase(),
          },
        }
      }),
    // The one that takes contents: write, and not pull-requests (facts/github.md, section 1, 8).
    resolveReviewThread: ({ input }: { input: { threadId: string } }) =>
      permitted(token, 'contents', 'write', () => {
        const pull = pulls().find((one) => one.threads.some(({ id }) => id === input.threadId))
        const thread = pull?.threads.find(({ id }) => id === input.threadId)
        if (pull === undefined || thread === undefined)
          throw fault('NOT_FOUND', `Could not resolve to a node with the global id of '${input.threadId}'`)
        thread.isResolved = true
        return { thread: threadOf(thread, token, pull) }
      }),
    createCommitOnBranch: ({ input }: { input: CommitInput }) =>
      permitted(token, 'contents', 'write', () => {
        const [owner = '', name = ''] = (input.branch.repositoryNameWithOwner ?? '').split('/')
        const oid = commit(storeOf(owner, name), input, token)
        follow()
        return { commit: { oid } }
      }),
  }
}

interface CommitInput {
  branch: { repositoryNameWithOwner?: string; branchName?: string }
  expectedHeadOid: string
  message: { headline: string; body?: string }
  fileChanges?: { additions?: { path: string; contents: string }[]; deletions?: { path: string }[] }
}

/** Signed, atomic, on a branch that exists, mode always 100644 (facts/github.md, section 5). */
function commit(store: Store, { branch, ...input }: CommitInput, token: Token): string {
  const name = (branch.branchName ?? '').replace(/^refs\/heads\//, '')
  const tip = store.repository.branch(name)
  if (tip === undefined) throw fault('NOT_FOUND', `No branch with the name ${name}`)
  if (tip !== input.expectedHeadOid)
    throw fault(
      'STALE_DATA',
      `Expected branch to point to "${input.expectedHeadOid}" but it did not. Pull and try again.`,
    )
  const { additions = [], deletions = [] } = input.fileChanges ?? {}
  const files = Object.fromEntries([
    ...deletions.map(({ path }): [string, null] => [path, null]),
    ...additions.map(({ path, contents }): [string, Buffer] => [path, Buffer.from(contents, 'base64')]),
  ])
  return store.repository.commit(name, files, {
    author: token.login,
    // GitHub itself commits what its API is asked for.
    committer: 'web-flow',
    message: `${input.message.headline}\n\n${input.message.body ?? ''}`,
  })
}

/** A blob, or a commit; GitHub knows the `main:path` of git as well. */
function objectOf(store: Store, name: string): unknown {
  const oid = /^[0-9a-f]{40}$/.test(name) ? name : (store.repository.idOf(name) ?? '')
  const bytes = store.repository.blob(oid)
  if (bytes === undefined)
    return store.repository.commitOf(oid) === undefined ? null : { __typename: 'Commit', oid }
  const isBinary = bytes.subarray(0, 8000).includes(0)
  return {
    __typename: 'Blob',
    oid,
    byteSize: bytes.length,
    isBinary,
    isTruncated: bytes.length > longestText,
    // What is no UTF-8 comes mended, not as it is.
    text: isBinary
      ? null
      : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, longestText)),
  }
}

interface Window {
  first?: number | null
  after?: string | null
}

interface Order {
  field: string
  direction: string
}

/** As they were opened, where nothing else is asked for. */
function ordered(pulls: readonly Pull[], order: Order | null | undefined): Pull[] {
  if (order !== null && order !== undefined && order.field !== 'UPDATED_AT')
    throw new Error(`the tests' GitHub does not sort by ${order.field}`)
  const sign = order?.direction === 'DESC' ? -1 : 1
  return order === null || order === undefined
    ? [...pulls]
    : pulls.toSorted(
        (a, b) => sign * (Date.parse(a.updatedAt) - Date.parse(b.updatedAt) || a.number - b.number),
      )
}

function pullRequestOf(store: Store, pull: Pull, token: Token): unknown {
  const { number } = pull
  return {
    number,
    state: pull.mergedAt === null ? pull.state.toUpperCase() : 'MERGED',
    body: pull.body,
    createdAt: pull.createdAt,
    updatedAt: pull.updatedAt,
    closedAt: pull.closedAt,
    mergedAt: pull.mergedAt,
    mergeCommit: pull.mergeCommit === null ? null : { oid: pull.mergeCommit },
    baseRefName: pull.base,
    headRefName: pull.head.ref,
    headRefOid: pull.headSha,
    isDraft: pull.draft,
    isCrossRepository: pull.head.owner !== store.owner,
    viewerDidAuthor: pull.author === token.login,
    reviewThreads: (window: Window) =>
      connection(
        'reviewThreads',
        pull.threads.map((thread) => threadOf(thread, token, pull)),
        window,
      ),
    comments: (window: Window) =>
      connection(
        'comments',
        store.issueComments
          .filter((one) => one.pull === number)
          .map((one) => ({
            ...identityOf(one.id),
            body: one.body,
            createdAt: one.createdAt ?? pull.createdAt,
            ...authorOf(one.author, token),
            isMinimized: one.isMinimised === true,
            minimizedReason: one.minimisedReason?.toLowerCase() ?? null,
          })),
        window,
      ),
  }
}

/** GitHub insists on a size, of at most a hundred. */
function connection(name: string, nodes: readonly unknown[], { first, after }: Window): unknown {
  if (first === undefined || first === null)
    throw fault(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    )
  if (first > 100)
    throw fault(
      'EXCESSIVE_PAGINATION',
      `Requesting ${first} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`,
    )
  const from = Number(after ?? 0)
  const to = from + first
  return {
    nodes: nodes.slice(from, to),
    totalCount: nodes.length,
    pageInfo: { hasNextPage: to < nodes.length, endCursor: String(to) },
  }
}

function threadOf({ id, isResolved, comments }: Thread, token: Token, pull: Pull): unknown {
  return {
    id,
    isResolved,
    isOutdated: comments[0]?.line === null,
    comments: (window: Window) =>
      connection(
        'comments',
        comments.map((one) => commentOf(one, token, pull)),
        window,
      ),
  }
}

function commentOf(one: StoredReviewComment, token: Token, pull: Pull): unknown {
  return {
    ...identityOf(one.id),
    body: one.body,
    path: one.path,
    line: one.line,
    startLine: one.startLine,
    originalLine: one.originalLine,
    originalStartLine: one.originalStartLine,
    createdAt: one.createdAt ?? pull.createdAt,
    commit: { oid: one.commit },
    originalCommit: { oid: one.commit },
    ...authorOf(one.author, token),
    isMinimized: one.isMinimised,
    minimizedReason: one.minimisedReason?.toLowerCase() ?? null,
  }
}

/** The numbers of comments have outgrown GraphQL's integers, in which `databaseId` is. */
function identityOf(id: number): object {
  return { id: nodeId(id), databaseId: id > 2 ** 31 - 1 ? null : id, fullDatabaseId: String(id) }
}

/** GraphQL calls an app by its short name, REST with `[bot]` behind it. */
function authorOf(login: string, token: Token): object {
  const isBot = login.endsWith('[bot]')
  return {
    author: { __typename: isBot ? 'Bot' : 'User', login: login.replace(/\[bot\]$/, '') },
    viewerDidAuthor: login === token.login,
  }
}

function nodeId(id: number): string {
  return `node_${id}`
}

function permitted<Result>(
  token: Token,
  permission: Permission,
  access: 'read' | 'write',
  work: () => Result,
): Result {
  try {
    demand(token, permission, access)
    return work()
  } catch (error) {
    if (error instanceof Refusal)
      throw error.status === 403 ? fault('FORBIDDEN', error.message) : fault('NOT_FOUND', error.message)
    throw error
  }
}

function fault(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } })
}

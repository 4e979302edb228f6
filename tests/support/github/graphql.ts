import { schema as published } from '@octokit/graphql-schema'
import { buildSchema, graphql, GraphQLError, type GraphQLSchema } from 'graphql'
import { demand, pullOf, Refusal, type Store, type StoredReviewComment, type Token } from './model.ts'
import { followBranches } from './rest.ts'

/*
 * The few GraphQL operations that the project sends, executed against GitHub's published schema, so that a field or an
 * argument which GitHub does not have fails here as it does there.
 */

let schema: GraphQLSchema | undefined

function schemaOf(): GraphQLSchema {
  return (schema ??= buildSchema(published.idl, { assumeValid: true }))
}

export interface GraphqlCall {
  stores: readonly Store[]
  token: Token
  query: string
  variables: Readonly<Record<string, unknown>>
  next: () => number
}

/** Above this GraphQL hands out half a text (facts/github.md does not say; the documented limit of the blob view). */
const longestText = 512_000

export async function answerGraphql({ stores, token, query, variables }: GraphqlCall): Promise<unknown> {
  const storeOf = (owner: string, name: string): Store => {
    const found = stores.find((one) => one.owner === owner && one.name === name)
    if (found === undefined)
      throw fault('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`)
    return found
  }
  const root = {
    viewer: () => ({ __typename: 'Bot', login: token.login }),
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const store = storeOf(owner, name)
      return {
        object: ({ oid }: { oid: string }) => permitted(token, 'contents', 'read', () => blobOf(store, oid)),
        pullRequest: ({ number }: { number: number }) =>
          permitted(token, 'pull_requests', 'read', () => pullRequestOf(store, number, token)),
      }
    },
    minimizeComment: ({ input }: { input: { subjectId: string; classifier: string } }) =>
      permitted(token, 'pull_requests', 'write', () => {
        const comment = stores
          .flatMap(({ pulls }) => pulls.flatMap(({ threads }) => threads.flatMap(({ comments }) => comments)))
          .find(({ id }) => nodeId(id) === input.subjectId)
        if (comment === undefined) throw fault('NOT_FOUND', 'Could not resolve to a node')
        comment.isMinimised = true
        comment.minimisedReason = input.classifier
        return { minimizedComment: { __typename: 'PullRequestReviewComment', isMinimized: true } }
      }),
    createCommitOnBranch: ({ input }: { input: CommitInput }) =>
      permitted(token, 'contents', 'write', () => {
        const [owner = '', name = ''] = input.branch.repositoryNameWithOwner.split('/')
        return commit(storeOf(owner, name), input, token)
      }),
  }
  const result = await graphql({
    schema: schemaOf(),
    source: query,
    rootValue: root,
    variableValues: variables,
  })
  return {
    data: result.data ?? null,
    ...(result.errors === undefined
      ? {}
      : {
          errors: result.errors.map(({ message, extensions }) => ({
            message,
            ...(extensions['type'] === undefined ? {} : { type: extensions['type'] }),
          })),
        }),
  }
}

interface CommitInput {
  branch: { repositoryNameWithOwner: string; branchName: string }
  expectedHeadOid: string
  message: { headline: string; body?: string }
  fileChanges: { additions?: { path: string; contents: string }[] }
}

/** Signed, atomic, on a branch that exists, mode always 100644 (facts/github.md, section 5). */
function commit(store: Store, input: CommitInput, token: Token): unknown {
  const { branchName } = input.branch
  const tip = store.repository.branch(branchName)
  if (tip === undefined) throw fault('NOT_FOUND', `No branch ${branchName}`)
  if (tip !== input.expectedHeadOid)
    throw fault(
      'STALE_DATA',
      `Expected branch to point to "${input.expectedHeadOid}" but it did not. Pull and try again.`,
    )
  const files = Object.fromEntries(
    (input.fileChanges.additions ?? []).map(({ path, contents }) => [path, Buffer.from(contents, 'base64')]),
  )
  const oid = store.repository.commit(branchName, files, {
    author: token.login,
    message: `${input.message.headline}\n\n${input.message.body ?? ''}`,
  })
  followBranches(store)
  return { commit: { oid } }
}

function blobOf(store: Store, oid: string): unknown {
  const bytes = store.repository.blob(oid)
  if (bytes === undefined) return null
  const isBinary = bytes.subarray(0, 8000).includes(0)
  const isTruncated = bytes.length > longestText
  return {
    __typename: 'Blob',
    oid,
    byteSize: bytes.length,
    isBinary,
    isTruncated,
    // What is no UTF-8 comes mended, not as it is.
    text: isBinary
      ? null
      : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, longestText)),
  }
}

function pullRequestOf(store: Store, number: number, token: Token): unknown {
  const pull = pullOf(store, number)
  const page = (
    nodes: readonly unknown[],
    { first, after }: { first?: number; after?: string | null },
  ): unknown => {
    const from = after === undefined || after === null ? 0 : Number(after)
    const to = from + (first ?? 100)
    return {
      nodes: nodes.slice(from, to),
      pageInfo: { hasNextPage: to < nodes.length, endCursor: String(to) },
    }
  }
  return {
    reviewThreads: (window: { first?: number; after?: string | null }) =>
      page(
        pull.threads.map(({ id, isResolved, comments }) => ({
          id,
          isResolved,
          isOutdated: comments[0]?.line === null,
          comments: (inner: { first?: number }) =>
            page(
              comments.map((one) => commentOf(one, token)),
              inner,
            ),
        })),
        window,
      ),
    comments: (window: { first?: number; after?: string | null }) =>
      page(
        store.issueComments
          .filter((one) => one.pull === number)
          .map(({ id, body, author }) => ({
            id: nodeId(id),
            databaseId: id,
            fullDatabaseId: String(id),
            body,
            viewerDidAuthor: author === token.login,
          })),
        window,
      ),
  }
}

function commentOf(one: StoredReviewComment, token: Token): unknown {
  return {
    id: nodeId(one.id),
    databaseId: one.id,
    fullDatabaseId: String(one.id),
    body: one.body,
    path: one.path,
    line: one.line,
    originalCommit: { oid: one.commit },
    viewerDidAuthor: one.author === token.login,
    isMinimized: one.isMinimised,
  }
}

function nodeId(id: number): string {
  return `node_${id}`
}

function permitted<Result>(
  token: Token,
  permission: 'contents' | 'pull_requests',
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

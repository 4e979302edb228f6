import { z } from 'zod'
import type { Client } from './client.ts'
import { ForgeError } from './faults.ts'
import type { PastComment, PastPage, PastPullRequest, PastThread, Place } from './forge.ts'

/*
 * What has become of pull requests, read a page at a time, the last changed first. Everything in it that people write is
 * bounded: of a conversation or a thread without end only the beginning is read.
 */

/** Pull requests on a page: fewer where an answer gets too large, or takes GitHub too long. */
const sizes = [20, 4, 1]
/** What comes along of each: at the most that a text may have, the answer about one is one that is read. */
const firstThreads = 20
const replies = 20
const comments = 40
/** Further pages of the threads of one pull request, and threads on each. */
const mostPages = 25
const moreOfThem = 40
/** Objects that one query asks for. */
const batch = 100

const oid = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
const moment = z.iso.datetime({ offset: true }).transform((text) => Math.floor(Date.parse(text) / 1000))
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() })

const reviewComment = z.object({
  body: z.string(),
  path: z.string(),
  originalCommit: z.object({ oid }).nullish(),
  originalLine: z.int().nullish(),
  originalStartLine: z.int().nullish(),
  viewerDidAuthor: z.boolean(),
  isMinimized: z.boolean(),
  createdAt: moment,
  author: z.object({ type: z.string(), login: z.string() }).nullish(),
})
const thread = z.object({ comments: z.object({ nodes: z.array(reviewComment.nullable()).nullish() }) })
const threads = z.object({ nodes: z.array(thread.nullable()).nullish(), pageInfo })
const comment = z.object({ body: z.string(), viewerDidAuthor: z.boolean(), createdAt: moment })

const pull = z.object({
  number: z.int(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  body: z.string(),
  createdAt: moment,
  updatedAt: moment,
  mergedAt: moment.nullish(),
  mergeCommit: z.object({ oid }).nullish(),
  baseRefName: z.string(),
  headRefName: z.string(),
  headRefOid: oid,
  isCrossRepository: z.boolean(),
  isDraft: z.boolean(),
  viewerDidAuthor: z.boolean(),
  reviewThreads: threads,
  comments: z.object({ nodes: z.array(comment.nullable()).nullish() }),
})

const threadFields = `nodes {
  comments(first: ${replies}) {
    nodes {
      body path originalCommit { oid } originalLine originalStartLine viewerDidAuthor isMinimized createdAt
      author { type: __typename login }
    }
  }
}
pageInfo { hasNextPage endCursor }`

const pageQuery = `query ($owner: String!, $name: String!, $size: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequests(first: $size, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes {
        number state body createdAt updatedAt mergedAt mergeCommit { oid }
        baseRefName headRefName headRefOid isCrossRepository isDraft viewerDidAuthor
        reviewThreads(first: ${firstThreads}) { ${threadFields} }
        comments(first: ${comments}) { nodes { body viewerDidAuthor createdAt } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`

const threadsQuery = `query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { reviewThreads(first: ${moreOfThem}, after: $after) { ${threadFields} } }
  }
}`

const permission = 'pull-requests: read'

export async function pastPageOf(client: Client, after: string | undefined): Promise<PastPage> {
  for (const size of sizes)
    try {
      return await pageOf(client, after, size)
    } catch (error) {
      const isOften = error instanceof ForgeError && ['unavailable', 'unexpected'].includes(error.kind)
      if (!isOften || size === sizes.at(-1)) throw error
    }
  throw new Error('no size of a page')
}

async function pageOf(client: Client, after: string | undefined, size: number): Promise<PastPage> {
  const { owner, name } = client.repository
  const { repository } = await client.query(
    pageQuery,
    { owner, name, size, after: after ?? null },
    {
      what: 'what has become of pull requests',
      permission,
      schema: z.object({
        repository: z.object({
          pullRequests: z.object({ nodes: z.array(pull.nullable()).nullish(), pageInfo }),
        }),
      }),
    },
  )
  const { nodes, pageInfo: page } = repository.pullRequests
  const found: PastPullRequest[] = []
  for (const one of nodes ?? [])
    if (one !== null)
      found.push(pastOf(one, await moreThreads(client, one.number, one.reviewThreads.pageInfo)))
  return { pulls: found, next: page.hasNextPage ? (page.endCursor ?? undefined) : undefined }
}

async function moreThreads(
  client: Client,
  number: number,
  { hasNextPage, endCursor }: z.output<typeof pageInfo>,
): Promise<PastThread[]> {
  const { owner, name } = client.repository
  const found: PastThread[] = []
  let after = hasNextPage ? endCursor : undefined
  for (let page = 0; page < mostPages && typeof after === 'string'; page++) {
    const { repository } = await client.query(
      threadsQuery,
      { owner, name, number, after },
      {
        what: `the threads of #${number}`,
        permission,
        schema: z.object({
          repository: z.object({ pullRequest: z.object({ reviewThreads: threads }) }),
        }),
      },
    )
    const { nodes, pageInfo: next } = repository.pullRequest.reviewThreads
    found.push(...threadsOf(nodes))
    after = next.hasNextPage ? next.endCursor : undefined
  }
  return found
}

function pastOf(one: z.output<typeof pull>, more: readonly PastThread[]): PastPullRequest {
  return {
    number: one.number,
    state: one.state === 'MERGED' ? 'merged' : one.state === 'OPEN' ? 'open' : 'closed',
    body: normalised(one.body),
    createdAt: one.createdAt,
    updatedAt: one.updatedAt,
    mergedAt: one.mergedAt ?? undefined,
    mergeCommit: one.mergeCommit?.oid,
    base: one.baseRefName,
    head: { ref: one.headRefName, commit: one.headRefOid },
    isFork: one.isCrossRepository,
    isDraft: one.isDraft,
    isOurs: one.viewerDidAuthor,
    threads: [...threadsOf(one.reviewThreads.nodes), ...more],
    ourComments: (one.comments.nodes ?? []).flatMap((said) =>
      said?.viewerDidAuthor === true ? { body: normalised(said.body), createdAt: said.createdAt } : [],
    ),
  }
}

function threadsOf(nodes: z.output<typeof threads>['nodes']): PastThread[] {
  return (nodes ?? []).flatMap((one) => {
    const [first, ...answers] = (one?.comments.nodes ?? []).flatMap((said) =>
      said === null ? [] : commentOf(said),
    )
    return first === undefined ? [] : [{ first, replies: answers }]
  })
}

function commentOf(one: z.output<typeof reviewComment>): PastComment {
  const { originalLine: endLine, originalStartLine: startLine, author } = one
  return {
    body: normalised(one.body),
    path: one.path,
    commit: one.originalCommit?.oid,
    lines: typeof endLine === 'number' ? { startLine: startLine ?? endLine, endLine } : undefined,
    createdAt: one.createdAt,
    isOurs: one.viewerDidAuthor,
    isMinimised: one.isMinimized,
    person: author?.type === 'User' ? author.login : undefined,
  }
}

/** GitHub hands bodies out with the line ends that a browser has sent. */
function normalised(body: string): string {
  return body.replaceAll('\r\n', '\n').trimEnd()
}

/** The ids of files in commits; undefined where a commit has no such file, or is gone itself. */
export async function objectIdsOf(client: Client, places: readonly Place[]): Promise<(string | undefined)[]> {
  const { owner, name } = client.repository
  const ids: (string | undefined)[] = []
  for (let from = 0; from < places.length; from += batch) {
    const some = places.slice(from, from + batch)
    const variables = some.map((_, index) => `, $e${index}: String!`).join('')
    const fields = some.map(
      (_, index) => `o${index}: object(expression: $e${index}) { type: __typename oid }`,
    )
    const { repository } = await client.query(
      `query ($owner: String!, $name: String!${variables}) { repository(owner: $owner, name: $name) { ${fields.join(' ')} } }`,
      {
        owner,
        name,
        ...Object.fromEntries(some.map(({ commit, path }, index) => [`e${index}`, `${commit}:${path}`])),
      },
      {
        what: 'files of commits',
        permission: 'contents: read',
        schema: z.object({
          repository: z.record(z.string(), z.object({ type: z.string(), oid }).nullable()),
        }),
      },
    )
    for (const index of some.keys()) {
      const found = repository[`o${index}`]
      ids.push(found?.type === 'Blob' ? found.oid : undefined)
    }
  }
  return ids
}

const permissionSchema = z.object({ permission: z.string() })

/** Whether somebody may write to the repository. */
export async function mayWrite(client: Client, login: string): Promise<boolean> {
  const { permission: granted } = await client.read(
    'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
    { username: login },
    { what: `what ${login} may do`, permission: 'metadata: read', schema: permissionSchema },
  )
  return granted === 'admin' || granted === 'write'
}

/** The last commit of a branch at a moment, in seconds since 1970; undefined where it had none. */
export async function commitAtOf(client: Client, branch: string, at: number): Promise<string | undefined> {
  const [newest] = await client.read(
    'GET /repos/{owner}/{repo}/commits',
    { sha: branch, until: new Date(at * 1000).toISOString(), per_page: 1 },
    {
      what: `the commits of ${branch}`,
      permission: 'contents: read',
      schema: z.array(z.object({ sha: oid })),
    },
  )
  return newest?.sha
}

export async function defaultBranchOf(client: Client): Promise<string> {
  const { default_branch: name } = await client.read(
    'GET /repos/{owner}/{repo}',
    {},
    {
      what: 'the repository',
      permission: 'metadata: read',
      schema: z.object({ default_branch: z.string() }),
    },
  )
  return name
}

import { z } from 'zod'
import type { Client } from './client.ts'
import { ForgeError } from './faults.ts'
import type { Conversation, ReviewThread } from './forge.ts'

/** Pages of a hundred. Of a longer conversation nobody can tell what was said before, so nothing is added to it. */
const mostPages = 30

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() })

/** A BigInt comes as a string: the numbers of comments have outgrown the 32 bits of GraphQL's `databaseId`. */
const restNumber = z
  .union([z.int(), z.string().regex(/^\d{1,15}$/)])
  .transform(Number)
  .nullish()

const reviewComment = z.object({
  id: z.string(),
  fullDatabaseId: restNumber,
  body: z.string(),
  path: z.string(),
  line: z.int().nullish(),
  originalCommit: z.object({ oid: z.string() }).nullish(),
  viewerDidAuthor: z.boolean(),
  isMinimized: z.boolean(),
})

const thread = z.object({
  id: z.string(),
  isResolved: z.boolean(),
  isOutdated: z.boolean(),
  comments: z.object({ nodes: z.array(reviewComment.nullable()).nullish() }),
})

const comment = z.object({
  id: z.string(),
  fullDatabaseId: restNumber,
  body: z.string(),
  viewerDidAuthor: z.boolean(),
})

const answer = z.object({
  repository: z.object({
    pullRequest: z.object({
      reviewThreads: z.object({ nodes: z.array(thread.nullable()).nullish(), pageInfo }).optional(),
      comments: z.object({ nodes: z.array(comment.nullable()).nullish(), pageInfo }).optional(),
    }),
  }),
})

const query = `query ($owner: String!, $name: String!, $number: Int!, $threads: String, $comments: String, $moreThreads: Boolean!, $moreComments: Boolean!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $threads) @include(if: $moreThreads) {
        nodes {
          id isResolved isOutdated
          comments(first: 50) {
            nodes { id fullDatabaseId body path line originalCommit { oid } viewerDidAuthor isMinimized }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
      comments(first: 100, after: $comments) @include(if: $moreComments) {
        nodes { id fullDatabaseId body viewerDidAuthor }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`

/** All that was said in a pull request, in one query where a page is enough. */
export async function conversationOf(client: Client, number: number): Promise<Conversation> {
  const { owner, name } = client.repository
  const conversation: Conversation = { threads: [], comments: [] }
  let threads: Cursor = { after: null, isOpen: true }
  let comments: Cursor = { after: null, isOpen: true }
  for (let page = 0; page < mostPages && (threads.isOpen || comments.isOpen); page++) {
    const { repository } = await client.query(
      query,
      {
        owner,
        name,
        number,
        threads: threads.after,
        comments: comments.after,
        moreThreads: threads.isOpen,
        moreComments: comments.isOpen,
      },
      { what: `the conversation of #${number}`, permission: 'pull-requests: read', schema: answer },
    )
    const { reviewThreads, comments: some } = repository.pullRequest
    for (const one of reviewThreads?.nodes ?? []) if (one !== null) conversation.threads.push(threadOf(one))
    for (const one of some?.nodes ?? [])
      if (one !== null)
        conversation.comments.push({
          number: one.fullDatabaseId ?? 0,
          body: one.body,
          isOurs: one.viewerDidAuthor,
        })
    threads = next(reviewThreads?.pageInfo)
    comments = next(some?.pageInfo)
  }
  if (threads.isOpen || comments.isOpen)
    throw new ForgeError(
      'unexpected',
      `the conversation of #${number} is too long to be read: more than ${mostPages * 100} threads or comments`,
      'the summary of the job holds the changes',
    )
  return conversation
}

interface Cursor {
  after: string | null
  isOpen: boolean
}

function next(page: z.output<typeof pageInfo> | undefined): Cursor {
  return { after: page?.endCursor ?? null, isOpen: page?.hasNextPage === true }
}

function threadOf({ id, isResolved, isOutdated, comments }: z.output<typeof thread>): ReviewThread {
  return {
    id,
    isResolved,
    isOutdated,
    comments: (comments.nodes ?? []).flatMap((one) =>
      one === null
        ? []
        : [
            {
              id: one.id,
              number: one.fullDatabaseId ?? 0,
              body: one.body,
              path: one.path,
              line: one.line ?? undefined,
              commit: one.originalCommit?.oid ?? '',
              isOurs: one.viewerDidAuthor,
              isMinimised: one.isMinimized,
            },
          ],
    ),
  }
}

import type { JsonObject, JsonValue } from '../../../src/model/index.ts'
import { listed, repository, type Answer, type Call, type Handlers } from './call.ts'
import { record, word } from './json.ts'
import {
  checkBody,
  demand,
  pullOf,
  Refusal,
  touch,
  type Pull,
  type Store,
  type StoredComment,
  type StoredReviewComment,
  type Thread,
  type Token,
} from './model.ts'

const pulls = `${repository}/pulls`
const issues = `${repository}/issues`

export const reviewHandlers: Handlers = {
  [`POST ${pulls}/{pull_number}/reviews`]: createReview,
  [`GET ${pulls}/{pull_number}/comments`]: (call) => {
    demand(call.token, 'pull_requests', 'read')
    const pull = pullOf(call.store, Number(call.parameters['pull_number']))
    return listed(
      call,
      pull.threads.flatMap(({ comments }) => comments.map((one) => reviewCommentJson(pull, one))),
    )
  },
  [`PATCH ${pulls}/comments/{comment_id}`]: ({ store, token, parameters, body }) => {
    demand(token, 'pull_requests', 'write')
    const id = Number(parameters['comment_id'])
    for (const pull of store.pulls)
      for (const comment of pull.threads.flatMap(({ comments }) => comments))
        if (comment.id === id) {
          checkBody(word(body['body']))
          comment.body = word(body['body'])
          touch(pull)
          return { status: 200, body: reviewCommentJson(pull, comment) }
        }
    throw new Refusal(404, 'Not Found')
  },
  [`GET ${issues}/{issue_number}/comments`]: (call) => {
    const { store, token, parameters } = call
    if (token.permissions.issues === undefined) demand(token, 'pull_requests', 'read')
    const pull = pullOf(store, Number(parameters['issue_number']))
    return listed(call, store.issueComments.filter((one) => one.pull === pull.number).map(commentJson))
  },
  [`POST ${issues}/{issue_number}/comments`]: ({ store, token, parameters, body, next }) => {
    demandComments(token)
    const pull = pullOf(store, Number(parameters['issue_number']))
    checkBody(word(body['body']))
    const comment = {
      id: next(),
      pull: pull.number,
      author: token.login,
      body: word(body['body']),
      createdAt: touch(pull),
    }
    store.issueComments.push(comment)
    return { status: 201, body: commentJson(comment) }
  },
  [`PATCH ${issues}/comments/{comment_id}`]: ({ store, token, parameters, body }) => {
    demandComments(token)
    const comment = store.issueComments.find(({ id }) => id === Number(parameters['comment_id']))
    if (comment === undefined) throw new Refusal(404, 'Not Found')
    checkBody(word(body['body']))
    comment.body = word(body['body'])
    touch(pullOf(store, comment.pull))
    return { status: 200, body: commentJson(comment) }
  },
}

/** A pull request's comments take either permission. */
function demandComments(token: Token): void {
  if (token.permissions.issues !== 'write') demand(token, 'pull_requests', 'write')
}

/** All or nothing: one bad line makes the whole review fail (facts/github.md, section 3, as all rules here). */
function createReview({ store, token, parameters, body, next }: Call): Answer {
  demand(token, 'pull_requests', 'write')
  const pull = pullOf(store, Number(parameters['pull_number']))
  const text = word(body['body'])
  const event = word(body['event'])
  if (!['', 'COMMENT', 'REQUEST_CHANGES'].includes(event))
    throw new Error(`the tests' GitHub knows no review with the event ${event}`)
  // `body` is required with an event; without one the review stays PENDING, where nobody but its author sees it.
  if (event !== '' && text === '') throw unprocessable('Body can’t be blank')
  checkBody(text)
  const commit = word(body['commit_id']) || pull.headSha
  if (!commitsOf(store, pull).includes(commit))
    throw unprocessable('commit_id is not part of the pull request')
  const comments = Array.isArray(body['comments']) ? body['comments'] : []
  // A limit that nobody has written down (suggest-changes has hit it).
  if (comments.length > 100) throw unprocessable('too many comments')
  const id = next()
  touch(pull)
  const threads = comments.map((comment) => threadOf({ store, token, pull, commit, next }, record(comment)))
  const state = event === '' ? 'PENDING' : event === 'COMMENT' ? 'COMMENTED' : 'CHANGES_REQUESTED'
  pull.reviews.push({ id, author: token.login, body: text, commit, state })
  if (state !== 'PENDING') pull.threads.push(...threads)
  return { status: 200, body: { id, body: text, state, commit_id: commit } }
}

/** The thread that a comment opens; an anchor lies in one hunk of the diff from the merge base, with three lines around. */
function threadOf(
  {
    store,
    token,
    pull,
    commit,
    next,
  }: Pick<Call, 'store' | 'token' | 'next'> & { pull: Pull; commit: string },
  comment: JsonObject,
): Thread {
  const { body, line, start_line: start, side = 'RIGHT', start_side: startSide = side } = comment
  const path = word(comment['path'])
  checkBody(word(body))
  if (side !== 'RIGHT' || startSide !== 'RIGHT' || comment['position'] !== undefined)
    throw new Error("the tests' GitHub knows no comments but on lines of the right side")
  const hunks = store.repository.hunks(pull.base, commit, path)
  if (hunks === undefined) throw unprocessable('Path could not be resolved')
  const last = Number(line)
  const first = start === undefined ? last : Number(start)
  const hunk = hunks.find((one) => one.start <= last && one.end >= last)
  if (hunk === undefined) throw unprocessable('pull_request_review_thread.line must be part of the diff')
  if (start !== undefined && first >= last)
    throw unprocessable('pull_request_review_thread.start_line must precede the end line.')
  if (first < hunk.start)
    throw unprocessable('pull_request_review_thread.start_line must be part of the same hunk as the line.')
  const number = next()
  // Of an older commit, it may be outdated at once.
  const moved =
    commit === pull.headSha
      ? last
      : store.repository.movedLine({ from: commit, to: pull.headSha, path }, first, last)
  return {
    id: `PRRT_${number}`,
    isResolved: false,
    comments: [
      {
        id: number,
        pull: pull.number,
        author: token.login,
        body: word(body),
        path,
        line: moved,
        startLine: start === undefined || moved === null ? null : first + moved - last,
        originalLine: last,
        originalStartLine: start === undefined ? null : first,
        createdAt: pull.updatedAt,
        commit,
        isMinimised: false,
      },
    ],
  }
}

/** The commits that a pull request consists of. */
function commitsOf(store: Store, pull: Pull): string[] {
  return store.repository.git('rev-list', pull.headSha, `^refs/heads/${pull.base}`).split('\n')
}

function unprocessable(message: string): Refusal {
  return new Refusal(422, 'Unprocessable Entity', { errors: [message] })
}

function commentJson({ id, body, author }: StoredComment): JsonValue {
  return { id, body, user: { login: author } }
}

function reviewCommentJson(pull: Pull, one: StoredReviewComment): JsonObject {
  return {
    id: one.id,
    body: one.body,
    path: one.path,
    user: { login: one.author },
    // Of an outdated comment GitHub says null, which its own description does not allow.
    ...(one.line === null ? {} : { line: one.line, start_line: one.startLine }),
    original_line: one.originalLine,
    ...(one.originalStartLine === null ? {} : { original_start_line: one.originalStartLine }),
    original_commit_id: one.commit,
    commit_id: one.line === null ? one.commit : pull.headSha,
    side: 'RIGHT',
  }
}

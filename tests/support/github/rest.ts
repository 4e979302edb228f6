import type { JsonObject, JsonValue } from '../../../src/model/index.ts'
import { word } from './json.ts'
import { checkBody, demand, pullOf, Refusal, type Pull, type Store, type Token } from './model.ts'

/** One request that has kept the contract. */
export interface Call {
  store: Store
  token: Token
  parameters: Readonly<Record<string, string>>
  query: URLSearchParams
  body: JsonObject
  /** Numbers that were not used before. */
  next: () => number
  now: string
  /** Where blobs of artifacts are handed out, without a token. */
  blobs: string
}

export interface Answer {
  status: number
  body?: JsonValue
  headers?: Readonly<Record<string, string>>
}

type Handler = (call: Call) => Answer

const pulls = '/repos/{owner}/{repo}/pulls'
const git = '/repos/{owner}/{repo}/git'

/** The operations that the project uses, by method and path of GitHub's description. */
export const handlers: Readonly<Record<string, Handler>> = {
  [`GET ${pulls}/{pull_number}`]: ({ store, token, parameters }) => {
    demand(token, 'pull_requests', 'read')
    return { status: 200, body: pullJson(store, pullOf(store, Number(parameters['pull_number']))) }
  },
  [`GET ${pulls}`]: ({ store, token, query }) => {
    demand(token, 'pull_requests', 'read')
    const [owner, ref] = (query.get('head') ?? '').split(/:(.*)/s)
    const state = query.get('state') ?? 'open'
    const found = store.pulls.filter(
      (pull) =>
        (state === 'all' || pull.state === state) &&
        (query.get('head') === null || (pull.head.owner === owner && pull.head.ref === ref)),
    )
    return {
      status: 200,
      body: found
        .toReversed()
        .slice(0, 100)
        .map((pull) => pullJson(store, pull)),
    }
  },
  [`POST ${pulls}`]: ({ store, token, body, next, now }) => {
    demand(token, 'pull_requests', 'write')
    if (!store.allowsActionsPullRequests && token.login.endsWith('[bot]'))
      throw new Refusal(403, 'GitHub Actions is not permitted to create or approve pull requests.')
    const [head, base] = [word(body['head']), word(body['base'])]
    const tip = store.repository.branch(head)
    if (tip === undefined || store.repository.branch(base) === undefined)
      throw new Refusal(422, 'Validation Failed', {
        errors: [{ resource: 'PullRequest', field: tip === undefined ? 'head' : 'base', code: 'invalid' }],
      })
    if (store.pulls.some((pull) => pull.state === 'open' && pull.head.ref === head && pull.base === base))
      throw new Refusal(422, 'Validation Failed', {
        errors: [{ message: `A pull request already exists for ${store.owner}:${head}.` }],
      })
    if (store.repository.files(base, tip).length === 0)
      throw new Refusal(422, 'Validation Failed', {
        errors: [{ message: `No commits between ${base} and ${head}` }],
      })
    checkBody(word(body['body']))
    const pull: Pull = {
      number: next(),
      title: word(body['title']),
      body: word(body['body']),
      state: 'open',
      mergedAt: null,
      draft: false,
      author: token.login,
      createdAt: now,
      head: { owner: store.owner, name: store.name, ref: head },
      headSha: tip,
      base,
      reviews: [],
      threads: [],
    }
    store.pulls.push(pull)
    return { status: 201, body: pullJson(store, pull) }
  },
  [`PATCH ${pulls}/{pull_number}`]: ({ store, token, parameters, body }) => {
    demand(token, 'pull_requests', 'write')
    const pull = pullOf(store, Number(parameters['pull_number']))
    checkBody(word(body['body']))
    if (typeof body['title'] === 'string') pull.title = body['title']
    if (typeof body['body'] === 'string') pull.body = body['body']
    if (body['state'] === 'open' || body['state'] === 'closed') pull.state = body['state']
    return { status: 200, body: pullJson(store, pull) }
  },
  [`GET ${pulls}/{pull_number}/files`]: ({ store, token, parameters, query }) => {
    demand(token, 'pull_requests', 'read')
    const pull = pullOf(store, Number(parameters['pull_number']))
    // At most 3,000 files (facts/github.md, section 3).
    const files = diffOf(store, pull.base, pull.headSha).slice(0, 3000)
    const size = Number(query.get('per_page') ?? 30)
    const page = Number(query.get('page') ?? 1)
    return { status: 200, body: files.slice((page - 1) * size, page * size) }
  },
  [`POST ${pulls}/{pull_number}/reviews`]: createReview,
  [`PATCH ${pulls}/comments/{comment_id}`]: ({ store, token, parameters, body }) => {
    demand(token, 'pull_requests', 'write')
    const comment = store.pulls
      .flatMap(({ threads }) => threads.flatMap(({ comments }) => comments))
      .find(({ id }) => id === Number(parameters['comment_id']))
    if (comment === undefined) throw new Refusal(404, 'Not Found')
    checkBody(word(body['body']))
    comment.body = word(body['body'])
    return { status: 200, body: { id: comment.id, body: comment.body, path: comment.path } }
  },
  ['GET /repos/{owner}/{repo}/compare/{basehead}']: ({ store, token, parameters, query }) => {
    demand(token, 'contents', 'read')
    const [base = '', head = ''] = (parameters['basehead'] ?? '').split('...')
    const [from, to] = [store.repository.commitOf(base), store.repository.commitOf(head)]
    if (from === undefined || to === undefined) throw new Refusal(404, 'Not Found')
    const merge = store.repository.mergeBase(from, to)
    const log = store.repository
      .git('log', '--format=%H %an', `${merge}..${to}`)
      .split('\n')
      .filter((line) => line !== '')
    const commits = log.toReversed().map((line) => {
      const [sha = '', author = ''] = line.split(/ (.*)/s)
      return {
        sha,
        author: { login: author },
        commit: { author: { name: author }, committer: { name: author } },
      }
    })
    return {
      status: 200,
      body: {
        merge_base_commit: { sha: merge },
        base_commit: { sha: from },
        total_commits: commits.length,
        commits: commits.slice(0, Number(query.get('per_page') ?? 250)),
        // Cut at 300 (facts/github.md, section 3, and GitHub's description of this operation).
        files: diffOf(store, from, to).slice(0, 300),
      },
    }
  },
  [`GET ${git}/trees/{tree_sha}`]: ({ store, token, parameters }) => {
    demand(token, 'contents', 'read')
    const commit = store.repository.commitOf(parameters['tree_sha'] ?? '')
    if (commit === undefined) throw new Refusal(404, 'Not Found')
    const tree = store.repository.tree(commit)
    return {
      status: 200,
      body: {
        sha: commit,
        truncated: store.isTreeTruncated,
        tree: store.isTreeTruncated ? tree.slice(0, 3) : tree,
      },
    }
  },
  [`GET ${git}/blobs/{file_sha}`]: ({ store, token, parameters }) => {
    demand(token, 'contents', 'read')
    const oid = parameters['file_sha'] ?? ''
    const bytes = store.repository.blob(oid)
    if (bytes === undefined) throw new Refusal(404, 'Not Found')
    return {
      status: 200,
      body: {
        sha: oid,
        content: bytes.toString('base64').replaceAll(/(.{60})/g, '$1\n'),
        encoding: 'base64',
        size: bytes.length,
      },
    }
  },
  [`GET ${git}/ref/{ref}`]: ({ store, token, parameters }) => {
    demand(token, 'contents', 'read')
    const ref = `refs/${parameters['ref'] ?? ''}`
    const sha = store.repository.commitOf(ref)
    if (sha === undefined) throw new Refusal(404, 'Not Found')
    return { status: 200, body: { ref, object: { sha, type: 'commit' } } }
  },
  [`POST ${git}/refs`]: ({ store, token, body }) => {
    demand(token, 'contents', 'write')
    const [ref, sha] = [word(body['ref']), word(body['sha'])]
    if (store.repository.commitOf(ref) !== undefined) throw new Refusal(422, 'Reference already exists')
    // `a` and `a/b` cannot both be branches: git itself refuses.
    try {
      store.repository.git('update-ref', ref, sha)
    } catch {
      throw new Refusal(422, 'Reference cannot be created')
    }
    return { status: 201, body: { ref, object: { sha, type: 'commit' } } }
  },
  [`PATCH ${git}/refs/{ref}`]: ({ store, token, parameters, body }) => {
    demand(token, 'contents', 'write')
    const ref = `refs/${parameters['ref'] ?? ''}`
    const [old, sha] = [store.repository.commitOf(ref), word(body['sha'])]
    if (old === undefined) throw new Refusal(422, 'Reference does not exist')
    if (body['force'] !== true && store.repository.mergeBase(old, sha) !== old)
      throw new Refusal(422, 'Update is not a fast forward')
    store.repository.git('update-ref', ref, sha)
    followBranches(store)
    return { status: 200, body: { ref, object: { sha, type: 'commit' } } }
  },
  [`DELETE ${git}/refs/{ref}`]: ({ store, token, parameters }) => {
    demand(token, 'contents', 'write')
    const ref = `refs/${parameters['ref'] ?? ''}`
    if (store.repository.commitOf(ref) === undefined) throw new Refusal(422, 'Reference does not exist')
    store.repository.git('update-ref', '-d', ref)
    followBranches(store)
    return { status: 204 }
  },
  ['POST /repos/{owner}/{repo}/issues/{issue_number}/comments']: ({
    store,
    token,
    parameters,
    body,
    next,
  }) => {
    // A pull request's comments take either permission.
    if (token.permissions.issues !== 'write') demand(token, 'pull_requests', 'write')
    const pull = pullOf(store, Number(parameters['issue_number']))
    checkBody(word(body['body']))
    const comment = { id: next(), pull: pull.number, author: token.login, body: word(body['body']) }
    store.issueComments.push(comment)
    return { status: 201, body: { id: comment.id, body: comment.body } }
  },
  ['PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}']: ({ store, token, parameters, body }) => {
    if (token.permissions.issues !== 'write') demand(token, 'pull_requests', 'write')
    const comment = store.issueComments.find(({ id }) => id === Number(parameters['comment_id']))
    if (comment === undefined) throw new Refusal(404, 'Not Found')
    checkBody(word(body['body']))
    comment.body = word(body['body'])
    return { status: 200, body: { id: comment.id, body: comment.body } }
  },
  ['POST /repos/{owner}/{repo}/check-runs']: ({ store, token, body, next }) => {
    demand(token, 'checks', 'write')
    const id = next()
    const { annotations, title } = outputOf(body)
    store.checkRuns.push({
      id,
      head: word(body['head_sha']),
      conclusion: word(body['conclusion']),
      annotations,
      title,
    })
    return { status: 201, body: { id, head_sha: word(body['head_sha']) } }
  },
  ['PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}']: ({ store, token, parameters, body }) => {
    demand(token, 'checks', 'write')
    const run = store.checkRuns.find(({ id }) => id === Number(parameters['check_run_id']))
    if (run === undefined) throw new Refusal(404, 'Not Found')
    run.annotations += outputOf(body).annotations
    return { status: 200, body: { id: run.id } }
  },
  ['GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts']: ({ store, token, parameters, query }) => {
    demand(token, 'actions', 'read')
    const found = store.artifacts.filter(
      ({ run, name }) => run === Number(parameters['run_id']) && (query.get('name') ?? name) === name,
    )
    return {
      status: 200,
      body: {
        total_count: found.length,
        artifacts: found.map(({ id, name, expired, zip }) => ({
          id,
          name,
          expired,
          size_in_bytes: zip.length,
        })),
      },
    }
  },
  ['GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}']: ({
    store,
    token,
    parameters,
    blobs,
  }) => {
    demand(token, 'actions', 'read')
    const found = store.artifacts.find(({ id }) => id === Number(parameters['artifact_id']))
    if (found === undefined) throw new Refusal(404, 'Not Found')
    return { status: 302, headers: { location: `${blobs}/${found.id}` } }
  },
}

/** All or nothing: one bad line makes the whole review fail (facts/github.md, section 3). */
function createReview({ store, token, parameters, body, next }: Call): Answer {
  demand(token, 'pull_requests', 'write')
  const pull = pullOf(store, Number(parameters['pull_number']))
  const text = word(body['body'])
  const isComment = body['event'] === 'COMMENT'
  // `body` is required when the event is COMMENT; without an event the review stays PENDING.
  if (isComment && text === '') throw unprocessable('Body can’t be blank')
  checkBody(text)
  const commit = word(body['commit_id']) || pull.headSha
  const known = store.repository.git('rev-list', pull.headSha).split('\n')
  if (!known.includes(commit)) throw unprocessable('commit_id is not part of the pull request')
  const comments = Array.isArray(body['comments']) ? body['comments'] : []
  if (comments.length > 100) throw unprocessable('too many comments')
  const id = next()
  const threads = comments.map((comment) => {
    const {
      path,
      body: said,
      line,
      start_line: start,
      side = 'RIGHT',
      start_side: startSide,
    } = record(comment)
    checkBody(word(said))
    const hunks = store.repository.hunks(pull.base, commit, word(path))
    if (hunks === undefined) throw unprocessable('Path could not be resolved')
    const last = Number(line)
    const first = start === undefined ? last : Number(start)
    if (side !== 'RIGHT' || (start !== undefined && startSide !== 'RIGHT'))
      throw unprocessable('side is not what the tests know')
    const hunk = hunks.find((one) => one.start <= last && one.end >= last)
    if (hunk === undefined) throw unprocessable('pull_request_review_thread.line must be part of the diff')
    if (start !== undefined && first >= last)
      throw unprocessable('pull_request_review_thread.start_line must precede the end line.')
    if (first < hunk.start)
      throw unprocessable('pull_request_review_thread.start_line must be part of the same hunk as the line.')
    const number = next()
    return {
      id: `PRRT_${number}`,
      isResolved: false,
      comments: [
        {
          id: number,
          pull: pull.number,
          author: token.login,
          body: word(said),
          path: word(path),
          line: last,
          startLine: start === undefined ? null : first,
          originalLine: last,
          commit,
          isMinimised: false,
        },
      ],
    }
  })
  pull.reviews.push({
    id,
    author: token.login,
    body: text,
    commit,
    state: isComment ? 'COMMENTED' : 'PENDING',
  })
  if (isComment) pull.threads.push(...threads)
  return {
    status: 200,
    body: { id, body: text, state: isComment ? 'COMMENTED' : 'PENDING', commit_id: commit },
  }
}

function unprocessable(message: string): Refusal {
  return new Refusal(422, 'Unprocessable Entity', { errors: [message] })
}

function outputOf(body: JsonObject): { annotations: number; title: string } {
  const output = record(body['output'] ?? {})
  const annotations = Array.isArray(output['annotations']) ? output['annotations'] : []
  if (annotations.length > 50)
    throw new Refusal(422, 'Invalid request', { errors: ['annotations: at most 50 items'] })
  for (const key of ['summary', 'text'])
    if (word(output[key]).length > 65_535)
      throw new Refusal(422, 'Invalid request', { errors: [`${key} is too long`] })
  return { annotations: annotations.length, title: word(output['title']) }
}

const diffs = new Map<string, JsonObject[]>()

function diffOf(store: Store, base: string, head: string): JsonObject[] {
  const from = store.repository.commitOf(base) ?? base
  const key = `${store.repository.bare} ${from} ${head} ${store.largestPatch}`
  const known =
    diffs.get(key) ??
    store.repository
      .files(from, head, store.largestPatch)
      .map((file): JsonObject => ({ ...file, sha: '0'.repeat(40), additions: 1, deletions: 0, changes: 1 }))
  diffs.set(key, known)
  return known
}

/** Heads follow their branches; a comment whose line is another one now is outdated (facts/github.md, section 3). */
export function followBranches(store: Store): void {
  for (const pull of store.pulls) {
    if (pull.state !== 'open' || pull.head.owner !== store.owner) continue
    const tip = store.repository.branch(pull.head.ref)
    if (tip === undefined) {
      pull.state = 'closed'
      continue
    }
    moveHead(store, pull, tip)
    // A branch that holds nothing of its own any more has nothing to merge.
    if (store.repository.mergeBase(tip, pull.base) === tip) pull.state = 'closed'
  }
}

export function moveHead(store: Store, pull: Pull, tip: string): void {
  const old = pull.headSha
  if (tip === old) return
  pull.headSha = tip
  store.repository.git('update-ref', `refs/pull/${pull.number}/head`, tip)
  for (const { comments } of pull.threads)
    for (const comment of comments) {
      if (comment.line === null) continue
      comment.line = movedLine(store, old, tip, comment.path, comment.startLine ?? comment.line, comment.line)
      if (comment.line === null) comment.startLine = null
    }
}

/** Where a range of lines stands in another commit; null where one of them has changed. */
function movedLine(
  store: Store,
  from: string,
  to: string,
  path: string,
  first: number,
  last: number,
): number | null {
  if (store.repository.text(to, path) === undefined) return null
  let shift = 0
  const diff = store.repository.git('diff', '-U0', from, to, '--', path)
  for (const [, at = '0', gone = '1', , come = '1'] of diff.matchAll(
    /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm,
  )) {
    const start = Number(at)
    const removed = Number(gone)
    if (removed > 0 && start <= last && start + removed - 1 >= first) return null
    if (removed === 0 && start >= first && start < last) return null
    if (start < first || (removed === 0 && start < first)) shift += Number(come) - removed
  }
  return last + shift
}

function pullJson(store: Store, pull: Pull): JsonObject {
  return {
    number: pull.number,
    state: pull.state,
    draft: pull.draft,
    title: pull.title,
    body: pull.body,
    html_url: `https://github.example.test/${store.owner}/${store.name}/pull/${pull.number}`,
    created_at: pull.createdAt,
    merged_at: pull.mergedAt,
    user: { login: pull.author },
    head: {
      sha: pull.headSha,
      ref: pull.head.ref,
      label: `${pull.head.owner}:${pull.head.ref}`,
      repo: { full_name: `${pull.head.owner}/${pull.head.name}`, name: pull.head.name },
    },
    base: {
      sha: store.repository.branch(pull.base) ?? '',
      ref: pull.base,
      label: `${store.owner}:${pull.base}`,
      repo: { full_name: `${store.owner}/${store.name}`, name: store.name },
    },
  }
}

function record(value: JsonValue): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

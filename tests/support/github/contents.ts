import type { JsonObject } from '../../../src/model/index.ts'
import { listed, page, repository, type Answer, type Call, type Handlers } from './call.ts'
import { record, word } from './json.ts'
import { demand, Refusal, type Store } from './model.ts'
import { repositoryJson } from './pulls.ts'

const git = `${repository}/git`

/** What a repository holds: commits, trees, blobs, and the names of branches. */
export const contentHandlers: Handlers = {
  [`GET ${repository}`]: ({ store }) => ({ status: 200, body: repositoryJson(store) }),
  [`GET ${repository}/collaborators/{username}/permission`]: ({ store, parameters }) => {
    const login = parameters['username'] ?? ''
    const permission = store.collaborators.get(login) ?? 'read'
    return { status: 200, body: { permission, role_name: permission, user: { login } } }
  },
  [`GET ${repository}/commits`]: (call) => {
    const { store, token, query } = call
    demand(token, 'contents', 'read')
    const tip = store.repository.commitOf(query.get('sha') ?? 'main')
    if (tip === undefined) throw new Refusal(404, 'Not Found')
    const until = query.get('until')
    return listed(call, commitsOf(store, tip, ...(until === null ? [] : [`--until=${until}`])))
  },
  [`GET ${repository}/compare/{basehead}`]: compare,
  [`GET ${git}/trees/{tree_sha}`]: ({ store, token, parameters, query }) => {
    demand(token, 'contents', 'read')
    const commit = store.repository.commitOf(parameters['tree_sha'] ?? '')
    if (commit === undefined) throw new Refusal(404, 'Not Found')
    const tree = store.repository
      .tree(commit)
      .filter(({ path }) => query.get('recursive') !== null || !path.includes('/'))
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
    const content = bytes.toString('base64').replaceAll(/(.{60})/g, '$1\n')
    return { status: 200, body: { sha: oid, content, encoding: 'base64', size: bytes.length } }
  },
  [`GET ${git}/ref/{ref}`]: ({ store, token, parameters }) => {
    demand(token, 'contents', 'read')
    const ref = refOf(parameters)
    const sha = store.repository.commitOf(ref)
    if (sha === undefined) throw new Refusal(404, 'Not Found')
    return { status: 200, body: refJson(ref, sha) }
  },
  [`POST ${git}/refs`]: ({ store, token, body, follow }) => {
    demand(token, 'contents', 'write')
    const [ref, sha] = [word(body['ref']), word(body['sha'])]
    if (store.repository.commitOf(ref) !== undefined) throw new Refusal(422, 'Reference already exists')
    if (store.repository.commitOf(sha) === undefined) throw new Refusal(422, 'Object does not exist')
    // `a` and `a/b` cannot both be branches: git itself refuses.
    try {
      store.repository.git('update-ref', ref, sha)
    } catch {
      throw new Refusal(422, 'Reference cannot be created')
    }
    follow()
    return { status: 201, body: refJson(ref, sha) }
  },
  [`PATCH ${git}/refs/{ref}`]: ({ store, token, parameters, body, follow }) => {
    demand(token, 'contents', 'write')
    const ref = refOf(parameters)
    const [old, sha] = [store.repository.commitOf(ref), word(body['sha'])]
    if (old === undefined) throw new Refusal(422, 'Reference does not exist')
    if (store.repository.commitOf(sha) === undefined) throw new Refusal(422, 'Object does not exist')
    if (body['force'] !== true && store.repository.mergeBase(old, sha) !== old)
      throw new Refusal(422, 'Update is not a fast forward')
    store.repository.git('update-ref', ref, sha)
    follow()
    return { status: 200, body: refJson(ref, sha) }
  },
  [`DELETE ${git}/refs/{ref}`]: ({ store, token, parameters, follow }) => {
    demand(token, 'contents', 'write')
    const ref = refOf(parameters)
    if (store.repository.commitOf(ref) === undefined) throw new Refusal(422, 'Reference does not exist')
    store.repository.git('update-ref', '-d', ref)
    follow()
    return { status: 204 }
  },
}

/** Commits come in pages, the oldest first; files with the first page alone, and at most 300 (GitHub's description). */
function compare(call: Call): Answer {
  const { store, token, parameters, query } = call
  demand(token, 'contents', 'read')
  const [base = '', head = ''] = (parameters['basehead'] ?? '').split('...')
  const [from, to] = [store.repository.commitOf(base), store.repository.commitOf(head)]
  if (from === undefined || to === undefined) throw new Refusal(404, 'Not Found')
  const merge = store.repository.mergeBase(from, to)
  const commits = commitsOf(store, `${merge}..${to}`).toReversed()
  const { items, headers } = page(call, commits)
  const files = store.repository.files(from, to, store.largestPatch).slice(0, store.mostCompared)
  return {
    status: 200,
    headers,
    body: {
      merge_base_commit: { sha: merge },
      base_commit: { sha: from },
      total_commits: commits.length,
      // Without pages, 250 (GitHub's description).
      commits: query.has('page') || query.has('per_page') ? items : commits.slice(0, 250),
      ...(Number(query.get('page') ?? 1) > 1 ? {} : { files: files.map((file) => record({ ...file })) }),
    },
  }
}

function commitsOf(store: Store, range: string, ...options: string[]): JsonObject[] {
  return store.repository
    .git('log', '-z', '--format=%H%n%an%n%cn%n%B', ...options, range)
    .split('\0')
    .filter((one) => one !== '')
    .map((one) => {
      const [sha = '', author = '', committer = '', ...message] = one.split('\n')
      return {
        sha,
        author: { login: author },
        committer: { login: committer },
        commit: {
          message: message.join('\n').trimEnd(),
          author: { name: author },
          committer: { name: committer },
        },
      }
    })
}

function refOf(parameters: Call['parameters']): string {
  return `refs/${parameters['ref'] ?? ''}`
}

function refJson(ref: string, sha: string): JsonObject {
  return { ref, object: { sha, type: 'commit' } }
}

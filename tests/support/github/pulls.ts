import type { JsonObject } from '../../../src/model/index.ts'
import { listed, repository, type Call, type Answer, type Handlers } from './call.ts'
import { record, word } from './json.ts'
import { checkBody, demand, pullOf, Refusal, touch, type Pull, type Store } from './model.ts'

const pulls = `${repository}/pulls`

export const pullHandlers: Handlers = {
  [`GET ${pulls}/{pull_number}`]: ({ store, token, parameters }) => {
    demand(token, 'pull_requests', 'read')
    return { status: 200, body: pullJson(store, pullOf(store, Number(parameters['pull_number']))) }
  },
  [`GET ${pulls}`]: (call) => {
    const { store, token, query } = call
    demand(token, 'pull_requests', 'read')
    const [head, base, state, sort] = ['head', 'base', 'state', 'sort'].map((name) => query.get(name))
    if (sort !== null && sort !== 'created') throw new Error(`the tests' GitHub does not sort by ${sort}`)
    const found = store.pulls.filter(
      (pull) =>
        (state === 'all' || pull.state === (state ?? 'open')) &&
        (head === null || `${pull.head.owner}:${pull.head.ref}` === head) &&
        (base === null || pull.base === base),
    )
    // The newest first, where nothing else is asked for.
    const sorted = query.get('direction') === 'asc' ? found : found.toReversed()
    return listed(
      call,
      sorted.map((pull) => pullJson(store, pull)),
    )
  },
  [`POST ${pulls}`]: createPull,
  [`PATCH ${pulls}/{pull_number}`]: ({ store, token, parameters, body }) => {
    demand(token, 'pull_requests', 'write')
    const pull = pullOf(store, Number(parameters['pull_number']))
    checkBody(word(body['body']))
    if (typeof body['title'] === 'string') pull.title = body['title']
    if (typeof body['body'] === 'string') pull.body = body['body']
    touch(pull)
    if (body['state'] === 'open' || body['state'] === 'closed') {
      pull.state = body['state']
      pull.closedAt = pull.state === 'closed' ? pull.updatedAt : null
    }
    return { status: 200, body: pullJson(store, pull) }
  },
  [`GET ${pulls}/{pull_number}/files`]: (call) => {
    const { store, token, parameters } = call
    demand(token, 'pull_requests', 'read')
    const pull = pullOf(store, Number(parameters['pull_number']))
    // At most 3,000 files, and no patch of binary and very large ones (facts/github.md, section 3).
    const files = store.repository.files(pull.base, pull.headSha, store.largestPatch)
    return listed(
      call,
      files.slice(0, store.mostListed).map((file) => record({ ...file })),
    )
  },
}

/** Refusals: facts/github.md, section 5 (create, and on "already exists" look up) and section 3 of the permissions. */
function createPull({ store, token, body, next, now }: Call): Answer {
  demand(token, 'pull_requests', 'write')
  // A setting of the repository ("allow Actions to create PRs", section 5).
  if (!store.allowsActionsPullRequests && token.login.endsWith('[bot]'))
    throw new Refusal(403, 'GitHub Actions is not permitted to create or approve pull requests.')
  const [head, base] = [word(body['head']), word(body['base'])]
  const tip = store.repository.branch(head)
  if (tip === undefined || store.repository.branch(base) === undefined)
    throw new Refusal(422, 'Validation Failed', {
      errors: [{ resource: 'PullRequest', field: tip === undefined ? 'head' : 'base', code: 'invalid' }],
    })
  const exists = store.pulls.some(
    (pull) =>
      pull.state === 'open' &&
      pull.head.owner === store.owner &&
      pull.head.ref === head &&
      pull.base === base,
  )
  if (exists) throw refused(`A pull request already exists for ${store.owner}:${head}.`)
  if (store.repository.mergeBase(base, tip) === tip) throw refused(`No commits between ${base} and ${head}`)
  checkBody(word(body['body']))
  const pull: Pull = {
    number: next(),
    title: word(body['title']),
    body: word(body['body']),
    state: 'open',
    mergedAt: null,
    closedAt: null,
    mergeCommit: null,
    draft: body['draft'] === true,
    author: token.login,
    createdAt: now,
    updatedAt: now,
    head: { owner: store.owner, name: store.name, ref: head },
    headSha: tip,
    base,
    reviews: [],
    threads: [],
  }
  store.repository.git('update-ref', `refs/pull/${pull.number}/head`, tip)
  store.pulls.push(pull)
  return { status: 201, body: pullJson(store, pull) }
}

function refused(message: string): Refusal {
  return new Refusal(422, 'Validation Failed', { errors: [{ message }] })
}

/** A pull request as REST and events show it. */
export function pullJson(store: Store, pull: Pull): JsonObject {
  const { owner, name } = store
  return {
    number: pull.number,
    state: pull.state,
    draft: pull.draft,
    title: pull.title,
    body: pull.body,
    html_url: `https://github.example.test/${owner}/${name}/pull/${pull.number}`,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    user: { login: pull.author },
    head: {
      sha: pull.headSha,
      ref: pull.head.ref,
      label: `${pull.head.owner}:${pull.head.ref}`,
      repo: repositoryJson(pull.head),
    },
    base: {
      sha: store.repository.branch(pull.base) ?? '',
      ref: pull.base,
      label: `${owner}:${pull.base}`,
      repo: repositoryJson(store),
    },
  }
}

export function repositoryJson({ owner, name }: { owner: string; name: string }): JsonObject {
  return { name, full_name: `${owner}/${name}`, owner: { login: owner }, default_branch: 'main' }
}

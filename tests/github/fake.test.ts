import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  applySuggestion,
  dispatchEvent,
  GitHub,
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  suggestionOf,
  workflowRunEvent,
  type Pull,
  type Store,
  type Token,
} from '../support/github/index.ts'

/*
 * How the GitHub of the tests behaves, rule by rule, asked by nothing but fetch: a person with a token can ask GitHub the
 * same.
 */

const all: Token['permissions'] = {
  contents: 'write',
  pull_requests: 'write',
  checks: 'write',
  actions: 'read',
}
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, at) => `line ${from + at}\n`).join('')

let github: GitHub
let store: Store
/** What the test expects to be listed as broken. */
let problems: RegExp[]
beforeEach(async () => {
  problems = []
  github = await GitHub.start()
  store = github.repository('acme', 'shop', {
    'long.txt': lines(1, 60),
    'gone.txt': 'x\n',
    'README.md': '#\n',
  })
})
afterEach(async () => {
  await github.stop()
  expect(github.problems).toEqual(problems.map((one) => expect.stringMatching(one) as string))
})

interface Said {
  status: number
  headers: Headers
  body: unknown
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
  { token = github.token(all) }: { token?: string } = {},
): Promise<Said> {
  const url = path.startsWith('/api/')
    ? `${github.url}${path}`
    : `${github.url}/api/v3/repos/acme/shop${path}`
  const answer = await fetch(url, {
    method,
    redirect: 'manual',
    headers: token === '' ? {} : { authorization: `token ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    headers: answer.headers,
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  }
}

const get = async (path: string, token?: string): Promise<Said> =>
  ask('GET', path, undefined, token === undefined ? {} : { token })

async function query(text: string, variables: object = {}, permissions = all): Promise<unknown> {
  return (await ask('POST', '/api/graphql', { query: text, variables }, { token: github.token(permissions) }))
    .body
}

/** Lines 10 and 40 of a long file change: two hunks, 7-13 and 37-43. */
function open(): Pull {
  const text = lines(1, 60).replace('line 10\n', 'changed\n').replace('line 40\n', 'changed as well\n')
  store.repository.commit('feature', { 'long.txt': text }, { from: 'main' })
  return github.openPull(store, { head: 'feature' })
}

function review(pull: Pull, comment: object, change: object = {}): Promise<Said> {
  const one = { path: 'long.txt', body: 'text', side: 'RIGHT', ...comment }
  return ask('POST', `/pulls/${pull.number}/reviews`, {
    commit_id: pull.headSha,
    event: 'COMMENT',
    body: 'review',
    comments: [one],
    ...change,
  })
}

describe('a token', () => {
  it('has to be known', async () => {
    const pull = open()
    for (const token of ['', 'ghs_unknown'])
      expect(await get(`/pulls/${pull.number}`, token)).toMatchObject({
        status: 401,
        body: { message: 'Bad credentials' },
      })
  })

  it('has to have the permission, whose name the answer holds', async () => {
    const pull = open()
    const token = github.token({ contents: 'read', pull_requests: 'read' })
    const said = await ask('POST', `/issues/${pull.number}/comments`, { body: 'x' }, { token })
    expect(said).toMatchObject({
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    })
    expect(said.headers.get('x-accepted-github-permissions')).toBe('pull_requests=write')
  })
})

describe('a request', () => {
  it.each([
    ['for a route that there is not', 'GET', '/pulls/1/nothing', undefined, 404, /no such route/],
    [
      'with an unknown property',
      'POST',
      '/pulls',
      { title: 'x', head: 'a', base: 'b', reviewer: 'c' },
      422,
      /additional/,
    ],
    ['with an unknown parameter', 'GET', '/pulls?author=me', undefined, 422, /no query parameter author/],
    ['with a value of no use', 'GET', '/pulls?state=merged', undefined, 422, /state/],
  ] as const)('%s fails, and the scenario with it', async (_, method, path, body, status, problem) => {
    expect((await ask(method, path, body)).status).toBe(status)
    problems = [problem]
  })

  it('is recorded with its headers', async () => {
    const token = github.token(all)
    await get('/pulls', token)
    expect(github.requests).toMatchObject([
      {
        method: 'GET',
        path: '/api/v3/repos/acme/shop/pulls',
        status: 200,
        headers: { authorization: `token ${token}` },
      },
    ])
  })

  it('may be for a GitHub whose API is elsewhere', async () => {
    const other = await GitHub.start({ prefix: '' })
    other.repository('acme', 'shop', { a: 'a\n' })
    const headers = { authorization: `token ${other.token(all)}` }
    const answer = await fetch(`${other.url}/repos/acme/shop`, { headers })
    expect(await answer.json()).toMatchObject({ full_name: 'acme/shop', default_branch: 'main' })
    await other.stop()
  })
})

describe('a pull request', () => {
  it('shows what it changes, from where it began', async () => {
    store.repository.commit(
      'feature',
      {
        'long.txt': lines(1, 60).replace('line 10\n', 'changed\n'),
        'gone.txt': null,
        'README.md': null,
        'docs/README.md': '#\n',
        'new.txt': 'new\n',
        'binary.bin': Buffer.from([0, 1, 2]),
        'large.txt': lines(1, 3000),
      },
      { from: 'main' },
    )
    github.push(store, 'main', { 'later.txt': 'later\n' })
    const pull = github.openPull(store, { head: 'feature' })
    const { body } = await get(`/pulls/${pull.number}/files`)
    const files = body as { filename: string; status: string; patch?: string }[]
    expect(files.map(({ filename, status, patch }) => [filename, status, patch !== undefined])).toEqual(
      [
        ['binary.bin', 'added', false],
        ['README.md', 'renamed', false],
        ['gone.txt', 'removed', true],
        ['large.txt', 'added', false],
        ['long.txt', 'modified', true],
        ['new.txt', 'added', true],
      ].map(([name, ...rest]) => [name === 'README.md' ? 'docs/README.md' : name, ...rest]),
    )
    expect(files[1]).toMatchObject({ previous_filename: 'README.md' })
    expect(files.find(({ filename }) => filename === 'long.txt')).toMatchObject({
      additions: 1,
      deletions: 1,
      patch: expect.stringMatching(/^@@ -7,7 \+7,7 @@.*\n line 7\n/) as string,
    })
    const { body: compared } = await get(`/compare/main...${pull.headSha}`)
    expect(compared).toMatchObject({
      merge_base_commit: { sha: store.repository.git('rev-parse', 'main~1') },
      total_commits: 1,
      files: files.map(({ filename }) => ({ filename })),
    })
  })

  it('comes in pages, with links', async () => {
    const many = Object.fromEntries(Array.from({ length: 35 }, (_, at) => [`many/${at + 10}.txt`, `${at}\n`]))
    store.repository.commit('feature', many, { from: 'main' })
    const pull = github.openPull(store, { head: 'feature' })
    const first = await get(`/pulls/${pull.number}/files`)
    expect(first.body).toHaveLength(30)
    const [, next = ''] = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? []
    const second = await get(next.slice(`${github.url}/api/v3/repos/acme/shop`.length))
    expect(second.body).toHaveLength(5)
    expect(second.headers.get('link')).not.toContain('rel="next"')
    store.mostListed = 32
    store.mostCompared = 31
    expect((await get(`/pulls/${pull.number}/files?per_page=100`)).body).toHaveLength(32)
    expect((await get('/compare/main...feature')).body).toMatchObject({ files: { length: 31 } })
    expect((await get('/compare/main...feature?page=2')).body).not.toHaveProperty('files')
  })

  it('from a fork has its commit here, and follows the fork', async () => {
    const fork = github.fork(store, 'stranger')
    fork.repository.commit('feature', { 'a.txt': 'a\n' }, { from: 'main' })
    const pull = github.openPull(store, { head: 'feature', fork })
    const head = (): string => store.repository.git('rev-parse', `refs/pull/${pull.number}/head`)
    expect(head()).toBe(fork.repository.branch('feature'))
    const tip = github.push(fork, 'feature', { 'b.txt': 'b\n' })
    expect([head(), pull.headSha]).toEqual([tip, tip])
    expect((await get('/pulls?head=stranger:feature')).body).toMatchObject([
      { number: pull.number, head: { repo: { full_name: 'stranger/shop' } } },
    ])
  })

  it('is listed by its branches and its state', async () => {
    const [first, second] = [open(), open()]
    second.state = 'closed'
    const numbers = async (text: string): Promise<number[]> =>
      ((await get(`/pulls?${text}`)).body as { number: number }[]).map(({ number }) => number)
    expect(await numbers('head=acme:feature')).toEqual([first.number])
    expect(await numbers('state=all&sort=created&direction=desc')).toEqual([second.number, first.number])
    expect(await numbers('state=all&direction=asc')).toEqual([first.number, second.number])
    expect(await numbers('state=all&base=stable')).toEqual([])
  })

  it('is made once, of something, and where the repository allows it', async () => {
    store.repository.commit('feature', { 'a.txt': 'a\n' }, { from: 'main' })
    const create = async (head: string): Promise<Said> =>
      ask('POST', '/pulls', { title: 'x', body: 'y', head, base: 'main' })
    store.allowsActionsPullRequests = false
    expect(await create('feature')).toMatchObject({
      status: 403,
      body: { message: 'GitHub Actions is not permitted to create or approve pull requests.' },
    })
    store.allowsActionsPullRequests = true
    expect((await create('feature')).status).toBe(201)
    expect(await create('feature')).toMatchObject({
      status: 422,
      body: { errors: [{ message: 'A pull request already exists for acme:feature.' }] },
    })
    store.repository.commit('same', {}, { from: 'main' })
    store.repository.git('update-ref', 'refs/heads/same', 'main')
    expect((await create('same')).status).toBe(422)
    expect((await create('absent')).status).toBe(422)
    const [pull] = store.pulls
    await ask('PATCH', `/pulls/${pull?.number}`, { title: 'other', state: 'closed' })
    expect(pull).toMatchObject({ title: 'other', state: 'closed' })
  })

  it('ends once it is merged, its branch is gone, or has nothing of its own', async () => {
    const pull = open()
    store.repository.git('update-ref', 'refs/heads/main', pull.headSha)
    github.push(store, 'main', {})
    expect((await get(`/pulls/${pull.number}`)).body).toMatchObject({
      state: 'closed',
      merged_at: expect.any(String) as string,
    })
    store.repository.commit('other', { 'a.txt': 'a\n' }, { from: 'main' })
    const other = github.openPull(store, { head: 'other' })
    await ask('DELETE', '/git/refs/heads/other')
    expect(other).toMatchObject({ state: 'closed', mergedAt: null })
    // Set back to where it began, it has nothing to merge: it is closed, and was not merged.
    store.repository.commit('third', { 'b.txt': 'b\n' }, { from: 'main' })
    const third = github.openPull(store, { head: 'third' })
    await ask('PATCH', '/git/refs/heads/third', { sha: store.repository.branch('main'), force: true })
    expect(third).toMatchObject({ state: 'closed', mergedAt: null })
  })
})

describe('a review', () => {
  it.each([
    ['a line of a hunk', { line: 10 }],
    ['a line around a change', { line: 7 }],
    ['a range within one hunk', { start_line: 38, start_side: 'RIGHT', line: 42 }],
  ])('takes %s', async (_, comment) => {
    const pull = open()
    expect(await review(pull, comment)).toMatchObject({ status: 200, body: { state: 'COMMENTED' } })
    expect(pull.threads).toHaveLength(1)
  })

  it.each([
    ['a line between hunks', { line: 25 }, 'line must be part of the diff'],
    ['a line behind the end', { line: 99 }, 'line must be part of the diff'],
    [
      'a range over two hunks',
      { start_line: 10, line: 40 },
      'start_line must be part of the same hunk as the line',
    ],
    [
      'a range that ends where it starts',
      { start_line: 10, line: 10 },
      'start_line must precede the end line',
    ],
    ['a range that ends before', { start_line: 12, line: 10 }, 'start_line must precede the end line'],
    ['a file that does not change', { path: 'README.md', line: 1 }, 'Path could not be resolved'],
    ['too long a text', { line: 10, body: 'x'.repeat(65_537) }, 'too long'],
  ])('with %s is refused, and nothing of it stays', async (_, comment, message) => {
    const pull = open()
    const said = await review(
      pull,
      {},
      {
        comments: [
          { path: 'long.txt', body: 'good', line: 10 },
          { path: 'long.txt', body: 'bad', ...comment },
        ],
      },
    )
    expect([said.status, JSON.stringify(said.body)]).toEqual([422, expect.stringContaining(message)])
    expect([pull.reviews, pull.threads]).toEqual([[], []])
  })

  it.each([
    ['no text', { body: '' }, 'blank'],
    ['a commit of the base', { commit_id: 'main' }, 'commit_id'],
    [
      'more than a hundred comments',
      { comments: Array.from({ length: 101 }, () => ({ path: 'long.txt', body: 'x', line: 10 })) },
      'too many',
    ],
  ])('with %s is refused', async (_, change, message) => {
    const pull = open()
    const named = 'commit_id' in change ? { commit_id: store.repository.branch('main') } : change
    const said = await review(pull, { line: 10 }, named)
    expect([said.status, JSON.stringify(said.body)]).toEqual([422, expect.stringContaining(message)])
  })

  it('without an event is not there for others', async () => {
    const pull = open()
    expect((await review(pull, { line: 10 }, { event: undefined })).body).toMatchObject({ state: 'PENDING' })
    expect((await get(`/pulls/${pull.number}/comments`)).body).toEqual([])
  })

  it('knows hunks of a renamed file, and not the whole file', async () => {
    const text = lines(1, 60).replace('line 10\n', 'changed\n')
    store.repository.commit('feature', { 'long.txt': null, 'moved.txt': text }, { from: 'main' })
    const pull = github.openPull(store, { head: 'feature' })
    expect((await review(pull, { path: 'moved.txt', line: 10 })).status).toBe(200)
    expect((await review(pull, { path: 'moved.txt', line: 30 })).status).toBe(422)
  })

  it('moves with its lines, and is outdated once they change', async () => {
    const pull = open()
    await review(pull, { start_line: 9, start_side: 'RIGHT', line: 10 })
    await review(pull, { line: 40 })
    const text = store.repository.text('feature', 'long.txt') ?? ''
    github.push(store, 'feature', { 'long.txt': `new\n${text.replace('changed as well', 'once more')}` })
    expect((await get(`/pulls/${pull.number}/comments`)).body).toMatchObject([
      { start_line: 10, line: 11, original_line: 10, commit_id: pull.headSha },
      { original_line: 40 },
    ])
    expect(pull.threads.map(({ comments: [first] }) => first?.line)).toEqual([11, null])
  })

  it('of a commit that was pushed away is refused, and of an older one may be outdated at once', async () => {
    const pull = open()
    const old = pull.headSha
    github.push(store, 'feature', { 'long.txt': lines(1, 60).replace('line 10\n', 'again\n') })
    await review(pull, { line: 10 }, { commit_id: old })
    expect(pull.threads[0]?.comments[0]?.line).toBeNull()
    github.push(store, 'feature', { 'a.txt': 'a\n' }, { from: 'main' })
    expect((await review(pull, { line: 10 }, { commit_id: old })).status).toBe(422)
  })

  it('has comments that can be changed', async () => {
    const pull = open()
    await review(pull, { line: 10 })
    const id = pull.threads[0]?.comments[0]?.id
    expect((await ask('PATCH', `/pulls/comments/${id}`, { body: 'better' })).status).toBe(200)
    expect((await get(`/pulls/${pull.number}/comments`)).body).toMatchObject([{ id, body: 'better' }])
    expect((await ask('PATCH', '/pulls/comments/1', { body: 'x' })).status).toBe(404)
  })
})

it('comments of a pull request are written, read and changed', async () => {
  const pull = open()
  const path = `/issues/${pull.number}/comments`
  expect((await ask('POST', path, { body: 'x'.repeat(65_537) })).status).toBe(422)
  const { body } = await ask('POST', path, { body: 'one' })
  const { id } = body as { id: number }
  await ask('PATCH', `/issues/comments/${id}`, { body: 'two' })
  expect((await get(path)).body).toMatchObject([{ id, body: 'two', user: { login: 'github-actions[bot]' } }])
})

it('check runs take fifty annotations at a time, and texts of a size', async () => {
  const head = store.repository.branch('main')
  const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'x' }
  const write = async (annotations: number, summary = 'x', method = 'POST', path = ''): Promise<Said> =>
    ask(method, `/check-runs${path}`, {
      ...(method === 'POST'
        ? { name: 'scan', head_sha: head, status: 'completed', conclusion: 'neutral' }
        : {}),
      output: { title: 'x', summary, annotations: Array.from({ length: annotations }, () => annotation) },
    })
  const { status, body } = await write(50)
  expect(status).toBe(201)
  expect((await write(50, 'x', 'PATCH', `/${(body as { id: number }).id}`)).status).toBe(200)
  expect(store.checkRuns).toMatchObject([{ annotations: 100, conclusion: 'neutral' }])
  expect((await write(0, 'x'.repeat(65_536))).status).toBe(422)
  expect((await write(51)).status).toBe(422)
  problems = [/summary must NOT have more than 65535 characters/, /more than 50 items/]
})

describe('contents', () => {
  it('are a tree with modes, and blobs', async () => {
    const sha = store.repository.commit('main', {
      'folder/run.sh': { executable: 'x\n' },
      link: { link: '/etc/passwd' },
    })
    const { body } = await get(`/git/trees/${sha}?recursive=1`)
    const { tree } = body as { tree: { path: string; mode: string; type: string; sha: string }[] }
    expect(tree.map(({ path, mode, type }) => [path, mode, type])).toContainEqual([
      'folder/run.sh',
      '100755',
      'blob',
    ])
    expect(tree.map(({ path, mode }) => [path, mode])).toContainEqual(['link', '120000'])
    expect(((await get(`/git/trees/${sha}`)).body as { tree: unknown[] }).tree).toHaveLength(5)
    const readme = tree.find(({ path }) => path === 'README.md')
    expect((await get(`/git/blobs/${readme?.sha}`)).body).toMatchObject({ encoding: 'base64', size: 2 })
    expect((await get(`/git/blobs/${'0'.repeat(40)}`)).status).toBe(404)
    store.isTreeTruncated = true
    expect((await get(`/git/trees/${sha}?recursive=1`)).body).toMatchObject({ truncated: true })
  })

  it('have commits with their authors', async () => {
    github.push(store, 'main', { 'a.txt': 'a\n' }, { author: 'somebody' })
    expect((await get('/commits?sha=main&per_page=1')).body).toMatchObject([
      { author: { login: 'somebody' }, committer: { login: 'somebody' }, commit: { message: 'change' } },
    ])
  })

  it('have branches, which are made once and moved with or without force', async () => {
    const [sha, other] = [
      store.repository.branch('main'),
      store.repository.commit('other', { x: 'x\n' }, { from: 'main' }),
    ]
    const create = { ref: 'refs/heads/new', sha: other }
    expect((await ask('POST', '/git/refs', create)).status).toBe(201)
    expect(await ask('POST', '/git/refs', create)).toMatchObject({
      status: 422,
      body: { message: 'Reference already exists' },
    })
    expect((await ask('POST', '/git/refs', { ref: 'refs/heads/new/deeper', sha })).status).toBe(422)
    expect((await ask('PATCH', '/git/refs/heads/new', { sha })).body).toMatchObject({
      message: 'Update is not a fast forward',
    })
    expect((await ask('PATCH', '/git/refs/heads/new', { sha, force: true })).status).toBe(200)
    expect((await get('/git/ref/heads/new')).body).toMatchObject({ object: { sha } })
    expect((await ask('DELETE', '/git/refs/heads/new')).status).toBe(204)
    expect((await get('/git/ref/heads/new')).status).toBe(404)
  })

  it('are pushed and fetched by git, with a token that may write', async () => {
    const pull = open()
    const folder = mkdtempSync(join(tmpdir(), 'k8s-autofix-clone-'))
    const git = async (cwd: string, ...args: string[]): Promise<string> =>
      new Promise((resolve, reject) =>
        execFile(
          'git',
          args,
          { cwd, env: { PATH: process.env['PATH'], HOME: folder, GIT_TERMINAL_PROMPT: '0' } },
          (error, stdout, stderr) => (error === null ? resolve(stdout.trim()) : reject(new Error(stderr))),
        ),
      )
    const address = (token: string): string =>
      `${github.url.replace('//', `//x-access-token:${token}@`)}/acme/shop.git`
    const work = join(folder, 'work')
    await git(folder, 'clone', '--quiet', '--branch', 'feature', `${github.url}/acme/shop.git`, work)
    writeFileSync(join(work, 'pushed.txt'), 'pushed\n')
    await git(work, 'add', '.')
    await git(work, '-c', 'user.name=a', '-c', 'user.email=a@example.test', 'commit', '--quiet', '-m', 'x')
    await expect(git(work, 'push', '--quiet', address(github.token({ contents: 'read' })))).rejects.toThrow(
      /403/,
    )
    await expect(git(work, 'push', '--quiet', address('ghs_unknown'))).rejects.toThrow()
    await git(work, 'push', '--quiet', address(github.token(all)), 'HEAD')
    expect(pull.headSha).toBe(await git(work, 'rev-parse', 'HEAD'))
    rmSync(folder, { recursive: true, force: true })
  })
})

describe('runs', () => {
  it('leave artifacts behind a link, where no token may go', async () => {
    store.workflowRuns.push({
      id: 7,
      event: 'pull_request',
      headSha: 'a'.repeat(40),
      headBranch: 'x',
      head: store,
    })
    store.artifacts.push({ id: 8, run: 7, name: 'report', zip: Buffer.from('zip'), expired: false })
    expect((await get('/actions/runs/7')).body).toMatchObject({
      event: 'pull_request',
      head_repository: { full_name: 'acme/shop' },
    })
    expect((await get('/actions/runs/7/artifacts?name=other')).body).toMatchObject({ total_count: 0 })
    expect((await get('/actions/runs/7/artifacts?name=report')).body).toMatchObject({
      artifacts: [{ id: 8, size_in_bytes: 3 }],
    })
    const { status, headers } = await get('/actions/artifacts/8/zip')
    const link = headers.get('location') ?? ''
    expect([status, await (await fetch(link)).text()]).toEqual([302, 'zip'])
    await fetch(link, { headers: { authorization: 'token x' } })
    problems = [/the token was sent/]
  })
})

describe('GraphQL', () => {
  const conversation = `query ($number: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $number) {
    reviewThreads(first: 1) { nodes { id isResolved isOutdated comments(first: 5) { nodes { id fullDatabaseId databaseId body path line originalLine commit { oid } originalCommit { oid } viewerDidAuthor isMinimized author { login } } } } pageInfo { hasNextPage endCursor } }
    comments(first: 1) { nodes { id body viewerDidAuthor isMinimized author { login } } pageInfo { hasNextPage } } } } }`

  it('tells a conversation, page by page', async () => {
    const pull = open()
    for (const line of [10, 40]) await review(pull, { line })
    await ask('POST', `/issues/${pull.number}/comments`, { body: 'hello' })
    expect(await query(conversation, { number: pull.number })).toMatchObject({
      data: {
        repository: {
          pullRequest: {
            reviewThreads: {
              nodes: [
                {
                  isResolved: false,
                  isOutdated: false,
                  comments: {
                    nodes: [
                      {
                        path: 'long.txt',
                        line: 10,
                        viewerDidAuthor: true,
                        author: { login: 'github-actions' },
                      },
                    ],
                  },
                },
              ],
              pageInfo: { hasNextPage: true },
            },
            comments: { nodes: [{ body: 'hello' }], pageInfo: { hasNextPage: false } },
          },
        },
      },
    })
  })

  it.each([
    ['no size', 'comments', 'MISSING_PAGINATION_BOUNDARIES'],
    ['too large a size', 'comments(first: 101)', 'EXCESSIVE_PAGINATION'],
  ])('wants a size of pages: %s', async (_, field, type) => {
    const pull = open()
    const text = `{ repository(owner: "acme", name: "shop") { pullRequest(number: ${pull.number}) { ${field} { nodes { id } } } } }`
    expect(await query(text)).toMatchObject({ errors: [{ type }] })
  })

  it('gives texts, but for what is binary, large or no UTF-8', async () => {
    store.repository.commit('main', {
      'binary.bin': Buffer.from([0, 1]),
      'latin.txt': Buffer.from([0x61, 0xe4]),
      'large.txt': 'x'.repeat(600_000),
    })
    const of = async (name: string): Promise<unknown> => {
      const text = `query ($name: String!) { viewer { login } rateLimit { remaining } repository(owner: "acme", name: "shop") { object(expression: $name) { oid ... on Blob { text byteSize isBinary isTruncated } } } }`
      const { data } = (await query(text, { name })) as { data: { repository: { object: unknown } } }
      return data.repository.object
    }
    expect(await of('main:README.md')).toMatchObject({
      text: '#\n',
      byteSize: 2,
      isBinary: false,
      isTruncated: false,
    })
    expect(await of('main:binary.bin')).toMatchObject({ text: null, isBinary: true })
    expect(await of('main:latin.txt')).toMatchObject({ text: 'a\uFFFD' })
    expect(await of('main:large.txt')).toMatchObject({
      isTruncated: true,
      byteSize: 600_000,
      text: 'x'.repeat(512_000),
    })
    expect(await of('main')).toEqual({ oid: store.repository.branch('main') })
    expect(await of('main:absent')).toBeNull()
  })

  it.each([
    ['{ viewer { login shoeSize } }', "Field 'shoeSize' doesn't exist on type 'User'"],
    ['{ viewer', 'Syntax Error'],
  ])('does not know %s, and the scenario fails', async (text, message) => {
    expect(await query(text)).toMatchObject({
      errors: [{ message: expect.stringContaining(message) as string }],
    })
    problems = [/GraphQL: /]
  })

  it('folds comments of either kind', async () => {
    const pull = open()
    await review(pull, { line: 10 })
    await ask('POST', `/issues/${pull.number}/comments`, { body: 'hello' })
    const fold = `mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized minimizedReason } } }`
    for (const comment of [pull.threads[0]?.comments[0], store.issueComments[0]]) {
      await query(fold, { id: `node_${comment?.id}` })
      expect(comment).toMatchObject({ isMinimised: true, minimisedReason: 'OUTDATED' })
    }
    expect(await query(fold, { id: 'node_1' })).toMatchObject({ errors: [{ type: 'NOT_FOUND' }] })
  })

  it('resolves threads for who may write contents, and for nobody else', async () => {
    const pull = open()
    await review(pull, { line: 10 })
    const [thread] = pull.threads
    const resolve = `mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }`
    expect(
      await query(resolve, { id: thread?.id }, { pull_requests: 'write', contents: 'read' }),
    ).toMatchObject({
      data: { resolveReviewThread: null },
      errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }],
    })
    await query(resolve, { id: thread?.id })
    expect(thread?.isResolved).toBe(true)
  })

  it('commits on a branch that stands where it is expected, and the pull request follows', async () => {
    store.repository.commit(
      'feature',
      { 'run.sh': { executable: 'x\n' }, 'old.txt': 'old\n' },
      { from: 'main' },
    )
    const pull = github.openPull(store, { head: 'feature' })
    const old = pull.headSha
    const write = async (expectedHeadOid: string, branchName = 'feature'): Promise<unknown> =>
      query(
        `mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }`,
        {
          input: {
            branch: { repositoryNameWithOwner: 'acme/shop', branchName },
            expectedHeadOid,
            message: { headline: 'fix', body: 'why' },
            fileChanges: {
              additions: [{ path: 'run.sh', contents: Buffer.from('y\n').toString('base64') }],
              deletions: [{ path: 'old.txt' }],
            },
          },
        },
      )
    expect(await write(store.repository.branch('main') ?? '')).toMatchObject({
      errors: [
        {
          type: 'STALE_DATA',
          message: expect.stringMatching(
            /^Expected branch to point to ".*" but it did not\. Pull and try again\.$/,
          ) as string,
        },
      ],
    })
    expect(await write(old, 'absent')).toMatchObject({ errors: [{ type: 'NOT_FOUND' }] })
    expect(await write(old)).toEqual({ data: { createCommitOnBranch: { commit: { oid: pull.headSha } } } })
    expect(store.repository.git('rev-parse', `${pull.headSha}^`)).toBe(old)
    expect(store.repository.git('ls-tree', pull.headSha, 'run.sh', 'old.txt')).toMatch(/^100644 .*run\.sh$/)
    expect((await get('/commits?sha=feature&per_page=1')).body).toMatchObject([
      { author: { login: 'github-actions[bot]' }, committer: { login: 'web-flow' } },
    ])
  })
})

describe('what goes wrong on purpose', () => {
  it('is an answer of its own, as often as said', async () => {
    github.fail({
      path: /\/pulls/,
      times: 2,
      status: 403,
      headers: { 'retry-after': '1' },
      body: '{"message":"secondary"}',
    })
    const statuses = [await get('/pulls'), await get('/commits'), await get('/pulls'), await get('/pulls')]
    expect(statuses.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
      [403, '1'],
      [200, null],
      [403, '1'],
      [200, null],
    ])
  })

  it('is a connection that breaks, before or in the middle of an answer', async () => {
    const pull = open()
    const path = `/issues/${pull.number}/comments`
    github.fail({ method: 'POST', path: /comments/, breaks: true })
    await expect(ask('POST', path, { body: 'x' })).rejects.toThrow()
    expect(store.issueComments).toEqual([])
    github.fail({ method: 'POST', path: /comments/, truncate: 10 })
    await expect(ask('POST', path, { body: 'x' })).rejects.toThrow()
    expect(store.issueComments).toHaveLength(1)
  })

  it('is an answer that takes longer than anybody waits', async () => {
    github.fail({ path: /pulls/, delay: 60_000 })
    const headers = { authorization: `token ${github.token(all)}` }
    const asked = fetch(`${github.url}/api/v3/repos/acme/shop/pulls`, {
      headers,
      signal: AbortSignal.timeout(50),
    })
    await expect(asked).rejects.toThrow(/aborted/)
  })

  it('is somebody who is faster', async () => {
    const pull = open()
    const old = pull.headSha
    github.before({ method: 'GET', path: /\/pulls\/\d+$/ }, () =>
      github.push(store, 'feature', { 'a.txt': 'a\n' }),
    )
    expect((await get(`/pulls/${pull.number}`)).body).toMatchObject({ head: { sha: pull.headSha } })
    expect(pull.headSha).not.toBe(old)
  })
})

describe('events', () => {
  it('are what GitHub describes: the builders check it themselves', () => {
    const pull = open()
    for (const action of ['opened', 'synchronize', 'reopened', 'closed'] as const)
      expect(pullRequestEvent(store, pull, action)).toMatchObject({
        name: 'pull_request',
        payload: {
          action,
          pull_request: { head: { sha: pull.headSha } },
          repository: { full_name: 'acme/shop' },
        },
      })
    const run = { id: 7, event: 'pull_request', headSha: pull.headSha, headBranch: 'feature', head: store }
    expect(workflowRunEvent(store, run).payload).toMatchObject({
      workflow_run: { id: 7, head_sha: pull.headSha },
    })
    expect(mergeGroupEvent(store, { head: 'feature' }).payload).toMatchObject({
      merge_group: { head_sha: pull.headSha },
    })
    expect(dispatchEvent(store)).toMatchObject({
      ref: 'refs/heads/main',
      sha: store.repository.branch('main'),
    })
    expect(pushEvent(store, 'feature').payload).toMatchObject({
      ref: 'refs/heads/feature',
      after: pull.headSha,
    })
  })
})

describe('a suggestion', () => {
  const text = 'a\nb\nc\nd\n'

  it.each([
    ['becomes its lines, verbatim', 2, 3, '```suggestion\n  x\n```\n', 'a\n  x\nd\n'],
    ['may be longer', 2, 2, 'text\n\n```suggestion\nx\ny\n```\nmore', 'a\nx\ny\nc\nd\n'],
    ['may be empty', 2, 3, '```suggestion\n```', 'a\nd\n'],
    [
      'may hold fences that are shorter',
      1,
      1,
      '````suggestion\n```\ncode\n```\n````',
      '```\ncode\n```\nb\nc\nd\n',
    ],
  ])('%s', (_, start, line, body, expected) => {
    expect(applySuggestion(text, start, line, body)).toBe(expected)
  })

  it('is not just any fence', () => {
    expect(() => suggestionOf('```yaml\nx\n```')).toThrow(/no suggestion/)
    expect(() => applySuggestion(text, 3, 9, '```suggestion\nx\n```')).toThrow(/no lines 3 to 9/)
  })
})

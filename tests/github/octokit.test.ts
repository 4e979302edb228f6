import { zipSync, type Zippable } from 'fflate'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createForge, ForgeError, type Forge } from '../../src/github/index.ts'
import { GitHub, type Pull, type Store } from '../support/github/index.ts'

/*
 * The adapter alone: against the GitHub of the tests, which holds every request against GitHub's published
 * descriptions, and against a server that answers as no server should.
 */

/** Milliseconds that the adapter has asked to wait; nobody waits for them. */
let waits: number[] = []
let lines: string[] = []

const clock = Date.parse('2026-11-27T12:00:00Z')

function forgeAt(url: string, token = 'ghs_secret'): Forge {
  return createForge({
    token,
    apiUrl: `${url}/api/v3`,
    graphqlUrl: `${url}/api/graphql`,
    repository: { owner: 'acme', name: 'shop' },
    version: '0.0.0',
    log: (text) => lines.push(text),
    now: () => clock,
    wait: async (milliseconds) => {
      waits.push(milliseconds)
    },
  })
}

/** What a request ended with; fails where it did not. */
async function faultOf(promise: Promise<unknown>): Promise<ForgeError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof ForgeError)) throw new Error(`no ForgeError: ${inspect(error)}`)
  return error
}

beforeEach(() => {
  waits = []
  lines = []
})

afterEach(() => {
  vi.restoreAllMocks()
})

describe('the adapter, held against what GitHub publishes,', () => {
  let github: GitHub
  let store: Store
  let forge: Forge

  beforeEach(async () => {
    github = await GitHub.start()
    store = github.repository('acme', 'shop', { 'a.yaml': 'a: 1\nb: 2\nc: 3\n', 'b.yaml': 'b: 1\n' })
    forge = forgeAt(
      github.url,
      github.token({ contents: 'write', pull_requests: 'write', checks: 'write', actions: 'read' }),
    )
  })

  afterEach(async () => {
    await github.stop()
    expect(github.problems).toEqual([])
  })

  const open = (): Pull => {
    store.repository.commit('feature', { 'a.yaml': 'a: 1\nb: 3\nc: 3\n' }, { from: 'main' })
    return github.openPull(store, { head: 'feature' })
  }
  const oidOf = (path: string, branch = 'main'): string =>
    store.repository.git('rev-parse', `${branch}:${path}`)
  const posts = (): string[] =>
    github.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`)

  it('reads a pull request, and what it compares', async () => {
    const pull = open()
    expect(await forge.pullRequest(pull.number)).toEqual({
      number: pull.number,
      state: 'open',
      head: { sha: pull.headSha, ref: 'feature', repository: 'acme/shop' },
      base: { sha: store.repository.branch('main'), ref: 'main', repository: 'acme/shop' },
    })
    const main = store.repository.branch('main') ?? ''
    const { mergeBase, files, complete } = await forge.compare(main, pull.headSha)
    expect([mergeBase, complete]).toEqual([main, true])
    expect(files).toMatchObject([{ path: 'a.yaml', status: 'modified', previous: undefined }])
    expect(files[0]?.patch).toMatch(/^@@ -1,3 \+1,3 @@/)
    expect(await forge.pullRequestFiles(pull.number)).toEqual({ files, complete: true })
  })

  it('reads a tree with links and executables', async () => {
    const commit = store.repository.commit('main', {
      'run.sh': { executable: 'x\n' },
      'link.yaml': { link: '/etc/passwd' },
      'folder/ä b.yaml': 'x: 1\n',
    })
    const { entries, complete } = await forge.tree(commit)
    expect(complete).toBe(true)
    expect(entries.map(({ path, mode }) => [path, mode])).toEqual([
      ['a.yaml', '100644'],
      ['b.yaml', '100644'],
      ['folder/ä b.yaml', '100644'],
      ['link.yaml', '120000'],
      ['run.sh', '100755'],
    ])
  })

  it('reads texts byte for byte, a hundred a query', async () => {
    const whole = {
      'bom.yaml': '\uFEFFa: 1\n',
      'windows.yaml': 'a: 1\r\n',
      'empty.yaml': '',
      'emoji.yaml': 'a: 🦊é\n',
      'large.yaml': `# ${'x'.repeat(600_000)}\n`,
      'replacement.yaml': 'a: \uFFFD\n',
    }
    const many = Object.fromEntries(Array.from({ length: 110 }, (_, at) => [`many/${at}.yaml`, `a: ${at}\n`]))
    store.repository.commit('main', {
      ...whole,
      ...many,
      'latin.yaml': Buffer.from([0x61, 0x3a, 0x20, 0xe4, 0x0a]),
      'binary.yaml': Buffer.from([0, 1, 2, 3]),
    })
    const texts = new Map(Object.entries({ ...whole, ...many }).map(([path, text]) => [oidOf(path), text]))
    const gone = 'f'.repeat(40)
    const found = await forge.texts([...texts.keys(), oidOf('latin.yaml'), oidOf('binary.yaml'), gone])
    for (const [oid, text] of texts) expect(found.get(oid)).toEqual({ text })
    expect(found.get(oidOf('latin.yaml'))).toEqual({ missing: 'not-utf-8' })
    expect(found.get(oidOf('binary.yaml'))).toEqual({ missing: 'binary' })
    expect(found.get(gone)).toEqual({ missing: 'gone' })
    expect(posts()).toEqual(['POST /api/graphql', 'POST /api/graphql'])
  })

  it('reads a conversation of several pages, whose numbers are larger than GraphQL’s integers', async () => {
    const pull = open()
    await forge.createReview({
      pullRequest: pull.number,
      commit: pull.headSha,
      body: 'review',
      comments: [{ path: 'a.yaml', body: 'ours', startLine: 2, endLine: 2 }],
    })
    const comment = pull.threads[0]?.comments[0]
    if (comment === undefined) throw new Error('no comment')
    comment.id = 2_450_000_001
    for (let at = 0; at < 120; at++)
      store.issueComments.push({
        id: 3_000_000_000 + at,
        pull: pull.number,
        author: at === 110 ? 'github-actions[bot]' : 'person',
        body: `comment ${at}`,
      })
    const { threads, comments } = await forge.conversation(pull.number)
    expect(threads).toMatchObject([
      {
        isResolved: false,
        isOutdated: false,
        comments: [{ number: 2_450_000_001, body: 'ours', path: 'a.yaml', line: 2, isOurs: true }],
      },
    ])
    expect(threads[0]?.comments[0]?.commit).toBe(pull.headSha)
    expect(comments).toHaveLength(120)
    expect(comments.filter(({ isOurs }) => isOurs).map(({ number }) => number)).toEqual([3_000_000_110])
    await forge.editReviewComment(2_450_000_001, 'edited')
    await forge.editComment(3_000_000_110, 'edited as well')
    await forge.minimise(threads[0]?.comments[0]?.id ?? '', 'OUTDATED')
    expect([comment.body, comment.isMinimised, comment.minimisedReason]).toEqual(['edited', true, 'OUTDATED'])
    expect(store.issueComments[110]?.body).toBe('edited as well')
  })

  it('writes a review with lines and ranges, all or nothing', async () => {
    const pull = open()
    const review = {
      pullRequest: pull.number,
      commit: pull.headSha,
      body: 'two',
      comments: [
        { path: 'a.yaml', body: 'one line', startLine: 2, endLine: 2 },
        { path: 'a.yaml', body: 'a range', startLine: 1, endLine: 3 },
      ],
    }
    await forge.createReview(review)
    expect(pull.reviews).toMatchObject([{ body: 'two', state: 'COMMENTED' }])
    expect(pull.threads.map(({ comments: [first] }) => [first?.startLine, first?.line, first?.body])).toEqual(
      [
        [null, 2, 'one line'],
        [1, 3, 'a range'],
      ],
    )
    const before = github.requests.length
    const fault = await faultOf(
      forge.createReview({
        ...review,
        comments: [{ path: 'a.yaml', body: 'beside', startLine: 9, endLine: 9 }],
      }),
    )
    expect(fault.kind).toBe('unprocessable')
    expect(fault.message).toMatch(/a review of #\d+ .*line must be part of the diff/)
    expect(github.requests).toHaveLength(before + 1)
    expect(pull.reviews).toHaveLength(1)
  })

  it('waits a second between writes, and not before the first', async () => {
    const pull = open()
    await forge.createComment(pull.number, 'one')
    expect(waits).toEqual([])
    await forge.pullRequest(pull.number)
    expect(waits).toEqual([])
    await forge.createComment(pull.number, 'two')
    expect(waits).toEqual([1000])
  })

  it('writes a check run in parts, within GitHub’s sizes', async () => {
    const pull = open()
    await forge.createCheckRun({
      name: 'k8s-autofix',
      commit: pull.headSha,
      conclusion: 'neutral',
      title: '120 findings',
      summary: '🦊'.repeat(40_000),
      annotations: Array.from({ length: 120 }, (_, at) => ({
        path: 'a.yaml',
        startLine: at + 1,
        endLine: at + 1,
        level: 'warning' as const,
        title: 'é'.repeat(300),
        message: '语'.repeat(50_000),
      })),
    })
    expect(store.checkRuns).toMatchObject([{ head: pull.headSha, annotations: 120, conclusion: 'neutral' }])
    const bodies = github.requests.map(({ body }) => body)
    expect(bodies).toHaveLength(3)
    for (const body of bodies) {
      const { output } = JSON.parse(body) as {
        output: { summary: string; annotations: { message: string; title: string }[] }
      }
      // Bytes, not characters: GitHub keeps 64 KiB of each.
      expect(Buffer.byteLength(output.summary)).toBeLessThanOrEqual(65_535)
      for (const { message, title } of output.annotations) {
        expect(Buffer.byteLength(message)).toBeLessThanOrEqual(65_535)
        expect(title.length).toBeLessThanOrEqual(255)
      }
      // No character is cut in two.
      expect(output.summary.isWellFormed()).toBe(true)
    }
  })

  it('makes, moves and removes branches, and commits to the one that it knows', async () => {
    const main = store.repository.branch('main') ?? ''
    const name = 'k8s-autofix/main/all'
    expect(await forge.branch(name)).toBeUndefined()
    await forge.createBranch(name, main)
    expect(await forge.branch(name)).toBe(main)
    const commit = {
      branch: name,
      expectedHead: main,
      headline: 'Fix',
      body: 'why',
      files: [{ path: 'a.yaml', text: 'a: 🦊\n' }],
    }
    const { sha } = await forge.commitOnBranch(commit)
    expect(store.repository.text(sha, 'a.yaml')).toBe('a: 🦊\n')
    const fault = await faultOf(forge.commitOnBranch(commit))
    expect([fault.kind, store.repository.branch(name)]).toEqual(['conflict', sha])
    expect((await faultOf(forge.createBranch(name, main))).kind).toBe('unprocessable')
    expect(await forge.isBranchOurs('main', name)).toBe(true)
    await forge.resetBranch(name, main)
    expect(await forge.branch(name)).toBe(main)
    await forge.deleteBranch(name)
    expect(await forge.branch(name)).toBeUndefined()
  })

  it('knows a branch on which somebody else has committed', async () => {
    store.repository.commit('ours', { 'a.yaml': 'x\n' }, { from: 'main', author: 'github-actions[bot]' })
    store.repository.commit('theirs', { 'a.yaml': 'x\n' }, { from: 'main', author: 'person' })
    store.repository.commit('both', { 'a.yaml': 'x\n' }, { from: 'main', author: 'github-actions[bot]' })
    store.repository.commit('both', { 'a.yaml': 'y\n' }, { author: 'person' })
    expect(await forge.isBranchOurs('main', 'ours')).toBe(true)
    expect(await forge.isBranchOurs('main', 'theirs')).toBe(false)
    expect(await forge.isBranchOurs('main', 'both')).toBe(false)
  })

  it('makes, changes and finds pull requests', async () => {
    open()
    store.repository.commit('ours', { 'b.yaml': 'b: 2\n' }, { from: 'main', author: 'github-actions[bot]' })
    const made = await forge.createPullRequest({ title: 'Fix', body: 'why', head: 'ours', base: 'main' })
    await forge.updatePullRequest(made.number, { title: 'Fix more', body: 'because' })
    const [found, ...others] = await forge.pullRequestsFrom('acme:ours', 'open')
    expect(others).toEqual([])
    expect(found).toMatchObject({
      number: made.number,
      url: made.url,
      body: 'because',
      state: 'open',
      isMerged: false,
      isOurs: true,
      base: { ref: 'main' },
      head: { ref: 'ours', repository: 'acme/shop' },
    })
    await forge.updatePullRequest(made.number, { state: 'closed' })
    expect(await forge.pullRequestsFrom('acme:ours', 'open')).toEqual([])
    expect((await forge.recentPullRequests()).map(({ state, isOurs }) => [state, isOurs])).toEqual([
      ['closed', true],
      ['open', false],
    ])
  })

  describe('of artifacts', () => {
    const leave = (files: Zippable, expired = false): number => {
      const id = github.next()
      store.artifacts.push({ id, run: 7, name: 'report', zip: Buffer.from(zipSync(files)), expired })
      return id
    }
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

    it('takes the newest that is not expired, and shows the token to nobody else', async () => {
      leave({ 'old.json': bytes('old') })
      leave({ 'report.json': bytes('new') })
      leave({ 'late.json': bytes('expired') }, true)
      expect(Buffer.from((await forge.artifact(7, 'report', 1000)) ?? []).toString()).toBe('new')
      expect(await forge.artifact(7, 'another', 1000)).toBeUndefined()
      expect(await forge.artifact(8, 'report', 1000)).toBeUndefined()
    })

    it('unpacks one file and no more bytes than asked for', async () => {
      leave({ 'a.json': bytes('a'), 'b.json': bytes('b') })
      expect((await faultOf(forge.artifact(7, 'report', 1000))).message).toMatch(/something else than one/)
      leave({})
      expect((await faultOf(forge.artifact(7, 'report', 1000))).kind).toBe('unexpected')
      leave({ 'bomb.json': new Uint8Array(10_000_000) })
      expect((await faultOf(forge.artifact(7, 'report', 100_000))).kind).toBe('unexpected')
      leave({ 'large.json': [Buffer.from(crypto.getRandomValues(new Uint8Array(5000))), { level: 0 }] })
      expect((await faultOf(forge.artifact(7, 'report', 1000))).message).toMatch(/more than 1000 bytes/)
    })

    it('believes no size that an archive says of itself', async () => {
      leave({ 'bomb.json': new Uint8Array(10_000_000) })
      const zip = store.artifacts.at(-1)?.zip ?? Buffer.alloc(0)
      // The sizes in the headers of the entry and of the directory: what is unpacked is said to be 10 bytes.
      for (let at = zip.indexOf(Buffer.from([0x80, 0x96, 0x98, 0])); at !== -1;) {
        zip.writeUInt32LE(10, at)
        at = zip.indexOf(Buffer.from([0x80, 0x96, 0x98, 0]))
      }
      expect((await forge.artifact(7, 'report', 100_000))?.length).toBe(10)
    })

    it('takes no archive that is none', async () => {
      const id = leave({ 'a.json': bytes('a') })
      for (const one of store.artifacts) if (one.id === id) one.zip = Buffer.from('<html>no</html>')
      expect((await faultOf(forge.artifact(7, 'report', 1000))).kind).toBe('unexpected')
    })
  })

  it('says which permission is missing, in REST and in GraphQL, and never the token', async () => {
    const pull = open()
    const token = github.token({ contents: 'read', pull_requests: 'read' })
    const reader = forgeAt(github.url, token)
    const faults = [
      await faultOf(reader.createComment(pull.number, 'no')),
      await faultOf(
        reader.commitOnBranch({
          branch: 'feature',
          expectedHead: pull.headSha,
          headline: 'no',
          body: '',
          files: [],
        }),
      ),
      await faultOf(forgeAt(github.url, 'ghs_nobody').pullRequest(pull.number)),
      await faultOf(reader.pullRequest(9999)),
    ]
    expect(faults.map(({ kind, hint }) => [kind, hint])).toEqual([
      ['forbidden', 'add pull-requests: write to the permissions of the job'],
      ['forbidden', 'add contents: write to the permissions of the job'],
      ['unauthorised', 'pass github-token'],
      ['not-found', expect.stringContaining('pull-requests: read')],
    ])
    for (const fault of faults)
      expect(inspect(fault, { depth: null, showHidden: true })).not.toMatch(/ghs_|authorization/i)
  })
})

describe('the adapter, where a server breaks its word,', () => {
  type Respond = (response: ServerResponse, request: IncomingMessage) => void
  let server: Server
  let answers: Respond[]
  let seen: string[]
  let forge: Forge

  const pull = {
    number: 1,
    state: 'open',
    title: 'x',
    head: { sha: 'a'.repeat(40), ref: 'x', repo: null },
    base: { sha: 'b'.repeat(40), ref: 'main', repo: { full_name: 'acme/shop' } },
  }
  const json =
    (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Respond =>
    (response) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
      response.end(JSON.stringify(value))
    }
  const html =
    (status: number): Respond =>
    (response) => {
      response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
      response.end('<html><h1>Unicorn!</h1></html>')
    }
  /** Promises more than it sends. */
  const brokenOff: Respond = (response) => {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': '5000' })
    response.write('{"number": 1, ')
    setTimeout(() => response.destroy(), 20)
  }
  /** Sends a beginning, and then nothing. */
  const silent: Respond = (response) => {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
    response.write('{"number": 1, ')
  }
  const endless: Respond = (response) => {
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
    const chunk = Buffer.alloc(1 << 20, 0x20)
    const pump = (): void => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', pump)
    }
    pump()
  }
  const gone: Respond = (response) => response.destroy()
  const created = json({ id: 5 }, 201)

  beforeEach(async () => {
    answers = []
    seen = []
    server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`)
      request.resume()
      const answer = answers.shift() ?? json({ message: 'no answer left' }, 418)
      request.on('end', () => answer(response, request))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    forge = forgeAt(`http://127.0.0.1:${port}`)
  })

  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  const review = (): Promise<unknown> =>
    forge.createReview({ pullRequest: 1, commit: 'a'.repeat(40), body: 'x', comments: [] })
  const fold = (): Promise<unknown> => forge.minimise('node', 'OUTDATED')

  it('sends the paths of a GitHub Enterprise Server', async () => {
    answers = [json(pull), json({ data: { minimizeComment: null } })]
    expect((await forge.pullRequest(1)).head.repository).toBeUndefined()
    await fold()
    expect(seen).toEqual(['GET /api/v3/repos/acme/shop/pulls/1', 'POST /api/graphql'])
  })

  it.each([
    ['fails', html(502)],
    ['hangs up', gone],
    ['breaks off its answer', brokenOff],
  ])('reads again where it %s', async (_, broken) => {
    answers = [broken, broken, json(pull)]
    expect((await forge.pullRequest(1)).number).toBe(1)
    expect(waits).toEqual([500, 2000])
  })

  it.each([
    ['fails', html(503), 'GitHub fails with 503: pull request #1'],
    ['hangs up', gone, /^GitHub gives no answer: pull request #1 /],
    ['breaks off its answer', brokenOff, /^GitHub gives no answer: pull request #1 /],
  ])('says so where it always %s', async (_, broken, message) => {
    answers = [broken, broken, broken, json(pull)]
    const fault = await faultOf(forge.pullRequest(1))
    expect(fault.kind).toBe('unavailable')
    expect(fault.message).toMatch(message)
    expect(seen).toHaveLength(3)
  })

  it.each([
    ['fails', html(502)],
    ['hangs up', gone],
    ['breaks off its answer', brokenOff],
  ])('writes nothing twice where it %s', async (_, broken) => {
    answers = [broken, created]
    expect((await faultOf(review())).kind).toBe('unavailable')
    expect(seen).toHaveLength(1)
    answers = [broken, json({ data: {} })]
    expect((await faultOf(fold())).kind).toBe('unavailable')
    expect(seen).toHaveLength(2)
  })

  it('waits no longer than the time of a request for an answer that does not end', async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal)
    const asked: number[] = []
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
      asked.push(milliseconds)
      return timeout(200)
    })
    answers = [silent, silent, silent]
    const fault = await faultOf(forge.pullRequest(1))
    expect([fault.kind, asked]).toEqual(['unavailable', [30_000, 30_000, 30_000]])
    expect(fault.message).toMatch(/none within 30 s/)
  })

  it('keeps no answer that is too large, and does not ask for it again', async () => {
    answers = [endless, endless]
    const fault = await faultOf(forge.pullRequest(1))
    expect(fault.kind).toBe('unexpected')
    expect(fault.message).toBe(`more than ${64 * 2 ** 20} bytes: pull request #1`)
    expect(seen).toHaveLength(1)
  })

  it.each([
    ['a page', html(200)],
    ['another object', json({ hello: 'world' })],
    ['half of an object', json({ ...pull, head: { ...pull.head, sha: 'not a commit' } })],
  ])('takes %s for no answer', async (_, answer) => {
    answers = [answer]
    const fault = await faultOf(forge.pullRequest(1))
    expect([fault.kind, seen.length]).toEqual(['unexpected', 1])
    expect(fault.message).toMatch(/is not what its API promises: pull request #1/)
  })

  it('knows a comparison that was cut short', async () => {
    const files = Array.from({ length: 300 }, (_, at) => ({ filename: `${at}.yaml`, status: 'added' }))
    answers = [json({ merge_base_commit: { sha: 'c'.repeat(40) }, files })]
    expect((await forge.compare('a', 'b')).complete).toBe(false)
    expect(seen).toEqual(['GET /api/v3/repos/acme/shop/compare/a...b?per_page=1'])
  })

  it('does not believe a text that has another id', async () => {
    const oid = '1'.repeat(40)
    answers = [
      json({
        data: { repository: { b0: { oid, text: 'evil: 1\n', isBinary: false, isTruncated: false } } },
      }),
      json({ content: Buffer.from('evil: 1\n').toString('base64'), encoding: 'base64' }),
    ]
    expect(await forge.texts([oid])).toEqual(new Map([[oid, { missing: 'gone' }]]))
  })

  it('reads texts of repositories with sha256', async () => {
    // What git hash-object says to `a: 1` and a line feed in such a repository.
    const oid = '80d3735834c615c1ed161b8c218d42171f3247f20cfc07f033dee488cb7b98a9'
    answers = [json({ data: { repository: { b0: { oid, text: 'a: 1\n' } } } })]
    expect(await forge.texts([oid])).toEqual(new Map([[oid, { text: 'a: 1\n' }]]))
  })

  describe('asked for patience,', () => {
    const secondary = { message: 'You have exceeded a secondary rate limit.' }

    it.each([
      ['a time', json(secondary, 403, { 'retry-after': '7' }), 7000],
      ['429 and a time', json(secondary, 429, { 'retry-after': '2' }), 2000],
      ['no time', json(secondary, 403), 60_000],
      [
        'the end of the limit',
        json({ message: 'API rate limit exceeded' }, 403, {
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': String(clock / 1000 + 5),
        }),
        6000,
      ],
    ])('with %s, waits and then reads and writes', async (_, refused, milliseconds) => {
      answers = [refused, json(pull)]
      await forge.pullRequest(1)
      expect(waits).toEqual([milliseconds])
      answers = [refused, created]
      await review()
      expect(waits.slice(1)).toContain(milliseconds)
      expect(lines[0]).toBe(`GitHub asks to wait ${milliseconds / 1000} s (pull request #1)`)
    })

    it.each([
      ['in an hour', json(secondary, 403, { 'retry-after': '3600' }), 1],
      ['again and again', json(secondary, 429, { 'retry-after': '1' }), 3],
    ])('ends where it is %s', async (_, refused, times) => {
      answers = [refused, refused, refused, refused]
      const fault = await faultOf(review())
      expect([fault.kind, seen.length]).toEqual(['rate-limited', times])
      expect(fault.message).toBe('GitHub takes no more requests for now (a review of #1)')
    })

    it.each([
      ['RATE_LIMITED', { type: 'RATE_LIMITED', message: 'API rate limit exceeded for user ID 1.' }],
      ['RATE_LIMIT', { type: 'RATE_LIMIT', code: 'graphql_rate_limit', message: 'API rate limit exceeded' }],
      ['only words', secondary],
    ])('knows it from GraphQL: %s', async (_, error) => {
      answers = [json({ errors: [error] }, 200, { 'retry-after': '3' }), json({ data: {} })]
      await fold()
      expect(waits).toContain(3000)
    })
  })

  it.each([
    ['FORBIDDEN', { type: 'FORBIDDEN', message: 'Resource not accessible by integration' }, 'forbidden'],
    ['only words', { message: 'Resource not accessible by integration' }, 'forbidden'],
    ['NOT_FOUND', { type: 'NOT_FOUND', message: 'Could not resolve to a node' }, 'not-found'],
    ['STALE_DATA', { type: 'STALE_DATA', message: 'Expected branch to point to "x"' }, 'conflict'],
    ['a query that it does not take', { message: "Field 'x' doesn't exist on type 'Y'" }, 'unprocessable'],
    ['a failure', { message: 'Something went wrong while executing your query.' }, 'unavailable'],
    ['a type of null', { type: null, message: 'Unprocessable' }, 'unprocessable'],
  ])('knows what GraphQL means: %s', async (_, error, kind) => {
    // As it comes where nothing could be executed: without data.
    answers = [json({ errors: [error] })]
    expect((await faultOf(fold())).kind).toBe(kind)
    answers = [json({ data: null, errors: [error] })]
    expect((await faultOf(fold())).kind).toBe(kind)
    expect(seen).toHaveLength(2)
  })

  it.each([
    ['we', { login: 'github-actions[bot]' }, 'bot@example.test', true],
    ['GitHub for us', { login: 'web-flow' }, 'noreply@github.com', true],
    ['a server without an account for that', null, 'noreply@github.example.test', true],
    ['a person, who has changed our commit', { login: 'person' }, 'person@example.test', false],
    ['a person whom GitHub does not know', null, 'person@example.test', false],
  ])('knows whose branch it is where the committer is %s', async (_, committer, email, isOurs) => {
    const commit = { committer: { email } }
    answers = [
      json({ total_commits: 1, commits: [{ author: { login: 'github-actions[bot]' }, committer, commit }] }),
      json({ data: { viewer: { login: 'github-actions[bot]', __typename: 'User' } } }),
    ]
    expect(await forge.isBranchOurs('main', 'x')).toBe(isOurs)
  })

  it.each([
    ['an author whom GitHub does not know', null],
    ['an author without a name', {}],
  ])('takes no branch for ours that has %s', async (_, author) => {
    answers = [
      json({ total_commits: 1, commits: [{ author, committer: { login: 'web-flow' }, commit: {} }] }),
      json({ data: { viewer: { login: 'github-actions[bot]', __typename: 'User' } } }),
    ]
    expect(await forge.isBranchOurs('main', 'x')).toBe(false)
  })

  it('keeps the link of an artifact to itself', async () => {
    const artifacts = [{ id: 9, name: 'report', expired: false, size_in_bytes: 10 }]
    const { port } = server.address() as AddressInfo
    const tokens: unknown[] = []
    answers = [
      json({ artifacts }),
      (response) => {
        response.writeHead(302, { location: `http://127.0.0.1:${port}/blob?sig=verysecret` })
        response.end()
      },
      (response, request) => {
        tokens.push(request.headers.authorization)
        response.writeHead(403)
        response.end()
      },
    ]
    const fault = await faultOf(forge.artifact(7, 'report', 1000))
    expect([fault.kind, tokens]).toEqual(['unavailable', [undefined]])
    expect(inspect(fault, { depth: null, showHidden: true })).not.toMatch(/verysecret|ghs_/)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createForge, ForgeError, type Forge } from '../../src/github/index.ts'
import { GitHub, type Store } from '../support/github/index.ts'

/* What has become of pull requests, as the adapter reads it, from the GitHub of the tests. */

let github: GitHub
let store: Store
let forge: Forge

beforeEach(async () => {
  github = await GitHub.start()
  store = github.repository('acme', 'shop', { 'a.yaml': 'a: 1\n', 'folder/b.yaml': 'b: 1\n' })
  forge = forgeWith({ contents: 'read', pull_requests: 'read' })
})

afterEach(async () => {
  await github.stop()
  expect(github.problems).toEqual([])
})

function forgeWith(permissions: Parameters<GitHub['token']>[0]): Forge {
  return createForge({
    token: github.token(permissions),
    apiUrl: `${github.url}/api/v3`,
    graphqlUrl: `${github.url}/api/graphql`,
    repository: { owner: 'acme', name: 'shop' },
    version: '0.0.0',
    log: () => undefined,
    now: () => Date.now(),
    wait: async () => undefined,
  })
}

describe('pull requests of the past', () => {
  it('are merged, closed or open, the last changed first', async () => {
    for (const name of ['one', 'two', 'three'])
      store.repository.commit(name, { [`${name}.yaml`]: 'x: 1\n' }, { from: 'main' })
    const [one, two, three] = ['one', 'two', 'three'].map((head) => github.openPull(store, { head }))
    if (one === undefined || two === undefined || three === undefined) throw new Error('no pull request')
    three.updatedAt = '2026-01-01T00:00:00Z'
    const commit = github.merge(store, one)
    github.close(two)
    two.updatedAt = '2026-01-02T00:00:00Z'
    const { pulls, next } = await forge.pastPullRequests(undefined)
    expect(next).toBeUndefined()
    expect(pulls).toMatchObject([
      { number: one.number, state: 'merged', mergeCommit: commit, base: 'main', head: { ref: 'one' } },
      { number: two.number, state: 'closed', mergedAt: undefined, mergeCommit: undefined },
      { number: three.number, state: 'open', updatedAt: Date.parse('2026-01-01T00:00:00Z') / 1000 },
    ])
  })

  it('come page by page', async () => {
    const tip = store.repository.commit('feature', { 'x.yaml': 'x: 1\n' }, { from: 'main' })
    for (let index = 0; index < 25; index++) {
      store.repository.git('update-ref', `refs/heads/f${index}`, tip)
      github.openPull(store, { head: `f${index}` })
    }
    const first = await forge.pastPullRequests(undefined)
    const second = await forge.pastPullRequests(first.next)
    const numbers = [...first.pulls, ...second.pulls].map(({ number }) => number)
    expect([first.pulls.length, second.pulls.length, second.next]).toEqual([20, 5, undefined])
    expect(new Set(numbers).size).toBe(25)
  })

  it('tell who has said what, and where it was written', async () => {
    store.repository.commit('feature', { 'x.yaml': 'x: 1\ny: 1\n' }, { from: 'main' })
    const pull = github.openPull(store, { head: 'feature' })
    const writer = forgeWith({ contents: 'read', pull_requests: 'write' })
    await writer.createReview({
      pullRequest: pull.number,
      commit: pull.headSha,
      body: 'two',
      comments: [
        { path: 'x.yaml', body: 'both\r\nlines\r\n', startLine: 1, endLine: 2 },
        { path: 'x.yaml', body: 'one', startLine: 2, endLine: 2 },
      ],
    })
    await writer.createComment(pull.number, 'summary')
    store.issueComments.push({ id: 1, pull: pull.number, author: 'person', body: 'thanks' })
    const [thread] = pull.threads
    if (thread === undefined) throw new Error('no thread')
    github.reply(pull, thread, 'person', 'no')
    github.reply(pull, thread, 'other[bot]', 'beep')
    const [found] = (await forge.pastPullRequests(undefined)).pulls
    expect(found?.ourComments.map(({ body }) => body)).toEqual(['summary'])
    expect(found?.threads).toMatchObject([
      {
        first: {
          body: 'both\nlines',
          path: 'x.yaml',
          commit: pull.headSha,
          lines: { startLine: 1, endLine: 2 },
          isOurs: true,
          person: undefined,
        },
        replies: [
          { body: 'no', isOurs: false, person: 'person' },
          { body: 'beep', isOurs: false, person: undefined },
        ],
      },
      { first: { lines: { startLine: 2, endLine: 2 } }, replies: [] },
    ])
  })

  it('come in smaller pages where GitHub takes too long for large ones', async () => {
    for (const name of ['one', 'two']) {
      store.repository.commit(name, { [`${name}.yaml`]: 'x: 1\n' }, { from: 'main' })
      github.openPull(store, { head: name })
    }
    github.fail({ path: /graphql$/, status: 502, times: 6 })
    const { pulls, next } = await forge.pastPullRequests(undefined)
    expect([pulls.length, (await forge.pastPullRequests(next)).pulls.length]).toEqual([1, 1])
  })

  it('are not read where GitHub says something else', async () => {
    github.fail({
      path: /graphql$/,
      status: 200,
      times: 3,
      body: JSON.stringify({ data: { repository: { pullRequests: { nodes: [{ number: 'x' }] } } } }),
    })
    await expect(forge.pastPullRequests(undefined)).rejects.toMatchObject({ kind: 'unexpected' })
    await expect(forgeWith({ contents: 'read' }).pastPullRequests(undefined)).rejects.toThrow(ForgeError)
  })
})

it('files of commits have ids, and what is none has not', async () => {
  const commit = store.repository.branch('main') ?? ''
  const places = ['a.yaml', 'folder/b.yaml', 'folder', 'gone.yaml'].map((path) => ({ commit, path }))
  const ids = await forge.objectIds([...places, { commit: '1'.repeat(40), path: 'a.yaml' }])
  expect(ids.map((id) => id !== undefined)).toEqual([true, true, false, false, false])
  const texts = await forge.texts(ids.filter((id) => id !== undefined))
  expect([...texts.values()]).toEqual([{ text: 'a: 1\n' }, { text: 'b: 1\n' }])
  const many = Array.from({ length: 130 }, () => ({ commit, path: 'a.yaml' }))
  expect(new Set(await forge.objectIds(many))).toEqual(new Set([ids[0]]))
})

it.each([
  ['admin', true],
  ['write', true],
  ['read', false],
  ['none', false],
] as const)('somebody with the permission %s may write: %s; it is asked once', async (permission, may) => {
  store.collaborators.set('ann', permission)
  expect([await forge.mayWrite('ann'), await forge.mayWrite('ann'), await forge.mayWrite('bob')]).toEqual([
    may,
    may,
    false,
  ])
  expect(github.requests).toHaveLength(2)
})

it('a branch has a last commit at a moment, or had none yet', async () => {
  expect(await forge.defaultBranch()).toBe('main')
  const now = Math.floor(Date.now() / 1000)
  expect(await forge.commitAt('main', now + 60)).toBe(store.repository.branch('main'))
  expect(await forge.commitAt('main', now - 86_400)).toBeUndefined()
})

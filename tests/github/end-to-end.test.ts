import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStateStore } from '../../src/action/state-store.ts'
import { catalogue } from '../../src/policies/index.ts'
import { stateText, type State } from '../../src/schedule/index.ts'
import { CacheService, type CacheToken } from '../support/cache/index.ts'
import { dispatchEvent, pushEvent, type Pull } from '../support/github/index.ts'
import type { Step } from '../support/runner.ts'
import { deployment, type Scene } from './scene.ts'
import { useScenes } from './scenes.ts'

/*
 * All of it as users have it: reviews that offer and mark, a run on the default branch that learns, the cache of Actions
 * by its real client, and a review that knows.
 */

const scenes = useScenes()
let scene: Scene
let cache: CacheService

beforeEach(async () => {
  cache = await CacheService.start()
})
afterEach(async () => {
  await cache.stop()
  expect(cache.problems).toEqual([])
})

const path = 'deploy/api.yaml'
const text = deployment('api')
let runs = 100

function environment(token: CacheToken): Record<string, string> {
  return { ...cache.environment(cache.token(token)), GITHUB_RUN_ID: String(runs++), GITHUB_RUN_ATTEMPT: '1' }
}

const inputs = { 'state-key': 'a secret of the repository' }

async function review(pull: Pull): Promise<Step> {
  const scope = `pull-${pull.number}`
  return scene.review(pull, { inputs, environment: environment({ reads: [scope, 'main'], writes: scope }) })
}

async function learn(event = pushEvent(scene.store, 'main'), given: object = {}): Promise<Step> {
  return scene.run({
    event,
    inputs: { ...inputs, mode: 'report', ...given },
    environment: environment({ reads: ['main'], writes: 'main' }),
  })
}

/** What a run for a pull request would know. */
async function known(): Promise<State> {
  const folder = scenes.program.folder()
  const store = openStateStore(
    { state: 'cache' },
    {
      PATH: process.env['PATH'],
      RUNNER_TEMP: folder,
      GITHUB_WORKSPACE: folder,
      ...environment({ reads: ['pull-1', 'main'] }),
    },
    { entry: scenes.program.entry, version: '0.0.0', now: () => 0 },
  )
  const { state, trouble } = await store.restore()
  expect(trouble).toBeUndefined()
  return state
}

function marksOf({ suggestions }: State): string[] {
  return [...suggestions.values()]
    .filter(({ marks }) => marks.has('shown'))
    .map(({ marks }) => [...marks].sort().join(' '))
}

it('a repository learns from its reviews, and knows it in the next one', async () => {
  scene = await scenes.open()
  const first = scene.pull({ [path]: text })
  expect((await review(first)).status).toBe(0)
  const offered = scene.open(first).length
  expect(offered).toBeGreaterThan(0)
  scene.github.push(scene.store, 'feature', { [path]: scene.taken(first).get(path) ?? '' })
  scene.github.merge(scene.store, first)
  const step = await learn()
  expect([step.status, step.log]).toEqual([
    0,
    expect.stringMatching(`learned from 1 pull request: ${offered} suggestions? taken, 0 left, 0 taken back`),
  ])
  const state = await known()
  expect(state.backlog.size).toBeGreaterThan(0)
  // Whoever may open a pull request may read the cache: nothing of the repository is in it but policies and kinds.
  const kept = JSON.parse(stateText(state)) as { policies: string[]; kinds: string[] }
  expect(kept.policies.every((id) => catalogue.some((policy) => policy.id === id))).toBe(true)
  expect(stateText({ ...state, suggestions: new Map() })).not.toMatch(/acme|shop|api|deploy|feature/)
  expect(stateText(state)).not.toMatch(/acme|shop|deploy\/|feature|registry\.example/)
  expect(marksOf(state)).toEqual(Array.from({ length: offered }, () => 'committed fixed shown'))

  const second = scene.pull({ 'deploy/web.yaml': deployment('web') }, 'second')
  expect((await review(second)).status).toBe(0)
  scene.github.merge(scene.store, second)
  expect((await learn(dispatchEvent(scene.store))).log).toContain('learned from 2 pull requests')
  const both = await known()
  expect(marksOf(both)).toContain('shown untouched')
  expect(both.suggestions.size).toBeGreaterThan(state.suggestions.size)

  // Evicted, it is made anew from what GitHub shows.
  cache.entries = []
  await learn()
  expect((await known()).suggestions).toEqual(both.suggestions)
})

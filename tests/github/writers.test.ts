import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stateCache } from '../../src/adapters/state-cache.ts'
import {
  emptyState,
  marks,
  mergeStates,
  parseState,
  stateText,
  withBacklog,
  type Mark,
  type State,
  type StateStore,
  type Suggestion,
} from '../../src/schedule/index.ts'
import { CacheService } from '../support/cache/index.ts'

/*
 * Runs that learn, as GitHub lets them: several at once, some of which never get to save, or may not, on a cache that
 * forgets. What happened shows late, and may show twice. After one more run that nobody disturbs, the state is that of
 * one writer who was there all the time.
 *
 * `harvest` stands for the harvest of the Action; what it relies on is what is tested: all that happened up to
 * `harvested` is in a state, but for what GitHub shows late, for which a window is read again.
 */

/** Most that GitHub is late, and what is read again. */
const window = 40

interface Happening {
  what: { mark: Mark; suggestion: number } | { suppressed: number; until: number | undefined }
  at: number
  late: number
}

interface Standing {
  finding: number
  from: number
  to: number
}

interface World {
  happenings: readonly Happening[]
  /** What stands on the default branch, and when. */
  standing: readonly Standing[]
}

const dayOf = (time: number): number => Math.floor(time / 10)
const idOf = (number: number): string => `${number}`.padStart(11, 'A')

function suggestionOf(number: number, seen: readonly Mark[]): Suggestion {
  const context = {
    policy: ['host-pid', 'image-tag', 'privileged-container'][number % 3] ?? '',
    kind: 'apps/Deployment',
    environment: 'other',
    introduced: number % 2 === 0,
    size: 'one',
    breakage: 'low',
  } as const
  const change = `${number % 4}`.padStart(6, 'C')
  return {
    id: idOf(number),
    change,
    context,
    week: 2900 + number,
    risk: number,
    propensity: 50,
    marks: new Set(seen),
  }
}

/** What a run knows after it has looked at GitHub. */
function harvest(state: State, { happenings, standing }: World, now: number, again = window): State {
  const shown = happenings.filter(({ at, late }) => at >= state.harvested - again && at + late <= now)
  const fresh = shown.map(({ what, at }): State => {
    if ('mark' in what) {
      const suggestion = suggestionOf(what.suggestion, [what.mark])
      return { ...emptyState, suggestions: new Map([[suggestion.id, suggestion]]) }
    }
    return { ...emptyState, suppressed: new Map([[idOf(what.suppressed), { at, until: what.until }]]) }
  })
  const known = { ...fresh.reduce(mergeStates, state), harvested: Math.max(now, state.harvested) }
  const there = standing.filter(({ from, to }) => from <= now && now < to)
  return withBacklog(
    known,
    there.map(({ finding }) => idOf(finding)),
    dayOf(now),
  )
}

type Step =
  /** A run starts: it restores, and looks at GitHub. Another run may be under way. */
  | { step: 'start'; after: number; run: number }
  /** It saves; or it is cancelled before, or may only read. Some merge with what is newest by then. */
  | { step: 'end'; after: number; run: number; how: 'saved' | 'merged' | 'lost' | 'denied' }
  | { step: 'evict'; after: number; which: 'newest' | 'oldest' | 'all' }
  | { step: 'corrupt'; after: number }

const after = fc.integer({ min: 0, max: 30 })
const run = fc.integer({ min: 0, max: 2 })
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ step: fc.constant('start' as const), after, run }) },
  {
    weight: 4,
    arbitrary: fc.record({
      step: fc.constant('end' as const),
      after,
      run,
      how: fc.constantFrom('saved' as const, 'saved', 'merged', 'lost', 'denied'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      step: fc.constant('evict' as const),
      after,
      which: fc.constantFrom('newest' as const, 'oldest', 'all'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('corrupt' as const), after }) },
)

const time = fc.integer({ min: 0, max: 300 })
const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.oneof(
    fc.record({ mark: fc.constantFrom(...marks), suggestion: fc.integer({ min: 0, max: 9 }) }),
    fc.record({
      suppressed: fc.integer({ min: 20, max: 24 }),
      until: fc.option(fc.integer({ min: 2900, max: 2990 }), { nil: undefined }),
    }),
  ),
  at: time,
  late: fc.integer({ min: 0, max: window }),
})
const worlds: fc.Arbitrary<World> = fc.record({
  happenings: fc.array(happening, { minLength: 5, maxLength: 40 }),
  standing: fc.array(
    fc
      .record({
        finding: fc.integer({ min: 30, max: 36 }),
        from: time,
        length: fc.integer({ min: 1, max: 600 }),
      })
      .map(({ finding, from, length }) => ({ finding, from, to: from + length })),
    { maxLength: 12 },
  ),
})

/** The caches of one repository; `open` is what a run of a number has, with a token that may write or not. */
interface Caches {
  service: CacheService
  open(run: number, mayWrite: boolean): StateStore
}

interface Course {
  /** After one more run that nobody disturbs. */
  state: State
  /** Of the writer who was there all the time, and looked whenever a run did. */
  whole: State
  /** Every run was on its own, and what it knew was saved. */
  isUndisturbed: boolean
}

async function follow(world: World, course: readonly Step[], caches: Caches, again: number): Promise<Course> {
  const { service } = caches
  const underWay = new Map<number, { number: number; state: State }>()
  let [now, number, whole, isUndisturbed] = [0, 0, emptyState, true]
  const start = async (): Promise<{ number: number; state: State }> => {
    whole = harvest(whole, world, now)
    const { state } = await caches.open(++number, true).restore()
    return { number, state: harvest(state, world, now, again) }
  }
  for (const step of course) {
    now += step.after
    switch (step.step) {
      case 'start':
        if (underWay.size > 0) isUndisturbed = false
        underWay.set(step.run, await start())
        break
      case 'end': {
        const own = underWay.get(step.run)
        if (own === undefined) break
        underWay.delete(step.run)
        if (step.how !== 'saved') isUndisturbed = false
        if (step.how === 'lost') break
        const store = caches.open(own.number, step.how !== 'denied')
        const state =
          step.how === 'merged' ? mergeStates(own.state, (await store.restore()).state) : own.state
        const { trouble } = await store.save(state)
        expect(trouble === undefined, trouble).toBe(step.how !== 'denied')
        break
      }
      case 'evict': {
        const kept = { newest: service.entries.slice(0, -1), oldest: service.entries.slice(1), all: [] }
        if (step.which !== 'oldest' || service.entries.length < 2) isUndisturbed = false
        service.entries = kept[step.which]
        break
      }
      case 'corrupt': {
        const newest = service.entries.at(-1)
        if (newest?.bytes === undefined) break
        isUndisturbed = false
        newest.bytes = newest.bytes.subarray(0, newest.bytes.length / 2)
        break
      }
    }
  }
  // All is shown by now.
  now = Math.max(now, 300 + window)
  const last = await start()
  await caches.open(last.number, true).save(last.state)
  const { state, trouble } = await caches.open(++number, true).restore()
  expect(trouble).toBeUndefined()
  return { state, whole, isUndisturbed: isUndisturbed && underWay.size === 0 }
}

/** A state without the days of the backlog, which GitHub does not tell. */
const withoutDays = (state: State): string =>
  stateText({ ...state, backlog: new Map([...state.backlog.keys()].map((id) => [id, 0])) })

function compare({ standing }: World, { state, whole, isUndisturbed }: Course): void {
  expect(withoutDays(state)).toBe(withoutDays(whole))
  if (isUndisturbed) expect(stateText(state)).toBe(stateText(whole))
  // Where a state was lost or merged, what waits may have been seen later, or before it went and came back; a day on which
  // it did not stand there is never made up.
  for (const [id, day] of state.backlog) {
    const days = standing.filter(({ finding }) => idOf(finding) === id)
    expect(days.some(({ from, to }) => dayOf(from) <= day && day <= dayOf(to - 1))).toBe(true)
  }
}

let service: CacheService
let base: string
beforeAll(async () => {
  service = await CacheService.start()
  base = mkdtempSync(join(tmpdir(), 'k8s-autofix-writers-'))
})
afterAll(async () => {
  await service.stop()
  rmSync(base, { recursive: true, force: true })
  expect(service.problems).toEqual([])
})

/** Speaks to the service as the client does, without its archives and in no time. */
function quick(): Caches {
  service.entries = []
  const [writer, reader] = [{ reads: ['main'], writes: 'main' }, { reads: ['main'] }].map((rights) =>
    service.token(rights),
  )
  return {
    service,
    open: (number, mayWrite) => {
      const { ACTIONS_RESULTS_URL: url = '', ACTIONS_RUNTIME_TOKEN: token = '' } = service.environment(
        (mayWrite ? writer : reader) ?? '',
      )
      const call = async (method: string, body: object): Promise<Record<string, unknown>> => {
        const response = await fetch(`${url}twirp/github.actions.results.api.v1.CacheService/${method}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
          body: JSON.stringify({ version: '1', ...body }),
        })
        return (await response.json()) as Record<string, unknown>
      }
      return {
        async restore() {
          const { ok, signed_download_url: link } = await call('GetCacheEntryDownloadURL', { key: 'state-' })
          if (ok !== true) return { state: emptyState }
          const state = parseState(await (await fetch(String(link))).text())
          return state === undefined ? { state: emptyState, trouble: 'corrupt' } : { state }
        },
        async save(state) {
          const key = `state-${number}`
          const { ok, signed_upload_url: link } = await call('CreateCacheEntry', { key })
          if (ok !== true) return { trouble: 'denied' }
          const body = stateText(state)
          await fetch(String(link), { method: 'PUT', body })
          const done = await call('FinalizeCacheEntryUpload', {
            key,
            size_bytes: `${Buffer.byteLength(body)}`,
          })
          return done['ok'] === true ? {} : { trouble: 'not taken' }
        },
      }
    },
  }
}

/** The real client, as the Action runs it. */
function real(): Caches {
  service.entries = []
  const entry = pathToFileURL(join(import.meta.dirname, '..', '..', 'src', 'main.ts'))
  const [writer, reader] = [{ reads: ['main'], writes: 'main' }, { reads: ['main'] }].map((rights) =>
    service.token(rights),
  )
  return {
    service,
    open: (number, mayWrite) =>
      stateCache({
        entry,
        environment: {
          PATH: process.env['PATH'],
          RUNNER_TEMP: base,
          GITHUB_WORKSPACE: base,
          GITHUB_RUN_ID: `${number}`,
          ...service.environment((mayWrite ? writer : reader) ?? ''),
        },
      }),
  }
}

const size = { minLength: 4, maxLength: 25, size: 'max' } as const
const courses = fc.array(steps, size)
/** One run after the other, each of which saves. */
const orderly = fc.array(fc.record({ pause: after, lasts: after }), size).map((runs) =>
  runs.flatMap(({ pause, lasts }): Step[] => [
    { step: 'start', after: pause, run: 0 },
    { step: 'end', after: lasts, run: 0, how: 'saved' },
  ]),
)
const property = (some: fc.Arbitrary<Step[]>, again = window): fc.IAsyncProperty<[World, Step[]]> =>
  fc.asyncProperty(worlds, some, async (world, course) => {
    compare(world, await follow(world, course, quick(), again))
  })

describe('writers who race, are lost, denied or forgotten', () => {
  test('end in the state of one writer who was there all the time', async () => {
    await fc.assert(property(courses), { numRuns: 300 })
  })

  test('who follow each other end so to the day', async () => {
    await fc.assert(property(orderly), { numRuns: 100 })
  })

  test('would not, if what GitHub shows late were not read again', async () => {
    expect(
      (await fc.check(property(courses, 0), { numRuns: 1000, seed: 1, endOnFailure: true })).failed,
    ).toBe(true)
  })

  const told: Step[] = [
    { step: 'start', after: 20, run: 0 },
    { step: 'end', after: 5, run: 0, how: 'saved' },
    // Two race; what the first has saved is not what the second knows.
    { step: 'start', after: 30, run: 0 },
    { step: 'start', after: 10, run: 1 },
    { step: 'end', after: 5, run: 1, how: 'saved' },
    { step: 'end', after: 5, run: 0, how: 'saved' },
    { step: 'start', after: 20, run: 0 },
    { step: 'end', after: 1, run: 0, how: 'denied' },
    { step: 'start', after: 20, run: 0 },
    { step: 'end', after: 1, run: 0, how: 'lost' },
    { step: 'corrupt', after: 1 },
    { step: 'start', after: 20, run: 2 },
    { step: 'end', after: 20, run: 2, how: 'merged' },
    { step: 'evict', after: 1, which: 'newest' },
  ]
  test.each([
    ['the newest forgotten', told],
    ['all forgotten', [...told, { step: 'evict', after: 1, which: 'all' } as const]],
    ['nothing disturbed', told.slice(0, 2)],
  ])('end so with the real client of the cache: %s', async (_, course) => {
    const [world] = fc.sample(worlds, { numRuns: 1, seed: 7 })
    if (world === undefined) throw new Error('no world')
    const { happenings } = world
    expect(happenings.length).toBeGreaterThan(5)
    compare(world, await follow(world, course, real(), window))
  })
})

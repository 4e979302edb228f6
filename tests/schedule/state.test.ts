import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { environments } from '../../src/model/index.ts'
import {
  changeId,
  countsOf,
  emptyState,
  findingId,
  marks,
  mergeStates,
  mostBacklog,
  mostSuggestions,
  mostSuppressed,
  parseState,
  stateText,
  suggestionId,
  type State,
  type Suggestion,
} from '../../src/schedule/index.ts'

const ids = fc.integer({ min: 0, max: 40 }).map((number) => `${number}`.padStart(11, 'A'))
const suggestion: fc.Arbitrary<Suggestion> = fc.record({
  id: ids,
  change: fc.integer({ min: 0, max: 9 }).map((number) => `${number}`.padStart(6, 'C')),
  context: fc.record({
    policy: fc.constantFrom('host-pid', 'image-tag', 'kyverno/require-labels/Who owns it? (äöü)'),
    kind: fc.constantFrom('Pod', 'apps/Deployment', `${'a'.repeat(253)}/Kind`),
    environment: fc.constantFrom(...environments),
    introduced: fc.boolean(),
    size: fc.constantFrom('one' as const, 'few' as const, 'many' as const),
    breakage: fc.constantFrom('low' as const, 'high' as const),
  }),
  week: fc.integer({ min: 2900, max: 3000 }),
  risk: fc.integer({ min: 0, max: 100 }),
  propensity: fc.integer({ min: 2, max: 100 }),
  marks: fc.uniqueArray(fc.constantFrom(...marks)).map((list) => new Set(list)),
})
const states: fc.Arbitrary<State> = fc
  .record({
    suggestions: fc.array(suggestion, { maxLength: 30 }),
    suppressed: fc.dictionary(
      ids,
      fc.record(
        { at: fc.integer({ min: 0, max: 5 }), until: fc.integer({ min: 2900, max: 2905 }) },
        { requiredKeys: ['at'] },
      ),
    ),
    backlog: fc.dictionary(ids, fc.integer({ min: 20_000, max: 20_005 }), { maxKeys: 30 }),
    harvested: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ suggestions, suppressed, backlog, harvested }) => ({
    suggestions: new Map(suggestions.map((one) => [one.id, one])),
    suppressed: new Map(Object.entries(suppressed)),
    backlog: new Map(Object.entries(backlog)),
    harvested,
  }))

describe('two states', () => {
  const merged = (a: State, b: State): string => stateText(mergeStates(a, b))
  test('merge in any order, in any grouping, any number of times', () => {
    fc.assert(
      fc.property(states, states, states, (a, b, c) => {
        expect(merged(a, b)).toBe(merged(b, a))
        expect(merged(mergeStates(a, b), c)).toBe(merged(a, mergeStates(b, c)))
        expect(merged(mergeStates(a, b), b)).toBe(merged(a, b))
        expect(merged(a, a)).toBe(stateText(a))
      }),
    )
  })
  test('hold together what either has harvested', () => {
    const [a, b] = [
      { ...emptyState, harvested: 5 },
      { ...emptyState, harvested: 7 },
    ]
    expect(mergeStates(a, b).harvested).toBe(7)
    expect(mergeStates(emptyState, b).harvested).toBe(7)
  })
  test('keep the suppressions that were said last, and fit into a file', () => {
    const side = (remainder: number): State => {
      const numbers = Array.from({ length: mostSuppressed }, (_, index) => 2 * index + remainder)
      const suppressed = new Map(numbers.map((at) => [`${at}`.padStart(11, 'S'), { at, until: 2900 }]))
      return { ...emptyState, suppressed }
    }
    const state = mergeStates(side(0), side(1))
    expect(state.suppressed.size).toBe(mostSuppressed)
    expect(Math.min(...[...state.suppressed.values()].map(({ at }) => at))).toBe(mostSuppressed)
    expect(stateText(state).length).toBeLessThan(250_000)
    expect(parseState(stateText(state))).toEqual(state)
  })
  test('lose no mark', () => {
    fc.assert(
      fc.property(states, states, (a, b) => {
        const both = mergeStates(a, b)
        for (const { id, marks: seen } of [...a.suggestions.values(), ...b.suggestions.values()])
          for (const mark of seen) expect(both.suggestions.get(id)?.marks.has(mark)).toBe(true)
      }),
    )
  })
  test('give the counts of one writer who has seen all, whoever has seen what', () => {
    fc.assert(
      fc.property(states, fc.infiniteStream(fc.boolean()), (all, coins) => {
        const part = (side: boolean): State => {
          const suggestions = new Map<string, Suggestion>()
          for (const one of all.suggestions.values()) {
            const seen = [...one.marks].filter(() => coins.next().value === side)
            suggestions.set(one.id, { ...one, marks: new Set(seen) })
          }
          return { ...all, suggestions }
        }
        const rest: State = all
        const merged = mergeStates(mergeStates(part(true), part(false)), rest)
        expect(countsOf(merged, 3000)).toEqual(countsOf(all, 3000))
      }),
    )
  })
})

test('a state survives its file, byte by byte', () => {
  fc.assert(
    fc.property(states, (state) => {
      const text = stateText(state)
      const read = parseState(text)
      expect(read === undefined ? undefined : stateText(read)).toBe(text)
    }),
  )
})

test.each([
  ['', 'nothing'],
  ['{', 'half a file'],
  ['[]', 'something else'],
  [stateText(emptyState).replace('v1', 'v2'), 'another version'],
  [stateText(emptyState).replace('"harvested":0', '"harvested":-1'), 'a number out of range'],
  [
    stateText(emptyState).replace('"suppressed":{}', '"suppressed":{"AAAAAAAAAAA":{"at":8640000000001}}'),
    'a moment that no calendar has',
  ],
  [
    stateText(emptyState).replace('"suggestions":""', '"suggestions":"AAAAAAAAAAACCCCCC2b301010a0000000"'),
    'no such policy',
  ],
  [stateText(emptyState).replace('{', '{"owner":"x",'), 'a key of nobody'],
  [`${' '.repeat(6 * 1024 * 1024)}${stateText(emptyState)}`, 'too large'],
])('a file that is %j is not believed (%s)', (text) => {
  expect(parseState(text)).toBeUndefined()
})

test('what counts, and what does not', () => {
  const one = (...seen: (typeof marks)[number][]): State => {
    const context = {
      policy: 'host-pid',
      kind: 'Pod',
      environment: 'other',
      introduced: true,
      size: 'one',
      breakage: 'low',
    } as const
    const id = 'AAAAAAAAAAA'
    return {
      ...emptyState,
      suggestions: new Map([
        [id, { id, change: 'CCCCCC', context, week: 2990, risk: 50, propensity: 40, marks: new Set(seen) }],
      ]),
    }
  }
  const counted = (state: State): number[][] =>
    countsOf(state, 2990).map(({ shown, fixed, committed, broke }) => [shown, fixed, committed, broke])
  expect(counted(one('shown'))).toEqual([])
  expect(counted(one('shown', 'censored'))).toEqual([])
  expect(counted(one('shown', 'accepted'))).toEqual([])
  // The finding stays, as it was said.
  expect(counted(one('shown', 'accepted', 'untouched'))).toEqual([])
  expect(counted(one('shown', 'accepted', 'fixed'))).toEqual([[1, 1, 0, 0]])
  // What goes away without a word of ours is no merit of ours.
  expect(counted(one('fixed'))).toEqual([])
  expect(counted(one('untouched'))).toEqual([])
  expect(counted(one('shown', 'untouched'))).toEqual([[1, 0, 0, 0]])
  expect(counted(one('shown', 'dismissed'))).toEqual([[1, 0, 0, 0]])
  // A late positive overwrites.
  expect(counted(one('shown', 'untouched', 'fixed'))).toEqual([[1, 1, 0, 0]])
  expect(counted(one('shown', 'committed', 'broke'))).toEqual([[1, 1, 1, 1]])
  expect(countsOf(one('shown', 'fixed'), 2991)[0]?.shown).toBeCloseTo(0.96)
})

test('ten thousand suggestions fit into 400 kB, and older ones give way', () => {
  const suggestions = new Map<string, Suggestion>()
  for (let index = 0; index < mostSuggestions + 500; index++) {
    const id = Buffer.from(`${index}`.padStart(8, '0')).toString('base64url')
    suggestions.set(id, {
      id,
      change: id.slice(0, 6),
      context: {
        policy: `policy-number-${index % 100}`,
        kind: ['apps/Deployment', 'Pod', 'batch/CronJob'][index % 3] ?? '',
        environment: environments[index % 4] ?? 'other',
        introduced: index % 2 === 0,
        size: 'few',
        breakage: 'some',
      },
      week: 2500 + (index % 400),
      risk: 100,
      propensity: 100,
      marks: new Set(['shown', 'fixed', 'committed', 'broke']),
    })
  }
  const backlog = new Map(
    [...suggestions.keys()].slice(0, mostBacklog + 9).map((id, index) => [id, 20_000 + (index % 90)]),
  )
  const state = mergeStates({ ...emptyState, suggestions, backlog }, emptyState)
  expect(state.backlog.size).toBe(mostBacklog)
  expect(state.suggestions.size).toBe(mostSuggestions)
  const text = stateText(state)
  expect(text.length).toBeLessThanOrEqual(400_000)
  expect(gzipSync(text).length).toBeLessThan(150_000)
  const kept = [...state.suggestions.values()].map(({ week }) => week)
  const gone = [...suggestions.values()]
    .filter(({ id }) => !state.suggestions.has(id))
    .map(({ week }) => week)
  expect(Math.max(...gone)).toBeLessThanOrEqual(Math.min(...kept))
})

test('an id is the same however people write the name of the repository', () => {
  const idsOf = (repository: string): string[] => [
    suggestionId(repository, 7, 'A', 'B'),
    changeId(repository, 7),
    findingId(repository, 'A'),
  ]
  expect(idsOf('Acme/Shop')).toEqual(idsOf('acme/shop'))
  expect(idsOf('acme/other').filter((id) => idsOf('acme/shop').includes(id))).toEqual([])
  expect(findingId('acme/shop', 'A')).not.toBe(findingId('acme/shop', 'a'))
})

import { expect, test } from 'vitest'
import {
  byRisk,
  backlogId,
  changeId,
  createWorld,
  decide,
  emptyState,
  fitModel,
  outlookOn,
  profiles,
  propensitiesOf,
  replay,
  seededRandom,
  slateOf,
  suggestionId,
  type Candidate,
  type Evaluation,
  type Mark,
  type State,
  type Suggestion,
} from '../../src/schedule/index.ts'

const places = 3
const world = createWorld(profiles['average'] ?? expect.fail(), seededRandom(7))

const backlog = backlogId('acme/shop')

/** What a repository's state holds after so many change requests, under a scheduler that leaves much to chance. */
function lived(changes: number, temper: number): { state: State; candidates: Candidate[][] } {
  const random = seededRandom(8)
  const model = fitModel([])
  const suggestions = new Map<string, Suggestion>()
  const all: Candidate[][] = []
  for (let change = 0; change < changes; change++) {
    const candidates = world.candidates(change)
    all.push(candidates)
    const outlook = outlookOn(model, candidates)
    const draw = (): readonly number[] => outlook.drawValues(random, { temper })
    const channels = decide(candidates, draw(), places)
    const propensities = propensitiesOf(candidates, draw, places, random)
    candidates.forEach((candidate, index) => {
      const id = suggestionId('acme/shop', change, candidate.id, '')
      const { fixed, committed } = world.chances(candidate, change)
      const luck = random.uniform()
      const marks = new Set<Mark>()
      if (channels[index] === 'inline') {
        marks.add('shown').add(luck < fixed ? 'fixed' : 'untouched')
        if (luck < committed) marks.add('committed')
      }
      suggestions.set(id, {
        id,
        change: changeId('acme/shop', change + 1),
        context: candidate.context,
        week: 2900 + Math.floor(change / 10),
        risk: Math.round(candidate.risk),
        propensity: Math.round(100 * (propensities[index] ?? 0)),
        marks,
      })
    })
  }
  return { state: { ...emptyState, suggestions }, candidates: all }
}

test('what has happened tells the schedulers apart', { timeout: 60_000 }, () => {
  const { state, candidates } = lived(400, 1)
  const replayed = replay(state, places, seededRandom(1), backlog) ?? expect.fail()
  expect(replayed.changes).toBeGreaterThan(380)
  const of = (name: string): Evaluation =>
    replayed.schedulers.find((one) => one.name === name)?.evaluation ?? expect.fail()
  const truth =
    candidates.reduce(
      (sum, list, change) =>
        sum +
        slateOf(list, byRisk(list, seededRandom(1)), places).reduce(
          (total, index) => total + world.value(list[index] ?? expect.fail(), change),
          0,
        ),
      0,
    ) / candidates.length
  for (const estimate of [of('risk').ips, of('risk').snips, of('risk').doublyRobust]) {
    expect(estimate.low).toBeLessThan(truth)
    expect(estimate.high).toBeGreaterThan(truth)
  }
  // The learner is better by more than chance can make.
  expect(of('learned').doublyRobust.low).toBeGreaterThan(of('risk').doublyRobust.high)
  expect(of('learned').doublyRobust.low).toBeGreaterThan(of('chance').doublyRobust.high)
  for (const { evaluation } of replayed.schedulers) expect(evaluation.effectiveSize).toBeGreaterThan(50)
})

test('change requests of which something is not known are left out whole', () => {
  const { state } = lived(6, 1)
  const [first] = [...state.suggestions.values()].filter(({ marks }) => marks.has('shown'))
  const one = first ?? expect.fail()
  const before = replay(state, places, seededRandom(1), backlog) ?? expect.fail()
  const suggestions = new Map(state.suggestions).set(one.id, { ...one, marks: new Set(['shown']) })
  const after = replay({ ...state, suggestions }, places, seededRandom(1), backlog) ?? expect.fail()
  expect(after.changes).toBe(before.changes - 1)
  expect(replay(state, places, seededRandom(1), backlog)).toEqual(before)
})

test('what was said of a backlog is no change request', () => {
  const { state } = lived(6, 1)
  const [first] = [...state.suggestions.values()]
  const suggestions = new Map(state.suggestions)
  for (const id of ['AAAAAAAAAAA', 'BBBBBBBBBBB'])
    suggestions.set(id, {
      ...(first ?? expect.fail()),
      id,
      change: backlog,
      marks: new Set(['shown', 'fixed']),
    })
  const of = (one: State): unknown => {
    const { changes, shown, schedulers } = replay(one, places, seededRandom(1), backlog) ?? expect.fail()
    return { changes, shown, schedulers }
  }
  expect(of({ ...state, suggestions })).toEqual(of(state))
})

test('the learner is replayed as it decides: chance alone silences nothing', () => {
  const [[candidate]] = [world.candidates(1)]
  const { context } = candidate ?? expect.fail()
  const suggestions = Array.from({ length: 12 }, (_, index): Suggestion => {
    const marks = new Set<Mark>(index % 3 === 0 ? ['shown', 'fixed', 'committed'] : ['shown', 'untouched'])
    const id = `${index}`.padStart(11, 'A')
    return { id, change: `${index}`.padStart(6, 'C'), context, week: 2900, risk: 14, propensity: 100, marks }
  })
  const state = { ...emptyState, suggestions: new Map(suggestions.map((one) => [one.id, one])) }
  const { schedulers } = replay(state, places, seededRandom(1), backlog) ?? expect.fail()
  const [risk, learned] = ['risk', 'learned'].map((name) => schedulers.find((one) => one.name === name))
  // All of them are worth showing, and there is a place for each.
  expect(learned?.evaluation.ips.value).toBe(risk?.evaluation.ips.value)
})

test('nothing is said of nothing', () => {
  expect(replay(emptyState, places, seededRandom(1), backlog)).toBeUndefined()
})

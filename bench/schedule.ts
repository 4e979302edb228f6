import {
  backlogId,
  changeId,
  countsOf,
  createWorld,
  decide,
  emptyState,
  fitModel,
  mergeStates,
  outlookOn,
  parseState,
  propensitiesOf,
  replay,
  seededRandom,
  slatePlaces,
  stateText,
  suggestionId,
  type Candidate,
  type Mark,
  type State,
  type Suggestion,
} from '../src/schedule/index.ts'
import { scoreRisk } from '../src/risk/index.ts'
import { severities } from '../src/model/index.ts'
import type { Benchmark } from './main.ts'
import { table } from './measure.ts'

const many = 10_000
const repeats = 7

/** How long the scheduler takes: for a change request, for a backlog, and for all that a repository remembers. */
export const schedule: Benchmark = (print) => {
  const world = createWorld({ acceptance: 0.3, tastes: 'additive' }, seededRandom(1))
  const random = seededRandom(2)
  const state = remembered(world, random)
  const model = fitModel(countsOf(state, 2960))
  const backlog: Candidate[] = []
  for (let change = 0; backlog.length < many; change++) backlog.push(...world.candidates(change))
  const all = backlog.slice(0, many)
  const change = world.candidates(1).concat(world.candidates(2), world.candidates(3)).slice(0, 24)
  const events = [...state.suggestions.values()]
  const half = (side: number): State => ({
    ...emptyState,
    suggestions: new Map(events.filter((_, index) => index % 2 === side).map((one) => [one.id, one])),
  })
  const [even, odd] = [half(0), half(1)]
  const text = stateText(state)
  const rows: [string, number, number | undefined][] = [
    [
      `${many} candidates scored and ranked`,
      median(() => {
        for (let index = 0; index < many; index++)
          scoreRisk({
            severity: severities[index % 4] ?? 'low',
            podSecurity: 'restricted',
            isSecurity: true,
            limitsThreat: true,
            exposure: { fact: 'cluster' },
            powers: [{ fact: 'read-secrets' }],
            data: [{ fact: 'secret' }],
            environment: { fact: 'production' },
          })
        decide(all, outlookOn(model, all).drawValues(random), slatePlaces)
      }),
      1000,
    ],
    [
      `${many} events read, folded, counted and learned from`,
      median(() => {
        fitModel(countsOf(mergeStates(mergeStates(even, odd), parseState(text) ?? emptyState), 2960))
      }),
      2000,
    ],
    [
      `slate of ${change.length} candidates with propensities`,
      median(() => {
        const outlook = outlookOn(model, change)
        decide(change, outlook.drawValues(random), slatePlaces)
        propensitiesOf(change, outlook.sampler(), slatePlaces, random)
      }),
      20,
    ],
    [
      'replay of such a log',
      median(() => replay(state, slatePlaces, seededRandom(1), backlogId('acme/shop')), 1),
      undefined,
    ],
  ]
  print(
    table(
      ['what', 'ms', 'limit', ''],
      rows.map(([what, milliseconds, limit]) => [
        what,
        milliseconds.toFixed(1),
        limit ?? '',
        limit === undefined ? '' : milliseconds <= limit ? 'met' : 'MISSED',
      ]),
    ),
  )
  print(`\na state of ${state.suggestions.size} suggestions has ${text.length} bytes (limit 400000)`)
  return Promise.resolve()
}

/** What is remembered of as many suggestions as are kept. */
function remembered(world: ReturnType<typeof createWorld>, random: ReturnType<typeof seededRandom>): State {
  const suggestions = new Map<string, Suggestion>()
  for (let change = 0; suggestions.size < many; change++) {
    for (const candidate of world.candidates(change)) {
      if (suggestions.size === many) break
      const id = suggestionId('acme/shop', change, candidate.id, '')
      const { fixed, committed } = world.chances(candidate, change)
      const luck = random.uniform()
      const marks = new Set<Mark>(['shown', luck < fixed ? 'fixed' : 'untouched'])
      if (luck < committed) marks.add('committed')
      suggestions.set(id, {
        id,
        change: changeId('acme/shop', change + 1),
        context: candidate.context,
        week: 2900 + Math.floor(change / 20),
        risk: Math.round(candidate.risk),
        propensity: 40,
        marks,
      })
    }
  }
  return { ...emptyState, suggestions }
}

function median(work: () => unknown, times = repeats): number {
  if (times > 1) work()
  const taken = Array.from({ length: times }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  }).sort((a, b) => a - b)
  return taken[Math.floor(times / 2)] ?? Number.NaN
}

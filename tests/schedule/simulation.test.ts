import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { figuresText, testedSeeds } from '../../bench/simulation.ts'
import { root } from '../../scripts/package.ts'
import {
  createWorld,
  demandsOn,
  profiles,
  seededRandom,
  simulate,
  simulateAll,
  type Scheduler,
  type Simulation,
} from '../../src/schedule/index.ts'
import { runLength } from '../../src/schedule/simulation/figures.ts'

let simulation: Simulation
beforeAll(() => {
  simulation = simulateAll(testedSeeds)
}, 600_000)

test('the learner does what is demanded of it', () => {
  const missed = demandsOn(simulation.figures).filter(({ isMet }) => !isMet)
  expect(missed).toEqual([])
})

test('nobody is better than the best', () => {
  for (const { regret } of simulation.curves)
    for (const [index, value] of regret.entries())
      expect(value).toBeGreaterThanOrEqual((regret[index - 1] ?? 0) - 1e-9)
})

test('the figures are those that are committed; npm run bench -- simulation --write', () => {
  const text = readFileSync(join(root, 'docs', 'evidence', 'simulation.txt'), 'utf8')
  expect(text).toContain(figuresText(simulation.figures))
})

test('the same seed gives the same run', () => {
  const scheduler: Scheduler = { values: (candidates, random) => candidates.map(() => random.uniform()) }
  const run = (seed: number): unknown =>
    simulate(
      createWorld(profiles['average'] ?? expect.fail(), seededRandom(seed)),
      scheduler,
      runLength,
      seededRandom(1),
    )
  expect(run(3)).toEqual(run(3))
  expect(run(3)).not.toEqual(run(4))
})

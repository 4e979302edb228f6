import { expect, test } from 'vitest'
import { environments } from '../../src/model/index.ts'
import { fitModel } from '../../src/schedule/index.ts'
import type { Count } from '../../src/schedule/learner.ts'

test('a state of thousands of policies and kinds has a model of bounded size, of those that were shown most', () => {
  const counts = Array.from({ length: 3000 }, (_, index): Count => {
    const policy = `own/${String(index).padStart(4, '0')}`
    const environment = environments[index % environments.length] ?? 'other'
    const context = {
      policy,
      kind: `example.com/Kind${index % 1296}`,
      environment,
      introduced: true,
      size: 'one',
      breakage: 'low',
    } as const
    return { context, shown: index === 2999 ? 9 : 1, fixed: 0, committed: 0, broke: 0 }
  })
  const { fixed } = fitModel(counts)
  expect(fixed.places.size).toBeLessThan(600)
  expect([fixed.places.has('policy own/2999'), fixed.places.has('policy own/2998')]).toEqual([true, false])
  // In whatever order they come.
  expect([...fitModel(counts.toReversed()).fixed.places.keys()].toSorted()).toEqual(
    [...fixed.places.keys()].toSorted(),
  )
})

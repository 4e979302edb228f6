import { expect, test } from 'vitest'
import { newDuplicates } from '../../src/verify/duplicates.ts'

const pod = (volumes: string[], env: string[]) => ({
  spec: {
    volumes: volumes.map((name) => ({ name })),
    containers: [{ name: 'a', env: env.map((name) => ({ name })) }],
  },
})

test('what a patch doubles is named, what was double before is not', () => {
  expect(newDuplicates(pod(['a'], ['X', 'X']), pod(['a', 'a'], ['X', 'X']))).toEqual([
    '/spec/volumes holds "a" twice',
  ])
  expect(newDuplicates(pod(['a'], []), pod(['a', 'b'], ['X']))).toEqual([])
})

import { describe, expect, it } from 'vitest'
import { beyond } from '../../src/sweeping.ts'

describe('what is left for the next pull request', () => {
  it('is what does not fit, and those of one change together', () => {
    expect(beyond([[1, 2], [3, 4], [5]], 3)).toEqual([3, 4])
    expect(beyond([[1], [2], [3]], 3)).toEqual([])
  })

  it('is never all: one change for more findings than there is room for is offered alone', () => {
    expect(beyond([[1, 2, 3, 4], [5], [6]], 3)).toEqual([5, 6])
  })
})

import { expect, test } from 'vitest'
import { summaryMark } from '../../src/action/summary-mark.ts'
import { sealFor, summaryMarker, type MarkedCandidate } from '../../src/github/index.ts'

const commit = 'a'.repeat(40)
const seal = sealFor('key', { owner: 'acme', name: 'shop' }, 7)

const candidate = (index: number, propensity = 0.4): MarkedCandidate => ({
  id: String(index).padStart(11, '0'),
  context: {
    policy: 'host-pid',
    kind: 'apps/Deployment',
    environment: 'production',
    introduced: true,
    size: 'one',
    breakage: 'low',
  },
  risk: 50,
  propensity,
})
const decisions = (mark: string): MarkedCandidate[] => summaryMarker.read(mark)?.decisions ?? []

test('what was decided first stands, and what is gone since is not forgotten', () => {
  const first = summaryMark(commit, [candidate(1, 0.4), candidate(2, 0.02)], undefined, seal)
  const second = summaryMark(commit, [candidate(3), candidate(2, 0.9)], `Words.\r\n${first}`, seal)
  expect(decisions(second).map(({ id, propensity }) => [Number(id), propensity])).toEqual([
    [1, 0.4],
    [2, 0.02],
    [3, 0.4],
  ])
  // The same again is the same text.
  expect(summaryMark(commit, [candidate(2, 0.5), candidate(3, 0.5)], `Words.\n${second}`, seal)).toBe(second)
})

test('a mark that is not sealed as ours are tells nothing where marks are sealed', () => {
  const forged = summaryMark(commit, [candidate(1, 1)], undefined, undefined)
  const sealed = summaryMark(commit, [candidate(1, 0.1)], `Words.\n${forged}`, seal)
  expect(decisions(sealed)[0]?.propensity).toBe(0.1)
  expect(summaryMarker.readBelieved(sealed, seal ?? expect.fail())).toBeDefined()
  expect(
    decisions(summaryMark(commit, [candidate(1, 0.1)], `Words.\n${forged}`, undefined))[0]?.propensity,
  ).toBe(1)
})

test('it leaves room for what the comment says: the most wanted are kept', () => {
  const many = Array.from({ length: 500 }, (_, index) => candidate(index))
  const mark = summaryMark(commit, many, undefined, seal)
  expect(mark.length).toBeLessThanOrEqual(16_000)
  const kept = decisions(mark).map(({ id }) => Number(id))
  expect(kept.length).toBeGreaterThan(30)
  expect(kept).toEqual(kept.map((_, index) => index))
})

import { describe, expect, it } from 'vitest'
import { exitCodeOf } from '../../src/cli/analyse.ts'
import { worst } from '../../src/cli/world.ts'
import type { Finding, Report } from '../../src/model/index.ts'
import { finding, report } from '../report/sample.ts'

const unread = (broken: boolean): Report['unread'] => [
  { file: 'a', reason: { code: 'x', text: 'y' }, broken },
]
const failed: Report['engines'] = [{ name: 'kyverno', version: '1', status: 'failed' }]
const code = (findings: Finding[], change: Partial<Report> = {}, failOn: 'low' | 'never' = 'low'): number =>
  exitCodeOf(report(findings, change), failOn, new Set())

describe('exit codes', () => {
  it('the gravest counts', () => {
    expect(worst([])).toBe(0)
    expect(worst([0, 1])).toBe(1)
    expect(worst([1, 2, 0])).toBe(2)
    expect(worst([3, 2, 1])).toBe(3)
    expect(worst([1, 70, 3, 2])).toBe(70)
  })

  it('findings, broken input, failed engines', () => {
    expect(code([])).toBe(0)
    expect(code([finding()])).toBe(1)
    expect(code([finding()], {}, 'never')).toBe(0)
    expect(code([finding()], { unread: unread(false) })).toBe(1)
    expect(code([finding()], { unread: unread(true) })).toBe(2)
    expect(code([], { unread: unread(true) }, 'never')).toBe(2)
    expect(code([finding()], { unread: unread(true), engines: failed })).toBe(3)
  })

  it('what is suppressed, in the baseline or fixed does not count; every other state does', () => {
    for (const state of ['suppressed', 'baseline'] as const) expect(code([finding({ state })])).toBe(0)
    for (const state of ['fixed', 'refused', 'needs-value', 'advice'] as const)
      expect(code([finding({ state })])).toBe(1)
    const done = finding()
    expect(exitCodeOf(report([done]), 'low', new Set([done.fingerprint]))).toBe(0)
  })
})

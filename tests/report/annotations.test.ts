import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderAnnotations } from '../../src/report/index.ts'
import { finding, report } from './sample.ts'

describe('annotations of a workflow', () => {
  it('are one command a finding, by severity, the worst first', () => {
    const lines = renderAnnotations(
      report([
        finding({ severity: 'low' }),
        finding({ severity: 'critical' }),
        finding({ severity: 'medium' }),
      ]),
    ).split('\n')
    expect(lines.map((line) => /^::(\w+)/.exec(line)?.[1])).toEqual(['error', 'warning', 'notice', undefined])
  })

  it('are ten of a kind, and say how many are missing', () => {
    const text = renderAnnotations(report(Array.from({ length: 25 }, () => finding())))
    expect(text.match(/^::error /gm)).toHaveLength(10)
    expect(text).toContain('::notice title=k8s-autofix::15 more findings: see the summary')
  })

  it('leave out what was there before and what is suppressed', () => {
    expect(
      renderAnnotations(report([finding({ state: 'baseline' }), finding({ state: 'suppressed' })])),
    ).toBe('')
  })

  it('are one line whatever a manifest holds, and no property ends early', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (odd) => {
        const hostile = `${odd}\n::error::x\r,line=9::%0A`
        const one = finding({
          title: hostile,
          message: hostile,
          location: { ...finding().location, file: hostile },
        })
        const lines = renderAnnotations(report([one])).split('\n')
        expect(lines).toHaveLength(2)
        const [, properties = ''] = /^::error ([^:]*)::/.exec(lines[0] ?? '') ?? []
        expect(properties.split(',').map((part) => part.split('=', 1)[0])).toEqual([
          'file',
          'line',
          'endLine',
          'col',
          'title',
        ])
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { code, plain, renderMarkdown, summaryBytes } from '../../src/report/index.ts'
import type { Severity } from '../../src/model/index.ts'
import { finding, report } from './sample.ts'

const rows = (text: string): string[] =>
  text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))

describe('the job summary', () => {
  it('says one sentence when nothing was found', () => {
    const text = renderMarkdown(report([]))
    expect(text).toContain('Nothing to report in 1 file, 1 resource.')
    expect(text).not.toContain('|')
  })

  it('shows ten rows, worst first, and folds the rest', () => {
    const severities: Severity[] = ['low', 'critical', 'medium', 'high']
    const findings = Array.from({ length: 24 }, (_, i) =>
      finding({ policy: `policy-${i}`, severity: severities[i % 4] ?? 'low' }),
    )
    const text = renderMarkdown(report(findings))
    const [shown = '', folded = ''] = text.split('<details>')
    const worst = rows(shown)
      .slice(1)
      .map((row) => / · (\w+)/.exec(row)?.[1])
    expect(worst.join(' ')).toBe(`${'critical '.repeat(6)}${'high '.repeat(4)}`.trim())
    expect(rows(folded).slice(1)).toHaveLength(14)
    expect(text).toContain('<summary>14 more</summary>')
  })

  it('counts what was there before, in a sentence and in no row', () => {
    const old = Array.from({ length: 12 }, (_, i) => finding({ policy: `old-${i}`, state: 'baseline' }))
    const summary = { ...report([]).summary, states: { fixed: 1, baseline: 12 } }
    const some = report([finding(), ...old], { summary })
    const text = renderMarkdown(some, { isChange: true })
    expect(text).toContain(
      '1 of 1 finding in this change have a verified fix. 12 findings were there before this change.',
    )
    expect(rows(text)).toHaveLength(2)
    expect(text).not.toContain('old-')
    expect(renderMarkdown(some)).toContain('12 findings were there before.')
    const one = { ...summary, states: { baseline: 1 } }
    expect(renderMarkdown(report(old.slice(0, 1), { summary: one }), { isChange: true })).toContain(
      'Nothing to report in this change. 1 finding was there before this change.',
    )
  })

  it('folds what is not worth a suggestion, says why, and counts it', () => {
    const decision = { rank: 2, propensity: 0.1 }
    const findings = [
      finding({ policy: 'shown', decision: { ...decision, channel: 'inline', because: 'rank 1 of 2' } }),
      finding({ policy: 'quiet', decision: { ...decision, channel: 'silent', because: 'silent: 4 %' } }),
      finding({ policy: 'crowded', decision: { ...decision, channel: 'summary', because: 'no place left' } }),
    ]
    const inline = new Set([findings[0]?.fingerprint ?? ''])
    const summary = { ...report([]).summary, states: { fixed: 3 } }
    const text = renderMarkdown(report(findings, { summary }), { isChange: true, inline })
    const [sight = '', folded = ''] = text.split('<details>')
    expect(sight).toContain('have a verified fix; 1 suggested inline; 1 not worth a suggestion.')
    expect(
      rows(sight)
        .slice(1)
        .map((row) => row.split(' | ').at(-1)),
    ).toEqual(['take the suggestion |', 'apply the change below (no place left) |'])
    expect(folded).toContain('<summary>1 more</summary>')
    expect(rows(folded)[1]).toContain('apply the change below (silent&#58; 4 &#37;)')
    // Nothing else is there: no table is begun in vain.
    const alone = renderMarkdown(report(findings.slice(1, 2), { summary }), { isChange: true, inline })
    expect(rows(alone.split('<details>')[0] ?? '')).toEqual([])
    expect(rows(alone)).toHaveLength(2)
  })

  it('folds what is excepted, with the reason, and counts it for nothing', () => {
    const one = finding({ state: 'suppressed', reason: { code: 'x', text: 'known | <img> until 2027' } })
    const text = renderMarkdown(report([one]))
    expect(text).toContain('Nothing to report in 1 file, 1 resource.')
    expect(rows(text)).toHaveLength(0)
    expect(text).toContain('<details><summary>1 finding suppressed</summary>')
    expect(text).toMatch(
      /- <code>privilege-escalation<\/code> container <code>api<\/code>: known &#124; &#60;img&#62; until/,
    )
  })

  it('says first that a result is partial', () => {
    const unread = [{ file: 'a.yaml', line: 3, reason: { code: 'syntax', text: 'no YAML' }, broken: true }]
    expect(renderMarkdown(report([], { unread }))).toMatch(
      /^## k8s-autofix\n\n\*\*partial result&#58; 1 file could not be read\*\* Nothing/,
    )
  })

  it('fits what GitHub takes, in bytes, and says what it leaves out', () => {
    const findings = Array.from({ length: 20_000 }, (_, i) =>
      finding({ policy: `p-${i}`, title: 'ä€漢'.repeat(40) }),
    )
    const text = renderMarkdown(report(findings))
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(summaryBytes)
    expect(text).toMatch(/\d+ more findings do not fit/)
    expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0)
    expect(text.endsWith('</sub>\n')).toBe(true)
  })

  it('lets no text from a manifest mean anything', () => {
    const hostile =
      '</code><img src=x onerror=alert(1)> [a](javascript:x) ![i](http://e.example/t.png) @everyone #1 `x` | a\n| b |\n::error::x www.e.example **b** \u{202E}evil'
    const text = renderMarkdown(
      report([
        finding({
          title: hostile,
          resource: { apiVersion: 'v1', kind: 'Pod', namespace: hostile, name: hostile },
          container: hostile,
          location: { file: hostile, document: 0, pointer: '', line: 1, column: 1, endLine: 1 },
          state: 'refused',
          reason: { code: 'x', text: hostile },
        }),
      ]),
    )
    expect(rows(text)).toHaveLength(2)
    const syntax = text.replaceAll(/&#\d+;/g, '')
    for (const piece of [
      '<img',
      '](',
      '![',
      '@everyone',
      '#1',
      '`',
      'http:',
      'www.',
      '**b**',
      '::error',
      '\u{202E}',
    ])
      expect(syntax).not.toContain(piece)
    expect(text).toContain('&#60;U&#43;202E&#62;')
  })
})

describe('text', () => {
  it('reads as what was written', () => {
    const decode = (html: string): string =>
      html.replaceAll(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)))
    expect(decode(plain('a<b> & "c" (d) é 漢 e_f'))).toBe('a<b> & "c" (d) é 漢 e_f')
    expect(decode(code('x:1'))).toBe('<code>x:1</code>')
    expect(code('')).toBe('')
  })
})

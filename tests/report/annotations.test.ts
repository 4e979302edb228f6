import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderAnnotations, visible } from '../../src/report/index.ts'
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
    expect(text).toContain(
      '::notice title=k8s-autofix::15 more findings in 1 file: see the summary, or another format of the report\n',
    )
  })

  it('leave out what was there before and what is suppressed', () => {
    expect(
      renderAnnotations(report([finding({ state: 'baseline' }), finding({ state: 'suppressed' })])),
    ).toBe('')
  })

  it.each([
    [10, undefined],
    [11, '2'],
  ])('need no room for what is not missing: %i notices', (number, missing) => {
    const text = renderAnnotations(report(Array.from({ length: number }, () => finding({ severity: 'low' }))))
    expect(text.match(/^::notice /gm)).toHaveLength(10)
    expect(/(\d+) more finding/.exec(text)?.[1]).toBe(missing)
  })

  it('warn of files that nobody could read, before findings, and count those that are missing', () => {
    const unread = Array.from({ length: 12 }, (_, index) => ({
      file: `${index}.yaml`,
      line: 3,
      reason: { code: 'syntax', text: 'no YAML' },
      broken: true,
    }))
    const quiet = { file: 'chart.yaml', reason: { code: 'template', text: 'a template' }, broken: false }
    const text = renderAnnotations(report([finding({ severity: 'medium' })], { unread: [...unread, quiet] }))
    expect(text).toMatch(/^::warning file=0\.yaml,line=3,title=not judged::no YAML\n/)
    expect(text).not.toContain('chart.yaml')
    expect(text).toContain('::1 more finding in 1 file, 2 more files not judged: ')
  })

  it('are cut at what the runner takes, at a whole letter', () => {
    const [one] = parsed(renderAnnotations(report([finding({ message: '\u{1F600}'.repeat(5000) })])))
    expect(one?.message.length).toBeLessThanOrEqual(4096)
    expect(one?.message.isWellFormed()).toBe(true)
  })

  it('say what was said, whatever a manifest holds, and nothing else', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            '::error::x',
            '\n',
            '\r\n',
            '%0A',
            '%',
            '%25',
            ',line=9',
            ':',
            '`',
            '|',
            '<img>',
            '::',
          ),
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(hostile, hostile, hostile, (title, message, name) => {
        const one = finding({ title, message, location: { ...finding().location, file: name } })
        const commands = parsed(renderAnnotations(report([one])))
        expect(commands).toHaveLength(1)
        expect(commands[0]?.kind).toBe('error')
        const place = { line: '8', endLine: '8', col: '11' }
        expect(commands[0]?.properties).toEqual({ file: visible(name), ...place, title: visible(title) })
        const text = `${visible(message)} [privilege-escalation] has a verified fix`
        expect(commands[0]?.message).toBe(text)
      }),
    )
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

interface Command {
  kind: string
  properties: Record<string, string>
  message: string
}

/** As the runner reads a log: line by line, a command at the start, the escapes of the toolkit taken back. */
function parsed(log: string): Command[] {
  return log.split(/\r\n|\r|\n/).flatMap((line) => {
    const match = /^::(\w+) (.*?)::(.*)$/s.exec(line)
    if (match === null) return line === '' ? [] : [{ kind: 'text', properties: {}, message: line }]
    const [, kind = '', listed = '', message = ''] = match
    const properties = listed.split(',').map((part): [string, string] => {
      const at = part.indexOf('=')
      const value = part
        .slice(at + 1)
        .replaceAll('%3A', ':')
        .replaceAll('%2C', ',')
      return [part.slice(0, at), unescaped(value)]
    })
    return [{ kind, properties: Object.fromEntries(properties), message: unescaped(message) }]
  })
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

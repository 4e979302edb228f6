import { describe, expect, it } from 'vitest'
import { renderPretty } from '../../src/report/index.ts'
import { maskLines } from '../../src/report/secrets.ts'
import { file, finding, options, report } from './sample.ts'

const secret = 'hunter2'

describe('secrets', () => {
  it.each([
    ['DB_PASSWORD: hunter2', 'a key'],
    ['  password: "hunter2" # comment', 'a quoted value'],
    ["  'api-key': 'hunter2'", 'a quoted key'],
    ['{"password":"hunter2","a":"b"}', 'JSON'],
    ['{"name":"DB_TOKEN","value":"hunter2"}', 'a variable in JSON'],
    ['env: [{name: MY_SECRET, value: hunter2}]', 'a variable in flow style'],
    ['args: ["--db-password=hunter2", "x"]', 'an option'],
    ['- --auth-token=hunter2', 'an option in a list'],
    ['url: postgres://user:hunter2@host/db', 'a URL'],
    ['connectionString: "Server=x;Password=hunter2"', 'a connection string'],
  ])('%s is masked: %s', (line) => {
    expect(maskLines([line], false).join('\n')).not.toContain(secret)
  })

  it('the name on the line before tells about the value', () => {
    expect(
      maskLines(['- name: DB_PASSWORD', '  value: hunter2', '- name: MODE', '  value: fast'], false),
    ).toEqual(['- name: DB_PASSWORD', '  value: ***', '- name: MODE', '  value: fast'])
  })

  it('what only looks like one stays', () => {
    for (const line of [
      'automountServiceAccountToken: true',
      'secretName: tls',
      'kind: Secret',
      'secretKeyRef:',
      'image: registry.example/auth:1.0',
      'secretRef: { name: x }',
    ])
      expect(maskLines([line], false)).toEqual([line])
  })

  it.each(['secrets', 'other'])(
    'a finding of family or kind secrets shows no value near it (%s)',
    (family) => {
      const source = `apiVersion: v1
kind: Secret
metadata: { name: x }
data:
  user: hunter2
  blob: |
    hunter2
`
      const edits = [
        {
          file,
          kind: 'replace' as const,
          startLine: 5,
          endLine: 7,
          replacement: '  user: hunter2x\n  - hunter2\n',
        },
      ]
      for (const line of [5, 6, 7]) {
        const one = finding({
          policy: family === 'secrets' ? 'env-var-secret' : 'privilege-escalation',
          resource: { ...finding().resource, kind: family === 'secrets' ? 'Deployment' : 'Secret' },
          location: { ...finding().location, line, column: 3 },
          edits,
        })
        const refused = {
          ...one,
          state: 'refused' as const,
          patch: [{ op: 'add' as const, path: '/data/a', value: 'hunter2' }],
        }
        const out = renderPretty(report([one, refused]), new Map([[file, source]]), options)
        expect(out).not.toContain(secret)
        expect(out).toContain('***')
      }
    },
  )

  it.each([0, 10, 60, 150, 1500, 3000])(
    'a file in one line is shown near the finding, masked (%i letters between)',
    (gap) => {
      const variable = '{"name":"DB_PASSWORD","value":"hunter2"}'
      const line = (end: string): string =>
        `{"a":[${`${variable},`.repeat(100)}{"x":"${'x'.repeat(gap)}"},{"b":1${end}},${`${variable},`.repeat(100)}{}]}`
      const source = line('')
      const edits = [
        { file, kind: 'replace' as const, startLine: 1, endLine: 1, replacement: line(',"c":false') },
      ]
      const column = source.indexOf('{"b"') + 1
      const one = finding({ edits, location: { ...finding().location, line: 1, column } })
      for (const width of [60, 120, undefined]) {
        const out = renderPretty(report([one]), new Map([[file, source]]), { ...options, width })
        expect(out).not.toContain(secret)
        expect(out).toContain('"c":false')
        const [text = '', caret = ''] = out.split('\n').slice(3, 5)
        expect(text.slice(caret.indexOf('^')).startsWith('{"b":1}')).toBe(true)
        expect(Math.max(...out.split('\n').map((each) => each.length))).toBeLessThan(400)
      }
    },
  )

  it('a refused patch masks variables that are named like secrets', () => {
    const refused = finding({
      state: 'refused',
      patch: [
        {
          op: 'add',
          path: '/env',
          value: [
            { name: 'DB_PASSWORD', value: 'hunter2' },
            { password: 'hunter2', port: 1 },
          ],
        },
      ],
    })
    const out = renderPretty(report([refused]), new Map(), options)
    expect(out).not.toContain(secret)
    expect(out).toContain('[{"name":"DB_PASSWORD","value":"***"},{"password":"***","port":1}]')
  })
})

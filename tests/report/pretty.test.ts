import { stripVTControlCharacters } from 'node:util'
import { assert, boolean, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/index.ts'
import { renderPretty, widthOf, type PrettyOptions } from '../../src/report/index.ts'
import { file, finding, options, report, sources, text } from './sample.ts'

const pretty = (findings: Finding[], change: Partial<PrettyOptions> = {}): string =>
  renderPretty(report(findings), sources, { ...options, ...change })

describe('a finding with a fix', () => {
  it('shows what, where, the line, the fix and how far it is proven, why, and what to run next', () => {
    expect(pretty([finding({ fingerprint: 'ab'.repeat(32) })])).toBe(
      `error[privilege-escalation] container may gain more privileges than its parent                 high · abababab
 --> deploy/api.yaml:8:11  Deployment shop/api, container api
  |
8 |         - name: api # the service
  |           ^^^^^^^^^ allowPrivilegeEscalation is not false
  |
  = fix     safe, proven to level policy: adds 2 lines after line 9
  | + securityContext:
  | +   allowPrivilegeEscalation: false
  = why     A setuid binary in the image is enough to become root · PSS restricted · CIS 5.2.6

1 file, 1 resource, 1 finding: 1 with a fix · 0.9 s
  k8s-autofix fix deploy/   writes the 1 safe fix
`,
    )
  })

  it('says what is unsafe about it, and the command that takes it', () => {
    const out = pretty([
      finding(),
      finding({ safe: false, breakage: { probability: 0.35, because: 'writes to /tmp?' } }),
    ])
    expect(out).toContain('unsafe (35 % chance to break it: writes to /tmp?), proven to level policy')
    expect(out).toContain('2 findings: 2 with a fix (1 safe, 1 unsafe)')
    expect(out).toContain('  k8s-autofix fix deploy/                  writes the 1 safe fix\n')
    expect(out).toContain(
      '  k8s-autofix fix --unsafe-fixes deploy/   writes all 2; 1 may break its workload: privilege-escalation (api), writes to /tmp?\n',
    )
  })

  it('says the reason of a policy once', () => {
    expect(pretty([finding(), finding()]).match(/= why/g)).toHaveLength(1)
  })

  it('removals and replacements are shown as such', () => {
    const edit = {
      file,
      kind: 'replace' as const,
      startLine: 8,
      endLine: 9,
      replacement: '        - name: api # the service\n          image: api:1\n',
    }
    const out = pretty([finding({ edits: [edit] })])
    expect(out).toContain(
      'changes line 9\n  | - image: registry.example/shop/api:latest\n  | + image: api:1\n',
    )
    const removal = { file, kind: 'replace' as const, startLine: 10, endLine: 11, replacement: '' }
    expect(pretty([finding({ edits: [removal] })])).toContain(
      'removes lines 10 to 11\n  | - - name: sidecar\n',
    )
    const two = [edit, removal]
    expect(pretty([finding({ edits: two })])).toContain('adds 1 line and removes 3 lines in 2 places')
    const create = {
      file: 'np.yaml',
      kind: 'create' as const,
      startLine: 0,
      endLine: 0,
      replacement: 'a: 1\nb: 2\n',
    }
    expect(pretty([finding({ edits: [create] })])).toContain('creates np.yaml with 2 lines')
  })

  it('long changes are cut short', () => {
    const replacement = Array.from({ length: 40 }, (_, index) => `line${index}: 1`).join('\n')
    const out = pretty([
      finding({ edits: [{ file, kind: 'replace', startLine: 9, endLine: 9, replacement }] }),
    ])
    expect(out).toContain('| … 29 more\n')
    expect(out.match(/\| [+-] /g)).toHaveLength(12)
  })
})

describe('findings that belong together', () => {
  it('same policy, same object, same patch: one block that names all containers', () => {
    const first = finding()
    const second = finding({
      container: 'sidecar',
      requires: [first.fingerprint],
      location: { ...first.location, line: 10, pointer: '/spec/template/spec/containers/1' },
    })
    const out = pretty([{ ...first, requires: [second.fingerprint] }, second])
    expect(out).toContain('Deployment shop/api, containers api and sidecar\n')
    expect(out).toContain(' 8 |         - name: api # the service\n')
    expect(out).toContain('10 |         - name: sidecar\n')
    expect(out.match(/= fix/g)).toHaveLength(1)
    expect(out).toContain('2 findings: 2 with a fix')
  })

  it('another policy with the same patch points to it', () => {
    const first = finding()
    const second = finding({ policy: 'other', requires: [first.fingerprint] })
    const out = pretty([{ ...first, requires: [second.fingerprint] }, second])
    expect(out).toContain(
      '= fix     safe, proven to level policy: the same change as for privilege-escalation (line 8)\n',
    )
    expect(out.match(/\+ securityContext/g)).toHaveLength(1)
  })

  it('many places are counted', () => {
    const change = {
      state: 'needs-value',
      reason: { code: 'needs-value', text: 'Which one?' },
      patch: [],
    } as const
    const many = Array.from({ length: 6 }, (_, index) =>
      finding({
        ...change,
        patch: [],
        container: `c${index}`,
        location: { ...finding().location, line: 3 + index },
      }),
    )
    const out = pretty(many)
    expect(out).toContain('containers c0, c1, c2, c3, c4 and c5')
    expect(out).toContain('  | and 3 more: lines 6, 7 and 8\n')
  })
})

describe('findings without a fix', () => {
  it('ask for a value', () => {
    const out = pretty([
      finding({
        state: 'needs-value',
        severity: 'medium',
        reason: { code: 'needs-value', text: 'Which version runs today?' },
        edits: [],
        patch: [],
      }),
    ])
    expect(out).toContain('needs a value[privilege-escalation] container')
    expect(out).toContain('  = ask     Which version runs today?\n')
    expect(out).toContain('1 finding: 1 needs a value')
  })

  it('tell why a fix was refused, with the patch as text and without its tests', () => {
    const out = pretty([
      finding({
        state: 'refused',
        reason: { code: 'removes-data', text: 'the fix removes a volume' },
        edits: [],
        patch: [
          { op: 'test', path: '/spec/a', value: 'old' },
          { op: 'remove', path: '/spec/a' },
          { op: 'add', path: '/spec/b', value: { c: ['d'] } },
        ],
      }),
    ])
    expect(out).toContain(
      '  = refused the fix removes a volume (removes-data)\n  | remove /spec/a\n  | add /spec/b: {"c":["d"]}\n',
    )
    expect(out).not.toContain('old')
  })

  it('give advice', () => {
    const out = pretty([finding({ state: 'advice', reason: { code: 'x', text: 'Split it.' }, edits: [] })])
    expect(out).toContain('  = advice  Split it.\n')
    expect(out).toContain('1 for a person')
  })

  it('count what is settled and do not show it', () => {
    const out = pretty([finding({ state: 'suppressed' }), finding({ state: 'baseline' })])
    expect(out).toBe('1 file, 1 resource, 2 findings: 1 suppressed, 1 in the baseline · 0.9 s\n')
  })
})

describe('the closing lines', () => {
  it('one line when all is well, none when quiet', () => {
    expect(pretty([])).toBe('1 file, 1 resource: nothing found · 0.9 s\n')
    expect(pretty([], { show: 'findings' })).toBe('')
  })

  it('no manifests', () => {
    const empty = report([])
    empty.summary.files = 0
    expect(renderPretty(empty, new Map(), options)).toBe('no Kubernetes manifests found · 0.9 s\n')
  })

  it('of fix: what was written, and what is left', () => {
    const done = finding()
    const left = finding({ safe: false })
    const result = report([done, left], {
      files: [{ file, documents: 1, resources: 1, sha256: 'x', written: true }],
    })
    const out = renderPretty(result, sources, {
      ...options,
      command: 'fix',
      written: new Set([done.fingerprint]),
    })
    expect(out).toContain('\nwrote deploy/api.yaml: 1 finding fixed\n')
    expect(out).toContain('2 findings: 1 fixed, 1 with a fix (unsafe)')
    expect(out.match(/privilege-escalation\]/g)).toHaveLength(1)
    expect(out).not.toContain('k8s-autofix fix deploy/')
    expect(out).toContain('k8s-autofix fix --unsafe-fixes deploy/')
  })

  it('files that could not be read come with their place, and the first line says that the result is partial', () => {
    const result = report([finding()], {
      unread: [
        {
          file: 'bad.yaml',
          reason: { code: 'invalid-yaml', text: 'a quote is missing' },
          line: 3,
          column: 5,
          broken: true,
        },
        { file: 'chart/a.yaml', reason: { code: 'helm-template', text: 'x' }, broken: false },
        { file: 'chart/b.yaml', reason: { code: 'helm-template', text: 'x' }, broken: false },
        { file: 'k/p.yaml', reason: { code: 'kustomize-patch', text: 'x' }, broken: false },
      ],
      invalid: [
        {
          resource: finding().resource,
          location: finding().location,
          level: 'api',
          errors: ['spec.replicas: must not be negative'],
        },
      ],
    })
    const out = renderPretty(result, sources, options)
    expect(out.startsWith('partial result: 1 file could not be read\n')).toBe(true)
    expect(out).toContain('error: bad.yaml:3:5: a quote is missing\n')
    expect(out).toContain(
      'invalid: deploy/api.yaml:8:11: Deployment shop/api: spec.replicas: must not be negative\n',
    )
    expect(out).toContain(
      '3 files not judged: 2 helm-template, 1 kustomize-patch (--format json lists them)\n',
    )
    const failed = renderPretty(
      report([], { engines: [{ name: 'kyverno', version: '1', status: 'failed' }] }),
      sources,
      options,
    )
    expect(failed.startsWith('partial result: kyverno failed\n')).toBe(true)
  })

  it('quotes paths for the shell', () => {
    const out = pretty([finding()], {
      next: ['--set=severity.x=low', 'my files/', "it's", '$(reboot)', 'a\nb'],
    })
    expect(out).toContain(
      `k8s-autofix fix --set=severity.x=low 'my files/' 'it'\\''s' '$(reboot)' $'a\\x0ab'   writes`,
    )
  })
})

describe('hostile manifests', () => {
  const escape = '\u001B]0;owned\u0007\u001B[31m\u009B2J\u202E\u200B\r\n'

  it('no control of theirs reaches the terminal, whatever field it stands in', () => {
    assert(
      property(string({ unit: 'binary', maxLength: 30 }), boolean(), (noise, color) => {
        const bad = noise + escape
        const hostile = finding({
          policy: bad,
          title: bad,
          message: bad,
          container: bad,
          resource: { apiVersion: bad, kind: bad, namespace: bad, name: bad },
          location: { ...finding().location, file: bad },
          breakage: { probability: 0.5, because: bad },
          safe: false,
          edits: [{ file: bad, kind: 'replace', startLine: 1, endLine: 1, replacement: bad }],
        })
        const refused = {
          ...hostile,
          state: 'refused' as const,
          reason: { code: bad, text: bad },
          patch: [{ op: 'add' as const, path: `/${bad}`, value: bad }],
        }
        const result = report([hostile, refused], {
          unread: [
            { file: bad, reason: { code: bad, text: bad }, broken: true, line: 1, column: 1 },
            { file: bad, reason: { code: bad, text: bad }, broken: false },
          ],
          invalid: [{ resource: hostile.resource, location: hostile.location, level: 'api', errors: [bad] }],
          files: [{ file: bad, documents: 1, resources: 1, sha256: '', written: true }],
        })
        const out = renderPretty(result, new Map([[bad, `${bad}${bad}`]]), {
          ...options,
          color,
          width: 80,
          next: [bad],
        })
        const plain = color ? out.replaceAll(/\p{Cc}\[\d+m/gu, '') : out
        expect(plain).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
        expect(plain.split('\n').filter((line) => line.startsWith('owned'))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

describe('width', () => {
  it('no line is wider than the terminal, with colours or without', () => {
    const wide = finding({
      message: 'a long message '.repeat(20),
      title: '日本語'.repeat(60),
      container: 'c'.repeat(200),
      location: { ...finding().location, line: 1, column: 5000 },
    })
    const minified = new Map([[file, `{"a":"${'x'.repeat(6000)}","b":1}`]])
    for (const width of [30, 40, 60, 80, 132])
      for (const color of [true, false]) {
        const out = renderPretty(report([wide, finding()]), minified, { ...options, width, color })
        const widest = Math.max(...stripVTControlCharacters(out).split('\n').map(widthOf))
        expect(widest).toBeLessThanOrEqual(width)
        expect(out).toContain('^')
      }
  })

  it('the fingerprint stays when the title gives way', () => {
    const out = pretty([finding({ fingerprint: 'ab'.repeat(32) })], { width: 70 })
    expect(out.split('\n')[0]).toBe('error[privilege-escalation] container may gain more…   high · abababab')
  })

  it('tabs and wide letters do not move the caret', () => {
    const source = new Map([[file, '\t"日本": "x"\n']])
    const one = finding({ location: { ...finding().location, line: 1, column: 8 }, message: 'here' })
    const lines = renderPretty(report([one]), source, options).split('\n')
    expect(lines[3]).toBe('1 |     "日本": "x"')
    expect(lines[4]).toBe('  |             ^^^ here')
  })
})

it('colour comes only when asked for, and changes no word', () => {
  const one = [finding()]
  expect(pretty(one)).not.toContain('\u001B')
  expect(pretty(one, { color: true })).toContain('\u001B[32m+ securityContext:\u001B[39m')
  expect(stripVTControlCharacters(pretty(one, { color: true }))).toBe(pretty(one))
})

it('CRLF and a byte order mark are no part of a line', () => {
  const source = new Map([[file, `\uFEFF${text.replaceAll('\n', '\r\n')}`]])
  const out = renderPretty(
    report([finding(), finding({ location: { ...finding().location, line: 1, column: 1 } })]),
    source,
    options,
  )
  expect(out).not.toContain('U+')
  expect(out).toContain('1 | apiVersion: apps/v1\n  | ^^^^^^^^^^^^^^^^^^^')
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { applyLineEdits } from '../../src/edit/index.ts'
import { catalogue } from '../../src/policies/index.ts'
import { renderSarif } from '../../src/report/index.ts'
import { analyse } from '../support/analyse.ts'
import { sarifProblems } from '../support/sarif/schema.ts'
import { file, finding, report, text } from './sample.ts'

const region = z.object({
  startLine: z.int().min(1),
  startColumn: z.int().min(1),
  endLine: z.int(),
  endColumn: z.int(),
})
/** What GitHub reads of SARIF, and what it demands of it (facts/github.md, section 3). */
const schema = z.object({
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.object({
        tool: z.object({
          driver: z.object({
            rules: z.array(
              z.object({
                id: z.string(),
                name: z.string().max(255),
                shortDescription: z.object({ text: z.string().max(1024) }),
                fullDescription: z.object({ text: z.string().max(1024) }),
                help: z.object({ text: z.string(), markdown: z.string() }),
                defaultConfiguration: z.object({ level: z.enum(['error', 'warning', 'note']) }),
                properties: z.object({
                  tags: z.array(z.string()).max(20),
                  'security-severity': z.string().regex(/^\d\.\d$/),
                }),
              }),
            ),
          }),
        }),
        invocations: z.array(
          z.object({
            executionSuccessful: z.boolean(),
            toolExecutionNotifications: z.array(z.object({ message: z.object({ text: z.string() }) })),
          }),
        ),
        results: z
          .array(
            z.object({
              ruleId: z.string(),
              ruleIndex: z.int(),
              baselineState: z.string().optional(),
              message: z.object({ text: z.string().min(1).max(1024) }),
              suppressions: z.array(z.object({ justification: z.string() })).optional(),
              locations: z
                .array(
                  z.object({
                    physicalLocation: z.object({ artifactLocation: z.object({ uri: z.string() }) }),
                  }),
                )
                .length(1),
              partialFingerprints: z.object({
                primaryLocationLineHash: z.string().min(1),
                'k8sAutofix/v1': z.string(),
              }),
              fixes: z
                .array(
                  z.object({
                    artifactChanges: z.array(
                      z.object({
                        replacements: z.array(
                          z.object({
                            deletedRegion: region,
                            insertedContent: z.object({ text: z.string() }),
                          }),
                        ),
                      }),
                    ),
                  }),
                )
                .optional(),
            }),
          )
          .max(25_000),
      }),
    )
    .length(1),
})

function sarif(...args: Parameters<typeof renderSarif>): z.output<typeof schema>['runs'][number] {
  const log: unknown = JSON.parse(renderSarif(...args))
  // Thousands of results would say no more to it than some do.
  if (args[0].findings.length < 1000) expect(sarifProblems(log)).toEqual([])
  const [run] = schema.parse(log).runs
  if (run === undefined) throw new Error('no run')
  return run
}

describe('SARIF', () => {
  it('names each finding for as long as it lasts, once', () => {
    const findings = [finding(), finding(), finding({ policy: 'other' })]
    const moved = findings.map((one) => ({ ...one, location: { ...one.location, line: 40, endLine: 40 } }))
    const prints = (some: typeof findings): string[] =>
      sarif(report(some), new Map(), catalogue).results.map(
        ({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash,
      )
    expect(prints(moved)).toEqual(prints(findings))
    expect(new Set(prints(findings)).size).toBe(3)
  })

  it('has rules for what was found, with the severity that GitHub shows', () => {
    const { tool, results } = sarif(
      report([finding(), finding({ severity: 'low', policy: 'b' })]),
      new Map(),
      [],
    )
    expect(tool.driver.rules.map(({ id, properties }) => [id, properties['security-severity']])).toEqual([
      ['b', '3.0'],
      ['privilege-escalation', '8.0'],
    ])
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
  })

  it('shows the worst severity that a rule has anywhere', () => {
    const levels = ['low', 'critical', 'medium'] as const
    const { tool } = sarif(report(levels.map((severity) => finding({ severity }))), new Map(), catalogue)
    const [rule] = tool.driver.rules
    expect(rule?.properties['security-severity']).toBe('9.5')
    expect(rule?.defaultConfiguration.level).toBe('error')
  })

  it('explains a policy, and says what there is of a rule of another engine', () => {
    const other = finding({ policy: 'kube-linter/odd', title: 'what it says', state: 'advice', edits: [] })
    const { tool } = sarif(report([finding(), other]), new Map(), catalogue)
    const [foreign, own] = tool.driver.rules
    expect(foreign).toMatchObject({ id: 'kube-linter/odd', help: { text: 'what it says' } })
    expect(own?.help.text).toMatch(/PSS restricted/)
    expect(own?.help.markdown).toMatch(/\n\n\*\*Standards:\*\* PSS restricted/)
  })

  const manifest = `apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  hostPID: true
  containers:
    - name: a
      image: b:1
    - {name: c, image: "d:1"}
`
  it.each([
    ['as written', manifest],
    ['without a last line break', manifest.trimEnd()],
    ['with carriage returns', manifest.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\uFEFF${manifest}`],
    [
      'in one line',
      `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"hostPID":true,"containers":[{"name":"a","image":"b:1"}]}}`,
    ],
    [
      'in one line with a byte order mark',
      `\uFEFF{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"hostPID":true,"containers":[{"name":"a","image":"b:1"}]}}\n`,
    ],
    ['beside letters of two units', manifest.replace('kind', '# \u{1F600}\nkind')],
  ])('holds fixes that do what the edits do: %s', (_, source) => {
    const { findings } = analyse(source)
    const { results } = sarif(report(findings), new Map([['test.yaml', source]]), catalogue)
    const edits = new Map(findings.map((one) => [one.fingerprint, one.edits]))
    let compared = 0
    for (const result of results) {
      const own = edits.get(result.partialFingerprints['k8sAutofix/v1']) ?? []
      expect(result.fixes === undefined).toBe(own.length === 0)
      const replacements = result.fixes?.flatMap(({ artifactChanges }) =>
        artifactChanges.flatMap((change) => change.replacements),
      )
      if (replacements === undefined) continue
      expect(applied(source, replacements)).toBe(applyLineEdits(source, own))
      compared++
    }
    expect(compared).toBeGreaterThan(4)
  })

  it('holds fixes that do what the edits do, whatever they are', () => {
    const line = fc.constantFrom('a: 1', 'b: 2', '- c', '')
    const lines = fc.array(line, { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(lines, lines, fc.nat(7), fc.nat(7), fc.boolean(), (old, fresh, from, length, closed) => {
        const source = `${old.join('\n')}${closed ? '\n' : 'x'}`
        const count = old.length
        const startLine = Math.min(from + 1, count)
        const endLine = Math.min(startLine + length, count)
        // What stands behind a last line without its line break cannot begin one.
        const replacement = `${fresh.join('\n')}${endLine === count && !closed ? 'x' : '\n'}`
        const edits = [{ file, kind: 'replace' as const, startLine, endLine, replacement }]
        const [result] = sarif(report([finding({ edits })]), new Map([[file, source]]), []).results
        const replacements = (result?.fixes ?? []).flatMap(({ artifactChanges }) =>
          artifactChanges.flatMap((change) => change.replacements),
        )
        expect(applied(source, replacements)).toBe(applyLineEdits(source, edits))
      }),
    )
  })

  it('gives no half of a fix: none where a file is new, or not at hand', () => {
    const [edit] = finding().edits
    if (edit === undefined) throw new Error('no edit')
    const create = {
      file: 'new.yaml',
      kind: 'create' as const,
      startLine: 0,
      endLine: 0,
      replacement: 'a: 1\n',
    }
    const both = finding({ edits: [edit, create] })
    const fixes = (sources: Map<string, string>, one = both): unknown =>
      sarif(report([one]), sources, catalogue).results[0]?.fixes
    expect(fixes(new Map([[file, text]]))).toBeUndefined()
    expect(fixes(new Map(), finding())).toBeUndefined()
    expect(fixes(new Map([[file, text]]), finding())).toHaveLength(1)
  })

  it('says that it is partial, what was not judged and what was there before', () => {
    const unread = [{ file: 'x y%.yaml', reason: { code: 'syntax', text: 'no YAML' }, broken: true }]
    const run = sarif(report([finding({ state: 'baseline' }), finding()], { unread }), new Map(), catalogue)
    expect(run.invocations[0]?.executionSuccessful).toBe(false)
    expect(run.invocations[0]?.toolExecutionNotifications).toHaveLength(2)
    expect(new Set(run.results.map(({ baselineState }) => baselineState))).toEqual(
      new Set(['new', 'unchanged']),
    )
  })

  it('writes paths as addresses', () => {
    const odd = finding({ location: { ...finding().location, file: 'a b/#1?/é.yaml' } })
    const [one] = sarif(report([odd]), new Map(), catalogue).results
    expect(one?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('a%20b/%231%3F/%C3%A9.yaml')
  })

  it('holds no secret', () => {
    const secret = text.replace('image: registry.example/shop/api:latest', 'password: hunter2')
    const edit = {
      file,
      kind: 'replace' as const,
      startLine: 9,
      endLine: 9,
      replacement: '          password: hunter2x\n          x: 1\n',
    }
    const sources = new Map([[file, secret]])
    expect(renderSarif(report([finding({ edits: [edit] })]), sources, catalogue)).not.toContain('hunter2')
    const variable = finding({
      location: { ...finding().location, pointer: '/spec/template/spec/containers/0/env/0' },
      edits: [{ ...edit, replacement: '          x: hunter2\n' }],
    })
    expect(renderSarif(report([variable]), sources, catalogue)).not.toContain('hunter2')
    const list = '- name: DB_PASSWORD\n- name: other\n'
    const value = {
      ...edit,
      startLine: 1,
      endLine: 1,
      replacement: '- name: DB_PASSWORD\n  value: hunter2\n',
    }
    expect(
      renderSarif(report([finding({ edits: [value] })]), new Map([[file, list]]), catalogue),
    ).not.toContain('hunter2')
  })

  it.each([
    ['the last variable, whose line a new field is put behind', ''],
    ['a variable with other lines behind it', '          ports: [{containerPort: 80}]\n'],
  ])('holds no secret of the lines around a fix: %s', (_, end) => {
    const source = `apiVersion: apps/v1
kind: Deployment
metadata: {name: a, namespace: b}
spec:
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec:
      containers:
        - name: a
          image: b:1
          env:
            - name: DB_PASSWORD
              value: hunter2
${end}`
    for (const written of [source, source.trimEnd()]) {
      const { findings } = analyse(written)
      const out = renderSarif(report(findings), new Map([['test.yaml', written]]), catalogue)
      expect(out).not.toContain('hunter2')
      // A last line without its line break becomes another one where lines follow it; then the fix is left out.
      expect(out.includes('"fixes"')).toBe(written === source || end !== '')
    }
  })

  it('takes any text of a manifest for text', () => {
    const hostile =
      '[a](https://e.example) ::error::x\n`b` %0A | <img src=x> {0} \u001b[31m \u202e \ud800 \u{1F600}'
    const one = finding({
      policy: hostile,
      title: hostile,
      message: `${hostile} more`,
      location: { ...finding().location, file: hostile },
      state: 'suppressed',
      reason: { code: 'x', text: hostile },
    })
    const out = renderSarif(report([one]), new Map(), catalogue)
    for (const letter of ['\u001b', '\u202e']) expect(out).not.toContain(letter)
    const { tool, results } = sarif(report([one]), new Map(), catalogue)
    expect(results[0]?.message.text).not.toContain('](')
    expect(results[0]?.suppressions?.[0]?.justification).toContain('<img src=x>')
    expect(tool.driver.rules[0]?.help.markdown).not.toMatch(/[`<|[]/)
  })

  it('keeps to the lengths that GitHub has, and cuts no letter in half', () => {
    const long = '\u{1F600}'.repeat(2000)
    const { tool, results } = sarif(report([finding({ policy: long, title: long })]), new Map(), [])
    const [rule] = tool.driver.rules
    for (const cut of [rule?.name, rule?.shortDescription.text, results[0]?.message.text])
      expect(cut?.isWellFormed()).toBe(true)
  })

  it('says which findings are excepted, and calls nothing new where nothing is old', () => {
    const { results } = sarif(report([finding({ state: 'suppressed' }), finding()]), new Map(), catalogue)
    expect(results.map(({ suppressions }) => suppressions?.length)).toEqual([1, undefined])
    expect(results.map(({ baselineState }) => baselineState)).toEqual([undefined, undefined])
  })

  it('leaves out the least risky above what GitHub takes', () => {
    const many = Array.from({ length: 25_010 }, (_, index) =>
      finding({ severity: index < 10 ? 'low' : 'high' }),
    )
    const run = sarif(report(many), new Map(), catalogue)
    expect(run.results).toHaveLength(25_000)
    const [notification] = run.invocations[0]?.toolExecutionNotifications ?? []
    expect(notification?.message.text).toBe('10 findings of the least risk left out: GitHub takes no more')
    expect(run.tool.driver.rules[0]?.properties['security-severity']).toBe('8.0')
  })
})

function applied(
  before: string,
  replacements: { deletedRegion: z.output<typeof region>; insertedContent: { text: string } }[],
): string {
  // A byte order mark is no column.
  const mark = before.startsWith('\uFEFF') ? 1 : 0
  const body = before.slice(mark)
  const lines = body.split(/(?<=\n)/)
  const offset = (line: number, column: number): number => {
    // Behind a final line break there is one more line, with nothing in it.
    expect(line).toBeLessThanOrEqual(body.split('\n').length)
    expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
    return lines.slice(0, line - 1).reduce((sum, one) => sum + one.length, 0) + column - 1
  }
  let result = body
  for (const { deletedRegion: at, insertedContent } of replacements.toReversed())
    result =
      result.slice(0, offset(at.startLine, at.startColumn)) +
      insertedContent.text +
      result.slice(offset(at.endLine, at.endColumn))
  return before.slice(0, mark) + result
}

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { applyLineEdits } from '../../src/edit/index.ts'
import { catalogue } from '../../src/policies/index.ts'
import { renderSarif } from '../../src/report/index.ts'
import { analyse } from '../support/analyse.ts'
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
                properties: z.object({
                  tags: z.array(z.string()).max(20),
                  'security-severity': z.string().regex(/^\d\.\d$/),
                }),
              }),
            ),
          }),
        }),
        invocations: z.array(
          z.object({ executionSuccessful: z.boolean(), toolExecutionNotifications: z.array(z.object({})) }),
        ),
        results: z
          .array(
            z.object({
              ruleId: z.string(),
              ruleIndex: z.int(),
              baselineState: z.string().optional(),
              message: z.object({ text: z.string().min(1) }),
              locations: z
                .array(
                  z.object({
                    physicalLocation: z.object({ artifactLocation: z.object({ uri: z.string() }) }),
                  }),
                )
                .length(1),
              partialFingerprints: z.object({ primaryLocationLineHash: z.string().min(1) }),
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
  const [run] = schema.parse(JSON.parse(renderSarif(...args))).runs
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

  it('holds fixes that do what the edits do', () => {
    const manifest =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostPID: true\n  containers:\n    - name: a\n      image: b:1\n'
    const { findings } = analyse(manifest)
    let compared = 0
    const { results } = sarif(report(findings), new Map([['test.yaml', manifest]]), catalogue)
    for (const result of results) {
      const replacements = result.fixes?.flatMap(({ artifactChanges }) =>
        artifactChanges.flatMap((change) => change.replacements),
      )
      if (replacements === undefined) continue
      const candidates = findings
        .filter(({ policy }) => policy === result.ruleId)
        .map(({ edits }) => applyLineEdits(manifest, edits))
      expect(candidates).toContain(applied(manifest, replacements))
      compared++
    }
    expect(compared).toBeGreaterThan(4)
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
      replacement: '          password: hunter2\n          x: 1\n',
    }
    expect(
      renderSarif(report([finding({ edits: [edit] })]), new Map([[file, secret]]), catalogue),
    ).not.toContain('hunter2')
  })

  it('holds no secret whose name stands on the line before', () => {
    const manifest =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: b:1\n      env:\n        - name: DB_PASSWORD\n          value: hunter2\n'
    const { findings } = analyse(manifest)
    expect(
      findings.some(({ edits }) => edits.some(({ replacement }) => replacement.includes('hunter2'))),
    ).toBe(true)
    expect(renderSarif(report(findings), new Map([['test.yaml', manifest]]), catalogue)).not.toContain(
      'hunter2',
    )
  })

  it('leaves out the least severe above what GitHub takes', () => {
    const many = Array.from({ length: 25_010 }, (_, index) =>
      finding({ severity: index < 10 ? 'low' : 'high' }),
    )
    const run = sarif(report(many), new Map(), catalogue)
    expect(run.results).toHaveLength(25_000)
    expect(new Set(run.results.map(({ ruleId }) => ruleId)).size).toBe(1)
  })
})

function applied(
  before: string,
  replacements: { deletedRegion: z.output<typeof region>; insertedContent: { text: string } }[],
): string {
  const lines = before.split(/(?<=\n)/)
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).reduce((sum, one) => sum + one.length, 0) + column - 1
  let result = before
  for (const { deletedRegion: at, insertedContent } of replacements.toSorted(
    (a, b) => b.deletedRegion.startLine - a.deletedRegion.startLine,
  ))
    result =
      result.slice(0, offset(at.startLine, at.startColumn)) +
      insertedContent.text +
      result.slice(offset(at.endLine, at.endColumn))
  return result
}

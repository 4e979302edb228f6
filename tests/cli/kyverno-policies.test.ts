import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../scripts/tools.ts'
import { createEngine } from '../../src/cli/engine.ts'
import { reportSchema, type KyvernoPolicy } from '../../src/model/index.ts'
import { celPolicy, policiesOf, rulePolicy } from '../detect/kyverno-policies.ts'
import { mutating } from '../kyverno/mutating.ts'
import { cli, entry, Folder, sharedApi, type Result } from './world.ts'

/** `--engines builtin,kyverno` with policies that change objects, with the real program. */

const named = ['--engines', 'builtin,kyverno', '--kyverno', tool('kyverno')]

const web = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: web:1.0.0
`

async function run(
  folder: Folder,
  args: readonly string[],
  kyverno: readonly KyvernoPolicy[],
): Promise<Result> {
  const engine = createEngine(entry, folder.path, () => 0, sharedApi)
  return cli(folder.path, args, {
    engine: {
      ...engine,
      run: async (request, input) =>
        engine.run({ ...request, config: { ...request.config, kyverno } }, input),
    },
  })
}

const team = rulePolicy('require-team', 'team', 'pattern: {metadata: {labels: {team: "?*"}}}')

describe('what policies of Kyverno change in a cluster', () => {
  const policies = [...policiesOf(team), ...mutating('label', 'nonroot', 'registry')]

  it('is found, proven like any fix, and written into the files', async () => {
    using folder = new Folder({ 'a.yaml': web })
    const scanned = await run(folder, ['scan', '--format', 'json', ...named, '.'], policies)
    expect(scanned.stderr).toBe('')
    const report = reportSchema.parse(JSON.parse(scanned.stdout))
    expect(report.engines).toMatchObject([
      { name: 'builtin', status: 'ok' },
      { name: 'kyverno-mutations', version: 'v1.19.0', status: 'ok' },
      { name: 'kyverno', version: 'v1.19.0', status: 'ok' },
      { name: 'api', status: 'ok' },
    ])
    const changing = report.findings.filter(({ policy }) => /^kyverno\/[^/]+$/.test(policy))
    expect(changing.map(({ policy, state, reason }) => [policy, state, reason?.code])).toEqual([
      ['kyverno/label', 'fixed', undefined],
      ['kyverno/nonroot', 'fixed', undefined],
      ['kyverno/registry', 'refused', 'hazard:changes-workload'],
    ])
    for (const { state, verification, safe } of changing)
      if (state === 'fixed') {
        expect(safe).toBe(true)
        expect(verification).toMatchObject({ level: 'api' })
        expect(verification?.gates.map(({ name, passed }) => [name, passed])).toEqual(
          expect.arrayContaining([
            ['post-condition', true],
            ['kyverno', true],
            ['api-effect', true],
          ]),
        )
      }
    const fixed = await run(folder, ['fix', ...named, '.'], policies)
    expect([fixed.code, fixed.stderr]).toEqual([0, ''])
    const text = readFileSync(join(folder.path, 'a.yaml'), 'utf8')
    expect(text).toContain('team: platform')
    expect(text).toContain('runAsNonRoot: true')
    const again = await run(folder, ['scan', '--format', 'json', ...named, '.'], policies)
    const left = reportSchema.parse(JSON.parse(again.stdout)).findings
    expect(left.map(({ policy }) => policy).filter((id) => /^kyverno\/[^/]+$/.test(id))).toEqual([
      'kyverno/registry',
    ])
  })

  it('is not asked for where the policy needs more than the object', async () => {
    using folder = new Folder({ 'a.yaml': web })
    const asks = [...policiesOf(team), ...mutating('asks')]
    const scanned = await run(folder, ['scan', '--format', 'json', ...named, '.'], asks)
    expect(scanned.stderr).toMatch(
      /policies\/asks\.yaml:1: ClusterPolicy asks: asks for what is not in the object/,
    )
    const { engines } = reportSchema.parse(JSON.parse(scanned.stdout))
    expect(engines.map(({ name }) => name)).toEqual(['builtin', 'kyverno', 'api'])
  })
})

describe('--only and --skip', () => {
  it('take policies of Kyverno, whoever judges by them', async () => {
    const has = celPolicy('versions', 'object.spec.containers.all(c, c.image.contains("@"))')
    const [label] = mutating('label')
    using folder = new Folder({
      '.k8s-autofix.yaml': 'policies: [p]\n',
      'p/a.yaml': [team, has, label?.text].join('\n---\n'),
      'a.yaml': web,
    })
    const found = async (...args: readonly string[]): Promise<string[]> => {
      const { stdout } = await cli(folder.path, ['scan', '--format', 'json', ...named, ...args, 'a.yaml'])
      const { findings } = reportSchema.parse(JSON.parse(stdout))
      return findings.map(({ policy }) => policy).filter((id) => id.startsWith('kyverno/'))
    }
    const [byRule, byExpression] = ['kyverno/require-team/team', 'kyverno/versions']
    const byLabel = ['kyverno/label', 'kyverno/label/checks']
    expect((await found('--skip', 'kyverno/require-team')).toSorted()).toEqual([...byLabel, byExpression])
    expect(await found('--skip', 'kyverno/label,kyverno/versions')).toEqual([byRule])
    expect(await found('--only', 'kyverno/require-team')).toEqual([byRule])
    expect((await found('--only', 'kyverno/label')).toSorted()).toEqual(byLabel)
  })
})

describe('a ValidatingPolicy of the user', () => {
  const noLatest = celPolicy('versions', 'object.spec.containers.all(c, c.image.contains(":"))')
  const byKyverno = celPolicy('asks', 'request.operation == "CREATE"')
  const manifest = web.replace('web:1.0.0', 'web')

  it('is judged without Kyverno, where it can be said exactly; of others standard error tells', async () => {
    using folder = new Folder({ 'a.yaml': manifest })
    const scanned = await run(
      folder,
      ['scan', '--format', 'json', '.'],
      policiesOf([noLatest, byKyverno].join('---\n')),
    )
    expect(scanned.stderr).toMatch(
      /policies\.yaml:\d+: ValidatingPolicy asks is left to Kyverno, .*--engines builtin,kyverno: it reads `request`/,
    )
    const { findings, engines } = reportSchema.parse(JSON.parse(scanned.stdout))
    expect(engines.map(({ name }) => name)).toEqual(['builtin', 'api'])
    expect(findings.filter(({ policy }) => policy.startsWith('kyverno/'))).toMatchObject([
      {
        policy: 'kyverno/versions',
        state: 'advice',
        severity: 'medium',
        message: 'versions is broken',
        engines: [{ name: 'builtin', rule: 'kyverno/versions' }],
      },
    ])
  })

  it('is one finding with that of Kyverno', async () => {
    using folder = new Folder({ 'a.yaml': manifest })
    const scanned = await run(folder, ['scan', '--format', 'json', ...named, '.'], policiesOf(noLatest))
    expect(scanned.stderr).toBe('')
    const { findings } = reportSchema.parse(JSON.parse(scanned.stdout))
    expect(findings.filter(({ policy }) => policy.startsWith('kyverno/'))).toMatchObject([
      {
        policy: 'kyverno/versions',
        engines: [
          { name: 'builtin', rule: 'kyverno/versions' },
          { name: 'kyverno', rule: 'versions' },
        ],
      },
    ])
  })
})

import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../scripts/tools.ts'
import { createEngine } from '../../src/cli/engine.ts'
import { reportSchema, type Finding, type KyvernoPolicy, type Report } from '../../src/model/index.ts'
import { matching } from '../cluster/matching.ts'
import { celPolicy, hostNamespaces, policiesOf, rulePolicy } from '../detect/kyverno-policies.ts'
import { clean, cli, entry, Folder, privileged, sharedApi, type Result } from './world.ts'

/** `--engines builtin,kyverno`, with the real program. */

const kyverno = tool('kyverno')
const named = ['--engines', 'builtin,kyverno', '--kyverno', kyverno]

interface Setup {
  /** Policies of the user, as the configuration hands them on. */
  policies?: readonly KyvernoPolicy[]
  mayCall?: readonly string[]
}

async function run(
  folder: Folder,
  args: readonly string[],
  { policies = [], mayCall = [] }: Setup = {},
): Promise<Result> {
  const engine = createEngine(entry, folder.path, () => 0, sharedApi)
  return cli(folder.path, args, {
    engine: {
      ...engine,
      run: async (request, input) => {
        const { config } = request
        const allowed = { ...config.allowed, calls: mayCall }
        return engine.run({ ...request, config: { ...config, kyverno: policies, allowed } }, input)
      },
    },
  })
}

async function scan(
  folder: Folder,
  args: readonly string[],
  setup: Setup = {},
): Promise<Report & Pick<Result, 'code'>> {
  const result = await run(folder, ['scan', '--format', 'json', ...args, '.'], setup)
  expect(result.stderr).toBe('')
  return { ...reportSchema.parse(JSON.parse(result.stdout)), code: result.code }
}

function only(report: Report, policy: string): Finding[] {
  return report.findings.filter((finding) => finding.policy === policy)
}

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
    spec:
      hostNetwork: true
      containers:
        - name: web
          image: registry.example/shop/web:1.0
          securityContext: {privileged: true}
        - name: side
          image: registry.example/shop/side:1.0
          securityContext: {privileged: true}
`

describe('without a policy of the user', () => {
  const few = ['--only', 'privileged-container,host-network']

  it('Kyverno judges by ours, and every fix by both', async () => {
    using folder = new Folder({ 'a.yaml': web, 'b.yaml': clean })
    const report = await scan(folder, [...named, ...few])
    expect(report.engines).toEqual([
      { name: 'builtin', version: matching(/./), status: 'ok' },
      { name: 'kyverno', version: 'v1.19.0', status: 'ok' },
      { name: 'api', version: matching(/^v1\./), status: 'ok' },
    ])
    expect(report.findings.map(({ policy, container }) => [policy, container])).toEqual([
      ['host-network', undefined],
      ['privileged-container', 'web'],
      ['privileged-container', 'side'],
    ])
    for (const { policy, engines, state, verification } of report.findings) {
      expect(engines).toEqual([
        { name: 'builtin', rule: policy },
        { name: 'kyverno', rule: `k8s-autofix-${policy}` },
      ])
      expect(state).toBe('fixed')
      expect(verification?.gates.at(-1)).toEqual({ name: 'kyverno', passed: true })
    }
    const fixed = await run(folder, ['fix', '--unsafe-fixes', ...named, ...few, '.'])
    expect([fixed.code, fixed.stderr]).toEqual([0, ''])
    expect((await scan(folder, [...named, ...few])).findings).toEqual([])
  })
})

describe('where nothing that was chosen can be said to Kyverno', () => {
  it('it judges nothing, and somebody is told', async () => {
    using folder = new Folder({ 'a.yaml': web })
    const { code, stdout, stderr } = await run(folder, ['scan', ...named, '--only', 'dangling-service', '.'])
    expect([code, stderr]).toEqual([
      0,
      'k8s-autofix: none of the policies that were chosen can be exported to Kyverno, so it judges nothing\n',
    ])
    expect(stdout).not.toContain('partial result')
  })
})

describe('policies of the user', () => {
  const noPrivileged = rulePolicy(
    'disallow-privileged-containers',
    'privileged-containers',
    'pattern: {spec: {containers: [{=(securityContext): {=(privileged): "false"}}]}}',
  )
  const team = rulePolicy('require-team', 'team', 'pattern: {metadata: {labels: {team: "?*"}}}')

  it('agree with ours that name them, judge the fixes, and add what they alone find', async () => {
    using folder = new Folder({ 'a.yaml': web })
    const policies = policiesOf([noPrivileged, hostNamespaces, team].join('---\n'))
    const report = await scan(folder, [...named, '--skip', 'read-only-root-fs'], { policies })
    const rule = 'disallow-privileged-containers/privileged-containers'
    for (const { engines, state, verification } of only(report, 'privileged-container')) {
      expect([engines.at(-1), state]).toEqual([{ name: 'kyverno', rule }, 'fixed'])
      expect(verification?.gates.at(-1)).toEqual({ name: 'kyverno', passed: true })
    }
    expect(only(report, 'host-network')).toMatchObject([
      { engines: [{}, { rule: 'disallow-host-namespaces/host-namespaces' }], state: 'fixed' },
    ])
    expect(only(report, 'kyverno/require-team/team')).toMatchObject([
      {
        state: 'advice',
        engines: [{ name: 'kyverno', rule: 'require-team/team' }],
        resource: { kind: 'Deployment', namespace: 'shop', name: 'web' },
        location: { file: 'a.yaml', line: 1 },
        message: matching(/^validation error: require-team is broken\./),
      },
    ])
    expect(report.findings.filter(({ policy }) => policy.startsWith('kyverno/'))).toHaveLength(1)
  })

  it('refuse a fix that they do not want', async () => {
    using folder = new Folder({ 'a.yaml': web })
    // Who sends it is told to Kyverno alone, so that it is not judged by us before.
    const open = celPolicy(
      'must-write',
      'object.spec.containers.all(c, c.?securityContext.?readOnlyRootFilesystem.orValue(false) == false || request.operation == "DELETE")',
    )
    const args = [...named, '--only', 'read-only-root-fs,host-network']
    const report = await scan(folder, args, { policies: policiesOf(open) })
    expect(only(report, 'host-network')).toMatchObject([{ state: 'fixed' }])
    const refused = only(report, 'read-only-root-fs')
    expect(refused).toHaveLength(2)
    for (const { state, reason } of refused)
      expect([state, reason]).toEqual([
        'refused',
        { code: 'verifier-rejected:kyverno', text: 'must-write reports: must-write is broken' },
      ])
  })

  it('that give no verdict are told, and no fix may bring that about', async () => {
    using folder = new Folder({ 'a.yaml': web })
    const policies = policiesOf(
      [
        celPolicy('reads-nothing', 'object.spec.nothing == 1'),
        // Read by Kyverno alone, so that we do not refuse it before.
        celPolicy('reads-host', 'object.spec.hostNetwork in [true, false] && request.operation == "CREATE"'),
      ].join('---\n'),
    )
    const args = [...named, '--only', 'privileged-container,host-network']
    const report = await scan(folder, args, { policies })
    expect(report.unread).toEqual([
      {
        file: 'a.yaml',
        reason: {
          code: 'kyverno-silent',
          text: 'kyverno did not judge Deployment web by all of its rules: reads-nothing ends in an error: no such key: nothing',
        },
        line: 1,
        column: 1,
        broken: false,
      },
    ])
    expect(only(report, 'host-network')).toMatchObject([
      {
        state: 'refused',
        reason: {
          code: 'verifier-rejected:kyverno',
          text: 'reads-host reports: ends in an error: no such key: hostNetwork',
        },
      },
    ])
    for (const { state, verification } of only(report, 'privileged-container'))
      expect([state, verification?.gates.at(-1)]).toEqual(['fixed', { name: 'kyverno', passed: true }])
  })

  it('are excepted by their names, in the configuration and by a PolicyException', async () => {
    using folder = new Folder({
      'a.yaml': privileged,
      'b.yaml': web,
      'exception.yaml': `apiVersion: kyverno.io/v2
kind: PolicyException
metadata: {name: web, namespace: shop}
spec:
  exceptions: [{policyName: require-team, ruleNames: [autogen-team]}]
  match: {any: [{resources: {kinds: [Deployment], names: [web]}}]}
`,
      '.k8s-autofix.yaml':
        'severity: {kyverno/require-team/team: critical}\nexceptions: [{policy: kyverno/require-team, match: {name: api}, reason: one of all}]\n',
    })
    const report = await scan(folder, named, { policies: policiesOf(team) })
    expect(
      only(report, 'kyverno/require-team/team').map(({ location, state, severity, exception }) => [
        location.file,
        state,
        severity,
        exception?.reason,
      ]),
    ).toEqual([
      ['a.yaml', 'suppressed', 'critical', 'one of all'],
      ['b.yaml', 'suppressed', 'critical', 'Kyverno excepts it in exception.yaml:1'],
    ])
  })

  it('that ask servers end the run with exit 2, unless they are allowed to', async () => {
    using folder = new Folder({ 'a.yaml': clean })
    const calls = hostNamespaces.replace(
      '      validate:',
      '      context: [{name: p, apiCall: {urlPath: /api/v1/pods}}]\n      validate:',
    )
    const policies = policiesOf(calls)
    const refused = await run(folder, ['scan', ...named, '.'], { policies })
    expect([refused.code, refused.stdout]).toEqual([2, ''])
    expect(refused.stderr).toContain(
      'policies.yaml:1: ClusterPolicy disallow-host-namespaces: judges by what is not in the object: it asks an API server or a web service (context p)',
    )
    const mayCall = ['disallow-host-namespaces']
    const allowed = await run(folder, ['scan', ...named, '.'], { policies, mayCall })
    expect([allowed.code, allowed.stderr]).toEqual([0, ''])
  })

  it('that Kyverno does not take end it as well, and those that are left out are told', async () => {
    using folder = new Folder({ 'a.yaml': clean })
    const policies = policiesOf(celPolicy('no-cel', 'object.spec.foo('))
    const refused = await run(folder, ['scan', ...named, '.'], { policies })
    expect([refused.code, refused.stdout]).toEqual([2, ''])
    expect(refused.stderr).toMatch(/policies\.yaml:1: ValidatingPolicy no-cel: Kyverno does not take it: /)
    const image = celPolicy('signed', 'true').replace('kind: V', 'kind: ImageV')
    const told = await run(folder, ['scan', ...named, '.'], {
      policies: policiesOf([image, team.replaceAll('Pod', 'Secret')].join('---\n')),
    })
    expect(told.code).toBe(0)
    expect(told.stderr).toMatch(
      /^k8s-autofix: policies\.yaml:1: ImageValidatingPolicy signed verifies images/,
    )
  })
})

describe('a change under review', () => {
  it('is all that Kyverno is asked about, and what stays the same once', async () => {
    using tools = new Folder()
    using folder = new Folder({
      'same.yaml': web.replaceAll('web', 'same'),
      'a.yaml': `${web}---\n${web.replaceAll('web', 'other')}`,
    })
    const log = join(tools.path, 'log')
    tools.write(
      'kyverno',
      `#!/bin/sh\n[ "$1" = apply ] && grep -h . objects/* | grep -o '"name":"[a-z]*","namespace"' >> "${log}"\nexec ${kyverno} "$@"\n`,
    )
    chmodSync(join(tools.path, 'kyverno'), 0o755)
    const git = (...args: readonly string[]): unknown =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
        cwd: folder.path,
        stdio: 'ignore',
      })
    git('init', '-b', 'main')
    git('add', '-A')
    git('commit', '-m', 'x')
    git('checkout', '-b', 'feature')
    folder.write('a.yaml', `${web}---\n${web.replaceAll('web', 'other').replace('true', 'false')}`)
    git('commit', '-am', 'y')
    const program = ['--engines', 'builtin,kyverno', '--kyverno', join(tools.path, 'kyverno')]
    const report = await scan(folder, [...program, '--diff', 'main...HEAD', '--verify', 'policy'], {
      policies: policiesOf(rulePolicy('require-team', 'team', 'pattern: {metadata: {labels: {team: "?*"}}}')),
    })
    expect(only(report, 'kyverno/require-team/team').map(({ state }) => state)).toEqual([
      'baseline',
      'baseline',
    ])
    const asked = readFileSync(log, 'utf8')
    expect(asked).not.toContain('"same"')
    const times = (name: string): number => asked.split(`"${name}","namespace"`).length - 1
    expect([times('web'), times('other')]).toEqual([1, 2])
  })
})

describe('the program', () => {
  it('is found on PATH by either name, and otherwise missed with exit 3', async () => {
    const asked = ['scan', '--engines', 'builtin,kyverno', '--only', 'host-network', 'a.yaml']
    using tools = new Folder()
    using folder = new Folder({ 'a.yaml': clean })
    symlinkSync(kyverno, join(tools.path, 'kubectl-kyverno'))
    expect(await cli(folder.path, asked, { env: { PATH: tools.path } })).toMatchObject({ code: 0 })
    const missing = await cli(folder.path, asked, { env: { PATH: '' } })
    expect([missing.code, missing.stdout]).toEqual([3, ''])
    expect(missing.stderr).toMatch(
      /^error: kyverno is not installed: no folder of PATH holds it\n {7}install Kyverno's command line tool 1\.19\.0/,
    )
  })

  it('named without being asked for is a mistake', async () => {
    using folder = new Folder({ 'a.yaml': clean })
    const { code, stderr } = await cli(folder.path, ['scan', '--kyverno', kyverno, '.'])
    expect(code).toBe(2)
    expect(stderr).toBe(
      'error: --kyverno names a program that is not asked for\n       add --engines builtin,kyverno\n',
    )
  })
})

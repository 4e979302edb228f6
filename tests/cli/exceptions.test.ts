import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../scripts/tools.ts'
import { reportSchema, type Report } from '../../src/model/index.ts'
import { cli, Folder, mkGit, privileged, type Result } from './world.ts'

/** `privileged` with annotations at the object. */
function excepted(...annotations: readonly string[]): string {
  const lines = annotations.map((one) => `    ${one}\n`).join('')
  return privileged.replace('  namespace: shop\n', `  namespace: shop\n  annotations:\n${lines}`)
}

function ignore(value: string): string {
  return `k8s-autofix.dev/ignore: ${JSON.stringify(value)}`
}

async function report(folder: Folder, ...args: readonly string[]): Promise<Report & Result> {
  const result = await cli(folder.path, ['scan', '--verify', 'policy', '--format', 'json', ...args])
  return { ...reportSchema.parse(JSON.parse(result.stdout)), ...result }
}

describe('scan and fix, with exceptions', () => {
  it('count what is suppressed, do not show it, and do not fail for it', async () => {
    using folder = new Folder({ 'a.yaml': excepted(ignore('*: a demonstration (until 2027-01-31)')) })
    const { code, stdout, stderr } = await cli(folder.path, ['scan', '--verify', 'policy'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^1 file, 1 resource, \d+ findings: (\d+) suppressed/)
  })

  it('write the other fixes, and leave the annotation alone', async () => {
    using folder = new Folder({
      'a.yaml': excepted(ignore('read-only-root-fs: it writes; privileged-container: a driver')),
    })
    const before = readFileSync(join(folder.path, 'a.yaml'), 'utf8')
    const { stdout } = await cli(folder.path, ['fix', '--verify', 'policy', '--unsafe-fixes'])
    const after = readFileSync(join(folder.path, 'a.yaml'), 'utf8')
    expect(stdout).toContain('wrote a.yaml')
    expect(after).not.toContain('readOnlyRootFilesystem')
    expect(after).toContain('privileged: true')
    for (const line of before.split('\n')) expect(after.split('\n')).toContain(line)
  })

  it('list every exception, with what it suppresses', async () => {
    using folder = new Folder({
      'a.yaml': excepted(
        ignore('privileged-container[api]: a driver (until 2027-01-31)'),
        'ignore-check.kube-linter.io/no-read-only-root-fs: it writes',
        'checkov.io/skip1: CKV_K8S_999=somebody else',
      ),
    })
    const { exceptions, summary } = await report(folder)
    expect(summary.states.suppressed).toBe(2)
    expect(exceptions).toEqual([
      {
        form: 'annotation',
        name: 'k8s-autofix.dev/ignore',
        named: 'privileged-container[api]',
        container: 'api',
        reason: 'a driver',
        until: '2027-01-31',
        file: 'a.yaml',
        line: 7,
        findings: 1,
      },
      {
        form: 'annotation',
        name: 'ignore-check.kube-linter.io/no-read-only-root-fs',
        named: 'no-read-only-root-fs',
        reason: 'it writes',
        file: 'a.yaml',
        line: 8,
        findings: 1,
      },
    ])
  })

  it('say what is wrong with one, as a warning', async () => {
    using folder = new Folder({
      'a.yaml': excepted(ignore('privilegd-container: x; host-pid: x; seccomp')),
      'b.yaml': privileged.replace('name: api', 'name: web'),
    })
    const { code, stderr, exceptions } = await report(folder)
    expect(code).toBe(1)
    expect(stderr).toBe(
      [
        'k8s-autofix: a.yaml:7: k8s-autofix.dev/ignore unknown policy "privilegd-container"; did you mean "privileged-container"?',
        'k8s-autofix: a.yaml:7: k8s-autofix.dev/ignore (host-pid) is about nothing that is found; it can go',
        'k8s-autofix: a.yaml:7: k8s-autofix.dev/ignore gives no reason for seccomp; write seccomp: <reason>',
        '',
      ].join('\n'),
    )
    expect(exceptions.every(({ problem, findings }) => problem !== undefined && findings === 0)).toBe(true)
    // Of what was not looked for nobody can say that it is not there.
    const some = await report(folder, '--only', 'seccomp')
    expect(some.stderr).not.toContain('it can go')
  })

  it('fail again once it has run out', async () => {
    using folder = new Folder({ 'a.yaml': excepted(ignore('*: a demonstration (until 2027-01-31)')) })
    const { code, stdout } = await cli(folder.path, ['scan', '--verify', 'policy'], {
      time: () => Date.UTC(2027, 1, 1),
    })
    expect(code).toBe(1)
    expect(stdout).toContain('(its exception ran out on 2027-01-31)')
  })

  it('hold for findings that take the whole repository', async () => {
    const service = (annotations: string): string =>
      `apiVersion: v1\nkind: Service\nmetadata:\n  name: api\n  namespace: shop\n${annotations}spec: {selector: {app: nobody}, ports: [{port: 80}]}\n`
    using folder = new Folder({ 'service.yaml': service('') })
    const state = async (): Promise<unknown> =>
      (await report(folder)).findings.find(({ policy }) => policy === 'dangling-service')?.state
    expect(await state()).toBe('advice')
    folder.write(
      'service.yaml',
      service(`  annotations: {${ignore('dangling-service: made by an operator')}}\n`),
    )
    expect(await state()).toBe('suppressed')
    folder.write('service.yaml', service(''))
    folder.write(
      '.k8s-autofix.yaml',
      'exceptions: [{policy: dangling-service, match: {name: api}, reason: made by an operator}]',
    )
    expect(await state()).toBe('suppressed')
  })

  it('hold where Kyverno says so, in another file', async () => {
    using folder = new Folder({
      'a.yaml': privileged,
      'policies/exception.yaml':
        'apiVersion: kyverno.io/v2\nkind: PolicyException\nmetadata: {name: drivers}\nspec:\n  exceptions: [{policyName: disallow-privileged-containers, ruleNames: [privileged-containers]}]\n  match: {any: [{resources: {kinds: [Deployment], names: [api]}}]}\n',
    })
    const { findings, exceptions } = await report(folder)
    expect(findings.find(({ policy }) => policy === 'privileged-container')).toMatchObject({
      state: 'suppressed',
      exception: { form: 'object', name: 'PolicyException drivers' },
      reason: { text: 'Kyverno excepts it in policies/exception.yaml:1 (PolicyException drivers)' },
    })
    expect(exceptions).toMatchObject([{ form: 'object', file: 'policies/exception.yaml', line: 1 }])
    expect(exceptions[0]?.findings).toBeGreaterThan(0)
  })

  it('write it down in every format', async () => {
    using folder = new Folder({
      'a.yaml': excepted(ignore('privileged-container: a driver')),
      '.k8s-autofix.yaml': 'exceptions: [{policy: seccomp, reason: gVisor}]\n',
    })
    const shown = async (format: string): Promise<string> =>
      (await cli(folder.path, ['scan', '--verify', 'policy', '--format', format])).stdout
    expect(await shown('sarif')).toMatch(
      /"suppressions": \[\s*\{\s*"kind": "inSource",\s*"status": "accepted",\s*"justification": "a driver/,
    )
    expect(await shown('sarif')).toMatch(
      /"kind": "external",\s*"status": "accepted",\s*"justification": "gVisor/,
    )
    const markdown = await shown('markdown')
    expect(markdown).toContain('<summary>2 findings suppressed</summary>')
    expect(markdown).toContain('<code>privileged-container</code> container <code>api</code>: a driver')
    expect(markdown).not.toContain('<code>privileged-container</code> · ')
    expect(await shown('github')).not.toContain('[privileged-container]')
  })
})

describe('exceptions of the configuration', () => {
  it('end the run where they name no policy, with the place and what was meant', async () => {
    using folder = new Folder({
      'a.yaml': privileged,
      '.k8s-autofix.yaml': 'exceptions:\n  - policy: privilegd-container\n    reason: a driver\n',
    })
    const { code, stderr } = await cli(folder.path, ['scan'])
    expect(code).toBe(2)
    expect(stderr).toContain(
      '.k8s-autofix.yaml:2:13: unknown policy "privilegd-container"; did you mean "privileged-container"?',
    )
  })

  it('of an override hold below its paths', async () => {
    using folder = new Folder({
      'vendor-charts/a.yaml': privileged,
      'b.yaml': privileged,
      '.k8s-autofix.yaml':
        'overrides:\n  - paths: [vendor-charts]\n    exceptions: [{policy: "*", reason: theirs}, {policy: host-pid, reason: none}]\n',
    })
    mkGit(folder)
    const { findings, exceptions, stderr } = await report(folder)
    expect(findings.length).toBeGreaterThan(2)
    for (const { state, location } of findings)
      expect(state === 'suppressed').toBe(location.file === 'vendor-charts/a.yaml')
    expect(exceptions.map(({ name, findings: count }) => [name, count > 0])).toEqual([
      ['overrides[0].exceptions[0]', true],
      ['overrides[0].exceptions[1]', false],
    ])
    expect(stderr).toContain('configuration: overrides[0].exceptions[1] (host-pid) is about nothing')
    folder.write(
      '.k8s-autofix.yaml',
      'overrides:\n  - {paths: [a], exceptions: [{policy: hots-pid, reason: x}]}\n',
    )
    expect((await cli(folder.path, ['scan'])).stderr).toContain(
      '.k8s-autofix.yaml:2:40: unknown policy "hots-pid"; did you mean "host-pid"?',
    )
  })

  it('warn where they are about nothing, and everything was read', async () => {
    using folder = new Folder({
      'deploy/a.yaml': privileged,
      'other/b.yaml': privileged.replace('name: api', 'name: web'),
      '.k8s-autofix.yaml':
        'exceptions:\n  - {policy: privileged-container, match: {paths: [deploy]}, reason: a driver}\n  - {policy: host-pid, reason: nobody}\n  - {policy: minimum-replicas, reason: off unless named}\n',
    })
    mkGit(folder)
    const all = await report(folder)
    expect(all.stderr).toBe(
      'k8s-autofix: configuration: exceptions[1] (host-pid) is about nothing that is found; it can go\n',
    )
    expect((await report(folder, 'other')).stderr).toBe('')
    expect((await report(folder, 'deploy/a.yaml')).stderr).toBe('')
  })
})

describe('PolicyExceptions', () => {
  const exception = (match: string): string =>
    `apiVersion: kyverno.io/v2
kind: PolicyException
metadata: {name: drivers}
spec:
  exceptions: [{policyName: disallow-privileged-containers, ruleNames: ["*"]}]
  match: {any: [{resources: {kinds: [Deployment], ${match}}}]}
`
  const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {drivers: "yes"}}\n'
  const labelled = privileged.replace('metadata:\n', 'metadata:\n  labels: {tier: driver}\n')

  it('hold by the labels of an object and of its namespace, wherever that stands', async () => {
    using folder = new Folder({ 'a.yaml': labelled, 'b/namespace.yaml': namespace })
    const match = 'selector: {matchLabels: {tier: driver}}, namespaceSelector: {matchLabels: {drivers: "*"}}'
    folder.write('c.yaml', exception(match))
    const state = async (): Promise<unknown> =>
      (await report(folder)).findings.find(({ policy }) => policy === 'privileged-container')?.state
    expect(await state()).toBe('suppressed')
    folder.write('b/namespace.yaml', namespace.replace('drivers', 'other'))
    expect(await state()).toBe('fixed')
  })

  it('say where only Kyverno can tell, and only if it matters', async () => {
    using folder = new Folder({ 'a.yaml': labelled })
    folder.write('c.yaml', exception('namespaceSelector: {matchLabels: {drivers: "yes"}}'))
    expect((await report(folder)).stderr).toBe(
      'k8s-autofix: c.yaml:1: PolicyException drivers asks for labels of the namespace shop, which the repository does not declare, so it does not hold here\n',
    )
    folder.write('c.yaml', exception('names: [other], namespaceSelector: {matchLabels: {drivers: "yes"}}'))
    expect((await report(folder)).stderr).toBe('')
  })
})

describe('exceptions, beside another engine', () => {
  it('hold for what only that engine reports', async () => {
    const role = (annotations: string): string =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: maker\n${annotations}roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: maker}\nsubjects: [{kind: ServiceAccount, name: a, namespace: shop}]\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: maker}\nrules: [{apiGroups: [""], resources: [pods], verbs: [create]}]\n`
    using folder = new Folder({
      'a.yaml': role(`  annotations:\n    ${ignore('kube-linter/makes-pods: it deploys')}\n`),
      // A check that nobody but the one who wrote it knows.
      '.kube-linter.yaml': `customChecks:
  - name: makes-pods
    template: access-to-resources
    remediation: Let nobody make pods.
    params: {resources: [^pods$], verbs: [^create$]}
`,
    })
    const linter = ['--engines', 'builtin,kube-linter', '--kube-linter', tool('kube-linter')]
    const state = async (): Promise<unknown> =>
      (await report(folder, ...linter)).findings.find(({ policy }) => policy === 'kube-linter/makes-pods')
        ?.state
    expect(await state()).toBe('suppressed')
    folder.write('a.yaml', role(''))
    expect(await state()).toBe('advice')
  })
})

describe('exceptions in a change', () => {
  const scan = ['scan', '--verify', 'policy', '--diff', 'main...HEAD']

  it('hold where the change adds them, are listed, and do not lower what fails', async () => {
    using folder = new Folder({ 'README.md': 'shop\n' })
    const change = mkGit(folder)
    change.branch({ 'a.yaml': excepted(ignore('*: nobody will see')) })
    const result = await cli(folder.path, scan)
    expect(result.code).toBe(1)
    expect(result.stdout).toContain('= suppressed nobody will see (k8s-autofix.dev/ignore, line 7)')
    expect(result.stdout).toContain(
      'this change adds 1 exception, which does not lower what fails:\n  a.yaml:7: *: nobody will see',
    )
    const { stdout } = await cli(folder.path, [...scan, '--format', 'json'])
    const { findings, exceptions } = reportSchema.parse(JSON.parse(stdout))
    expect(
      findings.every(({ state, exception }) => state === 'suppressed' && exception?.counts === true),
    ).toBe(true)
    expect(exceptions).toMatchObject([{ added: true }])
    expect((await cli(folder.path, [...scan, '--format', 'sarif'])).stdout).toContain('"underReview"')
    expect((await cli(folder.path, [...scan, '--format', 'markdown'])).stdout).toContain(
      'this change adds 1 exception',
    )
    expect((await cli(folder.path, [...scan, '--format', 'github'])).stdout).toContain(
      '::notice file=a.yaml,line=7,title=this change adds an exception::*: nobody will see',
    )
  })

  it('count for nothing where the finding was there before', async () => {
    using folder = new Folder({ 'a.yaml': privileged })
    const change = mkGit(folder)
    change.branch({ 'a.yaml': excepted(ignore('*: as it was')) })
    const result = await cli(folder.path, scan)
    expect(result.code).toBe(0)
    expect(result.stdout).toContain('this change adds 1 exception')
  })

  it('that were there before hold as they do, whatever else the change does to the object', async () => {
    const known = excepted(ignore('*: known (until 2027-01-31)'))
    using folder = new Folder({ 'a.yaml': known })
    const change = mkGit(folder)
    change.branch({
      'a.yaml': known.replace('privileged: true', 'privileged: true\n            runAsUser: 0'),
    })
    const result = await cli(folder.path, scan)
    expect([result.code, result.stdout.includes('this change adds')]).toEqual([0, false])
    // A later day is another exception; the finding was accepted all the same.
    change.branch({ 'a.yaml': known.replace('2027-01-31', '2028-01-31') })
    const later = await cli(folder.path, scan)
    expect(later.code).toBe(0)
    expect(later.stdout).toContain('this change adds 1 exception')
  })

  it('that the change takes away open their findings again', async () => {
    using folder = new Folder({ 'a.yaml': excepted(ignore('privileged-container: known')) })
    const change = mkGit(folder)
    change.branch({ 'a.yaml': privileged })
    const { code, stdout } = await cli(folder.path, scan)
    expect(code).toBe(1)
    expect(stdout).toContain('[privileged-container]')
    expect(stdout).not.toContain('[seccomp]')
  })

  it('of Kyverno are added like any other', async () => {
    const object =
      'apiVersion: kyverno.io/v2\nkind: PolicyException\nmetadata: {name: all}\nspec: {exceptions: [{policyName: disallow-privileged-containers, ruleNames: ["*"]}], match: {any: [{resources: {names: ["*"]}}]}}\n'
    using folder = new Folder({ 'README.md': 'shop\n' })
    const change = mkGit(folder)
    change.branch({ 'a.yaml': privileged, 'exception.yaml': object })
    const { stdout } = await cli(folder.path, [...scan, '--format', 'json'])
    const { findings, exceptions } = reportSchema.parse(JSON.parse(stdout))
    const suppressed = findings.filter(({ state }) => state === 'suppressed')
    expect(suppressed.length).toBeGreaterThan(0)
    expect(suppressed.every(({ exception }) => exception?.counts === true)).toBe(true)
    expect(exceptions).toMatchObject([{ form: 'object', added: true }])
  })

  it('of the configuration are those of the merge base', async () => {
    using folder = new Folder({ 'README.md': 'shop\n' })
    const change = mkGit(folder)
    change.branch({
      'a.yaml': privileged,
      '.k8s-autofix.yaml': 'exceptions: [{policy: "*", match: {name: "*"}, reason: mine}]\n',
    })
    const { code, stdout } = await cli(folder.path, scan)
    expect(code).toBe(1)
    expect(stdout).not.toContain('suppressed')
  })
})

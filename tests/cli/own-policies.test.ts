import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { describe, expect, it } from 'vitest'
import { openConfig } from '../../src/config/index.ts'
import { reportSchema, type Finding, type JsonObject } from '../../src/model/index.ts'
import { cli, Folder, mkGit, type Result } from './world.ts'

/** A policy as a team would write it: every Deployment says who is to be asked about it. */
function policy(change: JsonObject = {}): string {
  const workload = (labels: JsonObject): JsonObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a', labels },
  })
  return stringify({
    id: 'team-label',
    title: 'Nobody is named who is to be asked',
    since: '1.0.0',
    severity: 'high',
    family: 'hygiene',
    why: 'In the night somebody has to be called.',
    params: { team: { type: 'string', default: 'platform', text: 'who is named where nobody is' } },
    kinds: ['apps/Deployment'],
    'for-each': 'resource',
    when: '!object.?metadata.?labels.?team.hasValue()',
    at: 'object:/metadata',
    fix: [{ patch: [{ op: 'add', path: 'object:/metadata/labels/team', value: { cel: 'params.team' } }] }],
    breakage: { prior: 0, because: 'nothing reads it' },
    examples: [
      {
        name: 'no label',
        before: workload({ app: 'a' }),
        after: workload({ app: 'a', team: 'platform' }),
      },
      { name: 'a label', before: workload({ team: 'x' }), clean: true },
      { name: 'empty', before: workload({ team: '' }), clean: true },
    ],
    ...change,
  })
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec: {}
`

const brought = { '.k8s-autofix.yaml': 'policies: [policies]\n', 'policies/team.yaml': policy() }

async function found(
  folder: Folder,
  ...args: readonly string[]
): Promise<{ result: Result; finding: Finding | undefined }> {
  const result = await cli(folder.path, ['scan', '--verify', 'policy', '--format', 'json', 'deploy', ...args])
  const finding = result.stdout
    ? reportSchema.parse(JSON.parse(result.stdout)).findings.find((one) => one.policy === 'team-label')
    : undefined
  return { result, finding }
}

describe('policies of the configuration', () => {
  it('are judged, fixed and explained like built-in ones', async () => {
    using folder = new Folder({ ...brought, 'deploy/api.yaml': deployment })
    const { finding } = await found(folder)
    expect(finding).toMatchObject({
      state: 'fixed',
      severity: 'high',
      title: 'Nobody is named who is to be asked',
      location: { file: 'deploy/api.yaml', line: 3 },
    })
    const pretty = await cli(folder.path, ['scan', '--verify', 'policy', '--only', 'team-label', 'deploy'])
    expect(pretty.stdout).toContain('In the night somebody has to be called.')
    const sarif = await cli(folder.path, ['scan', '--verify', 'policy', '--format', 'sarif', 'deploy'])
    expect(sarif.stdout).toContain('In the night somebody has to be called.')
    const explained = await cli(folder.path, ['explain', 'team-label'])
    expect(explained.stdout).toContain('who is named where nobody is')
    const finger = await cli(folder.path, [
      'explain',
      '--verify',
      'policy',
      finding?.fingerprint ?? '',
      'deploy',
    ])
    expect(finger.stdout).toContain('found by     builtin (team-label)')

    const fixed = await cli(folder.path, ['fix', '--dry-run', '--only', 'team-label', 'deploy'])
    expect(fixed.stdout).toContain('+  labels:\n+    team: platform\n')
  })

  it('are judged in worker threads as well', async () => {
    using folder = new Folder({ ...brought, 'deploy/api.yaml': deployment })
    const many = Array.from({ length: 2000 }, () => deployment).join('---\n')
    folder.write('deploy/many.yaml', many)
    const { result } = await found(folder, '--jobs', '2', '--only', 'team-label')
    const { findings } = reportSchema.parse(JSON.parse(result.stdout))
    expect(findings).toHaveLength(2001)
  })

  it('take parameters, severity, exceptions, --only and --skip', async () => {
    using folder = new Folder({ ...brought, 'deploy/api.yaml': deployment })
    folder.write(
      '.k8s-autofix.yaml',
      'policies: [policies/*.yaml]\nparams: {team-label: {team: shop}}\nseverity: {team-label: low}\n',
    )
    const { finding } = await found(folder)
    expect(finding).toMatchObject({ severity: 'low', patch: [{ value: { team: 'shop' } }] })
    expect((await found(folder, '--skip', 'team-label')).finding).toBeUndefined()
    const verified = await cli(folder.path, ['verify', 'deploy/api.yaml'])
    expect(verified.stderr).toBe('')
    folder.write(
      '.k8s-autofix.yaml',
      'policies: [policies/team.yaml]\nexceptions: [{policy: team-label, match: {name: api}, reason: nobody}]\n',
    )
    expect((await found(folder)).finding?.state).toBe('suppressed')
  })

  it('are listed, shown and tested', async () => {
    using folder = new Folder(brought)
    const list = await cli(folder.path, ['policies', 'list'])
    expect(list.stdout).toMatch(/^team-label +high +fix +hygiene: Nobody is named/m)
    expect(list.stdout).toContain('; 1 of them from the configuration\n')
    const show = await cli(folder.path, ['policies', 'show', 'team-label'])
    expect(show.stdout).toContain('name: no label')
    const tested = await cli(folder.path, ['policies', 'test', 'team-label'])
    expect([tested.code, tested.stdout]).toEqual([0, '1 policy, 3 examples: 3 passed, 0 failed\n'])
    folder.write('policies/team.yaml', policy({ when: 'object.?metadata.?labels.?team.orValue("") == ""' }))
    const failing = await cli(folder.path, ['policies', 'test', 'policies/team.yaml'])
    expect(failing.code).toBe(1)
    expect(failing.stdout).toContain('expected no finding')
    expect(failing.stdout).toContain('when = true   object.?metadata.?labels.?team.orValue("") == ""')
    expect(failing.stdout).toContain('object.?metadata.?labels.?team = ""')
  })

  it('can be named with --set, and are suggested for a mistyped name', async () => {
    using folder = new Folder({ 'mine/team.yaml': policy(), 'deploy/api.yaml': deployment })
    expect((await found(folder, '--set', 'policies=mine')).finding?.state).toBe('fixed')
    const { result } = await found(folder, '--set', 'policies=[mine]', '--only', 'team-lable')
    expect([result.code, result.stderr]).toEqual([
      2,
      expect.stringContaining('unknown policy "team-lable"; did you mean "team-label"?'),
    ])
    folder.write('.k8s-autofix.yaml', 'policies: [mine]\nseverity: {team-labell: low}\n')
    expect((await found(folder)).result.stderr).toContain(
      '.k8s-autofix.yaml:2:12: unknown policy "team-labell"; did you mean "team-label"?',
    )
  })
})

describe('a policy file that is wrong', () => {
  const wrong: readonly (readonly [string, string, string])[] = [
    [
      'an id that is built in',
      policy({ id: 'host-pid' }),
      'p/a.yaml:1:5: a built-in policy is called host-pid',
    ],
    ['a condition that is no CEL', policy({ when: 'object.?metadata.(' }), 'p/a.yaml:15:7: line 1: '],
    ['an unknown key', policy({ when2: 'true' }), 'unknown key "when2"; did you mean "when"?'],
    ['an unknown check', policy({ check: 'no-such' }), 'no check is called "no-such"'],
    [
      'a fix that requires nobody',
      policy({ fix: [{ patch: [{ op: 'remove', path: 'object:/metadata' }], requires: ['host-pidd'] }] }),
      'unknown policy "host-pidd"; did you mean "host-pid"?',
    ],
    ['another object', deployment, 'p/a.yaml:1:13: apps/v1 Deployment is no policy'],
    ['no YAML', 'id: [', 'p/a.yaml:1:'],
    ['two policies', `${policy()}---\n${policy()}`, 'the file must hold one document, not several'],
    [
      'Kyverno that is not judged',
      'apiVersion: policies.kyverno.io/v1\nkind: GeneratingPolicy\nmetadata: {name: a}\n',
      'p/a.yaml:2:7: a GeneratingPolicy is not judged, only ValidatingPolicy, ',
    ],
    [
      'Kyverno without a name',
      'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {}\n',
      'p/a.yaml:1:1: the policy has no name that Kubernetes takes',
    ],
    [
      'one of our own beside one of Kyverno',
      `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: a}\n---\n${policy()}`,
      'p/a.yaml:5:1: is no policy of Kyverno',
    ],
  ]
  it.each(wrong)('%s', async (_, text, message) => {
    using folder = new Folder({
      '.k8s-autofix.yaml': 'policies: [p]\n',
      'p/a.yaml': text,
      'deploy/a.yaml': '',
    })
    const { result } = await found(folder)
    expect([result.code, result.stdout]).toEqual([2, ''])
    expect(result.stderr).toContain(message)
  })

  it('has the id of another, or the name of another of Kyverno', async () => {
    using folder = new Folder({ ...brought, 'policies/zz.yaml': policy(), 'deploy/a.yaml': '' })
    expect((await found(folder)).result.stderr).toContain(
      'policies/zz.yaml:1:5: the policy of policies/team.yaml is called team-label as well',
    )
    const kyverno = 'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: a}\n'
    folder.write('policies/zz.yaml', `${kyverno}---\n${kyverno}`)
    expect((await found(folder)).result.stderr).toContain(
      'policies/zz.yaml:4: the policy of policies/zz.yaml:1 is called a as well',
    )
  })
})

describe('what `policies` names', () => {
  it.each([
    ['[../other]', 'lies outside of the repository'],
    ['[/etc/passwd]', 'lies outside of the repository'],
    ['[nothing.yaml]', 'names no file with policies'],
    ['["p/*.txt"]', 'names no file with policies'],
    ['[link.yaml]', 'link.yaml is a symbolic link; links are not followed'],
    ['[linked]', 'linked is a symbolic link; links are not followed'],
    ['[linked/team.yaml]', 'linked/team.yaml is a symbolic link; links are not followed'],
    ['["linked/*.yaml"]', 'linked is a symbolic link; links are not followed'],
    ['["mixed/**"]', 'mixed/a.yaml is a symbolic link; links are not followed'],
  ])('%s is refused with its place', async (entry, message) => {
    using outside = new Folder({ 'team.yaml': policy() })
    using folder = new Folder({
      '.k8s-autofix.yaml': `policies: ${entry}\n`,
      '.git/HEAD': '',
      'p/team.yaml': policy(),
      'deploy/a.yaml': '',
    })
    mkdirSync(join(folder.path, 'mixed'))
    symlinkSync(join(outside.path, 'team.yaml'), join(folder.path, 'link.yaml'))
    symlinkSync(join(outside.path, 'team.yaml'), join(folder.path, 'mixed/a.yaml'))
    symlinkSync(outside.path, join(folder.path, 'linked'))
    const { result } = await found(folder)
    expect(result.code).toBe(2)
    expect(result.stderr).toContain(`.k8s-autofix.yaml:1:12: ${message}`)
  })

  it('may stand above the folder of the configuration, inside of the repository', async () => {
    using folder = new Folder({
      '.git/HEAD': '',
      'policies/team.yaml': policy(),
      'policies/kustomization.yaml': 'resources: [team.yaml]\n',
      'policies/README.md': 'ours\n',
      'shop/.k8s-autofix.yaml': 'policies: [../policies/]\n',
      'shop/deploy/api.yaml': deployment,
    })
    const result = await cli(join(folder.path, 'shop'), [
      'scan',
      '--verify',
      'policy',
      '--only',
      'team-label',
      'deploy',
    ])
    expect([result.code, result.stderr]).toEqual([1, ''])
  })

  it('is not read where it is large', async () => {
    using folder = new Folder({
      '.k8s-autofix.yaml': 'policies: [p]\n',
      'p/a.yaml': `${policy()}# ${'x'.repeat(1024 * 1024)}\n`,
      'deploy/a.yaml': '',
    })
    const { result } = await found(folder)
    expect([result.code, result.stderr]).toEqual([
      2,
      expect.stringContaining('.k8s-autofix.yaml:1:12: p/a.yaml is larger than 1024 KiB'),
    ])
  })
})

describe('policies of Kyverno', () => {
  const kyverno = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: require-team}
spec: {rules: []}
`
  const validating = `apiVersion: policies.kyverno.io/v1
kind: ValidatingPolicy
metadata:
  name: has-owner
  annotations: {policies.kyverno.io/severity: high}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}]
  validations:
    - expression: has(object.metadata.labels) && "owner" in object.metadata.labels
      message: Somebody has to own it.
`

  it('are judged like any other where that can be done here', async () => {
    using folder = new Folder({
      '.k8s-autofix.yaml': 'policies: [p]\n',
      'p/a.yaml': validating,
      'deploy/api.yaml': deployment,
    })
    const scan = ['scan', '--verify', 'policy', '--only', 'kyverno/has-owner', 'deploy']
    const result = await cli(folder.path, scan)
    expect([result.code, result.stderr]).toEqual([1, ''])
    expect(result.stdout).toContain('[kyverno/has-owner]')
    expect(result.stdout).toContain('Somebody has to own it.')
    expect((await cli(folder.path, ['policies', 'list'])).stdout).toMatch(/^kyverno\/has-owner +high /m)
    expect((await cli(folder.path, ['explain', 'kyverno/has-owner'])).stdout).toContain('has-owner')
    expect((await cli(folder.path, ['policies', 'show', 'kyverno/has-owner'])).code).toBe(0)
    folder.write(
      '.k8s-autofix.yaml',
      'policies: [p]\nexceptions: [{policy: kyverno/has-owner, match: {name: api}, reason: nobody}]\n',
    )
    expect((await cli(folder.path, scan)).stdout).toContain('1 suppressed')
    folder.write('.k8s-autofix.yaml', 'policies: [p]\n')
    folder.write(
      'deploy/exception.yaml',
      `apiVersion: policies.kyverno.io/v1
kind: PolicyException
metadata: {name: a}
spec:
  policyRefs: [{name: has-owner, kind: ValidatingPolicy}]
  matchConditions: [{name: a, expression: object.metadata.name == "api"}]
`,
    )
    const excepted = await cli(folder.path, scan)
    expect([excepted.stderr, excepted.stdout]).toEqual(['', expect.stringContaining('1 suppressed')])
  })

  it('are named where nobody judges by them', async () => {
    using folder = new Folder({
      '.k8s-autofix.yaml':
        'policies: [p]\nseverity: {kyverno/require-team: low}\nkyverno: {allow-calls: [require-team]}\n',
      'p/a.yaml': `# first\n${kyverno}---\n${kyverno.replace('require-team', 'other')}---\n${validating}`,
      'deploy/api.yaml': deployment,
    })
    const note = (line: number, name: string): string =>
      `k8s-autofix: p/a.yaml:${line}: ClusterPolicy ${name} is left to Kyverno, which is asked with --engines builtin,kyverno: a ClusterPolicy of kyverno.io/v1 is not judged in this process\n`
    const notes = note(1, 'require-team') + note(6, 'other')
    expect((await found(folder)).result.stderr).toBe(notes)
    expect((await cli(folder.path, ['verify', 'deploy/api.yaml'])).stderr).toBe(notes)
    expect((await cli(folder.path, ['policies', 'list'])).stdout).toContain(
      'of Kyverno: require-team, other, has-owner\n',
    )
  })

  it('are allowed by a flag what it names, and by the file the rest', () => {
    const file = { name: 'c', text: 'kyverno: {allow-calls: [a], allow-changes: [b]}\n', folder: '/' }
    const sources = { file, set: ['kyverno.allow-calls=[c]'], root: '/', policies: [] }
    const document = { file: 'p', line: 1, apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', text: '' }
    const kyvernoPolicies = ['a', 'b', 'c'].map((name) => ({ ...document, name }))
    const { allowed } = openConfig(sources).close({ own: [], kyverno: kyvernoPolicies })
    expect(allowed).toEqual({ calls: ['c'], changes: ['b'] })
  })

  it('are allowed what only a policy that is named can do', async () => {
    using folder = new Folder({
      '.k8s-autofix.yaml':
        'policies: [p]\nkyverno: {allow-changes: [require-teem]}\nexceptions: [{policy: kyverno/require-teem, reason: a}]\n',
      'p/a.yaml': kyverno,
      'deploy/api.yaml': deployment,
    })
    const { stderr } = (await found(folder)).result
    expect(stderr).toContain(
      '.k8s-autofix.yaml:2:27: no policy of Kyverno under `policies` is called "require-teem"; did you mean "require-team"?',
    )
    expect(stderr).toContain(
      '.k8s-autofix.yaml:3:23: unknown policy "kyverno/require-teem"; did you mean "kyverno/require-team"?',
    )
  })
})

describe('policies in a change', () => {
  const scan = ['scan', '--verify', 'policy', '--diff', 'main...HEAD']

  it('are those of the merge base, whatever the change makes of them', async () => {
    using folder = new Folder({ ...brought, 'README.md': 'shop\n' })
    const change = mkGit(folder)
    const harmless = policy({ when: 'false' })
    for (const hostile of [
      { 'policies/team.yaml': harmless },
      { 'policies/team.yaml': 'id: [' },
      { '.k8s-autofix.yaml': '{}\n' },
      { '.k8s-autofix.yaml': 'policies: [nothing]\n', 'policies/more.yaml': policy({ id: 'mine' }) },
    ]) {
      change.branch({ 'deploy/api.yaml': deployment, ...hostile })
      const { code, stdout, stderr } = await cli(folder.path, scan)
      expect([code, stderr]).toEqual([1, ''])
      expect(stdout).toContain('[team-label]')
      expect(stdout).not.toContain('[mine]')
    }
  })

  it('are no links, there as little as here', async () => {
    using folder = new Folder({ '.k8s-autofix.yaml': 'policies: [link.yaml]\n', 'team.yaml': policy() })
    symlinkSync('team.yaml', join(folder.path, 'link.yaml'))
    const change = mkGit(folder)
    change.branch({ 'deploy/api.yaml': deployment })
    const { code, stderr } = await cli(folder.path, scan)
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('.k8s-autofix.yaml:1:12: link.yaml is a symbolic link'),
    ])
  })

  it('that the change brings hold once they are merged', async () => {
    using folder = new Folder({ 'README.md': 'shop\n' })
    const change = mkGit(folder)
    change.branch({ 'deploy/api.yaml': deployment, ...brought })
    expect((await cli(folder.path, scan)).stdout).not.toContain('[team-label]')
    const named = await cli(folder.path, [...scan, '--set', 'policies=policies'])
    expect([named.code, named.stderr]).toEqual([2, expect.stringContaining('names no file with policies')])
  })
})

import { execFileSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../scripts/tools.ts'
import { reportSchema, type Finding } from '../../src/model/index.ts'
import { createEngine } from '../../src/cli/engine.ts'
import type { Engine } from '../../src/cli/world.ts'
import { cli, entry, Folder, sharedApi, type Result } from './world.ts'

/** Fixes that are files of their own: a network policy beside the workload that it closes. */

const only = '--only=non-isolated-pod'

const workload = (name: string, labels: string, more = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop${more}}
spec:
  selector: {matchLabels: {${labels}}}
  template:
    metadata: {labels: {${labels}, version: '2'}}
    spec: {containers: [{name: ${name}, image: 'registry.example/${name}:1.0'}]}
`
const service = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`
const policy = (name: string, ports = ''): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  namespace: shop
spec:
${ports}  podSelector:
    matchLabels:
      app: ${name}
  policyTypes:
    - Ingress
`
const http = `  ingress:
    - ports:
        - port: 8080
          protocol: TCP
`

const read = (folder: Folder, name: string): string => readFileSync(join(folder.path, name), 'utf8')
const filesIn = (folder: Folder, below = ''): string[] => readdirSync(join(folder.path, below)).toSorted()

async function findings(folder: Folder, ...args: string[]): Promise<Finding[]> {
  const { stdout } = await cli(folder.path, ['scan', only, '--format=json', ...args])
  return reportSchema.parse(JSON.parse(stdout)).findings
}

describe('a fix that is a new file', () => {
  it('is shown by scan, and proven as other fixes are', async () => {
    using folder = new Folder({ 'deploy/web.yml': workload('web', 'app: web'), 'service.yaml': service })
    const { code, stdout } = await cli(folder.path, ['scan', only])
    expect(code).toBe(1)
    expect(stdout).toMatch(/: creates\s+deploy\/web-network-policy\.yml with 15 lines\n/)
    expect(stdout).toContain('| + kind: NetworkPolicy')
    const [finding, ...others] = await findings(folder)
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      state: 'fixed',
      patch: [],
      safe: false,
      breakage: { probability: 0.3 },
      verification: { level: 'api' },
      edits: [
        {
          file: 'deploy/web-network-policy.yml',
          kind: 'create',
          startLine: 0,
          endLine: 0,
          replacement: policy('web', http),
        },
      ],
    })
    expect(finding?.verification?.gates.map(({ name, passed }) => [name, passed])).toEqual(
      [
        'parses',
        'new-file',
        'keeps-exceptions',
        'target-gone',
        'nothing-new',
        'api-admitted',
        'api-no-new-warning',
      ].map((name) => [name, true]),
    )
    expect(filesIn(folder, 'deploy')).toEqual(['web.yml'])
    const { stdout: markdown } = await cli(folder.path, ['scan', only, '--format=markdown'])
    expect(markdown).toMatch(/adds <code>deploy\/web-network-policy[^<]*<\/code>; read before applying/)
  })

  it('is written on request alone, and clears its finding', async () => {
    using folder = new Folder({ 'web.yaml': workload('web', 'app: web') })
    await cli(folder.path, ['fix', only])
    expect(filesIn(folder)).toEqual(['web.yaml'])
    const { code, stdout } = await cli(folder.path, ['fix', only, '--unsafe-fixes', '--fail-on=low'])
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('wrote web-network-policy.yaml: 1 finding fixed\n'),
    ])
    expect(read(folder, 'web-network-policy.yaml')).toBe(policy('web'))
    expect(read(folder, 'web.yaml')).toBe(workload('web', 'app: web'))
    const umask = process.umask()
    expect(statSync(join(folder.path, 'web-network-policy.yaml')).mode & 0o777).toBe(0o666 & ~umask)
    expect(filesIn(folder)).toEqual(['web-network-policy.yaml', 'web.yaml'])
    expect(await findings(folder)).toEqual([])
  })

  it('is printed by --dry-run as a diff that git applies', async () => {
    using folder = new Folder({ 'sub dir/web.yaml': workload('web', 'app: web') })
    execFileSync('git', ['init', '-q'], { cwd: folder.path })
    const { stdout } = await cli(folder.path, ['fix', only, '--unsafe-fixes', '--dry-run'])
    expect(stdout).toContain('new file mode 100644\n--- /dev/null\n+++ b/sub dir/web-network-policy.yaml')
    expect(filesIn(folder, 'sub dir')).toEqual(['web.yaml'])
    execFileSync('git', ['apply', '-'], { cwd: folder.path, input: stdout })
    expect(read(folder, 'sub dir/web-network-policy.yaml')).toBe(policy('web'))
  })

  it('takes the name of nothing that stands there, read or not', async () => {
    using folder = new Folder({
      'web.yaml': workload('web', 'app: web'),
      '.gitignore': 'web-network-policy.yaml\n',
      'web-network-policy.yaml': 'mine: true\n',
      'other.yaml': policy('web').replace('app: web', 'app: other'),
    })
    execFileSync('git', ['init', '-q'], { cwd: folder.path })
    symlinkSync('nowhere', join(folder.path, 'web-network-policy-2.yaml'))
    await cli(folder.path, ['fix', only, '--unsafe-fixes'])
    expect(read(folder, 'web-network-policy.yaml')).toBe('mine: true\n')
    expect(lstatSync(join(folder.path, 'web-network-policy-2.yaml')).isSymbolicLink()).toBe(true)
    expect(existsSync(join(folder.path, 'nowhere'))).toBe(false)
    // Nor of an object of its kind.
    expect(read(folder, 'web-network-policy-3.yaml')).toBe(
      policy('web').replace('name: web\n', 'name: web-2\n'),
    )
    expect(await findings(folder)).toEqual([])
  })

  it('is one for all that it clears', async () => {
    using folder = new Folder({
      'a.yaml': workload('web', 'app: web'),
      'b.yaml': workload('worker', 'app: web'),
      'c.yaml': workload('job', 'app: job'),
    })
    const [a, b, c] = await findings(folder)
    expect(b?.edits).toEqual(a?.edits)
    expect([a?.requires, b?.requires, c?.requires]).toEqual([[b?.fingerprint], [a?.fingerprint], []])
    const { stdout } = await cli(folder.path, ['fix', only, '--unsafe-fixes'])
    expect(stdout).toContain('wrote job-network-policy.yaml: 1 finding fixed\n')
    expect(stdout).toContain('wrote web-network-policy.yaml: 2 findings fixed\n')
    expect(await findings(folder)).toEqual([])
  })

  it('says why there is none', async () => {
    using folder = new Folder({
      'a/web.yaml': workload('web', 'app: web'),
      'a/kustomization.yaml': 'resources: [other.yaml]\n',
      // Names are hostile input: nothing of them becomes a path that leads elsewhere.
      'b/web.yaml': workload('b', 'app: b').replace('{name: b,', "{name: '../../b',"),
      'c/web.yaml': workload('c', "app: '${APP}'"),
    })
    const ends = (await findings(folder)).map(({ location, state, reason }) => [
      location.file,
      state,
      reason?.code,
    ])
    expect(ends).toEqual([
      ['a/web.yaml', 'refused', 'hazard:kustomization'],
      ['b/web.yaml', 'needs-value', 'needs-value'],
      ['c/web.yaml', 'needs-value', 'needs-value'],
    ])
    const [first] = await findings(folder)
    expect(first?.reason?.text).toContain('(a/kustomization.yaml)')
    await cli(folder.path, ['fix', only, '--unsafe-fixes'])
    for (const below of ['b', 'c']) expect(filesIn(folder, below)).toEqual(['web.yaml'])
  })

  it('is named in the kustomization that applies its neighbour', async () => {
    const kustomization = '# base\nresources:\n- web.yaml # the shop\n- jobs/job.yaml\nnamePrefix: eu-\n'
    using folder = new Folder({
      'base/web.yaml': workload('web', 'app: web'),
      'base/jobs/job.yaml': workload('job', 'app: job'),
      'base/kustomization.yaml': kustomization,
      'overlay/kustomization.yaml': 'resources: [../base]\n',
    })
    const [job, web] = await findings(folder)
    expect(web?.edits.map(({ file, kind }) => [file, kind])).toEqual([
      ['base/web-network-policy.yaml', 'create'],
      ['base/kustomization.yaml', 'replace'],
    ])
    expect(web?.edits[1]?.replacement).toContain('- web-network-policy.yaml\n')
    expect(web?.edits[1]?.replacement).not.toContain('job-network-policy')
    expect(job?.verification?.gates.find(({ name }) => name === 'listed')?.passed).toBe(true)
    const { stdout: shown } = await cli(folder.path, ['scan', only])
    expect(shown).toMatch(/and\s+adds\s+1\s+line\s+after\s+line\s+4\s+of\s+base\/kustomization.yaml/)
    expect(shown).toContain('| @ base/web-network-policy.yaml\n')
    const { stdout } = await cli(folder.path, ['fix', only, '--unsafe-fixes'])
    expect(stdout).toContain('wrote base/kustomization.yaml: 2 findings fixed\n')
    expect(stdout).toContain('wrote base/web-network-policy.yaml: 1 finding fixed\n')
    expect(read(folder, 'base/kustomization.yaml')).toBe(
      kustomization.replace(
        '- jobs/job.yaml\n',
        '- jobs/job.yaml\n- jobs/job-network-policy.yaml\n- web-network-policy.yaml\n',
      ),
    )
    expect(await findings(folder)).toEqual([])
  })

  it('counts as written with its kustomization alone, which names no file that is not there', async () => {
    const files = { 'web.yaml': workload('web', 'app: web'), 'kustomization.yaml': 'resources: [web.yaml]\n' }
    const meanwhile = async (folder: Folder, name: string, text: string): Promise<Result> => {
      const real = createEngine(entry, folder.path, () => 0, sharedApi)
      const engine: Engine = {
        ...real,
        run: async (request, input) => {
          const outcome = await real.run(request, input)
          folder.write(name, text)
          return outcome
        },
      }
      return cli(folder.path, ['fix', only, '--unsafe-fixes'], { engine })
    }
    using one = new Folder(files)
    const taken = await meanwhile(one, 'web-network-policy.yaml', 'mine\n')
    expect([taken.code, read(one, 'kustomization.yaml')]).toEqual([2, files['kustomization.yaml']])
    expect(taken.stderr).toContain('web-network-policy.yaml: stands there by now')
    expect(taken.stdout).toContain('1 finding: 1 with a fix (unsafe)')
    // Without the entry the new file is applied by nobody, and its finding is open.
    using other = new Folder(files)
    const changed = await meanwhile(other, 'kustomization.yaml', 'resources: []\n')
    expect([changed.code, read(other, 'kustomization.yaml')]).toEqual([2, 'resources: []\n'])
    expect(changed.stdout).toContain('1 finding: 1 with a fix (unsafe)')
  })

  it('is not written where the kustomization cannot be', async () => {
    using folder = new Folder({
      'web.yaml': workload('web', 'app: web'),
      'kustomization.yaml': 'x: &a [web.yaml]\nresources: *a\n',
    })
    const [finding] = await findings(folder)
    expect([finding?.state, finding?.reason?.code, finding?.edits]).toEqual(['refused', 'alias-on-path', []])
    await cli(folder.path, ['fix', only, '--unsafe-fixes'])
    expect(filesIn(folder)).toEqual(['kustomization.yaml', 'web.yaml'])
  })

  it('leaves what an exception or the baseline is about', async () => {
    const ignored = ", annotations: {k8s-autofix.dev/ignore: 'non-isolated-pod: closed by the mesh'}"
    using folder = new Folder({
      'a.yaml': workload('web', 'app: web'),
      'b.yaml': workload('store', 'app: web, tier: back', ignored),
    })
    // The policy for the one would close the other as well.
    const ends = (await findings(folder)).map(({ state, reason }) => [state, reason?.code])
    expect(ends).toEqual([
      ['refused', 'changes-excepted'],
      ['suppressed', 'exception'],
    ])
    using known = new Folder({ 'a.yaml': workload('web', 'app: web') })
    await cli(known.path, ['scan', only, '--write-baseline', 'known.json'])
    const [finding] = await findings(known, '--baseline', 'known.json')
    expect([finding?.state, finding?.edits]).toEqual(['baseline', []])
    await cli(known.path, ['fix', only, '--unsafe-fixes', '--baseline', 'known.json'])
    expect(filesIn(known)).toEqual(['a.yaml', 'known.json'])
  })

  it('is proposed for what a change brings, and takes the name of nothing in the commit', async () => {
    using folder = new Folder({ 'web.yaml': workload('web', 'app: web') })
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
        cwd: folder.path,
        encoding: 'utf8',
      })
    git('init', '-q')
    git('add', '.')
    git('commit', '-q', '-m', 'base')
    folder.write('new.yaml', workload('new', 'app: new'))
    folder.write('new-network-policy.yaml', '# Not laid out: no manifest.\n')
    git('add', '.')
    git('commit', '-q', '-m', 'change')
    const found = await findings(folder, '--diff', 'HEAD~1...HEAD')
    expect(found.map(({ state, edits }) => [state, edits.map(({ file }) => file)])).toEqual([
      ['fixed', ['new-network-policy-2.yaml']],
      ['baseline', []],
    ])
  })

  it('is refused where nobody would read it', async () => {
    using folder = new Folder({
      'web.yaml': workload('web', 'app: web'),
      '.k8s-autofix.yaml': "ignore-paths: ['*-network-policy.yaml']\n",
    })
    expect((await findings(folder)).map(({ reason }) => reason?.code)).toEqual(['not-read'])
    const { stdout } = await cli(folder.path, ['scan', only, '--format=patch', '--unsafe-fixes'])
    expect(stdout).toBe('')
  })

  it('is refused where the API server would refuse it', async () => {
    using folder = new Folder({
      'web.yaml': workload('web', 'app: web'),
      'admission.yaml': `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: owned}
spec:
  matchConstraints:
    resourceRules:
      - {apiGroups: [networking.k8s.io], apiVersions: [v1], operations: [CREATE], resources: [networkpolicies]}
  validations: [{expression: has(object.metadata.labels), message: a network policy names its owner}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: owned}
spec: {policyName: owned, validationActions: [Deny]}
`,
    })
    const [finding] = await findings(folder)
    expect([finding?.state, finding?.reason?.code]).toEqual(['refused', 'verifier-rejected:api'])
    expect(finding?.reason?.text).toContain('a network policy names its owner')
    await cli(folder.path, ['fix', only, '--unsafe-fixes'])
    expect(filesIn(folder)).toEqual(['admission.yaml', 'web.yaml'])
  })

  it('is dry-run by an API server where one is asked', async () => {
    using folder = new Folder({ 'web.yaml': workload('web', 'app: web'), 'service.yaml': service })
    tool('etcd')
    const env = { KUBEBUILDER_ASSETS: dirname(tool('kube-apiserver')), PATH: '' }
    const { stdout } = await cli(
      folder.path,
      ['scan', only, '--format=json', '--cluster', 'apiserver', '.'],
      { env },
    )
    const [finding] = reportSchema.parse(JSON.parse(stdout)).findings
    expect([finding?.state, finding?.verification?.level]).toEqual(['fixed', 'admission'])
    expect(finding?.verification?.gates.slice(-2).map(({ name, passed }) => [name, passed])).toEqual([
      ['admitted', true],
      ['no-new-warning', true],
    ])
  }, 60_000)

  it('is judged by kube-linter as well', async () => {
    const engines = ['--engines', 'builtin,kube-linter', '--kube-linter', tool('kube-linter')]
    using folder = new Folder({
      'web.yaml': workload('web', 'app: web'),
      '.kube-linter.yaml': 'checks: {doNotAutoAddDefaults: true, include: [non-isolated-pod]}\n',
    })
    const [finding] = await findings(folder, ...engines)
    expect([finding?.state, finding?.engines.map(({ name }) => name)]).toEqual([
      'fixed',
      ['builtin', 'kube-linter'],
    ])
    expect(finding?.verification?.gates.at(-1)).toEqual({ name: 'kube-linter', passed: true })
    folder.write(
      '.kube-linter.yaml',
      `checks: {doNotAutoAddDefaults: true, include: [non-isolated-pod, owner]}
customChecks:
  - name: owner
    template: required-label
    params: {key: owner}
    scope: {objectKinds: [Any]}
`,
    )
    const refused = (await findings(folder, ...engines)).find(({ policy: id }) => id === 'non-isolated-pod')
    expect([refused?.state, refused?.reason?.code]).toEqual(['refused', 'verifier-rejected:kube-linter'])
    expect(refused?.reason?.text).toContain('owner reports')
    expect(refused?.edits).toEqual([])
  })
})

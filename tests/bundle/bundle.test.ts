import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manifest, root } from '../../scripts/package.ts'
import { tool } from '../../scripts/tools.ts'
import { runStep as runStepOf, type Step } from '../support/runner.ts'
import { installProgram, reportOf, type Program } from '../support/program.ts'

const fixtures = join(root, 'fixtures', 'shop')

let program: Program
beforeAll(() => {
  for (const name of ['kube-linter', 'kyverno', 'kube-apiserver', 'etcd']) tool(name)
  program = installProgram()
}, 1_200_000)
afterAll(() => program.remove())

/** Enough text that a run takes worker threads; most of it is quick to judge. */
function manyManifests(): string {
  const folder = program.folder()
  for (let copy = 0; copy < 4; copy++) cpSync(fixtures, join(folder, `copy-${copy}`), { recursive: true })
  const data = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: data}\ndata: {text: ${'x'.repeat(40_000)}}\n`
  for (let file = 0; file < 10; file++) writeFileSync(join(folder, `data-${file}.yaml`), data)
  return folder
}

/** Node options that note every worker thread in a file. */
function countThreads(file: string): string[] {
  const hook = `import { appendFileSync } from 'node:fs'
    import { isMainThread, threadId } from 'node:worker_threads'
    if (!isMainThread) appendFileSync(${JSON.stringify(file)}, threadId + '\\n')`
  return ['--import', `data:text/javascript,${encodeURIComponent(hook)}`]
}

function hashes(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
}

describe('the bundle in a read-only folder with a space in its name', () => {
  it('is one file of code, and one for the client of the cache', () => {
    expect(readdirSync(join(root, 'dist')).filter((file) => /\.[cm]?js$/.test(file))).toEqual([
      'cache.js',
      'index.js',
    ])
  })

  it('reads the file beside it', () => {
    const { stdout, status } = program.cli(['--version'])
    expect(stdout).toContain(manifest.version)
    expect(status).toBe(0)
  })

  it('starts worker threads, which find the same as a run without', () => {
    const folder = manyManifests()
    const threads = join(program.folder(), 'threads')
    const scan = ['scan', '--format', 'json', '--fail-on', 'never']
    const many = program.cli([...scan, '--jobs', '2', '.'], { cwd: folder, node: countThreads(threads) })
    expect(many.stderr).toBe('')
    expect(readFileSync(threads, 'utf8').trim().split('\n').length).toBeGreaterThanOrEqual(2)
    const one = program.cli([...scan, '--jobs', '1', '.'], { cwd: folder })
    expect({ ...reportOf(many), timings: {} }).toEqual({ ...reportOf(one), timings: {} })
    expect(reportOf(one).summary.findings).toBeGreaterThan(200)
  })

  it('keeps a queue, and warns of nothing', () => {
    const folder = program.folder()
    cpSync(fixtures, folder, { recursive: true })
    const { stdout, stderr, status } = program.cli(['queue', 'next', '--only', 'privileged-container'], {
      cwd: folder,
    })
    expect(stderr).toMatch(/^k8s-autofix: once it is in: k8s-autofix queue done e07339bd\n$/)
    expect([status, stdout.match(/^diff /gm)?.length]).toEqual([0, 1])
  })
})

describe('the bundle beside real engines', () => {
  it('asks kube-linter and an API server of its own, and leaves nothing of them', () => {
    const folder = program.folder()
    cpSync(fixtures, folder, { recursive: true })
    const temporary = program.folder()
    const engines = ['--engines', 'builtin,kube-linter', '--kube-linter', tool('kube-linter')]
    const ran = program.cli(
      ['scan', '--format', 'json', '--fail-on', 'never', ...engines, '--cluster', 'apiserver', '.'],
      {
        cwd: folder,
        env: { KUBEBUILDER_ASSETS: dirname(tool('kube-apiserver')), TMPDIR: temporary },
      },
    )
    expect([ran.status, ran.stderr]).toEqual([0, ''])
    const report = reportOf(ran)
    expect(report.engines.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'builtin ok',
      'kube-linter ok',
      'api ok',
    ])
    expect(report.verification).toMatchObject({
      requested: 'admission',
      reached: 'admission',
      cluster: { backend: 'apiserver', status: 'ok', troubles: [] },
    })
    const gates = report.findings
      .filter(({ state }) => state === 'fixed')
      .map(({ verification }) => [
        verification?.level,
        verification?.gates.some(({ name }) => name === 'kube-linter'),
      ])
    expect(gates.length).toBeGreaterThan(100)
    for (const one of gates) expect(one).toEqual(['admission', true])
    expect(readdirSync(temporary)).toEqual([])
  })
})

describe('README.md', () => {
  it('shows a configuration that works', () => {
    const folder = program.folder()
    const [, config = ''] =
      /```yaml\n(resources:\n[\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? []
    writeFileSync(join(folder, '.k8s-autofix.yaml'), config)
    expect(config).toContain('overrides:')
    const { stdout: policy } = program.cli(['policies', 'show', 'host-pid'], { cwd: program.folder() })
    mkdirSync(join(folder, 'policies'))
    writeFileSync(join(folder, 'policies', 'own.yaml'), policy.replace(/^id: host-pid$/m, 'id: our-host-pid'))
    const { status, stderr } = program.cli(['scan', '--fail-on', 'never', '.'], { cwd: folder })
    expect(status, stderr).toBe(0)
  })
})

describe('the Action, as the runner starts it', () => {
  const runStep = (workspace: string, inputs: Readonly<Record<string, string>>): Step =>
    runStepOf(program, { workspace, inputs })

  function shop(): string {
    const workspace = program.folder()
    cpSync(fixtures, join(workspace, 'deploy'), { recursive: true })
    return workspace
  }

  it('scans the workspace, writes a summary and sets the outputs', () => {
    const workspace = shop()
    const before = hashes(workspace)
    const { status, log, summary, outputs } = runStep(workspace, {})
    expect(status, log).toBe(0)
    expect(Object.keys(outputs).sort()).toEqual([
      'findings-count',
      'fixed-count',
      'patch-file',
      'report-file',
    ])
    const report = reportOf({
      stdout: readFileSync(outputs['report-file'] ?? '', 'utf8'),
      stderr: '',
      status: 0,
      signal: null,
    })
    expect(Number(outputs['findings-count'])).toBe(report.summary.findings)
    expect(Number(outputs['fixed-count'])).toBe(report.summary.states.fixed)
    expect(report.summary.states.fixed).toBeGreaterThan(10)
    expect(summary).toContain(`${report.summary.states.fixed} of ${report.summary.findings} findings`)
    expect(readFileSync(outputs['patch-file'] ?? '', 'utf8')).toContain('+++ b/deploy/apps/api.yaml')
    expect(hashes(workspace)).toEqual(before)
  })

  it('lets the configuration of a pull request allow nothing', () => {
    const workspace = shop()
    writeFileSync(
      join(workspace, '.k8s-autofix.yaml'),
      'policies: [asks.yaml]\nkyverno: { allow-calls: [asks] }\n',
    )
    writeFileSync(
      join(workspace, 'asks.yaml'),
      `apiVersion: policies.kyverno.io/v1
kind: ValidatingPolicy
metadata: { name: asks }
spec:
  matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }] }
  validations: [{ expression: 'http.Get("http://127.0.0.1:9/").ok == true' }]
`,
    )
    const sha = '1'.repeat(40)
    const repo = { full_name: 'shop/shop' }
    const { status, log } = runStepOf(program, {
      workspace,
      inputs: { engines: 'builtin,kyverno', kyverno: tool('kyverno') },
      event: {
        name: 'pull_request',
        payload: {
          action: 'opened',
          pull_request: { number: 1, head: { sha, repo }, base: { repo } },
        },
      },
    })
    expect(log).toContain('It is not run unless kyverno.allow-calls of the configuration names asks')
    expect(status).toBe(1)
  })

  it('fails by fail-on, and only then', () => {
    const workspace = shop()
    const failing = runStep(workspace, { 'fail-on': 'low', summary: 'false' })
    expect(failing.status).toBe(1)
    expect(failing.log).toMatch(/^::error::\d+ findings are of severity low or above/m)
    expect(failing.summary).toBe('')
  })

  it('takes lists, settings and paths', () => {
    const { log, outputs } = runStep(shop(), {
      only: 'privileged-container',
      paths: 'deploy/platform\ndeploy/legacy',
    })
    const report = reportOf({
      stdout: readFileSync(outputs['report-file'] ?? '', 'utf8'),
      stderr: '',
      status: 0,
      signal: null,
    })
    expect(report.findings.length, log).toBeGreaterThan(0)
    for (const { policy, location } of report.findings) {
      expect(policy).toBe('privileged-container')
      expect(location.file).toMatch(/^deploy\/(?:platform|legacy)\//)
    }
  })

  it.each([
    [{ 'fail-on': 'sometimes' }, 'input fail-on: "sometimes" is none of never, low, medium, high, critical'],
    [{ paths: '../..' }, 'input paths: "../.." lies outside of the workspace'],
    [{ paths: 'absent.yaml' }, 'absent.yaml: no such file or folder'],
    [{ only: 'privileged-contaner' }, 'did you mean "privileged-container"?'],
    [{ config: 'absent.yaml' }, 'input config: absent.yaml: no such file'],
    [{ timeout: 'soon' }, 'input timeout: "soon" is no duration'],
  ])('says what is wrong with %j', (inputs, message) => {
    const { status, log } = runStep(shop(), inputs)
    expect(status).toBe(1)
    expect(log).toContain(message)
    expect(log).not.toContain('    at ')
  })

  it('lets no line of a manifest command the runner', () => {
    const workspace = program.folder()
    mkdirSync(join(workspace, 'a'))
    const name = '"x\\n::set-output name=findings-count::0\\n::error::forged"'
    writeFileSync(
      join(workspace, 'a', 'pod.yaml'),
      `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  hostPID: true\n  containers: [{name: a, image: 'b:1'}]\n# ::error::forged\n`,
    )
    const { log, summary, outputs } = runStep(workspace, {})
    const [, token = 'none'] = /^::stop-commands::(.+)$/m.exec(log) ?? []
    const outside = log.replace(new RegExp(`::stop-commands::${token}[\\s\\S]*?::${token}::`), '')
    expect(outside).not.toContain('forged')
    expect(summary).not.toContain('::error')
    expect(Number(outputs['findings-count'])).toBeGreaterThan(0)
  })
})

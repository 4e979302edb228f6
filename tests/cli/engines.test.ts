import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../scripts/tools.ts'
import { guardedFolders } from '../../src/adapters/guarded.ts'
import { reportSchema, type Finding, type Report } from '../../src/model/index.ts'
import { matching } from '../cluster/matching.ts'
import { clean, cli, Folder, mkGit, privileged, type Result } from './world.ts'

/** `--engines builtin,kube-linter`, with the real program. */

const kubeLinter = tool('kube-linter')
const asked = ['--engines', 'builtin,kube-linter']
const named = [...asked, '--kube-linter', kubeLinter]

async function scan(folder: Folder, args: readonly string[] = []): Promise<Report & Pick<Result, 'code'>> {
  const result = await cli(folder.path, ['scan', '--format', 'json', ...named, ...args, '.'])
  expect(result.stderr).toBe('')
  return { ...reportSchema.parse(JSON.parse(result.stdout)), code: result.code }
}

/** `policy container` of findings, in the order of the report. */
function names(findings: readonly Finding[]): string[] {
  return findings.map(({ policy, container }) => [policy, container].filter(Boolean).join(' '))
}

function only(report: Report, policy: string): Finding[] {
  return report.findings.filter((finding) => finding.policy === policy)
}

const web = (name: string, containers: readonly string[], more = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  replicas: 1
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata:
      labels: {app: ${name}}
    spec:
      containers:
${containers.map((container) => `        - name: ${container}\n          image: registry.example/shop/${container}:1.0\n`).join('')}${more}`

/** A check that nobody but the one who wrote it knows. */
const ownCheck = `customChecks:
  - name: makes-pods
    template: access-to-resources
    remediation: Let nobody make pods.
    params: {resources: [^pods$], verbs: [^create$]}
`
const role = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: maker, namespace: shop}
rules:
  - {apiGroups: [""], resources: [pods], verbs: [create]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: maker, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: maker}
subjects:
  - {kind: ServiceAccount, name: maker, namespace: shop}
`

describe('a second opinion', () => {
  it('agrees with our findings, adds its own, and signs the fixes', async () => {
    using folder = new Folder({
      'a.yaml': web('web', ['web', 'side']),
      'b.yaml': role,
      '.kube-linter.yaml': ownCheck,
    })
    const report = await scan(folder)
    expect(report.code).toBe(1)
    expect(report.engines).toEqual([
      { name: 'builtin', version: matching(/./), status: 'ok' },
      { name: 'kube-linter', version: matching(/./), status: 'ok' },
      { name: 'api', version: matching(/^v1\./), status: 'ok' },
    ])
    const shared = only(report, 'read-only-root-fs')
    expect(names(shared)).toEqual(['read-only-root-fs web', 'read-only-root-fs side'])
    for (const { engines, state, verification } of shared) {
      expect(engines).toEqual([
        { name: 'builtin', rule: 'read-only-root-fs' },
        { name: 'kube-linter', rule: 'no-read-only-root-fs' },
      ])
      expect(state).toBe('fixed')
      expect(verification?.gates.at(-1)).toEqual({ name: 'kube-linter', passed: true })
    }
    // Found by us alone, and signed all the same: it was asked whether the fix makes anything worse.
    for (const { state, engines, verification } of only(report, 'seccomp')) {
      expect([state, engines.length]).toEqual(['fixed', 1])
      expect(verification?.gates.map(({ name }) => name)).toContain('kube-linter')
    }
    const [own, ...further] = only(report, 'kube-linter/makes-pods')
    expect(further).toEqual([])
    expect(own).toMatchObject({
      engines: [{ name: 'kube-linter', rule: 'makes-pods' }],
      resource: { kind: 'RoleBinding', namespace: 'shop', name: 'maker' },
      location: { file: 'b.yaml', document: 1 },
      state: 'advice',
      patch: [],
    })
    expect(own?.reason?.text).not.toBe('')
  })

  it('says nothing of its own where policies are chosen, or the one that names its rule is skipped', async () => {
    using folder = new Folder({ 'a.yaml': web('web', ['web']), 'b.yaml': role })
    folder.write('.kube-linter.yaml', ownCheck)
    expect(names((await scan(folder, ['--only', 'seccomp'])).findings)).toEqual(['seccomp web'])
    const skipped = await scan(folder, ['--skip', 'read-only-root-fs'])
    expect(
      skipped.findings.filter(({ engines }) => engines.some(({ rule }) => /read-only/.test(rule))),
    ).toEqual([])
    expect(names(skipped.findings)).toContain('kube-linter/makes-pods')
  })

  it('fixes what it is asked to fix, so that the program itself has nothing left, and then nothing more', async () => {
    using folder = new Folder({ 'a.yaml': web('web', ['web', 'side']), 'b.yaml': privileged })
    const fix = ['fix', '--unsafe-fixes', ...named]
    const values = ['requests.cpu=100m', 'requests.memory=64Mi', 'limits.cpu=1', 'limits.memory=256Mi']
    const set = values.flatMap((value) => ['--set', `resources.defaults.${value}`])
    const first = await cli(folder.path, [...fix, ...set, '.'])
    expect([first.code, first.stderr]).toEqual([0, ''])
    const written = ['a.yaml', 'b.yaml'].map((file) => readFileSync(join(folder.path, file), 'utf8'))
    expect(written[0]).toContain('readOnlyRootFilesystem: true')
    const after = await scan(folder)
    const theirs = after.findings.filter(({ engines }) => engines.some(({ name }) => name === 'kube-linter'))
    expect(names(theirs.filter(({ state }) => state === 'fixed'))).toEqual([])
    await cli(folder.path, [...fix, ...set, '.'])
    expect(['a.yaml', 'b.yaml'].map((file) => readFileSync(join(folder.path, file), 'utf8'))).toEqual(written)
  })

  it('explains a finding that only it has', async () => {
    using folder = new Folder({ 'b.yaml': role })
    folder.write('.kube-linter.yaml', ownCheck)
    const { stdout, code, stderr } = await cli(folder.path, ['scan', ...named, '.'])
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).toContain('kube-linter/makes-pods')
    expect(stdout).toContain('judged as well by kube-linter')
  })
})

describe('files of all kinds', () => {
  it('several documents, items of lists, line ends of Windows, and odd names', async () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [] as unknown[] }
    const pod = (name: string): unknown => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: { containers: [{ name: 'main', image: 'registry.example/shop/main:1.0' }] },
    })
    list.items.push(pod('one'), pod('two'))
    using folder = new Folder({
      'many.yaml': `# first\n---\n${web('one', ['a'])}---\n${clean}--- # third\n${web('two', ['b'])}...\n`,
      'list.yaml': `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Pod
    metadata: {name: left}
    spec:
      containers:
        - name: main
          image: registry.example/shop/main:1.0
  - apiVersion: v1
    kind: Pod
    metadata: {name: right}
    spec:
      containers:
        - name: main
          image: registry.example/shop/main:1.0
`,
      'list.json': JSON.stringify(list, null, 2),
      'windows.yaml': web('crlf', ['a']).replaceAll('\n', '\r\n'),
      "it's $HOME;/ü -- x & [y].yaml": web('odd', ['a']),
      '-dash.yaml': web('dash', ['a']),
    })
    const report = await scan(folder)
    expect(report.unread).toEqual([])
    const places = only(report, 'read-only-root-fs')
    expect(places.map(({ location, resource }) => `${location.file} ${resource.name}`)).toEqual([
      '-dash.yaml dash',
      "it's $HOME;/ü -- x & [y].yaml odd",
      'list.json one',
      'list.json two',
      'list.yaml left',
      'list.yaml right',
      'many.yaml one',
      'many.yaml two',
      'windows.yaml crlf',
    ])
    for (const { engines, state, verification, location } of places) {
      expect([location.file, engines[1]?.rule]).toEqual([location.file, 'no-read-only-root-fs'])
      expect(state).toBe('fixed')
      expect(verification?.gates.at(-1)).toEqual({ name: 'kube-linter', passed: true })
    }
    // Whatever it reports is at a place of ours, or a finding of its own.
    const result = await cli(folder.path, ['fix', '--unsafe-fixes', ...named, '.'])
    expect([result.code, result.stderr]).toEqual([0, ''])
    expect(only(await scan(folder), 'read-only-root-fs')).toEqual([])
    expect(readFileSync(join(folder.path, 'windows.yaml'), 'utf8')).not.toMatch(/[^\r]\n/)
  })

  it('a rule that names no container stands beside findings of several', async () => {
    using folder = new Folder({ 'a.yaml': web('web', ['one', 'two'], '      hostNetwork: true\n') })
    const report = await scan(folder)
    expect(only(report, 'host-network')).toMatchObject([
      { state: 'fixed', engines: [{ name: 'builtin' }, { name: 'kube-linter', rule: 'host-network' }] },
    ])
  })

  it('of what its rule covers and we do not find, says so once the rest is fixed', async () => {
    // kube-linter takes every sysctl of net. for unsafe; the second one is of the safe set.
    const sysctls = `      securityContext:
        sysctls:
          - {name: net.core.somaxconn, value: "1024"}
          - {name: net.ipv4.ip_local_port_range, value: "1024 65000"}
`
    using folder = new Folder({ 'a.yaml': web('web', ['web'], sysctls) })
    const report = await scan(folder)
    expect(only(report, 'unsafe-sysctls')).toMatchObject([{ state: 'fixed' }])
    expect(only(report, 'kube-linter/unsafe-sysctls')).toMatchObject([
      { state: 'advice', message: 'resource specifies unsafe sysctl "net.ipv4.ip_local_port_range".' },
    ])
    expect(report.findings.filter(({ state }) => state === 'refused')).toEqual([])
  })

  it('a version that kube-linter does not look into is left all the same', async () => {
    const old = web('web', ['web'], '      hostIPC: true\n').replace('apps/v1', 'extensions/v1beta1')
    using folder = new Folder({ 'a.yaml': old })
    const report = await scan(folder)
    expect(only(report, 'extensions-v1beta')).toMatchObject([{ state: 'fixed' }])
    expect(report.findings.filter(({ state }) => state === 'refused')).toEqual([])
  })

  it('an object that it cannot judge is listed, and its fixes are not signed', async () => {
    using folder = new Folder({
      // Text where a number should stand: kube-linter decodes by type, we read it.
      'a.yaml': web('web', ['web']).replace('replicas: 1', 'replicas: one'),
      'b.yaml': `---\n${web('good', ['web'])}`,
    })
    const report = await scan(folder)
    expect(report.unread).toEqual([
      {
        file: 'a.yaml',
        reason: {
          code: 'kube-linter-silent',
          text: matching(/^kube-linter did not judge Deployment web: /),
        },
        line: 1,
        column: 1,
        broken: false,
      },
    ])
    expect(report.engines[1]?.status).toBe('ok')
    for (const { location, state, verification, engines } of report.findings) {
      if (state !== 'fixed') continue
      const signed = verification?.gates.some(({ name }) => name === 'kube-linter')
      expect([location.file, signed]).toEqual([location.file, location.file === 'b.yaml'])
      if (location.file === 'a.yaml') expect(engines).toHaveLength(1)
    }
  })

  it('an annotation that tells kube-linter to be silent is an exception here as well', async () => {
    const text = web('web', ['web']).replace(
      'name: web\n  namespace',
      'name: web\n  annotations: {ignore-check.kube-linter.io/no-read-only-root-fs: "it writes"}\n  namespace',
    )
    using folder = new Folder({ 'a.yaml': text })
    const [finding] = only(await scan(folder), 'read-only-root-fs')
    expect(finding?.engines).toEqual([{ name: 'builtin', rule: 'read-only-root-fs' }])
    expect([finding?.state, finding?.exception?.reason]).toEqual(['suppressed', 'it writes'])
  })

  it('standard input', async () => {
    using folder = new Folder()
    const args = ['scan', '--format', 'json', ...named, '-']
    const { stdout } = await cli(folder.path, args, { input: web('web', ['web']) })
    const report = reportSchema.parse(JSON.parse(stdout))
    expect(only(report, 'read-only-root-fs')).toMatchObject([{ engines: [{}, { name: 'kube-linter' }] }])
  })
})

describe("the repository's own .kube-linter.yaml", () => {
  it('excludes, includes and passes over files', async () => {
    using folder = new Folder({
      'a.yaml': web('web', ['web']),
      'old/b.yaml': web('old', ['web']),
      '.kube-linter.yaml': `checks:
  include: [no-liveness-probe]
  exclude: [no-read-only-root-fs]
  ignorePaths: [old/**]
`,
    })
    const report = await scan(folder)
    const theirs = report.findings.filter(({ engines }) => engines.some(({ name }) => name === 'kube-linter'))
    expect(theirs.map(({ location }) => location.file)).not.toContain('old/b.yaml')
    const rules = theirs.flatMap(({ engines }) => engines.map(({ rule }) => rule))
    expect(rules).toContain('no-liveness-probe')
    expect(rules).not.toContain('no-read-only-root-fs')
    // Our own policies do not care, but kube-linter signs nothing that it was not asked about.
    for (const { location, state, verification } of report.findings)
      if (state === 'fixed')
        expect([location.file, verification?.gates.some(({ name }) => name === 'kube-linter')]).toEqual([
          location.file,
          location.file === 'a.yaml',
        ])
  })

  it('switches on our policies of its checks, which say more and fix', async () => {
    const rules = ['no-liveness-probe', 'restart-policy']
    using folder = new Folder({
      'a.yaml': web('web', ['web', 'side']),
      '.kube-linter.yaml': `checks: {include: [${rules.join(', ')}]}\n`,
    })
    const both = (rule: string): object[] => [
      { name: 'builtin', rule },
      { name: 'kube-linter', rule },
    ]
    const report = await scan(folder)
    expect(only(report, 'no-liveness-probe')).toMatchObject(
      ['web', 'side'].map((container) => ({
        container,
        engines: both('no-liveness-probe'),
        state: 'needs-value',
      })),
    )
    const [restart, ...further] = only(report, 'restart-policy')
    expect(further).toEqual([])
    expect(restart).toMatchObject({ engines: both('restart-policy'), state: 'fixed' })
    expect(restart?.verification?.gates.at(-1)).toEqual({ name: 'kube-linter', passed: true })
    // The others of the kind stay off, and nothing is told twice.
    expect(only(report, 'no-readiness-probe')).toEqual([])
    expect(report.findings.filter(({ policy }) => policy.startsWith('kube-linter/'))).toEqual([])
    folder.write('.kube-linter.yaml', '')
    const without = await scan(folder)
    for (const rule of rules) expect(only(without, rule)).toEqual([])
  })

  it('brings checks along that refuse a fix; the others of the object stay', async () => {
    using folder = new Folder({
      'a.yaml': web('web', ['web', 'side']),
      '.kube-linter.yaml': `customChecks:
  - name: writable
    description: root file systems stay writable here
    remediation: leave it
    template: cel-expression
    params:
      check: >-
        has(object.spec.template) && object.spec.template.spec.containers.exists(c,
        c.name == "web" && has(c.securityContext) && has(c.securityContext.readOnlyRootFilesystem)) ? "read-only" : ""
  - name: no-small-cpu
    template: cpu-requirements
    params: {requirementsType: request, lowerBoundMillis: 50, upperBoundMillis: 150}
`,
    })
    const args = ['--set', 'resources.defaults.requests.cpu=100m']
    const report = await scan(folder, args)
    const refused = report.findings.filter(({ state }) => state === 'refused')
    expect(names(refused)).toEqual(['cpu-requests web', 'read-only-root-fs web', 'cpu-requests side'])
    for (const { reason, edits, patch, verification } of refused) {
      expect(reason?.code).toBe('verifier-rejected:kube-linter')
      expect([edits, patch.length > 0]).toEqual([[], true])
      expect(verification?.gates.at(-1)).toEqual({ name: 'kube-linter', passed: false, detail: reason?.text })
    }
    expect(refused.map(({ reason }) => reason?.text)).toEqual([
      'no-small-cpu reports: container "web" has cpu request 100m',
      'writable reports: CEL check expression returned: read-only',
      'no-small-cpu reports: container "side" has cpu request 100m',
    ])
    const fixed = names(report.findings.filter(({ state }) => state === 'fixed'))
    for (const one of [
      'read-only-root-fs side',
      'seccomp web',
      'run-as-non-root web',
      'drop-all-capabilities side',
    ])
      expect(fixed).toContain(one)
    await cli(folder.path, ['fix', '--unsafe-fixes', ...named, ...args, '.'])
    const text = readFileSync(join(folder.path, 'a.yaml'), 'utf8')
    expect(text.match(/readOnlyRootFilesystem/g)).toHaveLength(1)
    expect(text).not.toContain('cpu:')
  })

  it.each([
    ['checks: {exclud: [x]}', '.kube-linter.yaml: checks.exclud is no key'],
    ['checks: {include: [no-such-check]}', '.kube-linter.yaml: kube-linter does not accept it: '],
    ['checks: [', '.kube-linter.yaml:1: '],
  ])('%s ends with exit 2', async (text, message) => {
    using folder = new Folder({ 'a.yaml': clean, '.kube-linter.yaml': text })
    const { code, stdout, stderr } = await cli(folder.path, ['scan', ...named, '.'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`error: ${message}`)
  })
})

describe('a .kube-linter.yaml that is no file of a sane size', () => {
  it.each<[string, (path: string) => void, string]>([
    ['a link', (path) => symlinkSync('/etc/passwd', path), 'is a link, which is not followed'],
    ['a link to nothing', (path) => symlinkSync('absent', path), 'is a link, which is not followed'],
    ['a folder', (path) => mkdirSync(path), 'is no regular file'],
    ['too large', (path) => writeFileSync(path, '#'.repeat(1024 * 1024 + 1)), 'is larger than 1 MiB'],
  ])('%s ends with exit 2', async (_, make, message) => {
    using folder = new Folder({ 'a.yaml': clean })
    make(join(folder.path, '.kube-linter.yaml'))
    const { code, stdout, stderr } = await cli(folder.path, ['scan', ...named, 'a.yaml'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`error: .kube-linter.yaml ${message}`)
  })
})

describe('a program that the repository brings', () => {
  const world = { inActions: false, environment: {} }

  it('is not run from PATH, with a .git or without; named at a terminal it is, in Actions it is not', async () => {
    using folder = new Folder({
      'a.yaml': clean,
      'bin/kube-linter': '#!/bin/sh\n: > "$0.was-run"\nexit 9\n',
    })
    const program = join(folder.path, 'bin/kube-linter')
    chmodSync(program, 0o755)
    for (const git of [false, true]) {
      if (git) mkdirSync(join(folder.path, '.git'))
      const env = { PATH: dirname(program) }
      const { code, stderr } = await cli(folder.path, ['scan', ...asked, 'a.yaml'], { env })
      expect([code, stderr]).toEqual([3, matching(/bin\/kube-linter lies in the repository/)])
    }
    const words = ['scan', ...asked, '--kube-linter', 'bin/kube-linter', 'a.yaml']
    const refused = await cli(folder.path, words, { env: { GITHUB_ACTIONS: 'true' } })
    expect([refused.code, refused.stderr]).toEqual([2, matching(/lies in the repository/)])
    expect(existsSync(`${program}.was-run`)).toBe(false)
    await cli(folder.path, words)
    expect(existsSync(`${program}.was-run`)).toBe(true)
  })

  it('is no more run for a change; a path that is named is one from the working folder', async () => {
    using folder = new Folder({
      'a.yaml': clean,
      'bin/kube-linter': '#!/bin/sh\n: > "$0.was-run"\nexit 9\n',
    })
    const program = join(folder.path, 'bin/kube-linter')
    chmodSync(program, 0o755)
    mkGit(folder).branch({ 'a.yaml': privileged })
    const words = ['scan', '--diff', 'main...HEAD', ...asked]
    const { code, stderr } = await cli(folder.path, words, { env: { PATH: dirname(program) } })
    expect([code, stderr]).toEqual([3, matching(/bin\/kube-linter lies in the repository/)])
    expect(existsSync(`${program}.was-run`)).toBe(false)
    await cli(folder.path, [...words, '--kube-linter', 'bin/kube-linter'])
    expect(existsSync(`${program}.was-run`)).toBe(true)
  })

  it('may lie wherever something is scanned, and in the workspace', () => {
    using folder = new Folder({ 'one/.git/HEAD': '', 'one/deep/a.yaml': '', 'two/a.yaml': '', 'three/a': '' })
    const [one, two, three] = ['one', 'two', 'three'].map((name) => join(folder.path, name)) as [
      string,
      string,
      string,
    ]
    symlinkSync(join(one, 'deep'), join(two, 'link'))
    const guarded = (change: Partial<Parameters<typeof guardedFolders>[0]>): string[] =>
      guardedFolders({ ...world, folder: two, startedIn: two, ...change })
    expect(guarded({})).toEqual([two])
    // A change is laid out somewhere else.
    expect(guarded({ startedIn: join(one, 'deep') })).toEqual([two, one])
    expect(guarded({ folder: join(one, 'deep') })).toEqual([one, two])
    expect(guarded({ paths: ['../one/deep/a.yaml', 'a.yaml', '../three/a'] })).toEqual([two, one, three])
    expect(guarded({ paths: ['link'] })).toEqual([two, one])
    expect(guarded({ environment: { GITHUB_WORKSPACE: one } })).toEqual([two, one])
  })

  it('is nobody else’s in a home folder that is no repository', () => {
    expect(guardedFolders({ ...world, folder: '/', startedIn: '/' })).toEqual([])
    expect(guardedFolders({ ...world, folder: '/', startedIn: '/', inActions: true })).toEqual(['/'])
  })
})

describe('a program that is missing or does not work', () => {
  /** A stand-in that works as the real one until it is asked about what holds the word. */
  function standIn(folder: Folder, commands: string): string[] {
    folder.write(
      'bin/linter',
      `#!/bin/sh
PATH=/usr/bin:/bin
for last; do :; done
if [ "$1" = lint ] && { [ -e "$0.broken" ] || grep -rq registry.example "$last"; }; then
: > "$0.broken"
${commands}
fi
exec ${kubeLinter} "$@"
`,
    )
    chmodSync(join(folder.path, 'bin/linter'), 0o755)
    return [...asked, '--kube-linter', 'bin/linter']
  }

  it('is found on PATH, and otherwise missed with exit 3', async () => {
    using folder = new Folder({ 'a.yaml': clean })
    const path = ['relative', dirname(kubeLinter)].join(delimiter)
    expect(await cli(folder.path, ['scan', ...asked, 'a.yaml'], { env: { PATH: path } })).toMatchObject({
      code: 0,
    })
    const missing = await cli(folder.path, ['scan', ...asked, 'a.yaml'], { env: { PATH: '' } })
    expect([missing.code, missing.stdout]).toEqual([3, ''])
    expect(missing.stderr).toMatch(
      /^error: kube-linter is not installed: no folder of PATH holds it\n {7}install kube-linter/,
    )
  })

  it.each(['a.yaml', 'none', '.'])('given as %s ends with exit 2', async (path) => {
    using folder = new Folder({ 'a.yaml': clean })
    const { code, stdout, stderr } = await cli(folder.path, [
      'scan',
      ...asked,
      '--kube-linter',
      path,
      'a.yaml',
    ])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`error: ${path} is no program that can be run as kube-linter`)
  })

  it.each([
    ['crashes', 'kill -SEGV $$', 'kube-linter was ended by SIGSEGV'],
    [
      'prints garbage',
      'echo "[1, 2"; exit 1',
      'kube-linter gave no answer: its output is no JSON (exit code 1)',
    ],
    [
      'says that all is clean',
      `echo '{"Checks":[],"Reports":null}'; exit 0`,
      'kube-linter gave no answer about an object of ours',
    ],
  ])('that %s in the middle: the rest of the report is there, with exit 3', async (_, commands, message) => {
    using folder = new Folder({ 'a.yaml': web('web', ['web']) })
    const args = standIn(folder, commands)
    const { code, stdout, stderr } = await cli(folder.path, ['scan', '--format', 'json', ...args, 'a.yaml'])
    expect([code, stderr]).toEqual([3, ''])
    const report = reportSchema.parse(JSON.parse(stdout))
    expect(report.engines).toMatchObject([
      { status: 'ok' },
      { name: 'kube-linter', status: 'failed', message },
      { name: 'api', status: 'ok' },
    ])
    const builtin = await cli(folder.path, ['scan', '--format', 'json', 'a.yaml'])
    expect(report.findings).toEqual(reportSchema.parse(JSON.parse(builtin.stdout)).findings)
    rmSync(join(folder.path, 'bin/linter.broken'))
    const pretty = await cli(folder.path, ['scan', ...args, 'a.yaml'])
    expect([pretty.code, pretty.stdout.includes('kube-linter failed')]).toEqual([3, true])
    expect(pretty.stdout).not.toContain('judged as well by')
  })

  it('that ends in the middle lets the queue take nothing for gone, and give nothing', async () => {
    using folder = new Folder({ 'a.yaml': privileged })
    const queue = async (action: string, args: readonly string[]): Promise<Result> =>
      cli(folder.path, ['queue', action, '--only=privileged-container', ...args])
    expect((await queue('list', named)).stdout).toContain('findings since the last look: 1 new')
    folder.write('a.yaml', privileged.replace('privileged: true', 'privileged: false'))
    const alone = await queue('list', [])
    expect([alone.code, alone.stdout.includes('gone')]).toEqual([0, false])
    const args = standIn(folder, 'kill -SEGV $$')
    const broken = await queue('list', args)
    expect([broken.code, broken.stdout.includes('gone')]).toEqual([3, false])
    expect(broken.stdout).toMatch(/^partial result: kube-linter failed\n/)
    expect(broken.stderr).toContain('error: kube-linter: kube-linter was ended by SIGSEGV')
    rmSync(join(folder.path, 'bin/linter.broken'))
    folder.write('a.yaml', privileged)
    const next = await queue('next', args)
    expect([next.code, next.stdout]).toEqual([3, ''])
    expect(next.stderr).toContain('error: nothing is given')
    folder.write('a.yaml', privileged.replace('privileged: true', 'privileged: false'))
    expect((await queue('list', named)).stdout).toContain('findings since the last look: 1 gone')
  })

  it('that fails only when it is asked about fixes takes nothing back and signs nothing', async () => {
    using folder = new Folder({ 'a.yaml': web('web', ['web']) })
    const args = standIn(folder, ': ; fi\nif grep -rq readOnlyRootFilesystem "$last"; then exit 2')
    const { code, stdout } = await cli(folder.path, ['scan', '--format', 'json', ...args, 'a.yaml'])
    const report = reportSchema.parse(JSON.parse(stdout))
    // A text that ends the run is no verdict, so what was asked about is refused rather than believed.
    expect(code).toBe(1)
    for (const { policy, state, reason } of report.findings)
      if (policy === 'read-only-root-fs')
        expect([state, reason?.code]).toEqual(['refused', 'verifier-rejected:kube-linter'])
    expect(report.findings.some(({ state }) => state === 'fixed')).toBe(true)
  })

  it('leaves nothing of the manifests behind', async () => {
    const before = existsSync('/dev/shm')
      ? readdirSync('/dev/shm').filter((name) => name.startsWith('k8s-autofix-'))
      : []
    using folder = new Folder({ 'a.yaml': web('web', ['web']) })
    await cli(folder.path, ['scan', ...standIn(folder, 'exit 9'), 'a.yaml'])
    const after = existsSync('/dev/shm')
      ? readdirSync('/dev/shm').filter((name) => name.startsWith('k8s-autofix-'))
      : []
    expect(after.filter((name) => !before.includes(name))).toEqual([])
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { tool } from '../../scripts/tools.ts'
import { admit, type Admitted } from '../../src/admit.ts'
import type { Cluster } from '../../src/cluster/index.ts'
import {
  InfrastructureError,
  reportSchema,
  type Finding,
  type JsonObject,
  type Report,
} from '../../src/model/index.ts'
import { createAnalyser, type Request } from '../../src/pipeline.ts'
import { catalogue } from '../../src/policies/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { readConfig } from '../support/config.ts'
import {
  kindKubeconfig,
  startTestServer,
  stopTestServers,
  type TestServer,
} from '../support/kind-stand-in.ts'
import { processesIn, remainsOf } from '../cluster/kill.ts'
import { matching } from '../cluster/matching.ts'
import { clean, cli, Folder, privileged, root, type Result } from './world.ts'

/** `--cluster`, with the real kube-apiserver and etcd. */

const assets = dirname(tool('kube-apiserver'))
tool('etcd')
const env = { KUBEBUILDER_ASSETS: assets, PATH: '' }
const server = ['--cluster', 'apiserver']
const kubeLinter = ['--engines', 'builtin,kube-linter', '--kube-linter', tool('kube-linter')]
const secret = 'hunter2-of-the-shop'

interface Scanned extends Result {
  report: Report
}

async function scan(folder: Folder, args: readonly string[]): Promise<Scanned> {
  const result = await cli(folder.path, ['scan', '--format', 'json', ...args, '.'], { env })
  return { ...result, report: reportSchema.parse(JSON.parse(result.stdout)) }
}

const pod = (name: string, namespace: string, more = ''): string => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  containers:
    - name: main
      image: registry.example/shop/main:1.0
${more}`

const job = `apiVersion: batch/v1
kind: Job
metadata:
  name: once
  namespace: shop
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: main
          image: registry.example/shop/main:1.0
          env:
            - {name: DATABASE_PASSWORD, value: ${secret}}
            - {name: HARMLESS, value: "${secret} too"}
`

const deployment = (name: string, namespace = 'shop'): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    matchLabels: {app: ${name}}
  template:
    metadata:
      labels: {app: ${name}}
    spec:
      containers:
        - name: main
          image: registry.example/shop/main:1.0
          env:
            - {name: DATABASE_PASSWORD, value: ${secret}}
`

/** Guards one namespace against what a fix of ours writes. */
const guard = `apiVersion: v1
kind: Namespace
metadata: {name: guarded}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: writable}
spec:
  failurePolicy: Fail
  matchConstraints:
    namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: guarded}}
    resourceRules:
      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}
  validations:
    - expression: >-
        object.spec.template.spec.containers.all(c, !has(c.securityContext) ||
        !has(c.securityContext.readOnlyRootFilesystem) || !c.securityContext.readOnlyRootFilesystem)
      message: root file systems stay writable here
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: writable}
spec: {policyName: writable, validationActions: [Deny]}
`

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: backups.shop.example}
spec:
  group: shop.example
  scope: Namespaced
  names: {kind: Backup, plural: backups, singular: backup}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties: {every: {type: string}}
`
const backup = (every: string): string => `apiVersion: shop.example/v1
kind: Backup
metadata: {name: nightly, namespace: shop}
spec: {every: ${every}}
`

const files = {
  'deployment.yaml': deployment('api'),
  'windows.yaml': deployment('windows').replaceAll('\n', '\r\n'),
  'many.yaml': `---\n${deployment('one')}---\n${clean}--- # the last\n${deployment('two')}`,
  'list.yaml': `apiVersion: v1
kind: List
items:
${[deployment('left'), deployment('right')].map((text) => `  - ${text.trimEnd().replaceAll('\n', '\n    ')}\n`).join('')}`,
  'job.yaml': job,
  'pod.yaml': pod('bare', 'shop'),
  'strict.yaml': `apiVersion: v1
kind: Namespace
metadata:
  name: strict
  labels: {pod-security.kubernetes.io/enforce: restricted}
---
${pod('bare', 'strict')}`,
  // No selector that matches, and a field that nobody knows: refused as it stands, whatever is fixed.
  'wrong.yaml': privileged,
  'wrong-field.yaml': deployment('field').replace('spec:\n  selector', 'spec:\n  replcas: 2\n  selector'),
  'unknown.yaml': deployment('unknown').replace('apps/v1', 'apps/v7'),
  'definition.yaml': definition,
  'backup.yaml': backup('day'),
  'guard.yaml': guard,
  'guarded.yaml': deployment('guarded', 'guarded'),
  // Of two objects of one name, a finding is known by the number of its object in the file.
  'twins.yaml': [1, 2].map(() => deployment('twin', 'guarded')).join('---\n'),
}

describe('kube-apiserver and etcd of our own', () => {
  let folder: Folder
  let result: Scanned
  beforeAll(async () => {
    folder = new Folder(files)
    result = await scan(folder, [...server, ...kubeLinter])
  })
  afterAll(() => folder[Symbol.dispose]())

  const of = (file: string): Finding[] =>
    result.report.findings.filter(({ location }) => location.file === file)
  const fixedOf = (file: string): Finding[] => of(file).filter(({ state }) => state === 'fixed')

  it('takes fixes to level admission', () => {
    expect([result.code, result.stderr]).toEqual([1, ''])
    for (const file of [
      'deployment.yaml',
      'windows.yaml',
      'many.yaml',
      'list.yaml',
      'job.yaml',
      'pod.yaml',
    ]) {
      expect(fixedOf(file).length, file).toBeGreaterThan(4)
      for (const { verification } of fixedOf(file)) {
        expect([file, verification?.level, verification?.because]).toEqual([file, 'admission', undefined])
        const gates = verification?.gates.map(({ name, passed }) => `${name} ${passed}`) ?? []
        expect(gates.slice(-4)).toEqual([
          'kube-linter true',
          'admitted true',
          'no-new-warning true',
          'effect true',
        ])
        expect(new Set(gates).size).toBe(gates.length)
      }
    }
  })

  it('says who judged, and what was made for it', () => {
    const { requested, reached, kubernetes, cluster } = result.report.verification
    expect([requested, reached]).toEqual(['admission', 'admission'])
    expect(kubernetes).toMatch(/^v1\.\d+\.\d+/)
    expect(cluster).toMatchObject({ backend: 'apiserver', status: 'ok', troubles: [] })
    expect(cluster?.notes).toEqual([`kube-apiserver and etcd from ${join(assets, 'kube-apiserver')}`])
    expect(cluster?.assumed).toEqual(
      expect.arrayContaining([
        'namespace shop',
        'namespace strict',
        'service account shop/default',
        'custom resource definition backups.shop.example',
        'admission policy writable',
        'admission policy binding writable',
      ]),
    )
  })

  it('lists what the server refuses as it stands, with its words', () => {
    const invalid = result.report.invalid.map(({ location, level, errors, resource }) => [
      `${location.file}:${location.line} ${resource.kind}`,
      level,
      errors.join(' | '),
    ])
    expect(invalid).toEqual([
      ['strict.yaml:7 Pod', 'admission', expect.stringContaining('violates PodSecurity "restricted:latest"')],
      ['wrong-field.yaml:7 Deployment', 'admission', expect.stringContaining('unknown field "spec.replcas"')],
      ['wrong.yaml:6 Deployment', 'admission', 'spec.selector: Required value'],
      ['wrong.yaml:7 Deployment', 'admission', expect.stringMatching(/^spec\.template\.metadata\.labels: /)],
    ])
    expect(result.report.summary.invalid).toBe(3)
  })

  it('of those, and of kinds that it does not know, fixes stay at level policy and say why', () => {
    for (const [file, because] of [
      ['wrong.yaml', /^the server does not take the object as it stands, so validation failed/],
      [
        'wrong-field.yaml',
        /^the server does not take the object as it stands, so the object was not decoded/,
      ],
      [
        'unknown.yaml',
        /^the server cannot judge the object: .* does not serve apps\/v7 Deployment; it serves Deployment as apps\/v1$/,
      ],
    ] as const) {
      expect(fixedOf(file).length, file).toBeGreaterThan(3)
      for (const { verification } of fixedOf(file)) {
        expect(verification?.level).toBe('policy')
        expect(verification?.because).toMatch(because)
      }
    }
  })

  it('a Pod that its namespace refuses is cured by all its fixes together, and by the safe ones not', () => {
    const [safe = [], others = []] = [true, false].map((isSafe) =>
      fixedOf('strict.yaml').filter((finding) => finding.safe === isSafe),
    )
    expect([safe.length > 0, others.length > 0]).toEqual([true, true])
    for (const { verification } of others) expect(verification?.level).toBe('admission')
    for (const { verification } of safe)
      expect(verification).toMatchObject({
        level: 'policy',
        because: 'the object is taken only with all fixes together',
      })
  })

  it('judges a custom resource by the definition beside it', () => {
    expect(result.report.invalid.map(({ location }) => location.file)).not.toContain('backup.yaml')
  })

  it('says of Jobs and Pods that a live one has to be made anew, without the values that the server quotes', () => {
    for (const file of ['job.yaml', 'pod.yaml']) {
      const notes = fixedOf(file).flatMap(({ verification }) => verification?.recreate ?? [])
      expect([file, notes.length > 0]).toEqual([file, true])
      for (const note of notes) expect(note).toMatch(/immutable|Forbidden|may not/)
    }
    for (const { verification } of fixedOf('deployment.yaml')) expect(verification?.recreate).toBeUndefined()
  })

  it('refuses what an admission policy of the repository denies, and keeps the other fixes of the object', () => {
    const refused = of('guarded.yaml').filter(({ state }) => state === 'refused')
    expect(refused.map(({ policy }) => policy)).toEqual(['read-only-root-fs'])
    expect(refused[0]).toMatchObject({
      reason: {
        // The embedded server knows the policy as well, and is asked first.
        code: 'verifier-rejected:api',
        text: matching(/root file systems stay writable here/),
      },
      edits: [],
      // What kube-linter said of it is not lost when the file is judged again.
      engines: [{ name: 'builtin' }, { name: 'kube-linter', rule: 'no-read-only-root-fs' }],
    })
    expect(refused[0]?.verification?.gates.at(-1)).toMatchObject({ name: 'api', passed: false })
    const others = fixedOf('guarded.yaml')
    expect(others.map(({ policy }) => policy)).toEqual(expect.arrayContaining(['seccomp', 'run-as-non-root']))
    for (const { verification } of others) {
      expect(verification?.level).toBe('admission')
      expect(verification?.gates.map(({ name }) => name)).toContain('kube-linter')
    }
  })

  it('does so for each of two objects of one name', () => {
    const refused = of('twins.yaml').filter(({ state }) => state === 'refused')
    expect(refused.map(({ policy, location }) => `${policy} ${location.document}`)).toEqual([
      'read-only-root-fs 0',
      'read-only-root-fs 1',
    ])
    for (const { verification } of fixedOf('twins.yaml')) expect(verification?.level).toBe('admission')
  })

  it('shows no value of a manifest but on the lines that a fix replaces', () => {
    const { findings, ...rest } = result.report
    const others = findings.map((finding) => ({ ...finding, edits: [] }))
    expect(JSON.stringify([rest, others])).not.toContain(secret)
    expect(result.stdout).toContain(secret)
    expect(result.stderr).not.toContain(secret)
  })

  it('writes what the server takes, and the second time nothing', async () => {
    using copy = new Folder(files)
    const fix = ['fix', '--unsafe-fixes', ...server, '.']
    const first = await cli(copy.path, fix, { env })
    expect([first.code, first.stderr]).toEqual([0, ''])
    expect(first.stdout).toContain('wrote guarded.yaml')
    expect(first.stdout).not.toContain(secret)
    const written = Object.keys(files).map((file) => readFileSync(join(copy.path, file), 'utf8'))
    expect(written.join('').match(/readOnlyRootFilesystem: true/g)?.length).toBeGreaterThan(8)
    const guarded = readFileSync(join(copy.path, 'guarded.yaml'), 'utf8')
    expect(guarded).not.toContain('readOnlyRootFilesystem')
    expect(guarded).toContain('runAsNonRoot: true')
    const again = await scan(copy, server)
    expect(new Set(again.report.invalid.map(({ location }) => location.file))).toEqual(
      new Set(['wrong-field.yaml', 'wrong.yaml']),
    )
    await cli(copy.path, fix, { env })
    expect(Object.keys(files).map((file) => readFileSync(join(copy.path, file), 'utf8'))).toEqual(written)
  })

  it('writes safe fixes alone where nothing else is asked for, and the server has seen that text', async () => {
    using copy = new Folder({
      'a.yaml': deployment('api'),
      'guard.yaml': guard,
      'b.yaml': deployment('b', 'guarded'),
    })
    const first = await cli(copy.path, ['fix', ...server, '.'], { env })
    expect([first.code, first.stderr]).toEqual([0, ''])
    const text = readFileSync(join(copy.path, 'b.yaml'), 'utf8')
    expect(text).toContain('allowPrivilegeEscalation: false')
    expect(text).not.toContain('readOnlyRootFilesystem')
  })
})

/** The fixes of some files, taken to a server that is a function. */
async function admitted(
  names: readonly string[],
  { changes, unsafeFixes }: Pick<Request, 'changes' | 'unsafeFixes'>,
  dryRun: Cluster['dryRun'],
): Promise<Admitted> {
  const request: Request = {
    config: readConfig({}),
    level: 'policy',
    only: undefined,
    skip: [],
    unsafeFixes,
    changes,
    api: false,
    beside: true,
    time: 0,
  }
  const analyser = createAnalyser(request, catalogue, () => 0)
  const texts = new Map(names.map((name) => [name, deployment('api')]))
  return admit(
    [...texts].map(([name, text]) => analyser.analyse(name, text)),
    texts,
    {
      level: 'admission',
      server: Promise.resolve({
        version: 'v1',
        prepare: async () => ({ assumed: [], refused: [] }),
        dryRun,
        tryUpdate: async () => undefined,
      }),
      analyse: async (some) => some.map(({ file, text, given }) => analyser.analyse(file, text, given)),
      analyser,
      progress: () => undefined,
    },
  )
}

/** What a server would store of a manifest, as far as these tests ask. */
function objectOf(body: string): JsonObject {
  const [resource] = readSource('a.yaml', body).resources
  return resource?.object ?? {}
}

describe('a cluster that fails', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it.each(['etcd', 'kube-apiserver'])(
    '%s killed in the middle: exit 3, and no fix is proven or refused for it',
    async (program) => {
      using temporary = new Folder()
      vi.stubEnv('TMPDIR', temporary.path)
      using folder = new Folder()
      const texts = Array.from({ length: 60 }, (_, index) => deployment(`d${index}`))
      for (const [index, text] of texts.entries()) folder.write(`d${index}.yaml`, text)
      let time = 0
      let killed = 0
      let stderr = ''
      const result = await cli(folder.path, ['scan', '--format', 'json', ...server, '.'], {
        env,
        // The line of progress is looked at every 200 ms: here at every step.
        now: () => (time += 1000),
        stderr: {
          isTTY: true,
          columns: 80,
          write: async (text) => {
            stderr += text
            if (killed > 0 || !/K9 of 60 objects asked about/.test(text)) return
            const own = processesIn(temporary.path).filter(({ command }) =>
              command.split(' ', 1)[0]?.endsWith(program),
            )
            for (const { pid } of own) process.kill(pid, 'SIGKILL')
            killed = own.length
          },
        },
      })
      expect(killed, stderr).toBe(1)
      expect(result.code, stderr).toBe(3)
      const report = reportSchema.parse(JSON.parse(result.stdout))
      expect(report.verification).toMatchObject({
        requested: 'admission',
        reached: 'api',
        cluster: { status: 'failed', troubles: [expect.stringContaining(program)] },
      })
      expect(report.findings.filter(({ reason }) => reason?.code === 'verifier-rejected:admission')).toEqual(
        [],
      )
      const fixed = report.findings.filter(({ state }) => state === 'fixed')
      const levels = Map.groupBy(fixed, ({ verification }) => verification?.level)
      expect(new Set(levels.keys())).toEqual(new Set(['admission', 'api']))
      for (const { verification } of levels.get('api') ?? []) {
        expect(verification?.because).toMatch(/^the server gave no verdict: /)
        expect(verification?.gates.map(({ name }) => name)).not.toContain('admitted')
      }
      expect(report.invalid).toEqual([])
      expect(remainsOf(temporary.path).filter((one) => !one.startsWith('autofix cli'))).toEqual([])
    },
  )

  it('a server that fails before it was asked anything proves nothing and refuses nothing', async () => {
    const request: Request = {
      config: readConfig({}),
      level: 'policy',
      only: undefined,
      skip: [],
      unsafeFixes: true,
      changes: true,
      api: false,
      beside: true,
      time: 0,
    }
    const analyser = createAnalyser(request, catalogue, () => 0)
    const text = deployment('api')
    const { results, troubles, invalid } = await admit(
      [analyser.analyse('a.yaml', text)],
      new Map([['a.yaml', text]]),
      {
        level: 'admission',
        server: Promise.resolve({
          version: 'v1',
          prepare: async () => {
            throw new InfrastructureError('etcd was ended by SIGKILL')
          },
          dryRun: async () => expect.fail('asked'),
          tryUpdate: async () => expect.fail('asked'),
        }),
        analyse: async () => expect.fail('judged again'),
        analyser,
        progress: () => undefined,
      },
    )
    expect([troubles, invalid]).toEqual([['etcd was ended by SIGKILL'], []])
    const fixed = results.flatMap(({ findings }) => findings.filter(({ state }) => state === 'fixed'))
    expect(fixed.length).toBeGreaterThan(4)
    for (const { verification } of fixed)
      expect(verification).toMatchObject({
        level: 'policy',
        because: 'the server gave no verdict: etcd was ended by SIGKILL',
      })
  })

  it.each([false, true])(
    'of an object that only all fixes cure, the safe ones prove nothing (fix: %j)',
    async (changes) => {
      // Refuses what is not wholly hardened: a fix that may break something is part of that.
      const { results, invalid } = await admitted(
        ['a.yaml'],
        { changes, unsafeFixes: false },
        async (manifest) =>
          manifest.body.includes('readOnlyRootFilesystem')
            ? { outcome: 'accepted', object: objectOf(manifest.body), warnings: [] }
            : {
                outcome: 'rejected',
                rejection: 'denied',
                code: 403,
                message: 'not hardened',
                causes: [],
                warnings: [],
              },
      )
      expect(invalid).toHaveLength(1)
      const fixed = results.flatMap(({ findings }) => findings.filter(({ state }) => state === 'fixed'))
      const levels = Map.groupBy(fixed, ({ safe, verification }) => `${safe} ${verification?.level}`)
      expect([...levels.keys()].toSorted()).toEqual(['false admission', 'true policy'])
      for (const { verification } of levels.get('true policy') ?? [])
        expect(verification?.because).toBe('the object is taken only with all fixes together')
    },
  )

  it('a server that does not answer is left alone after some questions', async () => {
    let asked = 0
    const names = Array.from({ length: 60 }, (_, index) => `${index}.yaml`)
    const { results, troubles } = await admitted(names, { changes: false, unsafeFixes: true }, async () => {
      asked++
      return { outcome: 'unanswered', fault: 'timeout', message: 'no answer within 30 s' }
    })
    // Those that were under way have been asked already.
    expect(asked).toBeLessThan(8 + 4)
    expect(troubles).toEqual(['no answer within 30 s'])
    for (const { verification, state } of results.flatMap(({ findings }) => findings))
      if (state === 'fixed')
        expect(verification).toMatchObject({
          level: 'policy',
          because: 'the server gave no verdict: no answer within 30 s',
        })
  })

  it('a server that does not start ends with exit 3, and says why', async () => {
    using folder = new Folder({ 'a.yaml': clean })
    using programs = new Folder({ 'kube-apiserver': '#!/bin/sh\nexit 7\n', etcd: '#!/bin/sh\nsleep 60\n' })
    for (const name of ['kube-apiserver', 'etcd']) chmodSync(join(programs.path, name), 0o755)
    const { code, stdout } = await cli(folder.path, ['scan', '--format', 'json', ...server, '.'], {
      env: { KUBEBUILDER_ASSETS: programs.path, PATH: '' },
    })
    expect(code).toBe(3)
    // What was found without it stands.
    expect(reportSchema.parse(JSON.parse(stdout)).verification).toMatchObject({
      reached: 'api',
      cluster: {
        status: 'failed',
        troubles: [expect.stringMatching(/^kube-apiserver \(.*\) ended with code 7/)],
      },
    })
  })
})

describe('what is asked for', () => {
  it.each([
    [['--verify', 'policy', '--cluster', 'apiserver'], '--verify policy asks no cluster'],
    [['--verify', 'text', '--cluster', 'kind'], '--verify text asks no cluster'],
    [['--cluster', 'mine'], '--cluster mine: must be one of auto, apiserver, kind, kubeconfig'],
    [['--kubeconfig', 'x'], '--kubeconfig is for a cluster that is asked'],
    [['--context', 'x'], '--context is for a cluster that is asked'],
    [['--kubeconfig-exec'], '--kubeconfig-exec is for a cluster that is asked'],
    [['--keep'], '--keep is for a cluster that is asked'],
    [['--keep', '--cluster', 'apiserver'], '--keep does not go with --cluster apiserver'],
    [['--context', 'x', '--cluster', 'kind'], '--context does not go with --cluster kind'],
    [
      ['--cluster', 'kubeconfig', '--kubeconfig', '/nowhere/config'],
      'the kubeconfig of --kubeconfig does not exist: ',
    ],
    [['--verify', 'rollout'], '--verify rollout is not in this version'],
    [['--engines', 'builtin,trivy'], '--engines trivy: must be one of'],
    [['--engines', 'kube-linter'], '--engines kube-linter: leaves out builtin'],
  ])('%j ends with exit 2', async (args, message) => {
    using folder = new Folder({ 'a.yaml': clean })
    const { code, stdout, stderr } = await cli(folder.path, ['scan', ...args, '.'], { env: { PATH: '' } })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`error: ${message}`)
  })

  it('auto that finds nothing says so, and stays at level api', async () => {
    using folder = new Folder({ 'a.yaml': deployment('api') })
    // A checkout would build the server: as if there were no Go.
    const args = ['scan', '--format', 'json', '--verify', 'admission', 'a.yaml']
    const { code, stdout, stderr } = await cli(folder.path, args, { env: { PATH: '' } })
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^k8s-autofix: no cluster was found, so fixes are not tried on an API server: No kubeconfig is given .*kube-apiserver and etcd are neither on PATH.*kind is not on PATH\.\n$/,
    )
    const { verification, findings } = reportSchema.parse(JSON.parse(stdout))
    expect(verification).toEqual({ requested: 'admission', reached: 'api', kubernetes: matching(/^v1\./) })
    for (const { state, verification: own } of findings) if (state === 'fixed') expect(own?.level).toBe('api')
  })

  it('auto takes what is on PATH', async () => {
    using folder = new Folder({ 'a.yaml': deployment('api') })
    const args = ['scan', '--format', 'json', '--cluster', 'auto', 'a.yaml']
    const { stdout } = await cli(folder.path, args, { env: { PATH: assets } })
    expect(reportSchema.parse(JSON.parse(stdout)).verification).toMatchObject({
      reached: 'admission',
      cluster: { backend: 'apiserver' },
    })
  })
})

describe('a cluster of the user', () => {
  let home: string
  let test: TestServer
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'autofix-kubeconfig-'))
    test = await startTestServer(home)
    writeFileSync(join(home, 'config'), kindKubeconfig('shop', test))
  })
  afterAll(() => {
    stopTestServers(home)
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  })

  it('is asked and left as it was: what it does not have is not made there', async () => {
    using folder = new Folder({
      'a.yaml': deployment('api', 'default'),
      'b.yaml': deployment('b', 'elsewhere'),
    })
    const { report, stderr, code } = await scan(folder, [
      '--cluster',
      'kubeconfig',
      '--kubeconfig',
      join(home, 'config'),
    ])
    expect([code, stderr]).toEqual([1, ''])
    expect(report.verification.cluster).toMatchObject({ backend: 'kubeconfig', status: 'ok', assumed: [] })
    const levels = (file: string): unknown[] => [
      ...new Set(
        report.findings
          .filter(({ location, state }) => location.file === file && state === 'fixed')
          .map(({ verification }) => verification?.level),
      ),
    ]
    expect([levels('a.yaml'), levels('b.yaml')]).toEqual([['admission'], ['api']])
    expect(report.invalid).toEqual([])
  })

  it('has contexts, which are named where the one that is asked for is none', async () => {
    using folder = new Folder({ 'a.yaml': clean })
    const args = ['--cluster', 'kubeconfig', '--kubeconfig', join(home, 'config'), '--context', 'shop']
    const { code, stdout, stderr } = await cli(folder.path, ['scan', ...args, '.'], { env })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('there is no context "shop"; there are: kind-shop')
  })

  it('is never named by the repository', async () => {
    using folder = new Folder({
      'a.yaml': clean,
      '.git/HEAD': '',
      config: readFileSync(join(home, 'config'), 'utf8'),
    })
    const { code, stderr } = await cli(
      folder.path,
      ['scan', '--kubeconfig', 'config', '--cluster', 'auto', '.'],
      { env },
    )
    expect([code, stderr]).toEqual([2, expect.stringContaining('repository')])
  })
})

it('the command line killed with SIGKILL at any moment leaves no server, no etcd and no folder', async () => {
  const left: string[] = []
  using folder = new Folder(files)
  // From before the servers are there to after they are gone, by what can be seen of them rather than by the clock.
  const moments: ((temporary: string) => boolean)[] = [
    () => true,
    (temporary) => readdirSync(temporary).length > 0,
    (temporary) => processesIn(temporary).some(({ command }) => /kube-apiserver /.test(command)),
    (temporary) =>
      readdirSync(temporary, { recursive: true }).some((name) => String(name).endsWith('apiserver.crt')),
    (temporary) => readdirSync(temporary).some((name) => name.startsWith('k8s-autofix-server-')),
  ]
  for (const [index, isMoment] of moments.entries()) {
    const temporary = mkdtempSync(join(tmpdir(), 'k8s-autofix-kill-'))
    try {
      const child = spawn(process.execPath, [join(root, 'src/main.ts'), 'scan', ...server, '.'], {
        cwd: folder.path,
        env: { ...env, TMPDIR: temporary, HOME: temporary },
        stdio: 'ignore',
      })
      const gone = once(child, 'exit')
      await until(() => isMoment(temporary) || child.exitCode !== null, 30_000)
      // A little further each time, so that the kills do not all fall on the same step.
      for (let turn = 0; turn < index * 200; turn++) await new Promise((resolve) => setImmediate(resolve))
      child.kill('SIGKILL')
      await gone
      await until(() => remainsOf(temporary).length === 0, 10_000)
      left.push(...remainsOf(temporary).map((what) => `kill ${index}: ${what}`))
    } finally {
      rmSync(temporary, { recursive: true, force: true })
    }
  }
  expect(left).toEqual([])
})

/** Looks again and again until something is so, or time is up. */
async function until(isSo: () => boolean, limit: number): Promise<void> {
  const started = performance.now()
  while (!isSo() && performance.now() - started < limit)
    await new Promise((resolve) => {
      setTimeout(resolve, 10)
    })
}

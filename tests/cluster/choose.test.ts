import { createHash } from 'node:crypto'
import {
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { create } from 'tar'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tool } from '../../scripts/tools.ts'
import { findProgram } from '../../src/cluster/choose-programs.ts'
import { chooseCluster, type ClusterFacts, type ClusterLooks } from '../../src/cluster/choose.ts'
import { openCluster, type OpenOptions } from '../../src/cluster/open.ts'
import { InfrastructureError, UserError } from '../../src/model/index.ts'
import { installKind } from '../support/kind-stand-in.ts'
import { matching } from './matching.ts'

const facts: ClusterFacts = {
  requested: 'auto',
  home: '/home/me',
  inActions: false,
  downloadable: true,
  buildable: false,
}

/** A machine with these programs on PATH, and these files. */
function machine(programs: readonly string[], files: readonly string[] = []): ClusterLooks {
  return {
    findProgram: async (name) => (programs.includes(name) ? `/bin/${name}` : undefined),
    isProgram: async (file) => files.includes(file),
    exists: async (file) => files.includes(file),
  }
}

const server = ['kube-apiserver', 'etcd']
const onDisk = {
  backend: 'apiserver',
  source: { from: 'disk', apiserver: '/bin/kube-apiserver', etcd: '/bin/etcd' },
}
const download = { backend: 'apiserver', source: { from: 'download' } }
const build = { backend: 'apiserver', source: { from: 'build' } }
const kind = { backend: 'kind', kind: '/bin/kind' }
const given = (files: string[], origin: string, context?: string): object => ({
  backend: 'kubeconfig',
  files,
  origin,
  context,
})

describe('auto', () => {
  it.each<[string, Partial<ClusterFacts>, ClusterLooks, object]>([
    [
      'a kubeconfig that is named',
      { kubeconfig: '/k', kubeconfigVariable: '/v' },
      machine([...server, 'kind', 'docker'], ['/v']),
      given(['/k'], '--kubeconfig'),
    ],
    [
      'a context that is named',
      { context: 'shop', kubeconfigVariable: '/v' },
      machine(server, ['/v']),
      given(['/v'], 'KUBECONFIG', 'shop'),
    ],
    [
      'a context that is named, in the usual file',
      { context: 'shop' },
      machine(server, ['/home/me/.kube/config']),
      given(['/home/me/.kube/config'], '~/.kube/config', 'shop'),
    ],
    [
      'KUBECONFIG, one of its files being there',
      { kubeconfigVariable: ['/absent', '', '/v'].join(delimiter) },
      machine(server, ['/v']),
      given(['/absent', '/v'], 'KUBECONFIG'),
    ],
    ['the server on PATH', {}, machine([...server, 'kind', 'docker'], ['/home/me/.kube/config']), onDisk],
    [
      'the server of KUBEBUILDER_ASSETS before that of PATH',
      { assets: '/assets' },
      machine(server, ['/assets/kube-apiserver']),
      {
        backend: 'apiserver',
        source: { from: 'disk', apiserver: '/assets/kube-apiserver', etcd: '/bin/etcd' },
      },
    ],
    ['kind with docker', {}, machine(['kube-apiserver', 'kind', 'docker']), kind],
    ['kind with podman', {}, machine(['kind', 'podman']), kind],
    ['the download in Actions', { inActions: true }, machine(['kind', 'docker']), download],
    [
      'kind in Actions on a machine without a pinned archive',
      { inActions: true, downloadable: false },
      machine(['kind', 'docker']),
      kind,
    ],
    ['kind before building', { buildable: true }, machine(['kind', 'docker']), kind],
    ['building, where there is nothing else', { buildable: true }, machine([]), build],
  ])('takes %s', async (_, more, looks, choice) => {
    expect(await chooseCluster({ ...facts, ...more }, looks)).toEqual(choice)
  })

  it('runs no server that the repository brings, not even by KUBEBUILDER_ASSETS', async () => {
    const looks: ClusterLooks = {
      ...machine([...server, 'kind'], ['/repository/bin/kube-apiserver']),
      isGuarded: async (file) => file.startsWith('/repository/'),
    }
    const guarded = { ...facts, assets: '/repository/bin' }
    expect(await chooseCluster(guarded, looks)).toMatchObject({
      backend: undefined,
      reasons: [/^No kubeconfig/, /^KUBEBUILDER_ASSETS lies in the repository/, /no Docker/].map((words) =>
        matching(words),
      ),
    })
    await expect(chooseCluster({ ...guarded, requested: 'apiserver' }, looks)).rejects.toThrow(
      /^--cluster apiserver: KUBEBUILDER_ASSETS lies in the repository/,
    )
    expect(await chooseCluster({ ...facts, assets: '/elsewhere' }, looks)).toEqual(onDisk)
  })

  it('says of each what is missing when there is none, and never downloads at a terminal', async () => {
    expect(await chooseCluster({ ...facts, kubeconfigVariable: '/v' }, machine(['etcd', 'kind']))).toEqual({
      backend: undefined,
      reasons: [
        'KUBECONFIG names no file that exists: /v.',
        'kube-apiserver is neither on PATH nor in KUBEBUILDER_ASSETS; --cluster apiserver downloads them.',
        'kind is on PATH, and no Docker for it.',
      ],
    })
    expect(await chooseCluster({ ...facts, downloadable: false }, machine([]))).toEqual({
      backend: undefined,
      reasons: [
        'No kubeconfig is given by --kubeconfig or KUBECONFIG.',
        'kube-apiserver and etcd are neither on PATH nor in KUBEBUILDER_ASSETS, and no download is pinned for this machine.',
        'kind is not on PATH.',
      ],
    })
  })
})

describe('a backend that is named', () => {
  it.each<[string, Partial<ClusterFacts>, ClusterLooks, object]>([
    ['the server', { requested: 'apiserver', kubeconfigVariable: '/v' }, machine(server, ['/v']), onDisk],
    ['the download', { requested: 'apiserver' }, machine(['kind', 'docker']), download],
    ['building before the download', { requested: 'apiserver', buildable: true }, machine([]), build],
    ['kind', { requested: 'kind' }, machine([...server, 'kind', 'docker']), kind],
    [
      'the usual kubeconfig',
      { requested: 'kubeconfig' },
      machine(server, ['/home/me/.kube/config']),
      given(['/home/me/.kube/config'], '~/.kube/config'),
    ],
  ])('is taken: %s', async (_, more, looks, choice) => {
    expect(await chooseCluster({ ...facts, ...more }, looks)).toEqual(choice)
  })

  it.each<[string, Partial<ClusterFacts>, RegExp, RegExp | undefined]>([
    [
      'no kubeconfig',
      { requested: 'kubeconfig' },
      /--cluster kubeconfig: no kubeconfig is given/,
      /--kubeconfig/,
    ],
    ['no kind', { requested: 'kind' }, /--cluster kind: kind is not on PATH/, /Install/],
    [
      'no server and no archive',
      { requested: 'apiserver', downloadable: false },
      /no download is pinned/,
      /KUBEBUILDER_ASSETS/,
    ],
    [
      'a context for kind',
      { requested: 'kind', context: 'a' },
      /--context does not go with --cluster kind/,
      undefined,
    ],
    [
      'a kubeconfig for the server',
      { requested: 'apiserver', kubeconfig: '/k' },
      /--kubeconfig does not go with --cluster apiserver/,
      undefined,
    ],
    ['a context of no kubeconfig', { context: 'a' }, /no kubeconfig is given/, /--kubeconfig/],
  ])('is a mistake of the user with %s', async (_, more, message, hint) => {
    const error: unknown = await chooseCluster({ ...facts, ...more }, machine([])).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).message).toMatch(message)
    if (hint !== undefined) expect((error as UserError).hint).toMatch(hint)
  })
})

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'choose-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

describe('looking for a program', () => {
  it('goes by PATH, past what is no program, relative or inside the repository', async () => {
    const [plain, repository, real] = ['plain', 'repository', 'real'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    for (const path of [plain, repository, real, join(real, 'folder')]) mkdirSync(path)
    writeFileSync(join(plain, 'kind'), '', { mode: 0o644 })
    writeFileSync(join(repository, 'kind'), '', { mode: 0o755 })
    symlinkSync(join(repository, 'kind'), join(plain, 'linked'))
    writeFileSync(join(real, 'kind'), '', { mode: 0o755 })
    const path = ['', '.', plain, repository, join(folder, 'absent'), real].join(delimiter)
    expect(await findProgram('kind', path, [repository])).toBe(join(real, 'kind'))
    expect(await findProgram('kind', path, [])).toBe(join(repository, 'kind'))
    expect(await findProgram('linked', path, [repository])).toBeUndefined()
    expect(await findProgram('folder', path, [])).toBeUndefined()
    // A link out of the repository is still the repository's word for what is run.
    symlinkSync(join(real, 'kind'), join(repository, 'outward'))
    expect(await findProgram('outward', path, [repository])).toBeUndefined()
  })
})

describe('opening what was chosen', () => {
  const options = (more: Partial<OpenOptions> = {}): OpenOptions => ({
    entry: new URL('../../src/main.ts', import.meta.url),
    environment: { PATH: process.env['PATH'], HOME: folder },
    repositories: [],
    temporary: folder,
    cacheFolder: join(folder, 'cache'),
    platform: 'linux',
    architecture: 'x64',
    exec: false,
    keep: false,
    progress: () => undefined,
    warn: () => undefined,
    ...more,
  })
  const configMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: '',
    name: 'a',
    type: 'application/yaml',
    body: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  } as const

  it('starts the server that a download brought, from the archive to a verdict', async () => {
    const source = join(folder, 'source')
    const inside = join(source, 'controller-tools', 'envtest')
    mkdirSync(inside, { recursive: true })
    for (const name of server) symlinkSync(tool(name), join(inside, name))
    writeFileSync(join(inside, 'kubectl'), '')
    const file = join(folder, 'archive.tar.gz')
    await create({ cwd: source, file, gzip: { level: 1 }, follow: true }, ['controller-tools/envtest'])
    const hash = createHash('sha512')
    await pipeline(createReadStream(file), hash)
    const web = createServer((_, response) => void createReadStream(file).pipe(response))
    await new Promise<void>((resolve) => void web.listen(0, '127.0.0.1', resolve))
    try {
      const { cluster, notes } = await openCluster(
        { backend: 'apiserver', source: { from: 'download' } },
        options({
          archive: {
            version: 'v1.36.4',
            target: 'linux-amd64',
            url: `http://127.0.0.1:${(web.address() as AddressInfo).port}/archive.tar.gz`,
            sha512: hash.digest('hex'),
          },
        }),
      )
      try {
        expect(notes).toEqual(['kube-apiserver and etcd from envtest v1.36.4'])
        await cluster.prepare([])
        expect(await cluster.dryRun(configMap)).toMatchObject({ outcome: 'accepted' })
      } finally {
        await cluster.close()
      }
    } finally {
      web.closeAllConnections()
      web.close()
    }
    expect(readdirSync(join(folder, 'cache', 'envtest'))).toEqual(['v1.36.4-linux-amd64'])
  })

  it('builds in a checkout, and tells a failure as the world it is', async () => {
    const [apiserver, etcd] = server.map(tool) as [string, string]
    const choice = { backend: 'apiserver', source: { from: 'build' } } as const
    const { cluster, notes } = await openCluster(
      choice,
      options({ build: async () => ({ apiserver, etcd }) }),
    )
    await cluster.close()
    expect(notes).toEqual(['kube-apiserver and etcd built in this checkout'])
    const failing = openCluster(
      choice,
      options({ build: () => Promise.reject(new Error('spawn go ENOENT')) }),
    )
    await expect(failing).rejects.toThrow(InfrastructureError)
    await expect(failing).rejects.toMatchObject({
      message: /cannot be built: spawn go ENOENT/,
      hint: /Is Go/,
    })
    await expect(openCluster(choice, options())).rejects.toThrow(UserError)
  })

  it('starts kind, and then uses its kubeconfig like anybody’s', async () => {
    const standIn = installKind(folder)
    try {
      const { cluster } = await openCluster(
        { backend: 'kind', kind: standIn.program },
        options({ keep: true }),
      )
      await cluster.close()
      const file = join(folder, 'kind-state', 'clusters', 'k8s-autofix', 'kubeconfig')
      const opened = await openCluster(
        { backend: 'kubeconfig', files: [file], origin: 'KUBECONFIG', context: undefined },
        options(),
      )
      expect(opened.notes[0]).toMatch(/^context "kind-k8s-autofix" at https:\/\/127\.0\.0\.1:\d+$/)
      await opened.cluster.prepare([])
      expect(await opened.cluster.dryRun({ ...configMap, namespace: 'default' })).toMatchObject({
        outcome: 'accepted',
      })
      await opened.cluster.close()
    } finally {
      standIn.stop()
    }
  })
})

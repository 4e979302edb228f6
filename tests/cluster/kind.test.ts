import { X509Certificate } from 'node:crypto'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { tool } from '../../scripts/tools.ts'
import type { Manifest } from '../../src/cluster/cluster.ts'
import { createClient } from '../../src/cluster/connection.ts'
import { nodeImage } from '../../src/cluster/kind-images.ts'
import { openKind, type KindRequest } from '../../src/cluster/kind.ts'
import { readKubeconfig } from '../../src/cluster/kubeconfig.ts'
import { InfrastructureError } from '../../src/model/index.ts'
import { installKind, type KindStandIn } from '../support/kind-stand-in.ts'

let folder: string
let temporary: string
let kind: KindStandIn
let told: string[]
let warned: string[]

beforeAll(() => {
  for (const name of ['kube-apiserver', 'etcd']) tool(name)
}, 1_200_000)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kind-'))
  temporary = join(folder, 'temporary')
  mkdirSync(temporary)
  kind = installKind(folder)
  told = []
  warned = []
})

afterEach(() => {
  kind.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

function request(more: Partial<KindRequest> = {}): KindRequest {
  return {
    program: { path: kind.program, environment: { ...process.env, KUBECONFIG: join(folder, 'mine') } },
    keep: false,
    temporary,
    progress: (text) => void told.push(text),
    warn: (text) => void warned.push(text),
    ...more,
  }
}

async function failure(promise: Promise<unknown>): Promise<InfrastructureError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(InfrastructureError)
  return error as InfrastructureError
}

const deployment = (image: string): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'api',
  type: 'application/yaml',
  body: `apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec:
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      containers: [{name: api, image: ${image}}]
`,
})

describe('a kind cluster', () => {
  it('is created from a pinned image, judges, and is deleted at the end', async () => {
    const { cluster, notes } = await openKind(request())
    try {
      expect(cluster.backend).toBe('kind')
      expect(cluster.version).toMatch(/^v1\.36\./)
      expect(notes).toEqual([
        expect.stringMatching(
          /^kind cluster "k8s-autofix-[0-9a-f]{8}" from kindest\/node:v1\.36\.1@sha256:3489c7674813/,
        ),
      ])
      expect(told).toContainEqual(expect.stringMatching(/^kind: Ensuring node image/))
      const object = parse(deployment('nginx:1.29').body) as Record<string, string>
      expect((await cluster.prepare([object])).assumed).toContain('namespace shop')
      expect((await cluster.dryRun(deployment('nginx:1.29'))).outcome).toBe('accepted')
      expect(await cluster.dryRun(deployment('""'))).toMatchObject({
        outcome: 'rejected',
        rejection: 'invalid',
      })
      expect(kind.clusters()).toHaveLength(1)
    } finally {
      await cluster.close()
    }
    expect(kind.clusters()).toEqual([])
    expect(readdirSync(temporary)).toEqual([])
    expect(existsSync(join(folder, 'mine'))).toBe(false)
    expect(warned).toEqual([])
    const [name] = /k8s-autofix-[0-9a-f]{8}/.exec(kind.calls()[2]!) ?? []
    const [kubeconfig] = /\S+\/kubeconfig/.exec(kind.calls()[2]!) ?? []
    expect(kind.calls()).toEqual([
      'get clusters',
      'version',
      `create cluster --name ${name} --image ${nodeImage('kind v0.32.0').image} --kubeconfig ${kubeconfig} --wait 120s`,
      `delete cluster --name ${name} --kubeconfig ${kubeconfig}`,
    ])
  })

  it('is kept when asked, and used again', async () => {
    const first = await openKind(request({ keep: true, image: 'kindest/node:mine' }))
    await first.cluster.close()
    expect(kind.clusters()).toEqual(['k8s-autofix'])
    expect(kind.calls()).toContainEqual(expect.stringContaining('--image kindest/node:mine '))
    const second = await openKind(request())
    expect(second.notes).toEqual(['kind cluster "k8s-autofix", kept from an earlier run'])
    expect((await second.cluster.dryRun(deployment('nginx:1.29'))).outcome).toBe('rejected')
    await second.cluster.close()
    expect(kind.clusters()).toEqual(['k8s-autofix'])
    expect(readdirSync(temporary)).toEqual([])
    expect(kind.calls().filter((call) => call.startsWith('create'))).toHaveLength(1)
  })

  it('runs no pod, while dry-runs say what they always say', async () => {
    const { cluster } = await openKind(request({ keep: true }))
    const kubeconfig = join(folder, 'kind-state', 'clusters', 'k8s-autofix', 'kubeconfig')
    const { connection } = await readKubeconfig({
      files: [kubeconfig],
      origin: 'test',
      exec: false,
      environment: {},
      repositories: [],
    })
    expect(new X509Certificate(connection.clientCertificate!).subject).toContain('O=system:masters')
    const client = createClient(connection)
    const post = async (path: string, object: object): Promise<number | 'kept off'> => {
      const { status, body } = await client.request({ method: 'POST', path, body: JSON.stringify(object) })
      return body.includes('lets no pod run') ? 'kept off' : status
    }
    try {
      const named = (kind: string, name: string): object => ({ apiVersion: 'v1', kind, metadata: { name } })
      expect(await post('/api/v1/namespaces', named('Namespace', 'shop'))).toBe(201)
      // What the controllers of a whole cluster would make.
      await post('/api/v1/namespaces/shop/serviceaccounts', named('ServiceAccount', 'default'))
      const pod = (name: string, nodeName?: string): object => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name },
        spec: { ...(nodeName === undefined ? {} : { nodeName }), containers: [{ name: 'a', image: 'a:1' }] },
      })
      const pods = '/api/v1/namespaces/shop/pods'
      expect(await post(`${pods}?dryRun=All`, pod('a', 'node'))).toBe(201)
      expect(await post(pods, pod('a', 'node'))).toBe('kept off')
      expect(await post(pods, pod('b'))).toBe(201)
      const target = { apiVersion: 'v1', kind: 'Node', name: 'node' }
      const bind = { apiVersion: 'v1', kind: 'Binding', metadata: { name: 'b', namespace: 'shop' }, target }
      expect(await post(`${pods}/b/binding`, bind)).toBe('kept off')
      expect(await post('/api/v1/namespaces/shop/bindings', bind)).toBe('kept off')
      // The namespaces of Kubernetes itself work on.
      const system = '/api/v1/namespaces/kube-system/pods/absent/binding'
      expect(await post(system, { ...bind, metadata: { name: 'absent' } })).toBe(404)
    } finally {
      client.close()
      await cluster.close()
    }
  })
})

describe('a kind cluster that cannot be made leaves nothing behind', () => {
  it.each([
    [
      'no Docker daemon',
      'ERROR: failed to create cluster: failed to list nodes: command "docker ps -a" failed with error: exit status 1\nCommand Output: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      /Cannot connect to the Docker daemon/,
      /Start Docker/,
    ],
    [
      'no Docker at all',
      'ERROR: failed to create cluster: exec: "docker": executable file not found in $PATH',
      /executable file not found/,
      /Install Docker/,
    ],
    [
      'no rights',
      'ERROR: permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
      /permission denied/,
      /group docker/,
    ],
    [
      'no image',
      'ERROR: failed to create cluster: failed to pull image "kindest/node:v1.36.1": i/o timeout',
      /failed to pull image/,
      /cannot be downloaded/,
    ],
    ['something else', 'ERROR: something else', /exit code 1:\n[^]*something else/, undefined],
  ])('%s', async (_, words, message, hint) => {
    kind.failWith(words)
    const error = await failure(openKind(request({ keep: true })))
    expect(error.message).toMatch(/^kind create cluster failed with exit code 1/)
    expect(error.message).toMatch(message)
    if (hint === undefined) expect(error.hint).toBeUndefined()
    else expect(error.hint).toMatch(hint)
    expect(kind.clusters()).toEqual([])
    expect(readdirSync(temporary)).toEqual([])
  })

  it('no end', async () => {
    kind.failWith('hang')
    const { message } = await failure(openKind(request({ timeout: 1500 })))
    expect(message).toMatch(/^kind create cluster did not end within 1.5 s/)
    expect(kind.clusters()).toEqual([])
  })

  it('an interruption', async () => {
    kind.failWith('hang')
    const stop = new AbortController()
    const progress = (text: string): void => {
      if (text.includes('Ensuring')) stop.abort()
    }
    const { message } = await failure(openKind(request({ progress, signal: stop.signal })))
    expect(message).toBe('kind create cluster was interrupted')
    expect(kind.clusters()).toEqual([])
    expect(readdirSync(temporary)).toEqual([])
  })

  it('no kind', async () => {
    const program = { path: join(folder, 'absent'), environment: {} }
    expect((await failure(openKind(request({ program })))).message).toMatch(/absent cannot be run: .*ENOENT/)
    expect(readdirSync(temporary)).toEqual([])
  })

  it('a kept cluster that no longer answers, which stays for its owner to look at', async () => {
    await (await openKind(request({ keep: true }))).cluster.close()
    kind.stop()
    const error = await failure(openKind(request()))
    expect(error.message).toMatch(/"k8s-autofix" cannot be used: .*ECONNREFUSED/)
    expect(error.hint).toMatch(/kind delete cluster --name k8s-autofix/)
    expect(kind.clusters()).toEqual(['k8s-autofix'])
  })
})

describe.runIf(process.platform !== 'win32')(
  'the command line that is interrupted deletes its cluster',
  () => {
    it.each([
      ['while it is made', 'SIGINT', true],
      ['while it is asked', 'SIGTERM', false],
    ] as const)('%s', async (_, signal, hangs) => {
      const manifests = join(folder, 'manifests')
      mkdirSync(manifests)
      const pods = Array.from({ length: 300 }, (_, index) =>
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: `pod-${index}` },
          spec: { containers: [{ name: 'a', image: 'a:1' }] },
        }),
      )
      writeFileSync(join(manifests, 'a.yaml'), pods.join('\n---\n'))
      writeFileSync(join(folder, 'docker'), '#!/bin/sh\n', { mode: 0o755 })
      if (hangs) kind.failWith('hang')
      const main = join(import.meta.dirname, '../../src/main.ts')
      const child = spawn(process.execPath, [main, 'scan', '--cluster', 'kind', 'a.yaml'], {
        cwd: manifests,
        env: {
          PATH: [folder, process.env['PATH']].join(delimiter),
          HOME: folder,
          TMPDIR: temporary,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let [stdout, stderr] = ['', '']
      child.stdout.on('data', (data: Buffer) => (stdout += data.toString()))
      child.stderr.on('data', (data: Buffer) => (stderr += data.toString()))
      // No progress is told where nobody watches, so the moment is seen from what kind has done.
      const poll = setInterval(() => {
        const [name] = kind.clusters()
        if (name === undefined) return
        if (!hangs && !existsSync(join(folder, 'kind-state', 'clusters', name, 'kubeconfig'))) return
        clearInterval(poll)
        setTimeout(() => child.kill(signal), hangs ? 0 : 1000)
      }, 20)
      const ended = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)))
      expect([ended, stdout.slice(0, 200)], stderr.slice(0, 2000)).toEqual([signal, ''])
      expect(kind.clusters()).toEqual([])
      expect(kind.calls().at(-1)).toMatch(/^delete cluster /)
      expect(readdirSync(temporary)).toEqual([])
    })
  },
)

describe('the node image', () => {
  it('goes by the release of kind', () => {
    expect(nodeImage('kind v0.33.0 go1.27.1 linux/amd64').image).toMatch(/^kindest\/node:v1\.36\.4@sha256:/)
    expect(nodeImage('kind v0.32.0 go1.26.3 linux/amd64').supported).toBe(true)
    for (const unknown of ['kind v0.99.0', '', 'nonsense'])
      expect(nodeImage(unknown)).toEqual({ image: nodeImage('kind v0.32.0').image, supported: false })
  })

  it('is always pinned by digest', () => {
    const source = readFileSync(join(import.meta.dirname, '../../src/cluster/kind-images.ts'), 'utf8')
    const images = [...source.matchAll(/'(kindest\/node:[^']+)'/g)].map((match) => match[1])
    expect(images.length).toBeGreaterThan(0)
    for (const image of images) expect(image).toMatch(/^kindest\/node:v1\.36\.\d+@sha256:[0-9a-f]{64}$/)
  })
})

import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { create, Header } from 'tar'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { envtestArchive, type EnvtestArchive } from '../../src/cluster/envtest-archives.ts'
import { fetchEnvtest, type EnvtestRequest } from '../../src/cluster/envtest.ts'
import { InfrastructureError, UserError } from '../../src/model/index.ts'

let folder: string
let servers: Server[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'envtest-'))
  servers = []
})

afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections()
    await new Promise((resolve) => void server.close(resolve))
  }
  rmSync(folder, { recursive: true, force: true })
})

/** A server on loopback; gives its origin. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An archive as controller-tools packs it, with small shell-free stand-ins for the programs. */
async function goodArchive(names = ['etcd', 'kube-apiserver', 'kubectl']): Promise<Buffer> {
  const source = join(folder, 'source')
  const inside = join(source, 'controller-tools', 'envtest')
  mkdirSync(inside, { recursive: true })
  for (const name of names) writeFileSync(join(inside, name), `the program ${name}`.repeat(20_000))
  const file = join(folder, 'good.tar.gz')
  await create({ cwd: source, file, gzip: true }, ['controller-tools/envtest'])
  return readFileSync(file)
}

interface Entry {
  path: string
  type?: 'File' | 'SymbolicLink' | 'Link' | 'CharacterDevice'
  linkpath?: string
  content?: string
  /** Another size than the content has, as a liar would write. */
  size?: number
}

/** An archive with exactly these entries, packed by hand: no packer would write them. */
function archiveOf(entries: readonly Entry[], end = true): Buffer {
  const blocks = entries.flatMap(({ path, type = 'File', linkpath, content = '', size }) => {
    const block = Buffer.alloc(512)
    new Header({
      path,
      type,
      mode: 0o755,
      size: size ?? content.length,
      mtime: new Date(0),
      ...(linkpath === undefined ? {} : { linkpath }),
    }).encode(block)
    const body = Buffer.alloc(Math.ceil(content.length / 512) * 512)
    body.write(content)
    return [block, body]
  })
  return gzipSync(Buffer.concat([...blocks, ...(end ? [Buffer.alloc(1024)] : [])]))
}

function pinned(origin: string, bytes: Buffer): EnvtestArchive {
  return {
    version: 'v1.36.2',
    target: 'linux-amd64',
    url: `${origin}/envtest.tar.gz`,
    sha512: createHash('sha512').update(bytes).digest('hex'),
  }
}

function request(archive: EnvtestArchive, more: Partial<EnvtestRequest> = {}): EnvtestRequest {
  return {
    cacheFolder: join(folder, 'cache'),
    platform: 'linux',
    architecture: 'x64',
    progress: () => undefined,
    archive,
    ...more,
  }
}

/** What is left of a failed attempt. */
const leftovers = (): string[] => {
  const cache = join(folder, 'cache', 'envtest')
  return existsSync(cache) ? readdirSync(cache) : []
}

async function failure(promise: Promise<unknown>): Promise<InfrastructureError> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(InfrastructureError)
  return error as InfrastructureError
}

describe('the pinned archives', () => {
  it('are those of four machines, over https, each with a sha512', () => {
    const all = (['linux', 'darwin'] as const).flatMap((platform) =>
      ['x64', 'arm64'].map((architecture) => envtestArchive(platform, architecture)),
    )
    for (const archive of all) {
      expect(archive?.sha512).toMatch(/^[0-9a-f]{128}$/)
      expect(archive?.url).toMatch(/^https:\/\/github\.com\/kubernetes-sigs\/controller-tools\//)
    }
    expect(new Set(all.map((archive) => archive?.sha512)).size).toBe(4)
  })

  it('say what to do on another machine', async () => {
    const { archive: _, ...without } = request(pinned('http://127.0.0.1:1', Buffer.alloc(0)))
    await expect(fetchEnvtest({ ...without, platform: 'sunos' })).rejects.toThrow(UserError)
  })
})

describe('fetching the archive', () => {
  it('unpacks the three programs, and downloads once', async () => {
    const bytes = await goodArchive()
    let requests = 0
    const origin = await serve((_, response) => {
      requests++
      response.writeHead(200, { 'content-length': bytes.length }).end(bytes)
    })
    const told: string[] = []
    const first = await fetchEnvtest(
      request(pinned(origin, bytes), { progress: (text) => void told.push(text) }),
    )
    expect(readFileSync(first.apiserver, 'utf8')).toBe('the program kube-apiserver'.repeat(20_000))
    expect(readFileSync(first.etcd, 'utf8')).toBe('the program etcd'.repeat(20_000))
    expect(statSync(first.etcd).mode & 0o111).not.toBe(0)
    expect(told).toContain('downloading envtest.tar.gz: 100 %')
    expect(leftovers()).toEqual(['v1.36.2-linux-amd64'])
    expect(await fetchEnvtest(request(pinned(origin, bytes)))).toEqual(first)
    expect(requests).toBe(1)
  })

  it('follows a redirect within the origin', async () => {
    const bytes = await goodArchive()
    const origin = await serve((incoming, response) => {
      if (incoming.url === '/moved') response.end(bytes)
      else response.writeHead(302, { location: '/moved' }).end()
    })
    await fetchEnvtest(request(pinned(origin, bytes)))
    expect(leftovers()).toEqual(['v1.36.2-linux-amd64'])
  })

  it('makes a cache anew that was altered or cut short', async () => {
    const bytes = await goodArchive()
    const origin = await serve((_, response) => void response.end(bytes))
    const { etcd } = await fetchEnvtest(request(pinned(origin, bytes)))
    writeFileSync(etcd, 'something else')
    expect((await fetchEnvtest(request(pinned(origin, bytes)))).etcd).toBe(etcd)
    expect(readFileSync(etcd, 'utf8')).toBe('the program etcd'.repeat(20_000))
    rmSync(join(etcd, '..', 'hashes.json'))
    await fetchEnvtest(request(pinned(origin, bytes)))
    expect(leftovers()).toEqual(['v1.36.2-linux-amd64'])
  })

  it('serves two runs at once', async () => {
    const bytes = await goodArchive()
    const origin = await serve((_, response) => void response.end(bytes))
    const [one, two] = await Promise.all([
      fetchEnvtest(request(pinned(origin, bytes))),
      fetchEnvtest(request(pinned(origin, bytes))),
    ])
    expect(one).toEqual(two)
    expect(readFileSync(two.etcd, 'utf8')).toBe('the program etcd'.repeat(20_000))
    expect(leftovers()).toEqual(['v1.36.2-linux-amd64'])
  })
})

describe('a download that goes wrong leaves nothing behind', () => {
  it('with another hash', async () => {
    const bytes = await goodArchive()
    const origin = await serve((_, response) => void response.end(archiveOf([{ path: 'evil' }])))
    expect((await failure(fetchEnvtest(request(pinned(origin, bytes))))).message).toMatch(
      /not the pinned one \(sha512/,
    )
    expect(leftovers()).toEqual([])
  })

  it.each([
    ['announced', true],
    ['unannounced', false],
  ])('cut short, its length %s', async (_, announced) => {
    const bytes = await goodArchive()
    const origin = await serve((__, response) => {
      response.writeHead(200, announced ? { 'content-length': bytes.length } : {})
      response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy())
    })
    expect((await failure(fetchEnvtest(request(pinned(origin, bytes))))).message).toMatch(
      /the download failed|ended after/,
    )
    expect(leftovers()).toEqual([])
  })

  it('sent on to another place that is not https, which is never asked', async () => {
    const bytes = await goodArchive()
    let asked = 0
    const elsewhere = await serve((_, response) => {
      asked++
      response.end(bytes)
    })
    const origin = await serve(
      (_, response) => void response.writeHead(302, { location: `${elsewhere}/envtest.tar.gz` }).end(),
    )
    const { message } = await failure(fetchEnvtest(request(pinned(origin, bytes))))
    expect(message).toContain(`sent on to ${elsewhere}, which is not https`)
    expect(asked).toBe(0)
    expect(leftovers()).toEqual([])
  })

  it('sent on without end', async () => {
    const bytes = await goodArchive()
    const origin = await serve((_, response) => void response.writeHead(302, { location: '/again' }).end())
    expect((await failure(fetchEnvtest(request(pinned(origin, bytes))))).message).toMatch(/more than 5 times/)
    expect(leftovers()).toEqual([])
  })

  it.each([
    ['announced', true],
    ['unannounced', false],
  ])('too large, its length %s', async (_, announced) => {
    const bytes = await goodArchive()
    const origin = await serve((__, response) => {
      response.writeHead(200, announced ? { 'content-length': bytes.length } : {})
      response.end(bytes)
    })
    expect((await failure(fetchEnvtest(request(pinned(origin, bytes), { limit: 100 })))).message).toMatch(
      /limit of 100/,
    )
    expect(leftovers()).toEqual([])
  })

  it('never finished', async () => {
    const bytes = await goodArchive()
    const origin = await serve((_, response) => void response.write(bytes.subarray(0, 10)))
    const { message } = await failure(fetchEnvtest(request(pinned(origin, bytes), { deadline: 300 })))
    expect(message).toMatch(/not downloaded within 0.3 s/)
    expect(leftovers()).toEqual([])
  })

  it('interrupted', async () => {
    const bytes = await goodArchive()
    const stop = new AbortController()
    const origin = await serve((_, response) => {
      response.write(bytes.subarray(0, 10), () => {
        stop.abort()
      })
    })
    const { message } = await failure(fetchEnvtest(request(pinned(origin, bytes), { signal: stop.signal })))
    expect(message).toMatch(/was interrupted$/)
    expect(leftovers()).toEqual([])
  })

  it('not found, or nobody there', async () => {
    const bytes = await goodArchive()
    const origin = await serve((_, response) => void response.writeHead(404).end())
    expect((await failure(fetchEnvtest(request(pinned(origin, bytes))))).message).toMatch(/answered 404/)
    const closed = await serve(() => undefined)
    await new Promise((resolve) => void servers.pop()?.close(resolve))
    expect((await failure(fetchEnvtest(request(pinned(closed, bytes))))).message).toMatch(/ECONNREFUSED/)
  })

  it('with a cache folder that is a file', async () => {
    const bytes = await goodArchive()
    writeFileSync(join(folder, 'cache'), '')
    const { message } = await failure(fetchEnvtest(request(pinned('http://127.0.0.1:1', bytes))))
    expect(message).toMatch(/cache folder .* cannot be used/)
  })
})

const server: Entry = { path: 'controller-tools/envtest/kube-apiserver', content: 'server' }
const etcd: Entry = { path: 'controller-tools/envtest/etcd', content: 'etcd' }
const kubectl: Entry = { path: 'controller-tools/envtest/kubectl', content: 'kubectl' }

describe('a hostile archive of the pinned hash writes nothing and leaves nothing', () => {
  it.each<[string, Buffer, RegExp]>([
    ['a path outside', archiveOf([server, { path: '../../../escaped', content: 'x' }]), /escaped/],
    ['an absolute path', archiveOf([server, { path: '/tmp/escaped', content: 'x' }]), /escaped/],
    [
      'a path that climbs back',
      archiveOf([{ path: 'controller-tools/envtest/../envtest/etcd', content: 'x' }]),
      /holds the File/,
    ],
    [
      'a link under an expected name',
      archiveOf([{ path: server.path, type: 'SymbolicLink', linkpath: '/bin/sh' }]),
      /holds the SymbolicLink/,
    ],
    [
      'a hard link',
      archiveOf([server, { path: etcd.path, type: 'Link', linkpath: '/etc/passwd' }]),
      /holds the Link/,
    ],
    ['a device', archiveOf([{ path: etcd.path, type: 'CharacterDevice' }]), /CharacterDevice/],
    ['a name twice', archiveOf([server, etcd, server, kubectl]), /holds kube-apiserver twice/],
    ['a name missing', archiveOf([server, kubectl]), /lacks etcd/],
    ['a size past the limit', archiveOf([{ ...server, size: 2 ** 31 }]), /more than/],
    ['an end in the middle', archiveOf([server, { ...etcd, size: 5000 }], false), /cannot be unpacked/],
    ['no archive at all', Buffer.from('<html>rate limited</html>'.repeat(50)), /cannot be unpacked/],
    ['nothing at all', Buffer.alloc(0), /cannot be unpacked/],
    ['a bomb', gzipSync(Buffer.alloc(64 * 1024 * 1024)), /cannot be unpacked/],
  ])('%s', async (_, bytes, words) => {
    const origin = await serve((__, response) => void response.end(bytes))
    expect((await failure(fetchEnvtest(request(pinned(origin, bytes))))).message).toMatch(words)
    expect(leftovers()).toEqual([])
    expect(readdirSync(folder).sort()).toEqual(['cache'])
    expect(existsSync('/tmp/escaped')).toBe(false)
  })

  it('a link where the cache keeps its folder is replaced, not followed', async () => {
    const bytes = archiveOf([server, etcd, kubectl])
    const origin = await serve((_, response) => void response.end(bytes))
    const target = join(folder, 'target')
    mkdirSync(target)
    mkdirSync(join(folder, 'cache', 'envtest'), { recursive: true })
    symlinkSync(target, join(folder, 'cache', 'envtest', 'v1.36.2-linux-amd64'))
    const { etcd: binary } = await fetchEnvtest(request(pinned(origin, bytes)))
    expect(readFileSync(binary, 'utf8')).toBe('etcd')
    expect(readdirSync(target)).toEqual([])
  })
})

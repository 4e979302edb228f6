import { chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cacheFolder } from '../../src/adapters/cache-folder.ts'
import { readFeeds, type FeedOptions, type FeedSources } from '../../src/adapters/feeds.ts'
import type { Feeds } from '../../src/risk/index.ts'
import { epssFile, feedServer, kevFile, type FeedServer } from '../support/feeds.ts'

const hour = 3_600_000
const start = Date.UTC(2026, 10, 30)
const epssAddress = 'epss.empiricalsecurity.com/epss_scores-current.csv.gz'
const kevAddress = 'www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json'
const scan = JSON.stringify({ SchemaVersion: 2, ArtifactName: 'web:1', ArtifactType: 'container_image' })

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'feeds-'))
  writeFileSync(join(folder, 'scan.json'), scan)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const kept = (): string[] => readdirSync(join(folder, 'cache', 'feeds'))

/** Reads feeds at a time, and says what was told. */
async function read(
  { fetch }: Pick<FeedServer, 'fetch'>,
  sources: Partial<FeedSources>,
  time = start,
  over: Partial<FeedOptions> = {},
): Promise<{ feeds: Feeds | undefined; told: string[] }> {
  const told: string[] = []
  const feeds = await readFeeds(
    { epss: undefined, kev: undefined, scans: ['scan.json'], ...sources },
    {
      cacheFolder: join(folder, 'cache'),
      fetch,
      time: () => time,
      progress: () => undefined,
      warn: (text) => told.push(text),
      called: (name, value) => `--${name}${value === undefined ? '' : ` ${value}`}`,
      locate: (_, path) => join(folder, path),
      ...over,
    },
  )
  return { feeds, told }
}

const send = (response: ServerResponse, body: Buffer, headers: Record<string, string> = {}): void =>
  void response.writeHead(200, headers).end(body)

describe('feeds that are fetched', () => {
  test('come from their publishers, and say which version they are', async () => {
    await using server = await feedServer(({ url }, response) =>
      send(
        response,
        url?.includes('epss') === true
          ? epssFile({ 'CVE-2021-44228': 0.94358 })
          : kevFile({ 'CVE-2021-44228': true }),
      ),
    )
    const { feeds, told } = await read(server, { epss: 'fetch', kev: 'fetch' })
    expect(told).toEqual([])
    expect([feeds?.epss?.model, feeds?.epss?.date, feeds?.epss?.scores.get('CVE-2021-44228')]).toEqual([
      'v2026.06.15',
      '2026-11-30T12:55:00Z',
      0.94358,
    ])
    expect([feeds?.kev?.version, feeds?.kev?.entries.get('CVE-2021-44228')]).toEqual([
      '2026.11.30',
      { ransomware: true },
    ])
    expect(server.asked.map(({ url }) => url)).toEqual([epssAddress, kevAddress])
  })

  test('come from a mirror where an address is given, which has a copy of its own', async () => {
    await using server = await feedServer((_, response) =>
      send(response, kevFile({ 'CVE-2022-0492': false })),
    )
    await read(server, { kev: 'fetch' })
    await read(server, { kev: 'https://mirror.example/kev.json?of=today' })
    expect(server.asked.map(({ url }) => url)).toEqual([kevAddress, 'mirror.example/kev.json?of=today'])
    expect(kept()).toHaveLength(2)
  })

  test('are not asked for again within a day, and after it only whether they have changed', async () => {
    let body = kevFile({ 'CVE-2022-0492': false }, '1')
    await using server = await feedServer(({ headers }, response) => {
      const etag = `"${body.length}"`
      if (headers['if-none-match'] === etag) response.writeHead(304).end()
      else send(response, body, { etag, 'last-modified': 'Mon, 30 Nov 2026 00:00:00 GMT' })
    })
    const at = async (hours: number): Promise<unknown[]> => {
      const { feeds, told } = await read(server, { kev: 'fetch' }, start + hours * hour)
      return [feeds?.kev?.version, server.asked.length, ...told]
    }
    expect(await at(0)).toEqual(['1', 1])
    expect(await at(23.9)).toEqual(['1', 1])
    expect(await at(24)).toEqual(['1', 2])
    expect(server.asked[0]?.headers['if-none-match']).toBeUndefined()
    expect(server.asked[1]?.headers).toMatchObject({
      'if-none-match': `"${body.length}"`,
      'if-modified-since': 'Mon, 30 Nov 2026 00:00:00 GMT',
    })
    // That nothing has changed is as good as new.
    expect(await at(47.9)).toEqual(['1', 2])
    body = kevFile({ 'CVE-2022-0492': true, 'CVE-2022-0185': false }, '2')
    expect(await at(49)).toEqual(['2', 3])
    expect(kept()).toHaveLength(1)
  })

  test('are the old copy where nobody answers, with its age, and unknown where there is none', async () => {
    let isDown = true
    await using server = await feedServer((_, response) => {
      if (isDown) response.writeHead(503).end('<html>')
      else send(response, kevFile({ 'CVE-2022-0492': false }))
    })
    const none = await read(server, { kev: 'fetch' })
    expect([none.feeds?.kev, none.told]).toEqual([
      undefined,
      [`https://${kevAddress}: the server answered 503; the risk does without it`],
    ])
    isDown = false
    await read(server, { kev: 'fetch' })
    isDown = true
    const old = await read(server, { kev: 'fetch' }, start + 100 * hour)
    expect([old.feeds?.kev?.entries.size, old.told]).toEqual([
      1,
      [`https://${kevAddress}: the server answered 503; the copy of 4 days ago is used`],
    ])
  })

  test('are the old copy where no server is', async () => {
    await using server = await feedServer((_, response) =>
      send(response, kevFile({ 'CVE-2022-0492': false })),
    )
    await read(server, { kev: 'fetch' })
    const fetch = async (): Promise<never> => {
      throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND www.cisa.gov') })
    }
    const { feeds, told } = await read({ fetch }, { kev: 'fetch' }, start + 30 * hour)
    expect([feeds?.kev?.entries.size, told]).toEqual([
      1,
      [
        `https://${kevAddress}: cannot be fetched: fetch failed (getaddrinfo ENOTFOUND www.cisa.gov); the copy of 30 hours ago is used`,
      ],
    ])
  })

  const large = Buffer.alloc(16 * 1024 * 1024 + 1, ' ')
  test.each<[string, (response: ServerResponse) => void, string]>([
    ['a page', (response) => send(response, Buffer.from('<html>sign in</html>')), 'it is no JSON'],
    ['another feed', (response) => send(response, epssFile({ 'CVE-2021-44228': 0.5 })), 'it is no JSON'],
    ['an empty catalogue', (response) => send(response, kevFile({})), 'the feed is empty'],
    ['nothing', (response) => send(response, Buffer.alloc(0)), 'it is no JSON'],
    [
      'half of it',
      (response) => send(response, gzipSync(kevFile({ 'CVE-2022-0185': false })).subarray(0, 60)),
      'unexpected end of file',
    ],
    [
      'less than was announced',
      (response) => {
        response.writeHead(200, { 'content-length': '5000' })
        response.write('{"title":')
        setImmediate(() => response.destroy())
      },
      'cannot be fetched',
    ],
    ['too much', (response) => send(response, large), 'longer than the limit of 16 MiB'],
    [
      'too much, packed',
      (response) => send(response, gzipSync(Buffer.alloc(65 * 1024 * 1024))),
      'larger than',
    ],
    ['that nothing has changed', (response) => void response.writeHead(304).end(), 'answered 304'],
    [
      'an address without https',
      (response) => void response.writeHead(302, { location: 'http://127.0.0.1/kev.json' }).end(),
      'which is not https',
    ],
    [
      'itself, again and again',
      (response) => void response.writeHead(302, { location: '/kev.json' }).end(),
      'sent on more than 5 times',
    ],
  ])('never become %s', async (name, misbehave, trouble) => {
    let isGood = name !== 'that nothing has changed'
    await using server = await feedServer((_, response) => {
      if (isGood) send(response, kevFile({ 'CVE-2022-0492': false }, 'good'))
      else misbehave(response)
    })
    if (isGood) await read(server, { kev: 'fetch' })
    isGood = false
    const { feeds, told } = await read(server, { kev: 'fetch' }, start + 30 * hour)
    expect(told).toEqual([expect.stringContaining(trouble)])
    expect(feeds?.kev?.version).toBe(name === 'that nothing has changed' ? undefined : 'good')
    // What was kept is still good, and still old.
    isGood = true
    const again = await read(server, { kev: 'fetch' }, start + 31 * hour)
    expect([again.feeds?.kev?.version, again.told]).toEqual(['good', []])
  })

  test('are followed to where they have moved, over https', async () => {
    await using server = await feedServer(({ url, headers }, response) => {
      if (headers['x-host'] === 'old.example')
        response.writeHead(301, { location: 'https://new.example/kev.json' }).end()
      else send(response, kevFile({ [`CVE-2022-${url?.length ?? 0}0492`]: false }))
    })
    const { feeds, told } = await read(server, { kev: 'https://old.example/feeds/kev.json' })
    expect([feeds?.kev?.entries.size, told]).toEqual([1, []])
    expect(server.asked.map(({ url }) => url)).toEqual(['old.example/feeds/kev.json', 'new.example/kev.json'])
  })

  test('are fetched anew where the copy is not what was kept', async () => {
    await using server = await feedServer((_, response) =>
      send(response, kevFile({ 'CVE-2022-0492': false })),
    )
    await read(server, { kev: 'fetch' })
    const [name = ''] = kept()
    const file = join(folder, 'cache', 'feeds', name)
    const good = readFileSync(file, 'utf8')
    for (const bad of ['', 'x', good.slice(0, -1), good.replace('2022-0492', '2022-0493'), '{}\n{}']) {
      writeFileSync(file, bad)
      const asked = server.asked.length
      const { feeds, told } = await read(server, { kev: 'fetch' })
      expect([feeds?.kev?.entries.has('CVE-2022-0492'), told]).toEqual([true, []])
      expect(server.asked.length).toBe(asked + 1)
      expect(server.asked.at(-1)?.headers['if-none-match']).toBeUndefined()
    }
    // So are copies of tomorrow: a clock that was wrong does not keep a feed for years.
    const { told } = await read(server, { kev: 'fetch' }, start - hour)
    expect(told).toEqual([])
    expect(server.asked).toHaveLength(7)
  })

  // Only root may give a file away.
  test.runIf(process.getuid?.() === 0)('are fetched anew where the copy is of somebody else', async () => {
    await using server = await feedServer((_, response) =>
      send(response, kevFile({ 'CVE-2022-0492': false })),
    )
    await read(server, { kev: 'fetch' })
    const [name = ''] = kept()
    chownSync(join(folder, 'cache', 'feeds', name), 65534, 65534)
    await read(server, { kev: 'fetch' })
    expect(server.asked).toHaveLength(2)
  })

  test('are used where they cannot be kept', async () => {
    await using server = await feedServer((_, response) =>
      send(response, kevFile({ 'CVE-2022-0492': false })),
    )
    writeFileSync(join(folder, 'cache'), 'a file stands there')
    const { feeds, told } = await read(server, { kev: 'fetch' })
    expect(feeds?.kev?.entries.size).toBe(1)
    expect(told).toEqual([expect.stringContaining('cannot be kept, so it is fetched every time')])
  })

  test('leave nothing else behind, and nobody else may read them', async () => {
    await using server = await feedServer((_, response) =>
      send(response, kevFile({ 'CVE-2022-0492': false })),
    )
    await Promise.all([1, 2, 3].map(async () => read(server, { kev: 'fetch' })))
    const [name = '', ...others] = kept()
    expect([name, others]).toEqual([expect.stringMatching(/^kev-[0-9a-f]{16}$/), []])
    expect(statSync(join(folder, 'cache', 'feeds', name)).mode & 0o077).toBe(0)
  })
})

test.each([
  ['http://mirror.example/kev.json', 'only addresses with https'],
  ['ftp://mirror.example/kev.json', 'only addresses with https'],
  ['https://me:secret@mirror.example/kev.json', 'only addresses with https'],
  ['no-such-file.json', 'cannot be read'],
])('%s is refused before anything is asked', async (kev, message) => {
  await using server = await feedServer((_, response) => send(response, epssFile({ 'CVE-2022-0492': 0.1 })))
  await expect(read(server, { kev, epss: 'fetch' })).rejects.toThrow(message)
  if (message.startsWith('only')) expect(server.asked).toEqual([])
})

test.each([
  [{ XDG_CACHE_HOME: '/home/a/cache' }, '/home/a/cache/k8s-autofix'],
  [{ XDG_CACHE_HOME: 'cache', LOCALAPPDATA: '/home/a/local' }, '/home/a/local/k8s-autofix'],
  [{ XDG_CACHE_HOME: 'cache' }, join(homedir(), '.cache', 'k8s-autofix')],
  [{ XDG_CACHE_HOME: '' }, join(homedir(), '.cache', 'k8s-autofix')],
])('copies are never kept in the folder one stands in: %j', (environment, expected) => {
  expect(cacheFolder(environment)).toBe(join(expected))
})

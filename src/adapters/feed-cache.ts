import { createHash, randomUUID } from 'node:crypto'
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { failureText, follow } from '../cluster/index.ts'
import { InfrastructureError, messageOf } from '../model/index.ts'

/** Where fetched feeds are kept, and what they are fetched with. */
export interface FeedPlace {
  /** Absolute path of this tool's own folder; made when it is not there. */
  cacheFolder: string
  /** Knows the proxies of where it runs. */
  fetch: typeof globalThis.fetch
  /** Milliseconds since 1970. */
  time: () => number
  progress: (text: string) => void
}

/** What a feed is read as. */
export interface FeedKind<Feed> {
  name: 'epss' | 'kev'
  /** Throws for what is no such feed. */
  read: (text: string, name: string) => Feed
  /** Whether it says nothing at all, as no publisher would. */
  isEmpty: (feed: Feed) => boolean
}

/** A feed, as far as there is one, and what went wrong on the way to it. */
export interface Fetched<Feed> {
  feed?: Feed
  trouble?: string
}

/** Feeds are published once a day, on working days; the daily file of EPSS has some 3 MiB, packed, and KEV 2. */
const freshFor = 24 * 60 * 60 * 1000
const mostBytes = 16 * 1024 * 1024
const mostUnpacked = 64 * 1024 * 1024
const deadline = 30_000

const gzipMagic = Buffer.from([0x1f, 0x8b])

/** Text that may be packed by gzip, as EPSS is published. Throws for what unpacks to too much. */
export function unpacked(bytes: Buffer): string {
  const isPacked = bytes.subarray(0, 2).equals(gzipMagic)
  return (isPacked ? gunzipSync(bytes, { maxOutputLength: mostUnpacked }) : bytes).toString('utf8')
}

/**
 * A feed of an address: the copy that is kept where it is younger than a day, else what the publisher has by now. Only
 * what can be read as a feed takes the place of a copy; where there is none to be had, the old copy is used. Never fails.
 */
export async function fetchFeed<Feed>(
  url: string,
  kind: FeedKind<Feed>,
  place: FeedPlace,
): Promise<Fetched<Feed>> {
  const file = join(place.cacheFolder, 'feeds', `${kind.name}-${sha256(url).slice(0, 16)}`)
  const kept = readKept(file, url, kind)
  const now = place.time()
  const age = kept === undefined ? Number.POSITIVE_INFINITY : now - kept.head.fetched
  if (kept !== undefined && age >= 0 && age < freshFor) return { feed: kept.feed }
  try {
    place.progress(`fetching ${url}`)
    const answer = await ask(url, kept?.head, place.fetch)
    const body = answer.body ?? kept?.body
    // Without a condition in the question, no server has reason to say that nothing has changed.
    if (body === undefined) throw new InfrastructureError(`${url}: the server answered 304`)
    const feed = answer.body === undefined ? kept?.feed : readAs(kind, answer.body, url)
    const { etag, lastModified } = answer
    const head = {
      url,
      fetched: now,
      sha256: sha256(body),
      ...(etag && { etag }),
      ...(lastModified && { lastModified }),
    }
    const trouble = keep(file, head, body)
    return { ...(feed !== undefined && { feed }), ...(trouble !== undefined && { trouble }) }
  } catch (error) {
    if (!(error instanceof InfrastructureError)) throw error
    if (kept === undefined) return { trouble: error.message }
    const since = age < 0 ? 'a copy whose time lies ahead is' : `the copy of ${ageText(age)} ago is`
    return { feed: kept.feed, trouble: `${error.message}; ${since} used` }
  }
}

interface Answer {
  /** Absent where nothing has changed. */
  body?: Buffer
  etag: string | undefined
  lastModified: string | undefined
}

async function ask(
  url: string,
  known: Pick<Head, 'etag' | 'lastModified'> | undefined,
  fetch: typeof globalThis.fetch,
): Promise<Answer> {
  const signal = AbortSignal.timeout(deadline)
  try {
    const response = await follow(new URL(url), {
      signal,
      fetch,
      headers: {
        'user-agent': 'k8s-autofix',
        ...(known?.etag !== undefined && { 'if-none-match': known.etag }),
        ...(known?.lastModified !== undefined && { 'if-modified-since': known.lastModified }),
      },
      answers: [200, 304],
      hint: '',
    })
    const etag = plain(response.headers.get('etag')) ?? (response.status === 304 ? known?.etag : undefined)
    const lastModified =
      plain(response.headers.get('last-modified')) ??
      (response.status === 304 ? known?.lastModified : undefined)
    if (response.status === 304) {
      await response.body?.cancel()
      return { etag, lastModified }
    }
    return { body: await bodyOf(response, url), etag, lastModified }
  } catch (error) {
    if (error instanceof InfrastructureError) throw error
    throw new InfrastructureError(
      signal.aborted
        ? `${url}: not fetched within ${deadline / 1000} s`
        : `${url}: cannot be fetched: ${failureText(error)}`,
    )
  }
}

async function bodyOf(response: Response, url: string): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  // Node's fetch body yields byte chunks; the web type of it does not say so.
  const body: AsyncIterable<Uint8Array> | null = response.body
  for await (const chunk of body ?? []) {
    length += chunk.byteLength
    if (length > mostBytes)
      throw new InfrastructureError(`${url}: longer than the limit of ${mostBytes / 1024 / 1024} MiB`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** What is sent back in the next question; nothing odd is kept. */
function plain(header: string | null): string | undefined {
  return header !== null && /^[\x20-\x7e]{1,500}$/.test(header) ? header : undefined
}

function readAs<Feed>({ read, isEmpty }: FeedKind<Feed>, body: Buffer, url: string): Feed {
  let feed: Feed
  try {
    feed = read(unpacked(body), url)
  } catch (error) {
    const text = messageOf(error)
    throw new InfrastructureError(text.startsWith(url) ? text : `${url}: ${text}`)
  }
  if (isEmpty(feed)) throw new InfrastructureError(`${url}: the feed is empty`)
  return feed
}

const headSchema = z.object({
  url: z.string(),
  /** Milliseconds since 1970. */
  fetched: z.int(),
  sha256: z.string(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
})
type Head = z.infer<typeof headSchema>

/** A copy is one file, so that no other run can part it from what is known of it: a line of JSON, and what was sent. */
function readKept<Feed>(
  file: string,
  url: string,
  kind: FeedKind<Feed>,
): { head: Head; body: Buffer; feed: Feed } | undefined {
  try {
    const status = lstatSync(file)
    if (!status.isFile() || status.size > mostBytes + 4096) return undefined
    // In a folder that others may write, anybody can leave a copy for whoever comes next.
    if (process.getuid !== undefined && status.uid !== process.getuid()) return undefined
    const bytes = readFileSync(file)
    const end = bytes.indexOf('\n')
    const head = headSchema.parse(JSON.parse(bytes.subarray(0, end).toString('utf8')))
    const body = bytes.subarray(end + 1)
    if (head.url !== url || head.sha256 !== sha256(body)) return undefined
    return { head, body, feed: readAs(kind, body, url) }
  } catch {
    // Absent, cut short or not ours: either way it is fetched anew.
    return undefined
  }
}

/** Whoever reads it meanwhile sees the old one or the new one. What cannot be kept is fetched again. */
function keep(file: string, head: Head, body: Buffer): string | undefined {
  const draft = join(dirname(file), `.${randomUUID()}`)
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  } catch (error) {
    return notKept(head, error)
  }
  try {
    writeFileSync(draft, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]), {
      flag: 'wx',
      mode: 0o600,
    })
    renameSync(draft, file)
    return undefined
  } catch (error) {
    rmSync(draft, { force: true })
    return notKept(head, error)
  }
}

function notKept({ url }: Head, error: unknown): string {
  return `${url}: cannot be kept, so it is fetched every time: ${messageOf(error)}`
}

function ageText(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3_600_000)
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

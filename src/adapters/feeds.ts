import { readFileSync, statSync } from 'node:fs'
import { messageOf, UserError } from '../model/index.ts'
import { readEpss, readKev, readTrivy, type Epss, type Feeds, type Kev } from '../risk/index.ts'
import { fetchFeed, unpacked, type FeedKind, type FeedPlace } from './feed-cache.ts'

export type { FeedPlace } from './feed-cache.ts'

/** Where what is known of vulnerabilities comes from, as it was asked for. */
export interface FeedSources {
  /** A file, an address, or `fetch`: the publisher's own. */
  epss: string | undefined
  kev: string | undefined
  /** Files. */
  scans: readonly string[]
}

export type FeedName = 'epss' | 'kev' | 'image-scan'

export interface FeedOptions extends FeedPlace {
  /** What people call it: `--kev kev.json`, `input kev: kev.json`. */
  called: (name: FeedName, value?: string) => string
  /** Absolute path of a file that was named. Throws where it may not be read. */
  locate: (name: FeedName, path: string) => string
  /** Told what could not be had; the run goes on without it, or with an old copy. */
  warn: (text: string) => void
}

/** Stands for the address of the publisher. */
const fetchWord = 'fetch'

const epssKind: FeedKind<Epss> & { address: string } = {
  name: 'epss',
  address: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
  read: readEpss,
  isEmpty: ({ scores }) => scores.size === 0,
}
const kevKind: FeedKind<Kev> & { address: string } = {
  name: 'kev',
  address: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  read: readKev,
  isEmpty: ({ entries }) => entries.size === 0,
}

/** The daily file of EPSS has some 10 MiB. */
const mostFileBytes = 64 * 1024 * 1024

/**
 * What is known of vulnerabilities; undefined where nothing is asked for. A file that is not what it should be is the
 * user's to put right. What cannot be fetched is told, and is unknown then.
 */
export async function readFeeds(sources: FeedSources, options: FeedOptions): Promise<Feeds | undefined> {
  const { called } = options
  const { epss, kev, scans } = sources
  if (epss === undefined && kev === undefined && scans.length === 0) return undefined
  if (scans.length === 0 && epss !== undefined)
    throw new UserError(
      `${called('epss')} weighs what is wrong with images, and no image was scanned`,
      `trivy image --format json --output scan.json IMAGE, and name the file with ${called('image-scan')}`,
    )
  if (epss === undefined && kev === undefined)
    throw new UserError(
      `${called('image-scan')} names vulnerabilities, and nothing says which of them are attacked`,
      `add ${called('epss')} or ${called('kev')}: a file, or ${fetchWord}`,
    )
  const named = checked(sources, options)
  return {
    epss: epss === undefined ? undefined : await feedOf(epss, epssKind, named, options),
    kev: kev === undefined ? undefined : await feedOf(kev, kevKind, named, options),
    scans: scans.map((path) => readTrivy(named('image-scan', path), path)),
  }
}

type ReadNamed = (name: FeedName, path: string) => string

/** Reads what was named; all addresses are looked at first, so that a mistake is told before anything is fetched. */
function checked({ epss, kev }: FeedSources, { called, locate }: FeedOptions): ReadNamed {
  for (const [name, value] of [['epss', epss] as const, ['kev', kev] as const])
    if (value !== undefined && /^[a-z][a-z0-9+.-]*:\/\//i.test(value) && !isAddress(value))
      throw new UserError(`${called(name, value)}: only addresses with https are fetched`)
  return (name, path) => textOf(locate(name, path), called(name, path))
}

function isAddress(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, username, password } = new URL(value)
  // What is in an address is told to people.
  return protocol === 'https:' && username === '' && password === ''
}

async function feedOf<Feed>(
  source: string,
  kind: FeedKind<Feed> & { address: string },
  named: ReadNamed,
  options: FeedOptions,
): Promise<Feed | undefined> {
  const url = source === fetchWord ? kind.address : source
  if (!isAddress(url)) return kind.read(named(kind.name, source), source)
  const { feed, trouble } = await fetchFeed(url, kind, options)
  if (trouble !== undefined)
    options.warn(feed === undefined ? `${trouble}; the risk does without it` : trouble)
  return feed
}

function textOf(path: string, what: string): string {
  try {
    const status = statSync(path)
    if (!status.isFile()) throw new Error('it is no regular file')
    if (status.size > mostFileBytes) throw new Error(`it is larger than ${mostFileBytes / 1024 / 1024} MiB`)
    return unpacked(readFileSync(path))
  } catch (error) {
    throw new UserError(`${what}: cannot be read: ${messageOf(error)}`)
  }
}

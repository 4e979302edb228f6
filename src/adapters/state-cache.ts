import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProgram, isGuarded } from '../cluster/index.ts'
import { messageOf } from '../model/index.ts'
import { emptyState, stateText, type StateStore } from '../schedule/index.ts'
import { cachedFile, cacheEndings } from './cache-words.ts'
import { guardedFolders } from './guarded.ts'
import { inPrivateFolder, writeFile } from './private-folder.ts'
import { mostBytes, readState } from './state-file.ts'
import { toolRunner } from './tool-runner.ts'

export interface StateCacheOptions {
  /** Of the step, as the runner has set it. */
  environment: Readonly<Record<string, string | undefined>>
  /** The file that this program was started from; that of the client, src/cache.ts, lies beside it. */
  entry: URL
  /** Milliseconds for one restore or save; whatever is not done by then is given up. */
  timeLimit?: number
}

/** Entries are never changed: each run makes one of its own, and reads the newest of all. */
const prefix = 'k8s-autofix-state-v1-'

/** A good answer takes a second; a service that fails is asked again for half a minute by the client itself. */
const patience = 60_000

/** Bytes that the client may print. */
const mostOutput = 1024 * 1024

/** Bytes in the folder of the client, archive and all, above which it is stopped. */
const mostUnpacked = 4 * mostBytes

/** Milliseconds between two looks at them. */
const glance = 50

/**
 * A state in the cache of Actions. An entry is hostile: a run for a pull request may read what an earlier run of the same
 * pull request has saved, and the client unpacks it with whatever names and links it holds. So that happens in a private
 * folder, by a process that is bounded in time and room and has no token for GitHub, and all that is looked at afterwards
 * is one regular file.
 */
export function stateCache(options: StateCacheOptions): StateStore {
  // A state made without the one that is there may hold less, and as the newest would stand before it.
  let mayHide = false
  return {
    async restore() {
      const trouble = (why: string): { state: typeof emptyState; trouble: string } => ({
        state: emptyState,
        trouble: `the state cannot be read from the cache of Actions (${why}): this run knows nothing of earlier reviews`,
      })
      try {
        return await inClientFolder(options, async (folder) => {
          const { ending, why } = await ask(options, folder, 'restore', prefix)
          mayHide = ending === 'unanswered'
          if (ending !== 'done') return why === undefined ? { state: emptyState } : trouble(why)
          const { state, trouble: unread } = readState(join(folder, cachedFile), 'what the cache holds')
          return unread === undefined ? { state } : trouble(unread)
        })
      } catch (error) {
        return trouble(messageOf(error))
      }
    },
    async save(state) {
      const trouble = (why: string): { trouble: string } => ({
        trouble: `the state cannot be kept in the cache of Actions (${why}): what this run has learned, the next one learns again`,
      })
      const key = keyOf(options)
      if (key === undefined) return trouble('the run has no number')
      if (mayHide) return trouble('it could not be read, and is not hidden behind one that knows less')
      try {
        return await inClientFolder(options, async (folder) => {
          writeFile(join(folder, cachedFile), stateText(state))
          const { ending, why } = await ask(options, folder, 'save', key)
          return ending === 'done' ? {} : trouble(why ?? 'the client does not say why')
        })
      } catch (error) {
        return trouble(messageOf(error))
      }
    },
  }
}

function keyOf({ environment }: StateCacheOptions): string | undefined {
  const { GITHUB_RUN_ID: run = '', GITHUB_RUN_ATTEMPT: attempt = '1' } = environment
  return /^\d{1,20}$/.test(run) && /^\d{1,9}$/.test(attempt) ? `${prefix}${run}-${attempt}` : undefined
}

/** The client puts paths into command lines without quotes, which is no place for a blank. */
function inClientFolder<Result>(
  { environment }: StateCacheOptions,
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const parents = [environment['RUNNER_TEMP'] ?? tmpdir(), tmpdir()]
  const parent = parents.find((path) => !/[\s"']/.test(path))
  if (parent === undefined) throw new Error(`the path of ${parents.join(' and ')} holds a blank or a quote`)
  return inPrivateFolder(parent, work)
}

interface Answer {
  ending: 'done' | 'nothing' | 'unanswered'
  /** Why there is nothing; absent where nothing is wrong. */
  why?: string | undefined
}

async function ask(
  { environment, entry, timeLimit = patience }: StateCacheOptions,
  folder: string,
  verb: 'restore' | 'save',
  key: string,
): Promise<Answer> {
  const nothing = (why: string | undefined): Answer => ({ ending: 'nothing', why })
  const unanswered = (why: string): Answer => ({ ending: 'unanswered', why })
  const unavailable = nothing('the runner offers none; input state: none asks for none')
  if (!isOffered(environment)) return unavailable
  const path = await safePath(environment)
  if (!(await hasGnuTar(path, folder, environment)))
    return nothing('there is no GNU tar, which the client needs, on PATH')
  const full = new AbortController()
  const watch = setInterval(() => {
    if (sizeOf(folder) > mostUnpacked) full.abort(new Error('what the cache holds is too large for a state'))
  }, glance)
  try {
    const outcome = await toolRunner.run({
      program: process.execPath,
      arguments: [fileURLToPath(new URL(`cache${extname(entry.pathname)}`, entry)), verb, key],
      folder,
      environment: {
        ...environmentOf(environment, path, folder),
        ...(verb === 'restore' && { TAR_OPTIONS: oneName }),
      },
      timeLimit,
      outputLimit: mostOutput,
      signal: full.signal,
    })
    switch (outcome.kind) {
      case 'exited': {
        const why = whyNot(outcome.stdout)
        if (outcome.exitCode === cacheEndings.done) return { ending: 'done' }
        if (outcome.exitCode === cacheEndings.unavailable) return unavailable
        if (why?.startsWith('Failed to GetCacheEntryDownloadURL: ') === true) return unanswered(why)
        return nothing(outcome.exitCode === cacheEndings.nothing ? why : (why ?? lastOf(outcome.stderr)))
      }
      case 'killed':
        return unanswered(`its client was ended by ${outcome.signal}`)
      case 'timed-out':
        return unanswered(`there was no answer within ${outcome.milliseconds / 1000} s`)
      case 'too-much-output':
        return nothing('its client did not stop printing')
    }
  } finally {
    clearInterval(watch)
  }
}

/**
 * Read by GNU tar, which the client runs with names as they are, absolute ones and `..` as well: whatever an archive
 * calls its content, it becomes the one file, of whose owner and rights nothing is taken over.
 */
const oneName = `--transform=flags=r;s,^.*$,${cachedFile}, --no-same-owner --no-same-permissions`

/** A `run:` step has none of these, nor has every Enterprise Server a cache. */
function isOffered(environment: StateCacheOptions['environment']): boolean {
  const isSet = (name: string): boolean => (environment[name] ?? '') !== ''
  return isSet('ACTIONS_RUNTIME_TOKEN') && (isSet('ACTIONS_RESULTS_URL') || isSet('ACTIONS_CACHE_URL'))
}

/** What the client, its proxies, tar and Node itself read; no token but the one of the cache. */
const passedOn = [
  'ACTIONS_CACHE_MODE',
  'ACTIONS_CACHE_SERVICE_V2',
  'ACTIONS_CACHE_URL',
  'ACTIONS_RESULTS_URL',
  'ACTIONS_RUNTIME_TOKEN',
  'GITHUB_SERVER_URL',
  'RUNNER_OS',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'NODE_EXTRA_CA_CERTS',
  'COMSPEC',
  'PATHEXT',
  'PROGRAMFILES',
  'SYSTEMDRIVE',
  'SYSTEMROOT',
  'WINDIR',
]

function environmentOf(
  environment: StateCacheOptions['environment'],
  path: string,
  folder: string,
): Record<string, string> {
  const passed = passedOn.flatMap((name): [string, string][] => {
    const value = environment[name]
    return value === undefined ? [] : [[name, value]]
  })
  return {
    ...Object.fromEntries(passed),
    PATH: path,
    HOME: folder,
    TMPDIR: folder,
    RUNNER_TEMP: folder,
    GITHUB_WORKSPACE: folder,
  }
}

/** PATH without the folders that a pull request may fill: the client looks up tar and zstd there. */
async function safePath(environment: StateCacheOptions['environment']): Promise<string> {
  const folder = environment['GITHUB_WORKSPACE'] ?? process.cwd()
  const repositories = guardedFolders({ folder, startedIn: process.cwd(), environment, inActions: true })
  const folders = (environment['PATH'] ?? '').split(delimiter)
  const guarded = await Promise.all(folders.map((one) => isGuarded(join(one, 'tar'), repositories)))
  return folders.filter((one, index) => one !== '' && guarded[index] === false).join(delimiter)
}

/** The tar that the client will take is one that heeds `oneName`. */
async function hasGnuTar(
  path: string,
  folder: string,
  environment: StateCacheOptions['environment'],
): Promise<boolean> {
  const program = await tarOf(path, environment)
  if (program === undefined) return false
  const outcome = await toolRunner.run({
    program,
    arguments: ['--version'],
    folder,
    environment: { PATH: path },
    timeLimit: 10_000,
    outputLimit: mostOutput,
  })
  return outcome.kind === 'exited' && /gnu tar/i.test(outcome.stdout)
}

/** As the client looks for it. */
async function tarOf(
  path: string,
  environment: StateCacheOptions['environment'],
): Promise<string | undefined> {
  if (process.platform === 'win32') {
    const ofGit = join(environment['PROGRAMFILES'] ?? '', 'Git', 'usr', 'bin', 'tar.exe')
    if (existsSync(ofGit)) return ofGit
  }
  const gtar = process.platform === 'darwin' ? await findProgram('gtar', path, []) : undefined
  return gtar ?? (await findProgram('tar', path, []))
}

/** Bytes of all files; what goes away meanwhile counts nothing. */
function sizeOf(folder: string): number {
  let bytes = 0
  try {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      bytes += lstatSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0
  } catch {
    // A folder that went away between the two.
  }
  return bytes
}

/** Most of a reason that is passed on. */
const longestReason = 200

/** The last reason that the client has printed, as a command to the runner or as text. */
function whyNot(stdout: string): string | undefined {
  const said = [
    ...stdout.matchAll(
      /^(?:::(?:warning|error)[^:]*::(?:Failed to (?:restore|save): )?|Failed to save: |Cache (?:restore|save) skipped: )(.+)$/gm,
    ),
  ].at(-1)?.[1]
  if (said === undefined) return undefined
  if (said.includes('cache write denied:'))
    return 'this run may only read it; runs for a push, a schedule or a dispatch write'
  return said.includes('cache read denied:') ? 'this run may not read it' : oneLine(said)
}

function lastOf(stderr: string): string {
  const line = /^\w*Error: .*$/m.exec(stderr)?.[0]
  return oneLine(line ?? 'its client failed')
}

/** Addresses go: some are signed, and open to whoever knows them. */
function oneLine(text: string): string {
  const line = text
    .replaceAll(/%(?:0D|0A)|[\s\p{Cc}]+/gu, ' ')
    .replaceAll('%25', '%')
    .replaceAll(/\w+:\/\/\S+/g, '...')
    .trim()
  return line.length > longestReason ? `${line.slice(0, longestReason)}...` : line
}

import { existsSync, lstatSync, statSync } from 'node:fs'
import { join, posix, resolve } from 'node:path'
import type { FileScope } from '../change/index.ts'
import { isRead } from '../config/index.ts'
import { namedByRules } from '../detect/index.ts'
import { leftToKyverno, policiesOf } from '../kyverno/index.ts'
import type { Finding, Level, OutsideRequest } from '../model/index.ts'
import type { Request } from '../pipeline.ts'
import type { Feeds } from '../risk/index.ts'
import { run, type EngineBeside, type Outcome, type RunPorts } from '../run.ts'
import { startApiEngine } from './api-engine.ts'
import type { Checkout } from './checkout.ts'
import { guardedFolders } from './guarded.ts'
import { openWhatIsAsked, type Opened, type StartApi } from './opening.ts'
import { inlinePool, workerPool } from './pool.ts'
import type { RegistryOptions } from './registry.ts'
import { listFiles, readListed, type Listing } from './workspace.ts'

/** Below this much text, starting threads costs more than they save. */
const inlineBytes = 256 * 1024

/** How standard input is named in reports. */
export const stdinName = '<stdin>'

/** What a run reads. */
export interface RunInput {
  /**
   * The folder that the run was started in: what a flag names is named from there, and nothing in its repository is run.
   * A change is laid out and read somewhere else.
   */
  startedIn: string
  /** As the user gave them, relative to the working folder. */
  paths: readonly string[]
  /** Text of standard input, read in place of files. */
  stdin: string | undefined
  /** Worker threads; 0 = in this thread. */
  jobs: number
  /** Milliseconds that one file may take. */
  timeout: number
  progress: (done: number, of: number, what?: string) => void
  /** Engines and a cluster that judge as well. */
  outside: OutsideRequest
  requested: Level
  environment: Readonly<Record<string, string | undefined>>
  /** What is being started, for people who wait. */
  starting: (text: string) => void
  warn: (text: string) => void
  /** Findings that a baseline file takes as given. */
  accepted?: ReadonlySet<string>
  /** Engines of another run over the same change. */
  running?: readonly EngineBeside[]
  /** What is known of the vulnerabilities of images. */
  feeds?: Feeds
}

/** Where runs happen. */
export interface Host {
  /** The file that worker threads run. */
  entry: URL
  version: string
  now: () => number
  startApi?: StartApi
}

/** Asked before what a run has started is closed. */
export type AfterRun<Result> = (outcome: Outcome, opened: Opened) => Promise<Result>

/** Runs the pipeline over what stands in a folder. Writes nothing. */
export async function runIn(folder: string, request: Request, input: RunInput, host: Host): Promise<Outcome> {
  return finish(await start(folder, request, input, host), folder, request, input, host, async (one) => one)
}

/**
 * Runs the pipeline over a change: what the merge base has is found first, in the same way, and what the head has beside
 * it is in scope. `prefix` is where paths start, from the root of the repository. `after` may still ask what the run
 * has started. Where it is no change but a whole branch, all of it is in scope.
 */
export async function runOnChange<Result>(
  checkout: Checkout,
  prefix: string,
  request: Request,
  input: RunInput,
  host: Host,
  after: AfterRun<Result>,
  isChange = true,
): Promise<Result> {
  const files = new Map([...checkout.files].map(([path, scope]) => [posix.relative(prefix, path), scope]))
  const base = join(checkout.base, prefix)
  const paths = input.paths.filter((path) => existsSync(resolve(base, path)))
  const accepted = input.accepted ?? new Set()
  // An object is looked at wherever it stands; which lines are touched does not matter there.
  const whole = new Map(
    [...files.keys()].map((file): [string, FileScope] => [file, { changed: [], shown: [] }]),
  )
  const head = join(checkout.head, prefix)
  // The servers start while the merge base is looked at.
  const started = await start(head, request, input, host)
  started.listing.unread.push(
    ...checkout.unread.map((one) => ({ ...one, file: posix.relative(prefix, one.file) })),
  )
  let before: Outcome | undefined
  try {
    if (paths.length > 0 && isChange)
      before = await runIn(
        base,
        {
          ...request,
          config: {
            ...request.config,
            root: slashed(base),
            folder: slashed(checkout.base) + tail(request, checkout),
          },
          level: 'text',
          api: false,
          changes: false,
          beside: input.outside.engines.length > 0,
          detectOnly: true,
          scope: { files: whole, before: new Set(), accepted: new Set() },
        },
        {
          ...input,
          paths,
          outside: { ...input.outside, api: false, cluster: undefined },
          requested: 'text',
          running: started.opened.engines,
          progress: () => undefined,
          warn: () => undefined,
        },
        host,
      )
  } catch (error) {
    await started.opened.close()
    throw error
  }
  const scope = {
    files: isChange ? files : undefined,
    // What an exception held back there was not taken as given: without the exception it is open.
    before: fingerprintsOf(before, ({ state }) => state !== 'suppressed'),
    accepted,
    ...(isChange && {
      exceptions: {
        known: before?.exceptions ?? new Set<string>(),
        suppressed: fingerprintsOf(before, ({ state }) => state === 'suppressed'),
      },
    }),
  }
  // Not all that the commit holds is laid out.
  const exists = (file: string): boolean => checkout.has(posix.join(prefix, file))
  return finish(started, head, { ...request, scope }, input, host, after, checkout.isWhole, exists)
}

function fingerprintsOf(outcome: Outcome | undefined, isMeant: (finding: Finding) => boolean): Set<string> {
  return new Set(outcome?.report.findings.filter(isMeant).map(({ fingerprint }) => fingerprint))
}

/** Where the folder of the configuration lies below the root of the repository, with a leading `/` where it does. */
function tail({ config }: Request, { head }: Checkout): string {
  return config.folder.startsWith(slashed(head)) ? config.folder.slice(slashed(head).length) : ''
}

interface Started {
  listing: Listing
  opened: Opened
}

/** Lists what will be read, and starts what will be asked. */
async function start(folder: string, request: Request, input: RunInput, host: Host): Promise<Started> {
  const { paths, outside, environment } = input
  if (!outside.engines.includes('kyverno')) leftToKyverno(request.config.kyverno).forEach(input.warn)
  // Before anything is started: a path that is not there is the user's to put right.
  const listing = listFiles(paths, { folder, includes: (file) => isRead(request.config, file) })
  const world = {
    entry: host.entry,
    folder,
    startedIn: input.startedIn,
    paths,
    environment,
    inActions: isInActions(environment),
    progress: input.starting,
    warn: input.warn,
    request,
    running: input.running,
    startApi: host.startApi ?? startApiEngine,
  }
  return { listing, opened: await openWhatIsAsked(outside, world) }
}

/** Runs the pipeline, and closes what was started for it. */
async function finish<Result>(
  { listing, opened }: Started,
  folder: string,
  asked: Request,
  { startedIn, paths, stdin, jobs, timeout, progress, requested, outside, environment, feeds }: RunInput,
  { entry, now, version }: Host,
  after: AfterRun<Result>,
  isWhole = true,
  exists = (file: string): boolean =>
    lstatSync(resolve(folder, file), { throwIfNoEntry: false }) !== undefined,
): Promise<Result> {
  // What an engine has been told to look for is found, explained and fixed by our policy of it, too.
  const policies = policiesOf(asked.config)
  const switchedOn = opened.engines.flatMap(({ engine }) => namedByRules(engine, policies))
  const request: Request = { ...asked, switchedOn }
  const registry =
    outside.registry &&
    (await openRegistries({
      request: outside.registry,
      environment,
      repositories: guardedFolders({
        folder,
        startedIn,
        paths,
        environment,
        inActions: isInActions(environment),
      }),
    }))
  const ports: RunPorts = {
    listing,
    read: readListed,
    exists,
    texts: stdin === undefined ? [] : [{ file: stdinName, text: stdin }],
    open: (bytes, api, whole) =>
      jobs < 2 || bytes < inlineBytes
        ? inlinePool(whole, timeout, api)
        : workerPool(entry, jobs, whole, timeout, api),
    engines: opened.engines,
    cluster: opened.cluster,
    api: opened.api,
    requested,
    policies,
    digests: registry?.digests,
    feeds,
    wholeConfiguration:
      isWhole &&
      request.scope?.files === undefined &&
      paths.some((path) => isAround(slashed(resolve(folder, path)), request.config.folder)),
    wholeFolders: isWhole && stdin === undefined && paths.every((path) => isFolder(resolve(folder, path))),
    now,
    progress,
  }
  try {
    return await after(await run(request, version, ports), opened)
  } finally {
    registry?.close()
    await opened.close()
  }
}

/** What speaks to registries is loaded only where one is asked. */
async function openRegistries(
  options: RegistryOptions,
): Promise<{ digests: NonNullable<RunPorts['digests']>; close: () => void }> {
  const { digestsOf, openRegistry } = await import('./registry.ts')
  const registry = openRegistry(options)
  return {
    digests: async (images) => digestsOf(images, registry),
    close: () => registry.close(),
  }
}

function isInActions(environment: RunInput['environment']): boolean {
  return environment['GITHUB_ACTIONS'] === 'true'
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/** Whether a folder is another one, or one above it. */
function isAround(folder: string, other: string): boolean {
  return `${other}/`.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/')
}

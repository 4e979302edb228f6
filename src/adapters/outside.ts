import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import {
  chooseCluster,
  envtestArchive,
  findProgram,
  isGuarded,
  isProgram,
  openCluster,
  type OpenedCluster,
  type OpenOptions,
} from '../cluster/index.ts'
import {
  defaultSettings,
  looksAcrossObjects,
  parseSettings,
  type JudgingPolicy,
  type KubeLinterSettings,
} from '../detect/index.ts'
import { readMutatingPolicies } from '../kyverno/index.ts'
import { messageOf, UserError, type OutsideEngine, type OutsideRequest } from '../model/index.ts'
import type { EngineBeside } from '../run.ts'
import { cacheFolder } from './cache-folder.ts'
import { whenEnding } from './ending.ts'
import { guardedFolders, type Guarded } from './guarded.ts'
import { createKubeLinter, kubeLinterHint } from './kube-linter.ts'
import { mutate } from './kyverno-mutations.ts'
import { kyvernoPolicies, type KyvernoRequest } from './kyverno-policies.ts'
import { createKyverno, kyvernoHint } from './kyverno.ts'
import type { StartApi } from './opening.ts'
import { memoryFolder } from './private-folder.ts'
import { findTool, toolRunner } from './tool-runner.ts'

export interface OutsideWorld extends Guarded {
  /** The file that worker threads and the keeper of servers run. */
  entry: URL
  /** What the engines judge by. */
  request: KyvernoRequest
  /** Engines of an earlier run over the same change: what they know by now need not be asked again. */
  running?: readonly EngineBeside[] | undefined
  startApi: StartApi
  /** What is being started, for people who wait. */
  progress: (text: string) => void
  /** What a person should know, one sentence. */
  warn: (text: string) => void
}

export interface Outside {
  engines: EngineBeside[]
  /** Undefined where none was asked for, or `auto` found none. */
  cluster: Promise<OpenedCluster> | undefined
  close(): Promise<void>
}

interface Started {
  opening: Promise<OpenedCluster>
  /** Whether it stays where nobody closes it. */
  outlivesUs: boolean
}

/** Starts what a run asks for. A cluster starts in the background; who waits for it gets its error. */
export async function openOutside(request: OutsideRequest, world: OutsideWorld): Promise<Outside> {
  const stop = new AbortController()
  let started: Started | undefined
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    const opened = await started?.opening.catch(() => undefined)
    await opened?.cluster.close()
  }
  const closeOnce = async (): Promise<void> => (closing ??= close())
  const settled = whenEnding(() => {
    stop.abort()
    // Servers of ours have a keeper that ends them; what kind has made stays until someone deletes it.
    if (started?.outlivesUs !== true) return undefined
    world.progress('ending, once kind has cleaned up; a second signal ends this at once')
    return closeOnce()
  })
  try {
    const engines: EngineBeside[] = []
    for (const name of request.engines) engines.push(await starters[name](request, world))
    if (request.cluster !== undefined) started = await startCluster(request, world, stop.signal)
    const cluster =
      started?.outlivesUs === true ? silentAfter(stop.signal, started.opening) : started?.opening
    // Whoever awaits it later gets the error; until then it is nobody's surprise.
    cluster?.catch(() => undefined)
    return {
      engines,
      cluster,
      close: async () => {
        try {
          await closeOnce()
        } finally {
          settled()
        }
      },
    }
  } catch (error) {
    settled()
    stop.abort()
    throw error
  }
}

/**
 * A cluster that gives no answer at all once the end has begun: a run that got errors instead would go on to a report,
 * or to files, that nobody wants any more.
 */
async function silentAfter(stop: AbortSignal, opening: Promise<OpenedCluster>): Promise<OpenedCluster> {
  const unlessStopped = async <T>(work: Promise<T>): Promise<T> => {
    await work.catch(() => undefined)
    return stop.aborted ? new Promise<T>(() => undefined) : work
  }
  const { cluster, notes } = await unlessStopped(opening)
  return {
    notes,
    cluster: {
      backend: cluster.backend,
      version: cluster.version,
      prepare: async (objects) => unlessStopped(cluster.prepare(objects)),
      dryRun: async (manifest) => unlessStopped(cluster.dryRun(manifest)),
      tryUpdate: async (original, patch) => unlessStopped(cluster.tryUpdate(original, patch)),
      close: async () => cluster.close(),
    },
  }
}

const starters: Readonly<
  Record<OutsideEngine, (request: OutsideRequest, world: OutsideWorld) => Promise<EngineBeside>>
> = { 'kube-linter': startKubeLinter, kyverno: startKyverno }

async function startKubeLinter({ kubeLinter }: OutsideRequest, world: OutsideWorld): Promise<EngineBeside> {
  const { folder, startedIn, environment, inActions } = world
  const settings = kubeLinterSettings(folder)
  const engine = await createKubeLinter({
    program: await findTool({
      name: 'kube-linter',
      path: kubeLinter,
      folder: startedIn,
      searchPath: environment['PATH'] ?? '',
      repositories: guardedFolders(world),
      namedAnywhere: !inActions,
      hint: kubeLinterHint,
    }),
    settings,
    runner: toolRunner,
    temporaryFolder: memoryFolder(),
  })
  return {
    engine,
    looksAt: (file) => !settings.isIgnored(resolve(folder, file)),
    looksAcross: (rule) => looksAcrossObjects(rule, settings),
    onlyChanged: false,
  }
}

async function startKyverno({ kyverno }: OutsideRequest, world: OutsideWorld): Promise<EngineBeside> {
  const running = world.running?.find(({ engine }) => engine.name === 'kyverno')
  if (running !== undefined) return running
  const { startedIn, environment, inActions } = world
  const searchPath = environment['PATH'] ?? ''
  const repositories = guardedFolders(world)
  // It is installed by either name: as a program of its own, and as what kubectl runs for `kubectl kyverno`.
  const byKubectl =
    (await findProgram('kyverno', searchPath, repositories)) === undefined &&
    (await findProgram('kubectl-kyverno', searchPath, repositories)) !== undefined
  const program = await findTool({
    name: byKubectl ? 'kubectl-kyverno' : 'kyverno',
    path: kyverno,
    folder: startedIn,
    searchPath,
    repositories,
    namedAnywhere: !inActions,
    hint: kyvernoHint,
  })
  world.progress('kyverno takes up its policies')
  const { policies, notes, asksRegistry } = await kyvernoPolicies(world.request, () =>
    world.startApi(world.entry),
  )
  const { config } = world.request
  const mutating = readMutatingPolicies(config.kyverno, config.allowed)
  for (const note of [...notes, ...mutating.notes]) world.warn(note)
  const common = { program, runner: toolRunner, temporaryFolder: memoryFolder() }
  const engine = await createKyverno({ ...common, policies, asksRegistry })
  world.progress(`kyverno judges by ${policies.length} policies, ${costOf(policies)} for each object`)
  return {
    engine,
    ...(mutating.policies.length > 0 && {
      mutate: async (objects, progress) => mutate(objects, { ...common, ...mutating, progress }),
    }),
    looksAt: () => true,
    looksAcross: () => false,
    // Some 20 ms for each policy and object, which for a whole repository comes to hours.
    onlyChanged: true,
  }
}

/** On an idle machine: it makes the CEL of a ValidatingPolicy anew for each object. */
function costOf(policies: readonly JudgingPolicy[]): string {
  const milliseconds = policies.reduce((sum, { form }) => sum + (form === 'cel' ? 20 : 1), 0)
  return `up to ${(milliseconds / 1000).toFixed(1)} s of a processor`
}

/** The repository's own file, where kube-linter itself looks for it: the working folder. */
function kubeLinterSettings(folder: string): KubeLinterSettings {
  for (const file of ['.kube-linter.yaml', '.kube-linter.yml']) {
    const text = settingsText(file, join(folder, file))
    if (text !== undefined) return parseSettings({ file, text, folder, home: homedir() })
  }
  return defaultSettings
}

const maximumSettings = 1024 * 1024

/** The repository wrote it: a link could name any file of this machine, a pipe never ends, and memory is finite. */
function settingsText(file: string, path: string): string | undefined {
  try {
    const status = lstatSync(path, { throwIfNoEntry: false })
    if (status === undefined) return undefined
    if (status.isSymbolicLink()) throw new UserError(`${file} is a link, which is not followed`)
    if (!status.isFile()) throw new UserError(`${file} is no regular file`)
    if (status.size > maximumSettings) throw new UserError(`${file} is larger than 1 MiB`)
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`${file} cannot be read: ${messageOf(error)}`)
  }
}

async function startCluster(
  request: OutsideRequest,
  world: OutsideWorld,
  signal: AbortSignal,
): Promise<Started | undefined> {
  const { entry, startedIn, environment, inActions, progress, warn } = world
  const repositories = guardedFolders(world)
  const path = environment['PATH'] ?? ''
  const build = inActions ? undefined : await builderOf(entry, path, repositories)
  const choice = await chooseCluster(
    {
      requested: request.cluster ?? 'auto',
      kubeconfig: request.kubeconfig === undefined ? undefined : resolve(startedIn, request.kubeconfig),
      context: request.context,
      kubeconfigVariable: environment['KUBECONFIG'],
      assets: environment['KUBEBUILDER_ASSETS'],
      home: homedir(),
      inActions,
      downloadable: envtestArchive(process.platform, process.arch) !== undefined,
      buildable: build !== undefined,
    },
    {
      findProgram: async (name) => findProgram(name, path, repositories),
      isProgram,
      isGuarded: async (file) => isGuarded(resolve(startedIn, file), repositories),
      exists: async (file) => existsSync(file),
    },
  )
  if (choice.backend === undefined) {
    warn(`no cluster was found, so fixes are not tried on an API server: ${choice.reasons.join(' ')}`)
    return undefined
  }
  const opening = openCluster(choice, {
    entry,
    environment: { ...environment },
    repositories,
    temporary: tmpdir(),
    cacheFolder: cacheFolder(environment),
    platform: process.platform,
    architecture: process.arch,
    exec: request.exec ?? !inActions,
    keep: request.keep,
    build,
    progress,
    warn,
    signal,
  })
  return { opening, outlivesUs: choice.backend === 'kind' }
}

/** In a checkout of this project with Go: builds the servers that its tests use. */
async function builderOf(
  entry: URL,
  path: string,
  repositories: readonly string[],
): Promise<OpenOptions['build']> {
  const root = fileURLToPath(new URL('..', entry))
  const script = join(root, 'scripts', 'tools.ts')
  const isCheckout = existsSync(script) && existsSync(join(root, 'node_modules', '.ready'))
  if (!isCheckout || (await findProgram('go', path, repositories)) === undefined) return undefined
  return async (progress) => {
    progress('building kube-apiserver and etcd in this checkout (a few minutes, once)')
    try {
      const { stdout } = await execa(process.execPath, [script, 'kube-apiserver', 'etcd'], { cwd: root })
      const [apiserver, etcd] = stdout.split('\n')
      if (apiserver === undefined || etcd === undefined) throw new Error('the build names no programs')
      return { apiserver, etcd }
    } catch (error) {
      throw new UserError(`kube-apiserver cannot be built in this checkout: ${messageOf(error)}`)
    }
  }
}

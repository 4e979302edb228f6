import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import {
  chooseCluster,
  envtestArchive,
  findProgram,
  isProgram,
  openCluster,
  type OpenedCluster,
  type OpenOptions,
} from '../cluster/index.ts'
import {
  defaultSettings,
  looksAcrossObjects,
  parseSettings,
  type KubeLinterSettings,
} from '../detect/index.ts'
import { messageOf, UserError, type OutsideRequest } from '../model/index.ts'
import type { EngineBeside } from '../run.ts'
import { createKubeLinter, kubeLinterHint } from './kube-linter.ts'
import { findTool, toolRunner } from './tool-runner.ts'
import { whenEnding } from './ending.ts'

export interface OutsideWorld {
  /** The file that worker threads and the keeper of servers run. */
  entry: URL
  /** Working folder. */
  folder: string
  environment: Readonly<Record<string, string | undefined>>
  inActions: boolean
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

/** Starts what a run asks for. A cluster starts in the background; who waits for it gets its error. */
export async function openOutside(request: OutsideRequest, world: OutsideWorld): Promise<Outside> {
  const stop = new AbortController()
  const settled = whenEnding(() => stop.abort())
  try {
    const engines = request.engines.length === 0 ? [] : [await startKubeLinter(request, world)]
    const started =
      request.cluster === undefined ? undefined : await startCluster(request, world, stop.signal)
    const cluster = started?.opening
    // Whoever awaits it later gets the error; until then it is nobody's surprise.
    cluster?.catch(() => undefined)
    return {
      engines,
      cluster,
      close: async () => {
        settled()
        const opened = await cluster?.catch(() => undefined)
        await opened?.cluster.close()
      },
    }
  } catch (error) {
    settled()
    stop.abort()
    throw error
  }
}

async function startKubeLinter(
  { kubeLinter }: OutsideRequest,
  { folder, environment }: OutsideWorld,
): Promise<EngineBeside> {
  const settings = kubeLinterSettings(folder)
  const engine = await createKubeLinter({
    program: findTool({
      name: 'kube-linter',
      path: kubeLinter,
      folder,
      searchPath: environment['PATH'] ?? '',
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
  }
}

/** The repository's own file, where kube-linter itself looks for it: the working folder. */
function kubeLinterSettings(folder: string): KubeLinterSettings {
  for (const file of ['.kube-linter.yaml', '.kube-linter.yml']) {
    const path = join(folder, file)
    if (existsSync(path))
      return parseSettings({ file, text: readFileSync(path, 'utf8'), folder, home: homedir() })
  }
  return defaultSettings
}

/** Bytes that a folder in memory should have free before manifests are written there. */
const enoughMemory = 512 * 1024 * 1024

/** A folder in memory, where there is one with room: faster than a disk, and no Secret reaches one. */
function memoryFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK)
    const { bavail, bsize } = statfsSync('/dev/shm')
    if (bavail * bsize >= enoughMemory) return '/dev/shm'
  } catch {
    // No such thing on this system.
  }
  return tmpdir()
}

async function startCluster(
  request: OutsideRequest,
  world: OutsideWorld,
  signal: AbortSignal,
): Promise<{ opening: Promise<OpenedCluster> } | undefined> {
  const { entry, folder, environment, inActions, progress, warn } = world
  const repositories = repositoriesOf(folder)
  const path = environment['PATH'] ?? ''
  const build = inActions ? undefined : await builderOf(entry, path, repositories)
  const choice = await chooseCluster(
    {
      requested: request.cluster ?? 'auto',
      kubeconfig: request.kubeconfig === undefined ? undefined : resolve(folder, request.kubeconfig),
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
    cacheFolder: join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'k8s-autofix'),
    platform: process.platform,
    architecture: process.arch,
    exec: request.exec ?? !inActions,
    keep: request.keep,
    build,
    progress,
    warn,
    signal,
  })
  return { opening }
}

/** The repository that the working folder stands in: nothing in there is trusted to be a program or a kubeconfig. */
function repositoriesOf(folder: string): string[] {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return [at]
    if (at === dirname(at)) return []
  }
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

import { InfrastructureError, messageOf, UserError } from '../model/index.ts'
import { openApiServer, type ApiServerOptions } from './apiserver.ts'
import type { ClusterChoice } from './choose.ts'
import type { Cluster } from './cluster.ts'
import { fetchEnvtest, type EnvtestRequest } from './envtest.ts'
import { openKind } from './kind.ts'
import type { Environment } from './kubeconfig-exec.ts'
import { openKubeconfig } from './kubeconfig.ts'

/** What opening a cluster needs of the world around it. */
export interface OpenOptions {
  /** The entry file of this program, which is also the watchdog of the servers; see src/main.ts. */
  entry: URL
  /** Of this process; programs that are started get only what they need of it. */
  environment: Environment
  /** Folders whose content may come from a pull request. */
  repositories: readonly string[]
  /** Folder for what lives as long as the run. */
  temporary: string
  /** This tool's own cache folder. */
  cacheFolder: string
  /** As in `process.platform` and `process.arch`. */
  platform: string
  architecture: string
  /** Whether programs that a kubeconfig names for logging in may be run. */
  exec: boolean
  /** Leave a kind cluster running for the next run. */
  keep: boolean
  /** Another node image for kind than the pinned one. */
  nodeImage?: string | undefined
  /** Builds the two programs in a checkout, and gives their paths. */
  build?: ((progress: (text: string) => void) => Promise<ApiServerOptions['binaries']>) | undefined
  progress: (text: string) => void
  /** Gives up a download or the making of a kind cluster, for an end by signal: what was started is removed first. */
  signal?: AbortSignal | undefined
  /** Told when something is left behind that a person should remove. */
  warn: (text: string) => void
  /** Another archive of the server than the pinned one: for tests. */
  archive?: EnvtestRequest['archive']
}

export interface OpenedCluster {
  cluster: Cluster
  /** What the report should say about it, one sentence each: which context, which image, what is not verified. */
  notes: string[]
}

/** Opens the chosen cluster. Throws what the backend throws; then nothing that was started is left. */
export async function openCluster(
  choice: Exclude<ClusterChoice, { backend: undefined }>,
  options: OpenOptions,
): Promise<OpenedCluster> {
  const { environment, repositories, temporary, progress } = options
  switch (choice.backend) {
    case 'kubeconfig':
      return openKubeconfig({
        files: choice.files,
        origin: choice.origin,
        context: choice.context,
        exec: options.exec,
        environment,
        repositories,
      })
    case 'kind':
      return openKind({
        program: { path: choice.kind, environment },
        keep: options.keep,
        image: options.nodeImage,
        temporary,
        progress,
        warn: options.warn,
        signal: options.signal,
      })
    case 'apiserver': {
      const { origin, ...binaries } = await binariesFor(choice.source, options)
      progress('starting kube-apiserver and etcd')
      return {
        cluster: await openApiServer({ entry: options.entry, binaries, temporary }),
        notes: [`kube-apiserver and etcd ${origin}`],
      }
    }
  }
}

async function binariesFor(
  source: Extract<ClusterChoice, { backend: 'apiserver' }>['source'],
  { build, cacheFolder, platform, architecture, progress, signal, archive }: OpenOptions,
): Promise<ApiServerOptions['binaries'] & { origin: string }> {
  if (source.from === 'disk')
    return { apiserver: source.apiserver, etcd: source.etcd, origin: `from ${source.apiserver}` }
  if (source.from === 'download') {
    const { origin, ...binaries } = await fetchEnvtest({
      cacheFolder,
      platform,
      architecture,
      progress,
      signal,
      ...(archive === undefined ? {} : { archive }),
    })
    return { ...binaries, origin: `from ${origin}` }
  }
  if (build === undefined) throw new UserError('this copy of the tool cannot build kube-apiserver')
  try {
    return { ...(await build(progress)), origin: 'built in this checkout' }
  } catch (error) {
    if (error instanceof InfrastructureError || error instanceof UserError) throw error
    throw new InfrastructureError(
      `kube-apiserver and etcd cannot be built: ${messageOf(error)}`,
      'Is Go installed? Or put kube-apiserver and etcd on PATH.',
    )
  }
}

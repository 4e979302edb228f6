import { UserError } from '../model/index.ts'
import type { Cluster } from './cluster.ts'
import { createClient, type Connection } from './connection.ts'
import { credentialsOf } from './kubeconfig-credentials.ts'
import type { Environment } from './kubeconfig-exec.ts'
import {
  mergeKubeconfigs,
  parseKubeconfig,
  type Kubeconfig,
  type KubeconfigCluster,
} from './kubeconfig-file.ts'
import { inlineOrFile, isInside, readIfThere } from './kubeconfig-read.ts'
import { createCluster } from './server.ts'

export interface KubeconfigRequest {
  /** Absolute paths. One from a flag or input must exist; of those in KUBECONFIG, the absent are passed over. */
  files: readonly string[]
  /** Where the paths come from, for messages: `--kubeconfig`, `KUBECONFIG` or `~/.kube/config`. */
  origin: string
  /** Absent: the kubeconfig's `current-context`. */
  context?: string | undefined
  /** Whether a program that the kubeconfig names for logging in may be run. */
  exec: boolean
  /** For such a program; only what it needs is passed on. */
  environment: Environment
  /** Absolute folders whose content may come from a pull request: no kubeconfig and no program is taken from them. */
  repositories: readonly string[]
  /** Milliseconds a login program may take; 30 s where absent. */
  timeout?: number
}

export interface KubeconfigAnswer {
  connection: Connection
  context: string
  /** What a person should know about the connection, one sentence each. */
  notes: string[]
}

/**
 * From the user's kubeconfig to a connection, read as kubectl reads it. Everything that is wrong in the files is a
 * `UserError` with file, entry and key; a login program that fails and a certificate that has expired are
 * `InfrastructureError`s.
 */
export async function readKubeconfig(request: KubeconfigRequest): Promise<KubeconfigAnswer> {
  const { config, files } = await load(request)
  const name = request.context ?? config.currentContext
  const there =
    config.contexts.size === 0
      ? 'there is none in it'
      : `there are: ${[...config.contexts.keys()].join(', ')}`
  if (name === undefined)
    throw new UserError(`${files}: no current-context is set; ${there}`, 'Name one with --context.')
  const context = config.contexts.get(name)
  if (context === undefined)
    throw new UserError(
      `${files}: ${request.context === undefined ? 'the current-context' : 'there is no context'} "${name}"${request.context === undefined ? ' does not exist' : ''}; ${there}`,
    )
  const cluster = config.clusters.get(context.cluster ?? '')
  if (cluster === undefined)
    throw new UserError(
      `${context.file}: context "${name}" names no cluster that is there: "${context.cluster ?? ''}"`,
    )
  const user = context.user ? config.users.get(context.user) : undefined
  if (context.user && user === undefined)
    throw new UserError(`${context.file}: context "${name}" names no user that is there: "${context.user}"`)

  const where = `${cluster.file}: cluster "${context.cluster ?? ''}"`
  const url = serverOf(cluster, where)
  const certificateAuthority = await authorityOf(cluster, context.cluster ?? '', where)
  const credentials =
    user === undefined
      ? {}
      : await credentialsOf({
          name: context.user ?? '',
          user,
          cluster,
          certificateAuthority,
          exec: request.exec,
          environment: request.environment,
          repositories: request.repositories,
          timeout: request.timeout ?? 30_000,
        })
  const skipTlsVerify = cluster['insecure-skip-tls-verify'] ?? false
  return {
    context: name,
    connection: {
      url,
      certificateAuthority,
      serverName: cluster['tls-server-name'] || undefined,
      skipTlsVerify,
      ...credentials,
    },
    notes: [
      ...(skipTlsVerify
        ? [`the certificate of ${url} is not verified: the kubeconfig says insecure-skip-tls-verify`]
        : []),
      ...(context.namespace && context.namespace !== 'default'
        ? [
            `objects without a namespace are judged in "default", not in "${context.namespace}", the namespace of context "${name}"`,
          ]
        : []),
    ],
  }
}

/** The cluster of a kubeconfig, for dry-runs alone: nothing is stored on it, so nothing is seeded either. */
export async function openKubeconfig(
  request: KubeconfigRequest,
): Promise<{ cluster: Cluster; notes: string[] }> {
  const { connection, context, notes } = await readKubeconfig(request)
  const client = createClient(connection)
  try {
    const cluster = await createCluster('kubeconfig', client, {
      owned: false,
      close() {
        client.close()
        return Promise.resolve()
      },
    })
    return { cluster, notes: [`context "${context}" at ${connection.url}`, ...notes] }
  } catch (error) {
    client.close()
    throw error
  }
}

async function load(request: KubeconfigRequest): Promise<{ config: Kubeconfig; files: string }> {
  const parsed: Kubeconfig[] = []
  const found: string[] = []
  for (const file of request.files) {
    if (await isInside(file, request.repositories))
      throw new UserError(
        `${file} (from ${request.origin}) lies in the repository that is being looked at; a kubeconfig in it may come from a pull request, and is not used`,
        'Keep it elsewhere, in Actions for example in the folder of RUNNER_TEMP.',
      )
    const source = await readIfThere(file, `the kubeconfig of ${request.origin}`)
    if (source === undefined) continue
    found.push(file)
    parsed.push(parseKubeconfig(source, file))
  }
  if (found.length === 0)
    throw new UserError(
      request.files.length === 0
        ? 'no kubeconfig is given'
        : `the kubeconfig of ${request.origin} does not exist: ${request.files.join(', ')}`,
      'Name one with --kubeconfig or KUBECONFIG.',
    )
  return { config: mergeKubeconfigs(parsed), files: found.join(', ') }
}

function serverOf(cluster: KubeconfigCluster, where: string): string {
  if (cluster['proxy-url'])
    throw new UserError(
      `${where}: proxy-url is not supported: requests go straight to the server`,
      'Use a cluster that can be reached without a proxy, or --cluster apiserver.',
    )
  const { server } = cluster
  if (!server) throw new UserError(`${where}: server is missing`)
  const url = URL.canParse(server) ? new URL(server) : undefined
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new UserError(`${where}: server "${server}" is no address such as https://host:6443`)
  if (url.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(url.hostname))
    throw new UserError(
      `${where}: server "${server}" is plain http: manifests and credentials would cross the network unprotected`,
      'Use https, or a tunnel that ends on localhost.',
    )
  if (url.username || url.password)
    throw new UserError(
      `${where}: the address of the server holds a user name or password`,
      'Put them into users.',
    )
  return server
}

async function authorityOf(
  cluster: KubeconfigCluster,
  name: string,
  where: string,
): Promise<string | undefined> {
  const authority = await inlineOrFile(
    `cluster "${name}"`,
    cluster.file,
    'certificate-authority',
    cluster['certificate-authority-data'],
    cluster['certificate-authority'],
  )
  if (authority !== undefined && !authority.includes('-----BEGIN CERTIFICATE-----'))
    throw new UserError(`${where}: the certificate-authority is no certificate in PEM`)
  if (authority !== undefined && cluster['insecure-skip-tls-verify'] === true)
    throw new UserError(
      `${where}: it has a certificate-authority and insecure-skip-tls-verify; kubectl refuses that too`,
    )
  return authority
}

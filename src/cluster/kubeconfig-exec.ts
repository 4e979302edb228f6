import { execa } from 'execa'
import { dirname } from 'node:path'
import { z } from 'zod'
import { InfrastructureError, UserError } from '../model/index.ts'
import { findProgram } from './choose-programs.ts'
import { besideKubeconfig, isInside } from './kubeconfig-read.ts'
import type { ExecSettings, KubeconfigCluster } from './kubeconfig-file.ts'

/** Environment variables by name, as the process has them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** What a login program needs to find its own files, proxies and the account of its cloud. The rest is not its business. */
const passedOn =
  /^(?:PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|XDG_\w+|SSL_CERT_FILE|SSL_CERT_DIR|(?:HTTPS?|NO|ALL)_PROXY|https?_proxy|no_proxy|all_proxy|SYSTEMROOT|SystemRoot|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMDATA|PATHEXT|COMSPEC|AWS_\w+|AZURE_\w+|AAD_\w+|ARM_\w+|CLOUDSDK_\w+|GOOGLE_\w+)$/

const credentialSchema = z.object({
  apiVersion: z.string(),
  kind: z.literal('ExecCredential'),
  status: z.object({
    token: z.string().min(1).optional(),
    clientCertificateData: z.string().min(1).optional(),
    clientKeyData: z.string().min(1).optional(),
    expirationTimestamp: z.iso.datetime({ offset: true }).optional(),
  }),
})

const versions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1']

/** Name of the cluster extension that is handed to the program (client-go, `clientauth/exec.go`). */
const extensionName = 'client.authentication.k8s.io/exec'

export interface ExecRequest {
  /** `user "ci"`, for messages. */
  owner: string
  kubeconfig: string
  settings: ExecSettings
  cluster: KubeconfigCluster
  /** PEM, where the kubeconfig gives one. */
  certificateAuthority: string | undefined
  environment: Environment
  /** Folders whose content may come from a pull request: nothing in them is run. */
  repositories: readonly string[]
  /** Milliseconds the program may take. */
  timeout: number
}

export interface ExecCredential {
  token: string | undefined
  clientCertificate: string | undefined
  clientKey: string | undefined
}

/**
 * Runs the program that a kubeconfig names for logging in, and reads its `ExecCredential`. No shell, nothing on its
 * standard input, few variables of our environment. What it prints to standard output is a secret and is in no message.
 */
export async function runExecPlugin(request: ExecRequest): Promise<ExecCredential> {
  const { owner, kubeconfig, settings, timeout } = request
  const where = `${kubeconfig}: ${owner}: exec`
  if (!versions.includes(settings.apiVersion))
    throw new UserError(
      `${where}: apiVersion "${settings.apiVersion}" is not known; known are ${versions.join(' and ')}`,
    )
  if (settings.interactiveMode === 'Always')
    throw new UserError(
      `${where}: "${settings.command}" wants to ask questions (interactiveMode: Always)`,
      'Log in first, and use a user with a token or with a program that needs no answers.',
    )
  const command = await locate(request)
  const result = await execa(command, settings.args, {
    cwd: dirname(kubeconfig),
    extendEnv: false,
    env: environmentOf(request),
    stdin: 'ignore',
    timeout,
    forceKillAfterDelay: 1000,
    maxBuffer: 1024 * 1024,
    reject: false,
  })
  if (result.timedOut)
    throw new InfrastructureError(`${where}: "${settings.command}" did not end within ${timeout / 1000} s`)
  if (result.failed)
    throw new InfrastructureError(
      `${where}: "${settings.command}" failed${result.exitCode === undefined ? '' : ` with exit code ${result.exitCode}`}${tailOf(result.stderr)}`,
      settings.installHint ?? undefined,
    )
  return readCredential(result.stdout, where, settings)
}

async function locate({
  owner,
  kubeconfig,
  settings,
  environment,
  repositories,
}: ExecRequest): Promise<string> {
  const { command } = settings
  const path = /[/\\]/.test(command)
    ? besideKubeconfig(command, kubeconfig)
    : await findProgram(command, environment['PATH'] ?? environment['Path'] ?? '', repositories)
  if (path === undefined)
    throw new UserError(
      `${kubeconfig}: ${owner}: exec: the program "${command}" is not on PATH`,
      settings.installHint ?? undefined,
    )
  if (await isInside(path, repositories))
    throw new UserError(
      `${kubeconfig}: ${owner}: exec: ${path} lies in the repository that is being looked at, and is not run`,
    )
  return path
}

function environmentOf({
  settings,
  cluster,
  certificateAuthority,
  environment,
}: ExecRequest): Record<string, string> {
  const info = {
    apiVersion: settings.apiVersion,
    kind: 'ExecCredential',
    spec: {
      interactive: false,
      ...(settings.provideClusterInfo === true
        ? { cluster: clusterInfo(cluster, certificateAuthority) }
        : {}),
    },
  }
  return {
    ...Object.fromEntries(
      Object.entries(environment).flatMap(([name, value]) =>
        value !== undefined && passedOn.test(name) ? [[name, value]] : [],
      ),
    ),
    ...Object.fromEntries(settings.env.map(({ name, value }) => [name, value])),
    KUBERNETES_EXEC_INFO: JSON.stringify(info),
  }
}

function clusterInfo(cluster: KubeconfigCluster, certificateAuthority: string | undefined): object {
  return {
    server: cluster.server,
    'tls-server-name': cluster['tls-server-name'] ?? undefined,
    'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'] ?? undefined,
    'certificate-authority-data':
      certificateAuthority === undefined ? undefined : Buffer.from(certificateAuthority).toString('base64'),
    config: cluster.extensions.find(({ name }) => name === extensionName)?.extension,
  }
}

function readCredential(
  output: string,
  where: string,
  { apiVersion, command }: ExecSettings,
): ExecCredential {
  const bad = (what: string): InfrastructureError =>
    new InfrastructureError(`${where}: "${command}" printed no usable ExecCredential: ${what}`)
  let parsed: unknown
  try {
    parsed = JSON.parse(output)
  } catch {
    throw bad('it is not JSON')
  }
  const read = credentialSchema.safeParse(parsed)
  if (!read.success)
    throw bad(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  const { status } = read.data
  if (read.data.apiVersion !== apiVersion)
    throw bad(`its apiVersion is "${read.data.apiVersion}", not "${apiVersion}"`)
  if ((status.clientCertificateData === undefined) !== (status.clientKeyData === undefined))
    throw bad('of certificate and key one is missing')
  if (status.token === undefined && status.clientCertificateData === undefined)
    throw bad('it holds neither a token nor a certificate')
  if (status.expirationTimestamp !== undefined && Date.parse(status.expirationTimestamp) <= Date.now())
    throw bad(`it expired at ${status.expirationTimestamp}`)
  return {
    token: status.token,
    clientCertificate: status.clientCertificateData,
    clientKey: status.clientKeyData,
  }
}

/** The end of what a program said on standard error, for a message. */
export function tailOf(stderr: string, lines = 5): string {
  const tail = stderr.trim().split('\n').slice(-lines).join('\n')
  return tail === '' ? '' : `:\n${tail.slice(-2000)}`
}

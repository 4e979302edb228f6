import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { InfrastructureError, UserError } from '../model/index.ts'
import { runExecPlugin, type Environment } from './kubeconfig-exec.ts'
import type { KubeconfigCluster, KubeconfigUser } from './kubeconfig-file.ts'
import { besideKubeconfig, inlineOrFile, readNamed } from './kubeconfig-read.ts'

export interface Credentials {
  clientCertificate?: string
  clientKey?: string
  token?: string
  headers?: Record<string, string>
}

export interface CredentialsRequest {
  name: string
  user: KubeconfigUser
  cluster: KubeconfigCluster
  certificateAuthority: string | undefined
  /** Whether a program that the kubeconfig names may be run. */
  exec: boolean
  environment: Environment
  repositories: readonly string[]
  /** Milliseconds such a program may take. */
  timeout: number
}

/**
 * What proves to the server who we are, chosen as kubectl does: certificate and key beside at most one of token and
 * password; a program is run only where none of these is set.
 */
export async function credentialsOf(request: CredentialsRequest): Promise<Credentials> {
  const { name, user, exec } = request
  const owner = `user "${name}"`
  const where = `${user.file}: ${owner}`
  if (user['auth-provider'])
    throw new UserError(
      `${where}: auth-provider "${user['auth-provider'].name}" is not supported; Kubernetes removed it in 1.26`,
      'Use the login program (exec) of your cloud, or a token.',
    )
  const token = await tokenOf(user, owner)
  const password = Boolean(user.username) || Boolean(user.password)
  if (token !== undefined && password)
    throw new UserError(`${where}: it has a token and a password; only one is allowed`)
  const pair = await certificateOf(user, owner)
  const headers: Record<string, string> = { ...impersonation(user, where) }
  if (password)
    headers['authorization'] =
      `Basic ${Buffer.from(`${user.username ?? ''}:${user.password ?? ''}`).toString('base64')}`

  if (user.exec && token === undefined && !password && pair === undefined) {
    if (!exec)
      throw new UserError(
        `${where} runs the program "${user.exec.command}" to log in, and programs named by a kubeconfig are not run in Actions`,
        'Use a user with a token or a certificate, or allow it with kubeconfig-exec.',
      )
    const { token: given, ...files } = await runExecPlugin({
      owner,
      kubeconfig: user.file,
      settings: user.exec,
      cluster: request.cluster,
      certificateAuthority: request.certificateAuthority,
      environment: request.environment,
      repositories: request.repositories,
      timeout: request.timeout,
    })
    const made =
      files.clientCertificate === undefined || files.clientKey === undefined
        ? undefined
        : checkPair(files.clientCertificate, files.clientKey, where)
    return { ...made, ...(given === undefined ? {} : { token: given }), headers }
  }
  return { ...pair, ...(token === undefined ? {} : { token }), headers }
}

/** A token file wins over a token: it is the one that is renewed. */
async function tokenOf(user: KubeconfigUser, owner: string): Promise<string | undefined> {
  const text = user.tokenFile
    ? await readNamed(besideKubeconfig(user.tokenFile, user.file), `${user.file}: ${owner}: tokenFile`)
    : user.token
  const token = text?.trim()
  if (!token) return undefined
  // A line break in a header is refused by Node with a message that holds the token.
  if (!/^[\x21-\x7E]+$/.test(token))
    throw new UserError(`${user.file}: ${owner}: the token holds characters that no token has`)
  return token
}

async function certificateOf(
  user: KubeconfigUser,
  owner: string,
): Promise<{ clientCertificate: string; clientKey: string } | undefined> {
  const [certificate, key] = [
    await inlineOrFile(
      owner,
      user.file,
      'client-certificate',
      user['client-certificate-data'],
      user['client-certificate'],
    ),
    await inlineOrFile(owner, user.file, 'client-key', user['client-key-data'], user['client-key']),
  ]
  if (certificate === undefined && key === undefined) return undefined
  const where = `${user.file}: ${owner}`
  if (certificate === undefined)
    throw new UserError(`${where}: it has a client-key, and no client-certificate`)
  if (key === undefined) throw new UserError(`${where}: it has a client-certificate, and no client-key`)
  return checkPair(certificate, key, where)
}

/** Bad pairs are told here, in words; the TLS layer would only name an error code. */
function checkPair(
  clientCertificate: string,
  clientKey: string,
  where: string,
): { clientCertificate: string; clientKey: string } {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(clientCertificate)
  } catch {
    throw new UserError(`${where}: the client certificate is no certificate in PEM`)
  }
  let key: KeyObject
  try {
    key = createPrivateKey(clientKey)
  } catch {
    throw new UserError(`${where}: the client key is no private key in PEM, or is locked by a password`)
  }
  if (!certificate.checkPrivateKey(key))
    throw new UserError(`${where}: the client key does not belong to the client certificate`)
  if (certificate.validToDate.getTime() <= Date.now())
    throw new InfrastructureError(
      `${where}: the client certificate expired on ${certificate.validToDate.toISOString().slice(0, 10)}`,
      'Renew the credentials of this context, or use another one.',
    )
  return { clientCertificate, clientKey }
}

/** Acting as somebody else decides what the server allows, so what cannot be sent on is refused. */
function impersonation(user: KubeconfigUser, where: string): Record<string, string> {
  const groups = user['as-groups']
  const extra = Object.keys(user['as-user-extra'] ?? {})
  if (groups.length > 1 || extra.length > 0)
    throw new UserError(`${where}: as-user-extra, and more than one of as-groups, are not supported`)
  if (!user.as && (groups.length > 0 || user['as-uid']))
    throw new UserError(`${where}: as-groups and as-uid need as`)
  return {
    ...(user.as ? { 'impersonate-user': user.as } : {}),
    ...(user['as-uid'] ? { 'impersonate-uid': user['as-uid'] } : {}),
    ...(groups[0] === undefined ? {} : { 'impersonate-group': groups[0] }),
  }
}

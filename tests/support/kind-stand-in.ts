/**
 * A `kind` for machines without Docker: the same words, and behind them the real kube-apiserver and etcd of tools/, with
 * a certificate authority of its own, and a real kubeconfig with client certificates. Run as a program by what
 * `installKind` writes; its state is one folder. Needs `openssl` (Node can read X.509, not issue it).
 */
import { execFileSync, spawn } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { get } from 'node:https'
import { createServer, type AddressInfo } from 'node:net'
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { stringify } from 'yaml'
import { tool } from '../../scripts/tools.ts'

export interface Pair {
  /** PEM text. */
  certificate: string
  key: string
  /** The files they stand in. */
  certificateFile: string
  keyFile: string
}

/** Issues certificates for one test server and its users. */
export interface Authority {
  certificate: string
  certificateFile: string
  /** `days` counts from now; below zero it has expired. */
  issue(name: string, subject: string, days?: number, alternativeNames?: string): Pair
}

function openssl(words: readonly string[]): void {
  try {
    execFileSync('openssl', words, { stdio: 'pipe' })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Error('these tests issue certificates with openssl, which is not on PATH; install it', {
        cause: error,
      })
    throw error
  }
}

function newKey(file: string): string {
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
  })
  writeFileSync(file, privateKey, { mode: 0o600 })
  return privateKey
}

export function createAuthority(folder: string): Authority {
  mkdirSync(folder, { recursive: true })
  const certificateFile = join(folder, 'ca.crt')
  const keyFile = join(folder, 'ca.key')
  newKey(keyFile)
  openssl([
    'req',
    '-x509',
    '-new',
    '-key',
    keyFile,
    '-subj',
    '/CN=test',
    '-days',
    '2',
    '-out',
    certificateFile,
  ])
  return {
    certificate: readFileSync(certificateFile, 'utf8'),
    certificateFile,
    issue(name, subject, days = 1, alternativeNames = 'DNS:localhost,IP:127.0.0.1') {
      const [key, request, certificate, extensions] = ['key', 'csr', 'crt', 'ext'].map((ending) =>
        join(folder, `${name}.${ending}`),
      ) as [string, string, string, string]
      const text = newKey(key)
      writeFileSync(
        extensions,
        `subjectAltName=${alternativeNames}\nextendedKeyUsage=serverAuth,clientAuth\n`,
      )
      openssl(['req', '-new', '-key', key, '-subj', subject, '-out', request])
      openssl(
        ['x509', '-req', '-in', request, '-CA', certificateFile, '-CAkey', keyFile, '-CAcreateserial'].concat(
          ['-days', String(days), '-extfile', extensions, '-out', certificate],
        ),
      )
      return {
        certificate: readFileSync(certificate, 'utf8'),
        key: text,
        certificateFile: certificate,
        keyFile: key,
      }
    },
  }
}

export interface TestServer {
  url: string
  authority: Authority
  /** In the group system:masters. */
  administrator: Pair
  processes: number[]
}

/**
 * A real API server that asks for certificates of its own authority, or for tokens of `tokens` (lines as in
 * `--token-auth-file`), and judges by RBAC. The processes outlive us: whoever starts them ends them.
 */
export async function startTestServer(folder: string, tokens: readonly string[] = []): Promise<TestServer> {
  const authority = createAuthority(join(folder, 'pki'))
  const administrator = authority.issue('administrator', '/O=system:masters/CN=administrator')
  const own = authority.issue('server', '/CN=kube-apiserver')
  const accounts = join(folder, 'accounts.key')
  newKey(accounts)
  const tokenFile = join(folder, 'tokens.csv')
  writeFileSync(tokenFile, ['unused-token,nobody,nobody', ...tokens, ''].join('\n'), { mode: 0o600 })
  const [client, peer, port] = await Promise.all([freePort(), freePort(), freePort()])
  const start = (name: string, words: readonly string[]): number => {
    const log = openSync(join(folder, `${name}.log`), 'a')
    const child = spawn(tool(name), words, { cwd: folder, detached: true, stdio: ['ignore', log, log] })
    child.unref()
    const { pid } = child
    if (pid === undefined) throw new Error(`${name} cannot be started`)
    appendFileSync(join(folder, 'pids'), `${pid}\n`)
    return pid
  }
  const processes = [
    start('etcd', [
      `--data-dir=${join(folder, 'etcd')}`,
      `--listen-client-urls=http://127.0.0.1:${client}`,
      `--advertise-client-urls=http://127.0.0.1:${client}`,
      `--listen-peer-urls=http://127.0.0.1:${peer}`,
      `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
      `--initial-cluster=default=http://127.0.0.1:${peer}`,
      '--log-level=error',
    ]),
    start('kube-apiserver', [
      `--etcd-servers=http://127.0.0.1:${client}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${port}`,
      `--tls-cert-file=${own.certificateFile}`,
      `--tls-private-key-file=${own.keyFile}`,
      `--client-ca-file=${authority.certificateFile}`,
      `--cert-dir=${join(folder, 'certs')}`,
      `--token-auth-file=${tokenFile}`,
      `--service-account-key-file=${accounts}`,
      `--service-account-signing-key-file=${accounts}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      '--authorization-mode=RBAC',
      '--service-cluster-ip-range=10.0.0.0/24',
      '--allow-privileged=true',
    ]),
  ]
  const server = { url: `https://127.0.0.1:${port}`, authority, administrator, processes }
  await untilReady(server, folder)
  return server
}

/** Ends every process that was started for a folder, whoever started it. */
export function stopTestServers(folder: string): void {
  if (!existsSync(join(folder, 'pids'))) return
  // The server before its etcd, and without asking: there is nothing in either to keep.
  for (const pid of readFileSync(join(folder, 'pids'), 'utf8').trim().split('\n').toReversed()) {
    try {
      process.kill(Number(pid), 'SIGKILL')
    } catch {
      // Gone already.
    }
  }
}

async function untilReady({ url, authority, administrator }: TestServer, folder: string): Promise<void> {
  const deadline = performance.now() + 60_000
  const { certificate: cert, key } = administrator
  const ask = (): Promise<number> =>
    new Promise((resolve) => {
      get(`${url}/readyz`, { ca: authority.certificate, cert, key, agent: false }, (answer) => {
        answer.resume()
        answer.on('end', () => {
          resolve(answer.statusCode ?? 0)
        })
      }).on('error', () => {
        resolve(0)
      })
    })
  while ((await ask()) !== 200) {
    if (performance.now() > deadline)
      throw new Error(`not ready: ${readFileSync(join(folder, 'kube-apiserver.log'), 'utf8').slice(-2000)}`)
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => {
        resolve(port)
      })
    })
  })
}

/** A kubeconfig as kind writes it: one cluster, one user, one context, all of one name. */
export function kindKubeconfig(name: string, { url, authority, administrator }: TestServer): string {
  const packed = (text: string): string => Buffer.from(text).toString('base64')
  const full = `kind-${name}`
  return stringify({
    apiVersion: 'v1',
    clusters: [
      { cluster: { 'certificate-authority-data': packed(authority.certificate), server: url }, name: full },
    ],
    contexts: [{ context: { cluster: full, user: full }, name: full }],
    'current-context': full,
    kind: 'Config',
    users: [
      {
        name: full,
        user: {
          'client-certificate-data': packed(administrator.certificate),
          'client-key-data': packed(administrator.key),
        },
      },
    ],
  })
}

export interface KindStandIn {
  /** Absolute path of the program. */
  program: string
  /** What it was called with so far, one line each. */
  calls(): string[]
  /** Names of the clusters that are there. */
  clusters(): string[]
  /** From now on `create` fails with these words on standard error; after `hang` it never ends. */
  failWith(words: string): void
  /** Ends what is left. */
  stop(): void
}

/** Writes a program called `kind` into a folder: two lines of JavaScript, no shell. */
export function installKind(folder: string, version = 'kind v0.32.0 go1.26.3 linux/amd64'): KindStandIn {
  const state = join(folder, 'kind-state')
  mkdirSync(state, { recursive: true })
  writeFileSync(join(state, 'version'), version)
  const program = join(folder, 'kind')
  const here = JSON.stringify(import.meta.url)
  writeFileSync(
    program,
    `#!${process.execPath}\nimport(${here}).then(({ kind }) => kind(${JSON.stringify(state)}, process.argv.slice(2)))\n`,
    { mode: 0o755 },
  )
  const clusters = (): string[] => clustersIn(state)
  return {
    program,
    clusters,
    calls: () =>
      existsSync(join(state, 'calls')) ? readFileSync(join(state, 'calls'), 'utf8').trim().split('\n') : [],
    failWith(words) {
      writeFileSync(join(state, 'failure'), words)
    },
    stop() {
      for (const name of clusters()) stopTestServers(join(state, 'clusters', name))
    },
  }
}

function clustersIn(state: string): string[] {
  return existsSync(join(state, 'clusters')) ? readdirSync(join(state, 'clusters')).sort() : []
}

/** The program itself. Words and exit codes as in kind v0.32.0 (pkg/cmd/kind). */
export async function kind(state: string, argv: readonly string[]): Promise<void> {
  appendFileSync(join(state, 'calls'), `${argv.join(' ')}\n`)
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      name: { type: 'string', default: 'kind' },
      image: { type: 'string' },
      kubeconfig: { type: 'string' },
      wait: { type: 'string' },
    },
  })
  const { name, kubeconfig } = values
  const folder = join(state, 'clusters', name)
  const file = join(folder, 'kubeconfig')
  const fail = (words: string): void => {
    process.stderr.write(`${words}\n`)
    process.exitCode = 1
  }
  switch (positionals.join(' ')) {
    case 'version':
      process.stdout.write(`${readFileSync(join(state, 'version'), 'utf8')}\n`)
      return
    case 'get clusters':
      if (clustersIn(state).length === 0) process.stderr.write('No kind clusters found.\n')
      for (const cluster of clustersIn(state)) process.stdout.write(`${cluster}\n`)
      return
    case 'get kubeconfig':
      if (existsSync(file)) process.stdout.write(readFileSync(file, 'utf8'))
      else fail('ERROR: could not locate any control plane nodes')
      return
    case 'delete cluster':
      process.stderr.write(`Deleting cluster "${name}" ...\n`)
      stopTestServers(folder)
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
      return
    case 'create cluster': {
      if (kubeconfig === undefined) throw new Error('the stand-in writes to no kubeconfig but a given one')
      process.stderr.write(
        `Creating cluster "${name}" ...\n • Ensuring node image (${values.image}) 🖼  ...\n`,
      )
      if (existsSync(join(state, 'failure'))) {
        const words = readFileSync(join(state, 'failure'), 'utf8')
        mkdirSync(folder, { recursive: true })
        if (words === 'hang') await new Promise((resolve) => setTimeout(resolve, 600_000))
        else fail(words)
        return
      }
      if (existsSync(folder)) {
        fail(`ERROR: failed to create cluster: node(s) already exist for a cluster with the name "${name}"`)
        return
      }
      mkdirSync(folder, { recursive: true })
      const server = await startTestServer(folder)
      writeFileSync(file, kindKubeconfig(name, server), { mode: 0o600 })
      writeFileSync(kubeconfig, kindKubeconfig(name, server), { mode: 0o600 })
      process.stderr.write(' ✓ Starting control-plane 🕹️\n')
      return
    }
    default:
      fail(`ERROR: unknown command "${positionals.join(' ')}" for "kind"`)
  }
}

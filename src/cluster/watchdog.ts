import { spawn, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../model/index.ts'

/** First argument of the entry file that makes it a watchdog; see src/main.ts. */
export const watchdogMode = 'internal:watchdog'

/** What a watchdog is told on its command line. Nothing of it is secret: other users of the machine can read it. */
export interface WatchdogOrder {
  etcd: string
  apiserver: string
  port: number
  /** Folder in which the servers' own folder is made. */
  temporary: string
  /** Pod Security level of which every namespace warns; empty for none. */
  podSecurity: string
}

export function watchdogArguments(order: WatchdogOrder): string[] {
  return [watchdogMode, order.etcd, order.apiserver, String(order.port), order.temporary, order.podSecurity]
}

export const programs = ['etcd', 'kube-apiserver'] as const
export type Program = (typeof programs)[number]

/** Lines of JSON on the watchdog's standard output. */
export type WatchdogEvent =
  | { event: 'started'; folder: string; token: string }
  /** `how` is e.g. `ended with code 1`; `tail` the first and the last of what it wrote to standard error. */
  | { event: 'ended'; program: Program; how: string; tail: string }
  /** Nothing was started. */
  | { event: 'failed'; message: string }

/** Characters of standard error that are kept of each server: the first, where a wrong flag is named, and the last. */
const headSize = 4 * 1024
const tailSize = 12 * 1024

/**
 * Keeps etcd and kube-apiserver exactly as long as its owner lives. The owner holds the other end of our standard
 * input and never writes to it: when the system closes it, whatever ended the owner, both servers are killed and their
 * folder is removed. When one of the servers ends by itself, all end.
 *
 * It runs in a session of its own (`detached`), so that a Ctrl-C meant for the owner does not reach it first; what is
 * asked of it by signal is either ignored or done with the cleaning up. SIGKILL for the servers, since a graceful stop
 * takes minutes once etcd is gone and nothing of theirs is worth keeping.
 */
export function serveWatchdog(argv: readonly string[]): void {
  const [etcd = '', apiserver = '', port = '', temporary = '', podSecurity = ''] = argv
  const children: ChildProcess[] = []
  let folder: string | undefined
  let ending = false

  const end = (): void => {
    if (ending) return
    ending = true
    void Promise.all(children.map(kill)).then(() => {
      try {
        if (folder !== undefined)
          rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
      } finally {
        endGroup()
      }
    })
  }
  // The owner may be gone, and its end of the pipe with it.
  process.stdout.on('error', () => undefined)
  const say = (event: WatchdogEvent): void => {
    process.stdout.write(`${JSON.stringify(event)}\n`)
  }
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)
  process.on('SIGTERM', end)
  process.stdin.on('end', end).on('error', end).on('close', end).resume()

  // Nobody but this user reads what we or the servers write.
  process.umask(0o077)
  try {
    folder = mkdtempSync(join(temporary, 'k8s-autofix-server-'))
    const token = writeInputs(folder, podSecurity)
    const onEnd = (program: Program, how: string, tail: string): void => {
      if (!ending) say({ event: 'ended', program, how, tail })
      end()
    }
    children.push(start('etcd', etcd, etcdFlags, folder, onEnd))
    children.push(start('kube-apiserver', apiserver, apiserverFlags(port, podSecurity !== ''), folder, onEnd))
    say({ event: 'started', folder, token })
  } catch (error) {
    say({ event: 'failed', message: messageOf(error) })
    end()
  }
}

/** Files that the API server reads. Returns the token by which the owner is known to it. */
function writeInputs(folder: string, podSecurity: string): string {
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
  }
  const token = randomBytes(32).toString('base64url')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  write('sa.key', privateKey.export({ type: 'sec1', format: 'pem' }).toString())
  write('tokens.csv', `${token},k8s-autofix,k8s-autofix,system:masters\n`)
  if (podSecurity !== '') write('admission.json', JSON.stringify(admissionConfiguration(podSecurity)))
  return token
}

function admissionConfiguration(level: string): unknown {
  return {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AdmissionConfiguration',
    plugins: [
      {
        name: 'PodSecurity',
        configuration: {
          apiVersion: 'pod-security.admission.config.k8s.io/v1',
          kind: 'PodSecurityConfiguration',
          defaults: { enforce: 'privileged', warn: level },
        },
      },
    ],
  }
}

/**
 * Sockets in the private folder (the servers' working folder) rather than ports: etcd has no authentication, and on a
 * port every user of the machine could write to it.
 */
const etcdFlags = [
  '--data-dir=etcd',
  '--listen-client-urls=unix://etcd.sock:0',
  '--advertise-client-urls=unix://etcd.sock:0',
  '--listen-peer-urls=unix://peer.sock:0',
  '--initial-advertise-peer-urls=unix://peer.sock:0',
  '--initial-cluster=default=unix://peer.sock:0',
  '--log-level=error',
]

function apiserverFlags(port: string, withAdmissionFile: boolean): string[] {
  return [
    '--etcd-servers=unix://etcd.sock:0',
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    '--cert-dir=certs',
    '--service-account-key-file=sa.key',
    '--service-account-signing-key-file=sa.key',
    '--service-account-issuer=https://kubernetes.default.svc',
    '--token-auth-file=tokens.csv',
    // Whoever holds the token may do everything, so roles would cost 0.8 s of processor time and decide nothing.
    '--authorization-mode=AlwaysAllow',
    '--anonymous-auth=false',
    // As kubeadm sets it: manifests that fix an address of a Service expect it.
    '--service-cluster-ip-range=10.96.0.0/12',
    // Without the next flag, privileged containers are refused whatever the namespace allows.
    '--allow-privileged=true',
    // There is no other API server to agree with.
    '--endpoint-reconciler-type=none',
    '--profiling=false',
    ...(withAdmissionFile ? ['--admission-control-config-file=admission.json'] : []),
  ]
}

function start(
  program: Program,
  binary: string,
  flags: readonly string[],
  folder: string,
  onEnd: (program: Program, how: string, tail: string) => void,
): ChildProcess {
  // No environment: a proxy or a certificate folder of the owner's is no business of the servers.
  const child = spawn(binary, flags, { cwd: folder, env: {}, stdio: ['ignore', 'ignore', 'pipe'] })
  let [head, rest] = ['', '']
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const room = headSize - head.length
    head += text.slice(0, room)
    rest = (rest + text.slice(room)).slice(-tailSize)
  })
  const words = (): string => head + rest
  child.on('error', (error) => {
    onEnd(program, `cannot be started: ${error.message}`, words())
  })
  child.on('exit', (code, signal) => {
    const how = signal === null ? `ended with code ${code}` : `was ended by ${signal}`
    // The last words may still be in the pipe; a grandchild may hold it open for good.
    const timer = setTimeout(() => {
      onEnd(program, how, words())
    }, 500)
    child.on('close', () => {
      clearTimeout(timer)
      onEnd(program, how, words())
    })
  })
  return child
}

function kill(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) resolve()
    else {
      child.on('exit', () => {
        resolve()
      })
      child.kill('SIGKILL')
    }
  })
}

/** Ends this process and whatever a server may have left in our process group. */
function endGroup(): void {
  try {
    process.kill(-process.pid, 'SIGKILL')
  } catch {
    process.exit(0)
  }
}

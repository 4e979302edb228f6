import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { root } from '../../scripts/package.ts'
import type { ApiServerOptions, Cluster } from '../../src/cluster/index.ts'
import { InfrastructureError } from '../../src/model/index.ts'
import { matching } from './matching.ts'
import { processesIn, remainsOf } from './kill.ts'
import { entry, manifestOf, openRealServer, realBinaries } from './server.ts'

/** How a server of our own starts, fails and ends. */
let folder: string
let temporary: string
/** Servers of the test at hand: where it fails half-way, they must not hide why. */
const opened: Cluster[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'k8s-autofix-test-'))
  temporary = join(folder, 'temporary')
  mkdirSync(temporary)
})
afterEach(async () => {
  for (const cluster of opened.splice(0)) await cluster.close()
  // Whatever a test was about, nothing outlives it.
  expect(remainsOf(temporary)).toEqual([])
  rmSync(folder, { recursive: true })
})

function script(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${text}\n`)
  chmodSync(path, 0o755)
  return path
}

/** Opens with other programs in place of the real ones, and gives the error. */
async function failure(
  binaries: Partial<ApiServerOptions['binaries']>,
  options: Partial<ApiServerOptions> = {},
): Promise<Error> {
  try {
    await (
      await openRealServer({ temporary, binaries: { ...realBinaries(), ...binaries }, ...options })
    ).close()
  } catch (error) {
    expect(error).toBeInstanceOf(InfrastructureError)
    if (error instanceof Error) return error
  }
  return expect.fail('it opened')
}

function pidOf(part: string): number {
  const found = processesIn(temporary).filter(({ command }) => command.includes(part))
  expect(found).toHaveLength(1)
  return found[0]!.pid
}

const configMap = manifestOf('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n')

async function serverWith(options: Partial<ApiServerOptions> = {}): Promise<Cluster> {
  const cluster = await openRealServer({ temporary, ...options })
  opened.push(cluster)
  await cluster.prepare([])
  expect(await cluster.dryRun(configMap)).toMatchObject({ outcome: 'accepted' })
  return cluster
}

describe('a server that was started', () => {
  it('keeps to itself, outlasts a Ctrl-C that is not for it, and leaves nothing', async () => {
    const cluster = await serverWith()
    expect(cluster.version).toBe('v1.36.4')
    const [own = ''] = readdirSync(temporary)
    const modes = ['', 'sa.key', 'tokens.csv', 'certs/apiserver.key'].map(
      (name) => statSync(join(temporary, own, name)).mode & 0o077,
    )
    expect(modes).toEqual([0, 0, 0, 0])
    // etcd has no port: every user of the machine could write to it.
    expect(processesIn(temporary).filter(({ command }) => /etcd --data-dir.*http/.test(command))).toEqual([])

    const watchdog = pidOf('internal:watchdog')
    const { stdout } = spawnSync('ps', ['-o', 'sid=', '-p', String(watchdog)], { encoding: 'utf8' })
    expect(Number(stdout)).toBe(watchdog)
    process.kill(watchdog, 'SIGINT')
    process.kill(watchdog, 'SIGHUP')
    expect(await cluster.dryRun(configMap)).toMatchObject({ outcome: 'accepted' })

    await cluster.close()
    expect(remainsOf(temporary)).toEqual([])
    await cluster.close()
    expect(await cluster.dryRun(configMap)).toMatchObject({ outcome: 'unanswered', fault: 'unreachable' })
  })

  it('takes another port where one is taken, and ends cleanly when its watchdog gets SIGTERM', async () => {
    const { port, close } = await occupy()
    const cluster = await serverWith({ ports: [port] })
    process.kill(pidOf('internal:watchdog'), 'SIGTERM')
    await vi.waitFor(() => expect(remainsOf(temporary)).toEqual([]), 10_000)
    await cluster.close()
    await close()
  })

  it.skipIf(process.getuid?.() !== 0)('needs no rights', async () => {
    chmodSync(folder, 0o755)
    chmodSync(temporary, 0o777)
    const { apiserver, etcd } = realBinaries()
    const owner = spawn(
      process.execPath,
      [join(import.meta.dirname, 'owner.ts'), temporary, apiserver, etcd],
      {
        uid: 65534,
        gid: 65534,
        cwd: '/',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    const output = await new Promise<string>((resolve) => {
      let text = ''
      const add = (chunk: Buffer): void => {
        text += chunk.toString()
        if (text.includes('ready')) resolve(text)
      }
      owner.stdout.on('data', add)
      owner.stderr.on('data', add)
      owner.on('exit', () => resolve(text))
    })
    expect(output).toBe('ready\n')
    owner.kill('SIGKILL')
    await vi.waitFor(() => expect(remainsOf(temporary)).toEqual([]), 10_000)
  })
})

describe('a server that does not start says why', () => {
  it.each(['etcd', 'apiserver'] as const)('%s is not there', async (name) => {
    const error = await failure({ [name]: '/nowhere/program' })
    expect(error.message).toMatch(/^there is no (?:etcd|kube-apiserver) at \/nowhere\/program$/)
  })

  it('it may not be run', async () => {
    const path = script('plain', '')
    chmodSync(path, 0o644)
    expect((await failure({ etcd: path })).message).toMatch(/etcd .* cannot be started: .*EACCES/)
  })

  it('it crashes', async () => {
    const path = script(
      'crash',
      'echo starting >&2; echo "panic: runtime error: out of luck" >&2; echo "goroutine 1" >&2; exit 2',
    )
    expect((await failure({ apiserver: path })).message).toMatch(
      /kube-apiserver .* ended with code 2 before it was ready: panic: runtime error: out of luck/,
    )
  })

  it('it is killed', async () => {
    expect((await failure({ etcd: script('killed', 'kill -9 $$') })).message).toMatch(
      /etcd .* was ended by SIGKILL before it was ready$/,
    )
  })

  it('it ends at once without a word', async () => {
    expect((await failure({ apiserver: script('silent', 'exit 0') })).message).toMatch(
      /kube-apiserver .* ended with code 0 before it was ready$/,
    )
  })

  it('it refuses its flags, as a program of another name does', async () => {
    expect((await failure({ apiserver: realBinaries().etcd })).message).toMatch(
      /kube-apiserver .* ended with code \d+ before it was ready: .*flag/,
    )
  })

  it('it prints garbage without end', async () => {
    const path = script('garbage', 'while :; do echo "%PDF-1.4 \\377\\376 garbage {{{" >&2; done')
    const error = await failure({ apiserver: path }, { deadline: 1500 })
    expect(error.message).toMatch(/was not ready within 2 s: nothing listened/)
  })

  it('it hangs, and so does what it has started', async () => {
    const error = await failure({ apiserver: script('hang', 'sleep 1000 & sleep 1000') }, { deadline: 1000 })
    expect(error.message).toMatch(/kube-apiserver was not ready within 1 s/)
  })

  it('etcd hangs', async () => {
    const error = await failure({ etcd: script('hang', 'exec sleep 1000') }, { deadline: 3000 })
    expect(error.message).toMatch(/was not ready within 3 s|ended with code 1 before it was ready/)
  })

  it('every port is taken', async () => {
    const taken = await Promise.all(Array.from({ length: 5 }, occupy))
    const error = await failure({}, { ports: taken.map(({ port }) => port) })
    expect(error.message).toBe('no free port was found for kube-apiserver in 5 attempts')
    await Promise.all(taken.map(({ close }) => close()))
  })

  it('there is no temporary folder', async () => {
    const error = await failure({}, { temporary: join(folder, 'nowhere') })
    expect(error.message).toMatch(/^a Kubernetes API server cannot be started: ENOENT.*nowhere/)
  })

  it('its entry is not there', async () => {
    const error = await failure({}, { entry: new URL('nowhere.ts', entry) })
    expect(error.message).toMatch(
      /^a Kubernetes API server cannot be started: the watchdog ended with code 1/,
    )
  })

  /** A file system of one MiB, in a mount namespace of its own. */
  const mounting = process.getuid?.() === 0 ? ['-m'] : ['-rm']
  const canMount = spawnSync('unshare', [...mounting, 'true']).status === 0
  it.skipIf(!canMount)('the temporary folder is full', () => {
    const { apiserver, etcd } = realBinaries()
    const command = 'mount -t tmpfs -o size=1m none "$2" && exec "$0" "$1" "$2" "$3" "$4"'
    const program = [process.execPath, join(import.meta.dirname, 'owner.ts'), temporary, apiserver, etcd]
    const { stderr, status } = spawnSync('unshare', [...mounting, 'sh', '-c', command, ...program], {
      cwd: root,
      encoding: 'utf8',
      timeout: 60_000,
    })
    expect(stderr).toMatch(/InfrastructureError: there is no room left in .*temporary for the data/)
    expect(status).toBe(1)
  })
})

describe('a server that ends in the middle of a run', () => {
  it.each([
    ['etcd', 'etcd --data-dir'],
    ['kube-apiserver', '--etcd-servers'],
  ])('because %s was killed', async (name, part) => {
    const cluster = await serverWith()
    process.kill(pidOf(part), 'SIGKILL')
    const answers = await Promise.all(Array.from({ length: 8 }, () => cluster.dryRun(configMap)))
    const last = await vi.waitFor(async () => {
      const answer = await cluster.dryRun(configMap)
      expect(answer).toMatchObject({ outcome: 'unanswered', fault: 'unreachable' })
      return answer
    }, 10_000)
    expect(last).toEqual({
      outcome: 'unanswered',
      fault: 'unreachable',
      message: `the API server that we started is gone: ${name} was ended by SIGKILL`,
    })
    // None of those that were under way counts against its object.
    expect(answers.filter(({ outcome }) => outcome === 'rejected')).toEqual([])
    await expect(
      cluster.prepare([{ apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'new' } }]),
    ).rejects.toThrow(InfrastructureError)
    await vi.waitFor(() => expect(remainsOf(temporary)).toEqual([]), 10_000)
    await cluster.close()
  })

  it('because its watchdog was killed, is ended when it is closed', async () => {
    const cluster = await serverWith()
    process.kill(pidOf('internal:watchdog'), 'SIGKILL')
    await cluster.close()
    // They were killed, and a large process takes a moment to be gone.
    await vi.waitFor(() => expect(remainsOf(temporary)).toEqual([]), 10_000)
  })

  it('because it hangs, is a timeout, and can still be closed', async () => {
    // Long enough for a busy machine to answer while it does not hang.
    const cluster = await serverWith({ requests: { deadline: 4000 } })
    process.kill(pidOf('--etcd-servers'), 'SIGSTOP')
    expect(await cluster.dryRun(configMap)).toMatchObject({
      outcome: 'unanswered',
      fault: 'timeout',
      message: matching(/did not answer within 4000 ms/),
    })
    await cluster.close()
  })
})

async function occupy(): Promise<{ port: number; close: () => Promise<unknown> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => sockets.add(socket.on('error', () => undefined)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    port: address.port,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

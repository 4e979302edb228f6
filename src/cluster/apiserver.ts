import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InfrastructureError, messageOf } from '../model/index.ts'
import type { Cluster } from './cluster.ts'
import { createClient, type ApiClient, type ClientOptions } from './connection.ts'
import { createCluster } from './server.ts'
import { startServers, type Ended, type Servers } from './servers.ts'

export interface ApiServerOptions {
  /** The entry file of this program, which is also the watchdog; see src/main.ts. */
  entry: URL
  /** Paths of the two programs. */
  binaries: { apiserver: string; etcd: string }
  /** Folder for the servers' data; the system's where absent. */
  temporary?: string
  /** Milliseconds from start until ready. */
  deadline?: number
  /** Ports to try before free ones are looked for. */
  ports?: readonly number[]
  /** Pod Security level that every namespace warns of, unless its own labels say otherwise. */
  podSecurity?: 'baseline' | 'restricted'
  requests?: ClientOptions
}

/** Starts before a port that someone else took in the meantime counts as a failure. */
const attempts = 5

/**
 * Starts kube-apiserver and etcd for this run alone, on loopback, and waits until the server is ready (`/readyz`: only
 * then admission plug-ins speak their warnings). Needs no rights. Throws an `InfrastructureError` that quotes the
 * reason when they do not get there.
 */
export async function openApiServer(options: ApiServerOptions): Promise<Cluster> {
  const { entry, binaries, temporary = tmpdir(), deadline = 60_000, podSecurity = '' } = options
  const ends = performance.now() + deadline
  const ports = [...(options.ports ?? [])]
  for (let attempt = 1; ; attempt++) {
    const port = ports.shift() ?? (await freePort())
    const servers = await startServers(entry, { ...binaries, port, temporary, podSecurity })
    let client: ApiClient | undefined
    try {
      client = await ready(servers, port, ends, deadline, options.requests)
      return await createCluster('apiserver', client, {
        owned: true,
        close: servers.stop,
        trouble: servers.trouble,
      })
    } catch (error) {
      client?.close()
      await servers.stop()
      if (!(error instanceof ServersEnded)) throw error
      if (isPortTaken(error.ended) && attempt < attempts) continue
      throw failure(error.ended, binaries, temporary)
    }
  }
}

/** A client of the server, as soon as the server says that it is ready. */
async function ready(
  servers: Servers,
  port: number,
  ends: number,
  deadline: number,
  requests: ClientOptions | undefined,
): Promise<ApiClient> {
  let seen = 'nothing listened'
  for (;;) {
    const ended = servers.ended()
    if (ended !== undefined) throw new ServersEnded(ended)
    if (performance.now() > ends)
      throw new InfrastructureError(
        `kube-apiserver was not ready within ${Math.round(deadline / 1000)} s: ${seen}`,
        'Is the machine very busy? A cluster that runs already is used with --cluster kubeconfig.',
      )
    // The server makes its own certificate, so that what answers on the port is known to be what we started.
    const certificate = await readFile(join(servers.folder, 'certs', 'apiserver.crt'), 'utf8').catch(() => '')
    if (certificate !== '') {
      const connection = {
        url: `https://127.0.0.1:${port}`,
        certificateAuthority: certificate,
        token: servers.token,
      }
      const client = createClient(connection, { attempts: 1, deadline: 2000 })
      try {
        const { status, body } = await client.request({ method: 'GET', path: '/readyz' })
        if (status === 200) return createClient(connection, requests)
        seen = `/readyz answered ${status}: ${body.slice(0, 200)}`
      } catch (error) {
        seen = messageOf(error)
      } finally {
        client.close()
      }
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 25)
    })
  }
}

class ServersEnded extends Error {
  override readonly name = 'ServersEnded'
  readonly ended: Ended

  constructor(ended: Ended) {
    super(ended.how)
    this.ended = ended
  }
}

function isPortTaken({ tail }: Ended): boolean {
  return /address already in use|failed to create listener/.test(tail)
}

function failure(
  ended: Ended,
  binaries: ApiServerOptions['binaries'],
  temporary: string,
): InfrastructureError {
  const { program, how, tail } = ended
  if (/no space left on device|ENOSPC/i.test(`${how} ${tail}`))
    return new InfrastructureError(
      `there is no room left in ${temporary} for the data of a Kubernetes API server`,
      'Free some 200 MB, or set TMPDIR to a folder that has them.',
    )
  if (program === undefined)
    return new InfrastructureError(`a Kubernetes API server cannot be started: ${how}`)
  const path = program === 'etcd' ? binaries.etcd : binaries.apiserver
  if (/ENOENT/.test(how))
    return new InfrastructureError(
      `there is no ${program} at ${path}`,
      'Check the path, or choose another --cluster.',
    )
  if (isPortTaken(ended))
    return new InfrastructureError(`no free port was found for kube-apiserver in ${attempts} attempts`)
  const words = lastWords(tail)
  return new InfrastructureError(
    `${program} (${path}) ${how} before it was ready${words === '' ? '' : `: ${words}`}`,
  )
}

/** The line of a server's standard error that says why it gave up. */
export function lastWords(tail: string): string {
  const lines = tail.split('\n').filter((line) => line.trim() !== '')
  const telling = lines.findLast((line) =>
    /^(?:Error:|panic:|F\d{4} )|"level":"(?:fatal|panic)"|"err"?[:=]|flag provided but not defined|unknown flag/.test(
      line,
    ),
  )
  const words = telling ?? lines.at(-1) ?? ''
  return words.length > 400 ? `${words.slice(0, 400)}…` : words
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', (error) => {
      reject(new InfrastructureError(`no port can be opened on loopback: ${error.message}`))
    })
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port)
        else reject(new InfrastructureError('no port can be opened on loopback'))
      })
    })
  })
}

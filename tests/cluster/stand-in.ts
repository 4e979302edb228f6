import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Server } from 'node:net'
import {
  createClient,
  createCluster,
  type ClientOptions,
  type Cluster,
  type Connection,
} from '../../src/cluster/index.ts'
import { certify, type Certified } from './certificates.ts'

/** What a stand-in says to one request; undefined to keep silent. */
export interface Said {
  status: number
  body?: unknown
  headers?: Record<string, string | string[]>
}
export type Script = (request: {
  method: string
  path: string
  body: string
  count: number
}) => Said | 'silence' | 'break off'

export interface StandIn {
  url: string
  authority: string
  /** Every request so far, as `METHOD path`. */
  seen: string[]
  /** Connections so far. */
  connections(): number
  close(): Promise<void>
}

export const authority = certify({ name: 'authority', authority: true })

/**
 * A small server on loopback for what a real API server cannot be made to say: it answers the questions that open a
 * cluster like one, and everything else by script. Plain HTTP where `certified` is `plain`.
 */
export async function standIn(
  script: Script,
  certified: Certified | 'plain' = certify({ name: 'localhost', by: authority }),
): Promise<StandIn> {
  const seen: string[] = []
  const onRequest = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const [method, path] = [incoming.method ?? '', incoming.url ?? '']
      seen.push(`${method} ${path}`)
      const body = Buffer.concat(chunks).toString()
      const count = seen.filter((one) => one === `${method} ${path}`).length
      const said = script({ method, path, body, count })
      if (said === 'silence') return
      if (said === 'break off') {
        incoming.socket.destroy()
        return
      }
      outgoing.writeHead(said.status, { 'content-type': 'application/json', ...said.headers })
      outgoing.end(typeof said.body === 'string' ? said.body : JSON.stringify(said.body ?? {}))
    })
  }
  const server: Server =
    certified === 'plain'
      ? createServer(onRequest)
      : createSecureServer({ cert: certified.certificate, key: certified.key }, onRequest)
  const sockets = new Set<{ destroy(): void }>()
  let connections = 0
  server.on('connection', (socket) => {
    connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `${certified === 'plain' ? 'http' : 'https'}://127.0.0.1:${port}`,
    authority: authority.certificate,
    seen,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Answers version and discovery, and leaves the rest to `others`. */
export function likeAnApiServer(others: Script): Script {
  return (request) => {
    const path = request.path.split('?', 1)[0]
    if (path === '/version') return { status: 200, body: { gitVersion: 'v1.99.0' } }
    if (path === '/api')
      return {
        status: 200,
        body: {
          kind: 'APIGroupDiscoveryList',
          items: [
            {
              metadata: {},
              versions: [
                {
                  version: 'v1',
                  resources: [
                    {
                      resource: 'configmaps',
                      responseKind: { group: '', version: 'v1', kind: 'ConfigMap' },
                      scope: 'Namespaced',
                      verbs: ['create'],
                    },
                  ],
                },
              ],
            },
          ],
        },
      }
    if (path === '/apis') return { status: 200, body: { kind: 'APIGroupDiscoveryList', items: [] } }
    return others(request)
  }
}

export function connectionTo({ url, authority }: StandIn, more: Partial<Connection> = {}): Connection {
  return { url, certificateAuthority: authority, ...more }
}

/** A cluster that is not ours, over a stand-in. */
export async function clusterAt(
  server: StandIn,
  options: ClientOptions = {},
  more: Partial<Connection> = {},
): Promise<Cluster> {
  const client = createClient(connectionTo(server, more), options)
  return createCluster('kubeconfig', client, { owned: false, close: async () => undefined })
}

export function status(code: number, reason: string, message: string, details?: unknown): Said {
  return {
    status: code,
    body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, details, code },
  }
}

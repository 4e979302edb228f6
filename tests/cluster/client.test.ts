import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createClient, createCluster, type Cluster, type Manifest } from '../../src/cluster/index.ts'
import { InfrastructureError, UserError, type DryRun } from '../../src/model/index.ts'
import { matching } from './matching.ts'
import { certify } from './certificates.ts'
import {
  authority,
  clusterAt,
  connectionTo,
  likeAnApiServer,
  standIn,
  status,
  type Script,
  type StandIn,
} from './stand-in.ts'

const open: (StandIn | Cluster)[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

const manifest: Manifest = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'shop',
  name: 'settings',
  body: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\n',
  type: 'application/yaml',
}
const made = { status: 201, body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } } }

async function serverSaying(script: Script): Promise<StandIn> {
  const server = await standIn(likeAnApiServer(script))
  open.push(server)
  return server
}

/** The verdict on a manifest by a server that follows the script. */
async function verdict(script: Script, deadline = 20_000): Promise<DryRun> {
  const server = await serverSaying(script)
  const cluster = await clusterAt(server, { deadline })
  open.push(cluster)
  return cluster.dryRun(manifest)
}

describe('a dry-run', () => {
  it('is sent as it stands, strictly validated, with all credentials, and stores nothing', async () => {
    const server = await serverSaying(() => made)
    const cluster = await clusterAt(server)
    open.push(cluster)
    expect(await cluster.dryRun(manifest)).toMatchObject({ outcome: 'accepted' })
    expect(
      await cluster.prepare([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'new' } }]),
    ).toEqual({
      assumed: [],
      refused: [],
    })
    expect(await cluster.tryUpdate(manifest, [{ op: 'add', path: '/data', value: {} }])).toBeUndefined()
    expect(server.seen).toEqual([
      'GET /version',
      'GET /api',
      'GET /apis',
      'POST /api/v1/namespaces/shop/configmaps?dryRun=All&fieldValidation=Strict',
    ])
  })

  it('keeps its connections for many requests', async () => {
    const server = await serverSaying(() => made)
    const cluster = await clusterAt(server, { connections: 2 })
    open.push(cluster)
    await Promise.all(Array.from({ length: 20 }, () => cluster.dryRun(manifest)))
    expect(server.connections()).toBeLessThanOrEqual(2)
  })

  it('reads the texts of Warning headers', async () => {
    const headers = {
      warning: [
        '299 - "would violate \\"restricted:latest\\"", 299 - "second, with a comma"',
        '299 - "third" "date"',
        'nonsense',
      ],
    }
    expect(await verdict(() => ({ ...made, headers }))).toMatchObject({
      warnings: ['would violate "restricted:latest"', 'second, with a comma', 'third'],
    })
  })
})

describe('trouble on the way is its own class with its own message', () => {
  const cases: [name: string, script: Script, fault: string, message: RegExp][] = [
    [
      '429 that stays',
      () => ({ ...status(429, 'TooManyRequests', 'slow down'), headers: { 'retry-after': '0' } }),
      'throttled',
      /too busy \(429\)/,
    ],
    [
      '500',
      () => status(500, 'InternalError', 'Internal error occurred: etcd is sad'),
      'server-error',
      /failed \(500\): .*etcd is sad/,
    ],
    [
      '500 of a webhook that is away',
      () => status(500, 'InternalError', 'failed calling webhook "x.example.com": connection refused'),
      'server-error',
      /x\.example\.com/,
    ],
    ['503', () => status(503, 'ServiceUnavailable', 'not yet'), 'server-error', /\(503\): not yet/],
    ['504', () => status(504, 'Timeout', 'request did not complete'), 'timeout', /gave up waiting/],
    ['401', () => status(401, 'Unauthorized', 'Unauthorized'), 'unauthenticated', /does not know who we are/],
    [
      '403 of the authorizer',
      () =>
        status(
          403,
          'Forbidden',
          'configmaps is forbidden: User "jo" cannot create resource "configmaps" in API group "" in the namespace "shop"',
        ),
      'no-permission',
      /dry-runs need the rights/,
    ],
    [
      '403 of the guard against escalation',
      () =>
        status(
          403,
          'Forbidden',
          'roles "x" is forbidden: user "jo" (groups=[]) is attempting to grant RBAC permissions not currently held',
        ),
      'no-permission',
      /grant RBAC/,
    ],
    ['403 of a proxy', () => ({ status: 403, body: '<html>no</html>' }), 'no-permission', /<html>no/],
    [
      'a webhook without dry-run',
      () => status(400, 'BadRequest', 'admission webhook "x.example.com" does not support dry run'),
      'webhook-without-dry-run',
      /sideEffects/,
    ],
    [
      'an answer that is no JSON',
      () => ({ status: 201, body: '<html>hello</html>' }),
      'bad-answer',
      /without showing the object/,
    ],
    [
      'a redirect',
      () => ({ status: 302, headers: { location: 'https://login.example.com/' } }),
      'bad-answer',
      /answered 302/,
    ],
    [
      '400 that is no Status',
      () => ({ status: 400, body: 'Client sent an HTTP request to an HTTPS server.' }),
      'bad-answer',
      /answered 400/,
    ],
    [
      '409 that is no name taken',
      () => status(409, 'Conflict', 'Operation cannot be fulfilled on resourcequotas "all"'),
      'server-error',
      /\(409\): Operation cannot/,
    ],
    ['404 of a proxy', () => ({ status: 404, body: '<html>gone</html>' }), 'bad-answer', /answered 404/],
    [
      '404 that does not say what is missing',
      () => status(404, 'NotFound', 'the server could not find the requested resource', {}),
      'bad-answer',
      /answered 404/,
    ],
    ['415', () => status(415, 'UnsupportedMediaType', 'not YAML'), 'bad-answer', /answered 415/],
    [
      'an object of another kind',
      () => ({ status: 201, body: { ...made.body, kind: 'Secret' } }),
      'bad-answer',
      /asked about v1 ConfigMap and showed v1 Secret/,
    ],
    [
      'an object of another version',
      () => ({ status: 200, body: { ...made.body, apiVersion: 'v2' } }),
      'bad-answer',
      /showed v2 ConfigMap/,
    ],
    ['an object of no kind', () => ({ status: 200, body: { hello: 1 } }), 'bad-answer', /showed \(nothing\)/],
  ]
  it.each(cases)('%s', async (_name, script, fault, message) => {
    const answer = await verdict(script)
    expect(answer).toMatchObject({ outcome: 'unanswered', fault })
    expect(answer).toHaveProperty('message', matching(message))
  })

  it('a server that hangs', async () => {
    expect(await verdict(() => 'silence', 300)).toMatchObject({
      outcome: 'unanswered',
      fault: 'timeout',
      message: matching(/did not answer within 300 ms/),
    })
  })

  it('a server that always breaks off', async () => {
    const server = await serverSaying(() => 'break off')
    const cluster = await clusterAt(server)
    open.push(cluster)
    expect(await cluster.dryRun(manifest)).toMatchObject({
      outcome: 'unanswered',
      fault: 'unreachable',
      message: matching(/broke the connection off/),
    })
    expect(server.seen.filter((one) => one.startsWith('POST'))).toHaveLength(4)
  })

  it('an answer without end', async () => {
    const server = await serverSaying(() => ({ status: 201, body: 'x'.repeat(100_000) }))
    const cluster = await clusterAt(server, { largestAnswer: 10_000 })
    open.push(cluster)
    expect(await cluster.dryRun(manifest)).toMatchObject({
      fault: 'bad-answer',
      message: matching(/more than 10000 bytes/),
    })
  })
})

describe('a request is sent again', () => {
  it('after 429, and after a connection that was broken off', async () => {
    expect(
      await verdict(({ count }) =>
        count === 1
          ? { ...status(429, 'TooManyRequests', 'slow down'), headers: { 'retry-after': '0' } }
          : count === 2
            ? 'break off'
            : made,
      ),
    ).toMatchObject({ outcome: 'accepted' })
  })

  it('not when it may have stored something', async () => {
    const server = await serverSaying(() => 'break off')
    const client = createClient(connectionTo(server))
    await expect(client.request({ method: 'POST', path: '/x', repeatable: false })).rejects.toMatchObject({
      fault: 'unreachable',
    })
    expect(server.seen).toHaveLength(1)
    client.close()
  })

  it('not when the server asks for more time than the request has', async () => {
    const answer = await verdict(
      () => ({ ...status(429, 'TooManyRequests', 'slow down'), headers: { 'retry-after': '3600' } }),
      1000,
    )
    expect(answer).toMatchObject({ fault: 'throttled' })
  })
})

describe('a conflict', () => {
  it('is a name that is taken, also after the others that were tried', async () => {
    const taken = status(409, 'AlreadyExists', 'configmaps "settings" already exists')
    expect(await verdict(() => taken)).toMatchObject({ rejection: 'conflict', code: 409 })
  })

  it('is a write of the server that was overtaken only until the next attempt', async () => {
    const overtaken = status(409, 'Conflict', 'Operation cannot be fulfilled on resourcequotas "all"')
    expect(await verdict(({ count }) => (count < 3 ? overtaken : made))).toMatchObject({
      outcome: 'accepted',
    })
  })

  const invalid = (...messages: string[]) =>
    status(422, 'Invalid', messages.join(), {
      causes: messages.map((message) => ({ reason: 'FieldValueInvalid', field: 'spec', message })),
    })
  it.each(['port', 'IP'])('is a fixed %s that the deployed object has', async (what) => {
    const message = `Invalid value: 1: provided ${what} is already allocated`
    expect(await verdict(() => invalid(message))).toMatchObject({ rejection: 'conflict', code: 422 })
    expect(
      await verdict(({ count, path, body }) =>
        count === 1 && body === manifest.body && path.includes('/shop/')
          ? status(409, 'AlreadyExists', 'configmaps "settings" already exists')
          : invalid(message),
      ),
    ).toMatchObject({ rejection: 'conflict' })
    expect(await verdict(() => invalid(message, 'Required value'))).toMatchObject({ rejection: 'invalid' })
  })
})

describe('a server that is not trusted or not there', () => {
  const opening = async (server: StandIn, more = {}): Promise<Cluster> =>
    clusterAt(server, { attempts: 1 }, more)

  it.each([
    ['expired', { name: 'localhost', by: authority, from: -2, until: -1 }, /has expired.*CERT_HAS_EXPIRED/],
    ['not valid yet', { name: 'localhost', by: authority, from: 1, until: 2 }, /not valid yet/],
    [
      'of another authority',
      { name: 'localhost', by: certify({ name: 'other', authority: true }) },
      /not signed by the given authority/,
    ],
    ['signed by itself', { name: 'localhost' }, /signed by itself/],
  ])('certificate %s', async (_name, wish, message) => {
    const server = await standIn(() => made, certify(wish))
    open.push(server)
    await expect(opening(server)).rejects.toThrow(message)
    await expect(opening(server)).rejects.toBeInstanceOf(InfrastructureError)
  })

  it('certificate for another name', async () => {
    const server = await serverSaying(() => made)
    await expect(opening(server, { serverName: 'api.example.com' })).rejects.toThrow(/for another name/)
  })

  it('is used all the same where that is asked for', async () => {
    const server = await standIn(
      likeAnApiServer(() => made),
      certify({ name: 'localhost' }),
    )
    open.push(server)
    const cluster = await opening(server, { skipTlsVerify: true })
    expect(cluster.version).toBe('v1.99.0')
    await cluster.close()
  })

  it('nobody listens', async () => {
    const server = await standIn(() => made)
    await server.close()
    await expect(opening(server)).rejects.toThrow(
      /cannot be reached \(ECONNREFUSED\); check that the cluster runs/,
    )
  })

  it('speaks no TLS', async () => {
    const server = await standIn(() => made, 'plain')
    open.push(server)
    const secure = { ...server, url: server.url.replace('http:', 'https:') }
    await expect(opening(secure)).rejects.toThrow(/does not speak TLS/)
  })

  it('speaks no HTTP', async () => {
    const garbage = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.resume()
      socket.end('garbage\r\n\r\n')
    })
    await new Promise<void>((resolve) => garbage.listen(0, '127.0.0.1', resolve))
    const address = garbage.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const client = createClient({ url: `http://127.0.0.1:${port}` }, { attempts: 1 })
    await expect(
      createCluster('kubeconfig', client, { owned: false, close: async () => undefined }),
    ).rejects.toThrow(/does not speak HTTP/)
    client.close()
    await new Promise((resolve) => garbage.close(resolve))
  })

  it('is no API server', async () => {
    const server = await standIn(() => ({ status: 200, body: '<html>Welcome</html>' }))
    open.push(server)
    await expect(opening(server)).rejects.toThrow(/is no Kubernetes API server; check the address/)
  })

  it('a key that cannot be read', () => {
    const nonsense = { clientCertificate: 'nonsense', clientKey: 'nonsense' }
    expect(() => createClient({ url: 'https://127.0.0.1:1', ...nonsense })).toThrow(UserError)
    expect(() => createClient({ url: 'https://127.0.0.1:1', ...nonsense })).toThrow(
      /certificates or the key .* cannot be read/,
    )
  })

  it('an address that is none', () => {
    expect(() => createClient({ url: 'ftp://x' })).toThrow(UserError)
    expect(() => createClient({ url: 'localhost' })).toThrow(/is not the address of an API server/)
  })
})

describe('a server without aggregated discovery', () => {
  it('is asked version by version, and an extension that is away costs only its own kinds', async () => {
    const server = await standIn(({ path }) => {
      if (path === '/version') return { status: 200, body: { gitVersion: 'v1.20.0' } }
      if (path === '/api') return { status: 200, body: { kind: 'APIVersions', versions: ['v1'] } }
      if (path === '/apis')
        return {
          status: 200,
          body: {
            kind: 'APIGroupList',
            groups: [
              { name: 'apps', versions: [{ groupVersion: 'apps/v1' }] },
              { name: 'metrics.k8s.io', versions: [{ groupVersion: 'metrics.k8s.io/v1' }] },
            ],
          },
        }
      if (path === '/api/v1')
        return {
          status: 200,
          body: {
            kind: 'APIResourceList',
            resources: [
              { name: 'configmaps', kind: 'ConfigMap', namespaced: true, verbs: ['create', 'get'] },
              { name: 'pods/eviction', kind: 'Eviction', namespaced: true, verbs: ['create'] },
            ],
          },
        }
      if (path === '/apis/apps/v1')
        return {
          status: 200,
          body: {
            kind: 'APIResourceList',
            resources: [{ name: 'deployments', kind: 'Deployment', namespaced: true, verbs: ['create'] }],
          },
        }
      if (path.startsWith('/apis/metrics')) return { status: 503, body: 'service unavailable' }
      return made
    })
    open.push(server)
    const cluster = await clusterAt(server)
    expect(await cluster.dryRun(manifest)).toMatchObject({ outcome: 'accepted' })
    expect(await cluster.dryRun({ ...manifest, kind: 'Eviction' })).toMatchObject({
      rejection: 'unknown-kind',
    })
    expect(
      await cluster.dryRun({ ...manifest, apiVersion: 'apps/v1beta1', kind: 'Deployment' }),
    ).toMatchObject({
      rejection: 'unknown-kind',
      message: matching(/does not serve apps\/v1beta1 Deployment; it serves Deployment as apps\/v1/),
    })
    await cluster.close()
  })
})

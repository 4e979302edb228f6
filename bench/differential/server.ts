import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tool } from '../../scripts/tools.ts'
import {
  createClient,
  type ApiClient,
  type ApiRequest,
  type ApiResponse,
} from '../../src/cluster/connection.ts'
import { discover, type Discovery, type ServedKind } from '../../src/cluster/discovery.ts'
import { mapLimited } from '../../src/cluster/limit.ts'
import { collectionPath, isPathSegment } from '../../src/cluster/paths.ts'
import { renamed } from '../../src/cluster/rename.ts'
import { Seeder } from '../../src/cluster/seeder.ts'
import { definitionSeeds, namespaceSeeds, podSeeds, policySeeds } from '../../src/cluster/seeds.ts'
import { startServers } from '../../src/cluster/servers.ts'
import { isOvertaken } from '../../src/cluster/status.ts'
import { RequestFault, type Manifest } from '../../src/cluster/index.ts'
import type { JsonObject, JsonPatch } from '../../src/model/index.ts'
import type { Answer } from './answer.ts'
import { objectIn, parseJson, textIn } from './json.ts'

/** What a server said of one manifest, and of which text: one whose name was taken is asked under another name. */
export interface Asked {
  answer: Answer
  manifest: Manifest
}

/** A real kube-apiserver, asked for its own words: `Cluster` of src/cluster has put them into ours. */
export class RealServer {
  readonly client: ApiClient
  private readonly stop: () => Promise<void>
  private readonly seeder: Seeder
  private known: Discovery
  /** What was made so far, by what it is. */
  private readonly made = new Map<string, JsonObject>()

  private constructor(client: ApiClient, stop: () => Promise<void>, known: Discovery) {
    this.client = client
    this.stop = stop
    this.seeder = new Seeder(client)
    this.known = known
  }

  /** Starts one for this run alone and waits until it is ready. */
  static async start(): Promise<RealServer> {
    const port = await freePort()
    const servers = await startServers(new URL('../../src/main.ts', import.meta.url), {
      apiserver: tool('kube-apiserver'),
      etcd: tool('etcd'),
      port,
      temporary: tmpdir(),
      podSecurity: '',
    })
    try {
      const client = await ready(servers.folder, servers.token, port, () => servers.ended()?.how)
      return new RealServer(client, servers.stop, await discover(client))
    } catch (error) {
      await servers.stop()
      throw error
    }
  }

  async close(): Promise<void> {
    this.client.close()
    await this.stop()
  }

  /** Everything that was made on this server so that others can be judged: the engine's context is the same. */
  get context(): JsonObject[] {
    return [...this.made.values()]
  }

  /** Makes what the objects need to be judged alone, as src/cluster does. */
  async prepare(objects: readonly JsonObject[]): Promise<void> {
    const { refused } = await this.seeder.seed(objects, this.known, async () => {
      this.known = await discover(this.client)
      return this.known
    })
    this.known = await discover(this.client)
    const unmade = new Set(refused.map(({ what }) => what))
    const { parameters, policies, bindings } = policySeeds(objects)
    const seeds = [
      ...definitionSeeds(objects),
      ...namespaceSeeds(objects, this.known),
      ...podSeeds(objects),
      ...parameters,
      ...policies,
      ...bindings,
    ]
    for (const { what, object } of seeds)
      // What is there is not made again.
      if (!unmade.has(what) && !this.made.has(identity(object))) this.made.set(identity(object), object)
  }

  /**
   * Stores an object, in the place of one that is there. It counts as made even where the server will not have it: that
   * is for the engine to find out by itself.
   */
  async store(object: JsonObject): Promise<void> {
    this.made.set(identity(object), object)
    const kind = this.kindOf(textIn(object['apiVersion']), textIn(object['kind']))
    if (kind === undefined) return
    const metadata = objectIn(object['metadata'])
    const collection = collectionPath(kind, textIn(metadata['namespace']))
    const body = JSON.stringify(object)
    const created = await this.client.request({ method: 'POST', path: collection, body, repeatable: false })
    if (created.status === 409) {
      const path = `${collection}/${encodeURIComponent(textIn(metadata['name']))}`
      const there = objectIn(parseJson((await this.client.request({ method: 'GET', path })).body))
      const { resourceVersion } = objectIn(there['metadata'])
      const replacement = { ...object, metadata: { ...metadata, resourceVersion: textIn(resourceVersion) } }
      await this.client.request({ method: 'PUT', path, body: JSON.stringify(replacement) })
    }
  }

  kindOf(apiVersion: string, kind: string): ServedKind | undefined {
    return this.known.find(apiVersion, kind)
  }

  /** What a strict dry-run create is told, and under which text. */
  async create(manifest: Manifest): Promise<Asked> {
    const kind = this.kindOf(manifest.apiVersion, manifest.kind)
    if (kind === undefined) return { answer: { code: 404, warnings: [], unknownKind: true }, manifest }
    if (!isPathSegment(manifest.namespace))
      return { answer: { code: 0, warnings: [], trouble: 'impossible namespace' }, manifest }
    const first = await this.post(kind, manifest)
    if (first.code !== 409) return { answer: first, manifest }
    for (let attempt = 1; attempt <= 3; attempt++) {
      const other = renamed(manifest, attempt)
      if (other === undefined) break
      const answer = await this.post(kind, other.manifest)
      if (answer.code !== 409) return { answer, manifest: other.manifest }
    }
    return { answer: first, manifest }
  }

  private async post(kind: ServedKind, manifest: Manifest): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const response = await this.request({
        method: 'POST',
        path: `${collectionPath(kind, manifest.namespace)}?dryRun=All&fieldValidation=Strict`,
        type: manifest.type,
        body: manifest.body,
      })
      if (response !== undefined && attempt < 4 && isOvertaken(response)) continue
      return answerOf(response)
    }
  }

  /** A server that fails over an object breaks the connection off, of which others die as well: they are asked again. */
  private async request(request: ApiRequest): Promise<ApiResponse | undefined> {
    for (let attempt = 1; attempt <= 4; attempt++) {
      try {
        return await this.client.request(request)
      } catch (error) {
        if (!(error instanceof RequestFault)) throw error
      }
    }
    return undefined
  }

  /** Stores the original, asks about all the patches, and removes it again. */
  async updates(
    original: Manifest,
    patches: readonly JsonPatch[],
  ): Promise<{ stored: Answer; answers: Answer[] }> {
    const kind = this.kindOf(original.apiVersion, original.kind)
    if (kind === undefined) return { stored: { code: 404, warnings: [], unknownKind: true }, answers: [] }
    const collection = collectionPath(kind, original.namespace)
    const response = await this.client.request({
      method: 'POST',
      path: collection,
      type: original.type,
      body: original.body,
      repeatable: false,
    })
    const stored = answerOf(response)
    const name = textIn(objectIn(stored.object?.['metadata'])['name'])
    if (stored.code !== 201 || name === '') return { stored, answers: [] }
    const path = `${collection}/${encodeURIComponent(name)}`
    try {
      const answers = await mapLimited(patches, 6, async (patch) =>
        answerOf(
          await this.request({
            method: 'PATCH',
            path: `${path}?dryRun=All&fieldValidation=Strict`,
            type: 'application/json-patch+json',
            body: JSON.stringify(patch),
          }),
        ),
      )
      return { stored, answers }
    } finally {
      await this.client.request({
        method: 'PATCH',
        path,
        type: 'application/merge-patch+json',
        body: JSON.stringify({ metadata: { finalizers: null } }),
      })
      await this.client.request({
        method: 'DELETE',
        path,
        body: JSON.stringify({ gracePeriodSeconds: 0, propagationPolicy: 'Background' }),
      })
    }
  }
}

function identity(object: JsonObject): string {
  const metadata = objectIn(object['metadata'])
  const parts = [object['apiVersion'], object['kind'], metadata['namespace'], metadata['name']]
  return JSON.stringify(parts.map(textIn))
}

/** A response as it is compared. */
function answerOf(response: ApiResponse | undefined): Answer {
  if (response === undefined) return { code: 0, warnings: [], trouble: 'the server gives no answer' }
  const { status, body, warnings } = response
  const value = objectIn(parseJson(body))
  return status === 200 || status === 201
    ? { code: status, object: value, warnings }
    : {
        code: status,
        status: value,
        warnings,
        ...(value['kind'] === 'Status' ? {} : { text: body.slice(0, 2000) }),
      }
}

async function ready(
  folder: string,
  token: string,
  port: number,
  ended: () => string | undefined,
): Promise<ApiClient> {
  const ends = performance.now() + 120_000
  while (performance.now() < ends) {
    const how = ended()
    if (how !== undefined) throw new Error(`the server ${how}`)
    const certificate = fileText(join(folder, 'certs', 'apiserver.crt'))
    if (certificate !== '') {
      const client = createClient({
        url: `https://127.0.0.1:${port}`,
        certificateAuthority: certificate,
        token,
      })
      const status = await client.request({ method: 'GET', path: '/readyz' }).then(
        (response) => response.status,
        () => 0,
      )
      if (status === 200) return client
      client.close()
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
  }
  throw new Error('kube-apiserver was not ready within two minutes')
}

function fileText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  })
}

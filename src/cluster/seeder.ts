import { isObject, property, type JsonObject, type JsonValue } from '../model/index.ts'
import type { Preparation } from './cluster.ts'
import type { ApiClient } from './connection.ts'
import type { Discovery } from './discovery.ts'
import { mapLimited } from './limit.ts'
import { collectionPath, isPathSegment } from './paths.ts'
import { removeLeftovers, removeSeeded } from './leftovers.ts'
import { post, replace } from './replace.ts'
import { definitionSeeds, namespaceSeeds, podSeeds, policySeeds, seedLabel, type Seed } from './seeds.ts'
import { madeOf, readJson, refusal } from './status.ts'
import { waitForDefinition } from './definitions.ts'
import { waitForPolicies } from './policies.ts'

const inFlight = 8

/** Makes on a server of our own what objects need to be judged alone. What was made once is not made again. */
export class Seeder {
  private readonly client: ApiClient
  private readonly made = new Set<string>()
  private cleaned = false
  /** Of an earlier run, and not to be had by this one. */
  private removed: Seed[] = []

  constructor(client: ApiClient) {
    this.client = client
  }

  /** `rediscover` reads anew what the server serves. Throws a `RequestFault` when the server does not answer. */
  async seed(
    objects: readonly JsonObject[],
    discovery: Discovery,
    rediscover: () => Promise<Discovery>,
  ): Promise<Preparation> {
    const preparation: Preparation = { assumed: [], refused: [] }
    const wantedDefinitions = definitionSeeds(objects)
    const { parameters, policies, bindings } = policySeeds(objects)
    const left = this.cleaned
      ? { policies: [], served: discovery }
      : await removeLeftovers(
          this.client,
          [...wantedDefinitions, ...policies, ...bindings],
          discovery,
          rediscover,
        )
    this.cleaned = true
    let { served } = left
    const definitions = await this.make(wantedDefinitions, served, preparation)
    if (definitions.length + this.removed.length > 0) {
      const waits = await mapLimited(definitions, inFlight, ({ name }) =>
        waitForDefinition(this.client, name),
      )
      for (const [index, message] of waits.entries()) {
        const what = definitions[index]?.what ?? ''
        if (message !== undefined) preparation.refused.push({ what, message })
      }
      served = await rediscover()
      // A definition is established a moment before discovery lists its kind.
      const ready = definitions.filter((_, index) => waits[index] === undefined).flatMap(kindsOf)
      for (let look = 0; look < 100; look++) {
        if (ready.every(({ apiVersion, kind }) => served.find(apiVersion, kind) !== undefined)) break
        await new Promise((resolve) => {
          setTimeout(resolve, 100)
        })
        served = await rediscover()
      }
    }
    await this.make(namespaceSeeds(objects, served), served, preparation)
    await this.make(podSeeds(objects), served, preparation)
    await this.make(parameters, served, preparation)
    const madePolicies = await this.make(policies, served, preparation)
    const madeBindings = await this.make(bindings, served, preparation)
    const changed = [...left.policies, ...this.removed.filter(isJudging), ...madePolicies, ...madeBindings]
    this.removed = []
    if (changed.length > 0) {
      const message = await waitForPolicies(this.client, changed)
      if (message !== undefined) preparation.refused.push({ what: 'admission policies', message })
    }
    return preparation
  }

  /** The seeds that were made now. */
  private async make(seeds: readonly Seed[], served: Discovery, preparation: Preparation): Promise<Seed[]> {
    const fresh = new Map(seeds.map((seed) => [identity(seed), seed]))
    for (const key of this.made) fresh.delete(key)
    const made = await mapLimited([...fresh.values()], inFlight, async (seed) => {
      const message = await this.makeOne(seed, served)
      if (message === undefined) return { seed, refused: [] }
      // Objects may well live in a namespace whose labels are wrong: that is the Namespace's own mistake.
      const plain = seed.kind === 'Namespace' ? withoutLabels(seed) : undefined
      const plainly = plain === undefined ? message : await this.makeOne(plain, served)
      const refused = [{ what: seed.what, message }]
      return { seed: plainly === undefined ? seed : undefined, refused }
    })
    for (const { seed, refused } of made) {
      preparation.refused.push(...refused)
      if (seed === undefined) continue
      this.made.add(identity(seed))
      if (!isServersOwn(seed)) preparation.assumed.push(seed.what)
    }
    return made.flatMap(({ seed }) => (seed === undefined ? [] : [seed]))
  }

  /** The server's words when it refuses. */
  private async makeOne(seed: Seed, served: Discovery): Promise<string | undefined> {
    const { client } = this
    const kind = served.find(seed.apiVersion, seed.kind)
    if (kind === undefined) return `the server does not serve ${seed.apiVersion} ${seed.kind}`
    if (!isPathSegment(seed.namespace)) return `"${seed.namespace}" cannot be the name of a namespace`
    const path = collectionPath(kind, seed.namespace)
    const object = labelled(seed)
    const answer = madeOf(await post(client, path, object), client.url, kind)
    if ('object' in answer) return undefined
    if (answer.code !== 409) {
      if (isPathSegment(seed.name) && seed.name !== '' && !isLivedIn(seed))
        if (await removeSeeded(client, `${path}/${encodeURIComponent(seed.name)}`)) this.removed.push(seed)
      return answer.message
    }
    // There is nothing in a service account that is looked up.
    if (seed.kind === 'ServiceAccount') return undefined
    // The server's own, or those of an earlier run on a kept cluster.
    const again =
      seed.kind === 'Namespace'
        ? await this.relabel(`${path}/${encodeURIComponent(seed.name)}`, labelsOf(object))
        : await replace(client, path, seed.name, object, kind)
    return 'object' in again ? undefined : again.message
  }

  /** Gives a namespace the labels, and no others. */
  private async relabel(path: string, wanted: JsonObject): Promise<ReturnType<typeof madeOf>> {
    const { client } = this
    const there = await client.request({ method: 'GET', path })
    if (there.status !== 200) throw refusal(there, client.url)
    const present = readJson(there.body)
    const labels: Record<string, JsonValue> = { ...wanted }
    for (const key of Object.keys(isObject(present) ? labelsOf(present) : {}))
      // The server writes this one itself.
      if (!(key in wanted) && key !== 'kubernetes.io/metadata.name') labels[key] = null
    const patch = await client.request({
      method: 'PATCH',
      path,
      type: 'application/merge-patch+json',
      body: JSON.stringify({ metadata: { labels } }),
    })
    return madeOf(patch, client.url, { apiVersion: 'v1', kind: 'Namespace' })
  }
}

/** Labels that are none stay as they are: the server has the words for that. */
function labelled({ object }: Seed): JsonObject {
  const metadata = property(object, 'metadata')
  if (!isObject(metadata)) return object
  const labels = property(metadata, 'labels') ?? {}
  if (!isObject(labels)) return object
  return { ...object, metadata: { ...metadata, labels: { ...labels, [seedLabel]: 'true' } } }
}

function identity({ apiVersion, kind, namespace, name }: Seed): string {
  return [apiVersion, kind, namespace, name].join(' ')
}

function labelsOf(object: JsonObject): JsonObject {
  const labels = property(object['metadata'], 'labels')
  return isObject(labels) ? labels : {}
}

function withoutLabels(seed: Seed): Seed | undefined {
  if (Object.keys(labelsOf(seed.object)).length === 0) return undefined
  return { ...seed, object: { ...seed.object, metadata: { name: seed.name } } }
}

function isJudging({ kind }: Seed): boolean {
  return /^(?:Validating|Mutating)AdmissionPolicy(?:Binding)?$/.test(kind)
}

/** Other objects need it to be there, whatever is in it. */
function isLivedIn({ kind }: Seed): boolean {
  return kind === 'Namespace' || kind === 'ServiceAccount'
}

/** Every cluster has these, so they are no assumption. */
function isServersOwn({ what }: Seed): boolean {
  return what === 'namespace default' || what === 'service account default/default'
}

/** What a definition makes the server serve. */
function kindsOf({ object }: Seed): { apiVersion: string; kind: string }[] {
  const spec = object['spec']
  const [group, kind] = [property(spec, 'group'), property(property(spec, 'names'), 'kind')]
  const versions = property(spec, 'versions')
  if (typeof group !== 'string' || typeof kind !== 'string' || !Array.isArray(versions)) return []
  return versions.flatMap((version) => {
    const name = property(version, 'name')
    return property(version, 'served') === true && typeof name === 'string'
      ? [{ apiVersion: `${group}/${name}`, kind }]
      : []
  })
}

import { isObject, property, type JsonObject } from '../model/index.ts'
import type { Preparation } from './cluster.ts'
import type { ApiClient } from './connection.ts'
import type { Discovery } from './discovery.ts'
import { mapLimited } from './limit.ts'
import { collectionPath, isPathSegment } from './paths.ts'
import { definitionSeeds, namespaceSeeds, podSeeds, policySeeds, type Seed } from './seeds.ts'
import { madeOf } from './status.ts'
import { waitForDefinition } from './definitions.ts'
import { waitForPolicies } from './policies.ts'

const inFlight = 8

/** Makes on a server of our own what objects need to be judged alone. What was made once is not made again. */
export class Seeder {
  private readonly client: ApiClient
  private readonly made = new Set<string>()

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
    const definitions = await this.make(definitionSeeds(objects), discovery, preparation)
    let served = discovery
    if (definitions.length > 0) {
      const waits = await mapLimited(definitions, inFlight, ({ name }) =>
        waitForDefinition(this.client, name),
      )
      for (const [index, message] of waits.entries()) {
        const what = definitions[index]?.what ?? ''
        if (message !== undefined) preparation.refused.push({ what, message })
      }
      served = await rediscover()
    }
    await this.make(namespaceSeeds(objects, served), served, preparation)
    await this.make(podSeeds(objects), served, preparation)
    const { parameters, policies, bindings } = policySeeds(objects)
    await this.make(parameters, served, preparation)
    const madePolicies = await this.make(policies, served, preparation)
    const madeBindings = await this.make(bindings, served, preparation)
    if (madePolicies.length + madeBindings.length > 0) {
      const message = await waitForPolicies(this.client, [...madePolicies, ...madeBindings])
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
    const response = await client.request({
      method: 'POST',
      path,
      body: JSON.stringify(seed.object),
      repeatable: false,
    })
    const answer = madeOf(response, client.url)
    if ('object' in answer) return undefined
    if (answer.code !== 409) return answer.message
    // The server's own namespaces are there, and take the repository's labels.
    if (seed.kind !== 'Namespace') return undefined
    const patch = await client.request({
      method: 'PATCH',
      path: `${path}/${encodeURIComponent(seed.name)}`,
      type: 'application/merge-patch+json',
      body: JSON.stringify({ metadata: { labels: labelsOf(seed) } }),
    })
    const patched = madeOf(patch, client.url)
    return 'object' in patched ? undefined : patched.message
  }
}

function identity({ apiVersion, kind, namespace, name }: Seed): string {
  return [apiVersion, kind, namespace, name].join(' ')
}

function labelsOf({ object }: Seed): JsonObject {
  const labels = property(object['metadata'], 'labels')
  return isObject(labels) ? labels : {}
}

function withoutLabels(seed: Seed): Seed | undefined {
  if (Object.keys(labelsOf(seed)).length === 0) return undefined
  return { ...seed, object: { ...seed.object, metadata: { name: seed.name } } }
}

/** Every cluster has these, so they are no assumption. */
function isServersOwn({ what }: Seed): boolean {
  return what === 'namespace default' || what === 'service account default/default'
}

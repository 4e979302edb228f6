import { setTimeout as pause } from 'node:timers/promises'
import { property, valueAt, type JsonValue } from '../model/index.ts'
import type { ApiClient } from './connection.ts'
import type { Discovery } from './discovery.ts'
import { collectionPath } from './paths.ts'
import { seedLabel, text, type Seed } from './seeds.ts'
import { readJson, refusal } from './status.ts'

/** Milliseconds until a definition has to be gone, and no longer served. */
const patience = 20_000

/** The kinds that judge other objects, or say what kinds there are: bindings before the policies that they name. */
const judging: readonly (readonly [group: string, kind: string])[] = [
  ['admissionregistration.k8s.io', 'ValidatingAdmissionPolicyBinding'],
  ['admissionregistration.k8s.io', 'MutatingAdmissionPolicyBinding'],
  ['admissionregistration.k8s.io', 'ValidatingAdmissionPolicy'],
  ['admissionregistration.k8s.io', 'MutatingAdmissionPolicy'],
  ['apiextensions.k8s.io', 'CustomResourceDefinition'],
]

export interface Removed {
  /** Kinds of the policies and bindings that were removed: they stay in force for a moment. */
  policies: { kind: string }[]
  /** What the server served before, without the removed definitions. */
  served: Discovery
}

/** Removes what an earlier run seeded on a kept cluster, and this one does not want. Throws a `RequestFault`. */
export async function removeLeftovers(
  client: ApiClient,
  wanted: readonly Seed[],
  discovery: Discovery,
  rediscover: () => Promise<Discovery>,
): Promise<Removed> {
  const kept = new Set(wanted.map(({ kind, name }) => `${kind} ${name}`))
  const policies: { kind: string }[] = []
  const definitions: { path: string; served: { apiVersion: string; kind: string }[] }[] = []
  for (const [group, kind] of judging) {
    const [apiVersion = ''] = discovery.alternatives(`${group}/v1`, kind)
    const served = discovery.find(apiVersion, kind)
    if (served === undefined) continue
    const collection = collectionPath(served, '')
    const selector = encodeURIComponent(`${seedLabel}=true`)
    const list = await client.request({ method: 'GET', path: `${collection}?labelSelector=${selector}` })
    if (list.status !== 200) throw refusal(list, client.url)
    for (const item of itemsOf(readJson(list.body), 'items')) {
      const name = valueAt(item, '/metadata/name')
      if (typeof name !== 'string' || kept.has(`${kind} ${name}`)) continue
      const path = `${collection}/${encodeURIComponent(name)}`
      const answer = await client.request({ method: 'DELETE', path })
      if (answer.status >= 300 && answer.status !== 404) throw refusal(answer, client.url)
      if (group === 'apiextensions.k8s.io') definitions.push({ path, served: servedBy(item) })
      else policies.push({ kind })
    }
  }
  if (definitions.length === 0) return { policies, served: discovery }
  // Until then its names are taken, and what is of its kind would be sent to nowhere.
  const ends = performance.now() + patience
  for (const { path } of definitions) await waitUntilGone(client, path)
  for (;;) {
    const served = await rediscover()
    const gone = definitions.every((one) =>
      one.served.every(({ apiVersion, kind }) => served.find(apiVersion, kind) === undefined),
    )
    if (gone || performance.now() >= ends) return { policies, served }
    await pause(50)
  }
}

/**
 * Removes what an earlier run seeded under a name for which this run has something that the server refuses: on a new
 * cluster there would be nothing. True where there was something; the server's own objects stay. Throws a `RequestFault`.
 */
export async function removeSeeded(client: ApiClient, path: string): Promise<boolean> {
  const there = await client.request({ method: 'GET', path })
  const labels = valueAt(readJson(there.body), '/metadata/labels')
  if (there.status !== 200 || property(labels, seedLabel) !== 'true') return false
  await client.request({ method: 'DELETE', path })
  await waitUntilGone(client, path)
  return true
}

async function waitUntilGone(client: ApiClient, path: string): Promise<void> {
  const ends = performance.now() + patience
  while (performance.now() < ends && (await client.request({ method: 'GET', path })).status !== 404)
    await pause(25)
}

function servedBy(definition: JsonValue): { apiVersion: string; kind: string }[] {
  const spec = property(definition, 'spec')
  const kind = text(property(spec, 'names'), 'kind')
  return itemsOf(spec, 'versions').map((version) => ({
    apiVersion: `${text(spec, 'group')}/${text(version, 'name')}`,
    kind,
  }))
}

function itemsOf(value: JsonValue | undefined, key: string): readonly JsonValue[] {
  const items = property(value, key)
  return Array.isArray(items) ? items : []
}

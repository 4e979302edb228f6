import { property, valueAt, type DryRun, type JsonPatch } from '../model/index.ts'
import type { Manifest } from './cluster.ts'
import type { ApiClient } from './connection.ts'
import { groupOf, type ServedKind } from './discovery.ts'
import { collectionPath } from './paths.ts'
import { renamed, withStrings } from './rename.ts'
import { readJson, verdictOf } from './status.ts'

/**
 * Kinds whose presence changes how other objects are judged or served. They are never stored for a try, not even for
 * the moment that it takes.
 */
const judging: ReadonlySet<string> = new Set([
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'node.k8s.io',
])

export function canBeTried({ apiVersion, kind }: Manifest): boolean {
  return !judging.has(groupOf(apiVersion)) && kind !== 'Namespace' && kind !== 'IngressClass'
}

/** True for objects that take something of which the whole cluster has one: a port of the nodes, an address, a name. */
export function claimsShared({ kind }: Manifest, { namespaced }: ServedKind): boolean {
  return kind === 'Service' || !namespaced
}

/**
 * Stores the original, under `namespace` where its kind has namespaces, sends the patch as a dry-run, and deletes the
 * original again. Undefined where the original cannot be stored there: then nothing can be said about its update.
 * Throws a `RequestFault`.
 */
export async function tryUpdateIn(
  client: ApiClient,
  kind: ServedKind,
  namespace: string,
  original: Manifest,
  patch: JsonPatch,
): Promise<DryRun | undefined> {
  const placed = kind.namespaced ? inNamespace(original, namespace) : original
  if (placed === undefined) return undefined
  for (let attempt = 0; attempt <= 3; attempt++) {
    // The server itself may have one of this name.
    const { manifest } = attempt === 0 ? { manifest: placed } : (renamed(placed, attempt) ?? {})
    if (manifest === undefined) return undefined
    const collection = collectionPath(kind, namespace)
    const response = await client.request({
      method: 'POST',
      path: collection,
      type: manifest.type,
      body: manifest.body,
      repeatable: false,
    })
    if (response.status === 409) continue
    const stored = verdictOf(response, client.url)
    if (stored.outcome === 'unanswered') return stored
    const name = stored.outcome === 'accepted' ? property(stored.object['metadata'], 'name') : undefined
    if (stored.outcome === 'rejected' || typeof name !== 'string') return undefined
    const path = `${collection}/${encodeURIComponent(name)}`
    try {
      const answer = await client.request({
        method: 'PATCH',
        path: `${path}?dryRun=All&fieldValidation=Strict`,
        type: 'application/json-patch+json',
        // A test holds for the text of the manifest; the server may write the same value in another way.
        body: JSON.stringify(patch.filter(({ op }) => op !== 'test')),
      })
      return verdictOf(answer, client.url, true)
    } finally {
      if (stored.outcome === 'accepted' && valueAt(stored.object, '/metadata/finalizers') !== undefined)
        await client.request({
          method: 'PATCH',
          path,
          type: 'application/merge-patch+json',
          // Whoever would answer to them does not run here, and the object would stay.
          body: JSON.stringify({ metadata: { finalizers: null } }),
        })
      await client.request({
        method: 'DELETE',
        path,
        body: JSON.stringify({ gracePeriodSeconds: 0, propagationPolicy: 'Background' }),
      })
    }
  }
  return undefined
}

function inNamespace(original: Manifest, namespace: string): Manifest | undefined {
  if (original.namespace === '') return original
  const body = withStrings(original, new Map([['/metadata/namespace', namespace]]))
  return body === undefined ? undefined : { ...original, namespace, body }
}

/**
 * A namespace like another one: its labels, and service accounts of the same names. What is stored in it meets nothing
 * else, and the namespace of the original stays as it was. Returns undefined where the other does not exist.
 */
export async function makeScratchNamespace(client: ApiClient, like: string): Promise<string | undefined> {
  const source = `/api/v1/namespaces/${encodeURIComponent(like)}`
  const [namespace, accounts] = await Promise.all([
    client.request({ method: 'GET', path: source }),
    client.request({ method: 'GET', path: `${source}/serviceaccounts` }),
  ])
  if (namespace.status !== 200) return undefined
  const { 'kubernetes.io/metadata.name': _name, ...labels } = asRecord(
    valueAt(readJson(namespace.body), '/metadata/labels'),
  )
  const created = await post(client, '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { generateName: 'k8s-autofix-scratch-', labels },
  })
  const name = property(property(created, 'metadata'), 'name')
  if (typeof name !== 'string') return undefined
  const items = property(readJson(accounts.body), 'items')
  const names = (Array.isArray(items) ? items : []).map((item) => valueAt(item, '/metadata/name'))
  for (const account of new Set(['default', ...names]))
    await post(client, `/api/v1/namespaces/${name}/serviceaccounts`, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: account },
    })
  return name
}

async function post(client: ApiClient, path: string, object: unknown) {
  const { body } = await client.request({
    method: 'POST',
    path,
    body: JSON.stringify(object),
    repeatable: false,
  })
  return readJson(body)
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

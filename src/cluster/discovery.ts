import { z } from 'zod'
import { RequestFault } from './fault.ts'
import type { ApiClient } from './connection.ts'
import { readJson, refusal } from './status.ts'

/** A kind that objects can be created of. */
export interface ServedKind {
  apiVersion: string
  kind: string
  namespaced: boolean
  /** Path of the group and version, e.g. `/apis/apps/v1`. */
  base: string
  /** Name in paths, e.g. `deployments`. */
  plural: string
}

export interface Discovery {
  find(apiVersion: string, kind: string): ServedKind | undefined
  /** API versions that serve a kind of this name in the same group, or in what became of the group. */
  alternatives(apiVersion: string, kind: string): string[]
}

/** Everything in two answers (Kubernetes 1.30; 1.27 with v2beta1); older servers ignore it and list versions alone. */
const aggregated = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat('application/json')
  .join(',')

const groupsSchema = z.object({
  kind: z.literal('APIGroupDiscoveryList'),
  items: z
    .array(
      z.object({
        metadata: z.object({ name: z.string().default('') }).default({ name: '' }),
        versions: z
          .array(
            z.object({
              version: z.string(),
              resources: z
                .array(
                  z.object({
                    resource: z.string(),
                    responseKind: z.object({ kind: z.string() }).optional(),
                    scope: z.string(),
                    verbs: z.array(z.string()).nullish(),
                  }),
                )
                .nullish(),
            }),
          )
          .nullish(),
      }),
    )
    .nullish(),
})
const versionsSchema = z.object({ kind: z.literal('APIVersions'), versions: z.array(z.string()) })
const groupListSchema = z.object({
  kind: z.literal('APIGroupList'),
  groups: z.array(z.object({ name: z.string(), versions: z.array(z.object({ groupVersion: z.string() })) })),
})
const resourcesSchema = z.object({
  kind: z.literal('APIResourceList'),
  resources: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      namespaced: z.boolean(),
      verbs: z.array(z.string()).nullish(),
    }),
  ),
})

/** Asks the server what it serves. Throws a `RequestFault`. */
export async function discover(client: ApiClient): Promise<Discovery> {
  const lists = await Promise.all(['/api', '/apis'].map((root) => readRoot(client, root)))
  const kinds = new Map<string, ServedKind>()
  for (const kind of lists.flat()) {
    const key = `${kind.apiVersion} ${kind.kind}`
    if (!kinds.has(key)) kinds.set(key, kind)
  }
  return {
    find: (apiVersion, kind) => kinds.get(`${apiVersion} ${kind}`),
    alternatives: (apiVersion, kind) =>
      [...kinds.values()]
        .filter((other) => other.kind === kind && isSuccessor(groupOf(other.apiVersion), groupOf(apiVersion)))
        .map((other) => other.apiVersion),
  }
}

/** What was in `extensions` has moved to several groups (https://kubernetes.io/docs/reference/using-api/deprecation-guide/). */
function isSuccessor(group: string, of: string): boolean {
  return group === of || (of === 'extensions' && ['apps', 'networking.k8s.io', 'policy'].includes(group))
}

/** Group of an `apiVersion`; empty for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
}

async function readRoot(client: ApiClient, root: string): Promise<ServedKind[]> {
  const body = await get(client, root, aggregated)
  const groups = groupsSchema.safeParse(body)
  if (groups.success)
    return (groups.data.items ?? []).flatMap(({ metadata, versions }) =>
      (versions ?? []).flatMap(({ version, resources }) => {
        const apiVersion = metadata.name === '' ? version : `${metadata.name}/${version}`
        return (resources ?? []).flatMap(({ resource, responseKind, scope, verbs }) =>
          responseKind === undefined || !(verbs ?? []).includes('create')
            ? []
            : [
                {
                  apiVersion,
                  kind: responseKind.kind,
                  namespaced: scope === 'Namespaced',
                  base: `${root}/${apiVersion}`,
                  plural: resource,
                },
              ],
        )
      }),
    )
  const core = versionsSchema.safeParse(body)
  const named = groupListSchema.safeParse(body)
  const versions = core.success
    ? core.data.versions
    : named.success
      ? named.data.groups.flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion))
      : undefined
  if (versions === undefined)
    throw new RequestFault(
      'bad-answer',
      `${client.url}${root} does not say what the server serves; check the address`,
    )
  return (await Promise.all(versions.map((apiVersion) => readVersion(client, root, apiVersion)))).flat()
}

async function readVersion(client: ApiClient, root: string, apiVersion: string): Promise<ServedKind[]> {
  const base = `${root}/${apiVersion}`
  const { status, body } = await client.request({ method: 'GET', path: base })
  // An extension server that is away takes its own kinds with it and no others.
  const list = status === 200 ? resourcesSchema.safeParse(readJson(body)) : undefined
  return (list?.data?.resources ?? [])
    .filter(({ name, verbs }) => !name.includes('/') && (verbs ?? []).includes('create'))
    .map(({ name, kind, namespaced }) => ({ apiVersion, kind, namespaced, base, plural: name }))
}

async function get(client: ApiClient, path: string, accept: string): Promise<unknown> {
  const response = await client.request({ method: 'GET', path, accept })
  if (response.status !== 200) throw refusal(response, client.url)
  return readJson(response.body)
}

import { createHash } from 'node:crypto'
import type { Context } from './model/index.ts'
import { builtInKinds, catalogue } from './policies/index.ts'

const publicPolicies = new Set(catalogue.map(({ id }) => id))

/** Policies that a repository brings along have names of its own, which are nobody's business elsewhere. */
export function publicPolicy(id: string): string {
  if (publicPolicies.has(id)) return id
  return `own/${createHash('sha256').update(id).digest('base64url').slice(0, 11)}`
}

/** Kinds of Kubernetes itself; all others may be of a repository's own. */
export function publicKind(apiVersion: string, kind: string): Context['kind'] {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  const known = builtInKinds.get(group)
  if (known === undefined || ![...known.namespaced, ...known.clusterWide].includes(kind)) return 'custom'
  return group === '' ? kind : `${group}/${kind}`
}

import type { ServedKind } from './discovery.ts'

/**
 * Path under which objects of a kind are created. A namespaced object without a namespace goes to `default`; the
 * namespace of a cluster-scoped one is left out, as kubectl does, and the server drops it from the object.
 */
export function collectionPath({ base, plural, namespaced }: ServedKind, namespace: string): string {
  return namespaced
    ? `${base}/namespaces/${encodeURIComponent(namespace || 'default')}/${plural}`
    : `${base}/${plural}`
}

/** False for a text that would be taken as something else in a path (apimachinery: IsValidPathSegmentName). */
export function isPathSegment(name: string): boolean {
  return name !== '.' && name !== '..' && !/[/%]/.test(name)
}

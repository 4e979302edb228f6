import { property, type JsonObject } from '../model/index.ts'
import { podOf, type PodView } from './pod.ts'

/** A Kubernetes object, read apart from its text: what policies judge. */
export interface Subject {
  object: JsonObject
  apiVersion: string
  /** API group, empty for the core group. */
  group: string
  kind: string
  /** Empty where the object names none. */
  namespace: string
  /** `metadata.name`, else `metadata.generateName`, else empty. */
  name: string
  pod: PodView | undefined
}

/** Reads an object as a Kubernetes resource; undefined when it has no apiVersion or kind. */
export function subjectOf(object: JsonObject): Subject | undefined {
  const { apiVersion, kind } = object
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || apiVersion === '' || kind === '')
    return undefined
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  const metadata = property(object, 'metadata')
  return {
    object,
    apiVersion,
    group,
    kind,
    namespace: text(property(metadata, 'namespace')),
    name: text(property(metadata, 'name')) || text(property(metadata, 'generateName')),
    pod: podOf(`${group}/${kind}`, object),
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

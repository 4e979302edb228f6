import { createHash } from 'node:crypto'
import {
  isObject,
  parentOf,
  valueAt,
  type Finding,
  type Location,
  type ResourceReference,
  type Severity,
} from '../model/index.ts'
import type { Resource } from '../resources/index.ts'
import type { Lines } from '../yaml/index.ts'
import type { Detected } from './builtin.ts'

export const builtinEngine = 'builtin'

export function referenceOf(resource: Resource): ResourceReference {
  const { apiVersion, kind, namespace, name } = resource
  return { apiVersion, kind, namespace, name }
}

/** Where the kinds of the old group `extensions` live now: moving an object there must not rename its findings. */
const movedTo = new Map([
  ['Deployment', 'apps'],
  ['DaemonSet', 'apps'],
  ['ReplicaSet', 'apps'],
  ['Ingress', 'networking.k8s.io'],
  ['NetworkPolicy', 'networking.k8s.io'],
  ['PodSecurityPolicy', 'policy'],
])

/** The group that an object belongs to now, whatever group it was written for. */
export function lastingGroup(group: string, kind: string): string {
  return (group === 'extensions' ? movedTo.get(kind) : undefined) ?? group
}

/** What a finding is told apart by. */
export interface NameParts {
  policy: string
  file: string
  group: string
  kind: string
  namespace: string
  name: string
  /** Names the problem inside its resource. */
  key: string
  /** How many earlier resources of the same file are named alike. */
  twin: number
}

/** The lasting name of a finding. Lines, patch and API version are left out, so that an ignore survives edits. */
export function lastingName({ policy, file, group, kind, namespace, name, key, twin }: NameParts): string {
  const parts = [
    policy,
    file,
    lastingGroup(group, kind),
    kind,
    namespace,
    name,
    key,
    ...(twin > 0 ? [twin] : []),
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** The lasting name of what we find in a single object. */
export function fingerprintOf(resource: Resource, { key, match }: Detected, twin: number): string {
  const { file, group, kind, namespace, name } = resource
  return lastingName({ policy: match.policy.id, file, group, kind, namespace, name, key, twin })
}

/** Where a pointer of a resource stands, or, where nothing stands there, the nearest node above it. */
export function locationOf(resource: Resource, lines: Lines, pointer: string): Location {
  let at = pointer
  let node = resource.locate(at)
  while (node === undefined && at !== '') {
    at = parentOf(at)
    node = resource.locate(at)
  }
  const value = valueAt(resource.object, at)
  const isCollection = Array.isArray(value) || isObject(value)
  // A map or list is named by its key; a plain value, or an item of a list, by itself.
  const range = node === undefined ? { start: 0, end: 0 } : isCollection && node.key ? node.key : node.value
  const start = lines.position(range.start)
  const end = isCollection ? start : lines.position(Math.max(range.start, range.end - 1))
  return {
    file: resource.file,
    document: resource.document,
    pointer,
    line: start.line,
    column: start.column,
    endLine: end.line,
  }
}

/** A finding before anything is proposed: state `advice`, no patch. */
export function findingOf(
  resource: Resource,
  lines: Lines,
  detected: Detected,
  twin: number,
  severity: Severity,
): Finding {
  const { policy, pointer, container, message } = detected.match
  return {
    fingerprint: fingerprintOf(resource, detected, twin),
    policy: policy.id,
    title: policy.title,
    severity,
    engines: [{ name: builtinEngine, rule: policy.id }],
    resource: referenceOf(resource),
    ...(container === undefined ? {} : { container: container.name }),
    location: locationOf(resource, lines, pointer),
    message,
    state: 'advice',
    patch: [],
    edits: [],
    requires: [],
  }
}

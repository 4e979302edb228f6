import {
  equal,
  isObject,
  property,
  valueAt,
  type DryRun,
  type JsonObject,
  type JsonValue,
} from '../model/index.ts'
import { locate, readDocuments } from '../yaml/index.ts'
import type { Manifest } from './cluster.ts'
import { groupOf } from './discovery.ts'

/**
 * The manifest with other strings at some pointers, its text otherwise as it stands. Undefined where that cannot be done
 * without touching anything else (an alias, a text that we do not read).
 */
export function withStrings(manifest: Manifest, strings: ReadonlyMap<string, string>): string | undefined {
  const documents = readDocuments(manifest.body).filter((document) => document.value !== null)
  const [document] = documents
  if (document?.value === undefined || documents.length > 1) return undefined
  const splices: { start: number; end: number; text: string }[] = []
  for (const [pointer, string] of strings) {
    const place = locate(document.tree, pointer)
    if (place === undefined) return undefined
    splices.push({ ...place.value, text: JSON.stringify(string) })
  }
  let body = manifest.body
  for (const { start, end, text } of splices.sort((a, b) => b.start - a.start))
    body = body.slice(0, start) + text + body.slice(end)
  const [after] = readDocuments(body).filter((one) => one.value !== null)
  return equal(after?.value, replaced(document.value, strings)) ? body : undefined
}

function replaced(value: JsonValue, strings: ReadonlyMap<string, string>, pointer = ''): JsonValue {
  const string = strings.get(pointer)
  if (string !== undefined) return string
  if (Array.isArray(value)) return value
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, replaced(item, strings, `${pointer}/${key}`)]),
  )
}

/** A manifest under a name that nothing has, and the way back. */
export interface Renamed {
  manifest: Manifest
  /** The verdict as if it had been given under the true name. */
  restore(verdict: DryRun): DryRun
}

/**
 * The same object under another name. `attempt` counts from 1, for names that are taken as well. What is judged stays
 * the same: a name is never longer than it was, or than 40 characters, and keeps its beginning. The name of a custom
 * resource definition says its group, so the group is put into a part of itself. Undefined where the name has a meaning
 * to the server.
 */
export function renamed(manifest: Manifest, attempt: number): Renamed | undefined {
  const { apiVersion, kind, name } = manifest
  if (name === '') return undefined
  const group = groupOf(apiVersion)
  // Priority classes that begin so are the server's own.
  if (group === 'scheduling.k8s.io' && name.startsWith('system-')) return undefined
  const suffix = attempt === 1 ? 'copy' : `copy${attempt}`
  const strings = new Map<string, string>()
  if (group === 'apiextensions.k8s.io') {
    const [document] = readDocuments(manifest.body)
    const itsGroup = valueAt(document?.value, '/spec/group')
    if (typeof itsGroup !== 'string' || !name.endsWith(`.${itsGroup}`)) return undefined
    const other = `${suffix}.${itsGroup}`
    strings.set('/spec/group', other)
    strings.set('/metadata/name', `${name.slice(0, -itsGroup.length)}${other}`)
  } else if (group === 'apiregistration.k8s.io') return undefined
  else {
    const room = Math.max(name.length, 40) - suffix.length - 1
    strings.set('/metadata/name', `${name.slice(0, Math.max(1, room)).replace(/[-.]+$/, '')}-${suffix}`)
  }
  const body = withStrings(manifest, strings)
  const other = strings.get('/metadata/name')
  if (body === undefined || other === undefined) return undefined
  const undo = (text: string): string => text.replaceAll(`"${other}"`, `"${name}"`)
  return {
    manifest: { ...manifest, name: other, body },
    restore: (verdict) => {
      if (verdict.outcome === 'unanswered') return { ...verdict, message: undo(verdict.message) }
      if (verdict.outcome === 'rejected')
        return {
          ...verdict,
          message: undo(verdict.message),
          causes: verdict.causes.map((cause) => ({ ...cause, message: undo(cause.message) })),
        }
      return { ...verdict, object: restoreObject(verdict.object, kind, strings, name) }
    },
  }
}

function restoreObject(
  object: JsonObject,
  kind: string,
  strings: ReadonlyMap<string, string>,
  name: string,
): JsonObject {
  const back = new Map<string, string>([['/metadata/name', name]])
  const group = strings.get('/spec/group')
  if (group !== undefined) back.set('/spec/group', group.slice(group.indexOf('.') + 1))
  const labels = property(property(object, 'metadata'), 'labels')
  if (kind === 'Namespace' && isObject(labels)) return relabelled(asObject(replaced(object, back)), name)
  return asObject(replaced(object, back))
}

/** The server labels every namespace with its own name. */
function relabelled(object: JsonObject, name: string): JsonObject {
  const metadata = asObject(object['metadata'])
  const labels = { ...asObject(metadata['labels']), 'kubernetes.io/metadata.name': name }
  return { ...object, metadata: { ...metadata, labels } }
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}

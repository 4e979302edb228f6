import { isObject, type JsonObject, type JsonValue } from '../../src/model/index.ts'
import { listIn, numberIn, objectIn, textIn } from './json.ts'

/** What a server or the engine said of one object. */
export interface Answer {
  /** HTTP status; 0 where nothing was said. */
  code: number
  /** The object as it would be stored. */
  object?: JsonObject
  /** meta/v1 Status of a rejection. */
  status?: JsonObject
  warnings: string[]
  /** Neither built in nor defined. */
  unknownKind?: boolean
  /** A body that is no Status. */
  text?: string
  /** Why there is no answer. */
  trouble?: string
}

export interface Cause {
  field: string
  reason: string
  message: string
}

export function isAccepted({ code }: Answer): boolean {
  return code === 200 || code === 201
}

/** The engine's JSON as an answer. */
export function engineAnswer(value: unknown): Answer {
  const answer = objectIn(value as JsonValue)
  const original = answer['original']
  const trouble = answer['panic'] ?? answer['error']
  return {
    code: numberIn(answer['code']),
    warnings: listIn(answer['warnings']).map(textIn),
    ...(isObject(answer['object']) ? { object: answer['object'] } : {}),
    ...(isObject(answer['status']) ? { status: answer['status'] } : {}),
    ...(answer['unknownKind'] === true ? { unknownKind: true } : {}),
    ...(trouble === undefined ? {} : { trouble: JSON.stringify(trouble) }),
    ...(original === undefined ? {} : { trouble: `original: ${JSON.stringify(original).slice(0, 2000)}` }),
  }
}

export function reasonOf({ status }: Answer): string {
  return textIn(status?.['reason'])
}

export function messageOf({ status, text }: Answer): string {
  return textIn(status?.['message']) || (text ?? '')
}

export function causesOf({ status }: Answer): Cause[] {
  return listIn(objectIn(status?.['details'])['causes']).map((cause) => ({
    field: textIn(objectIn(cause)['field']),
    reason: textIn(objectIn(cause)['reason']),
    message: textIn(objectIn(cause)['message']),
  }))
}

/**
 * Without what is drawn by whoever stores an object (identifiers, names with a drawn end), who has written which field
 * when, and the whole object that stands in words about a patch.
 */
export function withoutDrawn(text: string): string {
  return (
    text
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uid>')
      .replaceAll(/kube-api-access-[a-z0-9]{5}\b/g, 'kube-api-access-<drawn>')
      .replaceAll(/\bpatch: Invalid value: "(?:[^"\\]|\\.)*"/g, 'patch: Invalid value: <object>')
      // Of the range that the servers of this benchmark have.
      .replaceAll(/\b10\.(?:9[6-9]|10\d|11[01])\.\d+\.\d+/g, '<ip>')
      .replaceAll(/[bcdfghjklmnpqrstvwxz2456789]{5}(?=" is (?:forbidden|invalid)|": a lowercase)/g, '<drawn>')
      .replaceAll(/,?"managedFields":\[\{"manager".*?\}\]/g, '')
  )
}

/** Written by the server alone. */
const serversOwn = ['uid', 'creationTimestamp', 'resourceVersion', 'managedFields', 'generation', 'selfLink']

const clustersStatus =
  /^auth(?:entication|orization)\.k8s\.io\/|^apiregistration\.k8s\.io\/|^apiextensions\.k8s\.io\/| FlowSchema$/

/** Where the moment of creation is put in. */
const moments: ReadonlySet<string> = new Set(['lastPhaseTransitionTime', 'timeAdded'])

/** The stored object without what one server draws and another draws differently. */
export function comparable(object: JsonObject): JsonObject {
  const metadata = { ...objectIn(object['metadata']) }
  const base = textIn(metadata['generateName'])
  const name = textIn(metadata['name'])
  for (const key of serversOwn) delete metadata[key]
  const result: JsonObject = { ...object, metadata }
  if (object['kind'] === 'Service' && object['apiVersion'] === 'v1')
    result['spec'] = withoutAllocated(object['spec'])
  // Who asked is written into it.
  if (object['kind'] === 'CertificateSigningRequest') {
    const { username: _name, uid: _uid, groups: _groups, extra: _extra, ...spec } = objectIn(object['spec'])
    result['spec'] = spec
  }
  // What a cluster answers to questions, and what the server's own controllers find out.
  if (clustersStatus.test(`${textIn(object['apiVersion'])} ${textIn(object['kind'])}`))
    delete result['status']
  // Labels hold a generated name as well.
  const isGenerated = base !== '' && name.length === Math.min(base.length, 58) + 5
  return objectIn(
    masked(result, (text) => withoutDrawn(isGenerated && text === name ? `${base}<drawn>` : text)),
  )
}

function withoutAllocated(spec: JsonValue | undefined): JsonObject {
  const { clusterIP, clusterIPs, healthCheckNodePort: _port, ports, ...rest } = objectIn(spec)
  return {
    ...rest,
    ...(clusterIP === 'None' ? { clusterIP } : {}),
    ...(clusterIPs === undefined
      ? {}
      : { clusterIPs: listIn(clusterIPs).map((ip) => (ip === 'None' ? ip : '<ip>')) }),
    ...(ports === undefined
      ? {}
      : {
          ports: listIn(ports).map((port) => {
            const { nodePort: _nodePort, ...kept } = objectIn(port)
            return kept
          }),
        }),
  }
}

function masked(value: JsonValue, mask: (text: string) => string): JsonValue {
  if (typeof value === 'string') return mask(value)
  if (Array.isArray(value)) return value.map((item) => masked(item, mask))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, moments.has(key) ? '<now>' : masked(item, mask)]),
  )
}

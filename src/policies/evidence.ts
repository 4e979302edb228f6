import {
  amountKinds,
  amountNames,
  isObject,
  property,
  type ContainerEvidence,
  type Evidence,
  type Found,
  type ImageDigest,
  type JsonObject,
  type JsonValue,
  type PatchOperation,
  type SourcedValue,
} from '../model/index.ts'
import type { ContainerView, Subject } from '../resources/index.ts'
import { imageReference } from './image-names.ts'

/** What is known about a place of a container, and where that is read in `values`. */
export interface KnownValue {
  /** Below the container. */
  pointer: string
  path: readonly string[]
  found: readonly Found[]
  /** What a fix writes there with a value. */
  written: (value: Found['value']) => JsonValue
}

/** What is known about a container and is not configured: what somebody has configured counts alone. */
export function knownOf(
  evidence: Evidence,
  { kind, namespace, name }: Subject,
  container: ContainerView,
  configured: JsonObject,
): KnownValue[] {
  const { images, digests = {} } = evidence
  const known: KnownValue[] = []
  const isOpen = (path: readonly string[]): boolean =>
    path.reduce<JsonValue | undefined>((value, key) => property(value, key), configured) === undefined
  const written = property(container.value, 'image')
  const image = typeof written === 'string' ? written : ''
  const reference = imageReference(image)
  const isOpenEnded = reference?.digest === undefined && [undefined, 'latest'].includes(reference?.tag)
  const digest = digestOf(digests, image)
  if (reference !== undefined && digest !== undefined && 'found' in digest)
    known.push({
      pointer: '/image',
      path: ['images', 'digests', image],
      found: [digest.found],
      // A tag that names no version says nothing beside a digest.
      written: (value) => `${isOpenEnded ? reference.name : image}@${value}`,
    })
  if (reference !== undefined && isOpenEnded && Object.hasOwn(images, reference.name)) {
    const path = ['images', 'pins', reference.name]
    if (isOpen(path))
      known.push({
        pointer: '/image',
        path,
        found: images[reference.name] ?? [],
        written: (value) => `${reference.name}${String(value).startsWith('sha256:') ? '@' : ':'}${value}`,
      })
  }
  const own = evidenceOf(evidence, { kind, namespace, object: name, container: container.name })
  for (const amount of amountKinds)
    for (const resource of amountNames) {
      const path = ['resources', amount, resource]
      const found = own?.amounts[amount]?.[resource] ?? []
      if (found.length > 0 && isOpen(path))
        known.push({ pointer: `/resources/${amount}/${resource}`, path, found, written: (value) => value })
    }
  return known
}

function digestOf(
  digests: NonNullable<Evidence['digests']>,
  image: JsonValue | undefined,
): ImageDigest | undefined {
  return typeof image === 'string' && Object.hasOwn(digests, image) ? digests[image] : undefined
}

/** Why no registry has said what the image of a container is. */
export function digestProblem({ digests = {} }: Evidence, container: ContainerView): string | undefined {
  const digest = digestOf(digests, property(container.value, 'image'))
  return digest !== undefined && 'problem' in digest ? digest.problem : undefined
}

const indexes = new WeakMap<Evidence, Map<string, ContainerEvidence>>()

/** What is known of a container. */
export function evidenceOf(
  evidence: Evidence,
  container: Omit<ContainerEvidence, 'amounts'>,
): ContainerEvidence | undefined {
  const index =
    indexes.get(evidence) ?? new Map(evidence.containers.map((one) => [containerKey(one), one] as const))
  indexes.set(evidence, index)
  return index.get(containerKey(container))
}

function containerKey({ kind, namespace, object, container }: Omit<ContainerEvidence, 'amounts'>): string {
  return [kind, namespace, object, container].join('\n')
}

/**
 * The configured values with what is known beside them, where there is one answer; `origins` has, at the same paths,
 * who gives it.
 */
export function withKnown(configured: JsonObject, known: readonly KnownValue[]): JsonObject {
  let values = configured
  for (const { path, found } of known) {
    const [only, another] = found
    if (only === undefined || another !== undefined) continue
    values = put(values, path, only.value)
    values = put(values, ['origins', ...path], only.origin)
  }
  return values
}

/** What is known of the service account of an object, as `values.account`. */
export function accountOf(
  { accounts = [] }: Evidence,
  { kind, namespace, name }: Subject,
): JsonObject | undefined {
  const found = accounts.find(
    (one) => one.kind === kind && one.namespace === namespace && one.object === name,
  )
  return (
    found && {
      ...(found.bound !== undefined && { bound: found.bound }),
      made: found.made,
      token: found.token,
    }
  )
}

function put(values: JsonObject, [key = '', ...rest]: readonly string[], value: JsonValue): JsonObject {
  const below = Object.hasOwn(values, key) ? values[key] : undefined
  return { ...values, [key]: rest.length === 0 ? value : put(isObject(below) ? below : {}, rest, value) }
}

/** A question with the answers that there are. */
export function withAnswers(question: string, found: readonly Found[]): string {
  const shown = found.slice(0, mostAnswers).map(({ value, source }) => `${value} (${source})`)
  const rest = found.length - shown.length
  const list = [...shown, ...(rest > 0 ? [`${rest} more`] : [])]
  return `${question} There ${found.length === 1 ? 'is' : 'are'}: ${list.join(', ')}.`
}

/** Answers that a question lists; the rest is counted. */
const mostAnswers = 5

/** Which of what is known a fix writes, and who says so. */
export function valuesIn(
  operations: readonly PatchOperation[],
  container: ContainerView,
  known: readonly KnownValue[],
): SourcedValue[] {
  return known.flatMap(({ pointer, found, written }) => {
    const [only] = found
    if (only === undefined) return []
    const isTaken = operations.some(
      (operation) =>
        (operation.op === 'add' || operation.op === 'replace') &&
        operation.path === container.pointer + pointer &&
        operation.value === written(only.value),
    )
    return isTaken ? [{ value: only.value, source: only.source }] : []
  })
}

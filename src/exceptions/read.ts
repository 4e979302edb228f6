import { isWithin, pointerOf, type JsonObject, type JsonValue } from '../model/index.ts'
import type { Resource, SourceFile } from '../resources/index.ts'
import { readComments } from './comments.ts'
import { annotationsOf, mostExceptions, reasonOf, type Exception, type ObjectException } from './exception.ts'
import type { Names } from './names.ts'
import { ownKey, readOwn } from './own.ts'
import { peerKeys } from './peers.ts'

/** Every exception that stands at the objects of a file, in the order of the text. `time` is now, in milliseconds. */
export function readExceptions(source: SourceFile, names: Names, time: number): ObjectException[] {
  const comments = readComments(source)
  return source.resources.flatMap((resource) => {
    const { file, document, root, apiVersion, kind, namespace, name } = resource
    const written = [
      ...holdersOf(resource).flatMap((holder) => annotated(source, resource, holder, names, time)),
      ...comments
        .filter((one) => one.document === document)
        .flatMap(({ rule, pointer, line, until, end }): Exception[] => {
          // A comment above a List is about each of its objects.
          if (!isWithin(root, pointer) && !isWithin(pointer, root)) return []
          const within = pointer.slice(root.length)
          const policies = rule === '*' ? undefined : names.ofTheirs('trivy', rule)
          return [
            {
              form: 'comment',
              name: `trivy:ignore:${rule}`,
              named: rule,
              policies,
              container: undefined,
              within,
              reason: reasonOf(''),
              until,
              ranOut: end !== undefined && end <= time,
              problem: undefined,
              isOurs: false,
              line,
              identity: identityOf('comment', within, rule, until),
            },
          ]
        }),
    ]
    return written
      .filter(({ policies, isOurs }) => policies === undefined || policies.length > 0 || isOurs)
      .slice(0, mostExceptions)
      .map((exception) => ({ ...exception, file, document, object: { apiVersion, kind, namespace, name } }))
  })
}

interface Holder {
  pointer: string
  value: JsonObject
  isTemplate: boolean
}

/** Where annotations stand: at the object, and at the template of its pods. */
function holdersOf({ object, pod }: Resource): Holder[] {
  const own = { pointer: '', value: object, isTemplate: false }
  return pod === undefined || pod.templatePointer === ''
    ? [own]
    : [own, { pointer: pod.templatePointer, value: pod.template, isTemplate: true }]
}

function annotated(
  source: SourceFile,
  resource: Resource,
  { pointer, value: holder, isTemplate }: Holder,
  names: Names,
  time: number,
): Exception[] {
  const annotations = annotationsOf(holder)
  const all = new Map(annotations)
  const meant = annotations.filter(([key]) => isExceptionKey(key)).slice(0, mostExceptions)
  return meant.flatMap(([key, value]): Exception[] => {
    const entries =
      key === ownKey
        ? readOwn(value, names)
        : peerKeys.flatMap((peer) =>
            isTemplate && !peer.atTemplate
              ? []
              : peer
                  .read(key, value, all, names)
                  .map((entry) => ({ ...entry, container: undefined, problem: undefined })),
          )
    if (entries.length === 0) return []
    const at = `${pointer}/metadata/annotations${pointerOf([key])}`
    const place = resource.locate(at)
    const { line } = source.lines.position((place?.key ?? place?.value)?.start ?? 0)
    return entries.slice(0, mostExceptions).map(({ end, reason, ...entry }) => ({
      form: 'annotation',
      name: key,
      ...entry,
      within: pointer,
      reason: reasonOf(reason),
      ranOut: end !== undefined && end <= time,
      isOurs: key === ownKey,
      line,
      identity: identityOf(key, pointer, entry.named, entry.until),
    }))
  })
}

/** The annotations of an object that except something: what no fix may touch. */
export function exceptionAnnotations(holders: readonly (JsonValue | undefined)[]): [string, string][][] {
  return holders.map((holder) => annotationsOf(holder).filter(([key]) => isExceptionKey(key)))
}

const prefixes = [
  'ignore-check.kube-linter.io/',
  'kube-linter.io/ignore-all',
  'polaris.fairwinds.com/',
  'kubescape.io/skip-',
  'checkov.io/skip',
  'bridgecrew.io/skip',
]

function isExceptionKey(key: string): boolean {
  return key === ownKey || prefixes.some((prefix) => key.startsWith(prefix))
}

function identityOf(...parts: readonly (string | undefined)[]): string {
  return JSON.stringify(parts)
}

import { exceptionsFor } from './config/index.ts'
import {
  configuredAt,
  policyExceptionAt,
  readExceptions,
  settleFinding,
  type Exception,
  type Names,
  type ObjectException,
} from './exceptions/index.ts'
import type { Finding, ResourceReference } from './model/index.ts'
import type { Request } from './pipeline.ts'
import type { SourceFile } from './resources/index.ts'

/** Asks the exceptions of a run: those at the objects, those of Kyverno, and those of the configuration. */
export interface Excepting {
  read(source: SourceFile): ObjectException[]
  /** Settles a finding; `here` are the exceptions of its file. */
  settle(finding: Finding, here: readonly ObjectException[]): void
}

type Asked = Pick<Request, 'config' | 'scope' | 'time' | 'policyExceptions' | 'namespaces'>

export function createExcepting(request: Asked, names: Names): Excepting {
  const { config, scope, time, policyExceptions = [], namespaces = {} } = request
  const known = scope?.exceptions?.known
  const indexes = new WeakMap<readonly ObjectException[], Map<string, ObjectException[]>>()
  const at = (
    here: readonly ObjectException[],
    document: number,
    object: ResourceReference,
  ): readonly ObjectException[] => {
    const index = indexes.get(here) ?? Map.groupBy(here, (one) => placeOf(one.document, one.object))
    indexes.set(here, index)
    return index.get(placeOf(document, object)) ?? []
  }
  return {
    read: (source) => [
      ...readExceptions(source, names, time),
      ...source.resources.flatMap((resource) =>
        policyExceptions.flatMap((one) => policyExceptionAt(one, resource, { namespaces, time }) ?? []),
      ),
    ],
    settle(finding, here) {
      const { resource, location } = finding
      const written = here.length === 0 ? [] : at(here, location.document, resource)
      const configured = exceptionsFor(config, location.file)
      if (written.length + configured.length === 0) return
      const exceptions: Exception[] = [
        ...written,
        ...configured.flatMap((one) => configuredAt(one, resource, names, time) ?? []),
      ]
      settleFinding(finding, exceptions, (exception) => {
        if (known === undefined || exception.form === 'configuration') return false
        return !known.has(keyOf(exception, location.file, resource))
      })
    },
  }
}

/** Names an exception across the two sides of a change; one of an object also where its file is another. */
export function keyOf({ form, identity }: Exception, file: string, object: ResourceReference): string {
  const { kind, namespace, name } = object
  return JSON.stringify(form === 'object' ? [identity] : [file, kind, namespace, name, identity])
}

function placeOf(document: number, { kind, namespace, name }: ResourceReference): string {
  return [document, kind, namespace, name].join('\n')
}

import type { PlacedException } from '../config/index.ts'
import { endOfDay, type ResourceReference } from '../model/index.ts'
import { reasonOf, type Exception } from './exception.ts'
import type { Names } from './names.ts'
import { wildcard } from './wildcard.ts'

/** What an exception of the configuration excepts of an object; undefined where it is about others. Paths fit already. */
export function configuredAt(
  {
    name: placed,
    exception: { policy, match = {}, reason, until },
  }: Pick<PlacedException, 'name' | 'exception'>,
  object: ResourceReference,
  names: Names,
  time: number,
): Exception | undefined {
  const { kind, namespace, name, container } = match
  if (kind !== undefined && kind !== object.kind && kind !== groupKind(object)) return undefined
  if (namespace !== undefined && !wildcard(namespace, object.namespace)) return undefined
  if (name !== undefined && !wildcard(name, object.name)) return undefined
  const end = until === undefined ? undefined : endOfDay(until)
  return {
    form: 'configuration',
    name: placed,
    named: policy,
    policies: policy === '*' ? undefined : (names.ofOurs(policy) ?? []),
    container,
    within: '',
    reason: reasonOf(reason),
    until,
    ranOut: end !== undefined && end <= time,
    problem: undefined,
    isOurs: true,
    line: undefined,
    identity: placed,
  }
}

function groupKind({ apiVersion, kind }: ResourceReference): string {
  return `${apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''}/${kind}`
}

import { isObject, property, type JsonObject, type JsonValue } from '../model/index.ts'
import { wildcard } from './wildcard.ts'

/** Labels or annotations, as far as they are text. */
export type Labels = Readonly<Record<string, string>>

export function labelsOf(object: JsonValue, key: 'labels' | 'annotations' = 'labels'): Labels {
  const labels = property(property(object, 'metadata'), key)
  if (!isObject(labels)) return {}
  return Object.fromEntries(
    Object.entries(labels).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

/** Whether labels have all of some patterns, in which keys and values may hold `*` and `?`. What is no map fits nothing. */
export function hasAll(patterns: JsonValue, labels: Labels): boolean {
  return (
    isObject(patterns) &&
    Object.entries(patterns).every(
      ([key, value]) =>
        typeof value === 'string' &&
        Object.entries(labels).some(([name, text]) => wildcard(key, name) && wildcard(value, text)),
    )
  )
}

/**
 * Whether a label selector of Kubernetes selects labels. Kyverno takes wildcards in `matchLabels`
 * (pkg/engine/wildcards of Kyverno 1.19). One that Kubernetes would refuse selects nothing.
 */
export function selects(selector: JsonObject, labels: Labels): boolean {
  const { matchExpressions = [] } = selector
  return (
    Object.keys(selector).every((key) => key === 'matchLabels' || key === 'matchExpressions') &&
    hasAll(selector['matchLabels'] ?? {}, labels) &&
    Array.isArray(matchExpressions) &&
    matchExpressions.every((one) => meets(one, labels))
  )
}

function meets(requirement: JsonValue, labels: Labels): boolean {
  const key = property(requirement, 'key')
  const list = property(requirement, 'values')
  const values = Array.isArray(list) ? list : []
  if (typeof key !== 'string') return false
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  const operator = property(requirement, 'operator')
  switch (typeof operator === 'string' ? operator : '') {
    case 'In':
      return value !== undefined && values.includes(value)
    case 'NotIn':
      return values.length > 0 && (value === undefined || !values.includes(value))
    case 'Exists':
      return values.length === 0 && value !== undefined
    case 'DoesNotExist':
      return values.length === 0 && value === undefined
    default:
      return false
  }
}

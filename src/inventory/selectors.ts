import { isObject, property, type JsonValue } from '../model/index.ts'
import type { Labels } from './facts.ts'
import { itemsOf, labelsOf, textOf, textsOf } from './values.ts'

/** A label selector, as most of the API has it: every label and every requirement has to hold. */
export interface Selector {
  labels: Labels
  requirements: readonly Requirement[]
}

export interface Requirement {
  key: string
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
  /** Empty for the operators that ask for the key alone. */
  values: readonly string[]
}

/** Empty where nothing is written, undefined where it is none that the API takes. */
export function selectorOf(value: JsonValue | undefined): Selector | undefined {
  if (value === undefined || value === null) return { labels: {}, requirements: [] }
  const labels = isObject(value) ? labelsOf(property(value, 'matchLabels')) : undefined
  const requirements = itemsOf(property(value, 'matchExpressions')).map(requirementOf)
  const known = requirements.filter((one) => one !== undefined)
  return labels === undefined || known.length < requirements.length
    ? undefined
    : { labels, requirements: known }
}

function requirementOf(value: JsonValue): Requirement | undefined {
  const key = textOf(property(value, 'key'))
  const operator = property(value, 'operator')
  const values = textsOf(property(value, 'values'))
  if (key === '') return undefined
  if (operator === 'In' || operator === 'NotIn')
    return values.length === 0 ? undefined : { key, operator, values }
  return operator === 'Exists' || operator === 'DoesNotExist' ? { key, operator, values: [] } : undefined
}

/** True where it selects whatever there is. */
export function selectsAll({ labels, requirements }: Selector): boolean {
  return Object.keys(labels).length === 0 && requirements.length === 0
}

export function selects({ labels, requirements }: Selector, carried: Labels): boolean {
  return (
    Object.entries(labels).every(([key, value]) => carried[key] === value) &&
    requirements.every((requirement) => holds(requirement, carried))
  )
}

function holds({ key, operator, values }: Requirement, carried: Labels): boolean {
  const value = Object.hasOwn(carried, key) ? carried[key] : undefined
  if (operator === 'Exists') return value !== undefined
  if (operator === 'DoesNotExist') return value === undefined
  // What does not carry the key is in no list.
  return (value !== undefined && values.includes(value)) === (operator === 'In')
}

/** A selector for people, as kubectl writes it. */
export function selectorText({ labels, requirements }: Selector): string {
  return [
    ...Object.entries(labels).map(([key, value]) => `${key}=${value}`),
    ...requirements.map(({ key, operator, values }) =>
      operator === 'Exists'
        ? key
        : operator === 'DoesNotExist'
          ? `!${key}`
          : `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`,
    ),
  ].join(', ')
}

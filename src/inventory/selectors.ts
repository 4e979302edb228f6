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
  values: ReadonlySet<string>
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
  const values = new Set(textsOf(property(value, 'values')))
  if (key === '') return undefined
  if (operator === 'In' || operator === 'NotIn')
    return values.size === 0 ? undefined : { key, operator, values }
  return operator === 'Exists' || operator === 'DoesNotExist'
    ? { key, operator, values: new Set() }
    : undefined
}

/** True where it selects whatever there is. */
export function selectsAll({ labels, requirements }: Selector): boolean {
  return Object.keys(labels).length === 0 && requirements.length === 0
}

/** Whether labels are selected; made once for a selector that is asked often. */
export function matcherOf({ labels, requirements }: Selector): (carried: Labels) => boolean {
  const entries = Object.entries(labels)
  return (carried) => {
    for (const [key, value] of entries) if (carried[key] !== value) return false
    for (const requirement of requirements) if (!holds(requirement, carried)) return false
    return true
  }
}

function holds({ key, operator, values }: Requirement, carried: Labels): boolean {
  const value = Object.hasOwn(carried, key) ? carried[key] : undefined
  if (operator === 'Exists') return value !== undefined
  if (operator === 'DoesNotExist') return value === undefined
  // What does not carry the key is in no list.
  return (value !== undefined && values.has(value)) === (operator === 'In')
}

const maximumText = 200

/** A selector for people, as kubectl writes it; cut where it is long. */
export function selectorText(selector: Selector): string {
  const text = wholeText(selector)
  return text.length > maximumText ? `${text.slice(0, maximumText)}...` : text
}

/** Two selectors with the same text select the same. */
export function wholeText({ labels, requirements }: Selector): string {
  return [
    ...Object.entries(labels).map(([key, value]) => `${key}=${value}`),
    ...requirements.map(({ key, operator, values }) =>
      operator === 'Exists'
        ? key
        : operator === 'DoesNotExist'
          ? `!${key}`
          : `${key} ${operator === 'In' ? 'in' : 'notin'} (${[...values].join(',')})`,
    ),
  ].join(', ')
}

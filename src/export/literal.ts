import { isObject, type JsonValue } from '../model/index.ts'

/**
 * A JSON value as CEL writes it. Kubernetes wants the values of a literal to be of one type, so where there are several
 * each is a `dyn`.
 */
export function literal(value: JsonValue): string {
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed())
  if (typeof value === 'number') return numberLiteral(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `[${each(value).join(', ')}]`
  if (!isObject(value)) throw new TypeError('no JSON value')
  const keys = Object.keys(value)
  const values = each(Object.values(value))
  return `{${keys.map((key, index) => `${literal(key)}: ${values[index] ?? ''}`).join(', ')}}`
}

function each(values: readonly JsonValue[]): string[] {
  const isPlain = values.length === 1 || values.every((value) => typeof value === 'string')
  return values.map((value) => (isPlain ? literal(value) : `dyn(${literal(value)})`))
}

/** Integers are `int`, as far as 64 bits hold them, and all else is `double`. */
function numberLiteral(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return String(BigInt(value))
  const text = String(value)
  return /[.e]/.test(text) ? text : `${text}.0`
}

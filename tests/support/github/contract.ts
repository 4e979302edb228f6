import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { parseJson, word } from './json.ts'
import { isObject, type JsonObject, type JsonValue } from '../../../src/model/index.ts'

/*
 * GitHub's published OpenAPI description (openapi.json, cut out by scripts/extract-github-contract.ts) as the judge of
 * every request and of every answer. Properties that it does not know are refused in requests: GitHub drops them in
 * silence, and what was meant never happens.
 */

const read = parseJson(readFileSync(join(import.meta.dirname, 'openapi.json'), 'utf8'))
const described: JsonObject = isObject(read) ? read : {}
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: false })
const compiled = new Map<string, ValidateFunction>()

export interface Operation {
  path: string
  method: string
  parameters: Readonly<Record<string, string>>
  description: JsonObject
}

/** The operation of a request; undefined where GitHub's description has none that we use. */
export function operationOf(method: string, path: string): Operation | undefined {
  for (const [template, methods] of Object.entries(objectAt(described, 'paths'))) {
    const names: string[] = []
    const pattern = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      names.push(name)
      // A ref holds slashes.
      return name === 'ref' || name === 'basehead' ? '(.+)' : '([^/]+)'
    })
    const match = new RegExp(`^${pattern}$`).exec(path)
    const description = isObject(methods) ? methods[method.toLowerCase()] : undefined
    if (match === null || !isObject(description)) continue
    const parameters = Object.fromEntries(
      names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]),
    )
    return { path: template, method, parameters, description }
  }
  return undefined
}

/** What is wrong with a request; undefined where it keeps the contract. */
export function requestProblem(
  { description, path, method }: Operation,
  query: URLSearchParams,
  body: JsonValue | undefined,
): string | undefined {
  const known = arrayAt(description, 'parameters').map((one) => resolved(one))
  for (const [name, value] of query) {
    const parameter = known.find((one) => one['in'] === 'query' && one['name'] === name)
    if (parameter === undefined) return `${method} ${path}: no query parameter ${name}`
    const schema = objectAt(parameter, 'schema')
    const typed = schema['type'] === 'integer' ? Number(value) : value
    const problem = problemOf(`${method} ${path} ?${name}`, schema, typed, true)
    if (problem !== undefined) return problem
  }
  const schema = bodySchema(description)
  if (schema === undefined) return body === undefined ? undefined : `${method} ${path}: takes no body`
  return problemOf(`${method} ${path} body`, schema, body ?? null, true)
}

/** An answer with all that the description demands: what the caller says, and something of the right type for the rest. */
export function answerOf(
  { description, path, method }: Operation,
  status: number,
  partial: JsonValue,
): JsonValue {
  const response = resolved(objectAt(description, 'responses')[String(status)] ?? {})
  const media = objectAt(objectAt(response, 'content'), 'application/json')
  const schema = media['schema']
  if (!isObject(schema)) return partial
  const whole = complete(schema, partial)
  const problem = problemOf(`${method} ${path} ${status}`, schema, whole, false)
  if (problem !== undefined)
    throw new Error(`the answer of the tests' GitHub breaks GitHub's contract: ${problem}`)
  return whole
}

function problemOf(key: string, schema: JsonObject, value: JsonValue, isStrict: boolean): string | undefined {
  let validate = compiled.get(key)
  if (validate === undefined) {
    validate = ajv.compile(plain(schema, isStrict))
    compiled.set(key, validate)
  }
  if (validate(value)) return undefined
  const [error] = validate.errors ?? []
  return `${key}: ${error?.instancePath ?? ''} ${error?.message ?? ''} ${JSON.stringify(error?.params)}`
}

/** An OpenAPI schema as JSON Schema, with its references put in place and, for requests, closed to unknown properties. */
function plain(schema: JsonObject, isStrict: boolean, trail: readonly string[] = []): JsonObject {
  const reference = schema['$ref']
  if (typeof reference === 'string')
    // A schema that holds itself is not looked into a second time.
    return trail.includes(reference) ? {} : plain(resolved(schema), isStrict, [...trail, reference])
  const { nullable, ...rest } = schema
  const result: JsonObject = {}
  for (const [key, value] of Object.entries(rest)) {
    if (key.startsWith('x-')) continue
    if (key === 'properties' && isObject(value))
      result[key] = Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, isObject(one) ? plain(one, isStrict, trail) : one]),
      )
    else if (['allOf', 'anyOf', 'oneOf'].includes(key) && Array.isArray(value))
      result[key] = value.map((one) => (isObject(one) ? plain(one, false, trail) : one))
    else if ((key === 'items' || key === 'additionalProperties') && isObject(value))
      result[key] = plain(value, isStrict, trail)
    else result[key] = value
  }
  if (isStrict && isObject(result['properties'])) result['additionalProperties'] = false
  return nullable === true ? { anyOf: [result, { type: 'null' }] } : result
}

/** Fills in what is demanded and was not said. */
function complete(schema: JsonObject, value: JsonValue | undefined, depth = 0): JsonValue {
  const { nullable, ...one } = resolved(schema)
  if (value === undefined) {
    if (nullable === true) return null
    if (one['default'] !== undefined) return one['default']
    const words = one['enum']
    if (Array.isArray(words)) return words[0] ?? null
  }
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    const first = arrayAt(one, key)[0]
    if (isObject(first)) return complete(first, value, depth + 1)
  }
  if (one['type'] === 'object' || one['properties'] !== undefined) {
    if (value !== undefined && !isObject(value)) return value
    const properties = objectAt(one, 'properties')
    const result: JsonObject = { ...value }
    const demanded = arrayAt(one, 'required')
    for (const [name, property] of Object.entries(properties)) {
      if (!isObject(property)) continue
      if (result[name] !== undefined || demanded.includes(name))
        result[name] = complete(property, result[name], depth + 1)
    }
    return result
  }
  if (one['type'] === 'array') {
    const items = one['items']
    return Array.isArray(value) && isObject(items)
      ? value.map((item) => complete(items, item, depth + 1))
      : (value ?? [])
  }
  if (value !== undefined) return value
  switch (word(one['type'])) {
    case 'string':
      return one['format'] === 'uri'
        ? 'https://example.test/'
        : one['format'] === 'date-time'
          ? '2026-11-27T00:00:00Z'
          : 'x'
    case 'integer':
    case 'number':
      return 1
    case 'boolean':
      return false
    default:
      return null
  }
}

function bodySchema(description: JsonObject): JsonObject | undefined {
  const schema = objectAt(objectAt(objectAt(description, 'requestBody'), 'content'), 'application/json')[
    'schema'
  ]
  return isObject(schema) ? schema : undefined
}

function resolved(value: JsonValue): JsonObject {
  if (!isObject(value)) return {}
  const reference = value['$ref']
  if (typeof reference !== 'string') return value
  let found: JsonValue | undefined = described
  for (const key of reference.slice(2).split('/')) found = isObject(found) ? found[key] : undefined
  return resolved(found ?? {})
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const found = value[key]
  return isObject(found) ? found : {}
}

function arrayAt(value: JsonObject, key: string): JsonValue[] {
  const found = value[key]
  return Array.isArray(found) ? found : []
}

import { isObject, type JsonObject, type JsonValue } from '../../../src/model/index.ts'
import { arrayAt, objectAt, Schemas } from './schemas.ts'

/*
 * GitHub's published OpenAPI description (openapi.json, cut out by scripts/extract-github-contract.ts) as the judge of
 * every request and of every answer. Properties that it does not know are refused in requests: GitHub drops them in
 * silence, and what was meant never happens.
 */

const schemas = new Schemas('openapi.json')

export interface Operation {
  path: string
  method: string
  parameters: Readonly<Record<string, string>>
  description: JsonObject
}

/** The operation of a request; undefined where GitHub's description has none that we use. */
export function operationOf(method: string, path: string): Operation | undefined {
  for (const [template, methods] of Object.entries(objectAt(schemas.document, 'paths'))) {
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
  const known = arrayAt(description, 'parameters').map((one) => schemas.resolved(one))
  for (const [name, value] of query) {
    const parameter = known.find((one) => one['in'] === 'query' && one['name'] === name)
    if (parameter === undefined) return `${method} ${path}: no query parameter ${name}`
    const schema = objectAt(parameter, 'schema')
    const typed = schema['type'] === 'integer' ? Number(value) : value
    const problem = schemas.problemOf(`${method} ${path} ?${name}`, schema, typed, true)
    if (problem !== undefined) return problem
  }
  const schema = schemaOf(objectAt(description, 'requestBody'))
  if (schema === undefined) return body === undefined ? undefined : `${method} ${path}: takes no body`
  return schemas.problemOf(`${method} ${path} body`, schema, body ?? null, true)
}

/** An answer with all that the description demands: what the caller says, and something of the right type for the rest. */
export function answerOf(
  { description, path, method }: Operation,
  status: number,
  partial: JsonValue,
): JsonValue {
  const response = schemas.resolved(objectAt(description, 'responses')[String(status)] ?? {})
  const schema = schemaOf(response)
  if (schema === undefined) return partial
  const whole = schemas.complete(schema, partial)
  const problem = schemas.problemOf(`${method} ${path} ${status}`, schema, whole, false)
  if (problem !== undefined)
    throw new Error(`the answer of the tests' GitHub breaks GitHub's contract: ${problem}`)
  return whole
}

function schemaOf(holder: JsonObject): JsonObject | undefined {
  const schema = objectAt(objectAt(holder, 'content'), 'application/json')['schema']
  return isObject(schema) ? schema : undefined
}

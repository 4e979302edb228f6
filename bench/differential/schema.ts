import { setTimeout as pause } from 'node:timers/promises'
import type { JsonObject, JsonValue } from '../../src/model/index.ts'
import { parseJson, listIn, objectIn, textIn } from './json.ts'
import type { RealServer } from './server.ts'

/** What a field may hold, as far as the server's OpenAPI tells. */
export type Shape =
  | { type: 'object'; properties: Map<string, Field>; required: ReadonlySet<string>; name: string }
  | { type: 'map'; values: Field }
  | { type: 'list'; items: Field; keys: string[] }
  | { type: 'string'; format: string; values: string[] }
  | { type: 'integer' | 'number' | 'boolean' | 'quantity' | 'int-or-string' | 'any' }

/** Resolved when it is looked at: some types hold themselves. */
export type Field = () => Shape

export interface KindSchema {
  apiVersion: string
  kind: string
  root: Field
}

/** The server's OpenAPI documents by their path (`api/v1`, `apis/apps/v1`). */
export type Documents = Record<string, JsonObject>

/** `wanted` are API versions that have to be there: those of definitions are published a while after they are served. */
export async function readOpenApi(server: RealServer, wanted: readonly string[]): Promise<Documents> {
  const get = async (path: string): Promise<JsonObject> =>
    objectIn(parseJson((await server.client.request({ method: 'GET', path })).body))
  let paths: JsonObject = {}
  for (let look = 0; look < 100; look++) {
    paths = objectIn((await get('/openapi/v3'))['paths'])
    if (wanted.every((version) => documentPath(version) in paths)) break
    await pause(200)
  }
  const documents: Documents = {}
  for (const [path, entry] of Object.entries(paths))
    if (/^apis?\/(?:.+\/)?v[^/]+$/.test(path))
      documents[path] = objectIn((await get(textIn(objectIn(entry)['serverRelativeURL'])))['components'])
  return documents
}

function documentPath(apiVersion: string): string {
  return `${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`
}

/** The schema of one kind. */
export function schemaOf(documents: Documents, apiVersion: string, kind: string): KindSchema | undefined {
  const schemas = objectIn(documents[documentPath(apiVersion)]?.['schemas'])
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
  for (const [name, schema] of Object.entries(schemas)) {
    const kinds = listIn(objectIn(schema)['x-kubernetes-group-version-kind']).map(objectIn)
    if (kinds.some((one) => one['group'] === group && one['version'] === version && one['kind'] === kind))
      return { apiVersion, kind, root: fieldOf({ $ref: `#/components/schemas/${name}` }, schemas) }
  }
  return undefined
}

function fieldOf(schema: JsonValue | undefined, schemas: JsonObject): Field {
  let shape: Shape | undefined
  return () => {
    shape ??= resolve(objectIn(schema), schemas, '')
    return shape
  }
}

function resolve(schema: JsonObject, schemas: JsonObject, name: string): Shape {
  const reference = textIn(schema['$ref'])
  if (reference !== '') {
    const target = reference.slice('#/components/schemas/'.length)
    if (target.endsWith('.Quantity')) return { type: 'quantity' }
    return resolve(objectIn(schemas[target]), schemas, target)
  }
  const [first] = listIn(schema['allOf'])
  if (first !== undefined) return resolve(objectIn(first), schemas, name)
  if (schema['format'] === 'int-or-string') return { type: 'int-or-string' }
  const type = textIn(schema['type'])
  switch (type) {
    case 'string': {
      const values = listIn(schema['enum']).filter((value) => typeof value === 'string')
      return { type: 'string', format: textIn(schema['format']), values }
    }
    case 'integer':
    case 'number':
    case 'boolean':
      return { type }
    case 'array':
      return {
        type: 'list',
        items: fieldOf(schema['items'], schemas),
        keys: listIn(schema['x-kubernetes-list-map-keys']).map(textIn),
      }
    case 'object': {
      if (schema['additionalProperties'] !== undefined)
        return { type: 'map', values: fieldOf(schema['additionalProperties'], schemas) }
      const properties = objectIn(schema['properties'])
      if (Object.keys(properties).length === 0) return { type: 'any' }
      return {
        type: 'object',
        name,
        properties: new Map(
          Object.entries(properties).map(([key, property]) => [key, fieldOf(property, schemas)]),
        ),
        required: new Set(listIn(schema['required']).map(textIn)),
      }
    }
    default:
      return { type: 'any' }
  }
}

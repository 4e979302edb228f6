import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { isObject, type JsonObject, type JsonValue } from '../../../src/model/index.ts'
import { parseJson, word } from './json.ts'

/** One of the published descriptions beside this file: its schemas, and values that keep to them. */
export class Schemas {
  readonly document: JsonObject
  private readonly ajv = new Ajv({ strict: false, validateFormats: false, allErrors: false })
  private readonly compiled = new Map<string, ValidateFunction>()

  constructor(file: string) {
    const read = parseJson(readFileSync(join(import.meta.dirname, file), 'utf8'))
    this.document = isObject(read) ? read : {}
  }

  /** What is wrong with a value; undefined where it keeps to the schema. A strict one knows no other properties. */
  problemOf(key: string, schema: JsonObject, value: JsonValue, isStrict: boolean): string | undefined {
    let validate = this.compiled.get(key)
    if (validate === undefined) {
      validate = this.ajv.compile(this.plain(schema, isStrict))
      this.compiled.set(key, validate)
    }
    if (validate(value)) return undefined
    const [error] = validate.errors ?? []
    return `${key}: ${error?.instancePath ?? ''} ${error?.message ?? ''} ${JSON.stringify(error?.params)}`
  }

  /** Fills in what is demanded and was not said. */
  complete(schema: JsonObject, value: JsonValue | undefined): JsonValue {
    const one = this.resolved(schema)
    if (value === null) return null
    const some = ['anyOf', 'oneOf'].flatMap((key) => arrayAt(one, key)).filter((branch) => isObject(branch))
    if (value === undefined) {
      const { type } = one
      const mayBeNull = one['nullable'] === true || (Array.isArray(type) && type.includes('null'))
      // Some of GitHub's schemas allow null in one place and not in the other.
      if (mayBeNull && some.length === 0) return null
      if (one['default'] !== undefined) return one['default']
      const words = one['enum']
      if (Array.isArray(words)) return words[0] ?? null
    }
    let known: JsonValue | undefined = value
    for (const all of arrayAt(one, 'allOf')) if (isObject(all)) known = this.complete(all, known)
    const branch = some.find((branch) => isLike(this.resolved(branch), known)) ?? some[0]
    if (branch !== undefined) known = this.complete(branch, known)
    if (one['type'] === 'object' || one['properties'] !== undefined) return this.completeObject(one, known)
    if (one['type'] === 'array') {
      const items = one['items']
      return Array.isArray(known) && isObject(items)
        ? known.map((item) => this.complete(items, item))
        : (known ?? [])
    }
    return known ?? anyOf(one)
  }

  /** What a reference points to. */
  resolved(value: JsonValue): JsonObject {
    if (!isObject(value)) return {}
    const reference = value['$ref']
    if (typeof reference !== 'string') return value
    let found: JsonValue | undefined = this.document
    for (const key of reference.slice(2).split('/')) found = isObject(found) ? found[key] : undefined
    return this.resolved(found ?? {})
  }

  private completeObject(schema: JsonObject, value: JsonValue | undefined): JsonValue {
    if (value !== undefined && !isObject(value)) return value
    const result: JsonObject = { ...value }
    const demanded = arrayAt(schema, 'required')
    for (const [name, property] of Object.entries(objectAt(schema, 'properties')))
      if (isObject(property) && (result[name] !== undefined || demanded.includes(name)))
        result[name] = this.complete(property, result[name])
    return result
  }

  /** As JSON Schema, with its references put in place and, for requests, closed to unknown properties. */
  private plain(schema: JsonObject, isStrict: boolean, trail: readonly string[] = []): JsonObject {
    const reference = schema['$ref']
    if (typeof reference === 'string')
      // A schema that holds itself is not looked into a second time.
      return trail.includes(reference)
        ? {}
        : this.plain(this.resolved(schema), isStrict, [...trail, reference])
    const { nullable, ...rest } = schema
    const result: JsonObject = {}
    for (const [key, value] of Object.entries(rest)) {
      if (key.startsWith('x-')) continue
      if (key === 'properties' && isObject(value))
        result[key] = Object.fromEntries(
          Object.entries(value).map(([name, one]) => [
            name,
            isObject(one) ? this.plain(one, isStrict, trail) : one,
          ]),
        )
      else if (['allOf', 'anyOf', 'oneOf'].includes(key) && Array.isArray(value))
        result[key] = value.map((one) => (isObject(one) ? this.plain(one, false, trail) : one))
      else if ((key === 'items' || key === 'additionalProperties') && isObject(value))
        result[key] = this.plain(value, isStrict, trail)
      else result[key] = value
    }
    if (isStrict && isObject(result['properties'])) result['additionalProperties'] = false
    return nullable === true ? { anyOf: [result, { type: 'null' }] } : result
  }
}

export function objectAt(value: JsonObject, key: string): JsonObject {
  const found = value[key]
  return isObject(found) ? found : {}
}

export function arrayAt(value: JsonObject, key: string): JsonValue[] {
  const found = value[key]
  return Array.isArray(found) ? found : []
}

/** Whether a value is of the sort that a schema is about. */
function isLike(schema: JsonObject, value: JsonValue | undefined): boolean {
  const { type } = schema
  if (value === undefined) return type === 'null'
  if (isObject(value)) return type === 'object' || schema['properties'] !== undefined
  return type === (Array.isArray(value) ? 'array' : typeof value)
}

/** Something of the right type. */
function anyOf(schema: JsonObject): JsonValue {
  switch (word(schema['type'])) {
    case 'string':
      return schema['format'] === 'uri'
        ? 'https://example.test/'
        : schema['format'] === 'date-time'
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

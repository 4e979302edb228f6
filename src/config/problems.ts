import { z } from 'zod'
import { isObject, pointerOf, property, valueAt, type JsonObject, type JsonValue } from '../model/index.ts'
import { didYouMean } from './suggest.ts'

/** What is wrong with a value, and where: a JSON pointer to the value, or to its key where the key is the mistake. */
export interface Problem {
  pointer: string
  onKey: boolean
  text: string
}

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]

/**
 * Checks a value against a schema and words each mistake for the person who wrote it. `alsoKnown` are keys of the top
 * that the schema does not have, and that a mistyped key may have meant all the same.
 */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  value: JsonValue,
  alsoKnown: readonly string[] = [],
): { data: z.output<Schema> } | { problems: Problem[] } {
  // zod drops a key of this name without a word.
  const hidden = protoKeys(value, [])
  const result = schema.safeParse(value)
  if (result.success && hidden.length === 0) return { data: result.data }
  const context = { schema, value, alsoKnown }
  const issues = result.success ? [] : result.error.issues
  return { problems: [...hidden, ...issues.flatMap((issue) => explain(issue, [], context))] }
}

interface Context {
  schema: z.ZodType
  value: JsonValue
  alsoKnown: readonly string[]
}

function protoKeys(value: JsonValue, path: readonly (string | number)[]): Problem[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => {
    const at = [...path, key]
    if (key === '__proto__') return [{ pointer: pointerOf(at), onKey: true, text: 'unknown key "__proto__"' }]
    return protoKeys(item, at)
  })
}

function explain(issue: Issue, base: Path, context: Context): Problem[] {
  const { value } = context
  const path = [...base, ...issue.path]
  const pointer = pointerOf(path.map(String))
  const at = (text: string): Problem[] => [{ pointer, onKey: false, text }]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        pointer: pointer + pointerOf([key]),
        onKey: true,
        text: `unknown key ${JSON.stringify(key)}${didYouMean(key, keysAt(context, path))}`,
      }))
    case 'invalid_type':
      return wrongType([issue.expected], path, value)
    case 'invalid_value':
      if (valueAt(value, pointer) === undefined) return missing(path)
      return at(
        `must be one of ${issue.values.map(String).join(', ')}${suggestion(issue.values, value, pointer)}`,
      )
    case 'invalid_union':
      return explainUnion(issue, path, context)
    case 'too_small':
      return at(tooSmall(issue))
    case 'too_big':
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      break
  }
  return at(issue.message)
}

/** Of several allowed forms, the one that was most likely meant is the one that is explained. */
function explainUnion(issue: z.core.$ZodIssueInvalidUnion, path: Path, context: Context): Problem[] {
  const { value } = context
  const pointer = pointerOf(path.map(String))
  if (valueAt(value, pointer) === undefined) return missing(path)
  if (issue.errors.length === 0) return explainDiscriminator(issue, path, value)
  const fitting = issue.errors
    .filter(
      (branch) => !branch.some(({ code, path: { length } }) => length === 0 && wrongAtAll.includes(code)),
    )
    .toSorted((a, b) => a.length - b.length)[0]
  if (fitting !== undefined) {
    const unknown = fitting.filter((one) => one.code === 'unrecognized_keys')
    return (unknown.length > 0 ? unknown : fitting).flatMap((one) => explain(one, path, context))
  }
  const expected = issue.errors.flatMap((branch) =>
    branch.flatMap((one) => (one.code === 'invalid_type' && one.path.length === 0 ? [one.expected] : [])),
  )
  if (expected.length > 0) return wrongType(expected, path, value)
  return [{ pointer, onKey: false, text: issue.message }]
}

/** Of these codes at the root of a branch, the value is of another kind than the branch. */
const wrongAtAll: readonly string[] = ['invalid_type', 'invalid_value']

/** A key such as `op`, whose value says which form is meant. */
function explainDiscriminator(issue: z.core.$ZodIssueInvalidUnion, path: Path, value: JsonValue): Problem[] {
  const pointer = pointerOf(path.map(String))
  const options: unknown = Reflect.get(issue, 'options')
  const words = Array.isArray(options) ? options.map(String) : []
  const text = `must be one of ${words.join(', ')}${suggestion(words, value, pointer)}`
  return [{ pointer, onKey: false, text: words.length === 0 ? issue.message : text }]
}

const typeNames: ReadonlyMap<string, string> = new Map([
  ['record', 'a map'],
  ['object', 'a map'],
  ['array', 'a list'],
  ['string', 'text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
  ['null', 'nothing'],
])

function wrongType(expected: readonly string[], path: Path, value: JsonValue): Problem[] {
  const pointer = pointerOf(path.map(String))
  const found = valueAt(value, pointer)
  if (found === undefined) return missing(path)
  const names = expected.map((name) => typeNames.get(name) ?? name)
  return [{ pointer, onKey: false, text: `must be ${names.join(' or ')}, not ${describe(found)}` }]
}

function missing(path: Path): Problem[] {
  const key = JSON.stringify(String(path.at(-1) ?? ''))
  return [{ pointer: pointerOf(path.slice(0, -1).map(String)), onKey: false, text: `${key} is missing` }]
}

/** A value as a person would name it. */
export function describe(value: JsonValue): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  if (typeof value === 'string') return value.length > 40 ? 'text' : `the text ${JSON.stringify(value)}`
  return typeof value === 'number' ? `the number ${value}` : String(value)
}

function tooSmall(issue: z.core.$ZodIssueTooSmall): string {
  if (issue.origin === 'array')
    return `must have at least ${issue.minimum} ${issue.minimum === 1 ? 'entry' : 'entries'}`
  if (issue.origin === 'string') return 'must not be empty'
  return `must be at least ${issue.minimum}`
}

function suggestion(allowed: readonly unknown[], value: JsonValue, pointer: string): string {
  const found = valueAt(value, pointer)
  return typeof found === 'string' ? didYouMean(found, allowed.map(String)) : ''
}

/** The keys that may stand in the map at a path. Read from the JSON Schema, which names them whatever the zod type. */
function keysAt({ schema, alsoKnown }: Context, path: Path): string[] {
  let places: JsonValue[] = [json(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))]
  for (const segment of path)
    places = places.flatMap(branches).flatMap((place) => {
      const next =
        typeof segment === 'number'
          ? property(place, 'items')
          : (property(property(place, 'properties'), String(segment)) ??
            property(place, 'additionalProperties'))
      return next === undefined ? [] : [next]
    })
  const keys = places.flatMap(branches).flatMap((place) => Object.keys(property(place, 'properties') ?? {}))
  return path.length === 0 ? [...keys, ...alsoKnown] : keys
}

function branches(place: JsonValue): JsonObject[] {
  if (!isObject(place)) return []
  const list = [property(place, 'anyOf'), property(place, 'oneOf'), property(place, 'allOf')].flatMap(
    (one) => (Array.isArray(one) ? one : []),
  )
  return [place, ...list.flatMap(branches)]
}

function json(value: unknown): JsonValue {
  return z.json().parse(structuredClone(value))
}

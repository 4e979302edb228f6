import {
  escapeSegment,
  isObject,
  property,
  type Answer,
  type JsonObject,
  type JsonValue,
} from '../model/index.ts'
import { refusalLines, type Refusal } from './admission-errors.ts'
import { keysOfField } from './admission-places.ts'

/** One thing that a server has against an object as it stands, and where. */
export interface InvalidError {
  text: string
  /** JSON pointer of the field that it names, or of what stands nearest above it. */
  pointer: string
  /** Of a mistake in the text itself: the line of what was sent, from 1. */
  line?: number
}

/**
 * What the report's list of invalid resources says; empty where the server takes the object, or said nothing of it (a
 * kind or namespace that this server does not have, an object that exists already).
 */
export function invalidErrors(original: Answer, object: JsonObject): InvalidError[] {
  if (original.outcome !== 'rejected') return []
  if (!['malformed', 'invalid', 'forbidden', 'denied'].includes(original.rejection)) return []
  const lines = refusalLines(original)
  const whole = lines.length === 1 ? placeInWords(original, object) : undefined
  if (whole !== undefined) return lines.map(({ text }) => ({ text, ...whole }))
  return lines.map(({ text, field }) => ({ text, pointer: pointerOfField(object, field) }))
}

/** Where a field stands that the server names: its pointer, as far as the object has it. */
export function pointerOfField(object: JsonObject, field: string): string {
  let pointer = ''
  let current: JsonValue | undefined = object
  for (const key of keysOfField(field) ?? []) {
    current = Array.isArray(current) ? current[Number(key)] : property(current, key)
    if (current === undefined) break
    pointer += `/${escapeSegment(key)}`
  }
  return pointer
}

/** The words of decoders, which name no field as validation does. */
function placeInWords(
  { rejection, message }: Refusal,
  object: JsonObject,
): Omit<InvalidError, 'text'> | undefined {
  if (rejection !== 'malformed') return undefined
  const line = /yaml: (?:unmarshal errors:\s*)?line (\d+): /.exec(message)?.[1]
  if (line !== undefined) return { pointer: '', line: Number(line) }
  // encoding/json: the path has no indexes, so the first item is meant that holds a value of the wrong type.
  const [, found = '', path = ''] =
    /cannot unmarshal (\w+)(?: \S+)? into Go (?:struct field \w+\.(\S+)|value) of type /.exec(message) ?? []
  if (path === '') return undefined
  const pointer = firstOfType(object, path.split('.'), found)
  return pointer === undefined ? undefined : { pointer }
}

function firstOfType(
  value: JsonValue | undefined,
  path: readonly string[],
  type: string,
): string | undefined {
  if (Array.isArray(value) && (path.length > 0 || type !== 'array')) {
    for (const [index, item] of value.entries()) {
      const below = firstOfType(item, path, type)
      if (below !== undefined) return `/${index}${below}`
    }
    return undefined
  }
  const [key, ...rest] = path
  if (key === undefined) return typeOf(value) === type ? '' : undefined
  const found = isObject(value) ? property(value, key) : undefined
  if (found === undefined) return undefined
  const below = firstOfType(found, rest, type)
  return below === undefined ? undefined : `/${escapeSegment(key)}${below}`
}

/** The words of Go's decoder for the types of JSON. */
function typeOf(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

import { z } from 'zod'
import type { JsonObject, JsonValue } from '../../../src/model/index.ts'

/** Reads JSON as what it is. */
export function parseJson(text: string): JsonValue {
  return z.json().parse(JSON.parse(text))
}

/** A text of a body; the empty one where it is something else. */
export function word(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** An object of a body; the empty one where it is something else. */
export function record(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

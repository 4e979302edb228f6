import { z } from 'zod'
import type { JsonValue } from './json.ts'

const pointer = z.string().regex(/^(\/([^~/]|~[01])*)*$/, 'not a JSON pointer (RFC 6901)')
const value: z.ZodType<JsonValue> = z.json()

/** One operation of a JSON Patch (RFC 6902). */
export const patchOperationSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add'), path: pointer, value }),
  z.strictObject({ op: z.literal('remove'), path: pointer }),
  z.strictObject({ op: z.literal('replace'), path: pointer, value }),
  z.strictObject({ op: z.literal('move'), from: pointer, path: pointer }),
  z.strictObject({ op: z.literal('copy'), from: pointer, path: pointer }),
  z.strictObject({ op: z.literal('test'), path: pointer, value }),
])
export type PatchOperation = z.infer<typeof patchOperationSchema>

export const jsonPatchSchema = z.array(patchOperationSchema)
export type JsonPatch = PatchOperation[]

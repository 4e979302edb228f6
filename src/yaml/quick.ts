import { defineScalarTag, FAILSAFE_SCHEMA, load, mergeTag, NOT_RESOLVED } from 'js-yaml'
import type { JsonValue } from '../model/index.ts'
import { maximumDepth, plainValue } from './schema.ts'

const plain = defineScalarTag('tag:k8s-autofix,2026:plain', {
  implicit: true,
  resolve: (source) => {
    const value = plainValue(source)
    return value === undefined ? NOT_RESOLVED : value
  },
  identify: () => false,
})

const schema = FAILSAFE_SCHEMA.withTags([plain, mergeTag])

/**
 * The value of a text that is one document, by a second parser that shares no code with the first and takes a fifth of
 * its time. It gives neither positions nor a list of what is wrong: undefined stands for anything but a plain success.
 */
export function quickValue(text: string): JsonValue | undefined {
  try {
    const value = load(text, { schema, maxDepth: maximumDepth, maxAliases: 0 })
    return isJson(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isJson(value: unknown): value is JsonValue {
  if (Array.isArray(value)) return value.every(isJson)
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isJson)
  return (
    value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  )
}

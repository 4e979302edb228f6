import { defineScalarTag, FAILSAFE_SCHEMA, loadAll, mergeTag, NOT_RESOLVED, type Schema } from 'js-yaml'

/**
 * YAML as kubectl reads it, on js-yaml, written from goyaml.v2/resolve.go alone: it shares nothing with src/yaml, so
 * that tests can judge the product by it.
 */

const words = new Map<string, boolean | null>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
])

/** What a plain scalar without a tag means. */
export function plainValue(source: string): string | number | boolean | null {
  const word = words.get(source)
  if (word !== undefined) return word
  if (!/^[-+.0-9]/.test(source)) return source
  const digits = source.replaceAll('_', '')
  const [, sign = '', body = ''] = /^([-+]?)(.*)$/s.exec(digits) ?? []
  const factor = sign === '-' ? -1 : 1
  const based = /^0([xXoObB])([0-9a-fA-F]+)$/.exec(body)
  if (based?.[1] !== undefined && based[2] !== undefined) {
    const base = { x: 16, o: 8, b: 2 }[based[1].toLowerCase()] ?? 10
    const value = based[2].split('').every((digit) => Number.parseInt(digit, 16) < base)
      ? Number.parseInt(based[2], base)
      : Number.NaN
    return Number.isNaN(value) ? source : factor * value
  }
  if (/^0[0-7]+$/.test(body)) return factor * Number.parseInt(body, 8)
  if (/^[0-9]+$/.test(body) && /^[-+]?[0-9]/.test(source)) return factor * Number(body)
  if (/^(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(body) && !/^[-+]?\._/.test(source))
    return factor * Number(body)
  return source
}

const plain = defineScalarTag('tag:k8s-autofix,2026:plain', {
  implicit: true,
  resolve: (source) => {
    const value = plainValue(source)
    return typeof value === 'string' ? NOT_RESOLVED : value
  },
  identify: () => false,
})

const goYaml: Schema = FAILSAFE_SCHEMA.withTags([plain, mergeTag])

/** All documents of a text. Throws on what is not YAML. */
export function readAll(text: string): unknown[] {
  const read = loadAll(text, { schema: goYaml })
  const line = text.slice(text.lastIndexOf('\n') + 1)
  if (line.trim() === '' || !/[|>]/.test(text)) return read
  // go-yaml gives a block scalar that ends the text no line break of its own. Which string that is shows when the
  // text grows by a character: only then does it grow before its final line break.
  try {
    const grown = loadAll(`${text}x`, { schema: goYaml })
    return read.map((document, at) => withoutBreak(document, grown[at]))
  } catch {
    return read
  }
}

function withoutBreak(value: unknown, grown: unknown): unknown {
  if (typeof value === 'string')
    return value.endsWith('\n') && grown === `${value.slice(0, -1)}x\n` ? value.slice(0, -1) : value
  if (Array.isArray(value) && Array.isArray(grown))
    return value.map((item, at) => withoutBreak(item, grown[at]))
  if (typeof value !== 'object' || value === null || typeof grown !== 'object' || grown === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutBreak(item, Reflect.get(grown, key))]),
  )
}

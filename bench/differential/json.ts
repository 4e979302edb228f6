import type { JsonObject, JsonValue } from '../../src/model/index.ts'
import { isObject } from '../../src/model/index.ts'

/** What `JSON.parse` gives is JSON; undefined where the text is none. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

export function objectIn(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}

export function listIn(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : []
}

export function textIn(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

export function numberIn(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0
}

/** A small generator of numbers from 0 to 1 (mulberry32), so that a run can be had again. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A sample of `count`, in the order of the whole. */
export function sample<T>(items: readonly T[], count: number, random: () => number): T[] {
  if (items.length <= count) return [...items]
  const indices = items.map((_, index) => index)
  for (let place = 0; place < count; place++) {
    const other = place + Math.floor(random() * (indices.length - place))
    const [a, b] = [indices[place] ?? 0, indices[other] ?? 0]
    indices[place] = b
    indices[other] = a
  }
  return indices
    .slice(0, count)
    .sort((a, b) => a - b)
    .flatMap((index) => items.slice(index, index + 1))
}

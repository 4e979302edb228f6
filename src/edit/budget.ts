import { equal, isObject, type JsonValue, type Splice } from '../model/index.ts'
import type { YamlDocument } from '../yaml/index.ts'
import { alignItems } from './align.ts'

/** The lines that an edit touches must stand in proportion to the values that it changes. */
export function isWithinBudget(
  before: string,
  splices: readonly Splice[],
  old: readonly Pick<YamlDocument, 'value'>[],
  expected: ReadonlyMap<number, JsonValue>,
): boolean {
  const budget = { removed: 0, added: 0 }
  for (const [index, value] of expected) {
    const was = old[index]?.value
    if (was !== undefined) count(was, value, budget)
  }
  let removed = 0
  let added = 0
  for (const { start, end, text } of splices) {
    removed += before
      .slice(start, end)
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.trim().startsWith('#')).length
    added += text.split('\n').filter((line) => line.trim() !== '').length
  }
  return removed <= budget.removed && added <= budget.added
}

interface Budget {
  removed: number
  added: number
}

function count(was: JsonValue, is: JsonValue, budget: Budget): void {
  if (was === is) return
  if (isObject(was) && isObject(is)) {
    for (const [key, value] of Object.entries(was)) {
      const next = Object.hasOwn(is, key) ? is[key] : undefined
      if (next === undefined) gone(value, budget)
      else count(value, next, budget)
    }
    for (const [key, value] of Object.entries(is)) if (!Object.hasOwn(was, key)) come(value, budget)
  } else if (Array.isArray(was) && Array.isArray(is)) {
    if (equal(was, is)) return
    const origins = alignItems(was, is)
    is.forEach((value, at) => {
      const from = was[origins[at] ?? -1]
      if (from === undefined) come(value, budget)
      else count(from, value, budget)
    })
    was.forEach((value, at) => {
      if (!origins.includes(at)) gone(value, budget)
    })
  } else if (typeof was === 'object' || typeof is === 'object' || was !== is) {
    gone(was, budget)
    come(is, budget)
  }
}

/** An entry that goes may leave `{}`, a comma, or its neighbour on another line. */
function gone(value: JsonValue, budget: Budget): void {
  budget.removed += weight(value) + 1
  budget.added += 1
}

function come(value: JsonValue, budget: Budget): void {
  budget.added += weight(value) + 1
  budget.removed += 1
}

/** Lines a value may take with its key, each on a line of its own, strings folded as far as anyone would. */
function weight(value: JsonValue): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + weight(item), 2)
  if (isObject(value)) return Object.values(value).reduce<number>((sum, item) => sum + weight(item), 2)
  if (typeof value !== 'string') return 2
  return 2 + Math.ceil(value.length / 4) + value.split('\n').length
}

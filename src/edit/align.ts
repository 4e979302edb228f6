import { equal, isObject, type JsonValue } from '../model/index.ts'

/** Above this many comparisons two lists are compared place by place. */
const maximumComparisons = 40_000

/**
 * For each item of `next` the index of the old item it continues, or -1 for a new one; the indexes rise. Equal items
 * find each other first, then items that share the most, then whatever stands in the same gap.
 */
export function alignItems(old: readonly JsonValue[], next: readonly JsonValue[]): number[] {
  const result = next.map(() => -1)
  let head = 0
  while (head < old.length && head < next.length && equal(old[head], next[head])) result[head] = head++
  let oldEnd = old.length
  let nextEnd = next.length
  while (oldEnd > head && nextEnd > head && equal(old[oldEnd - 1], next[nextEnd - 1]))
    result[--nextEnd] = --oldEnd
  const rows = oldEnd - head
  const columns = nextEnd - head
  if (rows > 0 && columns > 0 && rows * columns <= maximumComparisons)
    bestMatch(old.slice(head, oldEnd), next.slice(head, nextEnd)).forEach((from, at) => {
      if (from >= 0) result[head + at] = head + from
    })
  return pairGaps(result, old.length)
}

/** Where items vanish and items appear between the same neighbours, one takes the place of the other, if it may. */
export function pairGaps(
  origins: readonly number[],
  oldLength: number,
  mayPair: (from: number, at: number) => boolean = () => true,
): number[] {
  const result = [...origins]
  let free = 0
  for (let at = 0; at < result.length; at++) {
    const from = result[at] ?? -1
    if (from >= 0) {
      free = from + 1
      continue
    }
    const until = result.slice(at).find((index) => index >= 0) ?? oldLength
    if (free < until && mayPair(free, at)) result[at] = free++
  }
  return result
}

/** The rising assignment with the highest sum of likeness (dynamic programming). */
function bestMatch(old: readonly JsonValue[], next: readonly JsonValue[]): number[] {
  const width = next.length + 1
  const score = new Float64Array((old.length + 1) * width)
  const likeness = old.map((a) => next.map((b) => alike(a, b)))
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = next.length - 1; j >= 0; j--)
      score[i * width + j] = Math.max(
        score[(i + 1) * width + j] ?? 0,
        score[i * width + j + 1] ?? 0,
        (likeness[i]?.[j] ?? 0) + (score[(i + 1) * width + j + 1] ?? 0),
      )
  const result = next.map(() => -1)
  let i = 0
  let j = 0
  while (i < old.length && j < next.length) {
    const here = score[i * width + j] ?? 0
    const pair = likeness[i]?.[j] ?? 0
    if (pair > 0 && here === pair + (score[(i + 1) * width + j + 1] ?? 0)) result[j++] = i++
    else if (here === (score[(i + 1) * width + j] ?? 0)) i++
    else j++
  }
  return result
}

/** Objects with nothing in common: what is said about the one, in a comment, does not hold for the other. */
export function areStrangers(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a !== undefined && b !== undefined && isObject(a) && isObject(b) && alike(a, b) === 0
}

/** 2 for equal values, less than 1 for objects that share plain properties, 0 for strangers. */
function alike(a: JsonValue, b: JsonValue): number {
  if (equal(a, b)) return 2
  if (!isObject(a) || !isObject(b)) return 0
  const keys = Object.keys(a)
  const shared = keys.filter(
    (key) => typeof a[key] !== 'object' && Object.hasOwn(b, key) && equal(a[key], b[key]),
  ).length
  return shared / (Math.max(keys.length, Object.keys(b).length) + 1)
}

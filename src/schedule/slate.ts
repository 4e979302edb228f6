import type { Channel } from '../model/index.ts'
import type { Candidate } from './candidate.ts'

/** How much showing each candidate is worth; nothing is worth showing at zero or below. In the order of the candidates. */
export type Values = readonly number[]

/** The places in the list, the most wanted first: what may be put inline, of that what is urgent, and then by value. */
export function rankingOf(candidates: readonly Candidate[], values: Values): number[] {
  return candidates
    .map((candidate, index) => ({ candidate, index, value: values[index] ?? 0 }))
    .sort(
      (a, b) =>
        Number(b.candidate.mayBeInline) - Number(a.candidate.mayBeInline) ||
        Number(b.candidate.isUrgent) - Number(a.candidate.isUrgent) ||
        b.value - a.value ||
        (a.candidate.id < b.candidate.id ? -1 : 1),
    )
    .map(({ index }) => index)
}

/** The places in the list of those that are put inline, the best first. */
export function slateOf(candidates: readonly Candidate[], values: Values, places: number): number[] {
  return rankingOf(candidates, values)
    .filter((index) => {
      const candidate = candidates[index]
      return candidate?.mayBeInline === true && (candidate.isUrgent || (values[index] ?? 0) > 0)
    })
    .slice(0, Math.max(0, places))
}

/**
 * Where each candidate goes. What is urgent is never silent, what is worth showing and finds no place is a line of the
 * summary, and so is what may break its workload.
 */
export function decide(candidates: readonly Candidate[], values: Values, places: number): Channel[] {
  const inline = new Set(slateOf(candidates, values, places))
  return candidates.map((candidate, index) => {
    if (inline.has(index)) return 'inline'
    return candidate.isUrgent || (values[index] ?? 0) > 0 ? 'summary' : 'silent'
  })
}

import type { Channel } from '../model/index.ts'
import type { Candidate } from './candidate.ts'

/** How much showing each candidate is worth; nothing is worth showing at zero or below. In the order of the candidates. */
export type Values = readonly number[]

/** The places in the list of those that are put inline, the best first. */
export function slateOf(candidates: readonly Candidate[], values: Values, places: number): number[] {
  const best = candidates
    .map((candidate, index) => ({ candidate, index, value: values[index] ?? 0 }))
    .filter(({ candidate, value }) => candidate.mayBeInline && (candidate.isUrgent || value > 0))
    .sort(
      (a, b) =>
        Number(b.candidate.isUrgent) - Number(a.candidate.isUrgent) ||
        b.value - a.value ||
        (a.candidate.id < b.candidate.id ? -1 : 1),
    )
  return best.slice(0, Math.max(0, places)).map(({ index }) => index)
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

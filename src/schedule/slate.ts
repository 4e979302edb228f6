import type { Channel } from '../model/index.ts'
import type { Candidate } from './candidate.ts'

/** How much showing each candidate is worth; nothing is worth showing at zero or below. In the order of the candidates. */
export type Values = readonly number[]

interface Worth {
  candidate: Candidate
  index: number
  value: number
}

/** What may be put inline comes first, of that what is urgent, and then it goes by value. */
function compareWorth(a: Worth, b: Worth): number {
  return (
    Number(b.candidate.mayBeInline) - Number(a.candidate.mayBeInline) ||
    Number(b.candidate.isUrgent) - Number(a.candidate.isUrgent) ||
    b.value - a.value ||
    (a.candidate.id < b.candidate.id ? -1 : 1)
  )
}

/** The places in the list, the most wanted first. */
export function rankingOf(candidates: readonly Candidate[], values: Values): number[] {
  return candidates
    .map((candidate, index) => ({ candidate, index, value: values[index] ?? 0 }))
    .sort(compareWorth)
    .map(({ index }) => index)
}

/** The places in the list of those that are put inline, the best first. */
export function slateOf(candidates: readonly Candidate[], values: Values, places: number): number[] {
  const best: Worth[] = []
  candidates.forEach((candidate, index) => {
    const value = values[index] ?? 0
    if (!candidate.mayBeInline || !(candidate.isUrgent || value > 0)) return
    // Few of many: they are not all sorted.
    const one = { candidate, index, value }
    const after = best.findIndex((other) => compareWorth(one, other) < 0)
    if (after !== -1) best.splice(after, 0, one)
    else if (best.length < places) best.push(one)
    if (best.length > Math.max(0, places)) best.pop()
  })
  return best.map(({ index }) => index)
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

import { mostCandidates, summaryMarker, type MarkedCandidate, type Seal } from '../github/index.ts'

/** Characters of the mark: what the comment says has to fit beside it. */
const largestMark = 16_000

/**
 * The mark of the summary comment. What was decided when something could first be suggested stands: a run that finds the
 * same again writes the same. Where not all fit, the last ones of `candidates` are left out, and before them those that
 * could be suggested once and no longer.
 */
export function summaryMark(
  commit: string,
  candidates: readonly MarkedCandidate[],
  comment: string | undefined,
  seal: Seal | undefined,
): string {
  const { decisions: before = [] } = summaryMarker.readBelieved(comment ?? '', seal) ?? {}
  const known = new Map(before.map((one) => [one.id, one]))
  const all = new Map(candidates.map((one) => [one.id, known.get(one.id) ?? one]))
  for (const [id, one] of known) if (!all.has(id)) all.set(id, one)
  for (let number = Math.min(all.size, mostCandidates); ; number = Math.floor(number * 0.9)) {
    const decisions = [...all.values()].slice(0, number).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const mark = summaryMarker.write({ commit, ...(number > 0 && { decisions }) }, seal)
    if (mark.length <= largestMark || number === 0) return mark
  }
}

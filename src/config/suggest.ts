import { distance } from 'fastest-levenshtein'

/** `; did you mean "policies"?` for a mistyped word, or nothing where no candidate is close to it. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const limit = Math.max(2, Math.floor(word.length / 3))
  let best: { candidate: string; far: number } | undefined
  for (const candidate of candidates) {
    // A beginning or a part of the name is what people type who do not remember all of it.
    const part = word.length >= 4 && candidate.includes(word)
    const far = part ? 1 : distance(word.toLowerCase(), candidate.toLowerCase())
    if (far <= limit && far < candidate.length && (best === undefined || far < best.far))
      best = { candidate, far }
  }
  return best === undefined ? '' : `; did you mean ${JSON.stringify(best.candidate)}?`
}

import { unsafeAbove, type Breakage } from '../model/index.ts'

/** What became of the fixes of a policy in this repository; what is old counts less, so these need not be whole. */
export interface Reverts {
  /** Ours that were taken. */
  committed: number
  /** Of them, those that were taken back, or broke their workload. */
  broke: number
}

/** As if the stated chance had been seen in this many fixes: a judgement gives way to what is seen, but not to one case. */
const statedWeight = 10
/** So many fixes have to have held, and all of them, before one that is stated to be unsafe counts as safe. */
const enough = 5

/** The stated chance that a fix breaks its workload, updated by what was seen: the mean of a Beta distribution. */
export function withReverts(breakage: Breakage, { committed, broke }: Reverts): Breakage {
  if (committed <= 0) return breakage
  const stated = breakage.probability
  const seen = (statedWeight * stated + Math.min(broke, committed)) / (statedWeight + committed)
  const isBold =
    stated > unsafeAbove && Math.round(100 * seen) <= 100 * unsafeAbove && (committed < enough || broke > 0)
  return {
    // Two places: what was counted are a few. What is not to count as safe stays right above the bound.
    probability: isBold ? Math.min(stated, (100 * unsafeAbove + 1) / 100) : Math.round(100 * seen) / 100,
    because: `${breakage.because}; ${seenText(committed, broke)}${isBold ? ', too little to call it safe' : ''}`,
  }
}

function seenText(committed: number, broke: number): string {
  const fixes = (number: number): string => `${number} such ${number === 1 ? 'fix' : 'fixes'}`
  const all = Math.max(1, Math.round(committed))
  // None is what was seen, not what is rounded to it.
  const back = broke > 0 ? Math.min(all, Math.max(1, Math.round(broke))) : 0
  if (back === 0) return `none of ${fixes(all)} was taken back here`
  return `${back} of ${fixes(all)} ${back === 1 ? 'was' : 'were'} taken back here`
}

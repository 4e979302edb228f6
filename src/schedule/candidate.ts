import type { Context } from '../model/index.ts'

/** One verified fix, or several that are offered as one, as the scheduler sees it. */
export interface Candidate {
  /** Lasting name: the first of its findings' fingerprints. */
  id: string
  context: Context
  /** 0 to 100. */
  risk: number
  /** Whether it may never be silent: of critical severity, at 85 and above, or known to be exploited. */
  isUrgent: boolean
  /** Whether it may be put inline at all: it is safe, or unsafe fixes were asked for, and its file is nobody's product. */
  mayBeInline: boolean
  /** Hours since the finding was first seen. */
  waited: number
}

/** What became of something that was shown. */
export interface Outcome {
  /** The finding went away, by whatever edit. */
  fixed: boolean
  /** By our edit. */
  committed: boolean
  /** What was committed was taken back, or broke its workload. */
  broke: boolean
}

/** Costs in points of risk. */
export interface Costs {
  /** Of a suggestion that nobody acts on. */
  noise: number
  /** Of a fix that breaks its workload. */
  breakage: number
}

export const usualCosts: Costs = { noise: 4, breakage: 60 }

/** Chances of the three outcomes. */
export interface Chances {
  fixed: number
  committed: number
  broke: number
}

/**
 * What showing a fix inline is worth, in points of risk: all of the risk where it is committed, half where people fix it
 * their own way, less the noise and the harm. Zero is the worth of silence.
 */
export function valueOf(risk: number, { fixed, committed, broke }: Chances, costs: Costs): number {
  return (
    risk * committed +
    0.5 * risk * Math.max(0, fixed - committed) -
    costs.noise * (1 - fixed) -
    costs.breakage * broke
  )
}

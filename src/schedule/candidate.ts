import type { Environment } from '../model/index.ts'

/** What is known of a fix before anybody sees it, and what its outcome is counted under: few values for each. */
export interface Context {
  policy: string
  /** Of the object. */
  kind: string
  /** Where it runs, by its namespace and the folders of its file. */
  environment: Environment
  /** Whether the change under review has brought the finding in. */
  introduced: boolean
  /** Operations of the patch. */
  size: 'one' | 'few' | 'many'
  /** The chance that the fix breaks its workload, rounded to a class. */
  breakage: BreakageClass
}

/** Upper bounds of the chance. What is above the highest is never put inline. */
export const breakageClasses = { low: 0.03, some: 0.1, high: 0.2, refused: 1 } as const
export type BreakageClass = keyof typeof breakageClasses

/** One verified fix, or several that are offered as one, as the scheduler sees it. */
export interface Candidate {
  /** Lasting name: the first of its findings' fingerprints. */
  id: string
  context: Context
  /** 0 to 100. */
  risk: number
  /** Whether it may never be silent: of critical severity, at 85 and above, or known to be exploited. */
  isUrgent: boolean
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

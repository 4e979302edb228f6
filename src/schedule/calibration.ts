import { breakageClasses, type BreakageClass } from '../model/index.ts'
import { isDecided, type State } from './state.ts'

/*
 * How what was said beforehand compares with what has happened. Made from the suggestions and never kept, so that it
 * merges as they do.
 */

export interface RiskBin {
  /** The bin holds risks from `from` to `to`, both included. */
  from: number
  to: number
  shown: number
  fixed: number
  committed: number
}

export interface BreakageBin {
  class: BreakageClass
  /** The chance that was said, at most. */
  atMost: number
  committed: number
  broke: number
}

export interface Calibration {
  risk: RiskBin[]
  breakage: BreakageBin[]
}

const binWidth = 20

export function calibrationOf({ suggestions }: Pick<State, 'suggestions'>): Calibration {
  const shown = [...suggestions.values()].filter((one) => one.marks.has('shown') && isDecided(one))
  const froms = Array.from({ length: 100 / binWidth }, (_, index) => index * binWidth)
  return {
    risk: froms.map((from) => {
      const to = from + binWidth === 100 ? 100 : from + binWidth - 1
      const here = shown.filter(({ risk }) => risk >= from && risk <= to)
      return {
        from,
        to,
        shown: here.length,
        fixed: here.filter(({ marks }) => marks.has('fixed') || marks.has('committed')).length,
        committed: here.filter(({ marks }) => marks.has('committed')).length,
      }
    }),
    breakage: Object.entries(breakageClasses).flatMap(([name, atMost]) => {
      const taken = shown.filter(({ context, marks }) => context.breakage === name && marks.has('committed'))
      const [first] = taken
      if (first === undefined) return []
      return {
        class: first.context.breakage,
        atMost,
        committed: taken.length,
        broke: taken.filter(({ marks }) => marks.has('broke')).length,
      }
    }),
  }
}

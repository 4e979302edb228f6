import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { seedOf } from './ids.ts'

/** Chance, handed in: the same seed gives the same decisions. `of` names what it is drawn for. */
export interface Random {
  /** From 0 (included) to 1 (excluded). */
  uniform(of?: string): number
  /** Of mean 0 and variance 1. */
  normal(of?: string): number
}

export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed)
  const uniform = (): number => uniformFloat64(generator)
  return {
    uniform,
    // Box and Muller 1958; the second of each pair is left, so that nothing is kept between two calls.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  }
}

/**
 * Chance that is bound to names: the same for the same name, whatever else is drawn and in which order. So what is decided
 * twice is decided alike where something has joined it or is gone.
 */
export function namedRandom(seed: number): Random {
  const by = (of: string): Random => seededRandom(seedOf(seed, of))
  return { uniform: (of = '') => by(of).uniform(), normal: (of = '') => by(of).normal() }
}

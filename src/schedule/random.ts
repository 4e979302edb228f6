import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Chance, handed in: the same seed gives the same decisions. */
export interface Random {
  /** From 0 (included) to 1 (excluded). */
  uniform(): number
  /** Of mean 0 and variance 1. */
  normal(): number
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

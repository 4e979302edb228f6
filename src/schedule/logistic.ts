import { interceptName, type Feature } from './features.ts'
import type { Random } from './random.ts'

/** How often something happened where these features held: `times` and `hits` may be discounted, so fractions. */
export interface Row {
  features: readonly Feature[]
  times: number
  hits: number
  /** Added to the logit: what is known of the row beforehand. */
  offset: number
}

/** Weights as they may be, given the rows: a normal distribution around the best (Laplace 1774). */
export interface Posterior {
  /** Place of a weight by the name of its feature; a weight that no row speaks of has none. */
  places: ReadonlyMap<string, number>
  mean: Float64Array
  /** Lower triangle of the Cholesky factor of the precision, row by row. */
  factor: Float64Array
  /** Share of the deviations of the features that the rows speak for. */
  scale: number
  /** How likely the rows are under the prior, as a logarithm (Laplace's approximation). */
  evidence: number
}

const mostSteps = 25

/**
 * How far weights may be expected from zero, as a share of what the features say: where reviewers do not care what is
 * shown, wide priors would take their luck for taste. Which one holds is told by the rows (empirical Bayes); while they say
 * nothing, the widest does.
 */
const scales = [1, 0.3, 0.1] as const

/**
 * The posterior of a logistic regression with a normal prior of mean zero on every weight, its mode found by Newton's
 * method. The order of the rows does not matter beyond the last digits.
 */
export function fitLogistic(rows: readonly Row[]): Posterior {
  const fits = scales.map((scale) => fitScaled(rows, scale))
  return fits.reduce((best, fit) => (fit.evidence > best.evidence ? fit : best))
}

/** What all findings have in common is as wide as ever. */
function deviationOf({ name, deviation }: Feature, scale: number): number {
  return name === interceptName ? deviation : scale * deviation
}

function fitScaled(rows: readonly Row[], scale: number): Posterior {
  const places = new Map<string, number>()
  const deviations: number[] = []
  const indexed = rows
    .filter(({ times }) => times > 0)
    .map(({ features, times, hits, offset }) => ({
      at: features.map((feature) => {
        const { name } = feature
        const known = places.get(name)
        if (known !== undefined) return known
        places.set(name, deviations.length)
        return deviations.push(deviationOf(feature, scale)) - 1
      }),
      values: features.map(({ value }) => value),
      times,
      hits,
      offset,
    }))
  const size = deviations.length
  const prior = Float64Array.from(deviations, (deviation) => 1 / (deviation * deviation))
  const mean = new Float64Array(size)
  const precision = new Float64Array(size * size)
  for (let step = 0; ; step++) {
    precision.fill(0)
    let likelihood = 0
    const gradient = new Float64Array(size)
    for (let i = 0; i < size; i++) {
      precision[i * size + i] = prior[i] ?? 0
      gradient[i] = -(prior[i] ?? 0) * (mean[i] ?? 0)
    }
    for (const { at, values, times, hits, offset } of indexed) {
      let logit = offset
      for (let j = 0; j < at.length; j++) logit += (values[j] ?? 0) * (mean[at[j] ?? 0] ?? 0)
      const chance = sigmoid(logit)
      likelihood += hits * Math.log(chance) + (times - hits) * Math.log(1 - chance)
      const surprise = hits - times * chance
      const weight = times * chance * (1 - chance)
      for (let j = 0; j < at.length; j++) {
        const row = at[j] ?? 0
        const value = values[j] ?? 0
        gradient[row] = (gradient[row] ?? 0) + value * surprise
        for (let k = 0; k < at.length; k++) {
          const place = row * size + (at[k] ?? 0)
          precision[place] = (precision[place] ?? 0) + weight * value * (values[k] ?? 0)
        }
      }
    }
    factorise(precision, size)
    const change = solveTransposed(precision, size, solve(precision, size, gradient))
    let largest = 0
    for (const one of change) largest = Math.max(largest, Math.abs(one))
    if (largest < 1e-6 || step === mostSteps) {
      let evidence = likelihood
      for (let i = 0; i < size; i++)
        evidence +=
          (Math.log(prior[i] ?? 1) - (prior[i] ?? 0) * (mean[i] ?? 0) ** 2) / 2 -
          Math.log(precision[i * size + i] ?? 1)
      return { places, mean, factor: precision, scale, evidence }
    }
    // A step too far makes the next one worse; no weight moves by more than this at once.
    const share = Math.min(1, 3 / largest)
    for (let i = 0; i < size; i++) mean[i] = (mean[i] ?? 0) + share * (change[i] ?? 0)
  }
}

/** What the logits of some cases may be. */
export interface Logits {
  /** Under the best weights, in the order of the cases. */
  best(): Float64Array
  /**
   * Under weights that are drawn from the posterior once for all cases, its deviations tempered: 1 is Thompson sampling,
   * less is bolder. Weights that no row speaks of are drawn from their prior.
   */
  draw(temper: number, random: Random): Float64Array
  /**
   * The same in distribution, for many draws of few cases: the logits are drawn themselves, from what the posterior says
   * of them together.
   */
  sampler(temper: number): (random: Random) => Float64Array
}

/** `head` names what the weights are about, for chance that is bound to names. */
export function logitsOf(
  { places, mean, factor, scale }: Posterior,
  cases: readonly Pick<Row, 'features' | 'offset'>[],
  head = '',
): Logits {
  const size = mean.length
  const unseen = new Map<string, number>()
  const deviations: number[] = []
  const indexed = cases.map(({ features, offset }) => ({
    at: features.map((feature) => {
      const { name } = feature
      const place = places.get(name) ?? unseen.get(name)
      if (place !== undefined) return place
      unseen.set(name, size + deviations.length)
      return size + deviations.push(deviationOf(feature, scale)) - 1
    }),
    values: features.map(({ value }) => value),
    offset,
  }))
  let names: string[] | undefined
  const under = (weights: Float64Array): Float64Array =>
    Float64Array.from(indexed, ({ at, values, offset }) => {
      let logit = offset
      for (let j = 0; j < at.length; j++) logit += (values[j] ?? 0) * (weights[at[j] ?? 0] ?? 0)
      return logit
    })
  const draw = (temper: number, random: Random): Float64Array => {
    const weights = new Float64Array(size + deviations.length)
    names ??= [...places.keys(), ...unseen.keys()].map((name) => `${head} ${name}`)
    for (let i = 0; i < weights.length; i++) weights[i] = random.normal(names[i])
    weights.set(solveTransposed(factor, size, weights.subarray(0, size)))
    for (let i = 0; i < weights.length; i++)
      weights[i] = (mean[i] ?? 0) + temper * (weights[i] ?? 0) * (i < size ? 1 : (deviations[i - size] ?? 0))
    return under(weights)
  }
  return {
    best: () => under(mean),
    draw,
    sampler(temper) {
      // Cases that look alike have one logit, but for what is known of them beforehand.
      const kinds = new Map<string, number>()
      const kindOf = indexed.map(({ at, values }) => {
        const key = `${at.join()} ${values.join()}`
        const kind = kinds.get(key) ?? kinds.size
        kinds.set(key, kind)
        return kind
      })
      if (kinds.size > size + deviations.length) return (random) => draw(temper, random)
      const best = under(mean)
      const apart: Float64Array[] = []
      indexed.forEach(({ at, values }, index) => {
        if (kindOf[index] === apart.length) apart.push(whitened(at, values))
      })
      const spread = rootOf(apart)
      const number = apart.length
      return (random) => {
        const chance = new Float64Array(number)
        for (let i = 0; i < number; i++) chance[i] = random.normal()
        const off = new Float64Array(number)
        for (let i = 0; i < number; i++) {
          let sum = 0
          for (let k = 0; k <= i; k++) sum += (spread[i * number + k] ?? 0) * (chance[k] ?? 0)
          off[i] = temper * sum
        }
        const logits = new Float64Array(best.length)
        for (let i = 0; i < logits.length; i++) logits[i] = (best[i] ?? 0) + (off[kindOf[i] ?? 0] ?? 0)
        return logits
      }
    },
  }

  /** The features of a case in coordinates in which all weights are independent and of deviation 1. */
  function whitened(at: readonly number[], values: readonly number[]): Float64Array {
    const result = new Float64Array(size + deviations.length)
    at.forEach((place, j) => {
      const value = values[j] ?? 0
      result[place] = (result[place] ?? 0) + value * (place < size ? 1 : (deviations[place - size] ?? 0))
    })
    result.set(solve(factor, size, result.subarray(0, size)))
    return result
  }
}

/**
 * Lower triangle whose product with its transpose holds how all vectors go together. Where one is a sum of those before it,
 * chance of its own would be what rounding has left: it has none.
 */
function rootOf(vectors: readonly Float64Array[]): Float64Array {
  const size = vectors.length
  const root = new Float64Array(size * size)
  vectors.forEach((vector, i) => {
    for (let j = 0; j <= i; j++) {
      const other = vectors[j] ?? vector
      let left = 0
      for (let k = 0; k < vector.length; k++) left += (vector[k] ?? 0) * (other[k] ?? 0)
      const whole = left
      for (let k = 0; k < j; k++) left -= (root[i * size + k] ?? 0) * (root[j * size + k] ?? 0)
      const diagonal = root[j * size + j] ?? 0
      if (i === j) root[i * size + i] = left > 1e-9 * whole ? Math.sqrt(left) : 0
      else root[i * size + j] = diagonal > 0 ? left / diagonal : 0
    }
  })
  return root
}

/** Cholesky's factor in place of a positive definite matrix: its lower triangle. */
function factorise(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let left = matrix[i * size + j] ?? 0
      for (let k = 0; k < j; k++) left -= (matrix[i * size + k] ?? 0) * (matrix[j * size + k] ?? 0)
      matrix[i * size + j] = i === j ? Math.sqrt(left) : left / (matrix[j * size + j] ?? 1)
    }
}

function solve(factor: Float64Array, size: number, right: Float64Array): Float64Array {
  const result = new Float64Array(size)
  // Zeros in front stay zeros; what says little begins late.
  const first = Math.max(
    0,
    right.findIndex((value) => value !== 0),
  )
  for (let i = first; i < size; i++) {
    let left = right[i] ?? 0
    for (let k = first; k < i; k++) left -= (factor[i * size + k] ?? 0) * (result[k] ?? 0)
    result[i] = left / (factor[i * size + i] ?? 1)
  }
  return result
}

function solveTransposed(factor: Float64Array, size: number, right: Float64Array): Float64Array {
  const result = new Float64Array(size)
  for (let i = size - 1; i >= 0; i--) {
    let left = right[i] ?? 0
    for (let k = i + 1; k < size; k++) left -= (factor[k * size + i] ?? 0) * (result[k] ?? 0)
    result[i] = left / (factor[i * size + i] ?? 1)
  }
  return result
}

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value))
}

export function logit(chance: number): number {
  return Math.log(chance / (1 - chance))
}

import type { Context } from '../model/index.ts'

/** One weight of the model that speaks of a context: how strongly, and how far from zero it may be expected to lie. */
export interface Feature {
  name: string
  value: number
  /** Standard deviation of the weight before anything is known. */
  deviation: number
}

/** Everything starts from the same chance; the name of that weight. */
export const interceptName = 'intercept'

/**
 * What the model sees of a context. The deviations are the levels of a hierarchy: what is known of all findings reaches
 * a policy that nobody has seen yet, and what is known of the policy reaches a path where it is new.
 */
export function featuresOf({ policy, kind, environment, introduced, size, breakage }: Context): Feature[] {
  return [
    { name: interceptName, value: 1, deviation: 1 },
    { name: `policy ${policy}`, value: 1, deviation: 1 },
    { name: `kind ${kind}`, value: 1, deviation: 0.5 },
    { name: `environment ${environment}`, value: 1, deviation: 0.7 },
    { name: `policy ${policy} environment ${environment}`, value: 1, deviation: 0.5 },
    { name: 'introduced', value: introduced ? 1 : -1, deviation: 0.5 },
    { name: `size ${size}`, value: 1, deviation: 0.3 },
    { name: `breakage ${breakage}`, value: 1, deviation: 0.3 },
  ]
}

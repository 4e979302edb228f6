import type { Context, Environment } from '../../model/index.ts'
import { usualCosts, valueOf, type Candidate, type Chances } from '../candidate.ts'
import { sigmoid } from '../logistic.ts'
import type { Random } from '../random.ts'

/*
 * A repository with a reviewer whose tastes are known: what is decided on it can be measured against the best that
 * anybody could have decided. Tastes are additive in logit, with or without interactions, or do not depend on what is
 * shown at all. None of the numbers below is measured; they span what is known of reviews in general.
 */

export interface WorldOptions {
  /** Share of the fixes of a finding that this reviewer acts on, on average. */
  acceptance: number
  tastes: 'additive' | 'interaction' | 'none'
  /** Change requests after which tastes change, and how. */
  changes?: { at: (change: number) => boolean; how: 'some-policies' | 'all-reversed' }
}

export interface World {
  /** What one change request offers. */
  candidates(change: number): Candidate[]
  /** The chances that the reviewer's tastes give a candidate at that time. */
  chances(candidate: Candidate, change: number): Chances
  /** What it is really worth to show it. */
  value(candidate: Candidate, change: number): number
}

const policies = Array.from({ length: 16 }, (_, index) => `policy-${index}`)
const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Pod']
const environments: readonly Environment[] = ['production', 'staging', 'test']

interface Tastes {
  policy: ReadonlyMap<string, number>
  kind: ReadonlyMap<string, number>
  environment: ReadonlyMap<string, number>
  /** Of a policy in an environment. */
  pair: ReadonlyMap<string, number>
  /** How much of what is fixed is fixed by our edit, by policy. */
  commit: ReadonlyMap<string, number>
  introduced: number
}

export function createWorld({ acceptance, tastes: form, changes }: WorldOptions, random: Random): World {
  const risks = new Map(policies.map((policy) => [policy, 25 + 60 * random.uniform()]))
  const offered = new Map(policies.map((policy) => [policy, Math.exp(random.normal())]))
  const strength = form === 'none' ? 0 : 1
  const effects = (names: readonly string[], deviation: number): Map<string, number> =>
    new Map(names.map((name) => [name, strength * deviation * random.normal()]))
  const pairs = policies.flatMap((policy) => environments.map((environment) => `${policy} ${environment}`))
  let tastes: Tastes = {
    policy: effects(policies, 1),
    kind: effects(kinds, 0.5),
    environment: effects(environments, 0.7),
    pair: effects(pairs, form === 'interaction' ? 0.8 : 0),
    commit: effects(policies, 0.7),
    introduced: strength * 0.5,
  }
  const drawCandidate = (id: string): Candidate => {
    const policy = weighted(offered, random)
    const environment = weighted(
      new Map([
        ['production' as const, 5],
        ['staging' as const, 3],
        ['test' as const, 2],
      ]),
      random,
    )
    const context: Context = {
      policy,
      kind: weighted(new Map(kinds.map((kind, index) => [kind, 5 - index])), random),
      environment,
      introduced: random.uniform() < 0.7,
      size: weighted(
        new Map([
          ['one' as const, 6],
          ['few' as const, 3],
          ['many' as const, 1],
        ]),
        random,
      ),
      breakage: weighted(
        new Map([
          ['low' as const, 7],
          ['some' as const, 2],
          ['high' as const, 1],
        ]),
        random,
      ),
    }
    const shift = { production: 6, staging: 0, test: -8, other: 0 }[environment]
    const risk = Math.min(100, Math.max(1, (risks.get(policy) ?? 50) + shift + 8 * random.normal()))
    return {
      id,
      context,
      risk,
      isUrgent: risk >= 85,
      mayBeInline: true,
      waited: -24 * Math.log(1 - random.uniform()),
    }
  }
  // One intercept for all that this reviewer sees.
  const sample = Array.from({ length: 2000 }, (_, index) => drawCandidate(`sample-${index}`))
  const intercept = interceptFor(
    acceptance,
    sample.map(({ context }) => tasteOf(tastes, context)),
  )

  let changed = -1
  const follow = (change: number): void => {
    for (; changed < change; changed++)
      if (changes?.at(changed + 1) === true) tastes = changedTastes(tastes, changes.how, random)
  }
  const chances = ({ context }: Candidate, change: number): Chances => {
    follow(change)
    const fixed = sigmoid(intercept + tasteOf(tastes, context))
    const committed = fixed * sigmoid(1 + (tastes.commit.get(context.policy) ?? 0))
    return { fixed, committed, broke: committed * brokenShare[context.breakage] }
  }
  return {
    candidates: (change) =>
      Array.from({ length: poisson(8, random) }, (_, index) => drawCandidate(`${change}-${index}`)),
    chances,
    value: (candidate, change) => valueOf(candidate.risk, chances(candidate, change), usualCosts),
  }
}

/** How many of the committed fixes of a class break something. */
const brokenShare = { low: 0.01, some: 0.06, high: 0.15, refused: 0.5 } as const

function tasteOf(tastes: Tastes, { policy, kind, environment, introduced }: Context): number {
  return (
    (tastes.policy.get(policy) ?? 0) +
    (tastes.kind.get(kind) ?? 0) +
    (tastes.environment.get(environment) ?? 0) +
    (tastes.pair.get(`${policy} ${environment}`) ?? 0) +
    (introduced ? tastes.introduced : -tastes.introduced)
  )
}

function changedTastes(tastes: Tastes, how: 'some-policies' | 'all-reversed', random: Random): Tastes {
  if (how === 'all-reversed') {
    const reversed = (map: ReadonlyMap<string, number>): Map<string, number> =>
      new Map([...map].map(([name, effect]) => [name, -effect]))
    return {
      ...tastes,
      policy: reversed(tastes.policy),
      kind: reversed(tastes.kind),
      environment: reversed(tastes.environment),
    }
  }
  const policy = new Map(tastes.policy)
  const open = [...policy.keys()]
  for (let count = 0; count < 5; count++) {
    const [name = ''] = open.splice(Math.floor(random.uniform() * open.length), 1)
    policy.set(name, random.normal())
  }
  return { ...tastes, policy }
}

/** The intercept at which the mean of the chances is as wanted, by bisection. */
function interceptFor(mean: number, tastes: readonly number[]): number {
  let [low, high] = [-12, 12]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    const reached = tastes.reduce((sum, taste) => sum + sigmoid(middle + taste), 0) / tastes.length
    if (reached < mean) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function weighted<Name>(weights: ReadonlyMap<Name, number>, random: Random): Name {
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
  let left = random.uniform() * total
  let last: Name | undefined
  for (const [name, weight] of weights) {
    last = name
    left -= weight
    if (left < 0) return name
  }
  if (last === undefined) throw new Error('there is nothing to choose from')
  return last
}

/** Knuth's way; for small means. */
function poisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++
  return count
}

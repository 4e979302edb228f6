import type { BreakageClass, Context } from '../model/index.ts'
import { usualCosts, valueOf, type Candidate, type Chances, type Costs } from './candidate.ts'
import { featuresOf } from './features.ts'
import { fitLogistic, logit, logitsOf, sigmoid, type Logits, type Posterior } from './logistic.ts'
import type { Random } from './random.ts'
import { slateOf, type Values } from './slate.ts'

/** What became of all that was shown in one context, discounted by its age. */
export interface Count {
  context: Context
  shown: number
  fixed: number
  committed: number
  broke: number
}

/** Three questions that are never folded into one number: was it worth pointing out, was the patch right, did it hold. */
export interface Model {
  fixed: Posterior
  committed: Posterior
  broke: Posterior
}

/**
 * Chances before anything is known of this repository. Suggestions of automatic reviewers are adopted at 16.6 % (278,790
 * conversations of 300 projects, 2026); some more findings are fixed in people's own way.
 */
const before = { fixed: 0.25, committed: 0.2 } as const

/** Of the fixes of a class, how many break something: the middle of the class. */
const brokenBefore: Readonly<Record<BreakageClass, number>> = {
  low: 0.015,
  some: 0.06,
  high: 0.15,
  refused: 0.5,
}

/** Deviations of the posterior are scaled by this: at the amount of data of one repository, 1 explores too much. */
export const usualTemper = 0.3

/** A fit takes time by the cube of its weights: what is rarer shares them. A state may come from anywhere. */
const most = { policy: 100, kind: 50 } as const
const rare = 'rare'

export function fitModel(counts: readonly Count[]): Model {
  const [policies, kinds] = [commonIn(counts, 'policy'), commonIn(counts, 'kind')]
  const rows = counts.map((count) => {
    const { policy, kind } = count.context
    const context = {
      ...count.context,
      policy: policies.has(policy) ? policy : rare,
      kind: kinds.has(kind) ? kind : rare,
    }
    return { count, features: featuresOf(context) }
  })
  const head = (
    times: (count: Count) => number,
    hits: (count: Count) => number,
    offset: (count: Count) => number,
  ): Posterior =>
    fitLogistic(
      rows.map(({ count, features }) => ({
        features,
        times: times(count),
        hits: hits(count),
        offset: offset(count),
      })),
    )
  return {
    fixed: head(
      ({ shown }) => shown,
      ({ fixed }) => fixed,
      () => logit(before.fixed),
    ),
    committed: head(
      ({ shown }) => shown,
      ({ committed }) => committed,
      () => logit(before.committed),
    ),
    broke: head(
      ({ committed }) => committed,
      ({ broke }) => broke,
      ({ context }) => logit(brokenBefore[context.breakage]),
    ),
  }
}

/** The names that were shown most. */
function commonIn(counts: readonly Count[], key: keyof typeof most): ReadonlySet<string> {
  const shown = new Map<string, number>()
  for (const { context, shown: times } of counts)
    shown.set(context[key], (shown.get(context[key]) ?? 0) + times)
  if (shown.size <= most[key]) return new Set(shown.keys())
  const common = [...shown]
    .sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1))
    .slice(0, most[key])
  return new Set(common.map(([name]) => name))
}

/** What each candidate may be worth, by what is known of its kind. */
export interface Outlook {
  /** The best estimate of the chances, in the order of the candidates. */
  chances(): Chances[]
  /** What each is worth under weights that are drawn once for all of them: exploration by doubt alone. */
  drawValues(random: Random, options?: DrawOptions): Values
  /** The same in distribution, prepared for many draws. */
  sampler(options?: DrawOptions): (random: Random) => Values
}

export interface DrawOptions {
  temper?: number | undefined
  costs?: Costs | undefined
}

export function outlookOn(model: Model, candidates: readonly Candidate[]): Outlook {
  const features = candidates.map(({ context }) => featuresOf(context))
  const head = (name: keyof Model, offset: (context: Context) => number): Logits =>
    logitsOf(
      model[name],
      candidates.map(({ context }, index) => ({ features: features[index] ?? [], offset: offset(context) })),
      name,
    )
  const fixed = head('fixed', () => logit(before.fixed))
  const committed = head('committed', () => logit(before.committed))
  const broke = head('broke', ({ breakage }) => logit(brokenBefore[breakage]))
  const together = (take: (logits: Logits) => Float64Array): Chances[] => {
    const [a, b, c] = [take(fixed), take(committed), take(broke)]
    return candidates.map((_, index) => {
      const isFixed = sigmoid(a[index] ?? 0)
      // What is committed is fixed.
      const isCommitted = Math.min(isFixed, sigmoid(b[index] ?? 0))
      return { fixed: isFixed, committed: isCommitted, broke: isCommitted * sigmoid(c[index] ?? 0) }
    })
  }
  const valuesOf = (chances: readonly Chances[], costs: Costs): Values =>
    chances.map((one, index) => valueOf(candidates[index]?.risk ?? 0, one, costs))
  return {
    chances: () => together((logits) => logits.best()),
    drawValues: (random, { temper = usualTemper, costs = usualCosts } = {}) =>
      valuesOf(
        together((logits) => logits.draw(temper, random)),
        costs,
      ),
    sampler({ temper = usualTemper, costs = usualCosts } = {}) {
      const samplers = new Map([fixed, committed, broke].map((one) => [one, one.sampler(temper)]))
      return (random) =>
        valuesOf(
          together((logits) => samplers.get(logits)?.(random) ?? logits.draw(temper, random)),
          costs,
        )
    },
  }
}

/** Ranks behind all that chance finds worth showing. */
const behind = 1e-6

/**
 * What is not shown teaches nothing, so chance alone silences nothing: what is worth showing by the best estimate keeps
 * a value above zero, whatever was drawn.
 */
export function audible(candidates: readonly Candidate[], outlook: Outlook): (drawn: Values) => Values {
  const best = outlook
    .chances()
    .map((chances, index) => valueOf(candidates[index]?.risk ?? 0, chances, usualCosts))
  return (drawn) =>
    drawn.map((value, index) => (value > 0 ? value : Math.max(value, behind * (best[index] ?? 0))))
}

/** Draws from which the chance of a place is estimated, and the least that is taken for it. */
const propensityDraws = 500
/** Of very many candidates fewer draws have to do: nobody waits for a digit. */
const mostDrawn = 100_000
const leastDraws = 100
export const leastPropensity = 0.02

/**
 * How likely each candidate is to get a place inline: what an evaluation of other schedulers over the log divides by.
 * Has no closed form; counted over draws of its own.
 */
export function propensitiesOf(
  candidates: readonly Candidate[],
  draw: (random: Random) => Values,
  places: number,
  random: Random,
): number[] {
  const draws = Math.min(propensityDraws, Math.max(leastDraws, Math.floor(mostDrawn / candidates.length)))
  return placeSharesOf(candidates, draw, places, random, draws).map((share) =>
    Math.max(leastPropensity, share),
  )
}

/** In how many of some draws each candidate gets a place. */
export function placeSharesOf(
  candidates: readonly Candidate[],
  draw: (random: Random) => Values,
  places: number,
  random: Random,
  draws: number,
): number[] {
  const counts = candidates.map(() => 0)
  for (let index = 0; index < draws; index++)
    for (const place of slateOf(candidates, draw(random), places)) counts[place] = (counts[place] ?? 0) + 1
  return counts.map((count) => count / draws)
}

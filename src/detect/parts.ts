import type { EngineAnswer, Unit } from './engine.ts'

/** How one run over some units went; `because` tells why there is no answer, as the end of "<engine> ...". */
export type Attempt = { answer: EngineAnswer } | { because: string }

export interface PartsOptions {
  /** Name of the engine, for what is said of units without a verdict. */
  engine: string
  attempt: (units: readonly Unit[]) => Promise<Attempt>
  /** Runs in all; what is left when they are used up is unjudged. */
  maximumRuns: number
}

/**
 * One run for all units; where something in them ends the run, the run is repeated in parts until the culprit stands
 * alone. Units of one context stay together in every run whose findings count, since checks look across them, so a
 * culprit is taken out of its context and the rest judged again.
 */
export async function judgeInParts(
  units: readonly Unit[],
  { engine, attempt, maximumRuns }: PartsOptions,
): Promise<EngineAnswer> {
  const total: EngineAnswer = { findings: [], judged: [], suppressed: [], unjudged: [] }
  let runs = 0
  const run = async (part: readonly Unit[]): Promise<Attempt | undefined> =>
    runs++ < maximumRuns ? attempt(part) : undefined
  const giveUp = (part: readonly Unit[], because: string): void => {
    for (const { id } of part) total.unjudged.push({ unit: id, because })
  }
  const gaveUp = `${engine} failed again and again; it was not asked about this after ${maximumRuns} runs`

  const open: (readonly Unit[])[][] = [[...byContext(units).values()]]
  for (let contexts = open.pop(); contexts !== undefined; contexts = open.pop()) {
    const part = contexts.flat()
    if (part.length === 0) continue
    const tried = await run(part)
    if (tried === undefined) giveUp(part, gaveUp)
    else if ('answer' in tried) add(total, tried.answer)
    else if (contexts.length > 1) {
      const middle = contexts.length >> 1
      open.push(contexts.slice(middle), contexts.slice(0, middle))
    } else if (part.length === 1) giveUp(part, `${engine} ${tried.because}`)
    else {
      const culprits = await smallestFailing(part, async (some) => {
        const again = await run(some)
        return again === undefined ? undefined : 'because' in again
      })
      if (culprits === undefined) giveUp(part, gaveUp)
      else {
        const others = culprits.length - 1
        const together =
          others === 0 ? '' : `, together with ${others} other document${others === 1 ? '' : 's'} beside it`
        giveUp(culprits, `${engine} ${tried.because}${together}`)
        open.push([part.filter((unit) => !culprits.includes(unit))])
      }
    }
  }
  return inOrder(units, total)
}

/** Documents that only together end a run; with more, failing has another cause than a few of them. */
const maximumCulprits = 8

/**
 * The smallest set that still fails, of units that fail together: usually one. Finds its members from the back, each as
 * the end of the shortest failing beginning. All of them where failing is not that regular (a run that is merely too
 * large, or too slow); undefined where the runs are used up.
 */
async function smallestFailing(
  units: readonly Unit[],
  fails: (units: readonly Unit[]) => Promise<boolean | undefined>,
): Promise<readonly Unit[] | undefined> {
  const culprits: Unit[] = []
  let rest = units
  for (;;) {
    let low = 1
    let high = rest.length
    while (low < high) {
      const middle = (low + high) >> 1
      const failed = await fails([...culprits, ...rest.slice(0, middle)])
      if (failed === undefined) return undefined
      if (failed) high = middle
      else low = middle + 1
    }
    const last = rest[low - 1]
    if (last === undefined || culprits.length === maximumCulprits) return units
    culprits.unshift(last)
    rest = rest.slice(0, low - 1)
    const enough = await fails(culprits)
    if (enough !== false) return enough === undefined ? undefined : culprits
    if (rest.length === 0) return units
  }
}

function byContext(units: readonly Unit[]): Map<string, Unit[]> {
  const contexts = new Map<string, Unit[]>()
  for (const unit of units) {
    const context = contexts.get(unit.context)
    if (context === undefined) contexts.set(unit.context, [unit])
    else context.push(unit)
  }
  return contexts
}

function add(total: EngineAnswer, answer: EngineAnswer): void {
  // One by one: a call takes only so many arguments.
  for (const finding of answer.findings) total.findings.push(finding)
  for (const object of answer.judged) total.judged.push(object)
  for (const object of answer.suppressed) total.suppressed.push(object)
  for (const unjudged of answer.unjudged) total.unjudged.push(unjudged)
  for (const undecided of answer.undecided ?? []) (total.undecided ??= []).push(undecided)
}

/** In the order of the units, whatever the order of the runs was; sorting is stable. */
export function inOrder(units: readonly Unit[], answer: EngineAnswer): EngineAnswer {
  const places = new Map(units.map(({ id }, index) => [id, index]))
  const byPlace = (a: { unit: string }, b: { unit: string }): number =>
    (places.get(a.unit) ?? 0) - (places.get(b.unit) ?? 0)
  return {
    findings: answer.findings.sort(byPlace),
    judged: answer.judged.sort(byPlace),
    suppressed: answer.suppressed.sort(byPlace),
    unjudged: answer.unjudged.sort(byPlace),
    ...(answer.undecided && { undecided: answer.undecided.sort(byPlace) }),
  }
}

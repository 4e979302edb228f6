import { isNeverInline, type Config } from './config/index.ts'
import { candidateOf, urgentRisk, valuesBy } from './deciding.ts'
import { generatedBy, productOf } from './generated.ts'
import type { Decision, Finding, LineEdit, OrderName } from './model/index.ts'
import { isAboutSecrets, renderSuggestion } from './report/index.ts'
import type { Outcome } from './run.ts'
import {
  ageOf,
  countsOf,
  findingId,
  fitModel,
  leastPropensity,
  namedRandom,
  outlookOn,
  propensitiesOf,
  rankingOf,
  seededRandom,
  seedOf,
  slateOf,
  weekOf,
  type Candidate,
  type Chances,
  type Model,
  suppressionOf,
  type State,
  type Suppression,
} from './schedule/index.ts'

/*
 * What of a change is worth a reviewer's attention, and why. Pure: what was learned, the time and the seed are handed in.
 */

/** What a change is looked at with. */
export interface Choosing {
  config: Config
  /** What was learned so far. */
  state: State
  /** `owner/name`, as the state knows it; empty for a repository that is nowhere. */
  repository: string
  /** Number of the pull request; 0 where there is none. */
  change: number
  /** Milliseconds since 1970. */
  time: number
  /** Whether fixes that may break a workload are suggested. */
  takesUnsafe: boolean
  /** The .gitattributes at the root of the repository, before the change. */
  attributes: string | undefined
  /** From the root of the repository to the folder that files are named from, with a final `/`. */
  prefix?: string
}

/** A verified fix of a change, or several that are one suggestion: what is decided on as one. */
export interface Choice {
  findings: readonly [Finding, ...Finding[]]
  candidate: Candidate
  /** The suggestion that it is or would be; undefined where no review can make it. */
  edit: LineEdit | undefined
  /** Text of the suggestion, with the reason why it is made now. */
  body: (because: string | undefined) => string | undefined
  /** Why it is never put inline; undefined where it may be. */
  barred: string | undefined
  /** Somebody does not want to hear of any of it any more. */
  isIgnored: boolean
}

/** All verified fixes of a change, in the order in which they stand there. */
export function choicesOf(outcome: Outcome, choosing: Choosing): Choice[] {
  const { report, policies, offers } = outcome
  const { state, repository, time } = choosing
  // Some run has learned here before, so there is one that hears what is answered.
  const learns = state.harvested > 0
  const why = new Map(policies.map((policy) => [policy.id, policy.why]))
  const families = new Map(policies.map(({ id, family }) => [id, family]))
  const byPrint = new Map(report.findings.map((finding) => [finding.fingerprint, finding]))
  const offered = offers.flatMap(({ fingerprints, edit }) => {
    const mended = fingerprints.flatMap((one) => byPrint.get(one) ?? [])
    const [first, ...others] = mended.filter(({ state }) => state === 'fixed')
    if (first === undefined) return []
    const findings: Choice['findings'] = [first, ...others]
    const { kubernetes } = report.verification
    return [
      {
        findings,
        edit,
        body: (because: string | undefined) =>
          renderSuggestion({ findings, edit, kubernetes, why, because, learns }),
        isSecret: mended.some((one) => isAboutSecrets(one, families.get(one.policy))),
      },
    ]
  })
  const isOffered = new Set(offered.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint)))
  const rest = Map.groupBy(
    report.findings.filter(({ state, fingerprint }) => state === 'fixed' && !isOffered.has(fingerprint)),
    ({ fingerprint, requires }) => [fingerprint, ...requires].toSorted().join(),
  )
  const alone = [...rest.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [
          {
            findings: [first, ...others] satisfies Choice['findings'],
            edit: undefined,
            body: () => undefined,
            isSecret: false,
          },
        ],
  )
  const isMarked = generatedBy(choosing.attributes)
  return [...offered, ...alone]
    .map(({ isSecret, ...one }) => {
      const ignored = one.findings.flatMap(
        ({ fingerprint }) => suppressionOf(state, findingId(repository, fingerprint), time) ?? [],
      )
      const isIgnored = ignored.length === one.findings.length
      const barred =
        ignored.length > 0
          ? `${isIgnored ? '' : 'never inline: a part of it was '}${ignoredText(ignored)}`
          : barredText({ ...one, isSecret }, outcome, choosing, isMarked)
      return { ...one, candidate: candidateFor(one.findings, barred, outcome, choosing), barred, isIgnored }
    })
    .toSorted((a, b) => byPlace(a.findings[0], b.findings[0]))
}

function candidateFor(
  findings: Choice['findings'],
  barred: string | undefined,
  { before }: Outcome,
  { repository, state, time }: Choosing,
): Candidate {
  return candidateOf(findings, {
    isIntroduced: (fingerprint) => !before.has(fingerprint),
    mayBeInline: () => barred === undefined,
    age: (fingerprint) => ageOf(state, findingId(repository, fingerprint), time),
  })
}

/** Why a fix is never suggested, whatever it is worth. */
function barredText(
  { findings, edit, body, isSecret }: Pick<Choice, 'findings' | 'edit' | 'body'> & { isSecret: boolean },
  { sources }: Outcome,
  { config, takesUnsafe, prefix = '' }: Choosing,
  isMarked: (file: string) => boolean | undefined,
): string | undefined {
  const never = (text: string): string => `never inline: ${text}`
  if (findings.some(({ safe }) => safe === false) && !takesUnsafe) return never('it may break its workload')
  const file = edit?.file ?? findings[0].location.file
  if (isNeverInline(config, file)) return never('schedule.never-inline names its file')
  const product = productOf(prefix + file, sources.get(file), isMarked)
  if (product !== undefined) return never(`its file ${product}`)
  if (edit === undefined)
    return never(
      sources.get(file)?.includes('\r') === true
        ? 'its file has Windows line ends, and a suggestion has others'
        : 'no suggestion can make this change',
    )
  if (isSecret) return never('it is about a secret')
  return body('') === undefined ? never('it does not fit into a comment') : undefined
}

function ignoredText(said: readonly Suppression[]): string {
  const day = new Date(Math.max(...said.map(({ at }) => at)) * 1000).toISOString().slice(0, 10)
  return `ignored on ${day}, by /autofix ignore or queue ignore`
}

function byPlace({ location: a }: Finding, { location: b }: Finding): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column
}

/** What becomes of the choices of one change. */
export interface Verdicts {
  /** Those that are put inline now. */
  inline: ReadonlySet<Choice>
  /** Those that stand in the review already, or were decided on by a person, with the chance that they had. */
  standing: ReadonlyMap<Choice, number | undefined>
  /** Those that could not be put inline, with the reason. */
  refused: ReadonlyMap<Choice, string>
  /** How many could be put inline now. */
  places: number
  /** How many may stand at once. */
  most: number
}

export interface Chooser {
  /** What is to be put inline of some choices, the best first. */
  slate: (among: readonly Choice[], places: number) => Choice[]
  decide: (verdicts: Verdicts) => Map<Choice, Decision>
}

/** Every push of a change is decided on with the same chance, so that a second one shuffles nothing. */
export function createChooser(
  choices: readonly Choice[],
  { config, state, repository, change, time }: Choosing,
): Chooser {
  const { order } = config.schedule
  const week = weekOf(time)
  const model = fitModel(order === 'learned' ? countsOf(state, week) : [])
  const seed = seedOf(repository, change)
  const candidates = choices.map(({ candidate }) => candidate)
  const values = valuesBy(order, candidates, model, namedRandom(seed))
  const known = order === 'learned' ? knownOf(choices, model, state) : undefined
  const slate = (among: readonly Choice[], places: number): Choice[] => {
    const wanted = new Set(among)
    const picked = choices.flatMap((choice, index) => (wanted.has(choice) ? [{ choice, index }] : []))
    return slateOf(
      picked.map(({ choice }) => choice.candidate),
      picked.map(({ index }) => values[index] ?? 0),
      places,
    ).flatMap((at) => picked[at]?.choice ?? [])
  }
  return {
    slate,
    decide(verdicts) {
      const { standing, refused, inline, places } = verdicts
      const free = choices.filter(
        (choice) => choice.barred === undefined && !standing.has(choice) && !refused.has(choice),
      )
      const chances = chancesOf(free, order, model, places, seed, new Set(slate(free, places)))
      const ranks = new Map(rankingOf(candidates, values).map((index, rank) => [choices[index], rank + 1]))
      const offered = choices.filter(({ barred }) => barred === undefined).length
      return new Map(
        choices.map((choice, index) => {
          const rank = ranks.get(choice) ?? 1
          const facts = { rank, of: offered, value: values[index] ?? 0, known: known?.get(choice), order }
          const propensity = standing.get(choice) ?? chances.get(choice) ?? (standing.has(choice) ? 1 : 0)
          return [choice, { ...whereTo(choice, verdicts, facts, inline.has(choice)), rank, propensity }]
        }),
      )
    },
  }
}

/** What is decided where nothing is suggested yet. */
export function firstVerdicts(chooser: Chooser, choices: readonly Choice[], most: number): Verdicts {
  const inline = new Set(chooser.slate(choices, most))
  return { inline, standing: new Map(), refused: new Map(), places: most, most }
}

/** Writes down at every finding of a choice what was decided on it. */
export function writeDecisions(decisions: ReadonlyMap<Choice, Decision>): void {
  for (const [{ findings }, decision] of decisions)
    for (const finding of findings) finding.decision = decision
}

/** How likely each had a place. Orders that learn nothing leave nothing to chance, nor does the want of any place. */
function chancesOf(
  free: readonly Choice[],
  order: OrderName,
  model: Model,
  places: number,
  seed: number,
  picked: ReadonlySet<Choice>,
): Map<Choice, number> {
  if (order !== 'learned' || places <= 0)
    return new Map(free.map((choice) => [choice, picked.has(choice) ? 1 : 0]))
  // In an order of their own: the sums of chance are then the same, whatever order the choices came in.
  const sorted = free.toSorted((a, b) => (a.candidate.id < b.candidate.id ? -1 : 1))
  const candidates = sorted.map(({ candidate }) => candidate)
  const draw = outlookOn(model, candidates).sampler()
  const chances = propensitiesOf(candidates, draw, places, seededRandom(seed))
  return new Map(sorted.map((choice, index) => [choice, chances[index] ?? leastPropensity]))
}

/** What people have made of fixes of a kind. */
interface Known {
  chances: Chances
  /** Fixes of the same policy that were suggested, and of which it is known what became of them. */
  seen: number
}

function knownOf(choices: readonly Choice[], model: Model, state: State): Map<Choice, Known> {
  const chances = outlookOn(
    model,
    choices.map(({ candidate }) => candidate),
  ).chances()
  const seen = new Map<string, number>()
  // As of the first week nothing is discounted.
  for (const { context, shown } of countsOf(state, 0))
    seen.set(context.policy, (seen.get(context.policy) ?? 0) + shown)
  const nothing = { fixed: 0, committed: 0, broke: 0 }
  return new Map(
    choices.map((choice, index) => [
      choice,
      { chances: chances[index] ?? nothing, seen: seen.get(choice.candidate.context.policy) ?? 0 },
    ]),
  )
}

interface Facts {
  rank: number
  of: number
  value: number
  known: Known | undefined
  order: OrderName
}

/** Where a choice goes, and a line that says why. */
function whereTo(
  choice: Choice,
  { standing, refused, most }: Verdicts,
  facts: Facts,
  isInline: boolean,
): Pick<Decision, 'channel' | 'because'> {
  const { candidate, barred, isIgnored } = choice
  const urgent = urgentText(choice)
  const isWanted = facts.value > 0
  if (standing.has(choice)) return { channel: 'inline', because: 'it was suggested in this review before' }
  if (isInline)
    return {
      channel: 'inline',
      because: urgent === undefined ? rankText(candidate, facts) : `${urgent}: shown whatever it is worth`,
    }
  const refusal = barred ?? refused.get(choice)
  if (refusal !== undefined) {
    const isSilent = !candidate.isUrgent && (isIgnored || !isWanted)
    return { channel: isSilent ? 'silent' : 'summary', because: refusal }
  }
  if (!candidate.isUrgent && !isWanted)
    return {
      channel: 'silent',
      because: `silent: risk ${candidate.risk}${takenText(facts, ', and ')}, which is not worth a reviewer's time`,
    }
  const noPlace =
    most === 0 ? 'no place: max-suggestions is 0' : `no place left: ${most} others are suggested`
  return { channel: 'summary', because: urgent === undefined ? noPlace : `${urgent}, but ${noPlace}` }
}

/** What makes a choice one that is never silent. */
function urgentText({ findings, candidate }: Choice): string | undefined {
  if (!candidate.isUrgent) return undefined
  if (findings.some(({ severity }) => severity === 'critical')) return 'critical'
  return candidate.risk >= urgentRisk ? `risk ${candidate.risk}` : 'known to be exploited'
}

function rankText(candidate: Candidate, facts: Facts): string {
  const place = `rank ${facts.rank} of ${facts.of}`
  switch (facts.order) {
    case 'learned':
      return `${place}: risk ${candidate.risk}${takenText(facts, '; ')}`
    case 'risk':
      return `${place}: risk ${candidate.risk}`
    case 'fifo':
      return `${place}: as it stands in the change`
    case 'prototype':
      return `${place}: risk ${candidate.risk}, by the formula of the prototype`
  }
}

function takenText({ known }: Facts, lead: string): string {
  if (known === undefined) return ''
  const { chances, seen } = known
  const taken = `${lead}${Math.round(100 * chances.committed)} % of such fixes`
  if (seen === 0) return `${taken} may be taken (none seen here yet)`
  // Of few it is an estimate that mostly comes from elsewhere.
  return seen < 10 ? `${taken} may be taken (${seen} seen here)` : `${taken} are taken here (${seen} seen)`
}

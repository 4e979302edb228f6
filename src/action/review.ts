import type { Checkout } from '../adapters/checkout.ts'
import type { Opened } from '../adapters/opening.ts'
import {
  choicesOf,
  createChooser,
  firstVerdicts,
  writeDecisions,
  type Choice,
  type Verdicts,
} from '../choosing.ts'
import { createEmbedded, type ApiServer } from '../cluster/index.ts'
import { objectionTo } from '../confirm.ts'
import {
  commentsOf,
  editHash,
  ForgeError,
  fullName,
  planReview,
  sealFor,
  type Forge,
  type MarkedCandidate,
  type NewReviewComment,
  type ReviewPlan,
  type Suggestion,
  sentenceOf,
} from '../github/index.ts'
import { isOpen, type Decision } from '../model/index.ts'
import { count } from '../report/index.ts'
import type { Outcome } from '../run.ts'
import { suggestionId, type State } from '../schedule/index.ts'
import type { ActionInputs } from './inputs.ts'
import type { Said } from './said.ts'

export interface Reviewing {
  number: number
  head: string
  forge: Forge
  inputs: ActionInputs
  /** Whether anything is written to the pull request. */
  posts: boolean
  outcome: Outcome
  opened: Opened
  checkout: Checkout
  /** What was learned so far. */
  state: State
  /** The .gitattributes of the merge base. */
  attributes: string | undefined
  notes: string[]
}

/** Decides what of a change is worth a suggestion, and makes one review with those that are not there yet. */
export async function reviewChange(reviewing: Reviewing): Promise<Said> {
  const { forge, number, head, inputs, outcome, notes, state, attributes, posts } = reviewing
  const repository = fullName(forge.repository)
  const choosing = {
    config: outcome.config,
    state,
    repository,
    change: number,
    time: inputs.time,
    takesUnsafe: inputs.unsafeFixes,
    attributes,
  }
  const choices = choicesOf(outcome, choosing)
  const chooser = createChooser(choices, choosing)
  const ignored = choices.filter(({ isIgnored }) => isIgnored).flatMap(({ findings }) => findings)
  const said: Said = {
    outcome,
    notes,
    isChange: true,
    ignored: new Set(ignored.map(({ fingerprint }) => fingerprint)),
  }
  const most = inputs.maxSuggestions
  const decide = (verdicts: Verdicts): ReadonlyMap<Choice, Decision> => {
    const decisions = chooser.decide(verdicts)
    writeDecisions(decisions)
    said.candidates = markedOf(decisions, repository, number)
    return decisions
  }
  if (!posts) {
    decide(firstVerdicts(chooser, choices, most))
    return said
  }
  said.inline = new Set()
  const suggestions = suggestionsOf(choices)
  const seal = sealFor(inputs.stateKey, forge.repository, number)
  const known = new Set(outcome.report.findings.filter(isOpen).map(({ fingerprint }) => fingerprint))
  let verdicts = firstVerdicts(chooser, choices, most)
  const takeBack = (why: string): void => {
    const back = [...verdicts.inline].map((choice) => [choice, why] as const)
    decide({ ...verdicts, inline: new Set(), refused: new Map([...verdicts.refused, ...back]) })
  }
  try {
    const { threads } = await forge.conversation(number)
    const { plan, refused } = await acceptedPlan(suggestions, reviewing, (some) =>
      planReview(threads, some, {
        most,
        known,
        seal,
        choose: (rest, places) => {
          const slate = chooser.slate(
            rest.map(({ choice }) => choice),
            places,
          )
          return slate.flatMap((choice) => rest.find((one) => one.choice === choice) ?? [])
        },
      }),
    )
    verdicts = {
      inline: new Set(plan.create.map(({ choice }) => choice)),
      standing: new Map([...plan.kept].map(([{ choice }, mark]) => [choice, mark?.propensity])),
      refused: new Map([...refused].map(({ choice }) => [choice, notTogether])),
      places: plan.places,
      most,
    }
    const decisions = decide(verdicts)
    said.inline = plan.standing
    const comments = commentsOf(plan.create, head, seal, ({ choice }) => {
      const { context, risk } = choice.candidate
      const { propensity = 0, because } = decisions.get(choice) ?? {}
      return { context, risk, propensity, because }
    })
    if (comments.length > 0 && !(await post(reviewing, comments, plan, said))) takeBack(notTaken)
    for (const { number: comment, body } of plan.edit) await forge.editReviewComment(comment, body)
    for (const { id, reason } of plan.minimise) await forge.minimise(id, reason)
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    notes.push(sentenceOf(error, 'the review could not be written'))
    if (said.reviewId === undefined) takeBack('the review could not be written')
  }
  return said
}

const notTogether = 'never inline: the API server does not take it together with the others of its file'
const notTaken = 'never inline: GitHub does not take it where it stands'

interface Suggested extends Suggestion {
  choice: Choice
}

/** Everything that could be suggested. */
function suggestionsOf(choices: readonly Choice[]): Suggested[] {
  return choices.flatMap((choice) => {
    const { edit, barred, findings } = choice
    if (edit === undefined || barred !== undefined) return []
    return [
      {
        choice,
        edit,
        fingerprints: findings.map(({ fingerprint }) => fingerprint).toSorted(),
        body: (because) => choice.body(because) ?? '',
      },
    ]
  })
}

/** What a log of decisions keeps of those that could have been suggested, the most wanted first. */
function markedOf(
  decisions: ReadonlyMap<Choice, Decision>,
  repository: string,
  number: number,
): MarkedCandidate[] {
  return [...decisions]
    .toSorted(([, a], [, b]) => a.rank - b.rank)
    .flatMap(([{ candidate, edit, barred }, { propensity }]) => {
      if (edit === undefined || barred !== undefined) return []
      const { context, risk, id } = candidate
      return [{ id: suggestionId(repository, number, id, editHash(edit)), context, risk, propensity }]
    })
}

/** Posts the review; where GitHub refuses a line after all, what it would have said goes to the summary: false. */
async function post(
  { forge, number, head }: Reviewing,
  comments: readonly NewReviewComment[],
  { open, standing }: ReviewPlan<Suggested>,
  said: Said,
): Promise<boolean> {
  const inline = new Set([...standing, ...open.flatMap(({ fingerprints }) => fingerprints)])
  const findings = count(inline.size - standing.size, 'finding')
  const body = `k8s-autofix: ${count(comments.length, 'suggestion')} for ${findings}, each verified. The summary comment lists the rest.`
  try {
    const { id } = await forge.createReview({ pullRequest: number, commit: head, body, comments })
    said.inline = inline
    said.reviewId = id
    return true
  } catch (error) {
    if (!(error instanceof ForgeError) || error.kind !== 'unprocessable') throw error
    said.notes.push(sentenceOf(error, 'GitHub does not take the suggestions where they stand'))
    const instead =
      'k8s-autofix: GitHub refused the suggestions of this run; the summary comment holds the changes.'
    const { id } = await forge.createReview({
      pullRequest: number,
      commit: head,
      body: instead,
      comments: [],
    })
    said.reviewId = id
    return false
  }
}

/** A plan of which the API server takes all that is open: what it does not take is left out, and others move up. */
async function acceptedPlan(
  suggestions: readonly Suggested[],
  { checkout, opened: { api } }: Reviewing,
  planOf: (suggestions: readonly Suggested[]) => ReviewPlan<Suggested>,
): Promise<{ plan: ReviewPlan<Suggested>; refused: ReadonlySet<Suggested> }> {
  let plan = planOf(suggestions)
  const refused = new Set<Suggested>()
  if (api === undefined) return { plan, refused }
  const server = await createEmbedded(api)
  for (;;) {
    const more = await refusedOf(plan.open, checkout, server)
    if (more.length === 0) return { plan, refused }
    for (const one of more) refused.add(one)
    plan = planOf(suggestions.filter((one) => !refused.has(one)))
  }
}

/** Suggestions that the API server does not take as they would be taken: alone, or all of a file together. */
async function refusedOf(
  open: readonly Suggested[],
  checkout: Checkout,
  server: ApiServer,
): Promise<Suggested[]> {
  const refused: Suggested[] = []
  for (const [file, mine = []] of Object.entries(Object.groupBy(open, ({ edit }) => edit.file))) {
    const text = checkout.texts.get(file)
    if (text === undefined) continue
    const takes = async (some: readonly Suggested[]): Promise<boolean> =>
      (await objectionTo(
        file,
        text,
        some.map(({ edit }) => edit),
        server,
      )) === undefined
    const taken: Suggested[] = []
    for (const one of mine)
      if (one.fingerprints.length === 1 || (await takes([one]))) taken.push(one)
      else refused.push(one)
    if (taken.length > 1 && !(await takes(taken))) refused.push(...taken.slice(1))
  }
  return refused
}

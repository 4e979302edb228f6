import * as core from '@actions/core'
import { checkOut, type Checkout } from '../adapters/checkout.ts'
import type { Opened } from '../adapters/opening.ts'
import type { Host } from '../adapters/running.ts'
import type { ChangeSource } from '../change/index.ts'
import { createEmbedded, type ApiServer } from '../cluster/index.ts'
import { objectionTo } from '../confirm.ts'
import {
  ForgeError,
  planReview,
  summaryMarker,
  type Forge,
  type PullRequest,
  type ReviewPlan,
  type Suggestion,
} from '../github/index.ts'
import { isOpen, severities, type Finding } from '../model/index.ts'
import {
  count,
  isAboutSecrets,
  renderMarkdown,
  renderSuggestion,
  visible,
  worstFirst,
} from '../report/index.ts'
import type { Offered } from '../pipeline.ts'
import type { Outcome } from '../run.ts'
import { changeSource } from './change-source.ts'
import { stackFixes } from './fix-pull-request.ts'
import { verdictOf } from './failure.ts'
import type { ActionInputs } from './inputs.ts'
import { markdownOf, notWhole, sentenceOf, type Said } from './said.ts'
import { scanChange } from './scan.ts'

export interface PullRequestRun {
  number: number
  /** The head that this run is about: another one is another run's. */
  head: string
  forge: Forge
  inputs: ActionInputs
  host: Host
  temporary: string
  /** Whether anything is written to the pull request. */
  posts: boolean
  /** Engine names that somebody else reports for findings that are found here as well. */
  addEngines?: (findings: readonly Finding[]) => void
}

/** Most characters of a comment on GitHub, with room for the mark. */
const commentBytes = 60_000

/** Scans what a pull request changes, and says it there. Undefined where the pull request has moved on. */
export async function reviewPullRequest(run: PullRequestRun): Promise<Said | undefined> {
  const { forge, inputs, host, temporary } = run
  const pull = await forge.pullRequest(run.number)
  if (pull.head.sha !== run.head || pull.state !== 'open') {
    core.notice(
      pull.state === 'open'
        ? `the pull request has moved on to ${pull.head.sha}, which has a run of its own`
        : 'the pull request is closed',
    )
    return undefined
  }
  const notes: string[] = []
  const source = await changeOf(run, pull.base.sha, notes)
  const checkout = await checkOut(source, temporary)
  if (!checkout.isWhole) notes.push(notWhole)
  try {
    const said = await scanChange(inputs, {
      checkout,
      host,
      isChange: true,
      after: async (outcome, opened) => {
        run.addEngines?.(outcome.report.findings)
        return run.posts ? say(run, outcome, checkout, opened, notes) : { outcome, notes, isChange: true }
      },
    })
    if (inputs.mode === 'fix-pr' && run.posts) await stack(run, pull, checkout, said)
    if (run.posts) await sumUp(run, said)
    if (run.posts && inputs.checkRun) await check(run, said)
    return said
  } finally {
    checkout.remove()
  }
}

/** What the pull request changes, by GitHub's own diff. */
async function changeOf(
  { forge, number, head }: PullRequestRun,
  base: string,
  notes: string[],
): Promise<ChangeSource> {
  const comparison = await forge.compare(base, head)
  let { files } = comparison
  if (!comparison.complete) {
    const all = await forge.pullRequestFiles(number)
    files = all.files
    if (!all.complete)
      notes.push(
        `GitHub lists no more than ${files.length} files of a pull request: the others were not judged`,
      )
  }
  return changeSource(forge, { base: comparison.mergeBase, head, files })
}

/** One review with the suggestions that are not there yet. */
async function say(
  run: PullRequestRun,
  outcome: Outcome,
  checkout: Checkout,
  opened: Opened,
  notes: string[],
): Promise<Said> {
  const { forge, number, head, inputs } = run
  const said: Said = { outcome, notes, isChange: true, inline: new Set() }
  const findings = new Map(outcome.report.findings.map((finding) => [finding.fingerprint, finding]))
  const suggestions = suggestionsOf(outcome, findings, inputs.unsafeFixes)
  try {
    const { threads } = await forge.conversation(number)
    const known = new Set(outcome.report.findings.filter(isOpen).map(({ fingerprint }) => fingerprint))
    const plan = await acceptedPlan(suggestions, checkout, opened, (some) =>
      planReview(threads, some, { commit: head, most: inputs.maxSuggestions, known }),
    )
    said.inline = plan.standing
    if (plan.create.length > 0) said.reviewId = await review(run, plan, said)
    for (const { number: comment, body } of plan.edit) await forge.editReviewComment(comment, body)
    for (const { id, reason } of plan.minimise) await forge.minimise(id, reason)
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    notes.push(sentenceOf(error, 'the review could not be written'))
  }
  return said
}

/** Posts the review; where GitHub refuses a line after all, what it would have said goes to the summary. */
async function review(
  { forge, number, head }: PullRequestRun,
  { create: comments, open, standing }: ReviewPlan,
  said: Said,
): Promise<number> {
  const inline = new Set([...standing, ...open.flatMap(({ fingerprints }) => fingerprints)])
  const findings = count(inline.size - standing.size, 'finding')
  const body = `k8s-autofix: ${count(comments.length, 'suggestion')} for ${findings}, each verified. The summary comment lists the rest.`
  try {
    const { id } = await forge.createReview({ pullRequest: number, commit: head, body, comments })
    said.inline = inline
    return id
  } catch (error) {
    if (!(error instanceof ForgeError) || error.kind !== 'unprocessable') throw error
    said.notes.push(sentenceOf(error, 'GitHub does not take the suggestions where they stand'))
    const instead =
      'k8s-autofix: GitHub refused the suggestions of this run; the summary comment holds the changes.'
    return (await forge.createReview({ pullRequest: number, commit: head, body: instead, comments: [] })).id
  }
}

/** What can be suggested, the worst first: the riskiest, then what mends most, then as it stands in the files. */
function suggestionsOf(
  outcome: Outcome,
  findings: ReadonlyMap<string, Finding>,
  takesUnsafe: boolean,
): Suggestion[] {
  const why = new Map(outcome.policies.map((policy) => [policy.id, policy.why]))
  const families = new Map(outcome.policies.map(({ id, family }) => [id, family]))
  const { kubernetes } = outcome.report.verification
  const ranked = outcome.offers.flatMap((offer: Offered) => {
    const mended = offer.fingerprints.flatMap((one) => findings.get(one) ?? [])
    const open = mended.filter(({ state }) => state === 'fixed')
    if (mended.some((one) => isAboutSecrets(one, families.get(one.policy)))) return []
    if (!takesUnsafe && open.some(({ safe }) => safe === false)) return []
    const body = renderSuggestion({ findings: open, edit: offer.edit, kubernetes, why })
    if (body === undefined) return []
    const fingerprints = open.map(({ fingerprint }) => fingerprint).toSorted()
    const rank = Math.max(...open.map(({ risk, severity }) => risk?.score ?? severities.indexOf(severity)))
    return [{ suggestion: { fingerprints, edit: offer.edit, body }, rank, number: open.length }]
  })
  return ranked.toSorted((a, b) => b.rank - a.rank || b.number - a.number).map(({ suggestion }) => suggestion)
}

/** A plan of which the API server takes all that is open: what it does not take is left out, and others move up. */
async function acceptedPlan(
  suggestions: readonly Suggestion[],
  checkout: Checkout,
  { api }: Opened,
  planOf: (suggestions: readonly Suggestion[]) => ReviewPlan,
): Promise<ReviewPlan> {
  let plan = planOf(suggestions)
  if (api === undefined) return plan
  const server = await createEmbedded(api)
  const refused = new Set<Suggestion>()
  for (;;) {
    const more = await refusedOf(plan.open, checkout, server)
    if (more.length === 0) return plan
    for (const one of more) refused.add(one)
    plan = planOf(suggestions.filter((one) => !refused.has(one)))
  }
}

/** Suggestions that the API server does not take as they would be taken: alone, or all of a file together. */
async function refusedOf(
  open: readonly Suggestion[],
  checkout: Checkout,
  server: ApiServer,
): Promise<Suggestion[]> {
  const refused: Suggestion[] = []
  for (const [file, mine = []] of Object.entries(Object.groupBy(open, ({ edit }) => edit.file))) {
    const text = checkout.texts.get(file)
    if (text === undefined) continue
    const takes = async (some: readonly Suggestion[]): Promise<boolean> =>
      (await objectionTo(
        file,
        text,
        some.map(({ edit }) => edit),
        server,
      )) === undefined
    const taken: Suggestion[] = []
    for (const one of mine)
      if (one.fingerprints.length === 1 || (await takes([one]))) taken.push(one)
      else refused.push(one)
    if (taken.length > 1 && !(await takes(taken))) refused.push(...taken.slice(1))
  }
  return refused
}

/** Fixes that no suggestion makes, as a pull request to the branch of this one. */
async function stack(run: PullRequestRun, pull: PullRequest, checkout: Checkout, said: Said): Promise<void> {
  try {
    const stacked = await stackFixes({ ...run, pull, checkout, said })
    if (stacked !== undefined) said.fixPullRequest = stacked
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    said.notes.push(sentenceOf(error, 'the pull request with fixes could not be written'))
  }
}

/** Findings that a check run shows at their lines. */
const mostAnnotations = 200

async function check({ forge, head, inputs }: PullRequestRun, said: Said): Promise<void> {
  const { report } = said.outcome
  const open = worstFirst(report.findings.filter(isOpen))
  const verdict = verdictOf(report, inputs.failOn)
  try {
    await forge.createCheckRun({
      name: 'k8s-autofix',
      commit: head,
      conclusion: verdict === undefined ? (open.length === 0 ? 'success' : 'neutral') : 'failure',
      title: verdict ?? count(open.length, 'finding'),
      summary: renderMarkdown(report, { ...markdownOf(said), limit: commentBytes }),
      annotations: open.slice(0, mostAnnotations).map(({ location, severity, title, message, policy }) => ({
        path: location.file,
        startLine: location.line,
        endLine: Math.max(location.line, location.endLine),
        level:
          severity === 'critical' || severity === 'high'
            ? 'failure'
            : severity === 'medium'
              ? 'warning'
              : 'notice',
        title: visible(title),
        message: visible(`${message} [${policy}]`),
      })),
    })
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    said.notes.push(sentenceOf(error, 'the check run could not be made'))
  }
}

/** The one comment of a pull request that sums it up, edited in place. */
async function sumUp({ forge, number, head }: PullRequestRun, said: Said): Promise<void> {
  const { outcome } = said
  try {
    const { comments } = await forge.conversation(number)
    const mine = comments.find(({ isOurs, body }) => isOurs && summaryMarker.read(body) !== undefined)
    const open = outcome.report.findings.some(isOpen)
    const isSilent =
      !open &&
      outcome.report.unread.every(({ broken }) => !broken) &&
      outcome.report.exceptions.every(({ added }) => added !== true)
    if (mine === undefined && isSilent) return
    // Another run may have reported on a newer head in the meantime.
    const { head: now } = await forge.pullRequest(number)
    if (now.sha !== head) {
      said.notes.push(
        `the pull request has moved on to ${now.sha} meanwhile: the summary comment is left to its run`,
      )
      return
    }
    const text = renderMarkdown(outcome.report, { ...markdownOf(said), limit: commentBytes })
    const body = `${text}\n${summaryMarker.write({ commit: head })}`
    if (mine === undefined) await forge.createComment(number, body)
    else if (untimed(mine.body) !== untimed(body)) await forge.editComment(mine.number, body)
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    said.notes.push(sentenceOf(error, 'the summary comment could not be written'))
  }
}

/** The time that a run took is no news. */
function untimed(body: string): string {
  return body.replaceAll('\r\n', '\n').replace(/ · \d+\.\d s<\/sub>/, '')
}

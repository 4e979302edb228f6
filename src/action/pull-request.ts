import * as core from '@actions/core'
import { checkOut, type Checkout } from '../adapters/checkout.ts'
import type { Opened } from '../adapters/opening.ts'
import type { Host } from '../adapters/running.ts'
import type { ChangeSource } from '../change/index.ts'
import { createEmbedded } from '../cluster/index.ts'
import { objectionTo } from '../confirm.ts'
import { ForgeError, planReview, summaryMarker, type Forge, type Suggestion } from '../github/index.ts'
import { severities, type Finding } from '../model/index.ts'
import { catalogue } from '../policies/index.ts'
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
import { stackFixes } from './fix-pull-request.ts'
import { verdictOf } from './failure.ts'
import type { ActionInputs } from './inputs.ts'
import { markdownOf, sentenceOf, type Said } from './said.ts'
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
  if (!checkout.isWhole)
    notes.push(
      'the repository holds too many manifests to read all: policies that look across files have not run',
    )
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
  return {
    base: comparison.mergeBase,
    head,
    files,
    hasHunks: true,
    tree: async (commit) => forge.tree(commit),
    texts: async (oids) => forge.texts(oids),
  }
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
    const known = new Set(
      outcome.report.findings
        .filter(({ state }) => state !== 'baseline')
        .map(({ fingerprint }) => fingerprint),
    )
    const most = inputs.maxSuggestions
    let plan = planReview(threads, suggestions, { commit: head, most, known })
    const refused = await refusedOf(
      plan.create.map(({ path, startLine }) => ({ path, startLine })),
      suggestions,
      checkout,
      opened,
    )
    if (refused.size > 0)
      plan = planReview(
        threads,
        suggestions.filter((one) => !refused.has(one)),
        { commit: head, most, known },
      )
    if (plan.create.length > 0) said.reviewId = await review(run, plan.create, plan.inline, said)
    for (const { number: comment, body } of plan.edit) await forge.editReviewComment(comment, body)
    for (const { id, reason } of plan.minimise) await forge.minimise(id, reason)
    said.inline = new Set([...plan.inline, ...plan.settled])
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    notes.push(sentenceOf(error, 'the review could not be written'))
  }
  return said
}

/** Posts the review; where GitHub refuses a line after all, what it would have said goes to the summary. */
async function review(
  { forge, number, head }: PullRequestRun,
  comments: Parameters<Forge['createReview']>[0]['comments'],
  inline: Set<string>,
  said: Said,
): Promise<number> {
  const findings = count(inline.size, 'finding')
  const body = `k8s-autofix: ${count(comments.length, 'suggestion')} for ${findings}, each verified. The summary comment lists the rest.`
  try {
    return (await forge.createReview({ pullRequest: number, commit: head, body, comments })).id
  } catch (error) {
    if (!(error instanceof ForgeError) || error.kind !== 'unprocessable') throw error
    inline.clear()
    said.notes.push(sentenceOf(error, 'GitHub does not take the suggestions where they stand'))
    const instead =
      'k8s-autofix: GitHub refused the suggestions of this run; the summary comment holds the changes.'
    return (await forge.createReview({ pullRequest: number, commit: head, body: instead, comments: [] })).id
  }
}

/** What can be suggested, the worst first: the most severe, then what mends most, then as it stands in the files. */
function suggestionsOf(
  outcome: Outcome,
  findings: ReadonlyMap<string, Finding>,
  takesUnsafe: boolean,
): Suggestion[] {
  const why = new Map(catalogue.map((policy) => [policy.id, policy.why]))
  const families = new Map(catalogue.map(({ id, family }) => [id, family]))
  const { kubernetes } = outcome.report.verification
  const ranked = outcome.offers.flatMap((offer: Offered) => {
    const mended = offer.fingerprints.flatMap((one) => findings.get(one) ?? [])
    const open = mended.filter(({ state }) => state === 'fixed')
    if (mended.some((one) => isAboutSecrets(one, families.get(one.policy)))) return []
    if (!takesUnsafe && open.some(({ safe }) => safe === false)) return []
    const body = renderSuggestion({ findings: open, edit: offer.edit, kubernetes, why })
    if (body === undefined) return []
    const fingerprints = open.map(({ fingerprint }) => fingerprint).toSorted()
    const rank = Math.max(...open.map(({ severity }) => severities.indexOf(severity)))
    return [{ suggestion: { fingerprints, edit: offer.edit, body }, rank, number: open.length }]
  })
  return ranked.toSorted((a, b) => b.rank - a.rank || b.number - a.number).map(({ suggestion }) => suggestion)
}

/** Suggestions that the API server does not take as they would be taken: alone, or all of a file together. */
async function refusedOf(
  chosen: readonly { path: string; startLine: number }[],
  suggestions: readonly Suggestion[],
  checkout: Checkout,
  { api }: Opened,
): Promise<ReadonlySet<Suggestion>> {
  const refused = new Set<Suggestion>()
  if (api === undefined) return refused
  const server = await createEmbedded(api)
  const posted = suggestions.filter(({ edit }) =>
    chosen.some(({ path, startLine }) => path === edit.file && startLine === edit.startLine),
  )
  for (const file of new Set(posted.map(({ edit }) => edit.file))) {
    const text = checkout.texts.get(file)
    const mine = posted.filter(({ edit }) => edit.file === file)
    if (text === undefined) continue
    for (const one of mine)
      if (one.fingerprints.length > 1 && (await objectionTo(file, text, [one.edit], server)) !== undefined)
        refused.add(one)
    const rest = mine.filter((one) => !refused.has(one))
    const edits = rest.map(({ edit }) => edit)
    if (rest.length > 1 && (await objectionTo(file, text, edits, server)) !== undefined)
      for (const one of rest.slice(1)) refused.add(one)
  }
  return refused
}

/** Fixes that no suggestion makes, as a pull request to the branch of this one. */
async function stack(
  run: PullRequestRun,
  pull: Awaited<ReturnType<Forge['pullRequest']>>,
  checkout: Checkout,
  said: Said,
): Promise<void> {
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
  const open = worstFirst(
    report.findings.filter(({ state }) => state !== 'baseline' && state !== 'suppressed'),
  )
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
    const open = outcome.report.findings.some(({ state }) => state !== 'baseline')
    if (mine === undefined && !open && outcome.report.unread.every(({ broken }) => !broken)) return
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

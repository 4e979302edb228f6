import * as core from '@actions/core'
import { checkOut, type Checkout } from '../adapters/checkout.ts'
import type { Host } from '../adapters/running.ts'
import type { ChangeSource } from '../change/index.ts'
import {
  ForgeError,
  sealFor,
  summaryMarker,
  type Forge,
  type PullRequest,
  sentenceOf,
} from '../github/index.ts'
import { isOpen, type Finding } from '../model/index.ts'
import { count, renderMarkdown, visible, worstFirst } from '../report/index.ts'
import type { State, StateStore } from '../schedule/index.ts'
import { changeSource } from './change-source.ts'
import { stackFixes } from './fix-pull-request.ts'
import { verdictOf } from './failure.ts'
import type { ActionInputs } from './inputs.ts'
import { reviewChange } from './review.ts'
import { markdownOf, notWhole, type Said } from './said.ts'
import { scanChange } from './scan.ts'
import { summaryMark } from './summary-mark.ts'

export interface PullRequestRun {
  number: number
  /** The head that this run is about: another one is another run's. */
  head: string
  forge: Forge
  inputs: ActionInputs
  host: Host
  temporary: string
  /** What was learned; a run for a pull request only reads it. */
  store: StateStore
  /** Whether anything is written to the pull request. */
  posts: boolean
  /** Engine names that somebody else reports for findings that are found here as well. */
  addEngines?: (findings: readonly Finding[]) => void
}

/** Most characters of a comment on GitHub, with room to spare. */
const commentBytes = 64_000

/** Scans what a pull request changes, and says it there. Undefined where the pull request has moved on. */
export async function reviewPullRequest(run: PullRequestRun): Promise<Said | undefined> {
  const { forge, inputs, host, temporary, store } = run
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
  const [checkout, { state, trouble }] = await Promise.all([checkOut(source, temporary), store.restore()])
  // It is no news for those who read the pull request.
  if (trouble !== undefined) core.notice(trouble)
  if (!checkout.isWhole) notes.push(notWhole)
  try {
    const said = await scanChange(inputs, {
      checkout,
      host,
      state,
      isChange: true,
      after: async (outcome, opened) => {
        run.addEngines?.(outcome.report.findings)
        const attributes = await checkout.read('.gitattributes')
        return reviewChange({ ...run, outcome, opened, checkout, state, attributes, notes })
      },
    })
    if (inputs.mode === 'fix-pr' && run.posts) await stack(run, { pull, checkout, said, state })
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

/** Fixes that no suggestion makes, as a pull request to the branch of this one. */
async function stack(
  run: PullRequestRun,
  reviewed: { pull: PullRequest; checkout: Checkout; said: Said; state: State },
): Promise<void> {
  const { said } = reviewed
  try {
    const stacked = await stackFixes({ ...run, ...reviewed })
    if (stacked === undefined) return
    said.fixPullRequest = stacked
    for (const finding of said.outcome.report.findings)
      if (stacked.fingerprints.has(finding.fingerprint) && finding.decision?.channel !== 'inline')
        finding.decision &&= {
          ...finding.decision,
          channel: 'fix-pr',
          because: `it is in #${stacked.number}`,
        }
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
async function sumUp({ forge, number, head, inputs }: PullRequestRun, said: Said): Promise<void> {
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
    const seal = sealFor(inputs.stateKey, forge.repository, number)
    const mark = summaryMark(head, said.candidates ?? [], mine?.body, seal)
    const text = renderMarkdown(outcome.report, {
      ...markdownOf(said),
      limit: commentBytes - mark.length,
    })
    const body = `${text}\n${mark}`
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

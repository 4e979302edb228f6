import { randomUUID } from 'node:crypto'
import { closeSync, constants, mkdirSync, openSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'
import * as core from '@actions/core'
import { UserError } from '../model/index.ts'
import {
  exceptionProblems,
  partialText,
  plain,
  renderAnnotations,
  renderSarif,
  renderJson,
  renderMarkdown,
  renderPatch,
  renderPretty,
  withoutSecretLines,
} from '../report/index.ts'
import { markdownOf, type Said } from './said.ts'
import type { ActionInputs } from './inputs.ts'

/** Log, report file, patch file, job summary and outputs of a run. */
export async function publish(said: Said, inputs: ActionInputs, folder: string): Promise<void> {
  const { outcome } = said
  const { report } = outcome
  log(
    renderPretty(report, outcome.sources, {
      color: false,
      width: undefined,
      policies: outcome.policies,
      show: 'all',
      command: 'scan',
      dryRun: false,
      written: new Set(),
      next: inputs.paths.filter((path) => path !== '.'),
    }),
  )
  const reportFile = join(folder, 'k8s-autofix-report.json')
  const patchFile = join(folder, 'k8s-autofix.patch')
  // It is uploaded, and read by others than those who may read the files.
  writeFileSync(reportFile, renderJson(withoutSecretLines(report, outcome.sources)))
  writeFileSync(patchFile, renderPatch(outcome.changes, { prefix: '' }))
  // Older GitHub Enterprise servers have no summaries.
  if (inputs.summary && process.env['GITHUB_STEP_SUMMARY'] !== undefined)
    await core.summary.addRaw(renderMarkdown(report, markdownOf(said))).write({ overwrite: true })
  const partial = partialText(report)
  if (partial !== undefined) core.warning(partial)
  core.setOutput('findings-count', report.summary.findings)
  core.setOutput('fixed-count', report.summary.states.fixed ?? 0)
  core.setOutput('report-file', reportFile)
  core.setOutput('patch-file', patchFile)
  for (const note of [...exceptionProblems(report), ...said.notes]) core.warning(note)
  // Outside of the log above, where the runner takes no commands.
  process.stdout.write(renderAnnotations(report))
  if (inputs.sarifFile !== undefined) {
    writeInside(inputs.sarifFile, renderSarif(report, outcome.sources, outcome.policies))
    core.setOutput('sarif-file', inputs.sarifFile)
  }
  if (said.reviewId !== undefined) core.setOutput('review-id', said.reviewId)
  if (said.fixPullRequest !== undefined) {
    core.setOutput('fix-pr-number', said.fixPullRequest.number)
    core.setOutput('fix-pr-url', said.fixPullRequest.url)
  }
}

/** Writes a file that the workflow names: in its workspace, and nowhere that a link in there leads. */
function writeInside(file: string, text: string): void {
  const workspace = realpathSync(process.env['GITHUB_WORKSPACE'] ?? process.cwd())
  const path = resolve(workspace, file)
  const isInside = (one: string): boolean =>
    one.startsWith(workspace.endsWith(sep) ? workspace : workspace + sep) || one === workspace
  const outside = new UserError(`input sarif-file: ${JSON.stringify(file)} lies outside of the workspace`)
  if (!isInside(path) || path === workspace) throw outside
  mkdirSync(dirname(path), { recursive: true })
  if (!isInside(realpathSync(dirname(path)))) throw outside
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants
  let handle: number
  try {
    handle = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
  } catch {
    throw new UserError(`input sarif-file: ${JSON.stringify(file)} cannot be written`)
  }
  try {
    writeFileSync(handle, text)
  } finally {
    closeSync(handle)
  }
}

/** The summary of a run that came to nothing: it always exists. */
export async function publishFailure(text: string): Promise<void> {
  if (process.env['GITHUB_STEP_SUMMARY'] === undefined) return
  await core.summary
    .addRaw(`## k8s-autofix\n\n**Nothing was judged.** ${plain(text)}\n`)
    .write({ overwrite: true })
}

/** Prints what may hold lines from manifests. The runner takes no command until it reads the token again. */
function log(text: string): void {
  const token = randomUUID()
  process.stdout.write(`::stop-commands::${token}\n${text.endsWith('\n') ? text : `${text}\n`}::${token}::\n`)
}

import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as core from '@actions/core'
import { catalogue } from '../policies/index.ts'
import { partialText, renderJson, renderPatch, renderPretty } from '../report/index.ts'
import type { Outcome } from '../run.ts'
import type { ActionInputs } from './inputs.ts'
import { summaryOf } from './summary.ts'

/** Log, report file, patch file, job summary and outputs of a run. */
export async function publish(outcome: Outcome, inputs: ActionInputs, folder: string): Promise<void> {
  const { report } = outcome
  log(
    renderPretty(report, outcome.sources, {
      color: false,
      width: undefined,
      policies: catalogue,
      show: 'all',
      command: 'scan',
      dryRun: false,
      written: new Set(),
      next: inputs.paths.filter((path) => path !== '.'),
    }),
  )
  const reportFile = join(folder, 'k8s-autofix-report.json')
  const patchFile = join(folder, 'k8s-autofix.patch')
  writeFileSync(reportFile, renderJson(report))
  writeFileSync(patchFile, renderPatch(outcome.changes, { prefix: '' }))
  // Older GitHub Enterprise servers have no summaries.
  if (inputs.summary && process.env['GITHUB_STEP_SUMMARY'] !== undefined)
    await core.summary.addRaw(summaryOf(report)).write({ overwrite: true })
  const partial = partialText(report)
  if (partial !== undefined) core.warning(partial)
  core.setOutput('findings-count', report.summary.findings)
  core.setOutput('fixed-count', report.summary.states.fixed ?? 0)
  core.setOutput('report-file', reportFile)
  core.setOutput('patch-file', patchFile)
}

/** Prints what may hold lines from manifests. The runner takes no command until it reads the token again. */
function log(text: string): void {
  const token = randomUUID()
  process.stdout.write(`::stop-commands::${token}\n${text.endsWith('\n') ? text : `${text}\n`}::${token}::\n`)
}

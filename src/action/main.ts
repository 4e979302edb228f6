import * as core from '@actions/core'
import { versionBeside } from '../adapters/version.ts'
import { readInputs } from './inputs.ts'
import { failureOf, verdictOf } from './failure.ts'
import { publish } from './publish.ts'
import { scan } from './scan.ts'

/** The Action: inputs, pipeline, summary and outputs. `entry` is the file that worker threads run. */
export async function main(entry: URL): Promise<void> {
  try {
    const workspace = process.env['GITHUB_WORKSPACE'] ?? process.cwd()
    const folder = process.env['RUNNER_TEMP'] ?? workspace
    const inputs = readInputs()
    const outcome = await scan(inputs, workspace, versionBeside(entry), entry)
    await publish(outcome, inputs, folder)
    const verdict = verdictOf(outcome.report, inputs.failOn)
    if (verdict !== undefined) core.setFailed(verdict)
  } catch (error) {
    core.setFailed(failureOf(error))
  }
}

import * as core from '@actions/core'
import { versionBeside } from '../adapters/version.ts'
import { readInputs } from './inputs.ts'
import { failureOf, verdictOf } from './failure.ts'
import { dispatch } from './dispatch.ts'
import { publish, publishFailure } from './publish.ts'

/** The Action: inputs, what the event asks for, summary and outputs. `entry` is the file that worker threads run. */
export async function main(entry: URL): Promise<void> {
  try {
    const folder = process.env['RUNNER_TEMP'] ?? process.env['GITHUB_WORKSPACE'] ?? process.cwd()
    const inputs = readInputs()
    const host = { entry, version: versionBeside(entry), now: () => performance.now() }
    const said = await dispatch(inputs, process.env, host)
    if (said === undefined) return
    await publish(said, inputs, folder)
    const verdict = verdictOf(said.outcome.report, inputs.failOn)
    if (verdict !== undefined) core.setFailed(verdict)
  } catch (error) {
    await publishFailure(failureOf(error))
    core.setFailed(failureOf(error))
  }
}

import * as core from '@actions/core'
import type { Host } from '../adapters/running.ts'
import { ForgeError, type Forge } from '../github/index.ts'
import { isOpen } from '../model/index.ts'
import type { Request } from '../pipeline.ts'
import { count } from '../report/index.ts'
import { findingId, mergeStates, withBacklog, type State, type StateStore } from '../schedule/index.ts'
import type { Outcome } from '../run.ts'
import { harvest, type Harvest } from './harvest.ts'
import type { ActionInputs } from './inputs.ts'
import { sentenceOf, type Said } from './said.ts'
import { defaultTimeout } from './scan.ts'

export interface Learning {
  forge: Forge
  inputs: Pick<ActionInputs, 'time' | 'timeout' | 'stateKey' | 'paths' | 'only' | 'skip'>
  host: Host
  store: StateStore
  branch: { name: string; commit: string }
}

const dayMilliseconds = 86_400_000

/**
 * Learns from what has become of all that was offered, and keeps it: on the default branch alone, behind its scan. What
 * goes wrong is a note of the run, and never its end.
 */
export async function learn(said: Said, { forge, inputs, host, store, branch }: Learning): Promise<void> {
  try {
    if ((await forge.defaultBranch()) !== branch.name) return
    const restored = await store.restore()
    const harvested = await harvest(restored.state, {
      forge,
      host,
      request: requestOf(said.outcome, inputs.time),
      timeout: inputs.timeout ?? defaultTimeout,
      policies: said.outcome.policies.map(({ id }) => id),
      time: inputs.time,
      stateKey: inputs.stateKey,
      branch,
    })
    core.info(sentenceAbout(harvested))
    const merged = {
      ...mergeStates(restored.state, harvested.state),
      harvested: harvested.state.harvested,
    }
    const saved = await store.save(
      isWhole(said, inputs) ? withOpen(merged, said, forge, inputs.time) : merged,
    )
    for (const { trouble } of [restored, harvested, saved])
      if (trouble !== undefined) said.notes.push(trouble)
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    said.notes.push(sentenceOf(error, 'nothing was learned from what became of suggestions'))
  }
}

/** What is needed to find again what was found then: by all policies, since some may have been on that are off now. */
function requestOf({ config, policies }: Outcome, time: number): Request {
  return {
    config,
    level: 'text',
    only: undefined,
    skip: [],
    switchedOn: policies.map(({ id }) => id),
    unsafeFixes: false,
    changes: false,
    api: false,
    beside: false,
    time,
    detectOnly: true,
  }
}

/** Whether a scan has looked at all of the branch, so that what it did not find is not there. */
function isWhole({ outcome, isWhole: hasAll }: Said, { paths, only, skip }: Learning['inputs']): boolean {
  return (
    hasAll !== false &&
    paths.every((path) => path === '.') &&
    only === undefined &&
    skip.length === 0 &&
    outcome.report.unread.every(({ broken }) => !broken)
  )
}

function withOpen(state: State, { outcome }: Said, { repository }: Forge, time: number): State {
  const name = `${repository.owner}/${repository.name}`
  const open = outcome.report.findings.filter(isOpen)
  const ids = open.map(({ fingerprint }) => findingId(name, fingerprint))
  return withBacklog(state, ids, Math.floor(time / dayMilliseconds))
}

function sentenceAbout({ pulls, taken, left, takenBack }: Harvest): string {
  return `learned from ${count(pulls, 'pull request')}: ${count(taken, 'suggestion')} taken, ${left} left, ${takenBack} taken back`
}

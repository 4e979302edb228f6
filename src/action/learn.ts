import * as core from '@actions/core'
import { join } from 'node:path'
import type { Host } from '../adapters/running.ts'
import { stateFile } from '../adapters/state-file.ts'
import { ForgeError, fullName, type Forge, sentenceOf } from '../github/index.ts'
import { isOpen, messageOf } from '../model/index.ts'
import type { Request } from '../pipeline.ts'
import { count } from '../report/index.ts'
import { dayOf, findingId, mergeStates, withBacklog, type State, type StateStore } from '../schedule/index.ts'
import type { Outcome } from '../run.ts'
import { failureOf } from './failure.ts'
import { harvest, type Harvest } from '../harvest.ts'
import type { ActionInputs } from './inputs.ts'
import type { Said } from './said.ts'
import { defaultTimeout } from './scan.ts'

export interface Learning {
  forge: Forge
  inputs: Pick<ActionInputs, 'time' | 'timeout' | 'stateKey' | 'paths' | 'only' | 'skip'>
  host: Host
  store: StateStore
  /** What it gave when the run began. */
  restored: Awaited<ReturnType<StateStore['restore']>>
  /** A folder that later steps may read. */
  temporary: string
  /** The one that was scanned. */
  branch: string
}

/**
 * Learns from what has become of all that was offered, and keeps it: on the default branch alone, behind its scan. What
 * goes wrong is a note of the run, and never its end.
 */
export async function learn(said: Said, learning: Learning): Promise<void> {
  const { forge, inputs, host, store, restored, branch, temporary } = learning
  try {
    if ((await forge.defaultBranch()) !== branch) return
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
    const state = isWhole(said, inputs) ? withOpen(merged, said, forge, inputs.time) : merged
    const saved = await store.save(state)
    // For `simulate --state`, by whoever uploads it.
    const copied = await stateFile(join(temporary, 'k8s-autofix-state.json')).save(state)
    for (const { trouble } of [restored, harvested, saved, copied])
      if (trouble !== undefined) said.notes.push(trouble)
  } catch (error) {
    const what = 'nothing was learned from what became of suggestions'
    if (error instanceof ForgeError) said.notes.push(sentenceOf(error, what))
    else {
      // Texts of the past are strangers' as well: what one of them breaks is not to end every run for a month.
      said.notes.push(`${what}: ${messageOf(error)}`)
      core.warning(failureOf(error))
    }
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
  const name = fullName(repository)
  const open = outcome.report.findings.filter(isOpen)
  const ids = open.map(({ fingerprint }) => findingId(name, fingerprint))
  return withBacklog(state, ids, dayOf(time))
}

function sentenceAbout({ pulls, taken, left, takenBack }: Harvest): string {
  return `learned from ${count(pulls, 'pull request')}: ${count(taken, 'suggestion')} taken, ${left} left, ${takenBack} taken back`
}

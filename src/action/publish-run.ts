import * as core from '@actions/core'
import { z } from 'zod'
import type { Host } from '../adapters/running.ts'
import { ForgeError, fullName, type Forge, sentenceOf } from '../github/index.ts'
import type { Finding } from '../model/index.ts'
import type { StateStore } from '../schedule/index.ts'
import type { Event } from './event.ts'
import type { ActionInputs } from './inputs.ts'
import { reviewPullRequest } from './pull-request.ts'
import type { Said } from './said.ts'

/** Name of the artifact that the scan of a fork's pull request leaves. */
const artifactName = 'k8s-autofix'
const mostBytes = 32 * 1024 * 1024

/** All that is believed of what a run with a fork's code has left: names of engines. */
const artifactSchema = z.object({
  findings: z
    .array(
      z.object({
        fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
        engines: z
          .array(
            z.object({
              name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
              rule: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/),
            }),
          )
          .max(8),
      }),
    )
    .max(100_000),
})

export interface PublishRun {
  event: Event & { name: 'workflow_run' }
  forge: Forge
  inputs: ActionInputs
  host: Host
  temporary: string
  /** What was learned; these runs only read it. */
  store: StateStore
}

/**
 * Reviews the pull request that an unprivileged run has scanned. Its files are read again as data, and everything that
 * is said is found again here, by engines that run in this process; nothing of the pull request is run.
 */
export async function publishRun({
  event,
  forge,
  inputs,
  host,
  temporary,
  store,
}: PublishRun): Promise<Said | undefined> {
  if (event.event !== 'pull_request') {
    core.notice(
      `the run was started by ${event.event} and not by a pull request: there is nothing to publish`,
    )
    return undefined
  }
  const owner = event.repository?.split('/')[0]
  if (owner === undefined || event.branch === '') {
    core.notice('the fork or its branch is gone: nothing is posted')
    return undefined
  }
  const here = fullName(forge.repository)
  const found = (await forge.pullRequestsFrom(`${owner}:${event.branch}`, 'open')).filter(
    ({ head }) =>
      head.sha === event.head && head.ref === event.branch && head.repository === event.repository,
  )
  const [only, ...others] = found
  if (only === undefined || others.length > 0) {
    core.notice(
      only === undefined
        ? `no open pull request of ${here} has the head ${event.head}: nothing is posted`
        : `${found.length} pull requests have the head ${event.head} (${found.map(({ number }) => `#${number}`).join(', ')}): nothing is posted`,
    )
    return undefined
  }
  const notes: string[] = []
  const engines = await enginesOf(forge, event.id, notes)
  const said = await reviewPullRequest({
    number: only.number,
    head: event.head,
    forge,
    inputs: inProcess(inputs),
    host,
    temporary,
    store,
    posts: inputs.mode !== 'report',
    addEngines: (findings) => addEngines(findings, engines),
  })
  said?.notes.push(...notes)
  return said
}

/** No program, no cluster and no registry sees the files of a fork while a token that may write is at hand. */
function inProcess(inputs: ActionInputs): ActionInputs {
  const { requested, outside } = inputs
  return {
    ...inputs,
    mode: inputs.mode === 'fix-pr' ? 'suggest' : inputs.mode,
    requested: requested === 'admission' ? 'api' : requested,
    outside: { ...outside, engines: [], cluster: undefined, kubeconfig: undefined, registry: undefined },
  }
}

type Engines = ReadonlyMap<string, Finding['engines']>

async function enginesOf(forge: Forge, run: number, notes: string[]): Promise<Engines> {
  try {
    const bytes = await forge.artifact(run, artifactName, mostBytes)
    if (bytes === undefined) return new Map()
    const read = artifactSchema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
    if (read.success)
      return new Map(read.data.findings.map(({ fingerprint, engines }) => [fingerprint, engines]))
  } catch (error) {
    if (error instanceof ForgeError) {
      notes.push(sentenceOf(error, 'the artifact of the scan could not be read'))
      return new Map()
    }
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
  }
  notes.push('the artifact of the scan is not what the scan writes, and was not used')
  return new Map()
}

function addEngines(findings: readonly Finding[], engines: Engines): void {
  for (const finding of findings)
    for (const engine of engines.get(finding.fingerprint) ?? [])
      if (!finding.engines.some(({ name }) => name === engine.name)) finding.engines.push(engine)
}

import * as core from '@actions/core'
import { tmpdir } from 'node:os'
import { readdirSync } from 'node:fs'
import { checkOut } from '../adapters/checkout.ts'
import type { Host } from '../adapters/running.ts'
import type { Forge } from '../github/index.ts'
import { UserError } from '../model/index.ts'
import { changeSource } from './change-source.ts'
import { readEvent, readRepository, type Event } from './event.ts'
import { closeStacked, sweepBranch } from './fix-pull-request.ts'
import type { ActionInputs } from './inputs.ts'
import { learn } from './learn.ts'
import { proxiedFetch } from './proxied-fetch.ts'
import { publishRun } from './publish-run.ts'
import { reviewPullRequest } from './pull-request.ts'
import type { Said } from './said.ts'
import { scanChange, scanWorkspace } from './scan.ts'
import { openStateStore } from './state-store.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Does what the event asks for. Undefined where there is nothing to say. */
export async function dispatch(
  asked: ActionInputs,
  environment: Environment,
  host: Host,
): Promise<Said | undefined> {
  const workspace = environment['GITHUB_WORKSPACE'] ?? process.cwd()
  const event = readEvent(environment)
  const isFork = event.name === 'pull_request' && event.isFork
  const inputs = isFork ? withoutRegistries(asked) : asked
  if (inputs.token === undefined || event.name === 'other') return scanHere(inputs, workspace, host, event)
  const temporary = environment['RUNNER_TEMP'] ?? tmpdir()
  const forge = await openForge(inputs.token, environment, host)
  switch (event.name) {
    case 'pull_request':
      if (event.action === 'closed') {
        if (inputs.mode === 'fix-pr' && !event.isFork) await closeStacked(forge, event.number)
        return undefined
      }
      return reviewPullRequest({
        number: event.number,
        head: event.head,
        forge,
        inputs,
        host,
        temporary,
        store: openStateStore(inputs, environment, host),
        // A fork's run has a token that may only read; what it would post, the publishing workflow posts.
        posts: inputs.mode !== 'report' && !event.isFork,
      })
    case 'merge_group':
      return scanGroup(event, { forge, inputs, host, temporary })
    case 'workflow_run':
      return publishRun({
        event,
        forge,
        inputs,
        host,
        temporary,
        store: openStateStore(inputs, environment, host),
      })
    case 'branch':
      return scanBranch(event, { forge, inputs, host, temporary }, workspace, environment)
  }
}

/** A branch as it stands; on the default branch, what has become of all that was offered is learned from as well. */
async function scanBranch(
  event: Event & { name: 'branch' },
  running: { forge: Forge; inputs: ActionInputs; host: Host; temporary: string },
  workspace: string,
  environment: Environment,
): Promise<Said> {
  const { inputs, host } = running
  const { branch: name, commit } = event
  const store = openStateStore(inputs, environment, host)
  const restored = await store.restore()
  const said =
    inputs.mode !== 'fix-pr' && readdirSync(workspace).length > 0
      ? await scanHere(inputs, workspace, host, event)
      : await sweepBranch({ ...running, branch: name, commit, state: restored.state })
  if (inputs.state !== 'none') await learn(said, { ...running, store, restored, branch: name })
  return said
}

/** What a fork brings along names no image that is looked up with what this runner knows. */
function withoutRegistries(inputs: ActionInputs): ActionInputs {
  if (inputs.outside.registry === undefined) return inputs
  core.notice('the pull request comes from a fork: no registry is asked')
  return { ...inputs, outside: { ...inputs.outside, registry: undefined } }
}

async function scanHere(inputs: ActionInputs, workspace: string, host: Host, event: Event): Promise<Said> {
  if (inputs.mode === 'fix-pr')
    throw new UserError(
      'input mode: fix-pr needs a token, and an event of a pull request or a branch',
      `this run was started by ${event.name === 'other' ? 'another event' : event.name}`,
    )
  const isPullRequest = event.name === 'pull_request' || event.name === 'merge_group'
  const outcome = await scanWorkspace(inputs, workspace, host, isPullRequest)
  return { outcome, notes: [], isChange: false }
}

/** What a merge queue is about to merge; there is nothing to write to. */
async function scanGroup(
  { base, head }: Event & { name: 'merge_group' },
  { forge, inputs, host, temporary }: { forge: Forge; inputs: ActionInputs; host: Host; temporary: string },
): Promise<Said> {
  const { mergeBase, files, complete } = await forge.compare(base, head)
  const checkout = await checkOut(changeSource(forge, { base: mergeBase, head, files }), temporary)
  try {
    const outcome = await scanChange(inputs, { checkout, host, isChange: true, after: async (one) => one })
    const notes = complete ? [] : ['GitHub lists no more than 300 files here: the others were not judged']
    return { outcome, notes, isChange: true }
  } finally {
    checkout.remove()
  }
}

/** The client is loaded only where it is used. */
async function openForge(token: string, environment: Environment, { version }: Host): Promise<Forge> {
  const [{ createForge }, fetch] = await Promise.all([import('../github/index.ts'), proxiedFetch()])
  const apiUrl = environment['GITHUB_API_URL'] ?? 'https://api.github.com'
  return createForge({
    token,
    apiUrl,
    graphqlUrl: environment['GITHUB_GRAPHQL_URL'] ?? `${apiUrl.replace(/\/v3$/, '')}/graphql`,
    repository: readRepository(environment),
    fetch,
    version,
    log: (text) => core.info(text),
    now: () => Date.now(),
    wait: async (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  })
}

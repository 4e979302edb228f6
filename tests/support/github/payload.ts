import type { JsonObject, JsonValue } from '../../../src/model/index.ts'
import type { Pull, Store, WorkflowRun } from './model.ts'
import { pullJson, repositoryJson } from './pulls.ts'
import { objectAt, Schemas } from './schemas.ts'

/*
 * What the runner hands the Action about an event. GitHub's description of its webhooks (webhooks.json, cut out by
 * scripts/extract-github-contract.ts) says what belongs into a payload, and judges each.
 */

export interface GitHubEvent {
  name: string
  payload: JsonObject
  /** What GITHUB_REF and GITHUB_SHA are. */
  ref: string
  sha: string
}

const schemas = new Schemas('webhooks.json')

export function pullRequestEvent(
  store: Store,
  pull: Pull,
  action: 'opened' | 'synchronize' | 'reopened' | 'closed' = 'opened',
): GitHubEvent {
  return {
    name: 'pull_request',
    ref: `refs/pull/${pull.number}/merge`,
    sha: pull.headSha,
    payload: whole(`pull-request-${action}`, store, {
      action,
      number: pull.number,
      pull_request: pullJson(store, pull),
    }),
  }
}

/** What a merge queue asks to be checked: a commit of its own on top of the base. */
export function mergeGroupEvent(
  store: Store,
  { head, base = 'main' }: { head: string; base?: string },
): GitHubEvent {
  const sha = shaOf(store, head)
  const ref = `refs/heads/gh-readonly-queue/${base}/pr-1-${sha}`
  const group = { head_sha: sha, head_ref: ref, base_sha: shaOf(store, base), base_ref: `refs/heads/${base}` }
  return {
    name: 'merge_group',
    ref,
    sha,
    payload: whole('merge-group-checks-requested', store, {
      action: 'checks_requested',
      merge_group: group,
    }),
  }
}

/** A run has ended. What it starts runs on the default branch, whatever the run was about. */
export function workflowRunEvent(store: Store, { head, ...run }: WorkflowRun): GitHubEvent {
  return {
    ...mainOf(store),
    name: 'workflow_run',
    payload: whole('workflow-run-completed', store, {
      action: 'completed',
      workflow_run: {
        id: run.id,
        event: run.event,
        status: 'completed',
        conclusion: 'success',
        head_sha: run.headSha,
        head_branch: run.headBranch,
        head_repository: repositoryJson(head),
        repository: repositoryJson(store),
        // Nothing to be relied on: for a fork's run it stays empty [K].
        pull_requests: [],
      },
    }),
  }
}

export function dispatchEvent(store: Store, branch = 'main'): GitHubEvent {
  const ref = `refs/heads/${branch}`
  return {
    name: 'workflow_dispatch',
    ref,
    sha: shaOf(store, branch),
    payload: whole('workflow-dispatch', store, { ref, inputs: null }),
  }
}

export function pushEvent(store: Store, branch: string, before = '0'.repeat(40)): GitHubEvent {
  const [ref, sha] = [`refs/heads/${branch}`, shaOf(store, branch)]
  return {
    name: 'push',
    ref,
    sha,
    payload: whole('push', store, { ref, before, after: sha, commits: [], head_commit: null }),
  }
}

function mainOf(store: Store): { ref: string; sha: string } {
  return { ref: 'refs/heads/main', sha: shaOf(store, 'main') }
}

function shaOf(store: Store, branch: string): string {
  const sha = store.repository.branch(branch)
  if (sha === undefined) throw new Error(`no branch ${branch}`)
  return sha
}

/** A payload with all that GitHub's description demands. */
function whole(event: string, store: Store, partial: Readonly<Record<string, JsonValue>>): JsonObject {
  const schema = objectAt(objectAt(schemas.document, 'payloads'), event)
  const payload = schemas.complete(schema, {
    ...partial,
    repository: repositoryJson(store),
    sender: { login: 'person' },
  })
  const problem = schemas.problemOf(event, schema, payload, false)
  if (problem !== undefined)
    throw new Error(`the payload breaks GitHub's description of its webhooks: ${problem}`)
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
    throw new Error(`${event} has no payload`)
  return payload
}

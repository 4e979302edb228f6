import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { RepositoryName } from '../github/index.ts'
import { UserError } from '../model/index.ts'

/** What has started this run, as far as it decides what is done. */
export type Event =
  | { name: 'pull_request'; number: number; action: string; head: string; isFork: boolean; author: string }
  | { name: 'merge_group'; base: string; head: string }
  | {
      name: 'workflow_run'
      id: number
      head: string
      branch: string
      /** Undefined where the fork is gone. */
      repository: string | undefined
      event: string
    }
  /** A branch as it stands. */
  | { name: 'branch'; branch: string; commit: string }
  /** Anything else: the workspace is scanned. */
  | { name: 'other' }

const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/)
const repository = z.object({ full_name: z.string() })

const pullRequest = z.object({
  action: z.string(),
  pull_request: z.object({
    number: z.int().positive(),
    user: z.object({ login: z.string() }).nullish(),
    head: z.object({ sha, repo: repository.nullish() }),
    base: z.object({ repo: repository }),
  }),
})
const mergeGroup = z.object({ merge_group: z.object({ base_sha: sha, head_sha: sha }) })
const workflowRun = z.object({
  workflow_run: z.object({
    id: z.int().positive(),
    event: z.string(),
    head_sha: sha,
    head_branch: z.string().nullish(),
    head_repository: repository.nullish(),
  }),
})

/** Reads what the runner says about the event. `environment` is that of the process. */
export function readEvent(environment: Readonly<Record<string, string | undefined>>): Event {
  const name = environment['GITHUB_EVENT_NAME'] ?? ''
  switch (name) {
    case 'pull_request': {
      const { action, pull_request: pull } = payload(pullRequest, environment)
      return {
        name,
        action,
        number: pull.number,
        head: pull.head.sha,
        isFork: pull.head.repo?.full_name !== pull.base.repo.full_name,
        author: pull.user?.login ?? '',
      }
    }
    case 'pull_request_target':
      throw new UserError(
        'pull_request_target gives a token that may write to runs of code that anybody may send',
        'use pull_request, and for forks the two workflows in examples/workflows (fork-scan.yml, fork-publish.yml)',
      )
    case 'merge_group': {
      const { merge_group: group } = payload(mergeGroup, environment)
      return { name, base: group.base_sha, head: group.head_sha }
    }
    case 'workflow_run': {
      const { workflow_run: run } = payload(workflowRun, environment)
      return {
        name,
        id: run.id,
        head: run.head_sha,
        branch: run.head_branch ?? '',
        repository: run.head_repository?.full_name,
        event: run.event,
      }
    }
    case 'push':
    case 'schedule':
    case 'workflow_dispatch': {
      const branch = /^refs\/heads\/(.+)$/.exec(environment['GITHUB_REF'] ?? '')?.[1]
      const commit = sha.safeParse(environment['GITHUB_SHA'])
      return branch === undefined || !commit.success
        ? { name: 'other' }
        : { name: 'branch', branch, commit: commit.data }
    }
    default:
      return { name: 'other' }
  }
}

/** The repository that the workflow runs in. */
export function readRepository(environment: Readonly<Record<string, string | undefined>>): RepositoryName {
  const [, owner, name] = /^([^/]+)\/([^/]+)$/.exec(environment['GITHUB_REPOSITORY'] ?? '') ?? []
  if (owner === undefined || name === undefined)
    throw new UserError('GITHUB_REPOSITORY is not set: the Action runs in a workflow of GitHub')
  return { owner, name }
}

function payload<Schema extends z.ZodType>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const path = environment['GITHUB_EVENT_PATH']
  if (path === undefined) throw new UserError('GITHUB_EVENT_PATH is not set: nothing says what has happened')
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw new UserError(`the event in ${path} cannot be read`)
  }
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new UserError(
    `the event is not what GitHub sends for ${environment['GITHUB_EVENT_NAME'] ?? ''}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  )
}

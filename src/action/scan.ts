import * as core from '@actions/core'
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, relative, resolve, sep } from 'node:path'
import type { Checkout } from '../adapters/checkout.ts'
import { policyTreeBefore, policyTreeHere } from '../adapters/policy-files.ts'
import { runIn, runOnChange, type AfterRun, type Host, type RunInput } from '../adapters/running.ts'
import { readBaseline } from '../change/index.ts'
import {
  configNames,
  findConfig,
  readNamedConfig,
  readPolicyIds,
  type Config,
  type FoundConfig,
} from '../config/index.ts'
import { UserError } from '../model/index.ts'
import type { Refused, Request } from '../pipeline.ts'
import { configure, type PolicyTree } from '../own-policies.ts'
import { choosable } from '../kyverno/index.ts'
import { catalogue } from '../policies/index.ts'
import { revertsOf } from '../deciding.ts'
import type { Outcome } from '../run.ts'
import type { State } from '../schedule/index.ts'
import { feedsOf } from './feeds.ts'
import type { ActionInputs } from './inputs.ts'

/** Milliseconds for one file, where nothing else is said. */
export const defaultTimeout = 30_000

/**
 * Runs the pipeline over a workspace, the way the command line does over a folder. Writes nothing. Where a pull request
 * is checked out there, its configuration is its author's: it allows policies of Kyverno nothing.
 */
export async function scanWorkspace(
  inputs: ActionInputs,
  workspace: string,
  host: Host,
  isPullRequest: boolean,
): Promise<Outcome> {
  const files = {
    read: (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
    exists: existsSync,
  }
  const root = slashes(workspace)
  const found =
    inputs.config === undefined
      ? findConfig(root, files)
      : readNamedConfig(slashes(inside(workspace, inputs.config, 'config')), files)
  if (inputs.config !== undefined && found === undefined)
    throw new UserError(`input config: ${inputs.config}: no such file`)
  const read = await configOf(inputs, found, root, policyTreeHere)
  const config = isPullRequest ? { ...read, allowed: { calls: [], changes: [] } } : read
  const baseline = inputs.baseline && files.read(inside(workspace, inputs.baseline, 'baseline'))
  const accepted = acceptedOf(inputs, baseline)
  const request = requestOf(inputs, config)
  if (accepted.size > 0) request.scope = { files: undefined, before: new Set(), accepted }
  return runIn(workspace, request, await inputOf(inputs, workspace), host)
}

export interface ChangeScan<Result> {
  checkout: Checkout
  host: Host
  /** Fixes that are kept out of what is composed. */
  leftOut?: Refused
  /** What was learned here: how likely fixes break something. */
  state?: State
  /** False for a whole branch, all of which counts. */
  isChange: boolean
  after: AfterRun<Result>
}

/**
 * Runs the pipeline over a change that was laid out. What decides about findings (configuration, baseline) is read from
 * its merge base: a change does not decide how it is judged.
 */
export async function scanChange<Result>(
  inputs: ActionInputs,
  { checkout, host, leftOut, state, isChange, after }: ChangeScan<Result>,
): Promise<Result> {
  const root = slashes(checkout.head)
  const texts = new Map<string, string | undefined>()
  const named = inputs.config === undefined ? configNames : [insideRepository(inputs.config, 'config')]
  for (const name of named) texts.set(name, await checkout.read(name))
  const files = {
    exists: (path: string) => path === `${root}/.git`,
    read: (path: string) => texts.get(path.slice(root.length + 1)),
  }
  const found =
    inputs.config === undefined
      ? findConfig(root, files)
      : readNamedConfig(`${root}/${insideRepository(inputs.config, 'config')}`, files)
  if (inputs.config !== undefined && found === undefined)
    throw new UserError(
      `input config: ${inputs.config}: no such file at the merge base`,
      'it counts once it is merged',
    )
  const baseline = inputs.baseline && (await checkout.read(insideRepository(inputs.baseline, 'baseline')))
  const config = await configOf(inputs, found, root, () => policyTreeBefore(checkout))
  const request = requestOf(inputs, config)
  if (leftOut !== undefined) request.leftOut = leftOut
  const reverts = state && revertsOf(state, inputs.time)
  if (reverts !== undefined) request.reverts = reverts
  const input = { ...(await inputOf(inputs, checkout.head)), accepted: acceptedOf(inputs, baseline) }
  return runOnChange(checkout, '', request, input, host, after, isChange)
}

function requestOf(inputs: ActionInputs, config: Config): Request {
  const policies = choosable([...catalogue, ...config.own], config.kyverno)
  return {
    config,
    level: inputs.level,
    time: inputs.time,
    only: inputs.only === undefined ? undefined : readPolicyIds('input only', inputs.only, policies),
    skip: readPolicyIds('input skip', inputs.skip, policies),
    unsafeFixes: inputs.unsafeFixes,
    changes: true,
    api: inputs.outside.api,
    beside: inputs.outside.engines.length > 0 || inputs.outside.cluster !== undefined,
  }
}

async function inputOf(inputs: ActionInputs, folder: string): Promise<RunInput> {
  const feeds = await feedsOf(inputs)
  return {
    ...(feeds && { feeds }),
    startedIn: inputs.environment['GITHUB_WORKSPACE'] || process.cwd(),
    paths: (inputs.paths.length > 0 ? inputs.paths : ['.']).map(
      (path) => relative(folder, inside(folder, path, 'paths')) || '.',
    ),
    stdin: undefined,
    jobs: inputs.jobs ?? availableParallelism(),
    timeout: inputs.timeout ?? defaultTimeout,
    progress: () => undefined,
    outside: inputs.outside,
    requested: inputs.requested,
    environment: inputs.environment,
    starting: (text) => core.info(text),
    warn: (text) => core.warning(text),
  }
}

async function configOf(
  { set }: ActionInputs,
  found: FoundConfig | undefined,
  root: string,
  policyTree: (folder: string) => PolicyTree,
): Promise<Config> {
  const file = found && { ...found, name: found.path.slice(root.length + 1) || basename(found.path) }
  return configure({ file, set, root, policies: catalogue }, policyTree)
}

function acceptedOf({ baseline }: ActionInputs, text: string | undefined): ReadonlySet<string> {
  if (baseline === undefined) return new Set()
  if (text === undefined)
    throw new UserError(
      `input baseline: ${baseline}: no such file`,
      'write it with k8s-autofix scan --write-baseline FILE, and merge it first',
    )
  return readBaseline(text, baseline)
}

/** An input names something of the workspace, and nothing else of the runner. */
function inside(workspace: string, path: string, input: string): string {
  const full = resolve(workspace, path)
  if (full !== workspace && !full.startsWith(workspace.endsWith(sep) ? workspace : workspace + sep))
    throw new UserError(`input ${input}: ${JSON.stringify(path)} lies outside of the workspace`)
  return full
}

/** The same for a path of the repository, which need not be checked out. */
function insideRepository(path: string, input: string): string {
  const root = resolve('/')
  return slashes(relative(root, inside(root, path.replace(/^[/\\]+/, ''), input)))
}

function slashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}

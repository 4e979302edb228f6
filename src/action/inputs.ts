import * as core from '@actions/core'
import type { FeedSources } from '../adapters/feeds.ts'
import {
  severities,
  UserError,
  type Severity,
  clusterRequests,
  outsideEngines,
  type OutsideRequest,
} from '../model/index.ts'
import { readRegistry } from '../registry/index.ts'

/** The inputs of action.yml, read and checked. What an empty input means is decided where it is used. */
export interface ActionInputs {
  paths: string[]
  config: string | undefined
  set: string[]
  only: string[] | undefined
  skip: string[]
  /** What is proven in this process, and how far it was asked to go. */
  level: 'text' | 'policy'
  requested: 'text' | 'policy' | 'api' | 'admission'
  outside: OutsideRequest
  environment: Readonly<Record<string, string | undefined>>
  /** Milliseconds since 1970 at which the run began. */
  time: number
  failOn: Severity | 'never'
  unsafeFixes: boolean
  /** Milliseconds for one file. */
  timeout: number | undefined
  jobs: number | undefined
  summary: boolean
  /** May be absent: then nothing is asked of GitHub. */
  token: string | undefined
  mode: 'suggest' | 'fix-pr' | 'report'
  maxSuggestions: number
  baseline: string | undefined
  sarifFile: string | undefined
  checkRun: boolean
  /** Where what was learned is kept: in the cache of Actions, or nowhere. */
  state: 'cache' | 'none'
  /** Seals our marks in comments. */
  stateKey: string | undefined
  /** What is known of vulnerabilities. */
  feeds: FeedSources
}

export function readInputs(): ActionInputs {
  const only = words('only')
  const cluster = core.getInput('cluster')
  const requested = choice('verify', [
    cluster === '' ? 'api' : 'admission',
    'api',
    'policy',
    'text',
    'admission',
  ])
  if (cluster !== '' && requested !== 'admission')
    throw new UserError(`input cluster: verify is ${requested}, which asks no cluster`)
  return {
    paths: core.getMultilineInput('paths'),
    config: core.getInput('config') || undefined,
    set: core.getMultilineInput('set'),
    only: only.length > 0 ? only : undefined,
    skip: words('skip'),
    level: requested === 'text' ? 'text' : 'policy',
    requested,
    outside: outsideOf(requested),
    environment: process.env,
    time: Date.now(),
    failOn: choice('fail-on', ['never', ...severities]),
    unsafeFixes: flag('unsafe-fixes', false),
    timeout: duration('timeout'),
    jobs: count('jobs', 1, 999),
    summary: flag('summary', true),
    token: secret('github-token'),
    mode: choice('mode', ['suggest', 'fix-pr', 'report']),
    maxSuggestions: count('max-suggestions', 0, 50) ?? 3,
    baseline: core.getInput('baseline') || undefined,
    sarifFile: core.getInput('sarif-file') || undefined,
    checkRun: flag('check-run', false),
    state: choice('state', ['cache', 'none']),
    stateKey: secret('state-key'),
    feeds: {
      epss: core.getInput('epss') || undefined,
      kev: core.getInput('kev') || undefined,
      scans: core.getMultilineInput('image-scan'),
    },
  }
}

function outsideOf(requested: ActionInputs['requested']): OutsideRequest {
  const engines = words('engines')
  if (engines.length > 0 && !engines.includes('builtin'))
    throw new UserError('input engines: leaves out builtin, which all fixes come from')
  for (const name of outsideEngines)
    if (core.getInput(name) !== '' && !engines.includes(name))
      throw new UserError(`input ${name}: names a program that is not among the engines`)
  for (const name of ['kubeconfig', 'context'])
    if (core.getInput(name) !== '' && requested !== 'admission')
      throw new UserError(`input ${name}: is for a cluster, and none is asked; set cluster`)
  for (const name of engines)
    if (name !== 'builtin' && !outsideEngines.some((one) => one === name))
      throw new UserError(`input engines: ${quote(name)} is none of builtin, ${outsideEngines.join(', ')}`)
  return {
    api: requested === 'api' || requested === 'admission',
    engines: outsideEngines.filter((name) => engines.includes(name)),
    kubeLinter: core.getInput('kube-linter') || undefined,
    kyverno: core.getInput('kyverno') || undefined,
    cluster: requested === 'admission' ? choice('cluster', clusterRequests) : undefined,
    kubeconfig: core.getInput('kubeconfig') || undefined,
    context: core.getInput('context') || undefined,
    exec: flag('kubeconfig-exec', false),
    keep: false,
    registry: registries(),
  }
}

/** Registries that may be asked; programs of Docker's configuration are never run here. */
function registries(): OutsideRequest['registry'] {
  const named = words('registry')
  if (named.length === 0) return undefined
  return { hosts: named.map((host) => readRegistry(host, `input registry: ${quote(host)}`)), helpers: false }
}

function words(name: string): string[] {
  return core
    .getInput(name)
    .split(/[\n,]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/** The first choice stands where the input is empty. */
function choice<Choice extends string>(name: string, choices: readonly [Choice, ...Choice[]]): Choice {
  const given = core.getInput(name)
  const found = given === '' ? choices[0] : choices.find((one) => one === given)
  if (found === undefined)
    throw new UserError(`input ${name}: ${quote(given)} is none of ${choices.join(', ')}`)
  return found
}

function flag(name: string, whenEmpty: boolean): boolean {
  const given = core.getInput(name)
  if (given === '') return whenEmpty
  if (!/^(?:true|false)$/i.test(given))
    throw new UserError(`input ${name}: ${quote(given)} is neither true nor false`)
  return given.toLowerCase() === 'true'
}

function duration(name: string): number | undefined {
  const given = core.getInput(name)
  if (given === '') return undefined
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(given) ?? []
  const milliseconds = Number(amount) * (unit === 'm' ? 60_000 : unit === 's' ? 1000 : 1)
  if (!(milliseconds > 0))
    throw new UserError(`input ${name}: ${quote(given)} is no duration; write one such as 30s`)
  return milliseconds
}

function count(name: string, least: number, most: number): number | undefined {
  const given = core.getInput(name)
  if (given === '') return undefined
  const number = /^\d{1,3}$/.test(given) ? Number(given) : Number.NaN
  if (!(number >= least && number <= most))
    throw new UserError(`input ${name}: ${quote(given)} is no number from ${least} to ${most}`)
  return number
}

/** Known to the runner as a secret before anything else is done with it. */
function secret(name: string): string | undefined {
  const given = core.getInput(name)
  if (given === '') return undefined
  core.setSecret(given)
  return given
}

function quote(text: string): string {
  return JSON.stringify(text)
}

import { didYouMean, readPolicyIds } from '../config/index.ts'
import {
  notInThisVersion,
  severities,
  UserError,
  type Level,
  type Severity,
  clusterRequests,
  outsideEngines,
  type OutsideRequest,
  type RegistryRequest,
} from '../model/index.ts'
import { readRegistry } from '../registry/index.ts'
import type { VerifiedLevel } from '../verify/index.ts'
import type { Arguments } from './arguments.ts'

/** Flags whose value is one of a few words, a number or a time. */

export type FailOn = Severity | 'never'

export function readFailOn(args: Arguments, fallback: FailOn): FailOn {
  return oneOf(args.last('fail-on') ?? fallback, '--fail-on', ['never', ...severities], [])
}

/** How far fixes are proven: by our policies, and as asked for. `--cluster` alone asks for `admission`. */
export function readLevel(args: Arguments): { level: VerifiedLevel; requested: Level } {
  const given = args.last('verify')
  const requested = oneOf(
    given ?? (args.has('cluster') ? 'admission' : 'api'),
    '--verify',
    ['text', 'policy', 'api', 'admission'],
    ['rollout'],
  )
  if (requested !== 'admission' && args.has('cluster'))
    throw new UserError(
      `--verify ${requested} asks no cluster`,
      'leave out --cluster, or use --verify admission',
    )
  return { level: requested === 'text' ? 'text' : 'policy', requested }
}

/** Engines and a cluster beside our own policies. */
export function readOutside(args: Arguments, requested: Level): OutsideRequest {
  const named = args.all('engines').flatMap((value) => value.split(','))
  const engines = named.map((name) => oneOf(name.trim(), '--engines', ['builtin', ...outsideEngines], []))
  if (engines.length > 0 && !engines.includes('builtin'))
    throw new UserError(
      `--engines ${named.join(',')}: leaves out builtin, which all fixes come from`,
      `--engines builtin,${named.join(',')}`,
    )
  const cluster = args.last('cluster')
  for (const flag of ['kubeconfig', 'context', 'kubeconfig-exec', 'keep'] as const)
    if (args.has(flag) && requested !== 'admission')
      throw new UserError(`--${flag} is for a cluster that is asked`, 'add --cluster, or --verify admission')
  if (args.has('keep') && (cluster === 'apiserver' || cluster === 'kubeconfig'))
    throw new UserError(`--keep does not go with --cluster ${cluster}: only a kind cluster is kept`)
  for (const engine of outsideEngines)
    if (args.has(engine) && !engines.includes(engine))
      throw new UserError(
        `--${engine} names a program that is not asked for`,
        `add --engines ${['builtin', ...engines.filter((name) => name !== 'builtin'), engine].join(',')}`,
      )
  return {
    api: requested === 'api' || requested === 'admission',
    engines: outsideEngines.filter((name) => engines.includes(name)),
    kubeLinter: args.last('kube-linter'),
    kyverno: args.last('kyverno'),
    cluster:
      requested === 'admission' ? oneOf(cluster ?? 'auto', '--cluster', clusterRequests, []) : undefined,
    kubeconfig: args.last('kubeconfig'),
    context: args.last('context'),
    exec: args.has('kubeconfig-exec') ? true : undefined,
    keep: args.has('keep'),
    registry: readRegistries(args),
  }
}

/** Registries that may be asked; undefined where none is named. */
function readRegistries(args: Arguments): RegistryRequest | undefined {
  const named = args.all('registry').flatMap((value) => value.split(','))
  const helpers = args.has('registry-helpers')
  if (named.length === 0) {
    if (helpers)
      throw new UserError('--registry-helpers is for registries that are asked', 'add --registry HOST')
    return undefined
  }
  return { hosts: named.map((host) => readRegistry(host.trim(), `--registry ${host}`)), helpers }
}

/** Policy ids of `--only` (undefined = all) and `--skip`. */
export function readChosen(
  args: Arguments,
  policies: Parameters<typeof readPolicyIds>[2],
): { only: string[] | undefined; skip: string[] } {
  const only = args.all('only')
  return {
    only: only.length === 0 ? undefined : readPolicyIds('--only', only, policies),
    skip: readPolicyIds('--skip', args.all('skip'), policies),
  }
}

/** Milliseconds of a time such as `500ms`, `30s`, `1.5m` or `1h`. */
export function readTimeout(args: Arguments): number {
  const text = args.last('timeout') ?? '30s'
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text)
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[match?.[2] ?? ''] ?? 0
  const milliseconds = Math.round(Number(match?.[1] ?? 0) * unit)
  // A timer of Node holds no more than 31 bits.
  if (milliseconds < 1 || milliseconds > 2 ** 31 - 1)
    throw new UserError(`--timeout ${text}: must be a time such as 500ms, 30s or 2m`)
  return milliseconds
}

export function readJobs(args: Arguments, processors: number): number {
  const text = args.last('jobs')
  if (text === undefined) return processors
  if (!/^\d{1,3}$/.test(text)) throw new UserError(`--jobs ${text}: must be a number from 0 to 999`)
  return Number(text)
}

export function oneOf<Word extends string>(
  word: string,
  flag: string,
  words: readonly Word[],
  later: readonly string[],
): Word {
  const found = words.find((one) => one === word)
  if (found !== undefined) return found
  if (later.includes(word)) throw notInThisVersion(`${flag} ${word}`)
  throw new UserError(`${flag} ${word}: must be one of ${words.join(', ')}${didYouMean(word, words)}`)
}

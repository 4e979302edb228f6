import { didYouMean, readPolicyIds } from '../config/index.ts'
import { notInThisVersion, severities, UserError, type Policy, type Severity } from '../model/index.ts'
import type { VerifiedLevel } from '../verify/index.ts'
import type { Arguments } from './arguments.ts'

/** Flags whose value is one of a few words, a number or a time. */

export type FailOn = Severity | 'never'

export function readFailOn(args: Arguments, fallback: FailOn): FailOn {
  return oneOf(args.last('fail-on') ?? fallback, '--fail-on', ['never', ...severities], [])
}

export function readLevel(args: Arguments): VerifiedLevel {
  return oneOf(
    args.last('verify') ?? 'policy',
    '--verify',
    ['text', 'policy'],
    ['api', 'admission', 'rollout'],
  )
}

export function checkEngines(args: Arguments): void {
  for (const name of args.all('engines').flatMap((value) => value.split(',')))
    oneOf(name.trim(), '--engines', ['builtin'], ['kube-linter', 'kyverno'])
}

/** Policy ids of `--only` (undefined = all) and `--skip`. */
export function readPolicies(
  args: Arguments,
  policies: readonly Policy[],
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

import type { Arguments } from './arguments.ts'
import type { FlagName } from './flags.ts'

/** Flags without which a next run would not see the same findings. */
const kept: readonly FlagName[] = ['diff', 'state', 'baseline', 'config', 'set', 'only', 'skip', 'registry']

/** The arguments of this run that a suggested next command needs, paths last. */
export function nextArguments(args: Arguments, paths: readonly string[]): string[] {
  const flags = kept.flatMap((flag) => args.all(flag).map((value) => `--${flag}=${value}`))
  const dashes = paths.some((path) => /^-./.test(path)) ? ['--'] : []
  return [...flags, ...dashes, ...paths]
}

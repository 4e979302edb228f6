import { analyse, exitCodeOf } from './analyse.ts'
import type { Arguments } from './arguments.ts'
import { readFailOn } from './choices.ts'
import { nextArguments } from './next.ts'
import { readTargets, wantsPatch, writeReports } from './output.ts'
import type { ExitCode, World } from './world.ts'

/** `scan`: finds, proposes, verifies and reports; changes nothing. */
export async function scan(args: Arguments, world: World): Promise<ExitCode> {
  const paths = args.positionals.length === 0 ? ['.'] : args.positionals
  const failOn = readFailOn(args, 'low')
  const targets = readTargets(args, 'pretty', world.folder)
  const quiet = args.has('quiet')
  const { outcome } = await analyse(args, world, {
    paths,
    unsafeFixes: args.has('unsafe-fixes'),
    changes: wantsPatch(targets),
    quiet,
  })
  const written = new Set<string>()
  const choices = {
    show: quiet ? 'findings' : 'all',
    command: 'scan',
    dryRun: false,
    written,
    next: nextArguments(args, paths),
  } as const
  await writeReports(outcome, targets, world, { screen: world.stdout, choices, args })
  return exitCodeOf(outcome.report, failOn, written)
}

import { resolve } from 'node:path'
import { writeBaseline } from '../change/index.ts'
import { UserError } from '../model/index.ts'
import { count, quote } from '../report/index.ts'
import { analyse, exitCodeOf } from './analyse.ts'
import type { Arguments } from './arguments.ts'
import { readFailOn } from './choices.ts'
import { nextArguments } from './next.ts'
import { checkWritable, readTargets, wantsPatch, writeReport, writeReports } from './output.ts'
import type { ExitCode, World } from './world.ts'

/** `scan`: finds, proposes, verifies and reports; changes nothing. */
export async function scan(args: Arguments, world: World): Promise<ExitCode> {
  const paths = args.positionals.length === 0 ? ['.'] : args.positionals
  const failOn = readFailOn(args, 'low')
  const targets = readTargets(args, 'pretty', world.folder)
  const quiet = args.has('quiet')
  const baseline = args.last('write-baseline')
  if (baseline !== undefined && args.has('diff'))
    throw new UserError(
      '--write-baseline writes all findings, and --diff leaves most of them out',
      'leave out --diff',
    )
  if (baseline !== undefined) checkWritable(resolve(world.folder, baseline), baseline, '--write-baseline')
  const { outcome } = await analyse(args, world, {
    paths,
    unsafeFixes: args.has('unsafe-fixes'),
    changes: wantsPatch(targets),
    quiet,
    decides: true,
  })
  if (baseline !== undefined) {
    writeReport(
      resolve(world.folder, baseline),
      baseline,
      writeBaseline(outcome.report.findings),
      '--write-baseline',
    )
    if (!quiet)
      await world.stderr.write(
        `k8s-autofix: ${baseline} holds ${count(outcome.report.findings.length, 'finding')}; scan --baseline ${quote(baseline)} takes them as given\n`,
      )
  }
  const written = new Set<string>()
  const choices = {
    show: quiet ? 'findings' : 'all',
    command: 'scan',
    dryRun: false,
    written,
    next: nextArguments(args, paths),
  } as const
  await writeReports(outcome, targets, world, { screen: world.stdout, choices, args })
  // What was just written down is taken as given.
  const settled =
    baseline === undefined ? written : new Set(outcome.report.findings.map(({ fingerprint }) => fingerprint))
  return exitCodeOf(outcome.report, failOn, settled)
}

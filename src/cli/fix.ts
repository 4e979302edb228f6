import { resolve } from 'node:path'
import { writeFiles, type WriteResult } from '../adapters/write.ts'
import { withoutChanges, type FileChange } from '../pipeline.ts'
import type { Outcome } from '../run.ts'
import { stdinName } from '../adapters/running.ts'
import { analyse, exitCodeOf, isIncomplete, readsStdin } from './analyse.ts'
import type { Arguments } from './arguments.ts'
import { readFailOn } from './choices.ts'
import { printError } from './errors.ts'
import { nextArguments } from './next.ts'
import { readTargets, writeReports, type PrettyChoices } from './output.ts'
import { exitCodes, worst, type ExitCode, type World } from './world.ts'

/** `fix`: the same as `scan`, then writes the verified fixes; `--dry-run` prints the diff instead. */
export async function fix(args: Arguments, world: World): Promise<ExitCode> {
  const paths = args.positionals.length === 0 ? ['.'] : args.positionals
  const dryRun = args.has('dry-run')
  const failOn = readFailOn(args, 'never')
  const targets = readTargets(args, dryRun ? 'patch' : 'pretty', world.folder)
  const asFilter = readsStdin(paths) && !dryRun
  const quiet = args.has('quiet')
  const { outcome, stdin } = await analyse(args, world, {
    paths,
    unsafeFixes: args.has('unsafe-fixes'),
    changes: true,
    quiet,
    decides: false,
  })
  if (!dryRun && isIncomplete(outcome.report)) {
    outcome.changes = []
    await printError(
      world,
      args,
      'nothing is written: who was asked to judge did not answer for everything',
      'leave out --cluster or --engines to write what our own policies prove',
    )
  }
  const { written, failed } = dryRun
    ? { written: new Set<string>(), failed: false }
    : await (asFilter ? printFixed(outcome, stdin ?? '', world) : writeFixed(outcome, world, args))
  // A dry run counts as if it had written: it answers what would remain.
  const settled = dryRun ? new Set(outcome.changes.flatMap(({ fingerprints }) => fingerprints)) : written
  const choices: PrettyChoices = {
    show: quiet ? 'findings' : 'all',
    command: 'fix',
    dryRun,
    written: settled,
    next: nextArguments(args, paths),
  }
  const screen = asFilter ? world.stderr : world.stdout
  await writeReports(outcome, targets, world, { screen, choices, args })
  // The diff alone does not tell what is left, nor that it was not written.
  if (dryRun && targets.screen === 'patch' && !quiet) {
    const summary = { screen: world.stderr, choices: { ...choices, show: 'summary' as const }, args }
    await writeReports(outcome, { screen: 'pretty', files: [] }, world, summary)
  }
  return worst([exitCodeOf(outcome.report, failOn, settled), failed ? exitCodes.usage : exitCodes.done])
}

/** Writes the new text of every file, and notes in the report which ones were. */
async function writeFixed(
  outcome: Outcome,
  world: World,
  args: Arguments,
): Promise<{ written: Set<string>; failed: boolean }> {
  // What others need comes first: a kustomization shall name no file that is not there.
  const created = await write(
    outcome.changes.filter(({ before }) => before === undefined),
    world,
  )
  const missing = new Set(created.flatMap(({ file, error }) => (error === undefined ? [] : [file])))
  const rest = outcome.changes.filter(({ before }) => before !== undefined)
  const results = [...created, ...(await write(withoutChanges(rest, missing), world))]
  const failures = results.flatMap(({ error }) => error ?? [])
  for (const { message, hint } of failures) await printError(world, args, message, hint)
  const done = new Set(results.flatMap(({ file, error }) => (error === undefined ? [file] : [])))
  for (const entry of outcome.report.files) entry.written = done.has(entry.file)
  const left = new Set(outcome.changes.flatMap(({ file }) => (done.has(file) ? [] : [file])))
  const written = withoutChanges(outcome.changes, left)
  return {
    written: new Set(written.flatMap(({ fingerprints }) => fingerprints)),
    failed: failures.length > 0,
  }
}

async function write(changes: readonly FileChange[], world: World): Promise<WriteResult[]> {
  return writeFiles(
    changes.map(({ file, before, after }) => ({ file, path: resolve(world.folder, file), before, after })),
  )
}

/** As a filter: the fixed text, or the text as it came, goes to standard output. */
async function printFixed(
  outcome: Outcome,
  stdin: string,
  world: World,
): Promise<{ written: Set<string>; failed: boolean }> {
  const change = outcome.changes.find(({ file }) => file === stdinName)
  await world.stdout.write(change?.after ?? stdin)
  return { written: new Set(change?.fingerprints), failed: false }
}

import { stdinName } from '../adapters/running.ts'
import { maximumBytes } from '../adapters/workspace.ts'
import { readBaseline, wholeScope } from '../change/index.ts'
import { counts, UserError, type Report } from '../model/index.ts'
import type { Request } from '../pipeline.ts'
import type { Outcome } from '../run.ts'
import { choosable } from '../kyverno/index.ts'
import { exceptionProblems } from '../report/index.ts'
import type { State } from '../schedule/index.ts'
import type { Arguments } from './arguments.ts'
import { readChosen, readJobs, readLevel, readOutside, readTimeout, type FailOn } from './choices.ts'
import { feedsOf } from './feeds.ts'
import { filesBefore, filesHere, readConfig, type SettingsFiles } from './files.ts'
import { showProgress } from './progress.ts'
import { exitCodes, worst, type ChangeInput, type ExitCode, type World } from './world.ts'

export interface AnalyseOptions {
  paths: readonly string[]
  unsafeFixes: boolean
  /** Whether the new text of each file is wanted. */
  changes: boolean
  quiet: boolean
  /** Whether it is said of a change what a review would suggest. */
  decides: boolean
  /** What was learned; by default what `--state` names. */
  state?: State | undefined
}

export interface Analysis {
  outcome: Outcome
  /** What came on standard input; undefined where files were read. */
  stdin: string | undefined
}

/** Reads configuration and input, and runs the pipeline over it, or over what a change does to it. */
export async function analyse(args: Arguments, world: World, options: AnalyseOptions): Promise<Analysis> {
  const range = args.last('diff')
  if (range === undefined) {
    if (options.decides && args.has('state'))
      throw new UserError(
        '--state decides what of a change a review would suggest, and no change is named',
        'add --diff BASE...HEAD',
      )
    return analyseHere(args, world, options, undefined)
  }
  if (readsStdin(options.paths))
    throw new UserError('--diff reads commits, so it cannot be combined with standard input')
  const change = await world.engine.checkOut(range)
  try {
    return await analyseHere(args, world, options, change)
  } finally {
    change.checkout.remove()
  }
}

async function analyseHere(
  args: Arguments,
  world: World,
  options: AnalyseOptions,
  change: ChangeInput | undefined,
): Promise<Analysis> {
  const { level, requested } = readLevel(args)
  const outside = readOutside(args, requested)
  const files = change === undefined ? filesHere(world.folder) : await filesBefore(change, args, world.folder)
  const config = await readConfig(args, world, files)
  const request: Request = {
    level,
    time: world.time(),
    ...readChosen(args, choosable([...world.engine.policies, ...config.own], config.kyverno)),
    config,
    unsafeFixes: options.unsafeFixes,
    changes: options.changes,
    api: outside.api,
    beside: outside.engines.length > 0 || outside.cluster !== undefined,
  }
  const state = options.state ?? (await stateOf(args, world))
  const reverts = state && (await import('../deciding.ts')).revertsOf(state, request.time)
  if (reverts !== undefined) request.reverts = reverts
  const accepted = readAccepted(args, files)
  if (accepted !== undefined) request.scope = { ...wholeScope, accepted }
  const timeout = readTimeout(args)
  const jobs = readJobs(args, world.processors)
  const stdin = readsStdin(options.paths) ? await readStdin(world) : undefined
  const progress = showProgress(world, options.quiet)
  try {
    const paths = stdin === undefined ? options.paths : []
    const warnings: string[] = []
    const warn = (text: string): void => void warnings.push(text)
    const feeds = await feedsOf(args, world, { progress: progress.say, warn })
    const outcome = await world.engine.run(request, {
      startedIn: world.folder,
      paths,
      stdin,
      jobs,
      timeout,
      progress: progress.show,
      outside,
      requested,
      environment: world.env,
      starting: progress.say,
      warn,
      change,
      ...(accepted && { accepted }),
      ...(feeds && { feeds }),
    })
    if (change !== undefined && options.decides) await decideOn(outcome, change, args, world, state)
    progress.clear()
    for (const text of [...warnings, ...exceptionProblems(outcome.report)])
      await world.stderr.write(`k8s-autofix: ${text}\n`)
    return { outcome, stdin }
  } finally {
    progress.clear()
  }
}

/** Whoever learns nothing loads nothing of it. */
async function stateOf(args: Arguments, { folder }: World): Promise<State | undefined> {
  const named = args.last('state')
  return named === undefined ? undefined : (await import('./state.ts')).readState(named, folder)
}

/** Suggestions of a review, where nobody has asked for another number. */
const usualPlaces = 3

/** Writes down what a review of the change would suggest, and why. */
async function decideOn(
  outcome: Outcome,
  { checkout, prefix }: ChangeInput,
  args: Arguments,
  world: World,
  state: State | undefined,
): Promise<void> {
  // Who asks about no change loads nothing of it.
  const [{ choicesOf, createChooser, firstVerdicts, writeDecisions }, { emptyState }] = await Promise.all([
    import('../choosing.ts'),
    import('../schedule/index.ts'),
  ])
  const choosing = {
    config: outcome.config,
    state: state ?? emptyState,
    // A state that a workflow has learned knows its repository by this name.
    repository: world.env['GITHUB_REPOSITORY'] ?? '',
    change: 0,
    time: world.time(),
    takesUnsafe: args.has('unsafe-fixes'),
    attributes: await checkout.read('.gitattributes'),
    prefix,
  }
  const choices = choicesOf(outcome, choosing)
  const chooser = createChooser(choices, choosing)
  writeDecisions(chooser.decide(firstVerdicts(chooser, choices, usualPlaces)))
}

/** Fingerprints that `--baseline` takes as given. */
function readAccepted(args: Arguments, files: SettingsFiles): ReadonlySet<string> | undefined {
  const named = args.last('baseline')
  if (named === undefined) return undefined
  const text = files.readNamed(named)
  if (text === undefined)
    throw new UserError(
      `--baseline ${named}: no such file${files.isBefore ? ' before the change' : ''}`,
      `k8s-autofix scan --write-baseline ${named}`,
    )
  return readBaseline(text, named)
}

/** Whether the paths are `-`, which stands alone. */
export function readsStdin(paths: readonly string[]): boolean {
  if (!paths.includes('-')) return false
  if (paths.length > 1)
    throw new UserError(
      '- (standard input) cannot be combined with other paths',
      'a file of that name is ./-',
    )
  return true
}

export async function readStdin(world: World): Promise<string> {
  const bytes = await world.stdin()
  if (bytes.length > maximumBytes)
    throw new UserError(`${stdinName}: is larger than ${maximumBytes / 1024 / 1024} MiB`)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new UserError(`${stdinName}: is not UTF-8 text`)
  }
}

/** Whether an engine or a cluster that was asked for has failed. */
export function isIncomplete({ engines, verification }: Report): boolean {
  return engines.some(({ status }) => status === 'failed') || verification.cluster?.status === 'failed'
}

/** What a report means for the exit code. `settled` are findings that no longer count. */
export function exitCodeOf(report: Report, failOn: FailOn, settled: ReadonlySet<string>): ExitCode {
  const codes: ExitCode[] = []
  if (isIncomplete(report)) codes.push(exitCodes.incomplete)
  if (report.unread.some(({ broken }) => broken)) codes.push(exitCodes.usage)
  if (failOn !== 'never') {
    const counted = report.findings.filter(
      (finding) =>
        counts(finding) && !settled.has(finding.fingerprint) && ranks[finding.severity] >= ranks[failOn],
    )
    if (counted.length > 0) codes.push(exitCodes.findings)
  }
  return worst(codes)
}

const ranks = { low: 0, medium: 1, high: 2, critical: 3 } as const

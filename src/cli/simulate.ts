import { resolve } from 'node:path'
import { didYouMean } from '../config/index.ts'
import { UserError } from '../model/index.ts'
import { count, curvesSvg, curvesText, jsonText } from '../report/index.ts'
import type { Estimate, Figure, Replay, Simulation } from '../schedule/index.ts'
import type { Arguments } from './arguments.ts'
import { checkWritable, writeReport } from './output.ts'
import { showProgress } from './progress.ts'
import { exitCodes, type ExitCode, type World } from './world.ts'

/** `simulate`: what each scheduler is worth for reviewers whose tastes are known. Exit 1 where a demand is missed. */
export async function simulate(args: Arguments, world: World): Promise<ExitCode> {
  if (args.positionals.length > 0)
    throw new UserError(`simulate ${args.positionals[0]}: takes no path`, 'k8s-autofix simulate --help')
  const state = args.last('state')
  if (state !== undefined) return replayState(state, args, world)
  // Who asks for nothing of it loads nothing of it.
  const { demandsOn, profiles, simulateAll } = await import('../schedule/index.ts')
  const seeds = readSeeds(args)
  const names = readReviewers(args, Object.keys(profiles))
  const format = readSimulateFormat(args)
  const svg = args.last('svg')
  if (svg !== undefined) checkWritable(resolve(world.folder, svg), svg, '--svg')
  const progress = showProgress(world, args.has('quiet'))
  const simulation = simulateAll(seeds, {
    names,
    progress: (done, of) => progress.show(done, of, 'simulated repositories'),
  })
  progress.clear()
  const demands = demandsOn(simulation.figures)
  if (svg !== undefined)
    writeReport(resolve(world.folder, svg), svg, plots(simulation, names, seeds), '--svg')
  await world.stdout.write(
    format === 'json'
      ? jsonText({ seeds, figures: simulation.figures, demands, curves: simulation.curves })
      : `${names.map((name) => forReviewer(name, simulation, world)).join('\n')}
${demands
  .map(
    ({ text, measured, limit, isMet }) =>
      `${isMet ? 'met   ' : 'MISSED'}  ${text}: ${measured.toFixed(2)} (limit ${limit})`,
  )
  .join('\n')}
`,
  )
  return demands.every(({ isMet }) => isMet) ? exitCodes.done : exitCodes.findings
}

/** `simulate --state FILE`: what other schedulers would have been worth on what has happened. */
async function replayState(name: string, args: Arguments, world: World): Promise<ExitCode> {
  for (const flag of ['seeds', 'reviewer', 'svg'] as const)
    if (args.has(flag))
      throw new UserError(`--${flag} is for simulated reviewers, and --state replays what has happened`)
  const format = readSimulateFormat(args)
  const [{ backlogId, replay, seededRandom, slatePlaces }, { readState }, { repositoryOf }] =
    await Promise.all([import('../schedule/index.ts'), import('./state.ts'), import('./queue-place.ts')])
  const state = await readState(name, world.folder)
  const replayed = replay(state, slatePlaces, seededRandom(1), backlogId(repositoryOf(world)))
  if (replayed === undefined)
    throw new UserError(
      `--state ${name}: no change request in it has an outcome yet`,
      'a suggestion has one when it is taken, or when its pull request is merged without it',
    )
  await world.stdout.write(format === 'json' ? jsonText(replayed) : replayText(replayed))
  return exitCodes.done
}

function replayText({ changes, shown, schedulers, calibration }: Replay): string {
  const cell = ({ value, low, high }: Estimate): string =>
    `${value.toFixed(1).padStart(6)} (${low.toFixed(1)} to ${high.toFixed(1)})`.padEnd(25)
  const rows = schedulers.map(({ name, evaluation: { ips, snips, doublyRobust, effectiveSize } }) =>
    `  ${name.padEnd(10)}${cell(ips)}${cell(snips)}${cell(doublyRobust)}${effectiveSize.toFixed(0).padStart(5)}`.trimEnd(),
  )
  return `${count(changes, 'change request')} with ${count(shown, 'suggestion')} whose outcome is known: points of risk for each change request,
and the middle 95 % over change requests drawn again
  scheduler  weighed (IPS)           of their sum (SNIPS)     doubly robust            worth
${rows.join('\n')}
worth: as many suggestions of equal weight the log is for this question; of fewer than some 50 nothing can be said

  risk      shown  fixed  as suggested
${calibration.risk
  .filter((bin) => bin.shown > 0)
  .map(
    ({ from, to, shown: all, fixed, committed }) =>
      `  ${`${from}-${to}`.padEnd(8)}${String(all).padStart(7)}${percent(fixed, all).padStart(7)}${percent(committed, all).padStart(14)}`,
  )
  .join('\n')}
${calibration.breakage
  .map(
    ({ atMost, committed, broke }) =>
      `  chance to break something at most ${percent(atMost, 1)}: ${broke} of ${committed} taken back`,
  )
  .join('\n')}
`
}

function percent(part: number, of: number): string {
  return `${((100 * part) / of).toFixed(0)} %`
}

function readSimulateFormat(args: Arguments): 'pretty' | 'json' {
  const format = args.last('format') ?? 'pretty'
  if (format !== 'pretty' && format !== 'json')
    throw new UserError(`--format ${format}: simulate has pretty and json`)
  return format
}

function forReviewer(name: string, { figures, curves }: Simulation, world: World): string {
  const drawn = curves
    .filter(({ profile }) => profile === name)
    .map(({ scheduler, regret }) => ({ name: scheduler, values: regret }))
  const row = ({ scheduler, share, lastShare, regret, shown, unseen }: Figure): string =>
    [
      `  ${scheduler.padEnd(10)}`,
      `${(100 * share).toFixed(1).padStart(5)} %`,
      `${(100 * lastShare).toFixed(1).padStart(5)} %`,
      regret.toFixed(0).padStart(7),
      shown.toFixed(2).padStart(6),
      String(unseen).padStart(7),
    ].join('  ')
  return `${curvesText(`${name}: value lost to the best choice, over change requests`, drawn, world.stdout.columns ?? 80)}
  scheduler   of best  at the end  lost   shown  unseen
${figures
  .filter(({ profile }) => profile === name)
  .map(row)
  .join('\n')}
`
}

function plots({ curves }: Simulation, names: readonly string[], seeds: number): string {
  return curvesSvg(
    `Value lost to the best choice, over change requests (means of ${seeds} seeds)`,
    names.map((name) => ({
      title: name,
      curves: curves
        .filter(({ profile }) => profile === name)
        .map(({ scheduler, regret }) => ({ name: scheduler, values: regret })),
    })),
  )
}

function readSeeds(args: Arguments): number {
  const text = args.last('seeds') ?? '10'
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UserError(`--seeds ${text}: must be a number from 1 to 9999`)
  return Number(text)
}

function readReviewers(args: Arguments, known: readonly string[]): readonly string[] {
  const named = args.all('reviewer').flatMap((value) => value.split(','))
  for (const name of named)
    if (!known.includes(name))
      throw new UserError(`--reviewer ${name}: must be one of ${known.join(', ')}${didYouMean(name, known)}`)
  return named.length === 0 ? known : known.filter((name) => named.includes(name))
}

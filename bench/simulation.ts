import { demandsOn, simulateAll, type Figure } from '../src/schedule/index.ts'
import type { Benchmark } from './main.ts'
import { table } from './measure.ts'

/** So many seeds are run in the tests, which compare every figure with the one that is committed. */
export const testedSeeds = 3

/** What the learning scheduler is worth beside the others, in simulated repositories. */
export const simulation: Benchmark = (print, args) => {
  const seeds = Number(args[0] ?? 60)
  const { figures } = simulateAll(seeds)
  print(`means of ${seeds} seeds; 500 change requests, about 8 fixes each, 3 places`)
  print('share    what was shown is worth, of what the best slates under the same rules are worth')
  print('last     the same over the last 50 change requests')
  print('regret   points of value less than the best, after 200 and after 500 change requests\n')
  print(figuresText(figures))
  print('')
  const demands = demandsOn(figures)
  print(
    table(
      ['what is demanded', 'measured', 'limit', ''],
      demands.map(({ text, measured, limit, isMet }) => [
        text,
        measured.toFixed(2),
        limit,
        isMet ? 'met' : 'MISSED',
      ]),
    ),
  )
  print(`\n# The first ${testedSeeds} seeds, as the tests run them\n`)
  print(figuresText(simulateAll(testedSeeds).figures))
  if (demands.some(({ isMet }) => !isMet)) process.exitCode = 1
  return Promise.resolve()
}

export function figuresText(figures: readonly Figure[]): string {
  return table(
    ['reviewer', 'scheduler', 'share', 'last', 'regret@200', 'regret@500', 'shown', 'unseen'],
    figures.map(({ profile, scheduler, share, lastShare, regret200, regret, shown, unseen }) => [
      profile,
      scheduler,
      share.toFixed(3),
      lastShare.toFixed(3),
      regret200.toFixed(0),
      regret.toFixed(0),
      shown.toFixed(2),
      unseen,
    ]),
  )
}

import { type Finding, type Report } from '../src/model/index.ts'
import type { Benchmark } from './main.ts'
import { cli, corpora, reportOf, requireCorpus, resourceDefaults, table } from './measure.ts'

const defaults = Object.entries(resourceDefaults).flatMap(([kind, amounts]) =>
  Object.entries(amounts).flatMap(([name, value]) => [
    '--set',
    `resources.defaults.${kind}.${name}=${value}`,
  ]),
)
const modes: readonly (readonly [name: string, ...flags: string[]])[] = [
  ['strict'],
  ['with resource defaults', ...defaults],
]

/**
 * Clear rate and fix rate per policy, and what became of the findings that were not fixed. From the JSON reports of
 * real runs.
 */
export const rates: Benchmark = async (print) => {
  print('clear rate  fixed / all findings')
  print(
    'fix rate    fixed / (fixed + refused); a refusal by a hazard or to keep data is a refusal too, counted apart',
  )
  print('safe        counts only the fixes that `fix` writes without --unsafe-fixes; all counts both kinds')
  for (const corpus of corpora)
    for (const [mode, ...flags] of modes) {
      const run = cli(
        'scan',
        '--verify',
        'policy',
        '--format',
        'json',
        '--fail-on',
        'never',
        ...flags,
        requireCorpus(corpus),
      )
      const report = reportOf(run)
      const { files, resources, findings, unread, invalid } = report.summary
      print(`\n## ${corpus}, ${mode}`)
      print(
        `${files} files, ${resources} resources, ${findings} findings, ${unread} files not read, ${invalid} without a verdict\n`,
      )
      print(perPolicy(report))
      print('')
      print(perReason(report))
    }
}

function perPolicy({ findings }: Report): string {
  const groups = Map.groupBy(findings, ({ policy }) => policy)
  const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([policy, list]) => rateRow(policy, list))
  return table(
    [
      'policy',
      'findings',
      'fixed',
      'safe',
      'hazard',
      'keeps data',
      'refused else',
      'needs value',
      'advice',
      'clear',
      'clear safe',
      'fix',
      'fix safe',
    ],
    [...rows, rateRow('all', findings)],
  )
}

function rateRow(name: string, findings: readonly Finding[]): (string | number)[] {
  const count = (test: (finding: Finding) => boolean): number => findings.filter(test).length
  const fixed = count(({ state }) => state === 'fixed')
  const safe = count(({ state, safe: isSafe }) => state === 'fixed' && isSafe === true)
  const refused = count(({ state }) => state === 'refused')
  const hazard = count(
    ({ state, reason }) => state === 'refused' && reason?.code.startsWith('hazard:') === true,
  )
  const keeps = count(({ state, reason }) => state === 'refused' && reason?.code === 'removes-data')
  return [
    name,
    findings.length,
    fixed,
    safe,
    hazard,
    keeps,
    refused - hazard - keeps,
    count(({ state }) => state === 'needs-value'),
    count(({ state }) => state === 'advice'),
    percent(fixed, findings.length),
    percent(safe, findings.length),
    percent(fixed, fixed + refused),
    percent(safe, fixed + refused),
  ]
}

function perReason({ findings }: Report): string {
  const groups = Map.groupBy(
    findings.filter(({ state }) => state !== 'fixed'),
    ({ state, reason }) => `${state}: ${reason?.code ?? '(no reason)'}`,
  )
  const rows = [...groups].map(([reason, list]) => [reason, list.length] as const).sort((a, b) => b[1] - a[1])
  return table(['state and reason', 'findings'], rows)
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`
}

import { table } from '../measure.ts'
import { isAccepted, messageOf, reasonOf, type Answer } from './answer.ts'
import { verdicts, type Comparison, type Verdict } from './compare.ts'

/** One object, both answers, and how they compare. */
export interface Case {
  /** E.g. `normalised/stack`, `generated`, `update`. */
  group: string
  /** File and place, or what was done to a seed. */
  name: string
  apiVersion: string
  kind: string
  /** What was sent. */
  text: string
  server: Answer
  engine: Answer
  comparison: Comparison
}

export interface Counts {
  total: number
  rejected: number
  verdicts: Map<Verdict, number>
  /** Of those that depend on a cluster's state. */
  states: Map<string, number>
}

export function count(cases: readonly Case[]): Counts {
  const counts: Counts = { total: 0, rejected: 0, verdicts: new Map(), states: new Map() }
  for (const { comparison, server } of cases) {
    counts.total++
    if (comparison.state !== undefined) {
      const state = `${comparison.state} (${comparison.verdict})`
      counts.states.set(state, (counts.states.get(state) ?? 0) + 1)
      continue
    }
    if (!isAccepted(server)) counts.rejected++
    counts.verdicts.set(comparison.verdict, (counts.verdicts.get(comparison.verdict) ?? 0) + 1)
  }
  return counts
}

/** Verdicts that are the same on both sides, whatever the words. */
export function parity({ verdicts: found }: Counts): { same: number; judged: number } {
  const judged = [...found.values()].reduce((sum, number) => sum + number, 0)
  const apart = (
    ['accepts what the server rejects', 'rejects what the server accepts', 'no answer'] as const
  ).reduce((sum, verdict) => sum + (found.get(verdict) ?? 0), 0)
  return { same: judged - apart, judged }
}

/** Of the objects that both reject, how many with the same reason and the same fields. */
export function agreement(cases: readonly Case[]): { same: number; rejections: number } {
  const both = cases.filter(
    ({ comparison, server, engine }) =>
      comparison.state === undefined &&
      comparison.verdict !== 'no answer' &&
      !isAccepted(server) &&
      !isAccepted(engine),
  )
  const same = both.filter(({ comparison }) => comparison.verdict !== 'other reason or fields')
  return { same: same.length, rejections: both.length }
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`
}

/** Counts of every group, one column each. */
export function countTable(cases: readonly Case[]): string {
  const groups = new Map<string, Case[]>()
  for (const one of cases) groups.set(one.group, [...(groups.get(one.group) ?? []), one])
  const columns = [...groups.keys(), 'all']
  const perGroup = [...groups.values(), [...cases]]
  const counts = perGroup.map(count)
  const states = new Set(counts.flatMap(({ states: found }) => [...found.keys()]))
  const rows: (readonly (string | number)[])[] = [
    ['objects', ...counts.map(({ total }) => total)],
    ['rejected by the server for content', ...counts.map(({ rejected }) => rejected)],
    ...verdicts.map((verdict) => [verdict, ...counts.map((one) => one.verdicts.get(verdict) ?? 0)]),
    [
      'same verdict',
      ...counts.map((one) => {
        const { same, judged } = parity(one)
        return percent(same, judged)
      }),
    ],
    [
      'same reason and fields, of rejections',
      ...perGroup.map((some) => {
        const { same, rejections } = agreement(some)
        return percent(same, rejections)
      }),
    ],
    ...[...states]
      .sort()
      .map((state) => [`state: ${state}`, ...counts.map((one) => one.states.get(state) ?? 0)]),
  ]
  return table(['', ...columns], rows)
}

/** Kinds of difference with their numbers, the most frequent first. */
export function differenceTable(cases: readonly Case[], limit = 200): string {
  const found = new Map<string, { count: number; verdict: Verdict; first: Case }>()
  for (const one of cases) {
    if (one.comparison.verdict === 'equal' || one.comparison.state !== undefined) continue
    const key = keyOf(one)
    const entry = found.get(key)
    if (entry === undefined) found.set(key, { count: 1, verdict: one.comparison.verdict, first: one })
    else entry.count++
  }
  const lines = [...found]
    .sort(([, a], [, b]) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) || b.count - a.count)
    .slice(0, limit)
    .map(([key, { count: number, first }]) => `${String(number).padStart(6)}  ${key}   e.g. ${first.name}`)
  return lines.length === 0 ? 'no differences' : lines.join('\n')
}

/** What is alike about differences: the kind, the verdict, and the first difference without its values. */
export function keyOf({ apiVersion, kind, comparison }: Case): string {
  const [first = ''] = comparison.differences
  return `${comparison.verdict} | ${apiVersion} ${kind} | ${shape(first)}`
}

function shape(text: string): string {
  return text
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, (quoted) => (quoted.length > 60 ? `${quoted.slice(0, 57)}…"` : quoted))
    .replaceAll(/\[\d+\]/g, '[]')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 240)
}

/** The first examples of every kind of difference, the worst first, with both answers in full. */
export function examples(cases: readonly Case[], each = 1, limit = 150): string {
  const shownOf = new Map<string, number>()
  const chosen: Case[] = []
  const worst = [...cases]
    .filter(({ comparison }) => comparison.verdict !== 'equal' && comparison.state === undefined)
    .sort((a, b) => verdicts.indexOf(a.comparison.verdict) - verdicts.indexOf(b.comparison.verdict))
  for (const one of worst) {
    if (chosen.length >= limit) break
    const key = keyOf(one)
    const number = shownOf.get(key) ?? 0
    if (number >= each) continue
    shownOf.set(key, number + 1)
    chosen.push(one)
  }
  return chosen.map(exampleText).join('\n')
}

export function exampleText(one: Case): string {
  const { comparison, name, text, server, engine } = one
  return [
    `=== ${comparison.verdict}: ${one.group}: ${one.apiVersion} ${one.kind}: ${name}`,
    ...comparison.differences.slice(0, 20).map((line) => `  - ${line.slice(0, 2000)}`),
    '--- text',
    text.length > 6000 ? `${text.slice(0, 6000)}…` : text,
    `--- server: ${answerText(server)}`,
    `--- engine: ${answerText(engine)}`,
    '',
  ].join('\n')
}

function answerText(answer: Answer): string {
  const { code, warnings, trouble, unknownKind } = answer
  const rest = isAccepted(answer) ? 'accepted' : `${reasonOf(answer)} ${JSON.stringify(answer.status)}`
  return [
    `${code} ${rest}`,
    ...(trouble === undefined ? [] : [`trouble: ${trouble.slice(0, 3000)}`]),
    ...(unknownKind === true ? ['unknown kind'] : []),
    ...(isAccepted(answer) || messageOf(answer) === '' ? [] : [messageOf(answer).slice(0, 2000)]),
    ...warnings.map((warning) => `warning: ${warning}`),
  ].join('\n    ')
}

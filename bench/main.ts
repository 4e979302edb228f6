/**
 * Prints the published figures, each with the date, versions, corpora and the command that made it.
 *
 *   npm run bench -- NAME [--write]     NAME: edits, speed, api, rates, invariants, cluster, outcomes, detection, parity, simulation, schedule, review, differential, or all; --write keeps the text in docs/evidence/
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { manifest, root } from '../scripts/package.ts'
import { corpora, corpusHash, requireCorpus } from './measure.ts'

/** A benchmark prints its figures through `print`. */
export type Benchmark = (print: (text: string) => void, args: readonly string[]) => Promise<void>

const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  edits: async () => (await import('./edits.ts')).edits,
  speed: async () => (await import('./speed.ts')).speed,
  api: async () => (await import('./api.ts')).api,
  invariants: async () => (await import('./invariants.ts')).invariants,
  rates: async () => (await import('./rates.ts')).rates,
  cluster: async () => (await import('./cluster.ts')).cluster,
  outcomes: async () => (await import('./outcomes.ts')).outcomes,
  detection: async () => (await import('./detection.ts')).detection,
  parity: async () => (await import('./parity.ts')).parity,
  simulation: async () => (await import('./simulation.ts')).simulation,
  schedule: async () => (await import('./schedule.ts')).schedule,
  review: async () => (await import('./review.ts')).review,
  differential: async () => (await import('./differential/differential.ts')).differential,
}

async function run(name: string, args: readonly string[]): Promise<void> {
  const benchmark = benchmarks[name]
  if (benchmark === undefined)
    throw new Error(`no benchmark is called "${name}"; there are: ${Object.keys(benchmarks).join(', ')}, all`)
  const lines: string[] = []
  const print = (text: string): void => {
    console.log(text)
    lines.push(text)
  }
  print(header(name, args))
  await (
    await benchmark()
  )(print, args)
  if (process.argv.includes('--write')) {
    mkdirSync(join(root, 'docs', 'evidence'), { recursive: true })
    writeFileSync(join(root, 'docs', 'evidence', `${name}.txt`), `${lines.join('\n')}\n`)
  }
}

function header(name: string, args: readonly string[]): string {
  const [cpu] = cpus()
  return [
    `npm run bench -- ${[name, ...args].join(' ')}`,
    `date     ${new Date().toISOString().slice(0, 10)}`,
    `versions k8s-autofix ${manifest.version}, Node ${process.versions.node}`,
    `machine  ${cpus().length} x ${cpu?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    ...corpora.map((folder) => `corpus   ${folder} ${corpusHash(requireCorpus(folder))}`),
    '',
  ].join('\n')
}

const [name = 'all', ...args] = process.argv.slice(2).filter((arg) => arg !== '--write')
for (const one of name === 'all' ? Object.keys(benchmarks) : [name]) await run(one, args)

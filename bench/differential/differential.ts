/**
 * The engine beside a real kube-apiserver, over every object that we have.
 *
 *   npm run bench -- differential [--count N] [--seed S] [--only GROUP,…] [--engine PATH] [--log PATH] [--fresh] [--cache]
 *
 * --count   generated objects (20000)
 * --seed    of what is generated (1)
 * --only    groups to run: corpora, policies, generated, updates, pod-security, testdata, reading
 * --engine  a native build of engine/ (ENGINE_NATIVE; built where there is neither)
 * --cache   takes the server's answers from .cache/differential/ where they are there: for work on the engine
 * --fresh   with --cache: asks the server again
 *
 * The differences stand in .cache/differential/differences.txt as well, with the text of each object and both answers.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../../scripts/package.ts'
import { corpora } from '../measure.ts'
import type { Benchmark } from '../main.ts'
import { engineSide, serverSide, type AskOptions } from './ask.ts'
import { buildNative, NativeEngine, type Engine } from './engine.ts'
import { definitions, generatedSources, updateCases } from './generated.ts'
import { podSecurityCases } from './pod-security.ts'
import { readingReport } from './reading.ts'
import { countTable, differenceTable, examples, type Case } from './report.ts'
import { corpusSources, policySources, type Source } from './sources.ts'
import { testdataCases } from './testdata.ts'

const log = join(root, '.cache', 'differential', 'differences.txt')

export const differential: Benchmark = async (print, args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string', default: '20000' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      engine: { type: 'string' },
      log: { type: 'string', default: log },
      cache: { type: 'boolean', default: false },
      fresh: { type: 'boolean', default: false },
    },
  })
  const engine: Engine = new NativeEngine(values.engine ?? buildNative())
  const options: AskOptions = { cache: values.cache, fresh: values.fresh }
  const only = values.only === '' ? undefined : new Set(values.only.split(','))
  const wanted = (name: string): boolean => only === undefined || only.has(name)
  const generation = { count: Number(values.count), seed: Number(values.seed) }
  const cases: Case[] = []
  const notes: string[] = []
  // Written after every group: those who mend the differences need not wait for the last one.
  const write = (): void => {
    mkdirSync(dirname(values.log), { recursive: true })
    writeFileSync(values.log, [report(cases), ...notes, '', examples(cases)].join('\n'))
  }
  const run = async (name: string, make: () => Promise<Case[]>): Promise<void> => {
    if (!wanted(name)) return
    const started = performance.now()
    cases.push(...(await make()))
    console.error(
      `${name}: ${((performance.now() - started) / 1000).toFixed(1)} s, ${cases.length} cases so far`,
    )
    write()
  }
  const both = async (name: string, sources: readonly Source[]): Promise<Case[]> =>
    engineSide(engine, sources, await serverSide(name, sources, options))
  try {
    await run('policies', () => both('policy examples', policySources()))
    // Each corpus has a server of its own: what one repository brings along must not judge another.
    for (const corpus of corpora) await run('corpora', () => both(corpus, corpusSources(corpus)))
    if (wanted('reading')) notes.push(await readingReport(engine))
    await run('testdata', () => testdataCases(engine, options))
    await run('pod-security', () => podSecurityCases(engine, options))
    await run('generated', async () => {
      const sources = await generatedSources(generation, options)
      const side = await serverSide('generated', sources, { ...options, beside: definitions() })
      return engineSide(engine, sources, side)
    })
    await run('updates', () => updateCases(engine, generation, options))
  } finally {
    await engine.close()
    write()
  }
  print(report(cases))
  for (const note of notes) print(note)
  print(examples(cases, 1, 10))
}

function report(cases: readonly Case[]): string {
  return [countTable(cases), '', 'Differences, the worst first', differenceTable(cases), ''].join('\n')
}

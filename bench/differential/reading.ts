import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { equal, type JsonValue } from '../../src/model/index.ts'
import { mayHoldObjects, readSource } from '../../src/resources/index.ts'
import { readDocuments } from '../../src/yaml/index.ts'
import { corpora, manifests, requireCorpus, table } from '../measure.ts'
import { leafDifferences } from './compare.ts'
import type { Engine } from './engine.ts'
import { objectIn, textIn } from './json.ts'

/** How our reading of one document stands to the server's. */
export interface Reading {
  name: string
  /** E.g. `equal`, `we refuse (duplicate-key), they read`. */
  verdict: string
  /** What both said, where that is not the same. */
  detail: string
}

const same = 'equal'

/** Reads every document of a text twice: as we do, and as the server does. */
export async function readings(engine: Engine, name: string, text: string): Promise<Reading[]> {
  const source = readSource(name, text)
  const isTemplate = source.problems.some(({ code }) => code === 'template-source')
  // What holds no object is not read further by us; its documents are compared all the same.
  const documents = mayHoldObjects(name, text) ? source.documents : readDocuments(text)
  const found: Reading[] = []
  for (const { index, start, end, value, problems } of documents) {
    const answer = objectIn((await engine.ask({ op: 'read' }, [text.slice(start, end)])) as JsonValue)
    const [problem] = problems
    const ours = isTemplate ? 'template-source' : problem?.code
    found.push({
      name: `${name} [${index}]`,
      ...compareReadings(value, ours, problem?.message ?? '', answer),
    })
  }
  return found
}

function compareReadings(
  value: JsonValue | undefined,
  code: string | undefined,
  message: string,
  answer: Readonly<Record<string, JsonValue>>,
): Pick<Reading, 'verdict' | 'detail'> {
  const trouble = textIn(answer['error']) || textIn(answer['panic'])
  const theirs = answer['value']
  if (code !== undefined)
    return theirs === undefined
      ? { verdict: `both refuse (${code})`, detail: '' }
      : { verdict: `we refuse (${code}), they read`, detail: message }
  if (theirs === undefined) return { verdict: 'we read, they refuse', detail: trouble }
  const ours = value ?? null
  if (equal(ours, theirs)) return { verdict: same, detail: '' }
  return { verdict: 'other value', detail: leafDifferences(theirs, ours, '').slice(0, 5).join('; ') }
}

/** Every document of the corpora; a difference each, after the counts. */
export async function readingReport(engine: Engine): Promise<string> {
  const counts = new Map<string, Map<string, number>>()
  const differences: string[] = []
  for (const corpus of corpora) {
    const folder = requireCorpus(corpus)
    for (const path of manifests(folder)) {
      const text = readFileSync(path, 'utf8')
      for (const { name, verdict, detail } of await readings(engine, relative(folder, path), text)) {
        const row = counts.get(verdict) ?? new Map<string, number>()
        counts.set(verdict, row.set(corpus, (row.get(corpus) ?? 0) + 1))
        if (detail !== '') differences.push(`${verdict}: ${corpus}: ${name}: ${detail.slice(0, 500)}`)
      }
    }
  }
  const rows = [...counts]
    .sort(([a], [b]) => Number(b === same) - Number(a === same) || (a < b ? -1 : 1))
    .map(([verdict, row]) => [verdict, ...corpora.map((corpus) => row.get(corpus) ?? 0)])
  return ['Documents read by us and by the server', table(['', ...corpora], rows), ...differences, ''].join(
    '\n',
  )
}

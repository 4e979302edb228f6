import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { analyserFor } from '../tests/support/analyse.ts'
import { checkFile, checkOrder, type Violation } from '../tests/support/invariants.ts'
import { corpora, manifests, requireCorpus, resourceDefaults, table } from './measure.ts'
import type { Benchmark } from './main.ts'

/**
 * What has to hold for every file there is, on every file of the corpora: no crash, no collateral line, no new finding,
 * nothing left for a second run, and all fixes at once end where one after the other ends.
 */
export const invariants: Benchmark = async (print) => {
  const analyse = analyserFor({ config: { resources: { defaults: resourceDefaults } } })
  const kinds: readonly Violation['what'][] = [
    'crash',
    'collateral',
    'new-finding',
    'not-fixed',
    'not-idempotent',
    'order-matters',
  ]
  const rows: (string | number)[][] = []
  const all: Violation[] = []
  for (const corpus of corpora) {
    const folder = requireCorpus(corpus)
    const files = manifests(folder)
    let [fixed, skipped] = [0, 0]
    const found: Violation[] = []
    for (const path of files) {
      const file = relative(folder, path)
      const bytes = readFileSync(path)
      if (!isText(bytes)) {
        skipped++
        continue
      }
      const text = bytes.toString('utf8')
      const { result, violations } = checkFile(analyse, file, text)
      fixed += result?.change?.fingerprints.length ?? 0
      found.push(...violations, ...(result?.change === undefined ? [] : checkOrder(analyse, file, text)))
    }
    all.push(...found)
    rows.push([
      corpus,
      files.length - skipped,
      fixed,
      ...kinds.map((kind) => found.filter(({ what }) => what === kind).length),
    ])
  }
  print(table(['corpus', 'files', 'fixes', ...kinds], rows))
  for (const { file, what, detail } of all.slice(0, 50)) print(`${what}: ${file}: ${detail}`)
  if (all.length > 0) process.exitCode = 1
}

function isText(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

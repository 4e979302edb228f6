import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'

/** Real manifests beside the project; never part of it. */
export const corpusFolder = process.env['CORPUS_DIR'] ?? join(import.meta.dirname, '../../../shared/corpus')

export const hasCorpus = existsSync(corpusFolder)
if (!hasCorpus && process.env['REQUIRE_CORPUS'] === '1')
  throw new Error(`no corpus at ${corpusFolder}; set CORPUS_DIR`)

export interface CorpusFile {
  file: string
  text: string
}

/** All YAML and JSON files of one corpus, in the order of their names. Fails when there are none. */
export function corpusFiles(
  name: 'handwritten' | 'normalised/stack' | 'normalised/artifacthub',
): CorpusFile[] {
  const folder = join(corpusFolder, name)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ya?ml|json)$/.test(file))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }))
  if (files.length === 0) throw new Error(`the corpus ${name} holds no files`)
  return files
}

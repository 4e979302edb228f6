import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from '../../scripts/package.ts'
import { manifestOf } from '../../src/bodies.ts'
import type { Manifest } from '../../src/cluster/index.ts'
import type { JsonObject, JsonValue } from '../../src/model/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { readDocuments } from '../../src/yaml/index.ts'
import { manifests, requireCorpus } from '../measure.ts'
import { listIn, objectIn } from './json.ts'

/** One object to ask about. */
export interface Source {
  group: string
  name: string
  manifest: Manifest
  object: JsonObject
}

/** Every object of a text. */
export function sourcesIn(group: string, name: string, text: string): Source[] {
  const source = readSource(name, text)
  return source.resources.map((resource) => ({
    group,
    name: `${name} [${resource.document}${resource.root}]`,
    manifest: manifestOf(source, resource),
    object: resource.object,
  }))
}

export function corpusSources(corpus: string): Source[] {
  const folder = requireCorpus(corpus)
  return manifests(folder).flatMap((path) =>
    sourcesIn(corpus, relative(folder, path), readFileSync(path, 'utf8')),
  )
}

/** The objects of the examples of every policy, before and after. */
export function policySources(): Source[] {
  const folder = join(root, 'policies')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => {
      const policy = objectIn(readDocuments(readFileSync(join(folder, file), 'utf8'))[0]?.value)
      return listIn(policy['examples']).flatMap((example, index) =>
        ['before', 'after'].flatMap((when) =>
          sourcesIn('policy examples', `${file} #${index} ${when}`, exampleText(objectIn(example)[when])),
        ),
      )
    })
}

/** Examples stand in their policy as texts or as objects. */
function exampleText(example: JsonValue | undefined): string {
  if (example === undefined) return ''
  return typeof example === 'string' ? example : JSON.stringify(example)
}

import type { Environment } from '../model/index.ts'

/** Words of folders and namespaces; the first kind that fits counts, so that `pre-production` is none. */
const words: readonly (readonly [Environment, ReadonlySet<string>])[] = [
  ['staging', new Set(['staging', 'stage', 'stg', 'uat', 'preprod', 'preproduction', 'canary', 'pre'])],
  [
    'test',
    new Set([
      'test',
      'tests',
      'testing',
      'testdata',
      'e2e',
      'ci',
      'qa',
      'dev',
      'develop',
      'development',
      'local',
    ]),
  ],
  [
    'test',
    new Set(['example', 'examples', 'sample', 'samples', 'demo', 'demos', 'sandbox', 'fixtures', 'kind']),
  ],
  ['production', new Set(['prod', 'production', 'live', 'prd'])],
]

/** Where an object runs, by its namespace, else by the folders of its file; `other` where neither says so. */
export function environmentOf(file: string, namespace: string): { fact: Environment; source?: string } {
  const byNamespace = named(namespace)
  if (byNamespace !== undefined) return { fact: byNamespace, source: `namespace ${namespace}` }
  const folders = file.split('/').slice(0, -1)
  for (const folder of folders.toReversed()) {
    const found = named(folder)
    if (found !== undefined) return { fact: found, source: `folder ${folder}` }
  }
  return { fact: 'other' }
}

function named(name: string): Environment | undefined {
  const parts = new Set(name.toLowerCase().split(/[^a-z0-9]+/))
  return words.find(([, of]) => [...of].some((word) => parts.has(word)))?.[0]
}

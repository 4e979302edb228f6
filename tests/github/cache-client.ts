import * as cache from '@actions/cache'
import { writeFileSync } from 'node:fs'

/*
 * What a step does with the cache, in a process of its own: the client reads its environment. Arguments: a file for what
 * comes of it, and the calls as JSON.
 */
const [file = '', calls = '[]'] = process.argv.slice(2)
const results: unknown[] = []
for (const { save, restore, paths, prefixes } of JSON.parse(calls) as {
  save?: string
  restore?: string
  paths: string[]
  prefixes?: string[]
}[])
  results.push(
    save === undefined
      ? ((await cache.restoreCache(paths, restore ?? '', prefixes)) ?? null)
      : await cache.saveCache(paths, save),
  )
writeFileSync(file, JSON.stringify(results))

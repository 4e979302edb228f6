import { resolve } from 'node:path'
import { cacheFolder } from '../adapters/cache-folder.ts'
import { readFeeds } from '../adapters/feeds.ts'
import type { Feeds } from '../risk/index.ts'
import type { Arguments } from './arguments.ts'
import type { World } from './world.ts'

/** What is known of vulnerabilities: `--epss`, `--kev` and `--image-scan`. Undefined where nothing is named. */
export async function feedsOf(
  args: Arguments,
  { env, folder, time, fetch }: World,
  { progress, warn }: { progress: (text: string) => void; warn: (text: string) => void },
): Promise<Feeds | undefined> {
  return readFeeds(
    { epss: args.last('epss'), kev: args.last('kev'), scans: args.all('image-scan') },
    {
      cacheFolder: cacheFolder(env),
      fetch,
      time,
      progress,
      warn,
      called: (name, value) => (value === undefined ? `--${name}` : `--${name} ${value}`),
      locate: (_, path) => resolve(folder, path),
    },
  )
}

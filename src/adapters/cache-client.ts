import { isFeatureAvailable, restoreCache, saveCache } from '@actions/cache'
import { cachedFile, cacheEndings } from './cache-words.ts'

/*
 * The client of the Actions cache, in a process of its own: it unpacks what it is sent into its working folder, hashes
 * the path as it is written, reads the environment and speaks to the runner on standard output. Its owner, state-cache.ts,
 * gives it a folder and an environment where none of that reaches anything else.
 */

/** `restore PREFIX` brings the newest entry whose key begins so; `save KEY` makes one. */
export async function serveCache([verb, key = '']: readonly string[]): Promise<never> {
  if (!isFeatureAvailable()) process.exit(cacheEndings.unavailable)
  const isDone =
    verb === 'restore'
      ? (await restoreCache([cachedFile], key)) !== undefined
      : (await saveCache([cachedFile], key)) !== -1
  // Connections that it keeps open would hold this process.
  process.exit(isDone ? cacheEndings.done : cacheEndings.nothing)
}

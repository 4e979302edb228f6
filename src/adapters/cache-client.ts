/*
 * The client of the Actions cache, in a process of its own: it unpacks what it is sent into its working folder, hashes
 * the path as it is written, reads the environment and speaks to the runner on standard output. Its owner, state-cache.ts,
 * gives it a folder and an environment where none of that reaches anything else.
 */

/** First argument of the entry file that makes it this; see src/main.ts. */
export const cacheMode = 'internal:cache'

/** The one file of an entry. Part of what the cache looks entries up by, so it never changes. */
export const cachedFile = 'k8s-autofix-state'

/** Exit codes. Why nothing was done stands in what the client has printed. */
export const cacheEndings = { done: 0, nothing: 3, unavailable: 4 } as const

/** `restore PREFIX` brings the newest entry whose key begins so; `save KEY` makes one. */
export async function serveCache([verb, key = '']: readonly string[]): Promise<never> {
  const { isFeatureAvailable, restoreCache, saveCache } = await import('@actions/cache')
  if (!isFeatureAvailable()) process.exit(cacheEndings.unavailable)
  const isDone =
    verb === 'restore'
      ? (await restoreCache([cachedFile], key)) !== undefined
      : (await saveCache([cachedFile], key)) !== -1
  // Connections that it keeps open would hold this process.
  process.exit(isDone ? cacheEndings.done : cacheEndings.nothing)
}

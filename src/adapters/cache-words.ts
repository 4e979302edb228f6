/** The one file of an entry of the cache. Part of what the cache looks entries up by, so it never changes. */
export const cachedFile = 'k8s-autofix-state'

/** Exit codes of the client of the cache. Why nothing was done stands in what it has printed. */
export const cacheEndings = { done: 0, nothing: 3, unavailable: 4 } as const

/** A client that takes the proxy through which the runner reaches GitHub. Loaded only where it is used. */
export async function proxiedFetch(): Promise<typeof globalThis.fetch | undefined> {
  const { defaults } = await import('@actions/github/lib/utils')
  const proxied: unknown = defaults.request?.fetch
  return isFetch(proxied) ? proxied : undefined
}

function isFetch(value: unknown): value is typeof globalThis.fetch {
  return typeof value === 'function'
}

/** A client that takes the proxy through which the runner reaches GitHub. Loaded only where it is used. */
export async function proxiedFetch(): Promise<typeof globalThis.fetch | undefined> {
  const { defaults } = await import('@actions/github/lib/utils')
  const proxied: unknown = defaults.request?.fetch
  return isFetch(proxied) ? proxied : undefined
}

function isFetch(value: unknown): value is typeof globalThis.fetch {
  return typeof value === 'function'
}

/** A client that takes whatever proxy there is for an address: what GitHub needs says nothing of a publisher or a mirror. */
export const fetchByAddress: typeof globalThis.fetch = async (input, init) => {
  const { HttpClient } = await import('@actions/http-client')
  const dispatcher = new HttpClient().getAgentDispatcher(input instanceof Request ? input.url : String(input))
  return fetch(input, dispatcher === undefined ? init : Object.assign({ ...init }, { dispatcher }))
}

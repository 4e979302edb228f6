import { InfrastructureError, messageOf } from '../model/index.ts'

/** GitHub sends a release file on to its storage host in one step. */
const maximumRedirects = 5

export interface Following {
  signal: AbortSignal
  headers?: Readonly<Record<string, string>>
  /** Statuses that are an answer; 200 where absent. */
  answers?: readonly number[]
  /** Knows the proxies of where it runs. */
  fetch?: typeof globalThis.fetch
  /** What to do about a server that does not answer as it should. */
  hint: string
}

/**
 * The first answer that is no redirect. Only https is spoken; a source that is itself plain http (a test's server on
 * loopback) may send on within its own origin alone.
 */
export async function follow(
  start: URL,
  { signal, headers = {}, answers = [200], fetch = globalThis.fetch, hint }: Following,
): Promise<Response> {
  let url = start
  for (let hop = 0; hop <= maximumRedirects; hop++) {
    if (url.protocol !== 'https:' && !(start.protocol === 'http:' && url.origin === start.origin))
      throw new InfrastructureError(
        `${start.href}: sent on to ${url.origin}, which is not https; not followed`,
      )
    const response = await fetch(url.href, {
      redirect: 'manual',
      signal,
      // What is counted and hashed is the file, so no layer on the way may pack or unpack it.
      headers: { ...headers, 'accept-encoding': 'identity' },
    })
    if (answers.includes(response.status)) return response
    await response.body?.cancel()
    const location = response.headers.get('location')
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null)
      throw new InfrastructureError(`${url.href}: the server answered ${response.status}`, hint)
    if (!URL.canParse(location, url.href))
      throw new InfrastructureError(`${url.href}: sent on to something that is no address`)
    url = new URL(location, url)
  }
  throw new InfrastructureError(`${start.href}: sent on more than ${maximumRedirects} times`)
}

/** `fetch failed` alone says nothing: the reason is its cause. */
export function failureText(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return cause === undefined ? messageOf(error) : `${messageOf(error)} (${messageOf(cause)})`
}

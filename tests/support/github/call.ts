import type { JsonObject, JsonValue } from '../../../src/model/index.ts'
import type { Store, Token } from './model.ts'

/** One request that has kept the contract. */
export interface Call {
  store: Store
  token: Token
  url: URL
  parameters: Readonly<Record<string, string>>
  query: URLSearchParams
  body: JsonObject
  /** Numbers that were not used before. */
  next: () => number
  now: string
  /** Where blobs of artifacts are handed out, without a token. */
  blobs: string
  /** Lets pull requests follow branches that have moved. */
  follow: () => void
}

export interface Answer {
  status: number
  body?: JsonValue
  headers?: Readonly<Record<string, string>>
}

/** Operations by method and path of GitHub's description. */
export type Handlers = Readonly<Record<string, (call: Call) => Answer>>

export const repository = '/repos/{owner}/{repo}'

/** One page of a list, with the links of its neighbours: 30 where nothing is said, and never more than 100. */
export function page<Item>(
  { url, query }: Pick<Call, 'url' | 'query'>,
  items: readonly Item[],
): { items: Item[]; headers: Record<string, string> } {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100)
  const at = Number(query.get('page') ?? 1)
  const last = Math.max(1, Math.ceil(items.length / size))
  const link = (relation: string, number: number): string => {
    const other = new URL(url)
    other.searchParams.set('page', String(number))
    return `<${other.href}>; rel="${relation}"`
  }
  const links = [
    ...(at > 1 ? [link('prev', at - 1), link('first', 1)] : []),
    ...(at < last ? [link('next', at + 1), link('last', last)] : []),
  ]
  return {
    items: items.slice((at - 1) * size, at * size),
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  }
}

/** An answer with one page of a list. */
export function listed(call: Call, items: readonly JsonValue[]): Answer {
  const { items: body, headers } = page(call, items)
  return { status: 200, body, headers }
}

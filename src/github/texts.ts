import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Client } from './client.ts'
import type { BlobText } from '../change/index.ts'

/** Blobs that one query asks for, and queries at a time. */
const batch = 100
const inFlight = 4

const blob = z
  .object({
    oid: z.string(),
    text: z.string().nullish(),
    isBinary: z.boolean().nullish(),
    isTruncated: z.boolean().optional(),
  })
  .nullable()

/**
 * Texts of blobs, a hundred a query. GraphQL hands out text and no bytes, cuts long ones and mends what is no UTF-8, so
 * each text has to have the object id that it was asked for; where it has not, its bytes are fetched alone.
 */
export async function textsOf(
  client: Client,
  oids: readonly string[],
): Promise<ReadonlyMap<string, BlobText>> {
  const texts = new Map<string, BlobText>()
  const batches = Array.from({ length: Math.ceil(oids.length / batch) }, (_, index) =>
    oids.slice(index * batch, (index + 1) * batch),
  )
  const alone: string[] = []
  await inTurn(batches, async (some) => {
    for (const [oid, text] of await queried(client, some))
      if (text === undefined) alone.push(oid)
      else texts.set(oid, text)
  })
  await inTurn(alone, async (oid) => {
    texts.set(oid, await fetched(client, oid))
  })
  return texts
}

/** Undefined where the bytes have to be looked at. */
async function queried(client: Client, oids: readonly string[]): Promise<[string, BlobText | undefined][]> {
  const { owner, name } = client.repository
  const fields = oids.map((_, index) => `b${index}: object(oid: $o${index}) { ...blob }`).join(' ')
  const variables = oids.map((_, index) => `, $o${index}: GitObjectID!`).join('')
  const { repository } = await client.query(
    `query ($owner: String!, $name: String!${variables}) { repository(owner: $owner, name: $name) { ${fields} } } fragment blob on Blob { oid text isBinary isTruncated }`,
    { owner, name, ...Object.fromEntries(oids.map((oid, index) => [`o${index}`, oid])) },
    {
      what: 'the texts of files',
      permission: 'contents: read',
      schema: z.object({ repository: z.record(z.string(), blob) }),
    },
  )
  return oids.map((oid, index) => {
    const found = repository[`b${index}`]
    if (found === undefined || found === null) return [oid, { missing: 'gone' }]
    if (found.isBinary === true) return [oid, { missing: 'binary' }]
    const { text } = found
    if (typeof text !== 'string' || found.isTruncated === true) return [oid, undefined]
    return [oid, idOf(Buffer.from(text, 'utf8'), oid) === oid ? { text } : undefined]
  })
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

async function fetched(client: Client, oid: string): Promise<BlobText> {
  const { content, encoding } = await client.read(
    'GET /repos/{owner}/{repo}/git/blobs/{file_sha}',
    { file_sha: oid },
    {
      what: `the file with the id ${oid}`,
      permission: 'contents: read',
      schema: z.object({ content: z.string(), encoding: z.string() }),
    },
  )
  const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8')
  if (idOf(bytes, oid) !== oid) return { missing: 'gone' }
  try {
    return { text: decoder.decode(bytes) }
  } catch {
    return { missing: bytes.includes(0) ? 'binary' : 'not-utf-8' }
  }
}

/** The id that git gives these bytes, in a repository that makes ids like the given one. */
function idOf(bytes: Buffer, like: string): string {
  return createHash(like.length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex')
}

async function inTurn<One>(all: readonly One[], work: (one: One) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    for (let one = all[next++]; one !== undefined; one = all[next++]) await work(one)
  }
  await Promise.all(Array.from({ length: Math.min(inFlight, all.length) }, worker))
}

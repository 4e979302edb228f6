import { z } from 'zod'
import { credentialKeys } from './image.ts'

/** Who asks a registry. */
export type Credentials = { username: string; password: string } | { identityToken: string }

/** What Docker's configuration says of one registry: the credentials, or the program that has them. */
export type Known = { credentials: Credentials } | { helper: string; key: string }

const configSchema = z.object({
  auths: z
    .record(
      z.string(),
      z.object({
        auth: z.string().optional(),
        username: z.string().optional(),
        password: z.string().optional(),
        identitytoken: z.string().optional(),
      }),
    )
    .optional(),
  credHelpers: z.record(z.string(), z.string()).optional(),
  credsStore: z.string().optional(),
})

/** Names that become a part of the name of a program. */
const helperName = /^[a-z0-9][a-z0-9._-]{0,63}$/i

/** What the text of Docker's `config.json` says of a registry. Undefined where it says nothing, or is no configuration. */
export function knownOf(text: string, host: string): Known | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const parsed = configSchema.safeParse(value)
  if (!parsed.success) return undefined
  const { auths = {}, credHelpers = {}, credsStore } = parsed.data
  const keys = credentialKeys(host)
  for (const key of keys) {
    const own = Object.hasOwn(credHelpers, key) ? credHelpers[key] : undefined
    if (own !== undefined) return helperName.test(own) ? { helper: own, key } : undefined
  }
  for (const key of keys) {
    const entry = Object.hasOwn(auths, key) ? auths[key] : undefined
    if (entry === undefined) continue
    if (entry.identitytoken) return { credentials: { identityToken: entry.identitytoken } }
    const credentials = entry.auth
      ? decoded(entry.auth)
      : { username: entry.username, password: entry.password }
    if (credentials?.username && credentials.password)
      return { credentials: { username: credentials.username, password: credentials.password } }
    // An empty entry says that the store has them.
    if (credsStore !== undefined && helperName.test(credsStore)) return { helper: credsStore, key }
  }
  return undefined
}

function decoded(auth: string): { username: string; password: string } | undefined {
  const text = Buffer.from(auth, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  return colon === -1 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) }
}

const helperSchema = z.object({ Username: z.string(), Secret: z.string().min(1) })

/** What a credential helper prints for `get`. */
export function readHelperAnswer(text: string): Credentials | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const parsed = helperSchema.safeParse(value)
  if (!parsed.success) return undefined
  const { Username: username, Secret: secret } = parsed.data
  return username === '<token>' ? { identityToken: secret } : { username, password: secret }
}

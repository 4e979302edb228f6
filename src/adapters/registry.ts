import { readFileSync, statSync } from 'node:fs'
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { join } from 'node:path'
import { getDomain } from 'tldts'
import { z } from 'zod'
import { InfrastructureError, messageOf, type ImageDigest, type RegistryRequest } from '../model/index.ts'
import { imageReference } from '../policies/index.ts'
import {
  apiOf,
  digestOf,
  isLoopback,
  knownOf,
  manifestTypes,
  mostManifestBytes,
  readChallenge,
  readHelperAnswer,
  type Challenge,
  type Credentials,
  registryImage,
  type RegistryImage,
} from '../registry/index.ts'
import { addressOf, type Address } from './public-address.ts'
import { findTool, toolRunner, type ToolRunner } from './tool-runner.ts'

/** What the registry itself says of a tag, or why nothing is known. */
export type Resolution = { digest: string } | { problem: string }

/** Registries, as they are asked in one run. */
export interface Registry {
  /** Undefined for an image of a registry that is not asked. */
  resolve(image: RegistryImage): Promise<Resolution | undefined>
  close(): void
}

export interface RegistryOptions {
  request: RegistryRequest
  environment: Readonly<Record<string, string | undefined>>
  /** Folders whose programs are not run, since a pull request may bring them along. */
  repositories: readonly string[]
  runner?: ToolRunner
}

/** Milliseconds for one request, and for all of a run. */
const requestTime = 10_000
const runTime = 120_000
const mostInFlight = 4
/** Images of one run; more are left without an answer. */
const mostImages = 500
const mostTokenBytes = 64 * 1024
const mostConfigBytes = 1024 * 1024

interface Answer {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
}

/** Something that keeps a registry from answering, told to people. Never holds credentials. */
class NoAnswer extends Error {}

export function openRegistry({
  request,
  environment,
  repositories,
  runner = toolRunner,
}: RegistryOptions): Registry {
  const agents = {
    'http:': new HttpAgent({ keepAlive: true, maxSockets: mostInFlight }),
    'https:': new HttpsAgent({ keepAlive: true, maxSockets: mostInFlight }),
  }
  const clients = new Map(
    request.hosts.map((host) => [
      host,
      new Client(host, agents, async () => credentialsOf(host, request, environment, repositories, runner)),
    ]),
  )
  const known = new Map<string, Promise<Resolution>>()
  const atOnce = limiter(mostInFlight)
  return {
    async resolve(image) {
      const client = clients.get(image.host)
      if (client === undefined) return undefined
      const key = JSON.stringify([image.host, image.repository, image.tag])
      const found = known.get(key)
      if (found !== undefined) return found
      const answer: Promise<Resolution> =
        known.size < mostImages
          ? atOnce(async () => client.resolve(image))
          : Promise.resolve({
              problem: `was not asked: no more than ${mostImages} images are looked up in one run`,
            })
      known.set(key, answer)
      return answer
    },
    close() {
      agents['http:'].destroy()
      agents['https:'].destroy()
    },
  }
}

/** What registries say of images as manifests write them; what nobody is asked about is left out. */
export async function digestsOf(
  images: readonly string[],
  registry: Registry,
): Promise<Map<string, ImageDigest>> {
  const asked = images.map(async (image): Promise<[string, ImageDigest][]> => {
    const reference = imageReference(image)
    const known = reference && registryImage(reference.name, reference.tag)
    const answer = known && (await registry.resolve(known))
    if (known === undefined || answer === undefined) return []
    const { host, tag } = known
    if ('problem' in answer) return [[image, { problem: `${host} ${answer.problem}` }]]
    const source = `${host}, which has it under ${tag} today`
    return [[image, { found: { value: answer.digest, origin: 'registry', source } }]]
  })
  return new Map((await Promise.all(asked)).flat())
}

/** Lets some of many run at a time. */
function limiter(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    running++
    try {
      return await work()
    } finally {
      running--
      waiting.shift()?.()
    }
  }
}

/** One registry: its API, and the tokens that it has given. */
class Client {
  private readonly api: URL
  private readonly host: string
  private readonly agents: Readonly<Record<'http:' | 'https:', HttpAgent>>
  private readonly login: () => Promise<Credentials | undefined>
  /** The end of all waiting, from the first request on. */
  private end: AbortSignal | undefined
  private readonly addresses = new Map<string, Promise<Address>>()
  private credentials: Promise<Credentials | undefined> | undefined
  /** The `Authorization` of each repository. */
  private readonly authorizations = new Map<string, string>()
  /** Once it could not be reached, nobody waits for it again. */
  private failure: string | undefined

  constructor(
    host: string,
    agents: Readonly<Record<'http:' | 'https:', HttpAgent>>,
    login: () => Promise<Credentials | undefined>,
  ) {
    this.api = apiOf(host)
    this.host = host
    this.agents = agents
    this.login = login
  }

  async resolve({ repository, tag }: RegistryImage): Promise<Resolution> {
    if (this.failure !== undefined) return { problem: this.failure }
    try {
      const answer = await this.manifest(repository, tag)
      return digestOf(answer.body, {
        contentType: answer.headers['content-type'],
        digest: one(answer.headers['docker-content-digest']),
      })
    } catch (error) {
      if (error instanceof NoAnswer) return { problem: error.message }
      throw error
    }
  }

  private async manifest(repository: string, tag: string): Promise<Answer> {
    const url = new URL(`/v2/${repository}/manifests/${tag}`, this.api)
    const ask = async (): Promise<Answer> => {
      const authorization = this.authorizations.get(repository)
      return this.ask(url, mostManifestBytes, {
        headers: { accept: manifestTypes.join(', '), ...(authorization && { authorization }) },
      })
    }
    let answer = await ask()
    if (answer.status === 401) {
      const challenge = readChallenge(one(answer.headers['www-authenticate']) ?? '')
      const authorization = challenge && (await this.authorize(challenge, repository))
      if (authorization === undefined)
        throw new NoAnswer('wants to know who asks (401), and no credentials are known')
      this.authorizations.set(repository, authorization)
      answer = await ask()
    }
    if (answer.status === 200) return answer
    const texts: Readonly<Record<number, string>> = {
      401: 'does not accept the credentials (401)',
      403: 'does not let the image be read (403)',
      404: 'has no such tag (404)',
      429: 'answers no more for now (429)',
    }
    const isElsewhere = answer.status >= 300 && answer.status < 400
    throw new NoAnswer(
      isElsewhere
        ? `sends on to another address (${answer.status}), which is not followed`
        : (texts[answer.status] ?? `answers with the status ${answer.status}`),
    )
  }

  private async authorize(challenge: Challenge, repository: string): Promise<string | undefined> {
    this.credentials ??= this.login()
    const credentials = await this.credentials
    const basic =
      credentials !== undefined && 'username' in credentials
        ? `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`
        : undefined
    if (challenge.scheme === 'basic') return basic
    const realm = this.realm(challenge.realm)
    const scope = `repository:${repository}:pull`
    const service = challenge.service ?? this.host
    let answer: Answer
    if (credentials !== undefined && 'identityToken' in credentials) {
      const form = new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: 'k8s-autofix',
        service,
        scope,
        refresh_token: credentials.identityToken,
      })
      answer = await this.ask(realm, mostTokenBytes, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      })
    } else {
      realm.searchParams.set('service', service)
      realm.searchParams.set('scope', scope)
      answer = await this.ask(realm, mostTokenBytes, { headers: { ...(basic && { authorization: basic }) } })
    }
    if (answer.status !== 200) throw new NoAnswer(`gives no token (${answer.status})`)
    const token = tokenIn(answer.body)
    if (token === undefined) throw new NoAnswer('gives a token that cannot be read')
    return `Bearer ${token}`
  }

  /** Where tokens are given out: at the site of the registry alone, since it learns the credentials. */
  private realm(text: string): URL {
    if (!URL.canParse(text)) throw new NoAnswer('names an address for tokens that is none')
    const realm = new URL(text)
    const isSafe = isLoopback(this.api.hostname)
      ? isLoopback(realm.hostname) && realm.protocol === 'http:'
      : realm.protocol === 'https:' && isSameSite(realm.hostname, this.api.hostname)
    if (!isSafe || realm.username !== '' || realm.password !== '')
      throw new NoAnswer(
        `wants tokens to be fetched from ${realm.hostname}, which is no part of its own site`,
      )
    return realm
  }

  private async ask(
    url: URL,
    mostBytes: number,
    sent: { method?: string; headers: Readonly<Record<string, string>>; body?: string },
  ): Promise<Answer> {
    try {
      const address = await this.addressOf(url.hostname)
      this.end ??= AbortSignal.timeout(runTime)
      return await exchange(url, address, this.agents, mostBytes, sent, this.end)
    } catch (error) {
      if (error instanceof NoAnswer) throw error
      this.failure =
        this.end?.aborted === true
          ? `did not answer for all images within ${runTime / 1000} s`
          : `cannot be reached: ${reasonOf(error)}`
      throw new NoAnswer(this.failure)
    }
  }

  private async addressOf(hostname: string): Promise<Address> {
    const known = this.addresses.get(hostname) ?? publicAddress(hostname)
    this.addresses.set(hostname, known)
    return known
  }
}

async function publicAddress(hostname: string): Promise<Address> {
  const address = await addressOf(hostname)
  if (address === undefined)
    throw new NoAnswer(`is not asked: ${hostname} leads to an address that is not public`)
  return address
}

function isSameSite(a: string, b: string): boolean {
  if (a === b) return true
  // Below a suffix under which anybody gets a name, such as that of a cloud, each name is a site of its own.
  const [site, other] = [a, b].map((host) => getDomain(host, { allowPrivateDomains: true }))
  return site !== null && site === other
}

/** One request to one address. Nothing is followed, and a longer answer is cut off. */
async function exchange(
  url: URL,
  { address, family }: Address,
  agents: Readonly<Record<'http:' | 'https:', HttpAgent>>,
  mostBytes: number,
  {
    method = 'GET',
    headers,
    body,
  }: { method?: string; headers: Readonly<Record<string, string>>; body?: string },
  end: AbortSignal,
): Promise<Answer> {
  const isPlain = url.protocol === 'http:'
  return new Promise((resolve, reject) => {
    const sent = (isPlain ? httpRequest : httpsRequest)(
      url,
      {
        method,
        headers: { 'user-agent': 'k8s-autofix', 'accept-encoding': 'identity', ...headers },
        agent: agents[isPlain ? 'http:' : 'https:'],
        // Whatever the name leads to by now.
        lookup: (_hostname, { all }, answer) => {
          if (all === true) answer(null, [{ address, family }])
          else answer(null, address, family)
        },
        signal: AbortSignal.any([end, AbortSignal.timeout(requestTime)]),
      },
      (response) => {
        const chunks: Buffer[] = []
        let length = 0
        response.on('data', (chunk: Buffer) => {
          length += chunk.length
          if (length <= mostBytes) chunks.push(chunk)
          else response.destroy(new NoAnswer(`answers with more than ${mostBytes / 1024} KiB`))
        })
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Of a failed connection, what the system calls it. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return `no answer within ${requestTime / 1000} s`
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  if (code === 'ABORT_ERR') return `no answer within ${requestTime / 1000} s`
  return typeof code === 'string' ? code : messageOf(error)
}

const tokenSchema = z.object({ token: z.string().optional(), access_token: z.string().optional() })

function tokenIn(body: Buffer): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
  const parsed = tokenSchema.safeParse(value)
  const token = parsed.success ? (parsed.data.token ?? parsed.data.access_token) : undefined
  // It becomes a header.
  return token !== undefined && /^[\x21-\x7e]+$/.test(token) ? token : undefined
}

function one(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0]
}

/** What Docker's configuration, or the helper that it names, has for a registry. */
async function credentialsOf(
  host: string,
  { helpers }: RegistryRequest,
  environment: Readonly<Record<string, string | undefined>>,
  repositories: readonly string[],
  runner: ToolRunner,
): Promise<Credentials | undefined> {
  const home = environment['HOME'] ?? environment['USERPROFILE']
  const place = environment['DOCKER_CONFIG'] ?? (home === undefined ? undefined : join(home, '.docker'))
  if (place === undefined) return undefined
  const text = readConfig(join(place, 'config.json'))
  const known = text === undefined ? undefined : knownOf(text, host)
  if (known === undefined || 'credentials' in known) return known?.credentials
  if (!helpers)
    throw new NoAnswer(
      `has its credentials with docker-credential-${known.helper}; allow it with --registry-helpers`,
    )
  try {
    const program = await findTool({
      name: `docker-credential-${known.helper}`,
      folder: place,
      searchPath: environment['PATH'] ?? '',
      repositories,
      namedAnywhere: false,
      hint: '',
    })
    const outcome = await runner.run({
      program,
      arguments: ['get'],
      folder: place,
      environment: Object.fromEntries(
        Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
      input: known.key,
      timeLimit: requestTime,
      outputLimit: mostTokenBytes,
    })
    const credentials =
      outcome.kind === 'exited' && outcome.exitCode === 0 ? readHelperAnswer(outcome.stdout) : undefined
    if (credentials === undefined)
      throw new NoAnswer(`has its credentials with docker-credential-${known.helper}, which gives none`)
    return credentials
  } catch (error) {
    if (!(error instanceof InfrastructureError)) throw error
    throw new NoAnswer(`has its credentials with docker-credential-${known.helper}: ${error.message}`)
  }
}

function readConfig(path: string): string | undefined {
  try {
    return statSync(path).size <= mostConfigBytes ? readFileSync(path, 'utf8') : undefined
  } catch {
    return undefined
  }
}

import type { Manifest } from '../../src/cluster/index.ts'
import { mapLimited } from '../../src/cluster/limit.ts'
import type { JsonObject } from '../../src/model/index.ts'
import { messageOf } from '../../src/model/index.ts'
import { engineAnswer, type Answer } from './answer.ts'
import { cached } from './cache.ts'
import { compare } from './compare.ts'
import type { Engine, EngineHeader } from './engine.ts'
import type { Case } from './report.ts'
import { RealServer, type Asked } from './server.ts'
import type { Source } from './sources.ts'

/** Requests that the server has at once. */
const inFlight = 8

/** What a server of its own says of the sources, and what it was given before: that is the engine's context as well. */
export interface ServerSide {
  context: JsonObject[]
  asked: Asked[]
}

export interface AskOptions {
  /** Keeps the answers for the next run; not for tests. */
  cache: boolean
  fresh: boolean
  /** Asked instead of one of its own; all that it was given before counts. */
  server?: RealServer
  /** Of the repository that are no sources themselves. */
  beside?: readonly JsonObject[]
}

/** Runs something with the server of the options, or one of its own. */
export async function withServer<T>(
  { server }: AskOptions,
  run: (server: RealServer) => Promise<T>,
): Promise<T> {
  const used = server ?? (await RealServer.start())
  try {
    return await run(used)
  } finally {
    if (server === undefined) await used.close()
  }
}

export async function serverSide(
  name: string,
  sources: readonly Source[],
  options: AskOptions,
): Promise<ServerSide> {
  const { cache, fresh, beside = [] } = options
  const make = (): Promise<ServerSide> =>
    withServer(options, async (server) => {
      await server.prepare([...sources.map(({ object }) => object), ...beside])
      const asked = await mapLimited(sources, inFlight, ({ manifest }) => server.create(manifest))
      return { context: server.context, asked }
    })
  if (!cache) return make()
  const key = [...sources.map(({ manifest }) => manifestKey(manifest)), JSON.stringify(beside)]
  return cached(name, key, fresh, make)
}

function manifestKey({ apiVersion, kind, namespace, name, type, body }: Manifest): string {
  return [apiVersion, kind, namespace, name, type, body].join('\0')
}

/** Both sides' answers for every source. */
export async function engineSide(
  engine: Engine,
  sources: readonly Source[],
  { context, asked }: ServerSide,
): Promise<Case[]> {
  await setContext(engine, context)
  const cases: Case[] = []
  for (const [index, { group, name, manifest }] of sources.entries()) {
    const one = asked[index]
    if (one === undefined) continue
    const answer = await askEngine(engine, { op: 'create', type: one.manifest.type }, one.manifest.body)
    cases.push(caseOf(group, name, manifest, one.manifest.body, one.answer, answer))
  }
  return cases
}

export function caseOf(
  group: string,
  name: string,
  { apiVersion, kind }: Manifest,
  text: string,
  server: Answer,
  engine: Answer,
): Case {
  return { group, name, apiVersion, kind, text, server, engine, comparison: compare(server, engine) }
}

export async function setContext(engine: Engine, context: readonly JsonObject[]): Promise<unknown> {
  return engine.ask(
    { op: 'context' },
    context.map((object) => JSON.stringify(object)),
  )
}

export async function askEngine(engine: Engine, header: EngineHeader, body: string): Promise<Answer> {
  try {
    return engineAnswer(await engine.ask(header, [body]))
  } catch (error) {
    return { code: 0, warnings: [], trouble: messageOf(error) }
  }
}

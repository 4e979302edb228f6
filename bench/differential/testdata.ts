import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '../../scripts/package.ts'
import { property, type JsonObject } from '../../src/model/index.ts'
import { engineSide, withServer, type AskOptions, type ServerSide } from './ask.ts'
import { cached } from './cache.ts'
import type { Engine } from './engine.ts'
import type { Case } from './report.ts'
import type { RealServer } from './server.ts'
import { sourcesIn, type Source } from './sources.ts'

const folder = join(root, 'engine', 'testdata')

/** On what is judged by the other documents of its file. */
const judged = 'k8s-autofix.dev/judge'

/** Milliseconds until admission plug-ins have certainly seen what was made: they are told of it, they do not ask. */
const settling = 1500

/** Objects that are there, and those that are judged by them. */
interface Scene {
  context: JsonObject[]
  sources: Source[]
}

/** All files together: each has namespaces of its own, and what it says holds for those alone. */
export function scene(): Scene {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []
  const all = files
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => sourcesIn('testdata', file, readFileSync(join(folder, file), 'utf8')))
  return {
    context: all.filter(({ object }) => !isJudged(object)).map(({ object }) => object),
    sources: all.filter(({ object }) => isJudged(object)),
  }
}

function isJudged({ metadata }: JsonObject): boolean {
  return property(property(metadata, 'annotations'), judged) === 'true'
}

/** Both sides' answers for every object that is judged. */
export async function testdataCases(engine: Engine, options: AskOptions): Promise<Case[]> {
  const { cache, fresh } = options
  const { context, sources } = scene()
  const make = (): Promise<ServerSide> =>
    withServer(options, (server) => askInScene(server, context, sources))
  const key = [JSON.stringify(context), ...sources.map(({ manifest }) => manifest.body)]
  const side = cache ? await cached('testdata', key, fresh, make) : await make()
  return engineSide(engine, sources, side)
}

async function askInScene(
  server: RealServer,
  context: readonly JsonObject[],
  sources: readonly Source[],
): Promise<ServerSide> {
  // The definitions, namespaces and policies, and what the judged ones need to be judged at all …
  await server.prepare([...context, ...sources.map(({ object }) => object)])
  // … and everything else just as it stands.
  for (const object of context) await server.store(object)
  await pause(settling)
  const asked = []
  for (const { manifest } of sources) asked.push(await server.create(manifest))
  return { context: server.context, asked }
}

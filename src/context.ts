import type { FileText } from './adapters/analysis.ts'
import {
  contextOf,
  createEmbedded,
  namesJudging,
  type ApiServer,
  type EmbeddedEngine,
} from './cluster/index.ts'
import { property, type JsonObject } from './model/index.ts'
import { readSource } from './resources/index.ts'

/** The embedded API server, told what the repository says of namespaces, kinds and policies before it is asked. */
export interface Informed {
  ask: EmbeddedEngine['ask']
  /** An `InfrastructureError` where it cannot be used. */
  server: Promise<ApiServer>
}

export function informed(engine: EmbeddedEngine, files: readonly FileText[]): Informed {
  const server = tell(engine, files)
  // Whoever asks gets the error; until then it is nobody's surprise.
  server.catch(() => undefined)
  return {
    ask: async (header, bodies) => {
      await server
      return engine.ask(header, bodies)
    },
    server,
  }
}

async function tell(engine: EmbeddedEngine, files: readonly FileText[]): Promise<ApiServer> {
  const server = await createEmbedded(engine)
  await server.prepare(contextIn(files))
  return server
}

/** The objects that others are judged by. Most files hold none, and are not read for it. */
function contextIn(files: readonly FileText[]): JsonObject[] {
  const objectsOf = ({ file, text }: FileText): JsonObject[] =>
    readSource(file, text).resources.map(({ object }) => object)
  const { holding = [], others = [] } = Object.groupBy(files, ({ text }) =>
    namesJudging(text) ? 'holding' : 'others',
  )
  const objects = holding.flatMap(objectsOf)
  const parameters = objects.flatMap(parameterKind)
  if (parameters.length === 0) return contextOf(objects)
  // A policy may be told by any kind what it shall demand.
  const named = others.filter(({ text }) => parameters.some((kind) => text.includes(kind)))
  return contextOf([...objects, ...named.flatMap(objectsOf)])
}

function parameterKind({ spec }: JsonObject): string[] {
  const kind = property(property(spec, 'paramKind'), 'kind')
  return typeof kind === 'string' ? [kind] : []
}

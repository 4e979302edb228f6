import { z } from 'zod'
import {
  InfrastructureError,
  isObject,
  messageOf,
  property,
  valueAt,
  type DryRun,
  type JsonObject,
  type JsonPatch,
  type JsonValue,
  type NotTaken,
} from '../model/index.ts'
import type { ApiServer, Manifest, Preparation } from './cluster.ts'
import { groupOf } from './discovery.ts'
import { RequestFault } from './fault.ts'
import { text } from './seeds.ts'
import { readJson, rejectionIn, unanswered } from './status.ts'

/**
 * The API server's own code, compiled to WebAssembly (engine/CONTRACT.md): it answers as a server would, with no
 * cluster, no network and nothing to install.
 */
export interface EmbeddedEngine {
  /**
   * The answer to one question, JSON. A `RequestFault` where there is none: it took too long, or the engine ended. An
   * `InfrastructureError` where the engine cannot be started.
   */
  ask(header: Readonly<Record<string, unknown>>, bodies?: readonly string[]): Promise<string>
  close(): Promise<void>
}

const descriptionSchema = z.object({
  kubernetes: z.string(),
  kinds: z.array(z.object({ group: z.string(), kind: z.string(), resource: z.string() })),
})
export type EngineDescription = z.infer<typeof descriptionSchema>

/** What the engine is: its Kubernetes, and the kinds that this serves of itself. */
export async function describeEngine(engine: Pick<EmbeddedEngine, 'ask'>): Promise<EngineDescription> {
  return descriptionSchema.parse(readJson(await engine.ask({ op: 'describe' })))
}

const contextSchema = z.object({
  made: z.array(z.string()),
  refused: z.array(z.object({ what: z.string(), message: z.string() })),
})

/** Of an answer, what is not JSON of Kubernetes. */
const answerSchema = z.object({
  code: z.int(),
  warnings: z.array(z.string()).default([]),
  unknownKind: z.boolean().optional(),
  /** Of an unknown kind: the definition that would serve it, and why the server does not take that. */
  refused: z.object({ what: z.string(), message: z.string() }).optional(),
  panic: z.string().optional(),
})

/** The embedded server behind the port of all API servers. */
export async function createEmbedded(engine: Pick<EmbeddedEngine, 'ask'>): Promise<ApiServer> {
  const { kubernetes } = await describeEngine(engine)
  const ask = async (
    header: Readonly<Record<string, unknown>>,
    { apiVersion, kind, body }: Manifest,
    update: boolean,
  ): Promise<Taken | NotTaken | undefined> => {
    try {
      const answer = readJson(await engine.ask(header, [body]))
      const parsed = answerSchema.safeParse(answer)
      if (!parsed.success) throw noAnswer()
      const { code, warnings, unknownKind, refused, panic } = parsed.data
      if (panic !== undefined)
        throw new RequestFault('server-error', `the embedded API server failed over this object: ${panic}`)
      if (property(answer, 'original') !== undefined) return undefined
      if (unknownKind === true) return unknown(`${apiVersion} ${kind}`, kubernetes, refused, warnings)
      if (code === 200 || code === 201)
        return { outcome: 'taken', object: property(answer, 'object'), warnings }
      const status = property(answer, 'status')
      const rejected = rejectionIn(code, status, warnings, update)
      if (rejected !== undefined) return rejected
      const words = text(status, 'message')
      throw new RequestFault('server-error', `the embedded API server failed (${code}): ${words}`)
    } catch (error) {
      if (error instanceof RequestFault) return unanswered(error)
      throw error
    }
  }
  return {
    version: kubernetes,
    prepare: async (objects) => prepare(engine, objects),
    dryRun: async (manifest) => shown(await ask({ op: 'create', type: manifest.type }, manifest, false)),
    judge: async (manifest) => {
      const answer = await ask({ op: 'create', type: manifest.type, bare: true }, manifest, false)
      if (answer === undefined) return unanswered(noAnswer())
      return answer.outcome === 'taken' ? { outcome: 'accepted', warnings: answer.warnings } : answer
    },
    tryUpdate: async (original, patch) => {
      // A test holds for the text of the manifest; the server may write the same value in another way.
      const header = { op: 'update', type: original.type, patch: withoutTests(patch) }
      const answer = await ask(header, original, true)
      return answer && shown(answer)
    },
  }
}

/** A yes of the engine. */
interface Taken {
  outcome: 'taken'
  /** Unless a bare answer was asked for. */
  object: JsonValue | undefined
  warnings: string[]
}

function shown(answer: Taken | NotTaken | undefined): DryRun {
  if (answer === undefined) return unanswered(noAnswer())
  if (answer.outcome !== 'taken') return answer
  const { object, warnings } = answer
  return isObject(object) ? { outcome: 'accepted', object, warnings } : unanswered(noAnswer())
}

function noAnswer(): RequestFault {
  return new RequestFault('bad-answer', 'the embedded API server gave no answer')
}

function withoutTests(patch: JsonPatch): JsonPatch {
  return patch.filter(({ op }) => op !== 'test')
}

function unknown(
  what: string,
  kubernetes: string,
  refused: { what: string; message: string } | undefined,
  warnings: string[],
): NotTaken {
  const because =
    refused === undefined
      ? 'no CustomResourceDefinition that was read defines it'
      : `the ${refused.what} is refused: ${refused.message}`
  const message = `Kubernetes ${kubernetes} has no ${what}, and ${because}`
  return { outcome: 'rejected', rejection: 'unknown-kind', code: 404, message, causes: [], warnings }
}

async function prepare(
  engine: Pick<EmbeddedEngine, 'ask'>,
  objects: readonly JsonObject[],
): Promise<Preparation> {
  const bodies = contextOf(objects).map((object) => JSON.stringify(object))
  // Also where there are none: an engine may have been told of another repository before.
  try {
    const parsed = contextSchema.safeParse(readJson(await engine.ask({ op: 'context' }, bodies)))
    if (!parsed.success)
      throw new InfrastructureError('the embedded API server does not say what it made of the repository')
    return { assumed: parsed.data.made, refused: parsed.data.refused }
  } catch (error) {
    if (!(error instanceof RequestFault)) throw error
    throw new InfrastructureError(
      `what the repository says of its namespaces, kinds and policies could not be read: ${messageOf(error)}`,
    )
  }
}

/** By group: the kinds by which others are judged. */
const judging: Readonly<Record<string, readonly string[]>> = {
  '': ['Namespace', 'LimitRange', 'ServiceAccount'],
  'scheduling.k8s.io': ['PriorityClass'],
  'node.k8s.io': ['RuntimeClass'],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'admissionregistration.k8s.io': [
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
  ],
}

const naming = new RegExp(`kind["']?\\s*:\\s*["']?(?:${Object.values(judging).flat().join('|')})\\b`)

/** Whether a text may hold an object that others are judged by. Most do not, and need not be read for it. */
export function namesJudging(text: string): boolean {
  return naming.test(text)
}

/** The objects of a repository that others are judged by: those of certain kinds, and parameters of policies. */
export function contextOf(objects: readonly JsonObject[]): JsonObject[] {
  const parameters = new Set(
    objects.flatMap((object) => {
      const kind = valueAt(object, '/spec/paramKind')
      return isJudging(object) && isObject(kind) ? [`${text(kind, 'apiVersion')} ${text(kind, 'kind')}`] : []
    }),
  )
  return objects.flatMap((object) => {
    if (!isJudging(object) && !parameters.has(`${text(object, 'apiVersion')} ${text(object, 'kind')}`))
      return []
    return [withoutConversion(object)]
  })
}

function isJudging(object: JsonObject): boolean {
  return judging[groupOf(text(object, 'apiVersion'))]?.includes(text(object, 'kind')) === true
}

/** A webhook that converts between versions does not run here; what each version says of itself still holds. */
function withoutConversion(object: JsonObject): JsonObject {
  const spec = property(object, 'spec')
  if (text(object, 'kind') !== 'CustomResourceDefinition' || !isObject(spec)) return object
  const { conversion: _conversion, ...rest } = spec
  return { ...object, spec: rest }
}

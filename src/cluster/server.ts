import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import {
  InfrastructureError,
  type Backend,
  type DryRun,
  type Fault,
  type JsonObject,
  type JsonPatch,
} from '../model/index.ts'
import type { Cluster, Manifest, Preparation } from './cluster.ts'
import type { ApiClient } from './connection.ts'
import { discover, type Discovery, type ServedKind } from './discovery.ts'
import { RequestFault } from './fault.ts'
import { Gate, Turns } from './limit.ts'
import { collectionPath, isPathSegment } from './paths.ts'
import { renamed } from './rename.ts'
import { Seeder } from './seeder.ts'
import {
  isOvertaken,
  isTaken,
  readJson,
  refusal,
  unanswered,
  verdictOf,
  withTakenAsConflict,
} from './status.ts'
import { canBeTried, claimsShared, makeScratchNamespace, tryUpdateIn } from './update.ts'

export interface ServerOptions {
  /** True for a server that we started: then it is seeded, and objects are stored to try updates on them. */
  owned: boolean
  close: () => Promise<void>
  /** Why a server of ours no longer answers, where that is known within so many milliseconds. */
  trouble?: (wait: number) => Promise<string | undefined>
}

/** Milliseconds to wait for word of the end of a server of ours, for the faults that its end looks like. */
const patience: Partial<Record<Fault, number>> = { unreachable: 1000, 'server-error': 250, timeout: 0 }

/** Names that are tried in place of one that is taken. */
const renames = 3

/** How often a dry-run is sent where a write of the server's own overtakes it. */
const overtaken = 4

/** The Cluster over any connection. Reads the server's version; throws an `InfrastructureError` when it cannot. */
export async function createCluster(
  backend: Backend,
  client: ApiClient,
  { owned, close, trouble = async () => undefined }: ServerOptions,
): Promise<Cluster> {
  const explain = async (error: unknown): Promise<RequestFault> => {
    if (!(error instanceof RequestFault)) throw error
    const wait = patience[error.fault]
    const reason = wait === undefined ? undefined : await trouble(wait)
    return reason === undefined ? error : new RequestFault('unreachable', reason)
  }
  /** For what a run cannot do without. */
  const required = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw new InfrastructureError((await explain(error)).message)
    }
  }
  /** For single requests. */
  const tried = async <T>(work: () => Promise<T>): Promise<T | DryRun> => {
    try {
      return await work()
    } catch (error) {
      return unanswered(await explain(error))
    }
  }

  const version = await required(() => readVersion(client))
  const seeder = new Seeder(client)
  const gate = new Gate()
  const turns = new Turns()
  const scratches = new Map<string, Promise<string | undefined>>()
  let discovery: Promise<Discovery> | undefined
  const known = (): Promise<Discovery> => {
    discovery ??= discover(client)
    // Not remembered when it fails: the next object may find the server awake.
    discovery.catch(() => {
      discovery = undefined
    })
    return discovery
  }
  const post = async (kind: ServedKind, manifest: Manifest): Promise<DryRun> => {
    for (let attempt = 1; ; attempt++) {
      const response = await client.request({
        method: 'POST',
        path: `${collectionPath(kind, manifest.namespace)}?dryRun=All&fieldValidation=Strict`,
        type: manifest.type,
        body: manifest.body,
      })
      if (attempt < overtaken && isOvertaken(response)) {
        await pause(50 * attempt)
        continue
      }
      const verdict = verdictOf(response, client.url, false, kind)
      return owned ? verdict : withTakenAsConflict(verdict)
    }
  }

  return {
    backend,
    version,
    prepare: (objects: readonly JsonObject[]): Promise<Preparation> =>
      required(async () => {
        const served = await known()
        if (!owned) return { assumed: [], refused: [] }
        return gate.alone(async () => {
          const preparation = await seeder.seed(objects, served, async () => {
            discovery = undefined
            return known()
          })
          // Scratch namespaces are copies of what was there before.
          scratches.clear()
          return preparation
        })
      }),
    dryRun: (manifest: Manifest): Promise<DryRun> =>
      tried(() =>
        gate.shared(async () => {
          const served = await known()
          const kind = served.find(manifest.apiVersion, manifest.kind)
          if (kind === undefined) return unknownKind(manifest, version, served)
          if (!isPathSegment(manifest.namespace)) return impossibleNamespace(manifest)
          const verdict = await post(kind, manifest)
          if (!isConflict(verdict) || isTaken(verdict)) return verdict
          // It is there already: seeded, made by the server, or deployed. What a create would be told is asked under a
          // name that is free. A dry-run update would judge something else: fields that have not changed are spared,
          // immutable ones refused, and some kinds cannot be updated without having been read.
          for (let attempt = 1; attempt <= renames; attempt++) {
            const other = renamed(manifest, attempt)
            if (other === undefined) return verdict
            const again = await post(kind, other.manifest)
            if (!isConflict(again)) return other.restore(again)
          }
          return verdict
        }),
      ),
    tryUpdate: async (original: Manifest, patch: JsonPatch): Promise<DryRun | undefined> => {
      if (!owned || !canBeTried(original)) return undefined
      return tried(async () => {
        const kind = (await known()).find(original.apiVersion, original.kind)
        if (kind === undefined || !isPathSegment(original.namespace)) return undefined
        const place = kind.namespaced ? original.namespace || 'default' : ''
        const work = async (): Promise<DryRun | undefined> => {
          const scratch = kind.namespaced ? await scratchFor(place) : ''
          return scratch === undefined ? undefined : tryUpdateIn(client, kind, scratch, original, patch)
        }
        if (claimsShared(original, kind)) return gate.alone(work)
        const key = [original.apiVersion, original.kind, place, original.name].join(' ')
        return turns.take(key, () => gate.shared(work))
      })
    },
    async close() {
      client.close()
      await close()
    },
  }

  async function scratchFor(namespace: string): Promise<string | undefined> {
    const made = scratches.get(namespace) ?? makeScratchNamespace(client, namespace)
    scratches.set(namespace, made)
    try {
      return await made
    } catch (error) {
      scratches.delete(namespace)
      throw error
    }
  }
}

function isConflict(verdict: DryRun): boolean {
  return verdict.outcome === 'rejected' && verdict.rejection === 'conflict'
}

async function readVersion(client: ApiClient): Promise<string> {
  const response = await client.request({ method: 'GET', path: '/version' })
  // Who may dry-run may be kept from reading this.
  if (response.status === 403) return 'unknown'
  if (response.status !== 200) throw refusal(response, client.url)
  const { data } = z.object({ gitVersion: z.string() }).safeParse(readJson(response.body))
  if (data === undefined)
    throw new RequestFault('bad-answer', `${client.url} is no Kubernetes API server; check the address`)
  return data.gitVersion
}

function unknownKind({ apiVersion, kind }: Manifest, version: string, served: Discovery): DryRun {
  const others = served.alternatives(apiVersion, kind)
  const hint = others.length === 0 ? '' : `; it serves ${kind} as ${others.join(', ')}`
  return rejected('unknown-kind', `the server (${version}) does not serve ${apiVersion} ${kind}${hint}`)
}

function impossibleNamespace({ namespace }: Manifest): DryRun {
  return rejected('missing-namespace', `"${namespace}" cannot be the name of a namespace`)
}

function rejected(rejection: 'unknown-kind' | 'missing-namespace', message: string): DryRun {
  return { outcome: 'rejected', rejection, code: 404, message, causes: [], warnings: [] }
}

import { setTimeout as pause } from 'node:timers/promises'
import { isObject, property, valueAt, type JsonObject, type JsonValue } from '../model/index.ts'
import type { ApiClient, ApiResponse } from './connection.ts'
import { isOvertaken, madeOf, readJson, refusal, type Asked } from './status.ts'

/** Milliseconds until an object that was replaced whole has to be gone. */
const patience = 20_000

/** Milliseconds in which the server takes over a changed definition; nothing tells when it has. */
const takeOver = 1000

/** How often an update is tried that others overtake. */
const attempts = 5

export type Made = ReturnType<typeof madeOf>

/**
 * Puts an object in the place of one of its name: an earlier run on the same cluster made it, maybe otherwise. `path` is
 * that of its collection. Throws a `RequestFault`.
 */
export async function replace(
  client: ApiClient,
  path: string,
  name: string,
  object: JsonObject,
  asked: Asked,
): Promise<Made> {
  const place = `${path}/${encodeURIComponent(name)}`
  for (let attempt = 1; ; attempt++) {
    const there = await client.request({ method: 'GET', path: place })
    if (there.status === 404) return create(client, path, object, asked)
    if (there.status !== 200) throw refusal(there, client.url)
    const before = readJson(there.body)
    const metadata = property(object, 'metadata')
    const version = valueAt(before, '/metadata/resourceVersion') ?? ''
    const body = {
      ...object,
      metadata: { ...(isObject(metadata) ? metadata : {}), resourceVersion: version },
    }
    const answer = await client.request({ method: 'PUT', path: place, body: JSON.stringify(body) })
    if (attempt < attempts && isOvertaken(answer)) continue
    const made = madeOf(answer, client.url, asked)
    if ('object' in made) {
      const changed = generation(before) !== generation(made.object)
      if (changed && asked.kind === 'CustomResourceDefinition') await pause(takeOver)
      return made
    }
    // Something in it cannot be changed in place.
    await client.request({ method: 'DELETE', path: place })
    return create(client, path, object, asked)
  }
}

/** Makes an object whose name may be taken for a moment yet, or whose making may be overtaken. */
async function create(client: ApiClient, path: string, object: JsonObject, asked: Asked): Promise<Made> {
  const ends = performance.now() + patience
  for (;;) {
    const answer = await post(client, path, object)
    const waits = answer.status === 409 && performance.now() < ends
    if (!waits) return madeOf(answer, client.url, asked)
    await pause(50)
  }
}

/** Sends an object to be stored, again where a write of the server's own overtook it. */
export async function post(client: ApiClient, path: string, object: JsonObject): Promise<ApiResponse> {
  for (let attempt = 1; ; attempt++) {
    const answer = await client.request({
      method: 'POST',
      path,
      body: JSON.stringify(object),
      repeatable: false,
    })
    if (attempt >= attempts || !isOvertaken(answer)) return answer
    await pause(50 * attempt)
  }
}

function generation(object: JsonValue | undefined): JsonValue | undefined {
  return valueAt(object, '/metadata/generation')
}

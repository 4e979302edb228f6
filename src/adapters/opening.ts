import type { EmbeddedEngine } from '../cluster/index.ts'
import { asksForNothing, type OutsideRequest } from '../model/index.ts'
import type { Outside, OutsideWorld } from './outside.ts'

/** Starts the embedded API server; `entry` is the file that threads run. */
export type StartApi = (entry: URL) => EmbeddedEngine

export interface Opened extends Outside {
  /** The embedded API server; it may still be starting. */
  api: EmbeddedEngine | undefined
}

/** Starts what a run asks for. What starts programs and servers is loaded only then: most runs ask for none. */
export async function openWhatIsAsked(request: OutsideRequest, world: OutsideWorld): Promise<Opened> {
  // First of all: it takes a second, in a thread of its own.
  const api = request.api ? world.startApi(world.entry) : undefined
  try {
    const outside = asksForNothing(request)
      ? { engines: [], cluster: undefined, close: async () => undefined }
      : await (await import('./outside.ts')).openOutside(request, world)
    return {
      ...outside,
      api,
      close: async () => {
        await Promise.all([outside.close(), api?.close()])
      },
    }
  } catch (error) {
    await api?.close()
    throw error
  }
}

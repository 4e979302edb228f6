import { asksForNothing, type OutsideRequest } from '../model/index.ts'
import type { Outside, OutsideWorld } from './outside.ts'

/** Starts what a run asks for. What starts programs and servers is loaded only then: most runs ask for nothing. */
export async function openWhatIsAsked(request: OutsideRequest, world: OutsideWorld): Promise<Outside> {
  if (asksForNothing(request)) return { engines: [], cluster: undefined, close: async () => undefined }
  const { openOutside } = await import('./outside.ts')
  return openOutside(request, world)
}

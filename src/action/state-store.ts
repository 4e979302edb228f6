import type { Host } from '../adapters/running.ts'
import { stateCache } from '../adapters/state-cache.ts'
import { emptyState, noStore, type StateStore } from '../schedule/index.ts'
import type { ActionInputs } from './inputs.ts'

/** Where this run reads what was learned, and may write it. */
export function openStateStore(
  { state }: Pick<ActionInputs, 'state'>,
  environment: Readonly<Record<string, string | undefined>>,
  { entry }: Host,
): StateStore {
  return state === 'none' ? noStore(emptyState) : stateCache({ environment, entry })
}

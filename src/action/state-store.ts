import type { Host } from '../adapters/running.ts'
import { emptyState, noStore, type StateStore } from '../schedule/index.ts'
import type { ActionInputs } from './inputs.ts'

/** Where this run reads what was learned, and may write it. */
export function openStateStore(
  _inputs: Pick<ActionInputs, 'state'>,
  _environment: Readonly<Record<string, string | undefined>>,
  _host: Host,
): StateStore {
  return noStore(emptyState)
}

import type { State } from './state.ts'

/** Where a state is kept. A memo: whatever is wrong with it, the run goes on, and the next harvest makes it anew. */
export interface StateStore {
  /** The newest state; the empty one where there is none that can be read, with a sentence that says why not. */
  restore(): Promise<{ state: State; trouble?: string }>
  /** Keeps a state; a sentence where it could not, or may not. */
  save(state: State): Promise<{ trouble?: string }>
}

/** A store that keeps nothing: `state: none`. */
export function noStore(empty: State): StateStore {
  return {
    restore: async () => ({ state: empty }),
    save: async () => ({}),
  }
}

import type { ChangedFile, ChangeSource } from '../change/index.ts'
import type { Forge } from '../github/index.ts'

/** Two commits of a repository on GitHub, read from there. */
export function changeSource(
  forge: Forge,
  sides: { base: string; head: string; files: readonly ChangedFile[] },
): ChangeSource {
  return {
    ...sides,
    hasHunks: true,
    tree: async (commit) => forge.tree(commit),
    texts: async (oids) => forge.texts(oids),
  }
}

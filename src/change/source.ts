/*
 * A change under review, wherever it comes from: two commits and what differs between them. Contents are read by object
 * id from the commits themselves, never from a checkout that may hold something else.
 */

export interface ChangedFile {
  path: string
  /** Its path before the change, where that was another one. */
  previous: string | undefined
  status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed' | 'unchanged'
  /** Unified hunks; absent from binary and very large files. */
  patch: string | undefined
}

export interface TreeEntry {
  path: string
  /** `100644`, `100755`, `120000` (a link), `160000` (a submodule). */
  mode: string
  oid: string
  /** Bytes. */
  size: number
}

export interface CommitTree {
  /** Blobs alone. */
  entries: readonly TreeEntry[]
  /** False where the list is cut short. */
  complete: boolean
}

export type BlobText = { text: string } | { missing: 'binary' | 'not-utf-8' | 'gone' }

export interface ChangeSource {
  /** The merge base: what the change is compared with. */
  base: string
  head: string
  files: readonly ChangedFile[]
  /** Whether the hunks are those that a review may comment on; where not, they are worked out from the texts. */
  hasHunks: boolean
  tree(commit: string): Promise<CommitTree>
  texts(oids: readonly string[]): Promise<ReadonlyMap<string, BlobText>>
}

export { readBaseline, writeBaseline } from './baseline.ts'
export { hunksBetween, hunksOf, wholeHunk, type Hunk } from './hunks.ts'
export { isBaseline, isContext, wholeScope, type FileScope, type Placed, type Scope } from './scope.ts'
export type { BlobText, ChangedFile, ChangeSource, CommitTree, TreeEntry } from './source.ts'

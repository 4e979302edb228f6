import { detect } from './detect/index.ts'
import { editFile } from './edit/index.ts'
import type { FilePlace } from './inventory/index.ts'
import type { JsonPatch, Reason } from './model/index.ts'
import type { Judge } from './policies/index.ts'
import { applied } from './propose/index.ts'
import type { SourceFile } from './resources/index.ts'
import { verifyGroup, type Judged, type Verdict, type VerifiedLevel } from './verify/index.ts'

/** An entry in a list of a kustomization that names a new file: without it the file would not be applied. */
export interface Listing {
  source: SourceFile
  judged: Judged
  patch: JsonPatch
}

/** Undefined where there is no such object. `name` is the new file as the kustomization sees it. */
export function listingOf(
  source: SourceFile,
  { at }: FilePlace,
  name: string,
  judge: Judge,
): Listing | undefined {
  const resource = source.resources.find(({ document, root }) => document === at.document && root === at.root)
  if (resource === undefined) return undefined
  const { detected, errors } = detect(judge, resource)
  return {
    source,
    judged: {
      judge,
      resource,
      detected,
      before: new Set(detected.map(({ key }) => key)),
      silent: new Set(errors.map(({ policy }) => policy)),
      allowRemoval: new Set(),
      mayChange: new Set(),
      excepted: [],
    },
    patch: [{ op: 'add', path: `${at.pointer}/-`, value: name }],
  }
}

/** Verifies entries of one kustomization together, as a fix is verified. */
export function verifyListings(
  { source, judged }: Listing,
  patch: JsonPatch,
  level: VerifiedLevel,
): Pick<Verdict, 'edits' | 'reason'> {
  const patched = applied(judged.resource.object, patch)
  if (patched === undefined)
    return { edits: [], reason: { code: 'path-not-found', text: 'no list stands there that could name it' } }
  const breakage = { probability: 0, because: '' }
  // As fixes form a group, but for what nobody has found: there is no target that has to be gone.
  const group = { owners: [], members: [], plans: [], patch, patched, breakage, values: [] }
  return verifyGroup(judged, source, group, level)
}

/** The text of the kustomization with all of these entries, which are of the same one. */
export function withListings(
  listings: readonly Listing[],
  level: VerifiedLevel,
): { text: string } | { reason: Reason } {
  const [first] = listings
  if (first === undefined) throw new TypeError('no entry to write')
  const patch = listings.flatMap((one) => one.patch)
  const { reason } = verifyListings(first, patch, level)
  if (reason !== undefined) return { reason }
  const { source, judged } = first
  const { document } = judged.resource
  const edit = editFile(source.text, [{ document, patch }], { documents: source.documents, proof: 'full' })
  return 'refused' in edit ? { reason: { code: edit.refused, text: edit.text } } : { text: edit.text }
}

import { editDocument, editStretches, gateNames, lineEdits } from '../edit/index.ts'
import type {
  EditRefusal,
  Gate,
  JsonPatch,
  Level,
  LineEdit,
  LineRange,
  Reason,
  Splice,
} from '../model/index.ts'
import { changedPlaces } from '../policies/index.ts'
import type { FixGroup } from '../propose/index.ts'
import type { SourceFile } from '../resources/index.ts'
import { readDocuments, type YamlDocument } from '../yaml/index.ts'
import { stretchesOf } from './window.ts'
import { objectVerdict, passed, rooted, type Judged, type VerifiedLevel } from './object.ts'

export interface Verdict {
  accepted: boolean
  level: Level
  gates: Gate[]
  /** Of an accepted fix: the change of the file, this group alone. */
  edits: LineEdit[]
  /** Of a rejected one. */
  reason: Reason | undefined
}

/** Verifies one group on its own: on its object, then in its text, where new keys land in `prefer` if they can. */
export function verifyGroup(
  judged: Judged,
  source: SourceFile,
  group: FixGroup,
  level: VerifiedLevel,
  prefer: readonly LineRange[] = [],
): Verdict {
  const changed = changedPlaces(judged.resource.object, group.patch)
  const gates = objectVerdict(judged, group.members, group.patched, level, changed)
  const failed = gates.find((gate) => !gate.passed)
  const rejected = (reason: Reason): Verdict => ({
    accepted: false,
    // Nothing is proven of a fix that is refused; its gates say how far it came.
    level: 'text',
    gates,
    edits: [],
    reason,
  })
  if (failed !== undefined) return rejected(rejection(failed))

  const { document: index, root } = judged.resource
  const document = source.documents[index]
  if (document === undefined) return rejected({ code: 'path-not-found', text: 'the document is gone' })
  const splices = splicesOf(source, document, rooted(group.patch, root), prefer)
  if ('refused' in splices) {
    gates.push({ name: 'parses', passed: false, detail: splices.text })
    return rejected(refusal(splices))
  }
  // The editor returns nothing that it has not taken through all of its gates.
  gates.unshift(...gateNames.map(passed))
  return {
    accepted: true,
    level,
    gates,
    edits: lineEdits(source.file, source.lines, splices, prefer),
    reason: undefined,
  }
}

/** The patch in the text of the file: proven in the stretches that it touches, or else on its whole document. */
function splicesOf(
  source: SourceFile,
  document: YamlDocument,
  patch: JsonPatch,
  prefer: readonly LineRange[],
): Splice[] | EditRefusal {
  const quick = editStretches(
    source.text,
    document,
    patch,
    (splices) => stretchesOf(source, document, patch, splices),
    prefer,
  )
  if (quick !== undefined) return quick
  const { start, text, documents } = sliceOf(source, document)
  const above = source.lines.position(start).line - 1
  const shifted = prefer.map(({ startLine, endLine }) => ({
    startLine: startLine - above,
    endLine: endLine - above,
  }))
  const edit = editDocument(text, patch, { documents, prefer: shifted })
  if ('refused' in edit) return edit
  return edit.splices.map((splice) => ({ ...splice, start: splice.start + start, end: splice.end + start }))
}

interface Slice {
  start: number
  text: string
  documents: readonly YamlDocument[]
}

const slices = new WeakMap<YamlDocument, Slice>()

/** A document as a text of its own, read once however many groups are tried on it. */
function sliceOf(source: SourceFile, document: YamlDocument): Slice {
  const { start, end } = document
  if (start === 0 && end === source.text.length)
    return { start, text: source.text, documents: source.documents }
  let slice = slices.get(document)
  if (slice === undefined) {
    const text = source.text.slice(start, end)
    slice = { start, text, documents: readDocuments(text) }
    slices.set(document, slice)
  }
  return slice
}

export function rejection(gate: Gate): Reason {
  if (gate.name === 'keeps-data')
    return {
      code: 'removes-data',
      text: `${gate.detail ?? 'the fix would remove data'}; allow it for the policy under allow-removal`,
    }
  if (gate.name === 'keeps-exceptions')
    return {
      code: 'changes-excepted',
      text: gate.detail ?? 'it would change what an exception leaves as it is',
    }
  return { code: `verifier-rejected:${gate.name}`, text: gate.detail ?? `gate ${gate.name} does not hold` }
}

export function refusal({ refused, pointer, text }: EditRefusal): Reason {
  return { code: refused, text: pointer === '' ? text : `${text} (at ${pointer})` }
}

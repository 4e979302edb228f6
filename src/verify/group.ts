import { editDocument, gateNames, lineEdits } from '../edit/index.ts'
import type { EditRefusal, Gate, Level, LineEdit, Reason, Splice } from '../model/index.ts'
import type { FixGroup } from '../propose/index.ts'
import type { SourceFile } from '../resources/index.ts'
import { readDocuments, type YamlDocument } from '../yaml/index.ts'
import { windowsOf, type Window } from './window.ts'
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

/** Verifies one group on its own: on its object, then in its text. */
export function verifyGroup(
  judged: Judged,
  source: SourceFile,
  group: FixGroup,
  level: VerifiedLevel,
): Verdict {
  const changed = group.patch.filter(({ op }) => op !== 'test').map(({ path }) => path)
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
  const patch = rooted(group.patch, root)
  const splices: Splice[] = []
  for (const part of windowsOf(source, document, patch) ?? [{ ...sliceOf(source, document), patch }]) {
    const edit = editDocument(part.text, part.patch, { documents: part.documents, proof: 'quick' })
    if ('refused' in edit) {
      gates.push({ name: 'parses', passed: false, detail: edit.text })
      return rejected(refusal(edit))
    }
    for (const { start, end, text } of edit.splices)
      splices.push({ start: start + part.start, end: end + part.start, text })
  }
  splices.sort((a, b) => a.start - b.start)
  // The editor returns nothing that it has not taken through all of its gates.
  gates.unshift(...gateNames.map(passed))
  return {
    accepted: true,
    level,
    gates,
    edits: lineEdits(source.file, source.text, splices),
    reason: undefined,
  }
}

const slices = new WeakMap<YamlDocument, Omit<Window, 'patch'>>()

/** A document as a text of its own, read once however many groups are tried on it. */
function sliceOf(source: SourceFile, document: YamlDocument): Omit<Window, 'patch'> {
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
  return { code: `verifier-rejected:${gate.name}`, text: gate.detail ?? `gate ${gate.name} does not hold` }
}

export function refusal({ refused, pointer, text }: EditRefusal): Reason {
  return { code: refused, text: pointer === '' ? text : `${text} (at ${pointer})` }
}

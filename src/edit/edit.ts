import jsonPatch from 'fast-json-patch'
import { visit } from 'yaml'
import {
  equal,
  isObject,
  type Edit,
  type EditRefusal,
  type JsonPatch,
  type JsonValue,
  type LineRange,
  type Splice,
} from '../model/index.ts'
import { Lines, readDocuments, type YamlDocument } from '../yaml/index.ts'
import { planChanges } from './change.ts'
import { passesQuickly, textGates, withoutTokens, type KnownDocuments } from './gates.ts'
import { applyPatch } from './patch.ts'
import { closed, Plan } from './plan.ts'
import { attempt, Refused } from './refusal.ts'
import { applySplices, composeSplices, mergeSplices, OverlapError } from './splices.ts'

export interface DocumentEdit {
  /** Index of the document in the file. */
  document: number
  /** Pointers run from the root of the document. */
  patch: JsonPatch
}

export interface EditOptions {
  /** Lines (of the text, from 1) in which a new key of a map should land, where the map has a gap there. */
  prefer?: readonly LineRange[]
  /** What `readDocuments` gave for this very text, to save reading it again. */
  documents?: readonly YamlDocument[]
  /**
   * `full` (the default) reads the new text with the parser that plans the edits, under both schemas. `quick` lets a
   * second, independent parser do it, for a fix that is tried on its own before it is written together with others.
   */
  proof?: 'full' | 'quick'
}

/**
 * Changes one document, given as a text of its own, by splices, and proves the result: it parses to exactly what the
 * patch makes of the document. Whatever cannot be proven is refused with a reason; nothing is ever re-serialised.
 */
export function editDocument(text: string, patch: JsonPatch, options: EditOptions = {}): Edit | EditRefusal {
  return attempt(() => {
    const documents = options.documents ?? readDocuments(text)
    if (documents.length !== 1) throw new Refused('invalid-document', '')
    return editAll(text, documents, [{ document: 0, patch }], options)
  })
}

/** Changes any number of documents of a file at once; all or nothing. */
export function editFile(
  text: string,
  edits: readonly DocumentEdit[],
  options: EditOptions = {},
): Edit | EditRefusal {
  return attempt(() => editAll(text, options.documents ?? readDocuments(text), edits, options))
}

/** A part of a document that is YAML on its own, and what of a patch falls into it. */
export interface Stretch {
  /** Offsets into the text of the file. */
  start: number
  end: number
  /** What its text reads as alone. */
  value: JsonValue
  /** Pointers run from the root of `value`. */
  patch: JsonPatch
}

/**
 * Changes one document where it stands in its file, and proves the result in the stretches around the changes: the
 * second parser reads each of them as exactly what the patch makes of it, and nothing outside is touched. Undefined
 * where that cannot be shown, and `editDocument` has to look.
 */
export function editStretches(
  text: string,
  document: YamlDocument,
  patch: JsonPatch,
  stretchesOf: (splices: readonly Splice[]) => readonly Stretch[],
  prefer: readonly LineRange[] = [],
): Splice[] | EditRefusal | undefined {
  return attempt(() => {
    const value = readable(document, text)
    const plan = new Plan(text, document, applyPatch(value, patch), prefer)
    let splices: Splice[]
    try {
      planChanges(plan, value)
      splices = reopen(text, mergeSplices(plan.splices), [document])
    } catch (error) {
      if (error instanceof OverlapError) return undefined
      throw error
    }
    const isProven = (stretch: Stretch): boolean => {
      const before = text.slice(stretch.start, stretch.end)
      const local = splices
        .filter(({ start, end }) => start >= stretch.start && end <= stretch.end)
        .map((splice) => ({
          start: splice.start - stretch.start,
          end: splice.end - stretch.start,
          text: splice.text,
        }))
      covered += local.length
      const after = applySplices(before, local)
      return passesQuickly(before, after, local, stretch.value, oracle(stretch.value, stretch.patch))
    }
    let covered = 0
    return stretchesOf(splices).every(isProven) && covered === splices.length && covered > 0
      ? splices
      : undefined
  })
}

function editAll(
  text: string,
  documents: readonly YamlDocument[],
  edits: readonly DocumentEdit[],
  { prefer = [], proof = 'full' }: EditOptions,
): Edit {
  const patches = new Map<number, JsonPatch>()
  for (const { document, patch } of edits) patches.set(document, [...(patches.get(document) ?? []), ...patch])
  const operations = edits.flatMap(({ document, patch }) =>
    patch.map((operation) => ({ document, operation })),
  )
  try {
    const edit = editOnce(text, documents, patches, prefer, proof)
    if (edit !== undefined) return edit
  } catch (error) {
    if (!(error instanceof OverlapError)) throw error
  }
  if (operations.length > 1) return editStepwise(text, documents, operations, prefer)
  throw new Refused('unprovable', operations[0]?.operation.path ?? '')
}

/** All operations in one go on one reading of the text; undefined when the outcome is not proven. */
function editOnce(
  text: string,
  documents: readonly YamlDocument[],
  patches: ReadonlyMap<number, JsonPatch>,
  prefer: readonly LineRange[],
  proof: 'full' | 'quick' = 'full',
): Edit | undefined {
  const expected = new Map<number, JsonValue>()
  const planned: Splice[] = []
  for (const [index, patch] of patches) {
    const document = documents[index]
    const value = readable(document, text)
    const patched = applyPatch(value, patch)
    expected.set(index, oracle(value, patch))
    if (document === undefined) continue
    const plan = new Plan(text, document, patched, prefer)
    planChanges(plan, value)
    planned.push(...plan.splices)
  }
  const splices = reopen(text, mergeSplices(planned), documents)
  if (splices.length === 0) {
    const same = [...expected].every(([index, value]) => equal(documents[index]?.value, value))
    return same ? { text, splices } : undefined
  }
  const after = applySplices(text, splices)
  const [only, ...others] = documents
  const value = expected.get(0)
  if (proof === 'quick' && only !== undefined && others.length === 0 && value !== undefined)
    if (only.value !== undefined && passesQuickly(text, after, splices, only.value, value))
      return { text: after, splices }
  const known = { before: documents, ...readAgain(text, splices, documents, patches) }
  const failed = textGates(text, after, splices, expected, known)
  return failed.length === 0 ? { text: after, splices } : undefined
}

/**
 * The documents of the edited text. Only those that were edited are read again, each as a text of its own: the others
 * are the same bytes, and a `---` at the start of a line ends a document wherever it stands. Undefined where a look at
 * the whole text is needed to tell.
 */
function readAgain(
  text: string,
  splices: readonly Splice[],
  documents: readonly YamlDocument[],
  patches: ReadonlyMap<number, JsonPatch>,
): Pick<KnownDocuments, 'after' | 'bases'> | undefined {
  if (documents.length === 1 || /^%/m.test(text)) return undefined
  const after = [...documents]
  const bases = new Map<number, number>()
  let done = 0
  for (const index of patches.keys()) {
    const document = documents[index]
    const next = documents[index + 1]
    if (document === undefined) return undefined
    const { start, end } = document
    const own = splices.filter((splice) => splice.start >= start && splice.end <= end)
    done += own.length
    const slice = applySplices(
      text.slice(start, end),
      own.map((splice) => ({ ...splice, start: splice.start - start, end: splice.end - start })),
    )
    if (next !== undefined && !(slice.endsWith('\n') && text.startsWith('---', next.start))) return undefined
    const [read, ...more] = readDocuments(slice, withoutTokens)
    if (read === undefined || more.length > 0) return undefined
    const shift = splices
      .filter((splice) => splice.end <= start && splice.start < start)
      .reduce((sum, splice) => sum + splice.text.length - (splice.end - splice.start), 0)
    after[index] = { ...read, index, start: start + shift, end: start + shift + slice.length }
    bases.set(index, start + shift)
  }
  return done === splices.length ? { after, bases } : undefined
}

/** One operation after the other, each on a fresh reading: slower, for patches whose operations get in each other's way. */
function editStepwise(
  text: string,
  documents: readonly YamlDocument[],
  operations: readonly { document: number; operation: JsonPatch[number] }[],
  prefer: readonly LineRange[],
): Edit {
  let current: Edit = { text, splices: [] }
  let read = documents
  let ranges = prefer
  const expected = new Map<number, JsonValue>()
  for (const { document, operation } of operations) {
    const step = editOnce(current.text, read, new Map([[document, [operation]]]), ranges)
    if (step === undefined) throw new Refused('unprovable', operation.path)
    ranges = shift(ranges, current.text, step.splices)
    current = { text: step.text, splices: composeSplices(text, current.splices, step.splices) }
    read = readDocuments(current.text)
    const value = read[document]?.value
    if (value !== undefined) expected.set(document, value)
  }
  if (textGates(text, current.text, current.splices, expected, { before: documents, after: read }).length > 0)
    throw new Refused('unprovable', operations[0]?.operation.path ?? '')
  return current
}

function copyOf(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(copyOf)
  if (!isObject(value)) return value
  const copy = { ...value }
  for (const key of Object.keys(copy)) {
    const item = copy[key]
    if (typeof item === 'object' && item !== null) copy[key] = copyOf(item)
  }
  return copy
}

function cloned(operation: JsonPatch[number]): JsonPatch[number] {
  return 'value' in operation ? { ...operation, value: copyOf(operation.value) } : { ...operation }
}

/** What the patch means, by an implementation of RFC 6902 that is not ours. */
function oracle(value: JsonValue, patch: JsonPatch): JsonValue {
  try {
    return jsonPatch.applyPatch(copyOf(value), patch.map(cloned), false, true, false).newDocument
  } catch {
    // Our own reading of the patch had nothing against it: the two disagree.
    throw new Refused('unprovable', patch[0]?.path ?? '')
  }
}

/** The value of a document that is fit to be edited. */
function readable(document: YamlDocument | undefined, text: string): JsonValue {
  if (document === undefined) throw new Refused('invalid-document', '')
  const { value, problems, start, end } = document
  if (value !== undefined && problems.length === 0) return value
  const slice = text.slice(start, end)
  if (/\{\{/.test(slice)) throw new Refused('template-marker', '')
  if (problems.length > 0 && problems.every(({ code }) => code === 'duplicate-key'))
    throw new Refused('duplicate-key', '')
  if (problems.some(({ message }) => message.startsWith('a key is not'))) throw new Refused('complex-key', '')
  throw new Refused('invalid-document', '')
}

/** Splices for a text that was given a final line break, as splices for the text itself, which then still has none. */
function reopen(text: string, splices: Splice[], documents: readonly YamlDocument[]): Splice[] {
  const whole = closed(text)
  const last = splices.at(-1)
  if (whole === text || last === undefined || last.end < whole.length) return splices
  if (last.start > text.length) last.text = whole.slice(text.length) + last.text
  last.start = Math.min(last.start, text.length)
  last.end = text.length
  const broken = /\r?\n$/.exec(last.text)
  if (broken !== null) last.text = last.text.slice(0, broken.index)
  else if (last.text === '') {
    // What is left ends with the break of the line before, and maybe with blank lines: they go too.
    const end = text.slice(0, last.start).replace(/(?:\r?\n)+$/, '').length
    const kept = blockScalarEnd(documents, end, last.start) ?? end
    if ((splices.at(-2)?.end ?? 0) <= kept) last.start = kept
  }
  return mergeSplices(splices)
}

/** Where a block scalar ends between two offsets: its line break carries value. */
function blockScalarEnd(documents: readonly YamlDocument[], from: number, to: number): number | undefined {
  let found: number | undefined
  const tree = documents.at(-1)?.tree
  if (tree !== undefined)
    visit(tree, {
      Scalar: (_key, node) => {
        if (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED') return
        const end = node.range?.[1] ?? -1
        if (end >= from && end <= to) found = end
      },
    })
  return found
}

/** Preferred lines after the lines above them have changed. */
function shift(ranges: readonly LineRange[], text: string, splices: readonly Splice[]): readonly LineRange[] {
  if (ranges.length === 0) return ranges
  const lines = new Lines(text)
  const move = (line: number): number => {
    const offset = lines.startOf(line)
    let delta = 0
    for (const splice of splices)
      if (splice.start < offset)
        delta += splice.text.split('\n').length - text.slice(splice.start, splice.end).split('\n').length
    return line + delta
  }
  return ranges.map(({ startLine, endLine }) => ({ startLine: move(startLine), endLine: move(endLine) }))
}

import { equal, pointerOf, segments, valueAt, type JsonPatch, type PatchOperation } from '../model/index.ts'
import type { SourceFile } from '../resources/index.ts'
import { locate, readDocuments, type YamlDocument } from '../yaml/index.ts'

/**
 * A stretch of a document that is YAML on its own: an item of a list. A fix of one container of a hundred, or of one
 * object of a long List, is tried in its item alone, so that the cost of a fix does not grow with the file. The text
 * around it is not touched, and in block style everything inside is indented deeper than what surrounds it, so the item
 * means the same in its place as alone. All fixes together are always tried on the whole text.
 */
export interface Window {
  /** Offset of the window in the text of the file. */
  start: number
  text: string
  /** What stands in the window, read as a text of its own. */
  documents: readonly YamlDocument[]
  /** The patch with pointers from the root of the window's document. */
  patch: JsonPatch
}

/** Below this a whole document is read as fast as its parts are found. */
const smallest = 4096

interface Cut {
  start: number
  text: string
  documents: readonly YamlDocument[]
  /** Pointer of the item inside the window's own document. */
  root: string
}

const cuts = new WeakMap<YamlDocument, Map<string, Cut | undefined>>()

/** The smallest useful window on the places that a patch names; undefined where only the whole document will do. */
export function windowOf(source: SourceFile, document: YamlDocument, patch: JsonPatch): Window | undefined {
  if (document.end - document.start < smallest) return undefined
  const path = commonPath(patch)
  for (let length = path.length; length > 0; length--) {
    if (!/^\d+$/.test(path[length - 1] ?? '')) continue
    const pointer = pointerOf(path.slice(0, length))
    const cut = cached(source, document, pointer)
    if (cut === undefined || cut.text.length < 200) continue
    const { start, text, documents, root } = cut
    return { start, text, documents, patch: patch.map((operation) => moved(operation, pointer, root)) }
  }
  return undefined
}

/** The path to the innermost value that holds all that the patch touches. */
function commonPath(patch: JsonPatch): string[] {
  const paths = patch.flatMap((operation) => {
    const path = segments(operation.path).slice(0, -1)
    return operation.op === 'move' || operation.op === 'copy'
      ? [path, segments(operation.from).slice(0, -1)]
      : [path]
  })
  const [first = [], ...others] = paths
  const differs = first.findIndex((segment, index) => others.some((other) => other[index] !== segment))
  return differs === -1 ? first : first.slice(0, differs)
}

function cached(source: SourceFile, document: YamlDocument, pointer: string): Cut | undefined {
  const known = cuts.get(document) ?? new Map<string, Cut | undefined>()
  cuts.set(document, known)
  if (!known.has(pointer)) known.set(pointer, cutOut(source, document, pointer))
  return known.get(pointer)
}

function cutOut(source: SourceFile, document: YamlDocument, pointer: string): Cut | undefined {
  const range = locate(document.tree, pointer)?.value
  if (range === undefined) return undefined
  const whole = source.text.slice(document.start, document.end)
  // An anchor inside may be used outside, and the other way round.
  if (/(?:^|[\s[{,:-])[&*][^\s,\]}]/m.test(whole)) return undefined
  const flow = /^[[{]/.test(source.text.slice(range.start))
  const start = flow ? range.start : source.text.lastIndexOf('\n', range.start - 1) + 1
  const behind = source.text.indexOf('\n', Math.max(range.start, range.end - 1))
  const end = flow ? range.end : behind === -1 ? source.text.length : behind + 1
  // A window in block style is the item's own lines, its dash included, and nothing else.
  if (!flow && (start < document.start || end > document.end)) return undefined
  if (!flow && !/^ *- +$/.test(source.text.slice(start, range.start))) return undefined
  const text = source.text.slice(start, end)
  const documents = readDocuments(text)
  const root = flow ? '' : '/0'
  const [only, ...others] = documents
  const isSame =
    only !== undefined &&
    others.length === 0 &&
    equal(valueAt(only.value, root), valueAt(document.value, pointer))
  return isSame ? { start, text, documents, root } : undefined
}

function moved(operation: PatchOperation, from: string, to: string): PatchOperation {
  const path = to + operation.path.slice(from.length)
  return operation.op === 'move' || operation.op === 'copy'
    ? { ...operation, path, from: to + operation.from.slice(from.length) }
    : { ...operation, path }
}

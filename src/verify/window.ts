import { equal, isWithin, parentOf, valueAt, type JsonPatch } from '../model/index.ts'
import type { SourceFile } from '../resources/index.ts'
import { locate, readDocuments, type YamlDocument } from '../yaml/index.ts'

/**
 * A stretch of a document that is YAML on its own: an item of a list, or a key with its value. A fix of one container of
 * a hundred, or of one object of a long List, is tried in the stretches it touches, so that the cost of a fix does not
 * grow with the file. The text around them is not touched, and in block style everything inside is indented deeper than
 * what surrounds it, so a stretch means the same in its place as alone. All fixes together are always tried on the
 * whole text.
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
const smallest = 1024

interface Cut {
  start: number
  text: string
  documents: readonly YamlDocument[]
  /** Pointer of the stretch inside the window's own document. */
  root: string
}

/** What has been cut out of a document. One with anchors is never cut: what stands inside may be used outside. */
const cuts = new WeakMap<YamlDocument, Map<string, Cut | undefined> | 'anchored'>()

/** The windows on the places that a patch names; undefined where only the whole document will do. */
export function windowsOf(
  source: SourceFile,
  document: YamlDocument,
  patch: JsonPatch,
): Window[] | undefined {
  const size = document.end - document.start
  if (size < smallest) return undefined
  const changes = patch.filter(({ op }) => op !== 'test')
  const found = new Map<string, Cut>()
  for (const operation of changes) {
    if (operation.op === 'move' || operation.op === 'copy') return undefined
    const pointer = stretchOf(source, document, operation.path)
    const cut = pointer === undefined ? undefined : cached(source, document, pointer)
    if (pointer === undefined || cut === undefined) return undefined
    found.set(pointer, cut)
  }
  const outer = [...found].filter(
    ([pointer]) => ![...found.keys()].some((other) => other !== pointer && isWithin(pointer, other)),
  )
  if (outer.reduce((sum, [, { text }]) => sum + text.length, 0) > size / 2) return undefined
  return outer.map(([pointer, { start, text, documents, root }]) => ({
    start,
    text,
    documents,
    patch: patch
      .filter(({ path }) => isWithin(path, pointer))
      .map((operation) => ({ ...operation, path: root + operation.path.slice(pointer.length) })),
  }))
}

/** The innermost value around a place that can be cut out and is worth it. */
function stretchOf(source: SourceFile, document: YamlDocument, place: string): string | undefined {
  for (let pointer = parentOf(place); pointer !== ''; pointer = parentOf(pointer)) {
    const cut = cached(source, document, pointer)
    if (cut !== undefined && cut.text.length >= 30) return pointer
  }
  return undefined
}

function cached(source: SourceFile, document: YamlDocument, pointer: string): Cut | undefined {
  let known = cuts.get(document)
  if (known === undefined) {
    // Looked for once: a List of thousands of objects is cut thousands of times.
    const whole = source.text.slice(document.start, document.end)
    known = /(?:^|[\s[{,:-])[&*][^\s,\]}]/m.test(whole) ? 'anchored' : new Map()
    cuts.set(document, known)
  }
  if (known === 'anchored') return undefined
  if (!known.has(pointer)) known.set(pointer, cutOut(source, document, pointer))
  return known.get(pointer)
}

function cutOut(source: SourceFile, document: YamlDocument, pointer: string): Cut | undefined {
  const range = locate(document.tree, pointer)
  if (range === undefined) return undefined
  const flow = /^[[{]/.test(source.text.slice(range.value.start, range.value.start + 1))
  const first = flow ? range.value.start : (range.key ?? range.value).start
  const start = flow ? first : source.text.lastIndexOf('\n', first - 1) + 1
  const behind = source.text.indexOf('\n', Math.max(first, range.value.end - 1))
  const end = flow ? range.value.end : behind === -1 ? source.text.length : behind + 1
  // A window in block style is the lines of an item with its dash, or of a key that begins its line, and nothing else.
  if (!flow && (start < document.start || end > document.end)) return undefined
  if (!flow && !(range.key ? /^ *$/ : /^ *- +$/).test(source.text.slice(start, first))) return undefined
  const text = source.text.slice(start, end)
  const documents = readDocuments(text)
  const root = flow ? '' : range.key ? `/${pointer.slice(parentOf(pointer).length + 1)}` : '/0'
  const [only, ...others] = documents
  const isSame =
    only !== undefined &&
    others.length === 0 &&
    equal(valueAt(only.value, root), valueAt(document.value, pointer))
  return isSame ? { start, text, documents, root } : undefined
}

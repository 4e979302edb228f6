import type { Stretch } from '../edit/index.ts'
import {
  equal,
  isObject,
  isWithin,
  parentOf,
  segments,
  valueAt,
  type JsonObject,
  type JsonPatch,
  type JsonValue,
  type PatchOperation,
  type Splice,
} from '../model/index.ts'
import type { SourceFile } from '../resources/index.ts'
import { locate, locateKeys, quickValue, type YamlDocument } from '../yaml/index.ts'

/*
 * Where a fix that is tried alone is read back. A window is a stretch of a document that is YAML on its own: an item of
 * a list, or a key with its value. A fix of one container of a hundred, or of one object of a long List, is proven in
 * the windows it touches, so that the cost of a fix does not grow with the file. The text around them is not touched,
 * and in block style everything inside is indented deeper than what surrounds it, so a window means the same in its
 * place as alone. All fixes together are always proven on the whole text.
 */

/** Below this a whole document is read as fast as its parts are found. */
const smallest = 600
/** A window should hold more than the value that changes, or there are as many windows as changes. */
const leastWindow = 30

interface Cut {
  start: number
  end: number
  /** What the window reads as, and the pointer of the value it was cut for inside of that. */
  value: JsonValue
  root: string
}

/** What has been cut out of a document. One with anchors is never cut: what stands inside may be used outside. */
const cuts = new WeakMap<YamlDocument, Map<string, Cut | undefined> | 'anchored'>()
const parts = new WeakMap<YamlDocument, Map<string, JsonValue | undefined>>()

/**
 * The stretches of a document on the places that a patch names, which hold the splices that it was turned into; where
 * only the whole document will do, that.
 */
export function stretchesOf(
  source: SourceFile,
  document: YamlDocument,
  patch: JsonPatch,
  splices: readonly Splice[],
): Stretch[] {
  const windows = windowsOf(source, document, patch, splices)
  if (windows !== undefined) return windows
  const { start, end, value } = document
  return value === undefined ? [] : [{ start, end, value, patch }]
}

/** The windows on the places that a patch names; undefined where only the whole document will do. */
export function windowsOf(
  source: SourceFile,
  document: YamlDocument,
  patch: JsonPatch,
  splices: readonly Splice[],
): Stretch[] | undefined {
  const size = document.end - document.start
  if (size < smallest) return undefined
  const changes = patch.filter(({ op }) => op !== 'test')
  const found = new Map<string, Cut>()
  for (const operation of changes) {
    if (operation.op === 'move' || operation.op === 'copy') return undefined
    const pointer = windowAround(source, document, operation.path)
    const cut = pointer === undefined ? undefined : cached(source, document, pointer)
    if (pointer === undefined || cut === undefined) return undefined
    found.set(pointer, cut)
  }
  const outer = [...found].filter(
    ([pointer]) => ![...found.keys()].some((other) => other !== pointer && isWithin(pointer, other)),
  )
  if (outer.reduce((sum, [, { start, end }]) => sum + end - start, 0) > size * 0.7) return undefined
  return outer.map(([pointer, cut]) => {
    const own = patch.filter(({ path }) => isWithin(path, pointer))
    const entries = entriesAround(source, document, pointer, cut, own, splices)
    if (entries !== undefined) return entries
    return {
      start: cut.start,
      end: cut.end,
      value: cut.value,
      patch: own.map((operation) => ({
        ...operation,
        path: cut.root + operation.path.slice(pointer.length),
      })),
    }
  })
}

/** Of a block map with fewer entries than this, all are read. */
const fewEntries = 4

/**
 * Part of a window: of a block map in which keys come or change, only the entries around the splices, one more on each
 * side. They are a map on their own as well, and the entries beyond them are not touched.
 */
function entriesAround(
  source: SourceFile,
  document: YamlDocument,
  pointer: string,
  cut: Cut,
  patch: JsonPatch,
  splices: readonly Splice[],
): Stretch | undefined {
  const entries = blockEntries(source, document, pointer)
  const own = splices.filter(({ start, end }) => start >= cut.start && end <= cut.end)
  const [first, last] = [own[0], own.at(-1)]
  if (entries === undefined || first === undefined || last === undefined) return undefined
  const from = entries.findLastIndex(({ start }) => start < first.start)
  const behind = entries.findIndex(({ start }) => start > last.end)
  if (from < 0) return undefined
  const to = behind === -1 ? entries.length : behind
  const start = entries[from]?.start ?? cut.start
  const end = entries[to]?.start ?? cut.end
  const whole = valueAt(document.value, pointer)
  if (!isObject(whole)) return undefined
  const known = new Set(entries.slice(from, to).map(({ name }) => name))
  const value = cachedPart(source, document, `${pointer} ${from} ${to}`, whole, known, start, end)
  if (value === undefined) return undefined
  const part: PatchOperation[] = []
  for (const operation of patch) {
    const below = operation.path.slice(pointer.length)
    const [name = ''] = segments(below)
    if (known.has(name) || !Object.hasOwn(whole, name)) part.push({ ...operation, path: below })
    else if (operation.op !== 'test') return undefined
  }
  return { start, end, value, patch: part }
}

/** The entries of a block map that begin their own lines, where it has many; undefined for any other value. */
function blockEntries(
  { text }: SourceFile,
  document: YamlDocument,
  pointer: string,
): { name: string; start: number }[] | undefined {
  const keys = locateKeys(document.tree, pointer)
  if (keys === undefined || keys.length < fewEntries) return undefined
  return keys.flatMap(({ name, start }) => {
    const line = text.lastIndexOf('\n', start - 1) + 1
    return /^ *$/.test(text.slice(line, start)) ? { name, start: line } : []
  })
}

/** What the entries of a map read as alone: undefined where that is not what they are in the whole. */
function cachedPart(
  source: SourceFile,
  document: YamlDocument,
  key: string,
  whole: JsonObject,
  names: ReadonlySet<string>,
  start: number,
  end: number,
): JsonValue | undefined {
  let known = parts.get(document)
  if (known === undefined) parts.set(document, (known = new Map<string, JsonValue | undefined>()))
  if (!known.has(key)) {
    const value = quickValue(source.text.slice(start, end))
    const part = Object.fromEntries(Object.entries(whole).filter(([name]) => names.has(name)))
    known.set(key, value !== undefined && equal(value, part) ? value : undefined)
  }
  return known.get(key)
}

/** The innermost value around a place that can be cut out and is worth it. */
function windowAround(source: SourceFile, document: YamlDocument, place: string): string | undefined {
  for (let pointer = parentOf(place); pointer !== ''; pointer = parentOf(pointer)) {
    const cut = cached(source, document, pointer)
    if (cut !== undefined && cut.end - cut.start >= leastWindow) return pointer
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
  const value = quickValue(source.text.slice(start, end))
  const root = flow ? '' : range.key ? `/${pointer.slice(parentOf(pointer).length + 1)}` : '/0'
  const isSame = value !== undefined && equal(valueAt(value, root), valueAt(document.value, pointer))
  return isSame ? { start, end, value, root } : undefined
}

import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Document,
  type ParsedNode,
} from 'yaml'
import type { JsonObject, JsonValue } from '../model/index.ts'
import { itemsOf, pairsOf } from './nodes.ts'
import { quickValue } from './quick.ts'
import { kubernetesYaml, maximumDepth } from './schema.ts'

/** Nodes of one document once its aliases are written out: what stops a YAML bomb. */
export const maximumNodes = 1_000_000

/** Something that keeps a document from being read the way the API server would read it. */
export interface YamlProblem {
  code: 'syntax' | 'duplicate-key' | 'too-deep' | 'too-large' | 'unsupported' | 'alias'
  message: string
  /** UTF-16 offset into the text of the file. */
  offset: number
}

/**
 * One YAML document of a text. `start` and `end` are UTF-16 offsets; the slices of all documents follow each other
 * without a gap (a byte order mark belongs to none), so each can be edited as a text of its own.
 */
export interface YamlDocument {
  index: number
  start: number
  end: number
  /** The syntax tree of the `yaml` package; its ranges are offsets into the whole text. */
  readonly tree: Document.Parsed
  /** Undefined when the document has problems. */
  value: JsonValue | undefined
  problems: YamlProblem[]
}

/** Reads every document of a text. Never throws on bad input: what is wrong is listed in `problems`. */
export function readDocuments(
  text: string,
  options: Parameters<typeof parseAllDocuments>[1] = kubernetesYaml,
): YamlDocument[] {
  const trees = parseTrees(text, options)
  if ('problem' in trees) return [trees.problem]
  let start = text.startsWith('\uFEFF') ? 1 : 0
  const openEnd = endsInsideLine(text) ? text.length : undefined
  return trees.list.map((tree, index) => {
    const end = index === trees.list.length - 1 ? text.length : tree.range[2]
    const document: YamlDocument = { index, start, end, tree, value: undefined, problems: [] }
    start = end
    for (const error of tree.errors)
      document.problems.push(
        // The composer is recursive, and reports the end of its stack as a mistake of the text.
        error.code === 'RESOURCE_EXHAUSTION'
          ? { code: 'too-deep', message: 'nested too deeply to be read', offset: error.pos[0] }
          : {
              code: error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'syntax',
              message: error.message,
              offset: error.pos[0],
            },
      )
    if (document.problems.length === 0) {
      const reader = new Reader(openEnd)
      const value = reader.read(tree.contents, 0)
      document.problems.push(...reader.problems)
      if (reader.problems.length === 0) document.value = value
    }
    return document
  })
}

/**
 * The same documents, with the syntax tree made when it is first asked for: most files of a repository have nothing to
 * point at. What the quick reader cannot read (several documents, aliases, mistakes) is read in full at once.
 */
export function readDocumentsLazily(text: string): YamlDocument[] {
  // A block scalar at the very end of a text reads differently from parser to parser (see Reader.scalar).
  const open = endsInsideLine(text) && /[|>][-+0-9]*[ \t]*(?:#.*)?\r?$/m.test(text)
  const value = open ? undefined : quickValue(text)
  if (value === undefined) return readDocuments(text)
  let full: YamlDocument | undefined
  return [
    {
      index: 0,
      start: text.startsWith('\uFEFF') ? 1 : 0,
      end: text.length,
      value,
      problems: [],
      get tree() {
        full ??= readDocuments(text)[0]
        if (full === undefined) throw new Error('a text with a document has no syntax tree')
        return full.tree
      },
    },
  ]
}

function parseTrees(
  text: string,
  options: Parameters<typeof parseAllDocuments>[1],
): { list: Document.Parsed[] } | { problem: YamlDocument } {
  try {
    const parsed = parseAllDocuments(text, options)
    return { list: 'empty' in parsed ? [] : parsed }
  } catch (error) {
    // The composer is recursive: nesting of some ten thousand levels ends here.
    if (!(error instanceof RangeError)) throw error
    const placeholder = parseAllDocuments('null', options)
    const tree = 'empty' in placeholder ? undefined : placeholder[0]
    if (tree === undefined) throw error
    const problems: YamlProblem[] = [{ code: 'too-deep', message: 'nested too deeply to be read', offset: 0 }]
    return { problem: { index: 0, start: 0, end: text.length, tree, value: undefined, problems } }
  }
}

/** True when the last line holds something and has no line break. */
export function endsInsideLine(text: string): boolean {
  return text.slice(text.lastIndexOf('\n') + 1).trim() !== ''
}

/** Turns a syntax tree into JSON: aliases written out, merge keys applied, keys as strings. */
class Reader {
  readonly problems: YamlProblem[] = []
  private nodes = 0
  private readonly anchors = new Map<string, JsonValue>()
  private readonly openEnd: number | undefined

  /** `openEnd` is the end of a text whose last line has no line break. */
  constructor(openEnd: number | undefined) {
    this.openEnd = openEnd
  }

  read(node: ParsedNode | null, depth: number): JsonValue {
    if (this.problems.length > 0 || node === null) return null
    if (depth > maximumDepth) return this.fail('too-deep', `nested deeper than ${maximumDepth} levels`, node)
    if (++this.nodes > maximumNodes)
      return this.fail('too-large', `more than ${maximumNodes} nodes once aliases are written out`, node)
    if (isAlias(node)) return this.alias(node.source, node, depth)
    const value = this.plain(node, depth)
    if (node.anchor !== undefined) this.anchors.set(node.anchor, value)
    return value
  }

  private plain(node: ParsedNode, depth: number): JsonValue {
    if (isScalar(node)) return this.scalar(node.value, node)
    if (isMap(node)) return this.map(node, depth)
    if (isSeq(node)) {
      if (node.items.some(isPair)) return this.fail('unsupported', 'a map entry stands alone in a list', node)
      return itemsOf(node).map((item) => this.read(item, depth + 1))
    }
    return this.fail('unsupported', 'unknown kind of node', node)
  }

  private scalar(value: unknown, node: ParsedNode): JsonValue {
    if (value === undefined) return null
    if (typeof value === 'symbol') return value.description ?? ''
    // go-yaml gives a block scalar no line break that the file does not have.
    if (typeof value === 'string' && node.range[1] === this.openEnd && isBlockScalar(node))
      return value.replace(/\n$/, '')
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number') return Object.is(value, -0) ? 0 : value
    return this.fail(
      'unsupported',
      `a value tagged ${node.tag ?? 'with an unknown tag'} has no JSON form`,
      node,
    )
  }

  private map(node: ParsedNode, depth: number): JsonValue {
    const result: JsonObject = {}
    for (const { key, value: written } of pairsOf(node)) {
      if (isMergeKey(key)) {
        // go-yaml takes things in their order: a merge wins over the pairs above it, and loses to those below it.
        // Of several maps in one merge the first wins.
        const source = this.read(written, depth + 1)
        for (const one of Array.isArray(source) ? source.toReversed() : [source])
          if (typeof one === 'object' && one !== null && !Array.isArray(one))
            for (const [name, value] of Object.entries(one)) set(result, name, value)
          else if (this.problems.length === 0) this.fail('unsupported', 'a merge key (<<) needs a map', node)
        continue
      }
      if (key !== null && !isScalar(key)) return this.fail('unsupported', 'a key is not a plain scalar', key)
      set(result, keyText(key), this.read(written, depth + 1))
    }
    return result
  }

  private alias(name: string, node: ParsedNode, depth: number): JsonValue {
    const value = this.anchors.get(name)
    if (value === undefined)
      return this.fail('alias', 'an alias points at nothing that stands before it', node)
    return this.copy(value, node, depth)
  }

  private copy(value: JsonValue, node: ParsedNode, depth: number): JsonValue {
    if (this.problems.length > 0) return null
    if (++this.nodes > maximumNodes)
      return this.fail('too-large', `more than ${maximumNodes} nodes once aliases are written out`, node)
    if (depth > maximumDepth) return this.fail('too-deep', `nested deeper than ${maximumDepth} levels`, node)
    if (Array.isArray(value)) return value.map((item) => this.copy(item, node, depth + 1))
    if (typeof value !== 'object' || value === null) return value
    const result: JsonObject = {}
    for (const [key, item] of Object.entries(value)) set(result, key, this.copy(item, node, depth + 1))
    return result
  }

  private fail(code: YamlProblem['code'], message: string, node: ParsedNode): null {
    this.problems.push({ code, message, offset: node.range[0] })
    return null
  }
}

function isBlockScalar(node: ParsedNode): boolean {
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
}

/** `<<` counts as a merge only where it is written plain. */
export function isMergeKey(key: ParsedNode | null): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<'
}

/** A key as JSON sees it: booleans, numbers and null become their text. */
export function keyText(key: ParsedNode | null): string {
  if (key === null || !isScalar(key)) return 'null'
  return typeof key.value === 'symbol' ? (key.value.description ?? '') : String(key.value)
}

function set(object: JsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
  else object[key] = value
}

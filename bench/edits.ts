import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import jsonPatch from 'fast-json-patch'
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, Lexer, parseAllDocuments, type CST } from 'yaml'
import { editFile } from '../src/edit/index.ts'
import { readDocuments } from '../src/yaml/index.ts'
import { escapeSegment, type JsonPatch, type JsonValue } from '../src/model/index.ts'
import { collateralLines } from '../tests/support/collateral.ts'
import { plainValue, readAll } from '../tests/support/go-yaml.ts'

/**
 * Random edits of real manifests, judged by code that shares nothing with the editor: js-yaml with its own reading of
 * scalars, fast-json-patch, and an independent count of collateral lines.
 */

export const variants = ['as-is', 'crlf', 'bom', 'no-final-newline'] as const
export type Variant = (typeof variants)[number]

export interface Options {
  corpus: string
  count: number
  seed: number
  variant: Variant
  /** Only edits aimed at anchors, aliases and merge keys. */
  anchors?: boolean
}

export interface Wrong {
  file: string
  kind: string
  patch: JsonPatch
  because: string
}

export interface Result {
  variant: Variant
  files: number
  /** Files that hold manifests, but that the judge cannot read. */
  unjudged: number
  edits: number
  exact: number
  refused: Record<string, number>
  wrong: Wrong[]
  kinds: Record<string, { edits: number; exact: number; refused: number; wrong: number }>
  /** Milliseconds per edit, reading included. */
  milliseconds: { median: number; p95: number; p99: number; maximum: number }
  /** Edits that end the file with a line break that it did not have, because a block scalar now ends it. */
  endsOpened: number
  refusals: { file: string; kind: string; patch: JsonPatch; code: string }[]
}

interface Target {
  document: number
  pointer: string
  value: JsonValue
}

interface File {
  path: string
  text: string
  values: JsonValue[]
  flows: Target[]
  anchored: { document: number; pointer: string; what: 'anchor' | 'alias' | 'merge' }[]
}

type Random = () => number

function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)]!
}

function varied(text: string, variant: Variant): string {
  if (variant === 'crlf') return text.replace(/\r?\n/g, '\r\n')
  if (variant === 'bom') return text.startsWith('\uFEFF') ? text : `\uFEFF${text}`
  return variant === 'no-final-newline' ? text.replace(/(?:\r?\n)+$/, '') : text
}

function isManifest(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'apiVersion' in value && 'kind' in value
}

export function loadFiles(corpus: string, variant: Variant): { files: File[]; unjudged: number } {
  const root = join(corpus, 'handwritten')
  if (!existsSync(root)) return { files: [], unjudged: 0 }
  const files: File[] = []
  let unjudged = 0
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const text = varied(readFileSync(path, 'utf8'), variant)
    const trees = parseAllDocuments(text, {
      logLevel: 'silent',
      prettyErrors: false,
      merge: true,
      schema: 'core',
    })
    if (!Array.isArray(trees) || trees.some(({ errors }) => errors.length > 0)) continue
    let values: JsonValue[]
    try {
      values = readAll(text) as JsonValue[]
    } catch {
      unjudged++
      continue
    }
    if (!values.some(isManifest) || values.length !== trees.length) continue
    const file: File = { path: relative(root, path), text, values, flows: [], anchored: [] }
    trees.forEach((tree, document) => {
      collect(file, document, tree.contents, '')
    })
    files.push(file)
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), unjudged }
}

function collect(file: File, document: number, node: unknown, pointer: string): void {
  if (!isNode(node)) return
  if (isAlias(node)) {
    file.anchored.push({ document, pointer, what: 'alias' })
    return
  }
  if (node.anchor !== undefined) file.anchored.push({ document, pointer, what: 'anchor' })
  if (isMap(node)) {
    if (node.flow === true && node.items.length > 0) file.flows.push({ document, pointer, value: {} })
    for (const pair of node.items as unknown[]) {
      if (!isPair(pair)) continue
      const key = isScalar(pair.key) ? pair.key : undefined
      if (key?.source === '<<') file.anchored.push({ document, pointer, what: 'merge' })
      else
        collect(file, document, pair.value, `${pointer}/${escapeSegment(String(key?.source ?? key?.value))}`)
    }
  } else if (isSeq(node)) {
    if (node.flow === true && node.items.length > 0) file.flows.push({ document, pointer, value: [] })
    node.items.forEach((item, at) => {
      collect(file, document, item, `${pointer}/${at}`)
    })
  }
}

// ---- what to edit

function isMapValue(value: JsonValue | undefined): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function walk(value: JsonValue, pointer: string, visit: (value: JsonValue, pointer: string) => void): void {
  visit(value, pointer)
  if (Array.isArray(value)) value.forEach((item, at) => walk(item, `${pointer}/${at}`, visit))
  else if (isMapValue(value))
    for (const [key, item] of Object.entries(value)) walk(item, `${pointer}/${escapeSegment(key)}`, visit)
}

function targets(file: File, accept: (value: JsonValue, pointer: string) => boolean): Target[] {
  const result: Target[] = []
  file.values.forEach((root, document) => {
    if (!isManifest(root)) return
    walk(root, '', (value, pointer) => {
      if (accept(value, pointer)) result.push({ document, pointer, value })
    })
  })
  return result
}

const isPod = (value: JsonValue): boolean => isMapValue(value) && Array.isArray(value['containers'])
const isContainer = (value: JsonValue, pointer: string): boolean =>
  isMapValue(value) && /\/(?:initContainers|containers)\/\d+$/.test(pointer)
const isEmpty = (value: JsonValue): boolean =>
  value === null || (typeof value === 'object' && Object.keys(value).length === 0)

const hostile: JsonValue[] = [
  'yes',
  'no',
  'on',
  'off',
  'y',
  'n',
  'null',
  '~',
  'true',
  'False',
  '',
  ' ',
  '0644',
  '1_000',
  '12:30',
  '0o17',
  '0x1F',
  '0b11',

  '1e3',
  '.5',
  '-1',
  '+.inf',
  '.nan',
  '08',
  '1.',
  '2020-01-01',
  '2020-01-01T00:00:00Z',
  '=',
  '<<',
  '-',
  '?',
  ':',
  '--',
  '---',
  '...',

  'a: b',
  'a:',
  ':a',
  'a #b',
  '#a',
  ' lead',
  'trail ',
  'two\nlines',
  'ends\n',
  '\nstarts',
  'many\n\n\nlines\n\n',
  'tab\there',
  '\ttab',

  '"dq"',
  "'sq'",
  `it's "both"`,
  '{{ .Values.x }}',
  '{a}',
  '[a]',
  '*alias',
  '&anchor',
  '!tag',
  '%d',
  '@at',
  '`tick',
  '- dash',
  '? q',

  '|',
  '>',
  '|-\n  x',
  'é😀漢',
  '\u0085',
  'a\u2028b',
  '\u0007bell',
  '\u007f',
  '\ufeffbom',
  'a\r\nb',
  '\\back\\slash',
  'a,b',
  'a]b',
  'x}',

  'a'.repeat(3000),
  'word '.repeat(60).trim(),
  'nginx:1.25@sha256:0123456789abcdef',
  '--flag=value',
  '$(VAR)',
  '/path/to',
  '1.2.3',
  '100m',
  '5Gi',

  0,
  -1,
  7,
  1.5,
  1e21,
  1e-7,
  12345678901,
  true,
  false,
  null,
]

const collections: JsonValue[] = [
  {},
  [],
  { a: 1 },
  ['x'],
  { a: { b: ['c', { d: 'e', f: [] }] }, g: {} },
  [{ name: 'a', value: 'yes' }, 'b', [1, 2]],
  { 'odd key': '', y: 'on', '8': 8, 'a/b~c': [[], {}] },
]

function container(value: JsonValue): JsonValue[] {
  return isMapValue(value) && Array.isArray(value['containers']) ? value['containers'] : []
}

interface Kind {
  name: string
  /** The places in a file where this kind of edit can be made. */
  places(file: File): Target[]
  patch(target: Target, random: Random, file: File): JsonPatch
}

const securityContext: JsonValue = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
}
const resources: JsonValue = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } }

function key(target: Target, random: Random): string {
  return pick(random, Object.keys(target.value as Record<string, JsonValue>))
}

export const kinds: Kind[] = [
  {
    name: 'add securityContext',
    places: (file) => targets(file, isContainer),
    patch: ({ pointer }) => [{ op: 'add', path: `${pointer}/securityContext`, value: securityContext }],
  },
  {
    name: 'add or replace resources',
    places: (file) => targets(file, isContainer),
    patch: ({ pointer }) => [{ op: 'add', path: `${pointer}/resources`, value: resources }],
  },
  {
    name: 'pod-level add or remove',
    places: (file) => targets(file, isPod),
    patch: ({ pointer, value }, random) => {
      const known = ['hostNetwork', 'hostPID', 'serviceAccountName', 'restartPolicy'].filter((name) =>
        Object.hasOwn(value as object, name),
      )
      return known.length > 0 && random() < 0.5
        ? [{ op: 'remove', path: `${pointer}/${pick(random, known)}` }]
        : [{ op: 'add', path: `${pointer}/automountServiceAccountToken`, value: false }]
    },
  },
  {
    name: 'image tag',
    places: (file) =>
      targets(
        file,
        (value, pointer) =>
          typeof value === 'string' && /\/(?:initContainers|containers)\/\d+\/image$/.test(pointer),
      ),
    patch: ({ pointer, value }) => [
      { op: 'replace', path: pointer, value: `${(value as string).split(':')[0]}:1.2.3` },
    ],
  },
  {
    name: 'combined hardening',
    places: (file) => targets(file, isPod),
    patch: ({ pointer, value }) => [
      ...container(value).flatMap((_, at): JsonPatch => [
        { op: 'add', path: `${pointer}/containers/${at}/securityContext`, value: securityContext },
        { op: 'add', path: `${pointer}/containers/${at}/resources`, value: resources },
        { op: 'add', path: `${pointer}/containers/${at}/image`, value: 'registry.example/app:1.2.3' },
      ]),
      { op: 'add', path: `${pointer}/automountServiceAccountToken`, value: false },
      { op: 'add', path: `${pointer}/volumes`, value: [{ name: 'tmp', emptyDir: {} }] },
      { op: 'add', path: `${pointer}/volumes/0`, value: { name: 'run', emptyDir: { medium: 'Memory' } } },
    ],
  },
  {
    name: 'add list item',
    places: (file) => targets(file, (value) => Array.isArray(value)),
    patch: ({ pointer, value }, random) => {
      const list = value as JsonValue[]
      const like =
        typeof list[0] === 'object' ? pick(random, [...collections, ...list]) : pick(random, hostile)
      const at = random() < 0.4 ? '-' : String(Math.floor(random() * (list.length + 1)))
      return [{ op: 'add', path: `${pointer}/${at}`, value: like }]
    },
  },
  {
    name: 'remove list item',
    places: (file) => targets(file, (value) => Array.isArray(value) && value.length > 0),
    patch: ({ pointer, value }, random) => [
      { op: 'remove', path: `${pointer}/${Math.floor(random() * (value as JsonValue[]).length)}` },
    ],
  },
  {
    name: 'add key',
    places: (file) => targets(file, (value) => isMapValue(value)),
    patch: ({ pointer }, random) => [
      {
        op: 'add',
        path: `${pointer}/${escapeSegment(pick(random, ['added', 'on', '9', 'a b', 'x/y', '{}', 'é', '']))}`,
        value: pick(random, [...collections, ...hostile]),
      },
    ],
  },
  {
    name: 'remove key',
    places: (file) => targets(file, (value) => isMapValue(value) && Object.keys(value).length > 0),
    patch: (target, random) => [
      { op: 'remove', path: `${target.pointer}/${escapeSegment(key(target, random))}` },
    ],
  },
  {
    name: 'hostile scalar',
    places: (file) => targets(file, (value) => typeof value !== 'object'),
    patch: ({ pointer }, random) => [{ op: 'replace', path: pointer, value: pick(random, hostile) }],
  },
  {
    name: 'scalar to collection',
    places: (file) => targets(file, (value) => typeof value !== 'object'),
    patch: ({ pointer }, random) => [{ op: 'replace', path: pointer, value: pick(random, collections) }],
  },
  {
    name: 'collection to scalar',
    places: (file) =>
      targets(file, (value, pointer) => typeof value === 'object' && value !== null && pointer !== ''),
    patch: ({ pointer }, random) => [{ op: 'replace', path: pointer, value: pick(random, hostile) }],
  },
  {
    name: 'fill empty',
    places: (file) => targets(file, (value, pointer) => isEmpty(value) && pointer !== ''),
    patch: ({ pointer, value }, random) =>
      Array.isArray(value)
        ? [{ op: 'add', path: `${pointer}/-`, value: pick(random, [...collections, ...hostile]) }]
        : value === null
          ? [{ op: 'replace', path: pointer, value: pick(random, [...collections, ...hostile]) }]
          : [{ op: 'add', path: `${pointer}/added`, value: pick(random, [...collections, ...hostile]) }],
  },
  {
    name: 'inside flow',
    places: (file) => file.flows,
    patch: ({ pointer, document }, random, file) => {
      const value = jsonPatch.getValueByPointer(structuredClone(file.values[document]), pointer) as JsonValue
      const keys = Object.keys(value as object)
      const name = Array.isArray(value)
        ? random() < 0.5
          ? '-'
          : String(Math.floor(random() * (keys.length + 1)))
        : 'added'
      const at = `${pointer}/${escapeSegment(pick(random, keys))}`
      return pick<JsonPatch>(random, [
        [{ op: 'add', path: `${pointer}/${name}`, value: pick(random, [...collections, ...hostile]) }],
        [{ op: 'remove', path: at }],
        [{ op: 'replace', path: at, value: pick(random, [...collections, ...hostile]) }],
        keys.map((one): JsonPatch[number] => ({
          op: 'remove',
          path: `${pointer}/${Array.isArray(value) ? 0 : escapeSegment(one)}`,
        })),
      ])
    },
  },
]

const anchorKind: Kind = {
  name: 'anchors',
  places: (file) =>
    file.anchored
      .map(({ document, pointer }) => ({ document, pointer, value: at(file.values[document], pointer) }))
      .filter(
        (target): target is Target => target.value !== undefined && isManifest(file.values[target.document]),
      ),
  patch: ({ pointer, value, document }, random, file) => {
    const parent = pointer.slice(0, pointer.lastIndexOf('/'))
    const around = at(file.values[document], parent)
    const inside = typeof value === 'object' && value !== null ? Object.keys(value) : []
    const choices: JsonPatch[] = [
      [{ op: 'replace', path: pointer, value: pick(random, [...hostile, ...collections]) }],
      [{ op: 'remove', path: pointer }],
      [
        {
          op: 'add',
          path: Array.isArray(around) ? `${parent}/-` : `${parent}/added`,
          value: pick(random, [...hostile, ...collections]),
        },
      ],
    ]
    if (inside.length > 0) {
      const child = `${pointer}/${escapeSegment(pick(random, inside))}`
      choices.push(
        [{ op: 'remove', path: child }],
        [{ op: 'replace', path: child, value: pick(random, hostile) }],
      )
      choices.push([
        {
          op: 'add',
          path: Array.isArray(value) ? `${pointer}/-` : `${pointer}/added`,
          value: pick(random, hostile),
        },
      ])
    }
    return pick(random, pointer === '' ? choices.slice(2) : choices)
  },
}

function at(value: JsonValue | undefined, pointer: string): JsonValue | undefined {
  if (value === undefined) return undefined
  try {
    return jsonPatch.getValueByPointer(value, pointer) as JsonValue | undefined
  } catch {
    return undefined
  }
}

// ---- the judge

/** Why an accepted edit is wrong; undefined when it is exact. */
export function judge(
  before: string,
  after: string,
  document: number,
  patch: JsonPatch,
  values: JsonValue[],
): string | undefined {
  const expected = values.map((value, index) =>
    index === document
      ? jsonPatch.applyPatch(structuredClone(value), structuredClone(patch), false, true, false).newDocument
      : value,
  )
  let read: unknown[]
  try {
    read = readAll(after)
  } catch (error) {
    return `does not parse: ${String(error).split('\n')[0]}`
  }
  if (read.length !== expected.length) return `${expected.length} documents became ${read.length}`
  for (const [index, value] of expected.entries())
    if (!isDeepStrictEqual(normal(read[index]), normal(value)))
      return index === document ? 'value differs' : `document ${index} changed`
  if (before.startsWith('\uFEFF') !== after.startsWith('\uFEFF')) return 'byte order mark'
  if (!/[^\r]\n/.test(before) && /[^\r]\n/.test(after) && before.includes('\n')) return 'line ends'
  if (!before.includes('\r') && after.includes('\r')) return 'line ends'
  if (before.endsWith('\n') !== after.endsWith('\n') && !endsInBlockScalar(after)) return 'final newline'
  // Where one operation shifts the place of the next, the places in the old text are not told by the pointers.
  const lost =
    patch.length === 1 || patch.every(({ op }) => op === 'add')
      ? lostComments(before, after, document, patch)
      : undefined
  if (lost !== undefined) return `comment lost: ${lost}`
  const shifts = patch.length > 1 && patch.some(({ op }) => op !== 'add')
  const [collateral] = collateralLines(before, after, { lists: shifts ? 'reordered' : 'aligned' })
  if (collateral !== undefined) return `collateral: ${collateral.side} ${collateral.line}: ${collateral.text}`
  return undefined
}

function normal(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null))
}

/** The last scalar grows with the text when it is a block scalar: no other scalar takes in a line that is appended to it. */
function endsInBlockScalar(text: string): boolean {
  const trees = parseAllDocuments(text, { logLevel: 'silent', prettyErrors: false, merge: true })
  let node: unknown = Array.isArray(trees) ? trees.at(-1)?.contents : undefined
  for (;;) {
    if (isMap(node)) node = node.items.at(-1)?.value
    else if (isSeq(node)) node = node.items.at(-1)
    else break
  }
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')
}

function comments(text: string): { text: string; offset: number }[] {
  const result: { text: string; offset: number }[] = []
  let offset = 0
  let scalar = false
  for (const token of new Lexer().lex(text)) {
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') {
      scalar = token === '\u001f'
      continue
    }
    if (!scalar && token.startsWith('#')) result.push({ text: token.trimEnd(), offset })
    scalar = false
    offset += token.length
  }
  return result
}

/** A comment that is gone, though it stands neither in a removed or replaced node nor, deeper than it, below one. */
function lostComments(before: string, after: string, document: number, patch: JsonPatch): string | undefined {
  if (!before.includes('#')) return undefined
  const left = new Map<string, number>()
  for (const { text } of comments(after)) left.set(text, (left.get(text) ?? 0) + 1)
  const old = comments(before)
  const counts = new Map<string, number>()
  for (const { text } of old) counts.set(text, (counts.get(text) ?? 0) + 1)
  const missing = [...counts].filter(([text, count]) => (left.get(text) ?? 0) < count)
  if (missing.length === 0) return undefined
  const spans = patch.map((operation) => span(before, document, operation)).filter((one) => one !== undefined)
  for (const [text, count] of missing) {
    const places = old.filter((comment) => comment.text === text)
    const excused = places.filter(({ offset }) =>
      spans.some(([start, end]) => offset >= start && offset < end),
    ).length
    if (count - (left.get(text) ?? 0) > excused) return text
  }
  return undefined
}

function keyOf(key: unknown): string {
  if (!isScalar(key)) return ''
  return key.type === 'PLAIN' ? String(plainValue(key.source ?? '')) : String(key.value)
}

/** The lines of the node that an operation takes away, with the deeper comments below it. */
function span(text: string, document: number, operation: JsonPatch[number]): [number, number] | undefined {
  if (operation.op === 'test') return undefined
  const trees = parseAllDocuments(text, {
    logLevel: 'silent',
    prettyErrors: false,
    merge: true,
    keepSourceTokens: true,
  })
  let node: unknown = Array.isArray(trees) ? trees[document]?.contents : undefined
  let start = 0
  let key: unknown
  const pointer = operation.op === 'move' ? operation.from : operation.path
  for (const segment of pointer.split('/').slice(1)) {
    const name = segment.replaceAll('~1', '/').replaceAll('~0', '~')
    if (isMap(node)) {
      const pair: unknown = node.items.find((one) => keyOf(one.key) === name)
      if (!isPair(pair)) return undefined
      key = pair.key
      node = pair.value
      start = isNode(key) ? (key.range?.[0] ?? 0) : 0
    } else if (isSeq(node)) {
      const source = node.srcToken as CST.BlockSequence | CST.FlowCollection | undefined
      const dashes: CST.SourceToken[] = []
      for (const item of source?.items ?? [])
        dashes.push(...item.start.filter(({ type }) => type === 'seq-item-ind'))
      node = node.items[Number(segment)]
      start = dashes[Number(segment)]?.offset ?? (isNode(node) ? (node.range?.[0] ?? 0) : 0)
    } else return undefined
  }
  if (!isNode(node) || node.range === undefined || node.range === null) return undefined
  // A scalar that becomes another scalar has no comments to lose.
  if (operation.op !== 'remove' && operation.op !== 'move' && isScalar(node)) return undefined
  const column = start - (text.lastIndexOf('\n', start - 1) + 1)
  let end = node.range[1]
  if (text[end - 1] !== '\n') {
    const at = text.indexOf('\n', end)
    end = at === -1 ? text.length : at + 1
  }
  for (let at = end; at < text.length;) {
    const next = text.indexOf('\n', at) === -1 ? text.length : text.indexOf('\n', at) + 1
    const line = text.slice(at, next)
    const indent = line.length - line.trimStart().length
    if (line.trim() !== '' && !(line.trimStart().startsWith('#') && indent > column)) break
    at = next
    end = next
  }
  return [start, end]
}

// ---- the run

export async function runEdits(options: Options): Promise<Result> {
  const { files, unjudged } = loadFiles(options.corpus, options.variant)
  const random = randomFrom(options.seed)
  const result: Result = {
    variant: options.variant,
    files: files.length,
    unjudged,
    edits: 0,
    exact: 0,
    refused: {},
    wrong: [],
    kinds: {},
    milliseconds: { median: 0, p95: 0, p99: 0, maximum: 0 },
    endsOpened: 0,
    refusals: [],
  }
  const times: number[] = []
  const chosen = options.anchors === true ? [anchorKind] : kinds
  const share = Math.ceil(options.count / chosen.length)
  for (const kind of chosen) {
    const offering = files
      .map((file) => ({ file, places: kind.places(file) }))
      .filter(({ places }) => places.length > 0)
    if (offering.length === 0) continue
    const tally = { edits: 0, exact: 0, refused: 0, wrong: 0 }
    result.kinds[kind.name] = tally
    // A fresh shuffle of the files for each round over them.
    let round: typeof offering = []
    for (let at = 0; at < share && result.edits < options.count; at++) {
      if (round.length === 0) round = shuffled(offering, random)
      const { file, places } = round.pop()!
      const target = pick(random, places)
      const patch = kind.patch(target, random, file)
      // The file has been read by the time it is edited; what is timed is planning, splicing and every gate.
      const documents = readDocuments(file.text)
      const before = performance.now()
      const edit = editFile(file.text, [{ document: target.document, patch }], { documents })
      times.push(performance.now() - before)
      result.edits++
      tally.edits++
      if ('refused' in edit) {
        tally.refused++
        result.refused[edit.refused] = (result.refused[edit.refused] ?? 0) + 1
        result.refusals.push({ file: file.path, kind: kind.name, patch, code: edit.refused })
        continue
      }
      const because = judge(file.text, edit.text, target.document, patch, file.values)
      if (because === undefined) {
        tally.exact++
        result.exact++
        if (!file.text.endsWith('\n') && edit.text.endsWith('\n')) result.endsOpened++
      } else {
        tally.wrong++
        result.wrong.push({ file: file.path, kind: kind.name, patch, because })
      }
      if (at % 500 === 0) await new Promise((done) => setImmediate(done))
    }
  }
  times.sort((a, b) => a - b)
  const quantile = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  result.milliseconds = {
    median: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    maximum: quantile(1),
  }
  return result
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const result = [...list]
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[result[at], result[other]] = [result[other]!, result[at]!]
  }
  return result
}

export function printEdits(result: Result): string {
  const percent = (part: number, whole: number): string =>
    whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`
  const { median, p95, p99, maximum } = result.milliseconds
  return [
    `${result.variant}: ${result.edits} edits of ${result.files} files (${result.unjudged} files the judge cannot read)`,
    `  exact ${result.exact} (${percent(result.exact, result.edits)}), wrong ${result.wrong.length}, refused ${
      Object.entries(result.refused)
        .map(([code, count]) => `${code} ${count}`)
        .join(', ') || '0'
    }`,
    `  ms per edit: median ${median.toFixed(2)}, p95 ${p95.toFixed(2)}, p99 ${p99.toFixed(2)}, maximum ${maximum.toFixed(0)}`,
    ...(result.endsOpened > 0
      ? [`  files that gained a final newline behind a block scalar: ${result.endsOpened}`]
      : []),
    ...Object.entries(result.kinds).map(
      ([name, { edits, exact, refused, wrong }]) =>
        `  ${name.padEnd(26)} ${String(edits).padStart(6)}  exact ${percent(exact, edits).padStart(8)}  refused ${refused}  wrong ${wrong}`,
    ),
  ].join('\n')
}

export function corpusFolder(): string {
  return process.env['CORPUS_DIR'] ?? resolve(import.meta.dirname, '../../shared/corpus')
}

/** The published figures: every variant, and the edits aimed at anchors. */
export async function edits(print: (text: string) => void, args: readonly string[]): Promise<void> {
  const count = Number(args.find((one) => /^\d+$/.test(one)) ?? 20_000)
  for (const variant of variants)
    print(printEdits(await runEdits({ corpus: corpusFolder(), count, seed: 1, variant })))
  print(
    printEdits(
      await runEdits({ corpus: corpusFolder(), count: 500, seed: 1, variant: 'as-is', anchors: true }),
    ),
  )
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '10000' },
      variant: { type: 'string', default: 'as-is' },
      seed: { type: 'string', default: '1' },
      corpus: { type: 'string', default: corpusFolder() },
      anchors: { type: 'boolean', default: false },
      show: { type: 'string', default: '5' },
    },
  })
  const variant = variants.find((one) => one === values.variant)
  if (variant === undefined)
    throw new Error(`unknown variant ${values.variant}; one of ${variants.join(', ')}`)
  const result = await runEdits({
    corpus: values.corpus,
    count: Number(values.count),
    seed: Number(values.seed),
    variant,
    anchors: values.anchors,
  })
  console.log(printEdits(result))
  const show = Number(values.show)
  for (const { file, kind, patch, because } of result.wrong.slice(0, show))
    console.log(`WRONG ${kind} ${file}\n  ${because}\n  ${JSON.stringify(patch).slice(0, 300)}`)
  const other = result.refusals.filter(({ code }) => code === 'unprovable')
  for (const { file, kind, patch, code } of [...other, ...result.refusals].slice(0, show))
    console.log(`REFUSED ${code} ${kind} ${file}\n  ${JSON.stringify(patch).slice(0, 300)}`)
  if (result.edits === 0 || result.wrong.length > 0) process.exitCode = 1
}

if (import.meta.main) await main()

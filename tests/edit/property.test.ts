import * as fc from 'fast-check'
import jsonPatch from 'fast-json-patch'
import { expect, it } from 'vitest'
import { Document, visit } from 'yaml'
import { judge } from '../../bench/edits.ts'
import { applyLineEdits, editDocument, lineEdits } from '../../src/edit/index.ts'
import { Lines } from '../../src/yaml/index.ts'
import { escapeSegment, type JsonPatch, type JsonValue } from '../../src/model/index.ts'
import { readAll } from '../support/go-yaml.ts'

/** A random document in a random hand, and a random patch of it, judged by other parsers than ours. */

const word = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'name',
    'image',
    'on',
    'y',
    '8',
    '',
    'a b',
    'x/y',
    'x~y',
    '#',
    ': ',
    '- a',
    '{}',
    'é',
  ),
  fc.string({ maxLength: 12 }),
)
const leaf: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    false,
    0,
    1.5,
    -3,
    1e21,
    'yes',
    '0644',
    '12:30',
    'two\nlines\n',
    ' x ',
    '*',
    '1_0',
  ),
  word,
  fc.integer(),
)
const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(word, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))
const root = fc.dictionary(word, value, { minKeys: 1, maxKeys: 5, noNullPrototype: true })

interface Hand {
  indent: number
  indentSeq: boolean
  flow: number
  comments: number
  quote: boolean
  ending: 'lf' | 'crlf' | 'none'
}
const hand: fc.Arbitrary<Hand> = fc.record({
  indent: fc.constantFrom(2, 3, 4),
  indentSeq: fc.boolean(),
  flow: fc.integer({ min: 0, max: 7 }),
  comments: fc.integer({ min: 0, max: 5 }),
  quote: fc.boolean(),
  ending: fc.constantFrom('lf', 'crlf', 'none'),
})

function written(content: JsonValue, { indent, indentSeq, flow, comments, quote, ending }: Hand): string {
  const document = new Document(content, { aliasDuplicateObjects: false })
  let at = 0
  visit(document, {
    Node: (_key, node) => {
      at++
      if (comments > 0 && at % comments === 0) node.comment = ` c${at}`
      if (comments > 0 && at % (comments + 2) === 0) node.commentBefore = ` b${at}`
      if (comments > 0 && at % (comments + 3) === 0) node.spaceBefore = true
    },
    Collection: (_key, node) => {
      if (flow > 0 && at % flow === 0) node.flow = true
    },
  })
  const text = document.toString({
    indent,
    indentSeq,
    lineWidth: 0,
    singleQuote: quote,
    defaultKeyType: quote ? 'QUOTE_DOUBLE' : null,
    flowCollectionPadding: !quote,
  })
  if (ending === 'crlf') return text.replaceAll('\n', '\r\n')
  return ending === 'none' ? text.replace(/\n$/, '') : text
}

function pointers(value: JsonValue, pointer: string): { pointer: string; value: JsonValue }[] {
  const below = Array.isArray(value)
    ? value.flatMap((item, at) => pointers(item, `${pointer}/${at}`))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) => pointers(item, `${pointer}/${escapeSegment(key)}`))
      : []
  return [{ pointer, value }, ...below]
}

interface Step {
  at: number
  from: number
  op: number
  key: string
  value: JsonValue
}
const step: fc.Arbitrary<Step> = fc.record({ at: fc.nat(), from: fc.nat(), op: fc.nat(6), key: word, value })

/** Operations that fit the document: each is chosen from what the ones before it leave. */
function patchOf(content: JsonValue, steps: readonly Step[]): JsonPatch {
  const patch: JsonPatch = []
  let current = structuredClone(content)
  for (const { at, from, op, key, value } of steps) {
    const places = pointers(current, '')
    const place = places[at % places.length]!
    const inner = places.filter(({ pointer }) => pointer !== '')
    const target = inner[at % Math.max(1, inner.length)]
    const source = inner[from % Math.max(1, inner.length)]
    let operation: JsonPatch[number] | undefined
    const child = Array.isArray(place.value)
      ? `${place.pointer}/${from % 2 === 0 ? '-' : from % (place.value.length + 1)}`
      : `${place.pointer}/${escapeSegment(key)}`
    const isCollection = typeof place.value === 'object' && place.value !== null
    if (op <= 2 && isCollection) operation = { op: 'add', path: child, value }
    else if (op === 3 && target !== undefined) operation = { op: 'remove', path: target.pointer }
    else if (op === 4 && target !== undefined) operation = { op: 'replace', path: target.pointer, value }
    else if (op === 5 && isCollection && source !== undefined)
      operation = { op: 'copy', from: source.pointer, path: child }
    else if (
      op === 6 &&
      isCollection &&
      source !== undefined &&
      !`${child}/`.startsWith(`${source.pointer}/`) &&
      !`${source.pointer}/`.startsWith(`${child}/`)
    ) {
      // A removal in front of the target would shift its index.
      const parent = source.pointer.slice(0, source.pointer.lastIndexOf('/'))
      const numbered = /\/\d+$/.test(source.pointer)
      if (!numbered || !child.startsWith(`${parent}/`))
        operation = { op: 'move', from: source.pointer, path: child }
    }
    if (operation === undefined) continue
    patch.push(operation)
    current = jsonPatch.applyPatch(current, structuredClone([operation]), false, true, false).newDocument
  }
  return patch
}

it('a random patch of a random document is exact, or refused with a reason', () => {
  let [exact, refused] = [0, 0]
  const codes = new Map<string, number>()
  fc.assert(
    fc.property(root, hand, fc.array(step, { minLength: 1, maxLength: 4 }), (content, style, steps) => {
      const text = written(content, style)
      let values: JsonValue[]
      try {
        values = readAll(text) as JsonValue[]
      } catch {
        return
      }
      const [read] = values
      // The printer is not the one under test: what it wrote wrong is no document of ours.
      if (values.length !== 1 || typeof read !== 'object' || read === null) return
      const patch = patchOf(read, steps)
      const edit = editDocument(text, patch)
      if ('refused' in edit) {
        refused++
        codes.set(edit.refused, (codes.get(edit.refused) ?? 0) + 1)
        return
      }
      exact++
      const context = `${text}\n=== ${JSON.stringify(patch)}\n=== ${edit.text}`
      expect(judge(text, edit.text, 0, patch, values), context).toBeUndefined()
      expect(applyLineEdits(text, lineEdits('f', new Lines(text), edit.splices)), context).toBe(edit.text)
    }),
    { numRuns: 1500, seed: 20261120 },
  )
  expect(refused / (exact + refused), JSON.stringify([...codes])).toBeLessThan(0.02)
})

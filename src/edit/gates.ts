import { isMap, isScalar, Lexer, Schema, type ParsedNode } from 'yaml'
import { equal, type JsonValue, type Splice } from '../model/index.ts'
import {
  itemsOf,
  kubernetesYaml,
  pairsOf,
  quickValue,
  readDocuments,
  type YamlDocument,
} from '../yaml/index.ts'
import { isWithinBudget } from './budget.ts'
import { isBlockScalar } from './layout.ts'
import { applySplices } from './splices.ts'

/** What must hold before an edited text is shown to anyone (facts: yaml-edits.md, 2.4). */
export const gateNames = [
  'parses',
  'equals-patched-object',
  'other-documents-equal',
  'other-bytes-identical',
  'comments-kept',
  'line-ends-kept',
  'lines-within-budget',
] as const
export type Gate = (typeof gateNames)[number]

/** The value each edited document must have, by its index. */
export type Expected = ReadonlyMap<number, JsonValue>

export interface KnownDocuments {
  before?: readonly YamlDocument[] | undefined
  after?: readonly YamlDocument[] | undefined
  /** For documents of `after` that were read as texts of their own: where these texts start in the whole. */
  bases?: ReadonlyMap<number, number> | undefined
}

/** The gates look at values and places, not at source tokens, which are costly to keep. */
export const withoutTokens = { ...kubernetesYaml, keepSourceTokens: false } as const

/**
 * The gates that an edit fails; none for a proven one. It looks at the two texts, the splices between them and the
 * values that were asked for, and knows nothing of how the splices were found.
 */
export function textGates(
  before: string,
  after: string,
  splices: readonly Splice[],
  expected: Expected,
  known: KnownDocuments = {},
): Gate[] {
  const failed: Gate[] = []
  if (!isExact(before, after, splices)) failed.push('other-bytes-identical')
  const old = known.before ?? readDocuments(before)
  const now = known.after ?? readDocuments(after, withoutTokens)
  if (!parses(old, now, expected)) failed.push('parses')
  if (!hasValues(before, now, expected, splices, known.bases)) failed.push('equals-patched-object')
  if (!keepsOthers(old, now, expected)) failed.push('other-documents-equal')
  if (!keepsComments(before, splices)) failed.push('comments-kept')
  if (!keepsLineEnds(before, after, splices, now)) failed.push('line-ends-kept')
  if (!isWithinBudget(before, splices, old, expected)) failed.push('lines-within-budget')
  return failed
}

/**
 * The same question for a text of one document, answered by the second parser, at a fifth of the cost. It can only say
 * yes: true means that the text reads as exactly the value asked for and that no other gate fails; false, that
 * `textGates` has to look.
 */
export function passesQuickly(
  before: string,
  after: string,
  splices: readonly Splice[],
  was: JsonValue,
  value: JsonValue,
): boolean {
  const is = quickValue(after)
  return (
    is !== undefined &&
    equal(is, value) &&
    isExact(before, after, splices) &&
    keepsComments(before, splices) &&
    before.endsWith('\n') === after.endsWith('\n') &&
    keepsLineEnds(before, after, splices, []) &&
    isWithinBudget(before, splices, [{ value: was }], new Map([[0, value]]))
  )
}

function isExact(before: string, after: string, splices: readonly Splice[]): boolean {
  let at = 0
  for (const { start, end } of splices) {
    if (start < at || end < start || end > before.length) return false
    at = end
  }
  return applySplices(before, splices) === after
}

function parses(old: readonly YamlDocument[], now: readonly YamlDocument[], expected: Expected): boolean {
  return now.every((document, index) => {
    const was = old[index]
    const fewer = document.tree.warnings.length <= (was?.tree.warnings.length ?? 0)
    return expected.has(index) ? document.problems.length === 0 && fewer : true
  })
}

function hasValues(
  before: string,
  now: readonly YamlDocument[],
  expected: Expected,
  splices: readonly Splice[],
  bases: ReadonlyMap<number, number> | undefined,
): boolean {
  const ranges = writtenRanges(before, splices)
  for (const [index, value] of expected) {
    const document = now[index]
    if (document === undefined || document.value === undefined || !equal(document.value, value)) return false
    const base = bases?.get(index) ?? 0
    const written = ranges.map((range) => ({ ...range, start: range.start - base, end: range.end - base }))
    if (!readsAlike(document.tree.contents, written)) return false
  }
  return true
}

/** A stretch of the new text that was written, and whether what was there ended or began within a word. */
interface Written {
  start: number
  end: number
  cutsBefore: boolean
  cutsBehind: boolean
}

function writtenRanges(before: string, splices: readonly Splice[]): Written[] {
  let shift = 0
  return splices.map(({ start, end, text }) => {
    const removed = before.slice(start, end)
    const range = {
      start: start + shift,
      end: start + shift + text.length,
      cutsBefore: /^\S/.test(removed),
      cutsBehind: /\S$/.test(removed),
    }
    shift += text.length - (end - start)
    return range
  })
}

function touches(range: Written, start: number, end: number): boolean {
  if (range.start < end && range.end > start) return true
  return (range.start === end && range.cutsBefore) || (range.end === start && range.cutsBehind)
}

const core = new Schema({ schema: 'core' }).tags

/**
 * True when every plain scalar that the edit wrote or changed means the same under YAML 1.2 core. Structure does not
 * depend on the schema, and a scalar that was not touched reads under each schema as it did before, so this is as
 * good as a second parse.
 */
function readsAlike(node: ParsedNode | null, written: readonly Written[]): boolean {
  if (node === null) return true
  const [start, end] = node.range
  if (isScalar(node)) {
    if (node.type !== 'PLAIN' || node.tag !== undefined) return true
    if (!written.some((range) => touches(range, start, end))) return true
    return Object.is(coreValue(node.source ?? ''), node.value)
  }
  if (isMap(node))
    return pairsOf(node).every(({ key, value }) => readsAlike(key, written) && readsAlike(value, written))
  return itemsOf(node).every((item) => readsAlike(item, written))
}

function coreValue(source: string): unknown {
  for (const tag of core) {
    if (!('test' in tag) || tag.test === undefined || tag.default !== true || !tag.test.test(source)) continue
    const value: unknown = tag.resolve?.(source, () => undefined, {})
    return isScalar(value) ? value.value : value
  }
  return source
}

function keepsOthers(
  old: readonly YamlDocument[],
  now: readonly YamlDocument[],
  expected: Expected,
): boolean {
  if (old.length !== now.length) return false
  return old.every((document, index) => {
    const is = now[index]
    if (is === undefined) return false
    if (expected.has(index)) return true
    if (document.value === undefined)
      return is.value === undefined && is.problems.length === document.problems.length
    return equal(document.value, is.value)
  })
}

/**
 * No comment may be lost but with the node it belongs to: one behind removed text on the same line, or one that
 * follows removed text in the same splice. Comments outside the splices cannot be lost without a value changing.
 */
function keepsComments(before: string, splices: readonly Splice[]): boolean {
  const suspects = splices.filter(({ start, end }) => before.slice(start, end).includes('#'))
  if (suspects.length === 0) return true
  let offset = 0
  let scalar = false
  for (const token of new Lexer().lex(before)) {
    if (token === '\u0002' || token === '\u0018' || token === '\u001f') {
      scalar = token === '\u001f'
      continue
    }
    if (!scalar && token.startsWith('#')) {
      const at = offset
      const splice = suspects.find(({ start, end }) => at < end && at + token.length > start)
      if (splice !== undefined && !splice.text.includes(token)) {
        const above = before.slice(splice.start, at).replace(/^[ \t]*#.*$/gm, '')
        if (above.trim() === '') return false
      }
    }
    scalar = false
    offset += token.length
  }
  return true
}

function keepsLineEnds(
  before: string,
  after: string,
  splices: readonly Splice[],
  now: readonly YamlDocument[],
): boolean {
  if (before.startsWith('\uFEFF') !== after.startsWith('\uFEFF')) return false
  const written = splices.map(({ text }) => text).join('\n')
  const old = /\r\n/.test(before)
  if (/\r/.test(after) && !/\r/.test(before)) return false
  if (old && !/(?:^|[^\r])\n/.test(before) && splices.some(({ text }) => /(?:^|[^\r])\n/.test(text)))
    return false
  if (/^[ ]*\t/m.test(written) && !/^[ ]*\t/m.test(before)) return false
  if (before.endsWith('\n') === after.endsWith('\n') || after === '') return true
  // A block scalar that now ends the file needs its line break: without it some readers lose it from the value.
  return after.endsWith('\n') && endsWithBlockScalar(now.at(-1)?.tree.contents ?? null)
}

function endsWithBlockScalar(node: ParsedNode | null): boolean {
  if (node === null || isScalar(node)) return isBlockScalar(node)
  return endsWithBlockScalar((isMap(node) ? pairsOf(node).at(-1)?.value : itemsOf(node).at(-1)) ?? null)
}

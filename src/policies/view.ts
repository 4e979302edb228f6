import { isObject, segments, type JsonObject, type JsonValue } from '../model/index.ts'
import { containerLists, type ContainerList, type Subject } from '../resources/index.ts'
import { applyDefaults } from './defaults.ts'
import { asSent } from './sent.ts'
import { shapeOf, type Shape } from './shape.ts'

/**
 * What expressions see of an object: the object as the API server's decoder would hold it. Integers are BigInt (CEL's
 * int), a null in a map is absent, and so is a value of a type that the API has not (`privileged: "yes"`): the API
 * server refuses such an object, and no policy needs to guess what it means. A null in a list stays, so that indexes
 * are the written ones.
 */
export type CelValue = null | boolean | string | number | bigint | CelValue[] | CelMap | Map<string, CelValue>
export interface CelMap {
  [key: string]: CelValue
}

/** How large a value is: what the worst case of an expression depends on (cost.ts). */
export interface Size {
  /** Length of the longest list or map in it. */
  count: number
  /** Nodes, and the text of strings in hundreds of characters. */
  weight: number
}

export interface ContainerEntry {
  list: ContainerList
  index: number
  value: CelValue
}

/** One object, converted once and shared by all policies. */
export interface SubjectView {
  object: CelValue
  template: CelValue | undefined
  pod: CelValue | undefined
  /** In step with `subject.pod.containers`. */
  containers: readonly CelValue[]
  size: Size
}

const texts: ReadonlySet<Shape> = new Set<Shape>(['string', 'quantity', 'intOrString'])
const integers: ReadonlySet<Shape> = new Set<Shape>(['int', 'intOrString'])

interface Conversion {
  shape: Exclude<Shape, string> | undefined
  value: CelValue
  weight: number
  count: number
}

const readConversions = new WeakMap<JsonObject, Conversion>()
const sentConversions = new WeakMap<JsonObject, Conversion>()

class Converter {
  count = 0
  weight = 0
  private readonly isSent: boolean

  /** What is `sent` keeps its nulls, and its numbers are all `double`. */
  constructor(isSent = false) {
    this.isSent = isSent
  }

  convert(value: JsonValue | undefined, shape: Shape | undefined): CelValue | undefined {
    this.weight++
    if (value === undefined) return undefined
    if (value === null) return this.isSent ? null : undefined
    if (typeof value === 'string') {
      this.weight += value.length / 100
      return shape === undefined || texts.has(shape) ? value : undefined
    }
    if (typeof value === 'boolean') return shape === undefined || shape === 'bool' ? value : undefined
    if (typeof value === 'number') {
      if (this.isSent) return value
      const isInteger = Number.isInteger(value) && Math.abs(value) < 2 ** 63
      if (shape !== undefined && shape !== 'quantity' && !(isInteger && integers.has(shape))) return undefined
      return isInteger ? BigInt(value) : value
    }
    if (Array.isArray(value)) {
      if (shape !== undefined && (typeof shape === 'string' || shape.items === undefined)) return undefined
      const items = shape?.items === 'any' ? undefined : shape?.items
      if (value.length > this.count) this.count = value.length
      return value.map((item) => this.convert(item, items) ?? null)
    }
    if (shape !== undefined && (typeof shape === 'string' || shape.items !== undefined)) return undefined
    return this.map(value, shape)
  }

  private map(value: JsonObject, shape: Exclude<Shape, string> | undefined): CelValue {
    const conversions = this.isSent ? sentConversions : readConversions
    const known = conversions.get(value)
    if (known !== undefined && known.shape === shape) {
      this.weight += known.weight
      if (known.count > this.count) this.count = known.count
      return known.value
    }
    // A patched object shares what the patch leaves alone with the original, and so do their views.
    const part = new Converter(this.isSent)
    const converted = part.fresh(value, shape)
    conversions.set(value, { shape, value: converted, weight: part.weight, count: part.count })
    this.weight += part.weight
    if (part.count > this.count) this.count = part.count
    return converted
  }

  private fresh(value: JsonObject, shape: Exclude<Shape, string> | undefined): CelValue {
    const keys = Object.keys(value)
    if (keys.length > this.count) this.count = keys.length
    const result: CelMap = {}
    for (const key of keys) {
      // cel-js tells kinds of values by their constructor, which a key of that name would hide.
      if (key === 'constructor' || key === '__proto__') return this.odd(value, shape)
      const converted = this.convert(value[key], shape?.fields?.get(key) ?? shape?.values)
      if (converted !== undefined) result[key] = converted
    }
    return result
  }

  private odd(value: JsonObject, shape: Exclude<Shape, string> | undefined): CelValue {
    const result = new Map<string, CelValue>()
    for (const [key, item] of Object.entries(value)) {
      const converted = this.convert(item, shape?.fields?.get(key) ?? shape?.values)
      if (converted !== undefined) result.set(key, converted)
    }
    return result
  }
}

/** A value with nothing known about its shape: parameters and configured values. */
export function celValue(value: JsonValue): CelValue {
  return new Converter().convert(value, undefined) ?? null
}

/** Back to JSON. Throws for what JSON has no form for. */
export function jsonValue(value: unknown): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'bigint') {
    const number = Number(value)
    if (!Number.isSafeInteger(number))
      throw new RangeError(`the integer ${value} is too large for a manifest`)
    return number
  }
  if (Array.isArray(value)) return value.map(jsonValue)
  if (typeof value === 'object') {
    const entries: [string, unknown][] =
      value instanceof Map
        ? [...value].map(([key, item]): [string, unknown] => [String(key), item])
        : Object.entries(value)
    if (value instanceof Map || Object.getPrototypeOf(value) === Object.prototype)
      return Object.fromEntries(entries.map(([key, item]) => [key, jsonValue(item)]))
  }
  throw new TypeError('the expression gave something that is no JSON value (an optional without orValue?)')
}

/** What stands at a path of a view; undefined when nothing does. */
export function celAt(value: CelValue | undefined, path: readonly string[]): CelValue | undefined {
  let current = value
  for (const segment of path) {
    if (Array.isArray(current))
      current = /^(0|[1-9][0-9]*)$/.test(segment) ? current[Number(segment)] : undefined
    else if (current instanceof Map) current = current.get(segment)
    else if (isCelMap(current)) current = Object.hasOwn(current, segment) ? current[segment] : undefined
    else return undefined
  }
  return current
}

function isCelMap(value: CelValue | undefined): value is CelMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Map)
}

const views = {
  written: new WeakMap<JsonObject, SubjectView>(),
  defaulted: new WeakMap<JsonObject, SubjectView>(),
  sent: new WeakMap<JsonObject, SubjectView>(),
}
type Judges = keyof typeof views

/** The view of a subject, kept as long as its object lives. The object must not be changed in place. */
export function viewOf(subject: Subject, judges: Judges): SubjectView {
  const cache = views[judges]
  const known = cache.get(subject.object)
  if (known !== undefined) return known
  const view = createView(subject, judges)
  cache.set(subject.object, view)
  return view
}

function createView(subject: Subject, judges: Judges): SubjectView {
  const converter = new Converter(judges === 'sent')
  const object =
    judges === 'sent'
      ? (converter.convert(asSent(subject), undefined) ?? null)
      : (converter.convert(
          judges === 'defaulted' ? applyDefaults(subject) : subject.object,
          shapeOf(subject.pod?.templatePointer),
        ) ?? null)
  const template = subject.pod && celAt(object, segments(subject.pod.templatePointer))
  const pod = subject.pod && celAt(object, segments(subject.pod.pointer))
  const lists = new Map(containerLists.map((list) => [list, celAt(pod, [list])]))
  const containers = (subject.pod?.containers ?? []).map(({ list, index }) => {
    const items = lists.get(list)
    return (Array.isArray(items) ? items[index] : undefined) ?? null
  })
  return { object, template, pod, containers, size: { count: converter.count, weight: converter.weight } }
}

/**
 * True where the object writes something at `path` (or above it) that the view left out because its type is not the
 * API's. Nothing can be said about such a place.
 */
export function isMistyped(
  raw: JsonValue | undefined,
  view: CelValue | undefined,
  path: readonly string[],
): boolean {
  let written: JsonValue | undefined = raw
  let seen = view
  for (const segment of path) {
    if (Array.isArray(written)) written = written[Number(segment)]
    else if (isObject(written)) written = Object.hasOwn(written, segment) ? written[segment] : undefined
    else return true
    if (written === undefined || written === null) return false
    seen = celAt(seen, [segment])
    if (seen === undefined || seen === null) return true
  }
  return false
}

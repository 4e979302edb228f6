import type { JsonObject, JsonValue } from '../../src/model/index.ts'
import { copy, isObject } from '../../src/model/index.ts'
import type { Field, KindSchema, Shape } from './schema.ts'

/** From the root of an object; a number is a place in a list. */
export type Path = readonly (string | number)[]

/** One thing done to one field of a valid object. */
export interface Mutation {
  path: Path
  /** E.g. `wrong type`. */
  what: string
  /** Undefined: the field is taken away. */
  value: JsonValue | undefined
  /** The key that comes twice, below `path`. */
  twice?: string
}

/** Fields below which nothing is judged, or only the server writes. */
const closed: ReadonlySet<string> = new Set(['managedFields', 'status'])

const deepest = 16

/** Every mutation of every field that can be reached, in the order of the schema. */
export function mutationsOf({ root }: KindSchema): Mutation[] {
  const mutations: Mutation[] = []
  const walk = (field: Field, path: Path, required: boolean, seen: readonly string[]): void => {
    const shape = field()
    if (path.length > deepest) return
    const last = path.at(-1)
    // The path that the object is sent to is made of these.
    if (path.length === 1 && (last === 'apiVersion' || last === 'kind')) return
    const add = (what: string, value: JsonValue | undefined, twice?: string): void => {
      mutations.push({ path, what, value, ...(twice === undefined ? {} : { twice }) })
    }
    if (path.length > 0)
      for (const [what, value] of valuesFor(shape, nameOf(path), required)) add(what, value)
    if (typeof last === 'string' && closed.has(last) && path.length > 1) return
    if (shape.type === 'list') walk(shape.items, [...path, 0], false, seen)
    if (shape.type === 'map') {
      for (const name of ['Bad key!', 'x'.repeat(70), 'a/b/c', ''])
        mutations.push({ path: [...path, name], what: 'bad key', value: minimal(shape.values, 'value', 0) })
      walk(shape.values, [...path, 'sample'], false, seen)
    }
    // A type inside itself says nothing new the third time.
    if (shape.type !== 'object' || seen.filter((name) => name === shape.name).length > 1) return
    const [key = 'name'] = shape.properties.keys()
    mutations.push({ path: [...path, 'unknownField'], what: 'unknown key', value: 'x' })
    const otherCase = `${key[0]?.toUpperCase()}${key.slice(1)}`
    mutations.push({ path: [...path, otherCase], what: 'key in another case', value: 'x' })
    mutations.push({ path, what: 'key twice', value: undefined, twice: [...shape.required][0] ?? key })
    for (const [name, property] of shape.properties)
      walk(property, [...path, name], shape.required.has(name), [...seen, shape.name])
  }
  walk(root, [], true, [])
  return mutations
}

function nameOf(path: Path): string {
  return path.findLast((part) => typeof part === 'string') ?? ''
}

/** Values for a field: some that it takes, some that it does not. */
function valuesFor(
  shape: Shape,
  name: string,
  required: boolean,
): [what: string, value: JsonValue | undefined][] {
  const values: [string, JsonValue | undefined][] = [
    ['left out', undefined],
    ['null', null],
    ['valid', minimal(() => shape, name, 0)],
  ]
  if (!required) values.push(['valid again', minimal(() => shape, name, 1)])
  switch (shape.type) {
    case 'string':
      values.push(
        ['wrong type', 7],
        ['wrong type', { a: 'b' }],
        ['empty', ''],
        ['bad name', 'Bad_Name!'],
        ['another', 'another'],
        ['long', 'x'.repeat(300)],
        ['odd', ' a\tb\u0000ü '],
        ...shape.values.map((value): [string, string] => ['of the enum', value]),
        ...stringsFor(name).map((value): [string, string] => ['special', value]),
      )
      if (shape.values.length > 0)
        values.push(['out of enum', (shape.values[0] ?? '').toLowerCase()], ['out of enum', 'Nonsense'])
      if (shape.format === 'date-time')
        values.push(['bad date', 'yesterday'], ['date', '2026-02-30T00:00:00Z'])
      if (shape.format === 'byte') values.push(['no base64', '%%%'])
      break
    case 'integer':
      values.push(
        ['wrong type', 'x'],
        ['a text of a number', '1'],
        ['negative', -1],
        ['zero', 0],
        ['large', 70_000],
        ['huge', 2_147_483_648],
        ['beyond 64 bits', 1e20],
        ['fraction', 1.5],
      )
      break
    case 'number':
      values.push(['wrong type', 'x'], ['negative', -1.5])
      break
    case 'boolean':
      values.push(['wrong type', 'yes'], ['false', false], ['wrong type', 1])
      break
    case 'quantity':
      for (const value of ['0', '-1', '1000', '1Xi', '1.5', '1e3', '0.0001', '', '10Gi', 5])
        values.push(['quantity', value])
      values.push(['wrong type', true], ['wrong type', {}])
      break
    case 'int-or-string':
      for (const value of [
        0,
        -1,
        70_000,
        '0%',
        '150%',
        '50',
        'Bad_Name!',
        'http',
        '',
        'a-name-of-a-port-that-is-long',
      ])
        values.push(['int or string', value])
      values.push(['wrong type', true])
      break
    case 'list': {
      const item = minimal(shape.items, name, 0)
      values.push(
        ['empty', []],
        ['wrong type', 'x'],
        ['wrong type', { a: 'b' }],
        ['item twice', [item, item]],
        ['null item', [null]],
        ['many', Array.from({ length: 130 }, () => item)],
      )
      break
    }
    case 'map':
      values.push(['empty', {}], ['wrong type', []], ['wrong type', 'x'], ['null value', { sample: null }])
      break
    case 'object':
      values.push(['empty', {}], ['wrong type', []], ['wrong type', 'x'], ['full', full(shape)])
      break
    case 'any':
      values.push(['text', 'x'], ['number', 1], ['object', { a: 'b' }], ['list', [1, 'x']])
      break
  }
  return values
}

/** Texts that mean something in some field. */
function stringsFor(name: string): string[] {
  if (/^(?:ip|podIP|hostIP|clusterIP|loadBalancerIP|addresses)$/i.test(name))
    return ['256.1.1.1', '::1', '010.1.2.3', '10.1.2.3']
  if (/cidr/i.test(name)) return ['10.0.0.0/33', '10.0.0.1/8', '::/0']
  if (/expression|rule$/i.test(name)) return ['1 +', 'nonsense.field == 1', 'true', '1', "'a'"]
  if (/path/i.test(name)) return ['/../a', 'a/../b', '/a//b', '/a b']
  if (/url/i.test(name)) return ['http://a.example.org', 'https://a.example.org/x?y=z', '://']
  if (/schedule|timeZone/.test(name)) return ['@daily', '61 * * * *', 'TZ=UTC 0 0 * * *', 'Nowhere/Land']
  if (/name$/i.test(name)) return ['a.b.c', 'a/b', '-a', 'system-node-critical', 'x'.repeat(64)]
  if (/^(?:host|hosts|hostname|domain|search)/i.test(name)) return ['*.example.org', '*', '1.2.3.4', 'a..b']
  if (/key|label|annotation/i.test(name)) return ['a.example.org/b', '/b', 'kubernetes.io/a', 'a/b/c']
  if (/selector|operator/i.test(name)) return ['In', 'NotIn', 'Exists', 'Gt']
  if (name.endsWith('image')) return [' nginx', 'nginx:latest', 'nginx@sha256:abc']
  if (/profile/i.test(name)) return ['../x', 'my/profile.json', 'localhost/x']
  if (/user|group/i.test(name)) return ['system:masters', 'a:b']
  if (/version/i.test(name)) return ['v1', 'V1', '1', 'a/v1']
  return []
}

/** A small value that the type allows. `turn` 1 gives another one than 0. */
export function minimal(field: Field, name: string, turn: number, depth = 0): JsonValue {
  const shape = field()
  switch (shape.type) {
    case 'string':
      return shape.values[turn % Math.max(1, shape.values.length)] ?? textFor(name, shape.format, turn)
    case 'integer':
    case 'number':
      return turn + 1
    case 'boolean':
      return turn === 0
    case 'quantity':
      return turn === 0 ? '1' : '100m'
    case 'int-or-string':
      return turn === 0 ? 1 : '10%'
    case 'any':
      return turn === 0 ? { a: 'b' } : 'a'
    case 'list':
      return depth > 6 ? [] : [minimal(shape.items, name, turn, depth + 1)]
    case 'map':
      return { sample: minimal(shape.values, 'value', turn, depth + 1) }
    case 'object': {
      const object: JsonObject = {}
      if (depth > 6) return object
      for (const key of shape.required) {
        const property = shape.properties.get(key)
        if (property !== undefined) object[key] = minimal(property, key, turn, depth + 1)
      }
      return object
    }
  }
}

/** Every field of a type at once: what excludes each other meets here. */
function full(shape: Extract<Shape, { type: 'object' }>): JsonValue {
  return Object.fromEntries([...shape.properties].map(([key, field]) => [key, minimal(field, key, 0, 3)]))
}

function textFor(name: string, format: string, turn: number): string {
  if (format === 'date-time') return '2026-01-01T00:00:00Z'
  if (format === 'byte') return 'aGVsbG8='
  if (/path/i.test(name)) return turn === 0 ? '/sample' : '/other'
  if (name.endsWith('image')) return 'nginx:1.27'
  if (/^(?:ip|podIP|hostIP|clusterIP|nodeIP)$/i.test(name)) return '10.1.2.3'
  if (/cidr/i.test(name)) return '10.1.0.0/16'
  if (/expression|rule$/i.test(name)) return 'true'
  if (/apiVersion|^version$/i.test(name)) return 'v1'
  if (/^kind$/.test(name)) return 'Sample'
  if (/driver|provisioner|signerName/.test(name)) return 'sample.example.org'
  return turn === 0 ? 'sample' : 'other'
}

/** The object with a mutation, and whether that could be done. `alone` takes away what stands beside a new object. */
export function mutated(
  seed: JsonObject,
  schema: KindSchema,
  mutation: Mutation,
  alone: boolean,
): JsonObject {
  const result = copy(seed)
  if (!isObject(result)) return seed
  if (mutation.twice !== undefined) {
    // The emitter writes the key twice; it has to be there once.
    const place = reach(result, schema.root, mutation.path, alone)
    if (isObject(place) && !(mutation.twice in place)) place[mutation.twice] = 'sample'
    return result
  }
  const parent = reach(result, schema.root, mutation.path.slice(0, -1), alone)
  const last = mutation.path.at(-1)
  if (last === undefined) return result
  if (Array.isArray(parent) && typeof last === 'number') {
    if (mutation.value === undefined) parent.splice(last, 1)
    else parent[last] = mutation.value
  } else if (isObject(parent)) {
    if (mutation.value === undefined) delete parent[String(last)]
    else {
      if (alone && !(last in parent) && isObject(mutation.value)) dropObjects(parent)
      parent[String(last)] = mutation.value
    }
  }
  return result
}

/** The value at a path; what is not there is made. */
function reach(root: JsonObject, rootField: Field, path: Path, alone: boolean): JsonValue | undefined {
  let value: JsonValue | undefined = root
  let field: Field | undefined = rootField
  for (const part of path) {
    const shape: Shape | undefined = field?.()
    let next: Field | undefined
    if (shape?.type === 'object') next = shape.properties.get(String(part))
    else if (shape?.type === 'map') next = shape.values
    else if (shape?.type === 'list') next = shape.items
    const fresh = next === undefined ? {} : minimal(next, String(part), 0)
    if (Array.isArray(value) && typeof part === 'number') {
      value[part] ??= fresh
      value = value[part]
    } else if (isObject(value)) {
      const key: string = String(part)
      if (value[key] === undefined || value[key] === null) {
        if (alone && isObject(fresh)) dropObjects(value)
        value[key] = fresh
      }
      value = value[key]
    } else return undefined
    field = next
  }
  return value
}

/** Of several sources, handlers or the like, most types allow one. */
function dropObjects(parent: JsonObject): void {
  for (const key of ['metadata', 'spec', 'template']) if (key in parent) return
  for (const [key, value] of Object.entries(parent)) if (isObject(value)) delete parent[key]
}

/** JSON with one key twice. */
export function jsonTwice(value: JsonValue, path: Path, key: string): string {
  if (Array.isArray(value)) {
    const items = value.map((item, index) =>
      path[0] === index ? jsonTwice(item, path.slice(1), key) : JSON.stringify(item),
    )
    return `[${items.join(',')}]`
  }
  if (!isObject(value)) return JSON.stringify(value)
  const pairs = Object.entries(value).map(([name, item]) => {
    const inside = path.length > 0 && path[0] === name
    return `${JSON.stringify(name)}:${inside ? jsonTwice(item, path.slice(1), key) : JSON.stringify(item)}`
  })
  if (path.length === 0 && key in value)
    pairs.push(`${JSON.stringify(key)}:${JSON.stringify(value[key] ?? null)}`)
  return `{${pairs.join(',')}}`
}

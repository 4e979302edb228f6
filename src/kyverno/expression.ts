import type { ASTNode } from '@marcbachmann/cel-js'
import { Expression, ExpressionError } from '../policies/index.ts'
import { Untold } from './untold.ts'

/**
 * What is known of a value before anything is evaluated. `any` may be an optional or not; `value` is none, whatever else
 * it is.
 */
type Kind =
  'bool' | 'string' | 'int' | 'double' | 'null' | 'list' | 'map' | 'quantity' | 'optional' | 'value' | 'any'

interface Said {
  text: string
  kind: Kind
}

/** By name: each in words that stand for themselves. */
type Variables = ReadonlyMap<string, Said>

/**
 * Says expressions of Kyverno in the CEL of our policies, so that they come to the same. Both libraries agree on the part
 * that is let through here; all else is an `Untold`. What Kyverno has of its own is said in other words:
 *
 * - `variables.x` becomes the expression behind it, since a variable is evaluated where it is read;
 * - `orValue` on what is no optional gives that value;
 * - the argument of `orValue` is evaluated whether it is needed or not.
 *
 * Numbers of an object are `double` for the one and may be `int` for the other, so what tells them apart is not let
 * through.
 */
export class Translator {
  private readonly variables = new Map<string, Said>()
  /** Why a variable cannot be said. */
  private readonly unsaid = new Map<string, string>()

  /** Of a variable that is never read nothing needs to be understood. */
  define(name: string, source: string): void {
    try {
      this.variables.set(name, this.say(source))
    } catch (error) {
      if (!(error instanceof Untold)) throw error
      this.unsaid.set(name, error.message)
    }
  }

  /** An expression that gives true or false, as Kyverno demands it when it reads a policy. */
  condition(source: string): string {
    const { text, kind } = this.say(source)
    if (kind !== 'bool')
      throw new Untold(`an expression is not certain to give true or false: ${brief(source)}`)
    return text
  }

  /** Texts, one behind the other, of which none can hold a secret; undefined where it is more than that. */
  plainText(source: string): string | undefined {
    let node: ASTNode
    try {
      node = parsed(source)
    } catch (error) {
      if (error instanceof Untold) return undefined
      throw error
    }
    return plain(node)
  }

  private say(source: string): Said {
    const said = new Printer(this.variables, this.unsaid).print(parsed(source), new Set())
    // Variables of variables grow fast.
    if (said.text.length > 8_000)
      throw new Untold('its expressions are too long once its variables are put in')
    return said
  }
}

const objectAlone: ReadonlySet<'object'> = new Set(['object'])

function parsed(source: string): ASTNode {
  try {
    return new Expression(source, objectAlone).ast
  } catch (error) {
    if (error instanceof ExpressionError) throw new Untold(`${error.message} (in: ${brief(source)})`)
    throw error
  }
}

const named: ReadonlySet<string> = new Set([
  'object.metadata.name',
  'object.metadata.namespace',
  'object.kind',
  'object.apiVersion',
])

function plain(node: ASTNode): string | undefined {
  if (node.op === 'value') return typeof node.args === 'string' ? quoted(node.args) : undefined
  if (node.op === '+') {
    const [left, right] = node.args.map(plain)
    return left !== undefined && right !== undefined ? `${left} + ${right}` : undefined
  }
  const path = pathOf(node)
  if (path === undefined || !named.has(path.join('.'))) return undefined
  const place = `object${path
    .slice(1)
    .map((key) => `.?${key}`)
    .join('')}.orValue("")`
  return `(type(${place}) == string ? string(${place}) : "")`
}

function pathOf(node: ASTNode): string[] | undefined {
  if (node.op === 'id') return [node.args]
  if (node.op !== '.') return undefined
  return pathOf(node.args[0])?.concat(node.args[1])
}

/** Writes one expression out, with what it knows of the kind of each part. */
class Printer {
  private readonly variables: Variables
  private readonly unsaid: ReadonlyMap<string, string>

  constructor(variables: Variables, unsaid: ReadonlyMap<string, string>) {
    this.variables = variables
    this.unsaid = unsaid
  }

  /** `loops` are the variables of the loops around the node. */
  print(node: ASTNode, loops: ReadonlySet<string>): Said {
    const visit = (child: ASTNode): Said => this.print(child, loops)
    /** What is given on as it is must not be an optional: the libraries compare and combine these in other ways. */
    const value = (child: ASTNode): Said => {
      const said = visit(child)
      if (said.kind === 'optional' || said.kind === 'any')
        throw new Untold('an optional is used like a value')
      return said
    }
    switch (node.op) {
      case 'value':
        return literal(node.args)
      case 'id':
        if (node.args !== 'object' && !loops.has(node.args)) throw new Untold(`it reads \`${node.args}\``)
        return { text: node.args, kind: node.args === 'object' ? 'map' : 'value' }
      case '.':
      case '.?': {
        const [receiver, key] = node.args
        if (node.op === '.' && isVariables(receiver, loops)) return this.variable(key)
        const { text, kind } = visit(receiver)
        const result = node.op === '.?' ? 'optional' : access(kind)
        return { text: `${text}${node.op}${key}`, kind: result }
      }
      case '[]':
      case '[?]': {
        const { text, kind } = visit(node.args[0])
        const index = value(node.args[1]).text
        if (node.op === '[?]') return { text: `${text}[?${index}]`, kind: 'optional' }
        return { text: `${text}[${index}]`, kind: access(kind) }
      }
      case 'call':
        return this.call(node.args[0], node.args[1], loops)
      case 'rcall':
        return this.method(node.args, loops)
      case 'list':
        return { text: `[${alike(node.args.map(value))}]`, kind: 'list' }
      case 'map': {
        const keys = alike(node.args.map(([key]) => value(key)))
        const values = node.args.map(([, item]) => value(item))
        alike(values)
        if (keys !== '' && node.args.some(([key]) => value(key).kind !== 'string'))
          throw new Untold('a map has keys that are no text')
        const entries = node.args.map(([key], index) => `${value(key).text}: ${values[index]?.text ?? ''}`)
        return { text: `{${entries.join(', ')}}`, kind: 'map' }
      }
      case '?:': {
        const [condition, yes, no] = node.args
        const [left, right] = [visit(yes), visit(no)]
        const text = `(${value(condition).text} ? ${left.text} : ${right.text})`
        if (left.kind === right.kind) return { text, kind: left.kind }
        const isOptional = [left, right].some(({ kind }) => kind === 'optional' || kind === 'any')
        return { text, kind: isOptional ? 'any' : 'value' }
      }
      case '||':
      case '&&':
      case '<':
      case '<=':
      case '>':
      case '>=':
      case 'in': {
        const [left, right] = [value(node.args[0]), value(node.args[1])]
        return { text: `(${left.text} ${node.op} ${right.text})`, kind: 'bool' }
      }
      case '==':
      case '!=': {
        const types = comparedTypes(node.args)
        if (types !== undefined)
          return { text: `(type(${value(types.of).text}) ${node.op} ${types.type})`, kind: 'bool' }
        const [left, right] = [value(node.args[0]), value(node.args[1])]
        if (left.kind === 'quantity' || right.kind === 'quantity')
          throw new Untold('it compares quantities as values')
        return { text: `(${left.text} ${node.op} ${right.text})`, kind: 'bool' }
      }
      case '!_':
        return { text: `!${value(node.args).text}`, kind: 'bool' }
      case '-_': {
        const { text, kind } = value(node.args)
        if (kind !== 'int' && kind !== 'double') throw new Untold('it calculates with numbers of the object')
        return { text: `(-${text})`, kind }
      }
      case '+':
        return sum(value(node.args[0]), value(node.args[1]))
      case '-':
      case '*':
      case '/':
      case '%': {
        const [left, right] = [value(node.args[0]), value(node.args[1])]
        if (left.kind !== 'int' || right.kind !== 'int')
          throw new Untold('it calculates with numbers of the object')
        return { text: `(${left.text} ${node.op} ${right.text})`, kind: 'int' }
      }
    }
  }

  private variable(name: string): Said {
    const known = this.variables.get(name)
    if (known !== undefined) return { ...known, text: `(${known.text})` }
    throw new Untold(this.unsaid.get(name) ?? `no variable before it is called \`${name}\``)
  }

  private call(name: string, args: readonly ASTNode[], loops: ReadonlySet<string>): Said {
    const [first, ...more] = args
    const kind = calls.get(name)
    if (first === undefined || more.length > 0 || kind === undefined) throw new Untold(`it calls ${name}()`)
    const said = this.print(first, loops)
    if (name !== 'has' && (said.kind === 'optional' || said.kind === 'any'))
      throw new Untold('an optional is used like a value')
    return { text: `${name}(${said.text})`, kind }
  }

  private method([name, target, args]: [string, ASTNode, ASTNode[]], loops: ReadonlySet<string>): Said {
    const [first, second, ...more] = args
    const receiver = this.print(target, loops)
    const isOptional = receiver.kind === 'optional'
    if (receiver.kind === 'any') throw new Untold('what is called may be an optional or not')
    if (name === 'hasValue' && isOptional && first === undefined)
      return { text: `${receiver.text}.hasValue()`, kind: 'bool' }
    if (name === 'value' && isOptional && first === undefined)
      return { text: `${receiver.text}.value()`, kind: 'value' }
    if (first === undefined) {
      if (isOptional || !['size', 'join'].includes(name)) throw new Untold(`it calls ${name}()`)
      return { text: `${receiver.text}.${name}()`, kind: name === 'size' ? 'int' : 'string' }
    }
    if (loopKinds.has(name)) {
      const bodies = second === undefined ? [] : [second, ...more]
      if (isOptional || bodies.length === 0 || bodies.length > (name === 'map' ? 2 : 1) || first.op !== 'id')
        throw new Untold(`it calls ${name}() in a way of its own`)
      if (reserved.has(first.args)) throw new Untold(`a loop calls its variable \`${first.args}\``)
      const inside = new Set([...loops, first.args])
      const texts = bodies.map((body) => {
        const said = this.print(body, inside)
        if (said.kind === 'optional' || said.kind === 'any')
          throw new Untold('an optional is used like a value')
        return said.text
      })
      return {
        text: `${receiver.text}.${name}(${[first.args, ...texts].join(', ')})`,
        kind: loopKinds.get(name) ?? 'bool',
      }
    }
    if (second !== undefined) throw new Untold(`it calls ${name}()`)
    const argument = this.print(first, loops)
    if (name === 'or' && isOptional && argument.kind === 'optional')
      return { text: `${receiver.text}.or(${argument.text})`, kind: 'optional' }
    if (argument.kind === 'optional' || argument.kind === 'any')
      throw new Untold('an optional is used like a value')
    if (name === 'orValue') return orValue(receiver, argument, isConstant(first))
    if (isOptional) throw new Untold(`it calls ${name}() of an optional`)
    const kind = methods.get(name)
    if (kind === undefined) throw new Untold(`it calls ${name}()`)
    if (kind.of === 'quantity' && (receiver.kind !== 'quantity' || argument.kind !== 'quantity'))
      throw new Untold(`it calls ${name}() of what may be no quantity`)
    if (
      kind.isLiteral === true &&
      !(first.op === 'value' && typeof first.args === 'string' && first.args !== '')
    )
      throw new Untold(`${name}() has an argument that is not written out`)
    if (name === 'matches' && first.op === 'value' && /\\[sSbB]/.test(String(first.args)))
      throw new Untold('a pattern means something else to another engine')
    return { text: `${receiver.text}.${name}(${argument.text})`, kind: kind.gives }
  }
}

const calls: ReadonlyMap<string, Kind> = new Map([
  ['has', 'bool'],
  ['size', 'int'],
  ['quantity', 'quantity'],
  ['isQuantity', 'bool'],
  ['dyn', 'value'],
])

const loopKinds: ReadonlyMap<string, Kind> = new Map([
  ['exists', 'bool'],
  ['all', 'bool'],
  ['exists_one', 'bool'],
  ['filter', 'list'],
  ['map', 'list'],
])

interface Method {
  gives: Kind
  of?: 'quantity'
  /** Its argument has to be a text that is written out. */
  isLiteral?: true
}

const methods: ReadonlyMap<string, Method> = new Map([
  ['startsWith', { gives: 'bool' }],
  ['endsWith', { gives: 'bool' }],
  ['contains', { gives: 'bool' }],
  ['matches', { gives: 'bool', isLiteral: true }],
  ['split', { gives: 'list', isLiteral: true }],
  ['join', { gives: 'string' }],
  ['isLessThan', { gives: 'bool', of: 'quantity' }],
  ['isGreaterThan', { gives: 'bool', of: 'quantity' }],
  ['compareTo', { gives: 'int', of: 'quantity' }],
])

/** Types of which no number is one. */
const types: ReadonlySet<string> = new Set(['string', 'bool', 'list', 'map', 'null_type'])

/** What a loop may not call its variable: names that mean something where a variable is put in. */
const reserved: ReadonlySet<string> = new Set([
  ...types,
  'object',
  'variables',
  'cel',
  'optional',
  'params',
  'values',
  'image',
])

/** What stands at a key of something; of an optional, an optional. */
function access(kind: Kind): Kind {
  return kind === 'optional' || kind === 'any' ? kind : 'value'
}

function isVariables(node: ASTNode, loops: ReadonlySet<string>): boolean {
  return node.op === 'id' && node.args === 'variables' && !loops.has('variables')
}

function orValue(receiver: Said, argument: Said, isConstant: boolean): Said {
  const { text, kind } = receiver
  // Kyverno gives a result of no known kind, whatever stands in front.
  const given = kind === 'optional' ? `${text}.orValue(${argument.text})` : text
  if (isConstant) return { text: given, kind: 'value' }
  return { text: `[dyn(${given}), dyn(${argument.text})][0]`, kind: 'value' }
}

function isConstant(node: ASTNode): boolean {
  if (node.op === 'value') return true
  if (node.op === 'list') return node.args.every(isConstant)
  return node.op === 'map' && node.args.every(([key, item]) => isConstant(key) && isConstant(item))
}

/** Kyverno wants all parts of a list or map to be of one kind. */
function alike(parts: readonly Said[]): string {
  if (new Set(parts.map(({ kind }) => kind)).size > 1) throw new Untold('it writes a list of several kinds')
  return parts.map(({ text }) => text).join(', ')
}

function sum(left: Said, right: Said): Said {
  const text = `(${left.text} + ${right.text})`
  const kinds = [left.kind, right.kind]
  if (kinds.includes('string') || kinds.includes('list'))
    return { text, kind: kinds.includes('string') ? 'string' : 'list' }
  if (left.kind === right.kind && ['int', 'double', 'value'].includes(left.kind))
    return { text, kind: left.kind }
  throw new Untold('it calculates with numbers of the object')
}

/** `type(x) == string`, taken apart. */
function comparedTypes([left, right]: readonly ASTNode[]): { of: ASTNode; type: string } | undefined {
  for (const [call, type] of [
    [left, right],
    [right, left],
  ])
    if (call?.op === 'call' && call.args[0] === 'type' && type?.op === 'id' && types.has(type.args)) {
      const [of] = call.args[1]
      if (of !== undefined) return { of, type: type.args }
    }
  return undefined
}

function literal(value: unknown): Said {
  if (typeof value === 'string') return { text: quoted(value), kind: 'string' }
  if (typeof value === 'bigint') return { text: `${value}`, kind: 'int' }
  if (typeof value === 'boolean') return { text: `${value}`, kind: 'bool' }
  if (value === null) return { text: 'null', kind: 'null' }
  if (typeof value === 'number') {
    const text = `${value}`
    return { text: /[.e]/.test(text) ? text : `${text}.0`, kind: 'double' }
  }
  throw new Untold('it writes out bytes or an unsigned number')
}

function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed())
}

function brief(source: string): string {
  const line = source.replaceAll(/\s+/g, ' ').trim()
  return line.length > 100 ? `${line.slice(0, 97)}...` : line
}

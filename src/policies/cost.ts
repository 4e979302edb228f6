import type { ASTNode } from '@marcbachmann/cel-js'
import type { Size } from './view.ts'

/**
 * A worst case for the steps an expression can take, from its syntax and the size of what it reads: user policies are
 * hostile input. Every collection is taken to be as long as the longest of the object, every value as heavy as the
 * whole object. A step is some 50 ns.
 */
export const costLimit = 10_000_000
/** An object larger than real ones are; an expression that is too dear on it is refused when the policy is read. */
export const largeObject: Size = { count: 200, weight: 5_000 }
/** As large as most. Policies that others wrote may be too dear on what is larger; there they give no verdict. */
export const usualObject: Size = { count: 40, weight: 1_000 }

export class CostError extends Error {
  override readonly name = 'CostError'
}

interface Estimate extends Size {
  cost: number
  /** True where the value is known to be no list and no map. */
  scalar: boolean
}

export function estimateCost(ast: ASTNode, size: Size): number {
  return estimate(ast, new Map(), size).cost
}

type Scope = ReadonlyMap<string, Size>

const scalar = (cost: number): Estimate => ({ cost, count: 0, weight: 1, scalar: true })

function estimate(node: ASTNode, scope: Scope, base: Size): Estimate {
  const visit = (child: ASTNode): Estimate => estimate(child, scope, base)
  const { op } = node
  switch (op) {
    case 'value': {
      const { args } = node
      return { ...scalar(1), weight: typeof args === 'string' ? 1 + args.length / 100 : 1 }
    }
    case 'id':
      return { ...(scope.get(node.args) ?? base), cost: 1, scalar: false }
    case '.':
    case '.?': {
      const object = visit(node.args[0])
      return { ...object, cost: object.cost + 1, scalar: false }
    }
    case '[]':
    case '[?]': {
      const object = visit(node.args[0])
      return { ...object, cost: object.cost + visit(node.args[1]).cost + 1, scalar: false }
    }
    case 'call': {
      const [name, args] = node.args
      const sum = combine(args.map(visit), 1)
      return scalarCalls.has(name) ? scalar(sum.cost) : { ...sum, cost: sum.cost + sum.weight }
    }
    case 'rcall':
      return estimateMethod(node.args, scope, base)
    case 'list': {
      const sum = combine(node.args.map(visit), 1)
      return { ...sum, count: Math.max(sum.count, node.args.length), scalar: false }
    }
    case 'map': {
      const sum = combine(node.args.flat().map(visit), 1)
      return { ...sum, count: Math.max(sum.count, node.args.length), scalar: false }
    }
    case '?:': {
      const condition = visit(node.args[0])
      const branches = node.args.slice(1).map(visit)
      const dearest = Math.max(...branches.map(({ cost }) => cost))
      return { ...alternatives(branches), cost: condition.cost + dearest + 1 }
    }
    case '||':
    case '&&':
      return scalar(combine(node.args.map(visit), 1).cost)
    case '!_':
    case '-_':
      return scalar(visit(node.args).cost + 1)
    case '==':
    case '!=': {
      const [left, right] = [visit(node.args[0]), visit(node.args[1])]
      const compare = left.scalar || right.scalar ? 1 : Math.min(left.weight, right.weight)
      return scalar(left.cost + right.cost + compare)
    }
    case 'in': {
      const [left, right] = [visit(node.args[0]), visit(node.args[1])]
      return scalar(left.cost + right.cost + right.count + (left.scalar ? 1 : right.weight))
    }
    case '+': {
      const [left, right] = [visit(node.args[0]), visit(node.args[1])]
      const weight = left.weight + right.weight
      return {
        cost: left.cost + right.cost + 1 + (left.scalar && right.scalar ? weight / 10 : weight),
        count: left.count + right.count,
        weight,
        scalar: left.scalar || right.scalar,
      }
    }
    case '-':
    case '*':
    case '/':
    case '%':
    case '<':
    case '<=':
    case '>':
    case '>=':
      break
  }
  return scalar(combine(node.args.map(visit), 1).cost)
}

const scalarCalls = new Set(['size', 'type', 'string', 'int', 'uint', 'double', 'bool', 'has'])
const scalarMethods = new Set(['startsWith', 'endsWith', 'contains', 'indexOf', 'lastIndexOf'])
const quantifiers = new Set(['all', 'exists', 'exists_one'])

function estimateMethod(
  [name, target, args]: [string, ASTNode, ASTNode[]],
  scope: Scope,
  base: Size,
): Estimate {
  const [first] = args
  if (name === 'bind' && target.op === 'id' && target.args === 'cel' && args.length === 3) {
    const [variable, value, body] = args
    if (variable?.op === 'id' && value !== undefined && body !== undefined) {
      const bound = estimate(value, scope, base)
      const inner = estimate(body, new Map(scope).set(variable.args, bound), base)
      return { ...inner, cost: inner.cost + bound.cost + 1 }
    }
  }
  const receiver = estimate(target, scope, base)
  const isLoop = quantifiers.has(name) || name === 'filter' || name === 'map'
  if (isLoop && first?.op === 'id' && args.length > 1) {
    const inside = new Map(scope).set(first.args, receiver)
    const bodies = args.slice(1).map((body) => estimate(body, inside, base))
    const last = bodies.at(-1) ?? scalar(0)
    const turns = Math.max(1, receiver.count)
    const cost = receiver.cost + turns * (1 + bodies.reduce((sum, body) => sum + body.cost, 0))
    if (name === 'filter') return { ...receiver, cost, scalar: false }
    if (name === 'map')
      return { cost, count: Math.max(turns, last.count), weight: turns * last.weight, scalar: false }
    return scalar(cost)
  }
  const all = combine([receiver, ...args.map((arg) => estimate(arg, scope, base))], 1)
  const characters = 100 * receiver.weight
  if (name === 'matches') {
    checkPattern(first)
    return scalar(all.cost + characters)
  }
  if (name === 'split')
    return { cost: all.cost + characters, count: characters, weight: characters, scalar: false }
  if (name === 'orValue' || name === 'or')
    return alternatives([receiver, ...args.map((arg) => estimate(arg, scope, base))])
  if (name === 'hasValue') return scalar(all.cost)
  if (name === 'size') return scalar(all.cost + receiver.count)
  if (scalarMethods.has(name)) return scalar(all.cost + receiver.weight)
  return { ...all, cost: all.cost + all.weight, scalar: false }
}

/** Everything is evaluated, and the value holds all of it. */
function combine(parts: readonly Estimate[], own: number): Estimate {
  const result: Estimate = { cost: own, count: 0, weight: own, scalar: false }
  for (const part of parts) {
    result.cost += part.cost
    result.count = Math.max(result.count, part.count)
    result.weight += part.weight
  }
  return result
}

/** Everything may be evaluated, the value is one of them. */
function alternatives(parts: readonly Estimate[]): Estimate {
  const result: Estimate = { cost: 1, count: 0, weight: 0, scalar: false }
  for (const part of parts) {
    result.cost += part.cost
    result.count = Math.max(result.count, part.count)
    result.weight = Math.max(result.weight, part.weight)
  }
  return result
}

/**
 * Regular expressions run on JavaScript's backtracking engine here and on RE2 in the API server: a pattern must be a
 * literal, mean the same to both, and be linear on both: no repeated group, at most one repetition, and that one
 * behind `^`.
 */
function checkPattern(pattern: ASTNode | undefined): void {
  if (pattern?.op !== 'value' || typeof pattern.args !== 'string')
    throw new CostError('matches() needs a pattern that is written out')
  const text = pattern.args
  const unknown = /\\[^dDwWsSbB.\-^$*+?()[\]{}|/\\]/.exec(text)
  if (unknown !== null) throw new CostError(`matches() does not take ${unknown[0]}`)
  const plain = text.replaceAll(/\\./g, 'x').replaceAll(/\[\^?\]?[^\]]*\]/g, 'x')
  if (plain.replaceAll('(?:', '(').includes('(?'))
    throw new CostError('matches() takes no look-around, named group or flag')
  if (/\)\s*[*+{]/.test(plain)) throw new CostError('matches() takes no repeated group')
  const repetitions = plain.match(/[*+{]/g)?.length ?? 0
  if (repetitions > 1) throw new CostError('matches() takes at most one repetition')
  if (repetitions === 1 && (!plain.startsWith('^') || plain.includes('|')))
    throw new CostError('matches() takes a repetition only in a pattern that begins with ^ and has no |')
  if ((plain.match(/\?/g)?.length ?? 0) > 8) throw new CostError('matches() takes at most eight ?')
}

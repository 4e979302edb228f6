import {
  Environment,
  EvaluationError,
  ParseError,
  type ASTNode,
  type ParseResult,
} from '@marcbachmann/cel-js'
import { CostError, costLimit, estimateCost, largeObject } from './cost.ts'
import { parseQuantity, Quantity } from './quantity.ts'
import type { CelValue, Size } from './view.ts'

/** Names an expression may read. Which of them exist depends on what the policy judges (scopeOf in compile.ts). */
export const bindingNames = [
  'object',
  'template',
  'pod',
  'container',
  'containerList',
  'item',
  'index',
  'key',
  'effective',
  'params',
  'values',
  'image',
] as const
export type BindingName = (typeof bindingNames)[number]
export type Scope = ReadonlySet<BindingName>

/** One object serves all policies of a container; what differs between policies is set before each evaluation. */
export type Bindings = Record<BindingName, CelValue>

const types: Readonly<Record<BindingName, string>> = {
  object: 'map',
  template: 'map',
  pod: 'map',
  container: 'map',
  containerList: 'string',
  item: 'dyn',
  index: 'int',
  key: 'string',
  effective: 'dyn',
  params: 'map',
  values: 'map',
  image: 'dyn',
}

/** What keeps an expression from being used, or from giving a verdict. Never holds a value of the manifest. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError'
  readonly source: string

  constructor(message: string, source: string) {
    super(message)
    this.source = source
  }
}

const environments = new Map<string, Environment>()

function environmentOf(scope: Scope): Environment {
  const key = bindingNames.filter((name) => scope.has(name)).join()
  const known = environments.get(key)
  if (known !== undefined) return known
  const environment = new Environment({
    enableOptionalTypes: true,
    unlistedVariablesAreDyn: false,
    limits: {
      maxAstNodes: 2_000,
      maxDepth: 60,
      maxListElements: 500,
      maxMapEntries: 200,
      maxCallArguments: 8,
    },
  })
  registerQuantities(environment)
  for (const name of bindingNames) if (scope.has(name)) environment.registerVariable(name, types[name])
  environments.set(key, environment)
  return environment
}

/** The quantity library of Kubernetes' CEL, as far as policies need it. */
function registerQuantities(environment: Environment): void {
  environment
    .registerType('Quantity', { ctor: Quantity, fields: {} })
    .registerFunction('isQuantity(string): bool', (text: string) => parseQuantity(text) !== undefined)
    .registerFunction('quantity(string): Quantity', (text: string) => {
      const quantity = parseQuantity(text)
      if (quantity === undefined)
        throw new EvaluationError({ code: 'quantity_conversion_error', message: '' })
      return quantity
    })
    .registerFunction('Quantity.compareTo(Quantity): int', (a: Quantity, b: Quantity) => a.compareTo(b))
    .registerFunction('Quantity.isLessThan(Quantity): bool', (a: Quantity, b: Quantity) => a.nano < b.nano)
    .registerFunction('Quantity.isGreaterThan(Quantity): bool', (a: Quantity, b: Quantity) => a.nano > b.nano)
}

/** One CEL expression. Parsed when it is first needed. */
export class Expression {
  readonly source: string
  private readonly scope: Scope
  private parsed: ParseResult | undefined
  /** The largest object for which the worst case is known to be cheap enough. */
  private passed: Size
  /** The size for which it has to be cheap enough at any rate. */
  private readonly least: Size

  constructor(source: string, scope: Scope, least: Size = largeObject) {
    this.source = source
    this.scope = scope
    this.least = least
    this.passed = least
  }

  /** Throws an ExpressionError where the source is no CEL. */
  get ast(): ASTNode {
    try {
      return this.parse().ast
    } catch (error) {
      throw new ExpressionError(messageOf(error), this.source)
    }
  }

  /** Problems that show before anything is evaluated: syntax, unknown names, types, a worst case that is too dear. */
  problem(expected: 'bool' | 'string' | 'any'): string | undefined {
    try {
      const { valid, type, error } = this.parse().check()
      if (!valid) return error?.summary ?? 'does not type-check'
      if (expected !== 'any' && type !== expected && type !== 'dyn')
        return `gives ${type ?? 'nothing'}, not ${expected}`
      if (type?.startsWith('optional') === true) return 'gives an optional: end it with orValue(...)'
      const cost = estimateCost(this.parse().ast, this.least)
      if (cost > costLimit) return `may take ${cost.toExponential(0)} steps, more than ${costLimit}`
      return undefined
    } catch (error) {
      return messageOf(error)
    }
  }

  evaluate(bindings: Bindings, size: Size): unknown {
    try {
      const parsed = this.parse()
      if (size.count > this.passed.count || size.weight > this.passed.weight) this.checkCost(parsed.ast, size)
      const value: unknown = parsed(bindings)
      return value
    } catch (error) {
      throw new ExpressionError(messageOf(error), this.source)
    }
  }

  /** The verdict of a condition. Throws an ExpressionError where there is none. */
  holds(bindings: Bindings, size: Size): boolean {
    const value = this.evaluate(bindings, size)
    if (typeof value === 'boolean') return value
    throw new ExpressionError('gives no bool', this.source)
  }

  private parse(): ParseResult {
    if (this.source.length > 10_000) throw new CostError('is longer than 10000 characters')
    this.parsed ??= environmentOf(this.scope).parse(this.source)
    return this.parsed
  }

  private checkCost(ast: ASTNode, size: Size): void {
    // Rounded up, so that a few estimates serve all objects.
    const above = (value: number): number => 2 ** Math.ceil(Math.log2(value))
    const rounded: Size = {
      count: above(Math.max(size.count, this.passed.count)),
      weight: above(Math.max(size.weight, this.passed.weight)),
    }
    if (estimateCost(ast, rounded) <= costLimit) {
      this.passed = rounded
      return
    }
    const cost = estimateCost(ast, size)
    if (cost > costLimit)
      throw new CostError(`may take ${cost.toExponential(0)} steps on this object, more than ${costLimit}`)
  }
}

/** The message of an error of cel-js without the source, and without values: they may be secrets. */
function messageOf(error: unknown): string {
  if (error instanceof CostError) return error.message
  if (error instanceof ParseError) return `line ${lineAt(error)}: ${error.summary}`
  if (error instanceof EvaluationError)
    return /conversion/.test(error.code) ? 'a value cannot be converted' : error.summary
  if (error instanceof RangeError) return 'nested too deeply'
  throw error
}

function lineAt(error: ParseError): number {
  const input = error.node?.input ?? ''
  return input.slice(0, error.range?.start ?? 0).split('\n').length
}

import type { ASTNode } from '@marcbachmann/cel-js'
import type { Policy } from '../model/index.ts'
import { partsOf } from './ast.ts'
import { bindingNames, type BindingName, type Expression } from './cel.ts'
import { compilePolicy, type ForEach } from './compile.ts'

/** Where an expression reads a name of its policy, in its source. */
export interface NamePlace {
  name: BindingName
  start: number
  end: number
}

/** An expression with what a translation has to know of it. */
export interface NamedExpression {
  source: string
  /** In the order of the source. A variable of a loop that hides a name is not that name. */
  names: readonly NamePlace[]
  /** What its loops call their variables. */
  variables: ReadonlySet<string>
}

/** What a policy looks at and finds, as far as one expression says it. */
export interface PolicyExpressions {
  forEach: ForEach
  /** The path of `at` from its root. */
  at: readonly string[]
  when: NamedExpression | undefined
  message: NamedExpression | undefined
}

export function expressionsOf(policy: Policy): PolicyExpressions {
  const { forEach, at, when, message } = compilePolicy(policy)
  return { forEach, at: at.path, when: when && named(when), message: message && named(message) }
}

/** Calls whose first argument names a variable that the others read. */
const macros: ReadonlySet<string> = new Set([
  'exists',
  'all',
  'exists_one',
  'existsOne',
  'filter',
  'map',
  'optMap',
  'optFlatMap',
  'bind',
])

function named(expression: Expression): NamedExpression {
  const names: NamePlace[] = []
  const variables = new Set<string>()
  const visit = (node: ASTNode, hidden: ReadonlySet<string>): void => {
    if (node.op === 'id') {
      const name = bindingNames.find((binding) => binding === node.args)
      if (name !== undefined && !hidden.has(name)) names.push({ name, start: node.start, end: node.end })
      return
    }
    if (node.op === 'rcall') {
      const [call, receiver, [variable, ...bodies]] = node.args
      if (macros.has(call) && variable?.op === 'id' && bodies.length > 0) {
        variables.add(variable.args)
        visit(receiver, hidden)
        for (const body of bodies) visit(body, new Set([...hidden, variable.args]))
        return
      }
    }
    for (const part of partsOf(node)) visit(part, hidden)
  }
  visit(expression.ast, new Set())
  return {
    source: expression.source,
    names: names.toSorted((a, b) => a.start - b.start),
    variables,
  }
}

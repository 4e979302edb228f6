import { serialize, type ASTNode } from '@marcbachmann/cel-js'
import type { JsonValue, Policy } from '../model/index.ts'
import type { Subject } from '../resources/index.ts'
import { partsOf } from './ast.ts'
import { bindingNames, Expression, ExpressionError } from './cel.ts'
import { compilePolicy, scopeOf } from './compile.ts'
import { sitesOf, type PolicyContext } from './judge.ts'
import { jsonValue } from './view.ts'

/** What one expression of a policy came to at one place. For the author of a policy; holds values of the object. */
export interface Explanation {
  /** Where in the policy the expression stands, e.g. `when` or `fix[0].if`. */
  expression: string
  source: string
  /** Pointer of the container or item, from the resource's root; empty for the resource. */
  place: string
  result: JsonValue | { error: string }
  /** What the expression reads, as written in it; undefined where the object has nothing there. */
  reads: { path: string; value: JsonValue | undefined }[]
}

/** Evaluates the conditions of a policy at every place of an object and tells what each of them read. */
export function explainEvaluation(policy: Policy, subject: Subject, context: PolicyContext): Explanation[] {
  const compiled = compilePolicy(policy)
  const scope = scopeOf(policy, compiled.forEach)
  const expressions: [string, Expression | undefined][] = [
    ['when', compiled.when],
    ...compiled.hazards.map(({ condition }, index): [string, Expression] => [
      `hazards[${index}].when`,
      condition,
    ]),
    ...compiled.fixes.map(({ condition }, index): [string, Expression | undefined] => [
      `fix[${index}].if`,
      condition,
    ]),
    ['ensures', compiled.ensures],
  ]
  return sitesOf(policy, subject, context).flatMap(({ bindings, view, item, container }) =>
    expressions.flatMap(([name, expression]) => {
      if (expression === undefined) return []
      const evaluate = (source: Expression): JsonValue | { error: string } => {
        try {
          return jsonValue(source.evaluate(bindings, view.size))
        } catch (error) {
          if (error instanceof ExpressionError || error instanceof TypeError || error instanceof RangeError)
            return { error: error.message }
          throw error
        }
      }
      const reads = [...readsOf(expression)].map((path) => {
        const value = evaluate(new Expression(path, scope))
        const absent = typeof value === 'object' && value !== null && 'error' in value
        return { path: path.replace(/\.orValue\(null\)$/, ''), value: absent ? undefined : value }
      })
      return [
        {
          expression: name,
          source: expression.source,
          place: item?.pointer ?? container?.pointer ?? '',
          result: evaluate(expression),
          reads,
        },
      ]
    }),
  )
}

/** The longest paths of an expression that start at a binding, e.g. `container.?securityContext.?privileged`. */
function readsOf(expression: Expression): Set<string> {
  const reads = new Set<string>()
  const visit = (node: ASTNode): void => {
    if (isPath(node)) {
      const source = serialize(node)
      reads.add(node.op === '.?' ? `${source}.orValue(null)` : source)
      return
    }
    for (const part of partsOf(node)) visit(part)
  }
  try {
    visit(expression.ast)
  } catch {
    return reads
  }
  return reads
}

function isPath(node: ASTNode): boolean {
  if (node.op === 'id') return bindingNames.some((name) => name === node.args)
  return (node.op === '.' || node.op === '.?') && isPath(node.args[0])
}

import type { ASTNode } from '@marcbachmann/cel-js'

/** The parts of an expression that are expressions themselves, in the order of the source. */
export function partsOf({ args }: ASTNode): ASTNode[] {
  const parts: unknown[] = Array.isArray(args) ? args.flat(2) : [args]
  return parts.filter(isNode)
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}

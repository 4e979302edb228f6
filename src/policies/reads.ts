import type { ASTNode } from '@marcbachmann/cel-js'
import { bindingNames, type BindingName, type Expression } from './cel.ts'

/** A path that an expression reads, as far as it is written out. */
export interface Read {
  binding: BindingName
  path: readonly string[]
}

/** Same for all evaluations of a judge. */
const constant: ReadonlySet<BindingName> = new Set(['params', 'values', 'image'])

/** The reads of an expression; undefined where it reads something that no path tells. */
export function readsOf(expression: Expression): readonly Read[] | undefined {
  const reads = new Map<string, Read>()
  let isPlain = true
  const visit = (node: ASTNode): void => {
    const read = pathOf(node)
    if (read !== undefined) {
      if (!constant.has(read.binding)) reads.set([read.binding, ...read.path].join('\n'), read)
      return
    }
    const { op, args } = node
    // has() tells an absent key from an absent parent; a variable of a loop may hide a binding.
    if (op === 'call' && node.args[0] === 'has') isPlain = false
    if (op === 'rcall' && node.args[2].some((arg) => arg.op === 'id' && isBinding(arg.args))) {
      const [name] = node.args
      if (name !== 'contains' && name !== 'or' && name !== 'orValue') isPlain = false
    }
    const children: unknown[] = Array.isArray(args) ? args.flat(2) : [args]
    for (const child of children) if (isNode(child)) visit(child)
  }
  try {
    visit(expression.ast)
  } catch {
    return undefined
  }
  if (!isPlain) return undefined
  const all = [...reads.values()]
  // What stands below a path that is read as a whole adds nothing.
  return all.filter((read) => !all.some((other) => other !== read && isPrefix(other, read)))
}

function isPrefix(shorter: Read, longer: Read): boolean {
  return (
    shorter.binding === longer.binding &&
    shorter.path.length < longer.path.length &&
    shorter.path.every((segment, index) => longer.path[index] === segment)
  )
}

function pathOf(node: ASTNode): Read | undefined {
  if (node.op === 'id') return isBinding(node.args) ? { binding: node.args, path: [] } : undefined
  if (node.op !== '.' && node.op !== '.?') return undefined
  const [object, segment] = node.args
  const base = pathOf(object)
  return base && { binding: base.binding, path: [...base.path, segment] }
}

function isBinding(name: string): name is BindingName {
  return bindingNames.some((binding) => binding === name)
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}

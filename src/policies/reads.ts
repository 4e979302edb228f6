import type { ASTNode } from '@marcbachmann/cel-js'
import { partsOf } from './ast.ts'
import { bindingNames, type BindingName, type Expression } from './cel.ts'

/** A path that an expression reads, as far as it is written out; `*` for every item of a list. */
export interface Read {
  binding: BindingName
  path: readonly string[]
}

/** Same for all evaluations of a judge. */
const constant: ReadonlySet<BindingName> = new Set(['params', 'values'])

/** Loops that give every item of a list to an expression, and nothing but a truth value to whoever asks. */
const loops: ReadonlySet<string> = new Set(['exists', 'all', 'exists_one'])
/** Stands for an item as such, not for anything in it: a change of an item's inside does not touch it. */
const itself = '\u0000'

/** Calls that hand on what they are called on. */
const handsOn: ReadonlySet<string> = new Set(['orValue', 'or'])

/** Variables of the loops around an expression, with the lists whose items they stand for. */
type Variables = ReadonlyMap<string, readonly Read[]>

/**
 * The reads of an expression; undefined where it reads something that no path tells. A loop over a list reads, of each
 * item (`*`), what its body reads.
 */
export function readsOf(expression: Expression): readonly Read[] | undefined {
  const reads = new Map<string, Read>()
  let isPlain = true
  const add = (read: Read): void => {
    if (!constant.has(read.binding)) reads.set([read.binding, ...read.path].join('\n'), read)
  }
  const visit = (node: ASTNode, variables: Variables): void => {
    const found = pathsOf(node, variables)
    if (found !== undefined) {
      found.forEach(add)
      return
    }
    const { op } = node
    // has() tells an absent key from an absent parent; a variable of a loop may hide a binding.
    if (op === 'call' && node.args[0] === 'has') isPlain = false
    if (op === 'rcall') {
      const [name, list, [variable, body, ...more]] = node.args
      if (loops.has(name) && variable?.op === 'id' && body !== undefined && more.length === 0) {
        const lists = isBinding(variable.args) ? undefined : listsOf(list, variables)
        if (lists !== undefined) {
          // An expression that looks at no item still depends on how many there are.
          for (const { binding, path } of lists) add({ binding, path: [...path, '*', itself] })
          visit(body, new Map([...variables, [variable.args, lists]]))
          return
        }
      }
      if (node.args[2].some((arg) => arg.op === 'id' && isBinding(arg.args)))
        if (name !== 'contains' && !handsOn.has(name)) isPlain = false
    }
    for (const part of partsOf(node)) visit(part, variables)
  }
  try {
    visit(expression.ast, new Map())
  } catch {
    return undefined
  }
  if (!isPlain) return undefined
  const all = [...reads.values()]
  // What stands below a path that is read as a whole adds nothing.
  return all.filter((read) => !all.some((other) => other !== read && isPrefix(other, read)))
}

/** The lists that an expression puts together, where it does nothing else; a literal list is none. */
function listsOf(node: ASTNode, variables: Variables): readonly Read[] | undefined {
  const found = pathsOf(node, variables)
  if (found !== undefined) return found
  if (node.op === 'list') return node.args.length === 0 ? [] : undefined
  if (node.op === 'rcall' && handsOn.has(node.args[0])) {
    const lists = [node.args[1], ...node.args[2]].map((part) => listsOf(part, variables))
    return lists.every((list) => list !== undefined) ? lists.flat() : undefined
  }
  if (node.op !== '+') return undefined
  const [left, right] = node.args.map((part) => listsOf(part, variables))
  return left && right && [...left, ...right]
}

function isPrefix(shorter: Read, longer: Read): boolean {
  return (
    shorter.binding === longer.binding &&
    shorter.path.length < longer.path.length &&
    shorter.path.every((segment, index) => longer.path[index] === segment)
  )
}

function pathsOf(node: ASTNode, variables: Variables): readonly Read[] | undefined {
  if (node.op === 'id') {
    const lists = variables.get(node.args)
    if (lists !== undefined) return lists.map(({ binding, path }) => ({ binding, path: [...path, '*'] }))
    return isBinding(node.args) ? [{ binding: node.args, path: [] }] : undefined
  }
  if (node.op !== '.' && node.op !== '.?') return undefined
  const [object, segment] = node.args
  return pathsOf(object, variables)?.map(({ binding, path }) => ({ binding, path: [...path, segment] }))
}

function isBinding(name: string): name is BindingName {
  return bindingNames.some((binding) => binding === name)
}

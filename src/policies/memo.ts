import type { Bindings, Expression } from './cel.ts'
import { readsOf, type Read } from './reads.ts'
import { celAt, type CelValue } from './view.ts'

/**
 * Verdicts of one condition, remembered by what the condition reads. An expression is a pure function of its reads, and
 * most containers have nothing, or the same few scalars, at the places that a policy reads: looking there costs a
 * fraction of an evaluation. Parameters and values are the same for all evaluations of a judge.
 */
export class Memo {
  private readonly reads: readonly Read[] | undefined
  private readonly verdicts = new Map<string, boolean>()

  constructor(expression: Expression) {
    const reads = readsOf(expression)
    // All items of a list are more than a few scalars.
    this.reads = reads?.some(({ path }) => path.includes('*')) === true ? undefined : reads
  }

  /** What the condition reads, as a key; undefined where that is more than a few scalars. */
  key(bindings: Bindings): string | undefined {
    if (this.reads === undefined) return undefined
    let key = ''
    for (const { binding, path } of this.reads) {
      const part = scalarKey(path.length === 0 ? bindings[binding] : celAt(bindings[binding], path))
      if (part === undefined) return undefined
      key += part
    }
    return key
  }

  get(key: string): boolean | undefined {
    return this.verdicts.get(key)
  }

  set(key: string, verdict: boolean): void {
    if (this.verdicts.size < 500) this.verdicts.set(key, verdict)
  }
}

function scalarKey(value: CelValue | undefined): string | undefined {
  if (value === undefined || value === null) return '-'
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (typeof value === 'string') return value.length > 20 ? undefined : `${value.length}:${value}`
  if (typeof value === 'bigint') return `${value};`
  return undefined
}

import type { ResourceFacts } from './facts.ts'

export function keyOf(parts: readonly string[]): string {
  return parts.join('\n')
}

export function append<Key, T>(lists: Map<Key, T[]>, key: Key, item: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}

/**
 * Whether two objects may end up in one namespace. One that names none goes where the person who applies it, or a
 * kustomization, says, and that may be anywhere.
 */
export function meets(a: string, b: string): boolean {
  return a === b || a === '' || b === ''
}

/** Lists of resources by a key, of which those can be had that meet a namespace. */
export class Lists {
  private readonly all = new Map<string, ResourceFacts[]>()
  private readonly byNamespace = new Map<string, ResourceFacts[]>()

  add(parts: readonly string[], resource: ResourceFacts): void {
    append(this.all, keyOf(parts), resource)
    append(this.byNamespace, keyOf([resource.reference.namespace, ...parts]), resource)
  }

  get(parts: readonly string[], namespace: string): readonly ResourceFacts[] {
    if (namespace === '') return this.all.get(keyOf(parts)) ?? []
    const own = this.byNamespace.get(keyOf([namespace, ...parts])) ?? []
    const anywhere = this.byNamespace.get(keyOf(['', ...parts])) ?? []
    if (own.length === 0) return anywhere
    return anywhere.length === 0 ? own : [...own, ...anywhere]
  }
}

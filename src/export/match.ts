import { namedSets } from '../policies/index.ts'
import type { JsonObject } from '../model/index.ts'
import { literal } from './literal.ts'

/** A kind that an API server has of itself, and the name of its collection. */
export interface ServedKind {
  group: string
  kind: string
  resource: string
}

export interface Match {
  /** `group/Kind` of every built-in kind that is matched. */
  kinds: readonly string[]
  /** `matchConstraints` of a policy. */
  constraints: JsonObject
  conditions: readonly { name: string; expression: string }[]
}

/**
 * Which requests a policy looks at; undefined where the API server serves none of its kinds. An object is judged in the
 * version in which it is sent, as in a file.
 */
export function matchOf(kinds: readonly string[], served: readonly ServedKind[]): Match | undefined {
  const wanted = [...new Set(kinds.flatMap((kind) => namedSets[kind] ?? [kind]))]
  const builtInGroups = new Set([...served.map(({ group }) => group), ...gone])
  const found = served.filter(({ group, kind }) => wanted.includes(`${group}/${kind}`))
  const resources = new Map<string, Set<string>>()
  const add = (group: string, resource: string): void => {
    resources.set(group, (resources.get(group) ?? new Set<string>()).add(resource))
  }
  const custom = new Map<string, string[]>()
  for (const one of wanted) {
    const [group = '', kind = ''] = one.split('/')
    if (kind === '*') {
      if (!gone.has(group)) add(group, '*')
    } else if (!builtInGroups.has(group)) {
      // The name of the collection stands in a definition that nobody has read.
      add(group, '*')
      custom.set(group, [...(custom.get(group) ?? []), kind])
    }
  }
  for (const { group, kind, resource } of found) {
    add(group, resource)
    // The only way to an ephemeral container.
    if (group === '' && kind === 'Pod') add(group, `${resource}/ephemeralcontainers`)
  }
  if (resources.size === 0) return undefined
  const ofCustom = [...custom]
    .filter(([group]) => !wanted.includes(`${group}/*`))
    .map(
      ([group, names]) =>
        `(request.kind.group != ${literal(group)} || request.kind.kind in ${literal(names)})`,
    )
  return {
    kinds: [...new Set(found.map(({ group, kind }) => `${group}/${kind}`))],
    constraints: {
      resourceRules: [...resources].map(([group, names]) => ({
        apiGroups: [group],
        apiVersions: ['*'],
        operations: ['CREATE', 'UPDATE'],
        // Beside the star only parts of objects may be named.
        resources: [...names].filter((name) => name === '*' || name.includes('/') || !names.has('*')),
      })),
    },
    conditions: [
      // Whatever is wrong with it, it shall be possible to delete it: taking away its finalizers is an update.
      { name: 'is-not-being-deleted', expression: '!has(object.metadata.deletionTimestamp)' },
      ...(ofCustom.length > 0 ? [{ name: 'is-of-a-kind', expression: ofCustom.join(' && ') }] : []),
    ],
  }
}

/** Groups that API servers once had. */
const gone: ReadonlySet<string> = new Set(['extensions'])

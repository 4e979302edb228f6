import type { ResourceFacts } from '../../inventory/index.ts'
import type { RepositoryCheck, RepositoryPlace } from './repository.ts'

type Source = NonNullable<ResourceFacts['pods']>['sources'][number]

/**
 * A config map or secret, or a key of one, that a variable comes from and that the repository does not have. What
 * something makes without showing what will be in it has every key.
 */
export const envValueFrom: RepositoryCheck = {
  find(place) {
    return sourcesOf(place).flatMap((source) => {
      const message = problemOf(source, place)
      if (message === undefined) return []
      const { kind, name, key, at } = source
      return [{ key: JSON.stringify([kind, name, key ?? '']), at, message }]
    })
  },
  // Of every namespace, since other engines look for the name alone.
  met: (place) =>
    sourcesOf(place).flatMap((source) => [...holdersOf(source, place, ''), ...makersOf(source, place, '')]),
  evidence: (place) => {
    const sources = sourcesOf(place)
    const found = sources.filter((source) => problemOf(source, place) !== undefined)
    const holders = sources.flatMap((source) => holdersOf(source, place))
    return {
      isThroughEnv: found.some(({ key }) => key !== undefined),
      isUnexpected: sources.some((source) => !isExpected(source, place)),
      isOpen: holders.some(({ holder }) => holder?.isOpen === true),
    }
  },
}

function sourcesOf({ facts }: RepositoryPlace): readonly Source[] {
  return facts.pods?.sources ?? []
}

function problemOf(source: Source, place: RepositoryPlace): string | undefined {
  const { kind, name, key } = source
  if (makersOf(source, place).length > 0) return undefined
  const holders = holdersOf(source, place)
  if (holders.length === 0)
    return isExpected(source, place) ? `the repository has no ${text[kind]} called "${name}"` : undefined
  const hasKey = holders.some(
    ({ holder }) => key === undefined || holder?.isOpen === true || holder?.keys.includes(key) === true,
  )
  return hasKey ? undefined : `the ${text[kind]} "${name}" has no key "${key ?? ''}"`
}

const text = { ConfigMap: 'config map', Secret: 'secret' } as const

/** Whether it ought to be in the repository. Secrets rarely are, and every namespace has the root certificates. */
function isExpected({ kind, name }: Source, { params }: RepositoryPlace): boolean {
  return kind === 'Secret' ? params['secrets'] === true : name !== 'kube-root-ca.crt'
}

function holdersOf(
  { kind, name }: Source,
  { facts, inventory }: RepositoryPlace,
  namespace = facts.reference.namespace,
): ResourceFacts[] {
  return inventory.named(`/${kind}`, name, namespace)
}

function makersOf(
  { kind, name }: Source,
  { facts, inventory }: RepositoryPlace,
  namespace = facts.reference.namespace,
): ResourceFacts[] {
  return inventory.madeBy(`/${kind}`, name, namespace)
}

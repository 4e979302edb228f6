import type { ResourceFacts } from '../../inventory/index.ts'
import type { RepositoryCheck, RepositoryMatch, RepositoryPlace } from './repository.ts'

type Source = NonNullable<ResourceFacts['pods']>['sources'][number]

/**
 * A config map or secret, or a key of one, that a variable comes from and that the repository does not have. What
 * something makes without showing what will be in it has every key.
 */
export const envValueFrom: RepositoryCheck = {
  find(place) {
    const found = new Map<string, RepositoryMatch>()
    for (const source of sourcesOf(place)) {
      const problem = problemOf(source, place)
      // What is missing as a whole is one finding, however many of its keys are asked for.
      if (problem !== undefined && !found.has(problem.key))
        found.set(problem.key, { ...problem, at: source.at })
    }
    return [...found.values()]
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

function problemOf(source: Source, place: RepositoryPlace): Omit<RepositoryMatch, 'at'> | undefined {
  const { kind, name, key } = source
  if (makersOf(source, place).length > 0) return undefined
  const holders = holdersOf(source, place)
  if (holders.length === 0)
    return isExpected(source, place)
      ? { key: JSON.stringify([kind, name]), message: `the repository has no ${text[kind]} called "${name}"` }
      : undefined
  const { facts, inventory } = place
  return key === undefined || inventory.hasKey(`/${kind}`, name, key, facts.reference.namespace)
    ? undefined
    : { key: JSON.stringify([kind, name, key]), message: `the ${text[kind]} "${name}" has no key "${key}"` }
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
): readonly ResourceFacts[] {
  return inventory.named(`/${kind}`, name, namespace)
}

function makersOf(
  { kind, name }: Source,
  { facts, inventory }: RepositoryPlace,
  namespace = facts.reference.namespace,
): readonly ResourceFacts[] {
  return inventory.madeBy(`/${kind}`, name, namespace)
}

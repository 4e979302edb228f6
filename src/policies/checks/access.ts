import type { ResourceFacts } from '../../inventory/index.ts'
import type { RepositoryCheck, RepositoryPlace } from './repository.ts'

type Role = NonNullable<ResourceFacts['role']>

/** A binding whose role, as the repository has it, reaches secrets that it does not name. */
export const accessToSecrets = accessCheck(
  ({ secrets }) => secrets,
  (verbs) => `${verbs} on secrets`,
)

/** A binding whose role, as the repository has it, may create pods or what makes them. */
export const accessToCreatePods = accessCheck(
  ({ podMakers }) => podMakers,
  (resources) => `create on ${resources}`,
)

function accessCheck(
  grantOf: (role: Role) => Role['secrets'],
  textOf: (granted: string) => string,
): RepositoryCheck {
  const grants = ({ role }: ResourceFacts): readonly string[] => (role === undefined ? [] : grantOf(role).to)
  const isGranting = (role: ResourceFacts): boolean => grants(role).length > 0
  return {
    find(place) {
      const { binding } = place.facts
      const [granting] = rolesOf(place, isGranting)
      if (binding === undefined || granting === undefined) return []
      const { kind, name } = granting.reference
      const granted = textOf(grants(granting).join(', '))
      const message =
        name === binding.name
          ? `the ${kind} "${name}" gives ${granted}`
          : `the ${kind} "${binding.name}" takes over from "${name}", which gives ${granted}`
      return [{ key: '', at: binding.at, message }]
    },
    met: (place) => [...rolesOf(place)],
    evidence: (place) => {
      const roles = [...rolesOf(place)]
      return {
        granted: [...new Set(roles.flatMap(grants))],
        hasNarrow: roles.some(({ role }) => role !== undefined && grantOf(role).hasNarrow),
      }
    },
  }
}

/** The roles of a binding, and behind them those whose rules they take over. A cluster role has no namespace. */
function* rolesOf(
  { facts: { binding, reference }, inventory }: RepositoryPlace,
  isWanted: (role: ResourceFacts) => boolean = () => true,
): Iterable<ResourceFacts> {
  if (binding === undefined) return
  const { kind, name } = binding
  if (kind === 'Role' && reference.kind === 'ClusterRoleBinding') return
  const namespace = kind === 'ClusterRole' ? '' : reference.namespace
  for (const role of inventory.named(`rbac.authorization.k8s.io/${kind}`, name, namespace)) {
    if (isWanted(role)) yield role
    yield* inventory.collectedBy(role, isWanted)
  }
}

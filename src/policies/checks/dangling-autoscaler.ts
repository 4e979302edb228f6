import type { RepositoryCheck } from './repository.ts'

/** Kinds that leave facts whenever they are in the repository. Another kind may be there without our knowing. */
const builtIn: ReadonlySet<string> = new Set([
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  'extensions/Deployment',
  'extensions/ReplicaSet',
  '/ReplicationController',
])

/** An autoscaler of a workload that the repository does not have. */
export const danglingAutoscaler: RepositoryCheck = {
  find(place) {
    const { autoscaler } = place.facts
    if (autoscaler === undefined) return []
    const { groupKind, name, at } = autoscaler
    const kind = groupKind.slice(groupKind.indexOf('/') + 1)
    // Without a group the target is looked for in the core group, which has no such kind.
    const isUngrouped = !builtIn.has(groupKind) && builtIn.has(`apps${groupKind}`)
    if (isUngrouped)
      return [
        {
          key: '',
          at,
          message: `the API version of the target has no ${kind} (apps/v1 has)`,
        },
      ]
    if (!builtIn.has(groupKind) || danglingAutoscaler.met(place).length > 0) return []
    return [{ key: '', at, message: `the repository has no ${kind} called "${name}"` }]
  },
  met: ({ facts: { autoscaler, reference }, inventory }) =>
    autoscaler === undefined
      ? []
      : inventory.named(autoscaler.groupKind, autoscaler.name, reference.namespace),
}

import type { Inventory, ResourceFacts } from '../../inventory/index.ts'
import { folderOf } from './folder.ts'
import type { RepositoryCheck } from './repository.ts'

/**
 * A disruption budget that wants as many pods to stay as there are, so that none may ever be evicted. It counts the pods
 * of all workloads that it selects.
 */
export const budgetWithoutRoom: RepositoryCheck = {
  find(place) {
    const { budget } = place.facts
    if (budget === undefined) return []
    const { minAvailable, at } = budget
    const counts = budgetWithoutRoom.met(place).map((workload) => replicasOf(workload, place.inventory))
    // The number of pods of a daemon set, a job or a pod alone is not for a budget to judge.
    const known = counts.filter((count) => count !== undefined)
    const pods = known.reduce((sum, count) => sum + count, 0)
    if (pods === 0 || known.length < counts.length) return []
    const wanted =
      'count' in minAvailable ? minAvailable.count : Math.ceil((pods * minAvailable.percent) / 100)
    if (pods > wanted) return []
    const message = `${wanted} must stay of ${pods === 1 ? '1 pod' : `${pods} pods`}, so that none can be evicted`
    return [{ key: '', at, message }]
  },
  met: ({ facts, inventory }) =>
    facts.budget === undefined
      ? []
      : nearest(facts, inventory.podsWith(facts.budget.selector, facts.reference.namespace)),
}

/**
 * Repositories hold many small things under the same labels (examples, overlays): what stands in the folder of the
 * budget is what is meant, and only without any of it the rest.
 */
function nearest({ file }: ResourceFacts, found: ResourceFacts[]): ResourceFacts[] {
  const beside = found.filter((other) => folderOf(other.file) === folderOf(file))
  return beside.length > 0 ? beside : found
}

/** An autoscaler decides where the workload itself asks for one pod or says nothing. */
function replicasOf({ pods, group, reference }: ResourceFacts, inventory: Inventory): number | undefined {
  if (pods?.replicas !== 1) return pods?.replicas
  const { kind, name, namespace } = reference
  const [scaler] = inventory.autoscalersOf(`${group}/${kind}`, name, namespace)
  return scaler?.autoscaler?.minReplicas ?? pods.replicas
}

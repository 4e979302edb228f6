import type { JsonObject, JsonValue } from '../../model/index.ts'
import type { Inventory, Place, ResourceFacts } from '../../inventory/index.ts'
import { accessToCreatePods, accessToSecrets } from './access.ts'
import { budgetWithoutRoom } from './budget-without-room.ts'
import { danglingAutoscaler } from './dangling-autoscaler.ts'
import { danglingIngress } from './dangling-ingress.ts'
import { danglingNetworkPolicy, danglingNetworkPolicyPeer } from './dangling-network-policy.ts'
import { danglingRoleBinding } from './dangling-role-binding.ts'
import { danglingService } from './dangling-service.ts'
import { danglingServiceMonitor } from './dangling-service-monitor.ts'
import { danglingTargetPort } from './dangling-target-port.ts'
import { envValueFrom } from './env-value-from.ts'
import { folderOf } from './folder.ts'
import { nonExistentServiceAccount } from './non-existent-service-account.ts'
import { nonIsolatedPod } from './non-isolated-pod.ts'

/** What a check that looks across objects is given: one resource, and all that the repository holds. */
export interface RepositoryPlace {
  facts: ResourceFacts
  inventory: Inventory
  params: JsonObject
}

export interface RepositoryMatch {
  /** Tells several findings of one resource apart; empty where there can be one alone. */
  key: string
  at: Place
  message: string
}

export interface RepositoryCheck {
  find(place: RepositoryPlace): RepositoryMatch[]
  /** What the references of the resource meet: `values.repository.met` of `differs`. */
  met(place: RepositoryPlace): readonly ResourceFacts[]
  /** What else `differs` may read below `values.repository`. */
  evidence?(place: RepositoryPlace): JsonObject
}

/** Checks of the policies that look at the repository, by the name that policies use. Pure; none of them throws. */
export const repositoryChecks: ReadonlyMap<string, RepositoryCheck> = new Map([
  ['access-to-create-pods', accessToCreatePods],
  ['access-to-secrets', accessToSecrets],
  ['budget-without-room', budgetWithoutRoom],
  ['dangling-autoscaler', danglingAutoscaler],
  ['dangling-ingress', danglingIngress],
  ['dangling-network-policy', danglingNetworkPolicy],
  ['dangling-network-policy-peer', danglingNetworkPolicyPeer],
  ['dangling-role-binding', danglingRoleBinding],
  ['dangling-service', danglingService],
  ['dangling-service-monitor', danglingServiceMonitor],
  ['dangling-target-port', danglingTargetPort],
  ['env-value-from', envValueFrom],
  ['non-existent-service-account', nonExistentServiceAccount],
  ['non-isolated-pod', nonIsolatedPod],
])

/** What `differs` may read about the repository, beside the object. */
export function repositoryEvidence(check: RepositoryCheck, place: RepositoryPlace): JsonObject {
  const { file, reference } = place.facts
  const met = check.met(place).map((other): JsonValue => ({
    apiVersion: other.reference.apiVersion,
    group: other.group,
    kind: other.reference.kind,
    sameFolder: folderOf(other.file) === folderOf(file),
    sameNamespace: other.reference.namespace === reference.namespace,
  }))
  return { ...check.evidence?.(place), met }
}

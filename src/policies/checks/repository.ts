import type { JsonObject, JsonValue } from '../../model/index.ts'
import type { Inventory, Place, ResourceFacts } from '../../inventory/index.ts'
import { budgetWithoutRoom } from './budget-without-room.ts'
import { danglingAutoscaler } from './dangling-autoscaler.ts'
import { danglingIngress } from './dangling-ingress.ts'
import { danglingService } from './dangling-service.ts'
import { danglingTargetPort } from './dangling-target-port.ts'
import { folderOf } from './folder.ts'
import { nonExistentServiceAccount } from './non-existent-service-account.ts'

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
  met(place: RepositoryPlace): ResourceFacts[]
}

/** Checks of the policies that look at the repository, by the name that policies use. Pure; none of them throws. */
export const repositoryChecks: ReadonlyMap<string, RepositoryCheck> = new Map([
  ['budget-without-room', budgetWithoutRoom],
  ['dangling-autoscaler', danglingAutoscaler],
  ['dangling-ingress', danglingIngress],
  ['dangling-service', danglingService],
  ['dangling-target-port', danglingTargetPort],
  ['non-existent-service-account', nonExistentServiceAccount],
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
  return { met }
}

import type { FilePlace } from '../../inventory/index.ts'
import type { JsonObject } from '../../model/index.ts'
import type { RepositoryPlace } from '../checks/repository.ts'
import { isolatingNetworkPolicy } from './isolating-network-policy.ts'

/** A document that fixes what was found, in a file of its own beside the one of the resource. */
export interface BuiltDocument {
  /** What the file is called, without its ending. */
  file: string
  /** What the object would be called; it gets a number where that name is taken. */
  name: string
  /** The list of a kustomization that has to name the file, so that it is applied. */
  listedBy?: FilePlace
  /** The object, still without its name. Two findings with the same one in the same folder share it. */
  object: JsonObject
}

/** Why there is no document: a hazard that the policy names, and what has been met. */
export interface MetHazard {
  hazard: string
  detail: string
}

/** The fix of a policy that looks at the repository; undefined where it has none to give. Pure; never throws. */
export type DocumentBuilder = (place: RepositoryPlace) => BuiltDocument | MetHazard | undefined

/** Fixes that are new documents, by the name that policies use. */
export const repositoryFixes: ReadonlyMap<string, DocumentBuilder> = new Map([
  ['isolating-network-policy', isolatingNetworkPolicy],
])

import type { ImageKnowledge, JsonObject, JsonValue, PatchOperation } from '../model/index.ts'
import type { ContainerView, Subject } from '../resources/index.ts'

/** What checks and fixes written in code are given: the place a policy looks at. Values are raw JSON, of any type. */
export interface Place {
  subject: Subject
  container?: ContainerView
  item?: { key: string; pointer: string; index: number; value: JsonValue }
  /** The policy's parameters, defaults filled in. */
  params: JsonObject
  /** Configured values. */
  values: JsonObject
  /** What is known of the image that the container runs. */
  image?: ImageKnowledge
}

/** True = finding. Pure; never throws, whatever the object holds. */
export type Check = (place: Place) => boolean

/** The operations of a fix, with pointers from the resource's root. Pure; called only where the policy was found. */
export type FixBuilder = (place: Place) => PatchOperation[]

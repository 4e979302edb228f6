import jsonPatch from 'fast-json-patch'
import { isObject, type JsonObject, type JsonPatch } from '../model/index.ts'

/** Applies a patch to an object (RFC 6902) and leaves the object as it was. Undefined where the patch does not apply. */
export function applied(object: JsonObject, patch: JsonPatch): JsonObject | undefined {
  try {
    // The library puts the values of a patch into the document as they are; later operations would then change them.
    const result = jsonPatch.applyPatch(object, structuredClone(patch), true, false).newDocument
    return isObject(result) ? result : undefined
  } catch (error) {
    if (error instanceof jsonPatch.JsonPatchError) return undefined
    throw error
  }
}

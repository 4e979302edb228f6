import type { Answer, Backend, DryRun, JsonObject, JsonPatch } from '../model/index.ts'

/** One object as it is sent: its own text, so that the server reads what kubectl would send. */
export interface Manifest {
  apiVersion: string
  kind: string
  /** Empty where the manifest names none; a namespaced object then goes to `default`. */
  namespace: string
  /** Empty with `generateName`. */
  name: string
  /** The text of the one document, or JSON of one item of a List. */
  body: string
  type: 'application/yaml' | 'application/json'
}

/** What a cluster of our own was given before the first dry-run, in words for the report. */
export interface Preparation {
  /** E.g. `namespace shop`, `service account shop/api`, `priority class high`. */
  assumed: string[]
  /** What could not be made, with the server's words. */
  refused: { what: string; message: string }[]
}

/**
 * A Kubernetes API server that says whether it would take an object (`dryRun=All`, strict field validation): a real one,
 * or the one that is embedded. Failures of single requests are values (`unanswered`); one that cannot be used at all is
 * an `InfrastructureError` when it is opened or prepared.
 */
export interface ApiServer {
  /** Its `gitVersion`, e.g. `v1.36.4`. */
  readonly version: string
  /**
   * Makes what the objects need to be judged alone, on a server of our own: their namespaces with the labels that the
   * repository gives them, service accounts, priority and runtime classes, custom resource definitions, admission
   * policies. May be called again with more objects; what was made once is not made again.
   */
  prepare(objects: readonly JsonObject[]): Promise<Preparation>
  /** What a create of the object would be told. */
  dryRun(manifest: Manifest): Promise<DryRun>
  /** The same without the object, where that is less work. */
  judge?(manifest: Manifest): Promise<Answer>
  /** Whether a live object could be changed in place. Undefined where that cannot be tried. */
  tryUpdate(original: Manifest, patch: JsonPatch): Promise<DryRun | undefined>
}

/** A server that is reached over the network. Nothing is ever stored on one that we did not start. */
export interface Cluster extends ApiServer {
  readonly backend: Backend
  /** Reads discovery as well. Only what the server looks up while it judges another of the objects is made. */
  prepare(objects: readonly JsonObject[]): Promise<Preparation>
  /**
   * Where its name is taken (seeded, or deployed already), the object is asked about under a free one, and the answer is
   * put back in terms of its own.
   */
  dryRun(manifest: Manifest): Promise<DryRun>
  /**
   * Stores the original in a scratch namespace and sends the patch as a dry-run. Undefined where that is not tried: on a
   * server that we did not start, for an original that it would not store, and for kinds whose presence changes how
   * other objects are judged.
   */
  tryUpdate(original: Manifest, patch: JsonPatch): Promise<DryRun | undefined>
  /** Ends a server that we started, and removes all that it wrote. */
  close(): Promise<void>
}

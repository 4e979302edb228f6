import { isObject, type JsonObject } from '../../model/index.ts'
import type { JudgingPolicy } from './policies.ts'

/** The object as Kyverno gets it: under a uid of ours, by which its answer is known, and otherwise as it is. */
export function withUid(object: JsonObject, uid: string): JsonObject | undefined {
  const metadata = object['metadata'] ?? {}
  return isObject(metadata) ? { ...object, metadata: { ...metadata, uid } } : undefined
}

/** The policy as Kyverno gets it. Under a name of ours: two of different kinds or namespaces may be called the same. */
export function withName({ object }: JudgingPolicy, name: string): JsonObject {
  const metadata = object['metadata']
  return { ...object, metadata: { ...(isObject(metadata) ? metadata : {}), name } }
}

/** So that each rule counts as one: Kyverno writes further ones for the controllers of pods. */
export function withoutAutogen(policy: JsonObject): JsonObject {
  if (policy['kind'] !== 'ClusterPolicy') return policy
  const metadata = isObject(policy['metadata']) ? policy['metadata'] : {}
  const annotations = isObject(metadata['annotations']) ? metadata['annotations'] : {}
  return {
    ...policy,
    metadata: {
      ...metadata,
      annotations: { ...annotations, 'pod-policies.kyverno.io/autogen-controllers': 'none' },
    },
  }
}

/** An object of ours in every run: where Kyverno does not report on it, the run is worth nothing. */
export function sentinel(name: string, uid: string): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, uid } }
}

/** A policy of ours that holds for every object, of the form that others of the run have: it shows which were judged. */
export function heartbeat(form: JudgingPolicy['form'], name: string): JsonObject {
  return form === 'cel'
    ? {
        apiVersion: 'policies.kyverno.io/v1',
        kind: 'ValidatingPolicy',
        metadata: { name },
        spec: {
          autogen: { podControllers: { controllers: [] } },
          matchConstraints: {
            resourceRules: [
              { apiGroups: ['*'], apiVersions: ['*'], operations: ['CREATE', 'UPDATE'], resources: ['*'] },
            ],
          },
          validations: [{ expression: 'true', message: 'seen' }],
        },
      }
    : {
        apiVersion: 'kyverno.io/v1',
        kind: 'ClusterPolicy',
        metadata: { name, annotations: { 'pod-policies.kyverno.io/autogen-controllers': 'none' } },
        spec: {
          // A rule for every kind is allowed at admission alone.
          background: false,
          rules: [
            {
              name: 'seen',
              match: { any: [{ resources: { kinds: ['*'] } }] },
              validate: {
                message: 'seen',
                deny: { conditions: { any: [{ key: 'a', operator: 'Equals', value: 'b' }] } },
              },
            },
          ],
        },
      }
}

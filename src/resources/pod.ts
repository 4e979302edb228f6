import { isObject, pointerOf, property, valueAt, type JsonObject, type JsonValue } from '../model/index.ts'

/** Where the API has containers in a pod spec. */
export const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const
export type ContainerList = (typeof containerLists)[number]

export interface ContainerView {
  list: ContainerList
  index: number
  /** The container's name, or `#<index>` where it has none. */
  name: string
  /** JSON pointer from the resource's root. */
  pointer: string
  value: JsonObject
}

/** The pod inside a resource, whatever kind carries it. Pointers run from the resource's root. */
export interface PodView {
  /** Pod template, the object with `metadata` and `spec`; the resource itself for a Pod. */
  templatePointer: string
  template: JsonObject
  /** Pod spec. */
  pointer: string
  spec: JsonObject
  containers: ContainerView[]
}

/** Pointer to the pod template by API group and kind; the empty pointer is the resource itself. */
const templates = new Map<string, string>([
  ['/Pod', ''],
  ['/PodTemplate', '/template'],
  ['/ReplicationController', '/spec/template'],
  ['apps/Deployment', '/spec/template'],
  ['apps/DaemonSet', '/spec/template'],
  ['apps/ReplicaSet', '/spec/template'],
  ['apps/StatefulSet', '/spec/template'],
  ['extensions/Deployment', '/spec/template'],
  ['extensions/DaemonSet', '/spec/template'],
  ['extensions/ReplicaSet', '/spec/template'],
  ['batch/Job', '/spec/template'],
  ['batch/CronJob', '/spec/jobTemplate/spec/template'],
])

/** `group/Kind` of every kind that carries a pod: the named set `pod-bearing` of the policies. */
export const podBearingKinds: readonly string[] = [...templates.keys()]

/** Pointer to the pod template of a `group/Kind`; undefined where the kind carries no pod. */
export function templatePointerOf(groupKind: string): string | undefined {
  return templates.get(groupKind)
}

export function podOf(groupKind: string, object: JsonObject): PodView | undefined {
  const templatePointer = templatePointerOf(groupKind)
  if (templatePointer === undefined) return undefined
  const template = valueAt(object, templatePointer)
  const spec = property(template, 'spec')
  if (!isObject(template) || !isObject(spec)) return undefined
  const pointer = `${templatePointer}/spec`
  return { templatePointer, template, pointer, spec, containers: containersOf(spec, pointer) }
}

function containersOf(spec: JsonObject, pointer: string): ContainerView[] {
  return containerLists.flatMap((list) => {
    const items: JsonValue | undefined = property(spec, list)
    if (!Array.isArray(items)) return []
    return items.flatMap((value, index) => {
      if (!isObject(value)) return []
      const name = property(value, 'name')
      return [
        {
          list,
          index,
          name: typeof name === 'string' ? name : `#${index}`,
          pointer: pointer + pointerOf([list, index]),
          value,
        },
      ]
    })
  })
}

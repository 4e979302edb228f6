import { isObject, pointerOf, property, valueAt, type JsonObject } from '../model/index.ts'
import type { PodView, Resource } from '../resources/index.ts'
import type { At, HolderFacts, HolderKind, PodFacts, ResourceFacts } from './facts.ts'
import { itemsOf, textOf } from './values.ts'

/** Where the containers of a pod take variables from, each source and key once. What is optional may be missing. */
export function sourcesOf({ containers }: PodView, at: At): PodFacts['sources'] {
  const found = new Map<string, PodFacts['sources'][number]>()
  for (const { value: container, pointer } of containers)
    for (const list of ['env', 'envFrom'] as const)
      itemsOf(property(container, list)).forEach((entry, index) => {
        const from = list === 'env' ? property(entry, 'valueFrom') : entry
        for (const [field, kind] of fields[list]) {
          const source = property(from, field)
          const name = textOf(property(source, 'name'))
          const key = list === 'env' ? textOf(property(source, 'key')) : undefined
          if (name === '' || key === '' || property(source, 'optional') === true) continue
          const id = JSON.stringify([kind, name, key])
          if (found.has(id)) continue
          const path = list === 'env' ? [list, index, 'valueFrom', field] : [list, index, field]
          const place = at(pointer + pointerOf(path))
          found.set(id, { kind, name, ...(key === undefined ? {} : { key }), at: place })
        }
      })
  return [...found.values()]
}

const fields: Readonly<Record<'env' | 'envFrom', readonly (readonly [string, HolderKind])[]>> = {
  env: [
    ['configMapKeyRef', 'ConfigMap'],
    ['secretKeyRef', 'Secret'],
  ],
  envFrom: [
    ['configMapRef', 'ConfigMap'],
    ['secretRef', 'Secret'],
  ],
}

/** The names of the keys of a config map or secret, never a value. */
export function holderOf(object: JsonObject): HolderFacts {
  const maps = ['data', 'stringData', 'binaryData'].map((field) => property(object, field))
  const keys = maps.flatMap((map) => (isObject(map) ? Object.keys(map) : []))
  // An empty one waits for something that fills it in, as the secret of a service account does.
  const isOpen = keys.length === 0 || property(object, 'type') === 'kubernetes.io/service-account-token'
  return { keys, isOpen }
}

/** Config maps and secrets that an object makes without holding what will be in them. */
export function makesOf({ group, kind, name, object }: Resource): NonNullable<ResourceFacts['makes']> {
  switch (`${group}/${kind}`) {
    case 'kustomize.config.k8s.io/Kustomization':
    case 'kustomize.config.k8s.io/Component':
      return [
        ...generated(object, 'configMapGenerator', 'ConfigMap'),
        ...generated(object, 'secretGenerator', 'Secret'),
      ]
    case 'bitnami.com/SealedSecret':
      return secretCalled(textOf(valueAt(object, '/spec/template/metadata/name')) || name)
    case 'external-secrets.io/ExternalSecret':
      return secretCalled(textOf(valueAt(object, '/spec/target/name')) || name)
    case 'cert-manager.io/Certificate':
      return secretCalled(textOf(valueAt(object, '/spec/secretName')))
    default:
      return []
  }
}

function generated(object: JsonObject, field: string, kind: HolderKind): NonNullable<ResourceFacts['makes']> {
  return itemsOf(property(object, field)).flatMap((generator) => {
    const name = textOf(property(generator, 'name'))
    return name === '' ? [] : [{ kind, name }]
  })
}

function secretCalled(name: string): NonNullable<ResourceFacts['makes']> {
  return name === '' ? [] : [{ kind: 'Secret', name }]
}

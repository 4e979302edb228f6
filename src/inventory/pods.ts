import {
  isObject,
  property,
  valueAt,
  type DataKind,
  type JsonObject,
  type JsonValue,
} from '../model/index.ts'
import { podBearingKinds, type Resource } from '../resources/index.ts'
import { containersOf } from './amounts.ts'
import { sourcesOf } from './environment.ts'
import type { At, PodFacts } from './facts.ts'
import { selectorOf, selectsAll, type Selector } from './selectors.ts'
import { itemsOf, labelsOf, portOf, protocolOf, textOf } from './values.ts'

const known: ReadonlySet<string> = new Set(podBearingKinds)
const scaled =
  /^(?:apps\/(?:Deployment|ReplicaSet|StatefulSet)|extensions\/(?:Deployment|ReplicaSet)|\/ReplicationController)$/
const controlled =
  /^(?:apps\/(?:Deployment|ReplicaSet|StatefulSet|DaemonSet)|extensions\/(?:Deployment|ReplicaSet|DaemonSet)|\/ReplicationController)$/

/** The pods that a resource makes; undefined where it makes none. */
export function podsOf({ group, kind, object, pod }: Resource, at: At): PodFacts | undefined {
  const groupKind = `${group}/${kind}`
  if (pod !== undefined) {
    const account = accountOf(pod.spec, pod.pointer, at)
    const replicas = scaled.test(groupKind) ? replicasOf(object) : undefined
    const selector = controllerSelector(groupKind, object)
    return {
      ...withClaims(fromTemplate(pod.template, pod.spec), object),
      ...(selector === undefined ? {} : { selector }),
      at: at(pod.pointer),
      sources: sourcesOf(pod, at),
      ...(replicas === undefined ? {} : { replicas }),
      ...(account === undefined ? {} : { account }),
    }
  }
  if (known.has(groupKind)) return undefined
  // Kinds that we do not know (rollouts, deployment configurations, operators' own) make pods as well.
  const template = valueAt(object, '/spec/template')
  const spec = property(template, 'spec')
  if (!isObject(template) || !isObject(spec) || !Array.isArray(property(spec, 'containers'))) return undefined
  return { ...fromTemplate(template, spec), at: at('/spec/template/spec'), sources: [] }
}

/** A job draws the labels that it knows its pods by when it is made. */
function controllerSelector(groupKind: string, object: JsonObject): Selector | undefined {
  if (!controlled.test(groupKind)) return undefined
  const written = valueAt(object, '/spec/selector')
  const selector =
    groupKind === '/ReplicationController' ? selectorOf({ matchLabels: written ?? {} }) : selectorOf(written)
  return selector === undefined || selectsAll(selector) ? undefined : selector
}

/** A stateful set claims volumes beside its template. */
function withClaims<Facts extends Pick<PodFacts, 'holds'>>(facts: Facts, object: JsonObject): Facts {
  const claims = itemsOf(valueAt(object, '/spec/volumeClaimTemplates'))
  return claims.length === 0 || facts.holds.includes('volume')
    ? facts
    : { ...facts, holds: [...facts.holds, 'volume'] }
}

/** One where nothing is written, as the API server has it. */
function replicasOf(object: JsonObject): number | undefined {
  const replicas = valueAt(object, '/spec/replicas') ?? 1
  return typeof replicas === 'number' ? replicas : undefined
}

function fromTemplate(
  template: JsonObject,
  spec: JsonObject,
): Pick<
  PodFacts,
  'labels' | 'containers' | 'portNames' | 'nodePorts' | 'hasHostNetwork' | 'holds' | 'token'
> {
  const ports = ['containers', 'initContainers'].flatMap((list) =>
    itemsOf(property(spec, list)).flatMap((container) => itemsOf(property(container, 'ports'))),
  )
  const portNames = ports.flatMap((port) => textOf(property(port, 'name')) || [])
  const nodePorts = ports.flatMap((port) => {
    const number = portOf(property(port, 'containerPort'))
    return number === undefined || portOf(property(port, 'hostPort')) === undefined
      ? []
      : [{ port: number, protocol: protocolOf(port) }]
  })
  const token = property(spec, 'automountServiceAccountToken')
  return {
    labels: labelsOf(property(property(template, 'metadata'), 'labels')) ?? {},
    containers: containersOf(spec),
    portNames,
    nodePorts,
    hasHostNetwork: property(spec, 'hostNetwork') === true,
    ...(typeof token === 'boolean' && { token }),
    holds: holdingsOf(spec),
  }
}

/** `serviceAccount` is the old name of the field; the new one counts where both are set. */
function accountOf(spec: JsonObject, pointer: string, at: At): PodFacts['account'] {
  for (const field of ['serviceAccountName', 'serviceAccount']) {
    const name = property(spec, field)
    if (typeof name !== 'string' || name === '') continue
    return name === 'default' ? undefined : { name, at: at(`${pointer}/${field}`) }
  }
  return undefined
}

/** Volumes that hold secrets or outlive the pod, and variables from secrets. */
function holdingsOf(spec: JsonObject): DataKind[] {
  const volumes = itemsOf(property(spec, 'volumes'))
  const isSecret = (value: JsonValue): boolean => isObject(property(value, 'secret'))
  const hasSecret =
    volumes.some(
      (volume) =>
        isSecret(volume) || itemsOf(property(property(volume, 'projected'), 'sources')).some(isSecret),
    ) ||
    ['initContainers', 'containers'].some((list) =>
      itemsOf(property(spec, list)).some(
        (container) =>
          itemsOf(property(container, 'env')).some((variable) =>
            isObject(property(property(variable, 'valueFrom'), 'secretKeyRef')),
          ) ||
          itemsOf(property(container, 'envFrom')).some((source) => isObject(property(source, 'secretRef'))),
      ),
    )
  const hasVolume = volumes.some((volume) => isObject(property(volume, 'persistentVolumeClaim')))
  return [...(hasSecret ? (['secret'] as const) : []), ...(hasVolume ? (['volume'] as const) : [])]
}

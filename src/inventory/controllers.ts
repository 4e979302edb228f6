import { isObject, property, valueAt, type JsonObject, type JsonValue } from '../model/index.ts'
import type { At, AutoscalerFacts, BudgetFacts, IngressFacts } from './facts.ts'
import { itemsOf, labelsOf, portOf, textOf } from './values.ts'

/** Undefined for an ingress that sends nothing to a service. */
export function ingressOf(object: JsonObject, at: At): IngressFacts | undefined {
  const places: [JsonValue | undefined, string][] = ['defaultBackend', 'backend'].map((key) => [
    valueAt(object, `/spec/${key}`),
    `/spec/${key}`,
  ])
  itemsOf(valueAt(object, '/spec/rules')).forEach((rule, ruleIndex) => {
    itemsOf(property(property(rule, 'http'), 'paths')).forEach((path, index) => {
      places.push([property(path, 'backend'), `/spec/rules/${ruleIndex}/http/paths/${index}/backend`])
    })
  })
  const backends = new Map<string, IngressFacts['backends'][number]>()
  for (const [backend, pointer] of places) {
    const found = backendOf(backend)
    if (found === undefined) continue
    const key = JSON.stringify([found.service, found.port])
    if (!backends.has(key)) backends.set(key, { ...found, at: at(pointer + found.below) })
  }
  return backends.size === 0
    ? undefined
    : {
        backends: [...backends.values()].map(({ service, port, at: place }) => ({
          service,
          port,
          at: place,
        })),
      }
}

function backendOf(
  backend: JsonValue | undefined,
): { service: string; port: number | string; below: string } | undefined {
  const { service } = isObject(backend) ? backend : {}
  const port = property(service, 'port')
  const name = textOf(property(service, 'name'))
  const number = portOf(property(port, 'number')) ?? portOf(property(port, 'name'))
  if (name !== '' && number !== undefined) return { service: name, port: number, below: '/service/name' }
  // The versions before v1.
  const old = textOf(property(backend, 'serviceName'))
  const oldPort = portOf(property(backend, 'servicePort'))
  return old === '' || oldPort === undefined
    ? undefined
    : { service: old, port: oldPort, below: '/serviceName' }
}

/** The services of the route's own namespace that requests go to, each once. */
export function routeOf(object: JsonObject): string[] {
  const names = itemsOf(valueAt(object, '/spec/rules')).flatMap((rule) =>
    itemsOf(property(rule, 'backendRefs')).flatMap((backend) => {
      const kind = property(backend, 'kind') ?? 'Service'
      const name = textOf(property(backend, 'name'))
      return kind === 'Service' && name !== '' ? [name] : []
    }),
  )
  return [...new Set(names)]
}

export function autoscalerOf(object: JsonObject, at: At): AutoscalerFacts | undefined {
  const target = valueAt(object, '/spec/scaleTargetRef')
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((key) => textOf(property(target, key)))
  if (apiVersion === undefined || !kind || !name) return undefined
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  const minReplicas = valueAt(object, '/spec/minReplicas')
  return {
    groupKind: `${group}/${kind}`,
    name,
    minReplicas: typeof minReplicas === 'number' ? minReplicas : 1,
    at: at('/spec/scaleTargetRef/name'),
  }
}

/** Undefined for a budget that says something else, or selects by expressions. */
export function budgetOf(object: JsonObject, at: At): BudgetFacts | undefined {
  const value = valueAt(object, '/spec/minAvailable')
  const percent = typeof value === 'string' ? /^(\d{1,3})%$/.exec(value) : null
  const minAvailable =
    typeof value === 'number'
      ? { count: value }
      : percent === null
        ? undefined
        : { percent: Number(percent[1]) }
  const expressions = itemsOf(valueAt(object, '/spec/selector/matchExpressions'))
  const selector = labelsOf(valueAt(object, '/spec/selector/matchLabels'))
  if (minAvailable === undefined || expressions.length > 0 || selector === undefined) return undefined
  return { selector, minAvailable, at: at('/spec/minAvailable') }
}

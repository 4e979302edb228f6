import {
  isObject,
  property,
  valueAt,
  type JsonObject,
  type JsonValue,
  type PatchOperation,
} from '../../model/index.ts'
import type { FixBuilder } from '../place.ts'

const sources = ['resource', 'containerResource', 'pods', 'object', 'external']

/** What the fields of autoscaling/v2beta1 became: the kind of target, and where its number stands. */
const targets: readonly (readonly [field: string, type: string, key: string])[] = [
  ['targetAverageUtilization', 'Utilization', 'averageUtilization'],
  ['targetAverageValue', 'AverageValue', 'averageValue'],
  ['averageValue', 'AverageValue', 'averageValue'],
  ['targetValue', 'Value', 'value'],
]

/** What the status of a metric became, as it stands in files that were read from a cluster. */
const current: readonly (readonly [field: string, key: string])[] = [
  ['currentAverageUtilization', 'averageUtilization'],
  ['currentAverageValue', 'averageValue'],
  ['averageValue', 'averageValue'],
  ['currentValue', 'value'],
]

/** An autoscaler of autoscaling/v2beta1 as autoscaling/v2 writes it: metrics and their targets are objects there. */
export const moveAutoscaler: FixBuilder = ({ subject: { object } }) => [
  { op: 'replace', path: '/apiVersion', value: 'autoscaling/v2' },
  ...metricsOf(object, '/spec/metrics').flatMap(([metric, at]) => [
    ...moveMetric(metric, at),
    ...moveTarget(metric, at),
  ]),
  ...metricsOf(object, '/status/currentMetrics').flatMap(([metric, at]) => [
    ...moveMetric(metric, at),
    ...moveCurrent(metric, at),
  ]),
]

/** What each metric of a list says, with its pointer. */
function metricsOf(object: JsonObject, list: string): [metric: JsonObject, pointer: string][] {
  const metrics = valueAt(object, list)
  if (!Array.isArray(metrics)) return []
  return metrics.flatMap((metric, index) =>
    sources.flatMap((source): [JsonObject, string][] => {
      const value = property(metric, source)
      return isObject(value) ? [[value, `${list}/${index}/${source}`]] : []
    }),
  )
}

function moveMetric(metric: JsonObject, at: string): PatchOperation[] {
  const operations: PatchOperation[] = []
  const take = (key: string): void => {
    operations.push({ op: 'remove', path: `${at}/${key}` })
  }
  const described = property(metric, 'target')
  if (isObject(described)) {
    take('target')
    operations.push({ op: 'add', path: `${at}/describedObject`, value: described })
  }
  const name = property(metric, 'metricName')
  if (name === undefined) return operations
  take('metricName')
  const key = ['metricSelector', 'selector'].find((one) => property(metric, one) !== undefined)
  const selector = key === undefined ? undefined : property(metric, key)
  if (key !== undefined) take(key)
  operations.push({
    op: 'add',
    path: `${at}/metric`,
    value: selector === undefined ? { name } : { name, selector },
  })
  return operations
}

function moveTarget(metric: JsonObject, at: string): PatchOperation[] {
  const present = targets.filter(([field]) => property(metric, field) !== undefined)
  // An average counts where both are written, as it does in the old version.
  const [target] = present
  const value = target && property(metric, target[0])
  if (target === undefined || value === undefined) return []
  return [
    ...present.map(([field]): PatchOperation => ({ op: 'remove', path: `${at}/${field}` })),
    { op: 'add', path: `${at}/target`, value: { type: target[1], [target[2]]: value } },
  ]
}

function moveCurrent(metric: JsonObject, at: string): PatchOperation[] {
  const present = current.flatMap(([field, key]): [string, string, JsonValue][] => {
    const value = property(metric, field)
    return value === undefined ? [] : [[field, key, value]]
  })
  if (present.length === 0) return []
  return [
    ...present.map(([field]): PatchOperation => ({ op: 'remove', path: `${at}/${field}` })),
    {
      op: 'add',
      path: `${at}/current`,
      value: Object.fromEntries(present.map(([, key, value]) => [key, value])),
    },
  ]
}

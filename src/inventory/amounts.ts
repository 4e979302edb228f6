import {
  amountKinds,
  amountNames,
  isObject,
  pointerOf,
  property,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '../model/index.ts'
import type { Amounts, ContainerFacts } from './facts.ts'
import { itemsOf, textOf } from './values.ts'

/** The containers of a pod that stay: who runs which image, with how much of what. */
export function containersOf(spec: JsonObject): ContainerFacts[] {
  return ['initContainers', 'containers'].flatMap((list) =>
    itemsOf(property(spec, list)).flatMap((container, index) => {
      const name = textOf(property(container, 'name'))
      if (name === '') return []
      const image = textOf(property(container, 'image'))
      const amounts = amountsOf(property(container, 'resources'))
      return [
        {
          name,
          pointer: pointerOf([list, index]),
          ...(image === '' ? {} : { image }),
          ...(amounts === undefined ? {} : { amounts }),
        },
      ]
    }),
  )
}

/**
 * What a LimitRange fills in for containers. As in the API server, a limit without a request is the request as well.
 * Undefined where that is nothing, or where two of its entries are about containers.
 */
export function limitsOf(object: JsonObject): Amounts | undefined {
  const [entry, another] = itemsOf(valueAt(object, '/spec/limits')).filter(
    (one) => textOf(property(one, 'type')) === 'Container',
  )
  if (another !== undefined) return undefined
  const limits = property(entry, 'default')
  const requests = property(entry, 'defaultRequest')
  return amountsOf({
    ...(isObject(limits) && { limits }),
    requests: { ...(isObject(limits) ? limits : {}), ...(isObject(requests) ? requests : {}) },
  })
}

function amountsOf(resources: JsonValue | undefined): Amounts | undefined {
  const found = amountKinds.flatMap((kind) => {
    const amounts = amountNames.flatMap((name) => {
      const amount = property(property(resources, kind), name)
      return typeof amount === 'string' || typeof amount === 'number' ? [[name, amount] as const] : []
    })
    return amounts.length === 0 ? [] : [[kind, Object.fromEntries(amounts)] as const]
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

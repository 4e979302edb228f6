import { property, valueAt, type JsonObject } from '../model/index.ts'
import type { At, MonitorFacts, NetworkPolicyFacts } from './facts.ts'
import { selectorOf } from './selectors.ts'
import { itemsOf, textsOf } from './values.ts'

/** Undefined for a policy whose own selector is none. */
export function networkPolicyOf(object: JsonObject, at: At): NetworkPolicyFacts | undefined {
  const selector = selectorOf(valueAt(object, '/spec/podSelector'))
  if (selector === undefined) return undefined
  const peers = [
    ['ingress', 'from'],
    ['egress', 'to'],
  ].flatMap(([direction = '', side = '']) =>
    itemsOf(valueAt(object, `/spec/${direction}`)).flatMap((rule, ruleIndex) =>
      itemsOf(property(rule, side)).flatMap((peer, index) => {
        const written = property(peer, 'podSelector')
        const pods = selectorOf(written)
        // With a selector of namespaces the pods are elsewhere, in namespaces whose labels nobody knows.
        return written === undefined ||
          pods === undefined ||
          property(peer, 'namespaceSelector') !== undefined
          ? []
          : [{ selector: pods, at: at(`/spec/${direction}/${ruleIndex}/${side}/${index}/podSelector`) }]
      }),
    ),
  )
  return { selector, at: at('/spec/podSelector'), peers }
}

/** Undefined for a monitor whose selector is none. */
export function monitorOf(object: JsonObject, at: At): MonitorFacts | undefined {
  const selector = selectorOf(valueAt(object, '/spec/selector'))
  if (selector === undefined) return undefined
  const namespaces = valueAt(object, '/spec/namespaceSelector')
  return {
    selector,
    namespaces: property(namespaces, 'any') === true ? 'any' : textsOf(property(namespaces, 'matchNames')),
    at: at('/spec/selector'),
  }
}

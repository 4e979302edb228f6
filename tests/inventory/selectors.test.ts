import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { factsOf, inventoryOf, selectorText, selectsAll, type Selector } from '../../src/inventory/index.ts'
import { matcherOf, selectorOf } from '../../src/inventory/selectors.ts'
import type { JsonObject, JsonValue } from '../../src/model/index.ts'
import { readSource } from '../../src/resources/index.ts'

const selects = (selector: Selector, labels: Record<string, string>): boolean => matcherOf(selector)(labels)
const read = (value: JsonValue): Selector => {
  const selector = selectorOf(value)
  if (selector === undefined) throw new Error('no selector')
  return selector
}

describe('a selector', () => {
  const rows: [string, JsonValue, Record<string, string>, boolean][] = [
    ['nothing', {}, {}, true],
    ['a label', { matchLabels: { app: 'web' } }, { app: 'web', tier: 'front' }, true],
    ['another value', { matchLabels: { app: 'web' } }, { app: 'api' }, false],
    [
      'a value of the list',
      { matchExpressions: [{ key: 'a', operator: 'In', values: ['b', 'c'] }] },
      { a: 'c' },
      true,
    ],
    [
      'none of the list',
      { matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] },
      { a: 'c' },
      false,
    ],
    ['no such key, in', { matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }, {}, false],
    ['no such key, not in', { matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }] }, {}, true],
    [
      'in the list, not in',
      { matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['b'] }] },
      { a: 'b' },
      false,
    ],
    ['the key', { matchExpressions: [{ key: 'a', operator: 'Exists' }] }, { a: '' }, true],
    ['no key', { matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] }, { a: '' }, false],
    ['a key of every object', { matchExpressions: [{ key: 'constructor', operator: 'Exists' }] }, {}, false],
    [
      'a value of every object',
      { matchExpressions: [{ key: 'toString', operator: 'DoesNotExist' }] },
      {},
      true,
    ],
  ]
  test.each(rows)('%s', (_name, selector, labels, expected) => {
    expect(selects(read(selector), labels)).toBe(expected)
  })

  test('is none where the API takes none', () => {
    const odd = [
      'text',
      [],
      { matchLabels: ['app'] },
      { matchLabels: { app: 1 } },
      { matchExpressions: [{ key: 'a', operator: 'Is' }] },
      { matchExpressions: [{ key: 'a', operator: 'In' }] },
      { matchExpressions: [{ operator: 'Exists' }] },
      { matchExpressions: ['a'] },
    ]
    for (const value of odd) expect(selectorOf(value), JSON.stringify(value)).toBeUndefined()
    expect([undefined, null, {}].map((value) => selectsAll(read(value ?? {})))).toEqual([true, true, true])
  })

  test('is written as kubectl writes it', () => {
    const expressions = [
      { key: 'tier', operator: 'In', values: ['a', 'b'] },
      { key: 'env', operator: 'NotIn', values: ['dev'] },
      { key: 'x', operator: 'Exists' },
      { key: 'y', operator: 'DoesNotExist' },
    ]
    expect(selectorText(read({ matchLabels: { app: 'web' }, matchExpressions: expressions }))).toBe(
      'app=web, tier in (a,b), env notin (dev), x, !y',
    )
  })
})

/** Few keys and values, so that much fits. */
const key = fc.constantFrom('a', 'b', '__proto__', 'constructor')
const value = fc.constantFrom('1', '2')
const labels = fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true })
const requirement = fc.oneof(
  fc.record({
    key,
    operator: fc.constantFrom('In', 'NotIn'),
    values: fc.array(value, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
)
const selector = fc.record({
  matchLabels: labels,
  matchExpressions: fc.array(requirement, { maxLength: 2 }),
})
const namespace = fc.constantFrom('', 'shop', 'blog')

const metadata = (name: string, where: string): JsonObject => ({
  name,
  ...(where === '' ? {} : { namespace: where }),
})

test('the index finds what looking at everything finds', () => {
  const things = fc.array(fc.tuple(labels, namespace), { maxLength: 6 })
  const policies = fc.array(fc.tuple(selector, namespace), { maxLength: 6 })
  fc.assert(
    fc.property(things, policies, (pods, network) => {
      const documents = [
        ...pods.map(([own, where], index) => ({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { ...metadata(`pod-${index}`, where), labels: own },
          spec: { containers: [{ name: 'a' }] },
        })),
        ...network.map(([podSelector, where], index) => ({
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: metadata(`policy-${index}`, where),
          spec: { podSelector },
        })),
      ]
      const text = documents.map((one) => `${JSON.stringify(one)}\n`).join('---\n')
      const inventory = inventoryOf(structuredClone(factsOf(readSource('a.yaml', text))))
      const meeting = (a: string, b: string): boolean => a === b || a === '' || b === ''
      const names = (found: Iterable<{ reference: { name: string } }>): string[] =>
        [...found].map(({ reference }) => reference.name).sort()
      for (const [podSelector, where] of network) {
        const expected = pods.flatMap(([own, other], index) =>
          meeting(where, other) && selects(read(podSelector), own) ? [`pod-${index}`] : [],
        )
        expect(names(inventory.podsSelected(read(podSelector), where))).toEqual(expected)
        expect(inventory.hasPodsSelected(read(podSelector), where)).toBe(expected.length > 0)
      }
      for (const [own, where] of pods) {
        const expected = network.flatMap(([podSelector, other], index) =>
          meeting(where, other) && selects(read(podSelector), own) ? [`policy-${index}`] : [],
        )
        expect(names(inventory.networkPoliciesOf(own, where))).toEqual(expected)
      }
    }),
  )
})

import { describe, expect, test } from 'vitest'
import { judgeRepository } from '../../src/detect/index.ts'
import { factsOf } from '../../src/inventory/index.ts'
import type { Finding, JsonValue } from '../../src/model/index.ts'
import { catalogue } from '../../src/policies/index.ts'
import { readSource } from '../../src/resources/index.ts'

function judge(policy: string, ...texts: string[]): Finding[] {
  const sources = texts.map((text, index) => readSource(`${index}/a.yaml`, text))
  return judgeRepository(
    catalogue.filter(({ id }) => id === policy),
    structuredClone(sources.flatMap(factsOf)),
    () => ({ params: {}, severity: {} }),
    (file) => sources.find((source) => source.file === file) ?? readSource(file, ''),
  ).map(({ finding }) => finding)
}

const networkPolicy = (spec: JsonValue, namespace = ''): string =>
  JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'web', namespace },
    spec,
  })
const pod = (labels: Record<string, string>, namespace = '', spec: object = {}): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace, labels },
    spec: { containers: [{ name: 'web', image: 'web:1.0' }], ...spec },
  })

describe('the rules of a network policy', () => {
  const peers = 'dangling-network-policy-peer'

  test('are one finding for each selector, at the first rule that has it', () => {
    const from = [
      { podSelector: { matchLabels: { app: 'web' } } },
      { podSelector: { matchLabels: { app: 'api' } } },
    ]
    const to = [
      { podSelector: { matchLabels: { app: 'api' } } },
      { podSelector: { matchLabels: { app: 'db' } } },
    ]
    const policy = networkPolicy({ podSelector: {}, ingress: [{ from: [] }, { from }], egress: [{ to }] })
    expect(
      judge(peers, policy, pod({ app: 'web' })).map(({ location, message }) => [location.pointer, message]),
    ).toEqual([
      [
        '/spec/ingress/1/from/1/podSelector',
        'no pod of the repository carries the labels that this rule selects (app=api)',
      ],
      [
        '/spec/egress/0/to/1/podSelector',
        'no pod of the repository carries the labels that this rule selects (app=db)',
      ],
    ])
  })

  test('are nothing where they are none that the API takes', () => {
    const odd: JsonValue[] = [
      null,
      'web',
      { ingress: 'web' },
      { ingress: [null, { from: 'web' }, { from: [null, 'web', { podSelector: 'web' }] }] },
      { egress: [{ to: [{ podSelector: { matchLabels: { app: 1 } } }] }] },
      {
        podSelector: { matchLabels: ['app'] },
        egress: [{ to: [{ podSelector: { matchLabels: { a: 'b' } } }] }],
      },
    ]
    for (const spec of odd) expect(judge(peers, networkPolicy(spec)), JSON.stringify(spec)).toEqual([])
  })
})

describe('pods', () => {
  const open = 'non-isolated-pod'

  test('are open where no policy of their namespace selects them', () => {
    const web = pod({ app: 'web' }, 'shop')
    const api = networkPolicy({ podSelector: { matchLabels: { app: 'api' } } }, 'shop')
    expect(judge(open, web, api)).toHaveLength(1)
    expect(judge(open, web, networkPolicy({ podSelector: {} }, 'blog'))).toHaveLength(1)
    expect(judge(open, web, networkPolicy({ podSelector: {} }, 'shop'))).toEqual([])
    expect(judge(open, web, networkPolicy({}))).toEqual([])
    expect(judge(open, pod({}, 'shop', { hostNetwork: true }))).toEqual([])
  })

  test('may be selected by a policy of a kind that we do not know', () => {
    const calico = (kind: string, namespace: string): string =>
      JSON.stringify({ apiVersion: 'projectcalico.org/v3', kind, metadata: { name: 'a', namespace } })
    const web = pod({ app: 'web' }, 'shop')
    expect(judge(open, web, calico('NetworkPolicy', 'shop'))).toEqual([])
    expect(judge(open, web, calico('NetworkPolicy', 'blog'))).toHaveLength(1)
    expect(judge(open, web, calico('GlobalNetworkPolicy', ''))).toEqual([])
  })
})

test('the messages of a selector that is long stay short', () => {
  const matchExpressions = [
    { key: 'app', operator: 'In', values: Array.from({ length: 500 }, (_, i) => `v${i}`) },
  ]
  const [finding] = judge('dangling-network-policy', networkPolicy({ podSelector: { matchExpressions } }))
  expect(finding?.message.length).toBeLessThan(400)
  expect(finding?.message).toContain('v0')
})

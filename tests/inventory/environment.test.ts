import { describe, expect, test } from 'vitest'
import { judgeRepository } from '../../src/detect/index.ts'
import { factsOf } from '../../src/inventory/index.ts'
import type { Finding, JsonObject, JsonValue } from '../../src/model/index.ts'
import { catalogue } from '../../src/policies/index.ts'
import { readSource, type SourceFile } from '../../src/resources/index.ts'

function pod(container: JsonObject): JsonObject {
  const spec = { containers: [{ name: 'web', image: 'web:1.0', ...container }] }
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec }
}

function file(name: string, ...objects: JsonObject[]): SourceFile {
  return readSource(name, objects.map((object) => `${JSON.stringify(object)}\n`).join('---\n'))
}

function judge(sources: readonly SourceFile[], params: Record<string, JsonValue> = {}): Finding[] {
  const byName = new Map(sources.map((source) => [source.file, source]))
  return judgeRepository(
    catalogue.filter(({ id }) => id === 'env-value-from'),
    structuredClone(sources.flatMap(factsOf)),
    () => ({ params: { 'env-value-from': params }, severity: {} }),
    (name) => byName.get(name) ?? file(name),
  ).map(({ finding }) => finding)
}

const found = (sources: readonly SourceFile[], params?: Record<string, JsonValue>): string[] =>
  judge(sources, params).map(({ message }) => message)

const variable = (name: string, key: string): JsonObject => ({
  name: key,
  valueFrom: { configMapKeyRef: { name, key } },
})

describe('a variable from elsewhere', () => {
  test('is one finding for what is missing as a whole, and one for each missing key', () => {
    const env = [variable('gone', 'a'), variable('gone', 'b'), variable('web', 'a'), variable('web', 'b')]
    const envFrom = [{ configMapRef: { name: 'gone' } }, { configMapRef: { name: 'web' } }]
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' }, data: { c: '' } }
    const sources = [file('a.yaml', pod({ env, envFrom })), file('b/b.yaml', map)]
    expect(found(sources)).toEqual([
      'the repository has no config map called "gone"',
      'the config map "web" has no key "a"',
      'the config map "web" has no key "b"',
    ])
    const findings = judge(sources)
    expect(findings.map(({ location }) => location.pointer)).toEqual(
      [0, 2, 3].map((index) => `/spec/containers/0/env/${index}/valueFrom/configMapKeyRef`),
    )
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(3)
  })

  test('is looked for in all that may be applied under the name', () => {
    const env = [variable('web', 'a'), variable('web', '__proto__')]
    const map = (data: string): SourceFile =>
      readSource('b.yaml', `{apiVersion: v1, kind: ConfigMap, metadata: {name: web}, ${data}}`)
    expect(found([file('a.yaml', pod({ env })), map('data: {a: x}'), map('data: {__proto__: x}')])).toEqual(
      [],
    )
    expect(found([file('a.yaml', pod({ env })), map('data: {a: x}')])).toHaveLength(1)
    expect(found([file('a.yaml', pod({ env })), map('data: [a]')])).toEqual([])
  })

  test('no value of a secret is among the facts', () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'web' },
      data: { password: 'aHVudGVyMg==' },
      stringData: { token: 'hunter2' },
    }
    const [facts, ...rest] = factsOf(file('a.yaml', secret))
    expect(rest).toEqual([])
    expect(facts?.holder).toEqual({ keys: ['password', 'token'], isOpen: false })
    expect(JSON.stringify(facts)).not.toMatch(/hunter2|aHVudGVyMg/)
  })

  test('of a secret that is not there is a finding where it is asked for', () => {
    const sources = [file('a.yaml', pod({ envFrom: [{ secretRef: { name: 'web' } }] }))]
    expect(found(sources)).toEqual([])
    expect(found(sources, { secrets: true })).toEqual(['the repository has no secret called "web"'])
  })

  const makers: [string, JsonObject][] = [
    [
      'a sealed secret',
      { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', metadata: { name: 'web' } },
    ],
    [
      'an external secret of its own name',
      { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'web' }, spec: {} },
    ],
    [
      'a certificate',
      {
        apiVersion: 'cert-manager.io/v1',
        kind: 'Certificate',
        metadata: { name: 'tls' },
        spec: { secretName: 'web' },
      },
    ],
    [
      'a component of kustomize',
      {
        apiVersion: 'kustomize.config.k8s.io/v1alpha1',
        kind: 'Component',
        secretGenerator: [null, { name: 'web' }],
      },
    ],
    [
      'the secret of a service account',
      {
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'kubernetes.io/service-account-token',
        metadata: { name: 'web' },
        data: { extra: '' },
      },
    ],
  ]
  test.each(makers)('%s may hold any key', (_name, maker) => {
    const env = [{ name: 'A', valueFrom: { secretKeyRef: { name: 'web', key: 'token' } } }]
    const sources = [file('a.yaml', pod({ env }))]
    expect(found(sources, { secrets: true })).toHaveLength(1)
    expect(found([...sources, file('b.yaml', maker)], { secrets: true })).toEqual([])
  })

  test('is made by a kustomization that does not say that it is one', () => {
    const sources = [file('a.yaml', pod({ env: [variable('web', 'a')] }))]
    const generator = 'configMapGenerator: [{ name: web, literals: [a=b] }]\n'
    expect(found([...sources, readSource('kustomization.yaml', generator)])).toEqual([])
    expect(found([...sources, readSource('other.yaml', generator)])).toHaveLength(1)
  })

  test('is none where what is written names nothing', () => {
    const odd: JsonValue[] = [
      'text',
      [null],
      [{ name: 'A', valueFrom: 'web' }],
      [{ name: 'A', valueFrom: { configMapKeyRef: 'web' } }],
      [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'web' } } }],
      [{ name: 'A', valueFrom: { configMapKeyRef: { key: 'web' } } }],
      [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
    ]
    for (const env of odd) expect(found([file('a.yaml', pod({ env }))]), JSON.stringify(env)).toEqual([])
  })
})

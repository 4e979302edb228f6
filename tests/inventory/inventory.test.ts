import { describe, expect, test } from 'vitest'
import { detectAcross, judgeRepository } from '../../src/detect/index.ts'
import { factsOf, inventoryOf, type ResourceFacts } from '../../src/inventory/index.ts'
import { meets } from '../../src/inventory/lists.ts'
import { catalogue } from '../../src/policies/index.ts'
import { readSource, type SourceFile } from '../../src/resources/index.ts'

/** What was read last under each name. */
const sources = new Map<string, SourceFile>()
const sourceOf = (file: string): SourceFile => sources.get(file) ?? readSource(file, '')

function facts(file: string, text: string): ResourceFacts[] {
  const source = readSource(file, text)
  sources.set(file, source)
  return factsOf(source)
}

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
      targetPort: http
  selector:
    app: web
`
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web, tier: front } }
    spec:
      serviceAccountName: web
      containers:
        - { name: web, image: "web:1.0", ports: [{ name: http, containerPort: 80 }] }
`
const account = `apiVersion: v1
kind: ServiceAccount
metadata: { name: web }
`

/** Without the one that finds every pod which no network policy selects. */
const policies = catalogue.filter(({ id }) => id !== 'non-isolated-pod')
const judge = (...all: ResourceFacts[]) =>
  judgeRepository(policies, all, () => ({ params: {}, severity: {} }), sourceOf).map(({ finding }) => finding)
const found = (...all: ResourceFacts[]): string[] =>
  judge(...all).map(
    ({ policy, location }) => `${policy} ${location.file}:${location.line}:${location.column}`,
  )

describe('the facts of a file', () => {
  test('are plain data, survive a thread, and hold no more than is asked for', () => {
    const all = facts('a.yaml', [service, deployment, account].join('---\n'))
    expect(structuredClone(all)).toEqual(all)
    expect(all.map(({ reference }) => reference.kind)).toEqual(['Service', 'Deployment', 'ServiceAccount'])
    expect(JSON.stringify(all)).not.toContain('containerPort')
    expect(facts('a.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n')).toEqual([])
  })

  test('say where the reference stands, in the document it stands in', () => {
    const all = facts('a.yaml', [service, deployment].join('---\n'))
    const pointer = '/spec/template/spec/serviceAccountName'
    expect(all[1]?.pods?.account).toEqual({ name: 'web', at: { document: 1, root: '', pointer } })
    const finding = judge(...all).find(({ policy }) => policy === 'non-existent-service-account')
    const place = { file: 'a.yaml', document: 1, pointer, line: 21, column: 27, endLine: 21 }
    expect(finding?.location).toEqual(place)
  })

  test('count resources of one name, so that their findings keep apart', () => {
    const all = facts('a.yaml', [service, service].join('---\n'))
    expect(all.map(({ twin }) => twin)).toEqual([0, 1])
    expect(new Set(judge(...all).map(({ fingerprint }) => fingerprint)).size).toBe(2)
  })

  test('leave out what the API would refuse', () => {
    const odd = [
      'selector: [app]',
      'selector: { app: 1 }',
      'selector: text',
      'type: ExternalName\n  selector: { app: web }',
      'ports: text\n  selector:',
    ]
    for (const line of odd)
      expect(
        facts('a.yaml', `apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec:\n  ${line}\n`).map(
          ({ service: only }) => [only?.selector, only?.ports],
        ),
      ).toEqual([[{}, []]])
    for (const spec of ['null', '[]', '{ template: 1 }', '{ template: { spec: { containers: 1 } } }'])
      expect(
        facts('a.yaml', `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: ${spec}\n`).map(
          ({ pods }) => pods?.labels,
        ),
      ).toEqual(spec.includes('containers') ? [{}] : [])
  })

  test('keep keys that JavaScript has plans for', () => {
    const text = service.replace('app: web', '__proto__: web\n    constructor: web')
    const [only] = facts('a.yaml', text)
    expect(Object.keys(only?.service?.selector ?? {})).toEqual(['__proto__', 'constructor'])
    expect(found(...facts('a.yaml', text))).toEqual(['dangling-service a.yaml:9:3'])
  })
})

describe('the inventory', () => {
  test('finds across files, whatever their order', () => {
    const [a, b, c] = [facts('a.yaml', service), facts('b/b.yaml', deployment), facts('c.yaml', account)]
    expect(found(...a, ...b, ...c)).toEqual([])
    expect(found(...c, ...b, ...a)).toEqual([])
    expect(found(...a, ...c)).toEqual(['dangling-service a.yaml:9:3'])
    expect(found(...a, ...b)).toEqual(['non-existent-service-account b/b.yaml:10:27'])
  })

  test('an object without a namespace meets every namespace, two with different ones do not meet', () => {
    expect(meets('', 'shop')).toBe(true)
    expect(meets('shop', '')).toBe(true)
    expect(meets('shop', 'shop')).toBe(true)
    expect(meets('shop', 'blog')).toBe(false)
    const inShop = (text: string): string => text.replace('name: web', 'name: web\n  namespace: shop')
    const inBlog = (text: string): string => text.replace('name: web', 'name: web\n  namespace: blog')
    expect(found(...facts('a.yaml', inShop(service)), ...facts('b.yaml', inBlog(deployment)))).toContain(
      'dangling-service a.yaml:10:3',
    )
    expect(found(...facts('a.yaml', inShop(service)), ...facts('b.yaml', deployment))).not.toContain(
      'dangling-service a.yaml:10:3',
    )
  })

  test('needs every label', () => {
    const inventory = inventoryOf(facts('a.yaml', deployment))
    expect(inventory.podsWith({ app: 'web', tier: 'front' }, '')).toHaveLength(1)
    expect(inventory.podsWith({ app: 'web', tier: 'back' }, '')).toEqual([])
    expect(inventory.podsWith({}, '')).toEqual([])
  })
})

describe('findings of the repository', () => {
  test('have the severity of the configuration, a question or an advice, and no patch', () => {
    const all = [...facts('a.yaml', service.replace('web', 'other')), ...facts('b.yaml', deployment)]
    const settings = (file: string) => ({
      params: {},
      severity: file === 'b.yaml' ? ({ 'non-existent-service-account': 'critical' } as const) : {},
    })
    const [only, ...rest] = judgeRepository(policies, all, settings, sourceOf).map(({ finding }) => finding)
    expect(rest).toEqual([])
    expect(only).toMatchObject({
      policy: 'non-existent-service-account',
      severity: 'critical',
      state: 'needs-value',
      reason: { code: 'needs-value' },
      patch: [],
      edits: [],
      resource: { kind: 'Deployment', name: 'web' },
    })
  })

  test('are asked for by policy', () => {
    const all = facts('a.yaml', service)
    const without = policies.filter(({ id }) => id !== 'dangling-service')
    expect(
      judgeRepository(without, all, () => ({ params: {}, severity: {} }), sourceOf).map(
        ({ finding }) => finding,
      ),
    ).toEqual([])
  })

  test('are found in the files alone where the policy is judged', () => {
    const all = [...facts('a.yaml', service), ...facts('b.yaml', service)]
    const found = detectAcross(
      catalogue,
      inventoryOf(all),
      () => ({ params: {}, severity: {} }),
      ({ id }, file) => id !== 'dangling-service' || file === 'b.yaml',
    )
    expect(found.map(({ policy, facts: { file } }) => [policy.id, file])).toEqual([
      ['dangling-service', 'b.yaml'],
    ])
  })

  test('keep their name when lines move', () => {
    const [first] = judge(...facts('a.yaml', service))
    const [second] = judge(...facts('a.yaml', `# a comment\n${service}`))
    expect(second?.fingerprint).toBe(first?.fingerprint)
    expect(second?.location.line).toBe(10)
  })
})

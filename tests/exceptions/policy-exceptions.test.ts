import { stringify } from 'yaml'
import { describe, expect, it } from 'vitest'
import {
  isAbout,
  namesOf,
  policyExceptionAt,
  readPolicyExceptions,
  type NamespaceLabels,
} from '../../src/exceptions/index.ts'
import type { JsonObject } from '../../src/model/index.ts'
import { catalogue } from '../../src/policies/index.ts'
import { readSource } from '../../src/resources/index.ts'

const names = namesOf(catalogue, [{ name: 'my-own' }])
const api: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    namespace: 'shop',
    name: 'api',
    labels: { app: 'api', tier: 'web' },
    annotations: { note: 'old' },
  },
  spec: { replicas: 2 },
}

function exceptions(spec: object, apiVersion = 'kyverno.io/v2'): ReturnType<typeof readPolicyExceptions> {
  const text = stringify({ apiVersion, kind: 'PolicyException', metadata: { name: 'x' }, spec })
  return readPolicyExceptions(readSource('x.yaml', text), names)
}

interface Asked {
  object?: JsonObject
  apiVersion?: string
  namespaces?: NamespaceLabels
  time?: number
}

function at(
  spec: object,
  { object = api, apiVersion, namespaces = {}, time = 0 }: Asked = {},
): ReturnType<typeof policyExceptionAt> {
  const [one] = exceptions(spec, apiVersion)
  const [resource] = readSource('a.yaml', stringify(object)).resources
  if (one === undefined || resource === undefined) throw new Error('nothing to ask')
  return policyExceptionAt(one, resource, { namespaces, time })
}

/** The policies that it excepts; undefined = it is not about the object, or nobody can tell. */
function policiesAt(spec: object, asked: Asked = {}): readonly string[] | undefined {
  const one = at(spec, asked)
  return one?.problem === undefined ? one?.policies : undefined
}

function inNamespace(namespace: string): JsonObject {
  return { ...api, metadata: { name: 'api', ...(namespace && { namespace }) } }
}

const excepted = [{ policyName: 'disallow-host-path', ruleNames: ['host-path'] }]
const matching = (resources: object): object => ({
  exceptions: excepted,
  match: { any: [{ resources }] },
})

describe('a PolicyException of Kyverno', () => {
  it('excepts the policies that are known under its names', () => {
    expect(policiesAt(matching({ kinds: ['Deployment'], names: ['api'] }))).toEqual(
      expect.arrayContaining(['host-path-volumes', 'docker-sock']),
    )
    const about = (policyName: string, ruleNames: readonly string[]): readonly string[] | undefined =>
      policiesAt({ ...matching({ names: ['*'] }), exceptions: [{ policyName, ruleNames }] })
    expect(about('disallow-privileged-containers', ['*'])).toEqual([
      'privileged-container',
      'kyverno/disallow-privileged-containers',
    ])
    expect(about('my-own', ['*'])).toEqual(['kyverno/my-own'])
    expect(about('shop/my-own', ['*'])).toEqual(['kyverno/my-own'])
    expect(about('shop/disallow-privileged-containers', ['*'])).toEqual([
      'kyverno/disallow-privileged-containers',
    ])
    expect(about('shop/another', ['*'])).toEqual(['kyverno/another'])
    // Kyverno takes wildcards in the names of rules alone, and an entry without a rule excepts none.
    expect(about('disallow-priv*', ['*'])).toEqual([])
    expect(about('disallow-privileged-containers', [])).toEqual([])
  })

  it('excepts the rules that it names of what only Kyverno reports', () => {
    const of = (...exceptions: object[]): readonly string[] | undefined =>
      policiesAt({ ...matching({ names: ['*'] }), exceptions })
    expect(of({ policyName: 'my-own', ruleNames: ['a', 'autogen-cronjob-b'] })).toEqual([
      'kyverno/my-own/a',
      'kyverno/my-own/autogen-cronjob-b',
      'kyverno/my-own/b',
    ])
    const about = (rule: string, policy: string): boolean => {
      const exception = at({
        ...matching({ names: ['*'] }),
        exceptions: [{ policyName: 'my-own', ruleNames: [rule] }],
      })
      return (
        exception !== undefined &&
        isAbout(exception, { policy, container: undefined, location: { pointer: '' } })
      )
    }
    const all = [
      'kyverno/my-own',
      'kyverno/my-own/ab',
      'kyverno/my-own/b',
      'kyverno/your-own',
      'my-own',
      'kube-linter/my-own',
    ]
    expect(all.map((one) => about('*', one))).toEqual([true, true, true, false, false, false])
    expect(all.map((one) => about('a*', one))).toEqual([false, true, false, false, false, false])
  })

  it.each([
    [{ kinds: ['Pod'] }, false],
    [{ kinds: ['apps/v1/Deployment'] }, true],
    [{ kinds: ['apps/*/Deployment'] }, true],
    [{ kinds: ['batch/v1/Deployment'] }, false],
    [{ kinds: ['*/Deployment'] }, true],
    [{ names: ['ap*'] }, true],
    [{ names: ['web'] }, false],
    [{ name: 'api' }, true],
    [{ namespaces: ['shop', 'x'] }, true],
    [{ namespaces: ['sh?p'] }, true],
    [{ namespaces: ['other'] }, false],
    [{ kinds: ['Deployment'], operations: ['CREATE'] }, true],
    [{ selector: { matchLabels: { app: 'api' } } }, true],
    [{ selector: { matchLabels: { app: 'api', tier: 'db' } } }, false],
    [{ selector: { matchLabels: { 'a*': '?pi' } } }, true],
    [{ selector: { matchLabels: { 'a*': 'web' } } }, false],
    [{ selector: {} }, true],
    [{ selector: { matchLabels: { app: 1 } } }, false],
    [{ selector: { matchExpressions: [{ key: 'tier', operator: 'In', values: ['web', 'db'] }] } }, true],
    [{ selector: { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['web'] }] } }, false],
    [{ selector: { matchExpressions: [{ key: 'none', operator: 'NotIn', values: ['web'] }] } }, true],
    [{ selector: { matchExpressions: [{ key: 'tier', operator: 'Exists' }] } }, true],
    [{ selector: { matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] } }, false],
    [{ selector: { matchExpressions: [{ key: 'tier', operator: 'Gt', values: ['1'] }] } }, false],
    [{ annotations: { note: 'o*' } }, true],
    [{ annotations: { note: 'new' } }, false],
  ])('is about what it matches: %j', (resources, expected) => {
    expect(policiesAt(matching(resources)) !== undefined).toBe(expected)
  })

  it('is not about an object whose namespace nobody knows, where it asks for one', () => {
    expect(policiesAt(matching({ namespaces: ['*'] }), { object: inNamespace('') })).toBeUndefined()
  })

  it.each([
    { kinds: 'Deployment' },
    { kinds: [1] },
    { kinds: ['Deployment'], annotations: 'note' },
    { kinds: ['Deployment'], selector: { matchLabels: ['app'] } },
    { kinds: ['Deployment'], selector: { matchLabels: 'app' } },
  ])('holds for nothing that Kubernetes would refuse: %j', (resources) => {
    expect(policiesAt({ exceptions: excepted, ...matching(resources) })).toBeUndefined()
  })

  it('asks for one of any, and for all of all', () => {
    const all = [{ resources: { kinds: ['Deployment'] } }, { resources: { names: ['web'] } }]
    expect(policiesAt({ exceptions: excepted, match: { all } })).toBeUndefined()
    expect(policiesAt({ exceptions: excepted, match: { any: all } })).toBeDefined()
    // Kyverno looks at `all` where there is no `any`.
    expect(policiesAt({ exceptions: excepted, match: { any: all, all } })).toBeDefined()
  })

  it('asks for labels of a namespace that the repository declares', () => {
    const spec = matching({ namespaceSelector: { matchLabels: { team: 'shop' } } })
    const declared = (...labels: readonly string[]): Asked => ({
      namespaces: { shop: labels.map((team) => ({ team })) },
    })
    expect(policiesAt(spec, declared('shop'))).toBeDefined()
    expect(at(spec, declared('other'))).toBeUndefined()
    // Whichever of them is applied.
    expect(at(spec, declared('shop', 'other'))).toBeUndefined()
    expect(at(spec)?.problem).toBe(
      'asks for labels of the namespace shop, which the repository does not declare',
    )
    expect(at(spec, { ...declared('shop'), object: inNamespace('') })?.problem).toContain('names none')
    const byName = matching({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } })
    expect(policiesAt(byName)).toBeDefined()
    expect(at(byName, { object: inNamespace('other') })).toBeUndefined()
  })

  it('holds where a part that nobody can tell does not matter', () => {
    const [pods, subjects] = [
      { resources: { kinds: ['Pod'] } },
      { resources: { names: ['*'] }, subjects: [{}] },
    ]
    const mine = { resources: { names: ['api'] } }
    expect(policiesAt({ exceptions: excepted, match: { any: [subjects, mine] } })).toBeDefined()
    expect(at({ exceptions: excepted, match: { any: [subjects, pods] } })?.problem).toContain(
      'asks for subjects',
    )
    expect(at({ exceptions: excepted, match: { all: [subjects, pods] } })).toBeUndefined()
  })

  it.each([
    [{ exceptions: excepted }, 'names no objects'],
    [matching({ kinds: ['Deployment'], later: 1 }), 'asks for later'],
    [{ ...matching({ names: ['*'] }), conditions: { any: [] } }, 'asks for conditions'],
    [{ ...matching({ names: ['*'] }), podSecurity: [] }, 'asks for podSecurity'],
    [{ exceptions: excepted, match: { any: [{ subjects: [] }] } }, 'names no objects'],
  ])('holds for nothing where only Kyverno can tell: %j', (spec, problem) => {
    expect(at(spec)?.problem).toContain(problem)
    expect(policiesAt(spec)).toBeUndefined()
  })

  describe('in its new form', () => {
    const policyRefs = [{ name: 'disallow-privileged-containers', kind: 'ValidatingPolicy' }]
    const asked = { apiVersion: 'policies.kyverno.io/v1' }
    const when = (...expressions: readonly string[]): object => ({
      policyRefs,
      matchConditions: expressions.map((expression) => ({ name: 'a', expression })),
    })

    it('is about what its expressions say', () => {
      expect(policiesAt({ policyRefs }, asked)).toContain('privileged-container')
      expect(
        policiesAt(when('object.metadata.name == "api"', 'object.spec.replicas > 1'), asked),
      ).toBeDefined()
      expect(at(when('object.metadata.name == "api"', 'object.spec.replicas > 2'), asked)).toBeUndefined()
      expect(policiesAt(when('object.?metadata.?labels.?tier.orValue("") == "web"'), asked)).toBeDefined()
    })

    it.each([
      ['request.operation == "CREATE"', 'Unknown variable: request'],
      ['object.spec.none == 1', 'it gives no verdict'],
      ['object.metadata.name', 'it gives no verdict'],
      ['object.(', 'line 1'],
    ])('holds for nothing where only Kyverno can tell: %s', (expression, why) => {
      expect(at(when(expression), asked)?.problem).toContain(
        `asks for an expression that only Kyverno can tell (`,
      )
      expect(at(when(expression), asked)?.problem).toContain(why)
      // What is false without it is false.
      expect(at(when(expression, 'object.metadata.name == "web"'), asked)).toBeUndefined()
    })

    it('runs out', () => {
      const spec = { policyRefs, expiresAt: '2026-11-30T12:00:00Z' }
      const end = Date.UTC(2026, 10, 30, 12)
      expect(at(spec, { ...asked, time: end - 1 })).toMatchObject({ ranOut: false, until: spec.expiresAt })
      expect(at(spec, { ...asked, time: end })?.ranOut).toBe(true)
      for (const expiresAt of [
        'soon',
        '2099-01-01',
        '2099-01-01 (read [this](https://evil.example))',
        2099,
      ]) {
        const found = at({ ...spec, expiresAt }, asked)
        expect(found?.problem).toContain('expires at no time')
        expect(found?.until).toBeUndefined()
      }
    })

    it('holds for nothing where its conditions are no list of expressions', () => {
      for (const matchConditions of [{ name: 'a', expression: 'false' }, 'false', [{ name: 'a' }]])
        expect(at({ policyRefs, matchConditions }, asked)?.problem).toContain('without an expression')
    })

    it('holds for nothing where it excepts a part of a policy', () => {
      expect(at({ policyRefs, images: ['nginx:*'] }, asked)?.problem).toContain('asks for images')
    })
  })

  it('holds for nothing where it says more than anybody reads', () => {
    const all = Array.from({ length: 101 }, () => ({ resources: { names: ['api'] } }))
    expect(at({ exceptions: excepted, match: { all } })?.problem).toContain('says more than is read')
    expect(policiesAt({ exceptions: excepted, match: { all: all.slice(1) } })).toBeDefined()
  })

  it('reads whatever stands there', () => {
    for (const spec of [{}, { match: [], exceptions: 'x' }, { match: { any: [null, 1, 'x', []] } }])
      expect(policiesAt(spec)).toBeUndefined()
  })
})

import { stringify } from 'yaml'
import { describe, expect, it } from 'vitest'
import { isAbout, namesOf, policyExceptionAt, readPolicyExceptions } from '../../src/exceptions/index.ts'
import { catalogue } from '../../src/policies/index.ts'
import { readSource } from '../../src/resources/index.ts'

const names = namesOf(catalogue)
const api = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'api' }

function exceptions(spec: object, apiVersion = 'kyverno.io/v2'): ReturnType<typeof readPolicyExceptions> {
  const text = stringify({ apiVersion, kind: 'PolicyException', metadata: { name: 'x' }, spec })
  return readPolicyExceptions(readSource('x.yaml', text), names)
}

function policiesAt(spec: object, object = api, apiVersion?: string): readonly string[] | undefined {
  const [one] = exceptions(spec, apiVersion)
  return one && policyExceptionAt(one, object)?.policies
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
    expect(
      policiesAt({ ...matching({ names: ['*'] }), exceptions: [{ policyName: 'disallow-priv*' }] }),
    ).toEqual(expect.arrayContaining(['privileged-container', 'privilege-escalation']))
    expect(policiesAt({ ...matching({ names: ['*'] }), exceptions: [{ policyName: 'my-own' }] })).toEqual([
      'kyverno/my-own',
    ])
  })

  it('excepts the rules that it names of what only Kyverno reports', () => {
    const of = (...exceptions: object[]): readonly string[] | undefined =>
      policiesAt({ ...matching({ names: ['*'] }), exceptions })
    expect(of({ policyName: 'my-own', ruleNames: ['a', 'autogen-cronjob-b'] })).toEqual([
      'kyverno/my-own/a',
      'kyverno/my-own/autogen-cronjob-b',
      'kyverno/my-own/b',
    ])
    expect(of({ policyName: 'my-own', ruleNames: ['*'] })).toEqual(['kyverno/my-own'])
    const [one] = exceptions({ ...matching({ names: ['*'] }), exceptions: [{ policyName: 'my-*' }] })
    const about = (policy: string): boolean =>
      isAbout(policyExceptionAt(one!, api)!, { policy, container: undefined, location: { pointer: '' } })
    expect(
      ['kyverno/my-own', 'kyverno/my-own/a', 'kyverno/your-own', 'my-own', 'kube-linter/my-own'].map(about),
    ).toEqual([true, true, false, false, false])
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
  ])('is about what it matches: %j', (resources, expected) => {
    expect(policiesAt(matching(resources)) !== undefined).toBe(expected)
  })

  it('is not about an object whose namespace nobody knows, where it asks for one', () => {
    expect(policiesAt(matching({ namespaces: ['*'] }), { ...api, namespace: '' })).toBeUndefined()
  })

  it('asks for one of any, and for all of all', () => {
    const all = [{ resources: { kinds: ['Deployment'] } }, { resources: { names: ['web'] } }]
    expect(policiesAt({ exceptions: excepted, match: { all } })).toBeUndefined()
    expect(policiesAt({ exceptions: excepted, match: { any: all } })).toBeDefined()
  })

  it.each([
    [{ exceptions: excepted }, 'names no objects'],
    [matching({ selector: { matchLabels: { a: 'b' } } }), 'asks for selector'],
    [{ ...matching({ kinds: ['Pod'] }), conditions: { any: [] } }, 'asks for conditions'],
    [{ ...matching({ kinds: ['Pod'] }), podSecurity: [] }, 'asks for podSecurity'],
    [{ exceptions: excepted, match: { any: [{ subjects: [] }] } }, 'names no objects'],
  ])('holds for nothing where only Kyverno can tell: %j', (spec, problem) => {
    expect(exceptions(spec)[0]?.problem).toContain(problem)
    expect(policiesAt(spec)).toBeUndefined()
  })

  it('is read in its new form as long as it has no expression', () => {
    const policyRefs = [{ name: 'disallow-privileged-containers', kind: 'ValidatingPolicy' }]
    expect(policiesAt({ policyRefs }, api, 'policies.kyverno.io/v1')).toContain('privileged-container')
    expect(
      exceptions(
        { policyRefs, matchConditions: [{ name: 'a', expression: 'true' }] },
        'policies.kyverno.io/v1',
      )[0]?.problem,
    ).toContain('asks for matchConditions')
  })

  it('reads whatever stands there', () => {
    for (const spec of [{}, { match: [], exceptions: 'x' }, { match: { any: [null, 1, 'x', []] } }])
      expect(policiesAt(spec)).toBeUndefined()
  })
})

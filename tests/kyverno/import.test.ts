import { describe, expect, it } from 'vitest'
import { importValidatingPolicy } from '../../src/kyverno/index.ts'
import type { JsonObject, JsonValue, Policy } from '../../src/model/index.ts'
import { catalogue, createJudge } from '../../src/policies/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { analyse } from '../support/analyse.ts'
import { match, noAutogen, policyOf, validatingPolicy } from './samples.ts'

function imported(object: JsonObject): Policy {
  const result = importValidatingPolicy(policyOf(object))
  if ('unsupported' in result) throw new Error(result.unsupported)
  const [policy, ...more] = result.policies
  if (policy === undefined || more.length > 0) throw new Error('not one policy')
  return policy
}

function refusal(object: JsonObject): string | undefined {
  const result = importValidatingPolicy(policyOf(object))
  return 'unsupported' in result ? result.unsupported : undefined
}

function messages(policy: Policy, text: string): string[] {
  const judge = createJudge([policy], { params: {}, values: {} })
  return readSource('a.yaml', text).resources.flatMap((resource) => {
    const { matches, errors } = judge.judge(resource)
    return [...matches.map(({ message }) => message), ...errors.map(({ message }) => `error: ${message}`)]
  })
}

const pod = (spec: string, kind = 'Pod'): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: a }\nspec: ${spec}\n`

const privileged = 'object.spec.containers.all(c, c.?securityContext.?privileged.orValue(false) == false)'

describe('a ValidatingPolicy', () => {
  it('becomes a policy of ours, with its own words', () => {
    const policy = imported(
      validatingPolicy(
        'no-privileged',
        { validations: [{ expression: privileged, message: 'Privileged mode\n  is not allowed.' }] },
        {
          'policies.kyverno.io/title': 'No privileged containers',
          'policies.kyverno.io/severity': 'high',
          'policies.kyverno.io/description': 'They are root on the node.',
        },
      ),
    )
    expect(policy).toMatchObject({
      id: 'kyverno/no-privileged',
      title: 'No privileged containers',
      severity: 'high',
      why: 'They are root on the node.',
      'same-as': { kyverno: ['no-privileged'] },
      kinds: [
        '/Pod',
        'apps/DaemonSet',
        'apps/Deployment',
        'apps/ReplicaSet',
        'apps/StatefulSet',
        'batch/Job',
        'batch/CronJob',
      ],
      fix: 'none',
      advice: 'Privileged mode is not allowed.',
    })
    const found = pod('{ containers: [{ name: a, securityContext: { privileged: true } }] }')
    expect(messages(policy, found)).toEqual(['Privileged mode is not allowed.'])
    expect(messages(policy, pod('{ containers: [{ name: a }] }'))).toEqual([])
  })

  it('is found, reported and cannot be fixed, like any policy without a fix', () => {
    const policy = imported(
      validatingPolicy('p', { validations: [{ expression: privileged, message: 'No.' }] }),
    )
    const text = pod('{ containers: [{ name: a, securityContext: { privileged: true } }] }')
    const { findings, change } = analyse(text, { policies: [policy] })
    expect(findings).toMatchObject([
      { policy: 'kyverno/p', state: 'advice', severity: 'medium', message: 'No.' },
    ])
    expect(change).toBeUndefined()
  })

  it('that gives no verdict keeps no fix of another policy back; one that a fix would silence does', () => {
    const hostPid = catalogue.filter(({ id }) => id === 'host-pid')
    const text = pod('{ hostPID: true, containers: [{ name: a }] }')
    const beside = (expression: string): unknown => {
      const policy = imported(validatingPolicy('p', { validations: [{ expression }] }))
      return analyse(text, { policies: [...hostPid, policy] }).findings.map(
        ({ policy: id, state, reason }) => [id, state, reason?.code],
      )
    }
    expect(beside('object.spec.absent == 1')).toEqual([['host-pid', 'fixed', undefined]])
    expect(beside('object.spec.hostPID == true')).toEqual([
      ['host-pid', 'refused', 'verifier-rejected:nothing-new'],
    ])
  })

  it('says of the first validation that fails what that one says', () => {
    const policy = imported(
      validatingPolicy('several', {
        autogen: noAutogen,
        validations: [
          { expression: 'has(object.spec.a)', message: 'No a.' },
          { expression: 'has(object.spec.b)' },
          {
            expression: 'has(object.spec.c)',
            messageExpression: '"No c in " + object.metadata.name + " of " + object.kind',
            message: 'No c.',
          },
          {
            expression: 'has(object.spec.d)',
            messageExpression: '"d is " + object.spec.c',
            message: 'No d.',
          },
        ],
      }),
    )
    expect(messages(policy, pod('{}'))).toEqual(['No a.'])
    expect(messages(policy, pod('{ a: 1 }'))).toEqual(['several'])
    expect(messages(policy, pod('{ a: 1, b: 1 }'))).toEqual(['No c in a of Pod'])
    // What an expression takes from the object may be a secret.
    expect(messages(policy, pod('{ a: 1, b: 1, c: hush }'))).toEqual(['No d.'])
    expect(messages(policy, pod('{ a: 1, b: 1, c: 1, d: 1 }'))).toEqual([])
  })

  it('tells of an object that it cannot judge, without its values', () => {
    const policy = imported(
      validatingPolicy('careless', { validations: [{ expression: 'object.spec.a.b == "hush"' }] }),
    )
    const told = messages(policy, pod('{ a: secret }'))
    expect(told).toHaveLength(1)
    expect(told[0]).toMatch(/^error: /)
    expect(told[0]).not.toContain('secret')
  })

  it('sees what stands in the file: nulls, and the namespace default where there is none', () => {
    const policy = imported(
      validatingPolicy('sees', {
        validations: [
          {
            expression:
              'object.metadata.namespace == "default" && has(object.spec.a) && object.spec.a == null',
          },
        ],
      }),
    )
    expect(messages(policy, pod('{ a: null }'))).toEqual([])
    expect(messages(policy, pod('{}'))).toEqual(['sees'])
  })

  it('remembers no verdict of an object for another that it cannot judge', () => {
    const policy = imported(
      validatingPolicy('parents', {
        autogen: noAutogen,
        validations: [{ expression: 'object.spec.a.?b.orValue("") != ""', message: 'No b.' }],
      }),
    )
    const [clean, error, again] = messages(
      policy,
      [pod('{ a: {} }'), pod('{}'), pod('{ a: {} }')].join('---\n'),
    )
    expect([clean, again]).toEqual(['No b.', 'No b.'])
    expect(error).toMatch(/^error: No such key/)
  })

  it.each<[string, { [key: string]: JsonValue }, RegExp]>([
    [
      'asks a server',
      { validations: [{ expression: 'resource.Get("v1", "pods", "a", "b") != null' }] },
      /`resource`/,
    ],
    ['asks who sends it', { validations: [{ expression: 'request.operation == "CREATE"' }] }, /`request`/],
    [
      'asks about the namespace',
      { validations: [{ expression: 'has(namespaceObject.metadata)' }] },
      /`namespaceObject`/,
    ],
    [
      'compares with what was',
      { validations: [{ expression: 'object.spec == oldObject.spec' }] },
      /`oldObject`/,
    ],
    [
      'may give no truth',
      { validations: [{ expression: 'object.spec.?a.orValue(true)' }] },
      /not certain to give/,
    ],
    ['calculates', { validations: [{ expression: 'object.spec.a + 1 > 2' }] }, /calculates/],
    [
      'calls what we have not',
      { validations: [{ expression: 'object.spec.a.format(["b"]) == ""' }] },
      /format/,
    ],
    ['is no CEL', { validations: [{ expression: 'object.spec.' }] }, /line 1/],
    [
      'takes too long',
      {
        autogen: noAutogen,
        validations: [
          {
            expression:
              'object.spec.a.all(a, object.spec.b.all(b, object.spec.c.all(c, object.spec.d.all(d, object.spec.e.all(e, a == b)))))',
          },
        ],
      },
      /steps/,
    ],
    [
      'has an unknown variable',
      {
        variables: [{ name: 'a', expression: 'image("x")' }],
        validations: [{ expression: 'variables.b == variables.a' }],
      },
      /`b`/,
    ],
    [
      'uses a variable of another kind',
      {
        variables: [{ name: 'a', expression: 'image("x")' }],
        validations: [{ expression: 'variables.a == ""' }],
      },
      /image\(\)/,
    ],
    [
      'selects namespaces',
      {
        matchConstraints: { ...match('', 'pods'), namespaceSelector: { matchLabels: { a: 'b' } } },
        validations: [{ expression: 'true' }],
      },
      /namespaces by their labels/,
    ],
    [
      'is about a custom resource',
      { matchConstraints: match('example.org', 'widgets'), validations: [{ expression: 'true' }] },
      /example\.org/,
    ],
    [
      'is about what is deleted',
      {
        matchConstraints: {
          resourceRules: [
            { apiGroups: [''], apiVersions: ['v1'], operations: ['DELETE'], resources: ['pods'] },
          ],
        },
        validations: [{ expression: 'true' }],
      },
      /as they are created/,
    ],
    [
      'judges no objects',
      { evaluation: { mode: 'JSON' }, validations: [{ expression: 'true' }] },
      /mode is JSON/,
    ],
    [
      'lets errors pass',
      {
        failurePolicy: 'Ignore',
        matchConditions: [{ name: 'a', expression: 'object.spec.a == 1' }],
        validations: [{ expression: 'true' }],
      },
      /failurePolicy Ignore/,
    ],
    ['has a key that nobody knows', { surprise: 1, validations: [{ expression: 'true' }] }, /surprise/],
  ])('that %s is left to Kyverno itself', (_, spec, because) => {
    expect(refusal(validatingPolicy('left', spec))).toMatch(because)
  })

  it('of one namespace, and policies of other kinds, are left to Kyverno as well', () => {
    const policy = validatingPolicy('other', { validations: [{ expression: 'true' }] })
    expect(refusal({ ...policy, kind: 'NamespacedValidatingPolicy' })).toMatch(/NamespacedValidatingPolicy/)
    expect(refusal({ ...policy, apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy' })).toMatch(
      /ClusterPolicy/,
    )
  })

  it('grows no further than its expressions may', () => {
    const variables = Array.from({ length: 20 }, (_, index) => ({
      name: `v${index}`,
      expression: index === 0 ? 'object.spec' : `[variables.v${index - 1}, variables.v${index - 1}]`,
    }))
    const validations = [{ expression: 'variables.v19 == null' }]
    expect(refusal(validatingPolicy('grows', { variables, validations }))).toMatch(/too long/)
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchesOf, kyvernoAnswer, readJudgingPolicies, readKyvernoOutput } from '../../src/detect/index.ts'
import { withoutSecrets } from '../../src/detect/kyverno/messages.ts'
import type { KyvernoResult } from '../../src/detect/kyverno/output.ts'
import { matching } from '../cluster/matching.ts'
import { celPolicy, hostNamespaces, policiesOf, rulePolicy } from './kyverno-policies.ts'

function problems(text: string, mayCall: readonly string[] = []): string[] {
  return readJudgingPolicies(policiesOf(text), mayCall).problems
}

describe('policies of the user', () => {
  it.each([
    ['http', 'http.Get("http://x.example").ok', 'a web service (http in its CEL)'],
    ['a library under another name', '[http].all(h, h.post("x", {}).ok)', 'a web service'],
    ['a name from the root', '.http . get ("x").ok', 'a web service'],
    ['in several expressions', 'variables.h.Client("x") != null', 'a web service', 'http'],
    ['behind a text', '"\\"" == "" || resource.List("v1", "pods", "x").items == []', 'an API server'],
    ['behind a comment', '// "\nresource.get("v1", "pods", "x", "y").ok', 'an API server'],
    ['the global context', "globalContext.Get('x', '') != null", 'the global context'],
    ['images of a registry', 'image.GetMetadata(object.spec.x).config != null', 'a registry'],
  ])('that ask %s are refused', (_name, expression, what, variable?: string) => {
    const more = variable === undefined ? '' : `  variables: [{name: h, expression: ${variable}}]\n`
    const text = celPolicy('asks', expression, more)
    expect(problems(text)).toEqual([
      expect.stringContaining(
        `policies.yaml:1: ValidatingPolicy asks: judges by what is not in the object: it asks ${what}`,
      ),
    ])
    expect(problems(text)[0]).toContain('kyverno.allow-calls of the configuration names asks')
    expect(problems(text, ['asks'])).toEqual([])
  })

  it.each([
    ['context: [{name: p, apiCall: {urlPath: /api/v1/pods}}]', 'an API server or a web service (context p)'],
    ['context: [{name: p, configMap: {name: a, namespace: b}}]', 'an API server (context p)'],
    ['context: [{name: p, imageRegistry: {reference: a}}]', 'a registry (context p)'],
    ['context: [{name: p, globalReference: {name: a}}]', 'the global context (context p)'],
    ['context: [{name: p, somethingNew: {}}]', 'somethingNew (context p)'],
  ])('whose rules have %s are refused', (context, what) => {
    const inside = hostNamespaces.replace('      validate:', `      ${context}\n      validate:`)
    const loop = rulePolicy(
      'loops',
      'one',
      `foreach: [{list: x, foreach: [{list: y, ${context}, deny: {}}], deny: {}}]`,
    )
    expect(problems(inside)).toEqual([expect.stringContaining(`it asks ${what}.`)])
    expect(problems(loop)).toEqual([expect.stringContaining(`it asks ${what}.`)])
  })

  it.each([
    'object.spec.http.get("x") && object.?resource.orValue("") == "" && has(object.image)',
    'object.spec.containers.all(c, image(c.image).registry() == "http.Get(resource)")',
    "object.metadata.name.matches(r'http\\.Get\\(') // resource.List()",
    'object.spec.images.all(image, image.startsWith("x"))',
  ])('that only look as if they did are not: %s', (expression) => {
    expect(problems(celPolicy('harmless', expression))).toEqual([])
  })

  it('may ask a registry where they are allowed to, and only then', () => {
    const text = celPolicy('asks', 'image.GetMetadata(object.spec.x).config != null')
    const asks = (policies: string): boolean =>
      readJudgingPolicies(policiesOf(policies), ['asks']).asksRegistry
    expect([asks(text), asks(celPolicy('asks', 'http.Get("x") != null')), asks(hostNamespaces)]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('may set variables of their own', () => {
    const text = hostNamespaces.replace(
      '      validate:',
      '      context: [{name: p, variable: {value: a}}]\n      validate:',
    )
    expect(problems(text)).toEqual([])
  })

  it('that are none, or the same twice, are named with what is wrong', () => {
    const twice = [hostNamespaces, celPolicy('disallow-host-namespaces', 'true'), hostNamespaces]
    expect(problems(twice.join('---\n'))).toEqual([
      expect.stringMatching(/^policies\.yaml:\d+: .* is there already \(policies\.yaml:1: ClusterPolicy/),
    ])
    const [document] = policiesOf(hostNamespaces)
    const broken = ['a: [', '', 'kind: ClusterPolicy', hostNamespaces.replace('rules:', 'rulez:')]
    expect(
      readJudgingPolicies(
        broken.map((text) => ({ ...document!, text })),
        [],
      ).problems,
    ).toEqual([
      expect.stringContaining('is not one YAML document that holds an object'),
      expect.stringContaining('is not one YAML document that holds an object'),
      expect.stringContaining('apiVersion, kind or metadata.name is missing'),
      expect.stringContaining('spec.rules is missing'),
    ])
  })

  it('that do something else are left out, and it is said', () => {
    const generates = hostNamespaces.replace(
      '  rules:\n',
      '  rules:\n    - {name: makes, match: {}, generate: {kind: Secret}}\n    - {name: signs, match: {}, verifyImages: []}\n    - {name: sets, match: {}, mutate: {}}\n',
    )
    const selects = celPolicy('selects', 'true').replace(
      '    resourceRules',
      '    namespaceSelector: {matchLabels: {a: b}}\n    resourceRules',
    )
    const image = celPolicy('signed', 'true').replace('kind: V', 'kind: ImageV')
    const changes = celPolicy('changes', 'true').replace('kind: Validating', 'kind: Mutating')
    const json = celPolicy('json', 'true', '  evaluation: {mode: JSON}\n')
    const read = readJudgingPolicies(policiesOf([generates, selects, image, changes, json].join('---\n')), [])
    expect(read.policies.map(({ name, rules }) => [name, rules])).toEqual([
      ['disallow-host-namespaces', ['host-namespaces']],
      ['selects', []],
    ])
    expect(read.notes.map((note) => note.replace(/^policies\.yaml:\d+: /, ''))).toEqual([
      'ClusterPolicy disallow-host-namespaces: its rule makes makes objects in a cluster, and is left out',
      'ClusterPolicy disallow-host-namespaces: its rule signs verifies images, which takes a registry, and is left out',
      'ValidatingPolicy selects: selects namespaces by their labels, which no file tells: there it judges nothing',
      'ImageValidatingPolicy signed verifies images, which takes a registry, so it judges nothing here',
      'ValidatingPolicy json: evaluates JSON, not objects of Kubernetes, so it judges nothing here',
    ])
    expect(read.problems).toEqual([])
  })
})

describe('batches', () => {
  it('hold every object once, none of one name twice, and no more than they may', () => {
    const object = fc.record({
      group: fc.constantFrom('', 'apps'),
      kind: fc.constantFrom('Pod', 'Service'),
      namespace: fc.constantFrom('', 'default', 'shop'),
      name: fc.constantFrom('', 'a', 'b'),
    })
    fc.assert(
      fc.property(fc.array(object, { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (objects, size) => {
        const batches = batchesOf(objects, size)
        expect(new Set(batches.flat())).toEqual(new Set(objects))
        expect(batches.flat()).toHaveLength(objects.length)
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(size)
          const names = batch.map((one) => JSON.stringify({ ...one, namespace: one.namespace || 'default' }))
          expect(new Set(names).size).toBe(batch.length)
        }
      }),
    )
  })

  it('are as few as can be where no names clash', () => {
    const objects = Array.from({ length: 25 }, (_, index) => ({
      group: '',
      kind: 'Pod',
      namespace: '',
      name: `p${index}`,
    }))
    expect(batchesOf(objects, 10).map((batch) => batch.length)).toEqual([10, 10, 5])
  })
})

describe('output', () => {
  const counted = (count: number): object => ({ pass: count, fail: 0, warn: 0, error: 0, skip: 0 })
  const result = { policy: 'p', result: 'pass', resources: [{ uid: 'u' }] }
  const report = JSON.stringify({ summary: counted(1), results: [result] })

  it('may be several reports, with text between them', () => {
    expect(readKyvernoOutput(`\nnoise\n${report}\n---\n${report}\n`)).toEqual([result, result])
  })

  it.each([
    ['', 'it printed nothing'],
    ['noise\n', 'it printed no report'],
    [report.slice(0, 40), 'its report ends in the middle'],
    [`{"a"}`, 'its report is no JSON'],
    ['{}', 'its report has another form: summary: Invalid input: expected object, received undefined'],
    [
      JSON.stringify({ summary: counted(2), results: [result] }),
      'its report counts other results than it has',
    ],
    [`Policies Skipped:\n1. p: x\n${report}`, 'it leaves out policies'],
  ])('that is %j is no answer', (text, because) => {
    expect(readKyvernoOutput(text)).toEqual({ unreadable: because })
  })

  it('with a result that nobody knows is no answer either', () => {
    const text =
      '{"summary":{"pass":1,"fail":0,"warn":0,"error":0,"skip":0},"results":[{"policy":"p","result":"perhaps","resources":[{}]}]}'
    expect(readKyvernoOutput(text)).toMatchObject({
      unreadable: matching(/has another form: results\.0\.result/),
    })
  })
})

describe('an answer', () => {
  const object = { unit: 'a', group: '', kind: 'Pod', namespace: '', name: 'x' }
  const given = new Map([['u', { uid: 'u', object, content: {} }]])
  const [policy] = readJudgingPolicies(
    policiesOf(rulePolicy('p', 'a-rule-whose-name-is-so-long-that-kyverno-has-to-cut-it-off', 'deny: {}')),
    [],
  ).policies
  const asked = { policies: new Map([['p-1', policy!]]), heartbeats: new Set(['beat']) }
  const beat: KyvernoResult = { policy: 'beat', rule: 'seen', result: 'pass', resources: [{ uid: 'u' }] }
  const failing = (rule: string): KyvernoResult => ({ ...beat, policy: 'p-1', rule, result: 'fail' })

  it('without a sign that the object was judged is no clean one', () => {
    expect(kyvernoAnswer([], given, asked)).toEqual({
      findings: [],
      judged: [],
      suppressed: [],
      unjudged: [{ unit: 'a', because: 'kyverno says nothing about it' }],
    })
  })

  it('of a policy of one namespace is about no object that is in none', () => {
    const text = rulePolicy('p', 'one', 'deny: {}').replace('kind: ClusterPolicy', 'kind: Policy')
    const [inDefault] = readJudgingPolicies(policiesOf(text), []).policies
    expect(inDefault?.namespace).toBe('default')
    const found = (group: string, kind: string): number | undefined => {
      const one = new Map([['u', { uid: 'u', object: { ...object, group, kind }, content: {} }]])
      const policies = new Map([['p-1', inDefault!]])
      return kyvernoAnswer([beat, failing('one')], one, { ...asked, policies })?.findings.length
    }
    expect(found('', 'Pod')).toBe(1)
    expect(found('', 'Namespace')).toBe(0)
    expect(found('rbac.authorization.k8s.io', 'ClusterRole')).toBe(0)
  })

  it('names a rule for controllers as it is written', () => {
    const [rule] = policy!.rules
    for (const name of [rule!, `autogen-${rule}`.slice(0, 63), `autogen-cronjob-${rule}`.slice(0, 63)]) {
      const answer = kyvernoAnswer([beat, failing(name)], given, asked)
      expect(answer?.findings).toMatchObject([{ rule: `p/${rule}`, message: `p/${rule} does not hold` }])
      expect(answer?.judged).toEqual([object])
    }
  })

  it('about what was not given is worth nothing', () => {
    const rule = policy!.rules[0]!
    expect(kyvernoAnswer([beat, { ...failing(rule), resources: [{ uid: 'v' }] }], given, asked)).toBe(
      undefined,
    )
    expect(kyvernoAnswer([beat, { ...failing(rule), policy: 'q' }], given, asked)).toBe(undefined)
    expect(kyvernoAnswer([beat, failing('other')], given, asked)).toBe(undefined)
  })
})

describe('messages', () => {
  it('hold no data of a Secret and no value of a variable that is named like a secret', () => {
    const secret = { kind: 'Secret', data: { a: 'aHVudGVyMg==' }, stringData: { b: 'correct horse\n' } }
    expect(withoutSecrets('a=aHVudGVyMg== hunter2, correct horse', secret)).toBe('a=*** ***, ***')
    const lines = { kind: 'Secret', stringData: { c: 'user: admin\nword: "hunter2"\n' } }
    const spoken = [lines.stringData.c, JSON.stringify(lines.stringData), 'the line word: "hunter2" is bad']
    for (const message of spoken) expect(withoutSecrets(message, lines)).not.toContain('hunter2')
    const env = [
      { name: 'DB_PASSWORD', value: 'hunter2' },
      { name: 'LEVEL', value: 'debug' },
    ]
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'x' },
      spec: { containers: [{ name: 'c', env }] },
    }
    expect(withoutSecrets('hunter2 at debug', pod)).toBe('*** at debug')
    // It is called like its password, and then the password is no secret.
    expect(withoutSecrets('container hunter2', { ...pod, metadata: { name: 'hunter2' } })).toBe(
      'container hunter2',
    )
  })
})

import { readdirSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { kyvernoHint } from '../../src/adapters/kyverno.ts'
import type { Engine, EngineAnswer } from '../../src/detect/index.ts'
import { InfrastructureError, UserError } from '../../src/model/index.ts'
import { celPolicy, hostNamespaces, noPrivileged, rulePolicy } from './kyverno-policies.ts'
import { kyverno, kyvernoBy } from './kyverno-support.ts'
import { failureOf, makeScene, pod, unit, type Scene } from './support.ts'

/** The real command line tool of Kyverno. A ClusterPolicy is cheap in it, so most of these are some. */

let scene: Scene
let engine: Engine
beforeAll(async () => {
  scene = makeScene()
  engine = await kyvernoBy(scene, [noPrivileged, hostNamespaces].join('---\n'))
})
afterEach(() => expect(readdirSync(scene.temporary)).toEqual([]))
afterAll(() => scene.remove())

const privileged = (name: string): string =>
  pod(name).replace('image: web:1.0', 'image: web:1.0\n      securityContext: {privileged: true}')
const onHost = (name: string, more = ''): string =>
  pod(name, more).replace('spec:', 'spec:\n  hostNetwork: true')

function found({ findings }: EngineAnswer): string[] {
  return findings.map(({ unit: id, rule }) => `${id} ${rule}`)
}

describe('the engine kyverno', () => {
  it('says by which rules it judges, and under which names policies may know them', () => {
    expect(engine.name).toBe('kyverno')
    expect(engine.version).toBe('v1.19.0')
    expect(engine.rules).toEqual([
      { name: 'no-privileged', description: '', remediation: '' },
      {
        name: 'disallow-host-namespaces/host-namespaces',
        partOf: 'disallow-host-namespaces',
        description: '',
        remediation: '',
      },
    ])
  })

  it('reports findings with their objects, whatever rule for controllers they come from', async () => {
    const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, uid: taken}
spec:
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec:
      hostNetwork: true
      containers: [{name: main, image: 'web:1.0', securityContext: {privileged: true}}]
`
    const cron = `apiVersion: batch/v1
kind: CronJob
metadata: {name: night}
spec:
  schedule: '* * * * *'
  jobTemplate: {spec: {template: {spec: {hostPID: true, containers: [{name: main, image: 'web:1.0'}]}}}}
`
    const answer = await engine.judge([
      unit('clean', pod('clean')),
      unit('deployment', deployment),
      unit('cron', cron),
    ])
    expect(found(answer)).toEqual([
      'deployment disallow-host-namespaces/host-namespaces',
      'deployment no-privileged',
      'cron disallow-host-namespaces/host-namespaces',
    ])
    expect(answer.findings[1]).toEqual({
      unit: 'deployment',
      rule: 'no-privileged',
      group: 'apps',
      kind: 'Deployment',
      namespace: 'shop',
      name: 'web',
      container: undefined,
      message: 'no-privileged is broken',
      remediation: '',
    })
    expect(answer.judged.map((object) => object.unit)).toEqual(['clean', 'deployment', 'cron'])
    expect([answer.unjudged, answer.suppressed]).toEqual([[], []])
  })

  it('takes a List apart, judges kinds that nobody knows, and objects without a name', async () => {
    const list = `apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {hostIPC: true, containers: [{name: c, image: x}]}}
  - {apiVersion: v1, kind: Pod, metadata: {name: b}, spec: {containers: [{name: c, image: x}]}}
`
    const answer = await engine.judge([
      unit('list', list),
      unit('own', 'apiVersion: a.example/v1\nkind: Own\nmetadata: {name: x}\n'),
      unit('one', onHost('x').replace('name: x', 'generateName: x-')),
      unit('two', onHost('x').replace('name: x', 'generateName: y-')),
    ])
    const rule = 'disallow-host-namespaces/host-namespaces'
    expect(found(answer)).toEqual([`list ${rule}`, `one ${rule}`, `two ${rule}`])
    expect(answer.findings.map(({ name }) => name)).toEqual(['a', '', ''])
    expect(answer.judged.map((object) => `${object.unit} ${object.name}`)).toEqual([
      'list a',
      'list b',
      'own x',
      'one ',
      'two ',
    ])
    expect(answer.unjudged).toEqual([])
  })

  it('keeps objects of one name apart, which would end the program', async () => {
    const answer = await engine.judge([
      unit('1', onHost('same')),
      unit('2', pod('same')),
      unit('3', pod('same', '  namespace: default\n')),
      unit('4', privileged('same')),
    ])
    expect(found(answer)).toEqual(['1 disallow-host-namespaces/host-namespaces', '4 no-privileged'])
    expect(answer.unjudged).toEqual([])
    expect(answer.judged).toHaveLength(4)
  })

  it('finds the objects that end a run, and judges all others', async () => {
    const version = unit('version', 'apiVersion: a/b/c\nkind: Pod\nmetadata: {name: x}\n')
    const none = unit('none', 'apiVersion: a.example/v1\nkind: Own\nmetadata: {name: x}\nitems: []\n')
    const good = Array.from({ length: 9 }, (_, index) => unit(`g${index}`, onHost(`g${index}`)))
    const answer = await engine.judge([...good.slice(0, 4), version, ...good.slice(4), none])
    expect(answer.unjudged).toEqual([
      { unit: 'version', because: 'kyverno gave no answer: it printed nothing (exit code 1)' },
      { unit: 'none', because: 'kyverno crashed (exit code 2)' },
    ])
    expect(answer.judged.map((object) => object.unit)).toEqual(good.map(({ id }) => id))
    expect(answer.findings).toHaveLength(9)
  })

  it('judges each alone of two that end a run together, in a way that nobody foresees', async () => {
    const answer = await engine.judge([
      unit('one', onHost('x')),
      unit('two', onHost('x').replace('kind: Pod', 'kind: pod')),
    ])
    expect(answer.judged.map((object) => object.unit)).toEqual(['one', 'two'])
    expect(answer.unjudged).toEqual([])
    expect(found(answer)).toEqual(['one disallow-host-namespaces/host-namespaces'])
  })

  it('is not moved by odd names, and calls what is no object unjudged', async () => {
    const answer = await engine.judge([
      unit('../../etc', onHost('"../../x\\n---\\n{}"', '  namespace: "a b/c"\n')),
      unit('number', onHost('5')),
      unit('wrong', 'apiVersion: v1\nkind: Pod\nmetadata: {name: x, labels: [1]}\nspec: 7\n'),
      unit('map', 'apiVersion: v1\nkind: Pod\nmetadata: [x]\n'),
      unit('text', 'hello'),
      unit('broken', 'apiVersion: v1\nkind: [\n'),
    ])
    expect(found(answer)).toEqual([
      '../../etc disallow-host-namespaces/host-namespaces',
      'number disallow-host-namespaces/host-namespaces',
      'wrong disallow-host-namespaces/host-namespaces',
    ])
    expect(answer.undecided).toMatchObject([
      { unit: 'wrong', rule: 'no-privileged', message: 'ends in an error: no such key: containers' },
    ])
    expect(answer.unjudged.map(({ unit: id, because }) => `${id}: ${because}`)).toEqual([
      'map: its metadata is no map',
      'text: nothing in it is an object',
      expect.stringMatching(/^broken: /),
    ])
  })

  it('judges a text once, whatever it is called', async () => {
    const log = `${scene.folder}/runs`
    const program = scene.script('counting', `echo run >> ${log}\nexec ${kyverno} "$@"`)
    const counting = await kyvernoBy(scene, hostNamespaces, { program })
    const asked: number[] = []
    const progress = (done: number): unknown => asked.push(done)
    const first = await counting.judge([unit('a', onHost('x')), unit('b', onHost('x'))], { progress })
    const again = await counting.judge([unit('c', onHost('x'))], { progress })
    expect(asked).toEqual([1])
    expect(found(first)).toHaveLength(2)
    expect(found(again)).toEqual(['c disallow-host-namespaces/host-namespaces'])
  })

  it('takes no two units with one id, and ends when it is told to', async () => {
    expect(String(await failureOf(engine.judge([unit('a', ''), unit('a', '')])))).toMatch(/two units/)
    const controller = new AbortController()
    const running = failureOf(engine.judge([unit('a', pod('stop'))], { signal: controller.signal }))
    controller.abort(new Error('enough'))
    expect(await running).toEqual(new Error('enough'))
  })
})

describe('policies', () => {
  it('of one namespace judge the objects of that namespace, and warnings are findings', async () => {
    const text = [
      rulePolicy('own', 'host', 'pattern: {spec: {=(hostNetwork): "false"}}', 'Policy').replace(
        'name: own',
        'name: own\n  namespace: shop',
      ),
      celPolicy('cel', '!has(object.spec.hostNetwork)')
        .replace('kind: V', 'kind: NamespacedV')
        .replace('name: cel', 'name: cel\n  namespace: shop'),
      celPolicy('warns', '!has(object.spec.hostNetwork)').replace(
        'name: warns',
        'name: warns\n  annotations: {policies.kyverno.io/scored: "false", policies.kyverno.io/severity: high}',
      ),
    ]
    const by = await kyvernoBy(scene, text.join('---\n'))
    const answer = await by.judge([
      unit('shop', onHost('a', '  namespace: shop\n')),
      unit('other', onHost('a', '  namespace: other\n')),
    ])
    expect(found(answer)).toEqual(['shop cel', 'shop own/host', 'shop warns', 'other warns'])
    expect(by.rules.map(({ severity }) => severity)).toEqual([undefined, undefined, 'high'])
  })

  it('that end in an error are neither clean nor a finding, and tell nothing that is secret', async () => {
    const any = (policy: string): string => policy.replace('resources: [pods]', "resources: ['*']")
    const secrets = rulePolicy(
      'tells',
      'all',
      'deny: {conditions: {any: [{key: "{{ request.object.data.a }}", operator: NotEquals, value: x}]}}',
    )
      .replace('kinds: [Pod]', 'kinds: [Secret]')
      .replace('tells is broken', 'a is {{ request.object.data.a }}')
    const by = await kyvernoBy(scene, [any(celPolicy('reads', 'object.spec.x == 1')), secrets].join('---\n'))
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: aHVudGVyMg==}\n'
    const answer = await by.judge([
      unit('map', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n'),
      unit('secret', secret),
    ])
    expect(answer.undecided).toMatchObject([
      {
        unit: 'map',
        rule: 'reads',
        kind: 'ConfigMap',
        name: 'x',
        message: 'ends in an error: no such key: spec',
      },
      { unit: 'secret', rule: 'reads', kind: 'Secret', name: 's', message: 'ends in an error' },
    ])
    expect(answer.judged.map((object) => object.unit)).toEqual(['map', 'secret'])
    expect(answer.findings.map(({ message }) => message)).toEqual(['a is ***'])
  })

  it('that Kyverno does not take are named, each with its reason', async () => {
    const wrongForm = hostNamespaces.replace('message: disallow-host-namespaces is broken', 'message: false')
    const text = [
      celPolicy('no-cel', 'object.spec.foo('),
      noPrivileged,
      wrongForm,
      rulePolicy('two-ways', 'both', 'pattern: {spec: {hostPID: false}}\n        deny: {}'),
    ]
    const failure = await failureOf(kyvernoBy(scene, text.join('---\n')))
    expect(failure).toBeInstanceOf(UserError)
    expect(failure).toMatchObject({
      problems: [
        expect.stringMatching(
          /^policies\.yaml:1: ValidatingPolicy no-cel: Kyverno does not take it: .*spec\.validations\[0\]\.expression/,
        ),
        expect.stringMatching(
          /^policies\.yaml:\d+: ClusterPolicy disallow-host-namespaces: Kyverno does not take it: it passes over it/,
        ),
        expect.stringMatching(/ClusterPolicy two-ways: Kyverno does not take it: .*only one of pattern/),
      ],
    })
  })
})

describe('a program that does not work', () => {
  const answering = 'if [ "$1" = version ]; then echo "Version: v9"; exit 0; fi\n'
  const quick = { runTime: 3000, pairTime: 0, output: 2_000_000 }
  it.each([
    ['is another one', 'echo hello', 'kyverno does not tell its version'],
    ['crashes', `${answering}kill -SEGV $$`, 'kyverno was ended by SIGSEGV'],
    ['hangs', `${answering}sleep 300`, 'kyverno did not end within 3 s and was killed'],
    ['prints without end', `${answering}yes`, 'kyverno printed more than 2000000 bytes and was killed'],
    ['says nothing', `${answering}true`, 'kyverno gave no answer (exit code 0)'],
  ])('%s', async (name, commands, message) => {
    const program = scene.script(name.replaceAll(' ', '-'), commands)
    const failure = await failureOf(kyvernoBy(scene, hostNamespaces, { program, limits: quick }))
    expect(failure).toBeInstanceOf(InfrastructureError)
    expect(failure).toMatchObject({ message, hint: kyvernoHint })
  })

  /** The real program, except where an object holds a word. */
  const unless = (commands: string): string =>
    `if [ "$1" = apply ] && grep -rq CULPRIT objects; then\n${commands}\nfi\nexec ${kyverno} "$@"`
  it.each([
    ['hangs', 'sleep 300', 'kyverno did not end within 6 s and was killed'],
    ['prints nothing', 'exit 0', 'kyverno gave no answer: it printed nothing (exit code 0)'],
    [
      'leaves out policies',
      `${kyverno} "$@"; echo 'Policies Skipped:'; exit 1`,
      'kyverno gave no answer: it leaves out policies (exit code 1)',
    ],
    [
      'speaks of others',
      `${kyverno} "$@" | sed 's/object-0-/object-9-/g'; exit 1`,
      'kyverno gave an answer about objects or policies that it was not given',
    ],
    [
      'says nothing of ours',
      `${kyverno} "$@" | sed 's/"own-/"other-/g'; exit 1`,
      'kyverno gave no answer about an object of ours',
    ],
  ])('for an object where it %s, which is unjudged', async (name, commands, because) => {
    const program = scene.script(`object-${name.replaceAll(' ', '-')}`, unless(commands))
    const by = await kyvernoBy(scene, hostNamespaces, { program, limits: { ...quick, runTime: 6000 } })
    const answer = await by.judge([
      unit('bad', onHost('bad', '  labels: {a: CULPRIT}\n')),
      unit('good', onHost('good')),
    ])
    expect(answer.unjudged).toEqual([{ unit: 'bad', because }])
    expect(found(answer)).toEqual(['good disallow-host-namespaces/host-namespaces'])
  })

  it('any more, in the middle of a run', async () => {
    const broken = `${scene.folder}/broken`
    const program = scene.script(
      'breaks',
      `if [ -e ${broken} ]; then exit 2; fi\n${unless(`touch ${broken}; exit 2`)}`,
    )
    const by = await kyvernoBy(scene, hostNamespaces, { program, limits: quick })
    const failure = await failureOf(by.judge([unit('a', onHost('a', '  labels: {a: CULPRIT}\n'))]))
    expect(failure).toBeInstanceOf(InfrastructureError)
    expect(String(failure)).toMatch(/kyverno crashed \(exit code 2\)/)
  })
})

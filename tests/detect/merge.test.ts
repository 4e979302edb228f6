import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  detect,
  engineRegression,
  engineTargetsLeft,
  findingOf,
  fingerprintOf,
  mergeFindings,
  namedByRules,
  resourceOf,
  type Detected,
  type EngineFinding,
  type Merged,
  type MergeInput,
  type PlacedFinding,
} from '../../src/detect/index.ts'
import { containerOf } from '../../src/detect/kube-linter/container.ts'
import { findingSchema, type Finding } from '../../src/model/index.ts'
import { catalogue, createJudge } from '../../src/policies/index.ts'
import { readSource, type SourceFile } from '../../src/resources/index.ts'

const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      hostPID: true
      containers:
        - name: one
          image: web:1.0
          securityContext: {privileged: true}
        - name: two
          image: web:1.0
`
const judge = createJudge(catalogue, { params: {}, values: {} })

function oursIn(source: SourceFile): Finding[] {
  return source.resources.flatMap((resource) =>
    detect(judge, resource).detected.map((one) =>
      findingOf(resource, source.lines, one, 0, one.match.policy.severity),
    ),
  )
}

function theirs(rule: string, more: Partial<EngineFinding> = {}): EngineFinding {
  return {
    unit: 'u',
    rule,
    group: 'apps',
    kind: 'Deployment',
    namespace: 'shop',
    name: 'web',
    container: undefined,
    message: `${rule} fires`,
    remediation: 'do it right',
    ...more,
  }
}

function placed(source: SourceFile, finding: EngineFinding, index = 0): PlacedFinding {
  return { finding, resource: source.resources[index]!, lines: source.lines, twin: 0 }
}

function merge(
  findings: readonly EngineFinding[],
  more: Partial<MergeInput> = {},
  source = readSource('a.yaml', text),
): Merged {
  return mergeFindings({
    engine: 'kube-linter',
    rules: findings.map(({ rule }) => ({ name: rule, description: `about ${rule}`, remediation: '' })),
    ours: oursIn(source),
    theirs: findings.map((finding) => placed(source, finding)),
    policies: catalogue,
    ...more,
  })
}

function agreeing(merged: Merged, rule: string): [string, string | undefined][] {
  return merged.ours
    .filter(({ engines }) => engines.some((engine) => engine.name === 'kube-linter' && engine.rule === rule))
    .map(({ policy, container }) => [policy, container])
}

describe('merging', () => {
  it('adds the engine to what we found too, container by container', () => {
    const merged = merge([theirs('no-read-only-root-fs', { container: 'two' }), theirs('host-pid')])
    expect(merged.added).toEqual([])
    expect(agreeing(merged, 'no-read-only-root-fs')).toEqual([['read-only-root-fs', 'two']])
    expect(agreeing(merged, 'host-pid')).toEqual([['host-pid', undefined]])
  })

  it('adds it to every policy that names the rule, and once', () => {
    const rule = 'privilege-escalation-container'
    const merged = merge([theirs(rule, { container: 'one' }), theirs(rule, { container: 'one' })])
    const policies = agreeing(merged, rule)
    expect(policies).toContainEqual(['privileged-container', 'one'])
    expect(policies.every(([, container]) => container === 'one')).toBe(true)
    for (const { engines } of merged.ours) expect(engines.length).toBeLessThanOrEqual(2)
  })

  it('leaves the findings that it was given as they are', () => {
    const source = readSource('a.yaml', text)
    const ours = oursIn(source)
    const before = structuredClone(ours)
    merge([theirs('host-pid')], { ours }, source)
    expect(ours).toEqual(before)
  })

  it('makes advice of what only the engine reports', () => {
    const { added } = merge([
      theirs('schema-validation'),
      theirs('own-check', { container: 'two', remediation: '' }),
    ])
    for (const finding of added) expect(findingSchema.parse(finding)).toEqual(finding)
    expect(added[0]).toMatchObject({
      policy: 'kube-linter/schema-validation',
      title: 'about schema-validation',
      severity: 'medium',
      engines: [{ name: 'kube-linter', rule: 'schema-validation' }],
      resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
      location: { file: 'a.yaml', document: 0, pointer: '', line: 1 },
      message: 'schema-validation fires',
      state: 'advice',
      reason: { code: 'no-mechanical-fix', text: 'do it right' },
      patch: [],
    })
    expect(added[0]).not.toHaveProperty('container')
    expect(added[1]).toMatchObject({
      container: 'two',
      location: { pointer: '/spec/template/spec/containers/1', line: 16 },
      reason: { text: 'kube-linter reports it; no policy of ours fixes it' },
    })
  })

  it('takes the severity of the policy that names the rule, or the configured one', () => {
    // The container of ours that the rule would go with is another one.
    const finding = theirs('privileged-container', { container: 'two' })
    const severityOf = (severity?: MergeInput['severity']): string | undefined =>
      merge([finding], severity === undefined ? {} : { severity }).added[0]?.severity
    expect(severityOf()).toBe(catalogue.find(({ id }) => id === 'privileged-container')!.severity)
    expect(severityOf({ 'privileged-container': 'low' })).toBe('low')
    expect(severityOf({ 'kube-linter/privileged-container': 'critical' })).toBe('critical')
  })

  it('trusts no container that the object does not have', () => {
    const { added } = merge([theirs('own-check', { container: 'three' })])
    expect(added[0]).not.toHaveProperty('container')
    expect(agreeing(merge([theirs('host-pid', { container: 'three' })]), 'host-pid')).toHaveLength(1)
  })

  it('keeps documents apart', () => {
    const source = readSource('a.yaml', `${text}---\n${text.replace('hostPID: true', 'hostPID: false')}`)
    const merged = merge([], { theirs: [placed(source, theirs('host-pid'), 1)] }, source)
    expect(agreeing(merged, 'host-pid')).toEqual([])
    expect(merged.added).toMatchObject([{ policy: 'kube-linter/host-pid', location: { document: 1 } }])
  })

  it('names its findings as we name ours, apart where they are several', () => {
    const source = readSource('a.yaml', text)
    const [resource] = source.resources
    const { added } = merge(
      [theirs('x', { container: 'one' }), theirs('x', { container: 'one' }), theirs('x')],
      {},
      source,
    )
    const [match] = detect(judge, resource!).detected
    const named = (key: string, twin = 0): string =>
      fingerprintOf(
        resource!,
        {
          key,
          match: { ...match!.match, policy: { ...match!.match.policy, id: 'kube-linter/x' } },
        } satisfies Detected,
        twin,
      )
    const key = JSON.stringify(['kube-linter/x', 'one', ''])
    expect(added.map(({ fingerprint }) => fingerprint)).toEqual([
      named(key),
      named(`${key}#1`),
      named(JSON.stringify(['kube-linter/x', '', ''])),
    ])
    const twin = mergeFindings({
      engine: 'kube-linter',
      rules: [],
      ours: [],
      theirs: [{ ...placed(source, theirs('x', { container: 'one' })), twin: 1 }],
      policies: [],
    })
    expect(twin.added[0]?.fingerprint).toBe(named(key, 1))
  })

  it('keeps the names that ignores and baselines hold', () => {
    const hash = (...parts: unknown[]): string =>
      createHash('sha256').update(JSON.stringify(parts)).digest('hex')
    const place = ['a.yaml', 'apps', 'Deployment', 'shop', 'web']
    const named = merge([theirs('x')])
    const own = named.ours.find(({ policy }) => policy === 'host-pid')
    expect(own?.fingerprint).toBe(hash('host-pid', ...place, JSON.stringify(['host-pid', '', ''])))
    const id = 'kube-linter/x'
    expect(named.added[0]?.fingerprint).toBe(hash(id, ...place, JSON.stringify([id, '', ''])))
  })

  it('names a finding the same after its object has moved out of the group extensions', () => {
    const old = readSource('a.yaml', text.replace('apps/v1', 'extensions/v1beta1'))
    const of = (source: SourceFile): string | undefined =>
      merge([theirs('x')], {}, source).added[0]?.fingerprint
    expect(of(old)).toBe(of(readSource('a.yaml', text)))
  })
})

describe('the rules of an engine', () => {
  it('name the policies of them, and no others', () => {
    const rules = (...names: string[]) => names.map((name) => ({ name, description: '', remediation: '' }))
    const named = (name: string, ...asked: string[]): string[] =>
      namedByRules({ name, rules: rules(...asked) }, catalogue)
    expect(named('kube-linter', 'minimum-three-replicas', 'own-check', 'no-liveness-probe')).toEqual([
      'minimum-replicas',
      'no-liveness-probe',
    ])
    expect(named('another', 'no-liveness-probe')).toEqual([])
  })
})

describe('the resource of a finding', () => {
  const list = readSource(
    'l.yaml',
    `apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: shop}}
  - {apiVersion: v1, kind: Pod, metadata: {generateName: b-, namespace: shop}}
`,
  ).resources
  const named = (name: string, namespace = 'shop'): EngineFinding =>
    theirs('x', { group: '', kind: 'Pod', namespace, name })

  it('is the one with its name', () => {
    expect(resourceOf(named('a'), list)).toBe(list[0])
    expect(resourceOf(named('c'), list)).toBeUndefined()
    expect(resourceOf(named('a', 'other'), list)).toBeUndefined()
    expect(resourceOf(named(''), list)).toBe(list[1])
  })

  it('is the only one, whatever the engine reads its name as', () => {
    expect(resourceOf(named('c'), list.slice(0, 1))).toBe(list[0])
  })
})

describe('comparing before and after', () => {
  const one = theirs('a', { container: 'one' })

  it('finds what is new by rule, object and container, not by text', () => {
    const changed = { ...one, message: 'other words', unit: 'v' }
    expect(engineRegression([one], [changed])).toEqual([])
    for (const other of [theirs('b'), theirs('a'), { ...one, container: 'two' }, { ...one, name: 'x' }])
      expect(engineRegression([one], [changed, other])).toEqual([other])
  })

  it('counts', () => {
    expect(engineRegression([one], [one, one])).toHaveLength(1)
    expect(engineRegression([one, one], [one])).toEqual([])
  })

  it('takes a moved API group for the same', () => {
    expect(engineRegression([{ ...one, group: 'extensions' }], [one])).toEqual([])
  })

  it('finds the targets that are left', () => {
    const target = {
      engines: [
        { name: 'builtin', rule: 'b' },
        { name: 'kube-linter', rule: 'a' },
      ],
      container: 'one',
    }
    const left = (after: EngineFinding): number => engineTargetsLeft(target, 'kube-linter', [after]).length
    expect([left(one), left(theirs('a')), left({ ...one, container: 'two' }), left(theirs('b'))]).toEqual([
      1, 1, 0, 0,
    ])
  })
})

describe('the container in a message', () => {
  it.each([
    ['container "web" is privileged', 'web'],
    ['environment variable container "x" in container "web" found', 'web'],
    ['The container "web" is using an invalid container image, "a \\"b". Please use images', 'web'],
    ['port name "Bad_" in container "web" must contain', 'web'],
    ['container web mounts path / on the host as writable', 'web'],
    ['host system directory "/proc" is mounted on container "we\\"b"', 'we"b'],
    ['container "we\\x00b" is privileged', undefined],
    ['serviceAccount "container" not found', undefined],
    ['', undefined],
  ])('%s', (message, container) => {
    expect(containerOf(message)).toBe(container)
  })
})

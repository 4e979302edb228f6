import { describe, expect, it } from 'vitest'
import { namesOf, readExceptions, type ObjectException } from '../../src/exceptions/index.ts'
import { catalogue } from '../../src/policies/index.ts'
import { readSource } from '../../src/resources/index.ts'

const names = namesOf(catalogue)
const today = Date.UTC(2026, 10, 30, 12)

function read(text: string, time = today): ObjectException[] {
  return readExceptions(readSource('a.yaml', text), names, time)
}

/** A Deployment with annotations at the object and at its template. */
function deployment(own: Record<string, string>, template: Record<string, string> = {}): string {
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api', annotations: own },
    spec: {
      template: {
        metadata: { annotations: template },
        spec: { containers: [{ name: 'api', image: 'api:1' }] },
      },
    },
  })
}

function readOwn(value: string, time?: number): ObjectException[] {
  return read(deployment({ 'k8s-autofix.dev/ignore': value }), time)
}

describe('our own annotation', () => {
  it('names a policy, a reason and a last day', () => {
    expect(readOwn('privileged-container: it loads kernel modules (until 2027-01-31)')).toMatchObject([
      {
        form: 'annotation',
        name: 'k8s-autofix.dev/ignore',
        named: 'privileged-container',
        container: undefined,
        reason: 'it loads kernel modules',
        until: '2027-01-31',
        ranOut: false,
        problem: undefined,
        within: '',
      },
    ])
    expect(readOwn('privileged-container: why')[0]?.policies).toContain('privileged-container')
  })

  it('holds several entries, on lines of their own or behind semicolons', () => {
    const found = readOwn('host-pid: agent\nhost-ipc : agent; *[sidecar]: not ours;\n\n')
    expect(found.map(({ named, container, policies }) => [named, container, policies?.[0]])).toEqual([
      ['host-pid', undefined, 'host-pid'],
      ['host-ipc', undefined, 'host-ipc'],
      ['*[sidecar]', 'sidecar', undefined],
    ])
    expect(found.every(({ problem }) => problem === undefined)).toBe(true)
  })

  it('keeps colons and brackets of a reason', () => {
    expect(readOwn('host-pid: see https://wiki.example/a (sec. 2) (until 2027-01-31)')).toMatchObject([
      { reason: 'see https://wiki.example/a (sec. 2)', until: '2027-01-31' },
    ])
    expect(readOwn('host-pid: (until 2027-01-31) it stays')).toMatchObject([
      { reason: '(until 2027-01-31) it stays', until: undefined },
    ])
  })

  it('names the rule of another engine', () => {
    expect(readOwn('kube-linter/no-liveness-probe: a batch job')).toMatchObject([
      { policies: ['kube-linter/no-liveness-probe'], problem: undefined },
    ])
  })

  it.each([
    ['privilegd-container: x', 'unknown policy "privilegd-container"; did you mean "privileged-container"?'],
    [
      'privileged-container',
      'gives no reason for privileged-container; write privileged-container: <reason>',
    ],
    ['privileged-container:  ', 'gives no reason for'],
    ['privileged-container: (until 2027-01-31)', 'gives no reason for'],
    ['host-pid: x (until tomorrow)', 'until "tomorrow" is no date'],
    ['host-pid: x (until 2027-02-30)', 'until "2027-02-30" is no date'],
    ['host-pid, host-ipc: x', 'is not written as'],
    [': x', 'is not written as'],
    ['kube-linter/../x: y', 'unknown policy'],
  ])('does nothing where it cannot be read, and says why: %s', (value, problem) => {
    const [entry] = readOwn(value)
    expect(entry?.problem).toContain(problem)
  })

  it('holds to the end of its last day, in UTC', () => {
    const at = (time: number): boolean | undefined =>
      readOwn('host-pid: x (until 2026-11-30)', time)[0]?.ranOut
    expect(at(Date.UTC(2026, 10, 30, 23, 59, 59, 999))).toBe(false)
    expect(at(Date.UTC(2026, 11, 1))).toBe(true)
  })

  it('counts at the template, for what stands below it', () => {
    const [entry] = read(deployment({}, { 'k8s-autofix.dev/ignore': 'host-pid: agent' }))
    expect(entry?.within).toBe('/spec/template')
  })

  it('says on which line it stands', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  annotations:\n    a: b\n    k8s-autofix.dev/ignore: |\n      host-pid: x\nspec: {containers: [{name: a}]}\n'
    expect(read(text)[0]?.line).toBe(7)
  })

  it('reads a bounded number of entries, and a bounded part of a reason', () => {
    const found = readOwn(Array.from({ length: 5000 }, () => `host-pid: ${'x'.repeat(2000)}`).join('\n'))
    expect(found.length).toBe(100)
    expect(found[0]?.reason.length).toBeLessThan(310)
  })

  it('is no text, or not where annotations stand: nothing', () => {
    for (const annotations of [{ 'k8s-autofix.dev/ignore': 7 }, ['x'], 'x', null])
      expect(
        read(JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', annotations } })),
      ).toEqual([])
  })
})

describe('annotations of other tools', () => {
  const ids = (own: Record<string, string>, template?: Record<string, string>): unknown[] =>
    read(deployment(own, template)).map(({ policies, reason }) => [
      policies?.filter((id) => !id.includes('/')),
      reason,
    ])

  it.each<[string, Record<string, string>, unknown[]]>([
    [
      'kube-linter, one check',
      { 'ignore-check.kube-linter.io/host-network': 'a CNI agent' },
      [[['host-network'], 'a CNI agent']],
    ],
    ['kube-linter, all', { 'kube-linter.io/ignore-all': '' }, [[undefined, 'no reason given']]],
    ['Polaris, all', { 'polaris.fairwinds.com/exempt': 'True' }, [[undefined, 'no reason given']]],
    [
      'Polaris, one check',
      { 'polaris.fairwinds.com/hostPIDSet-exempt': 'true' },
      [[['host-pid'], 'no reason given']],
    ],
    ['Polaris, not true', { 'polaris.fairwinds.com/exempt': 'yes' }, []],
    [
      'kubescape',
      {
        'kubescape.io/skip-controls': 'C-0057, C-0041,',
        'kubescape.io/skip-reason': 'FOO-123',
        'kubescape.io/skip-expiry': '2026-12-31T23:59:59Z',
      },
      [
        [['privileged-container'], 'FOO-123'],
        [['host-network'], 'FOO-123'],
      ],
    ],
    [
      'kubescape, with a moment that nobody can read',
      { 'kubescape.io/skip-controls': 'C-0057', 'kubescape.io/skip-expiry': '2026-12-31' },
      [],
    ],
    [
      'Checkov',
      { 'checkov.io/skip1': 'CKV_K8S_16=it has = in it', 'checkov.io/skip2': 'CKV_K8S_19' },
      [
        [['privileged-container'], 'it has = in it'],
        [['host-network'], 'no reason given'],
      ],
    ],
    ['a rule that no policy knows', { 'checkov.io/skip1': 'CKV_K8S_999=x' }, []],
  ])('%s', (_name, annotations, expected) => {
    expect(ids(annotations)).toEqual(expected)
  })

  it('count at a template where their tool reads them there', () => {
    expect(ids({}, { 'checkov.io/skip1': 'CKV_K8S_16=x' })).toEqual([[['privileged-container'], 'x']])
    expect(ids({}, { 'polaris.fairwinds.com/exempt': 'true', 'kube-linter.io/ignore-all': 'x' })).toEqual([])
  })

  it('run out at their own moment', () => {
    const text = deployment({
      'kubescape.io/skip-controls': 'C-0057',
      'kubescape.io/skip-expiry': '2026-11-30T12:00:00+01:00',
    })
    expect(read(text, Date.UTC(2026, 10, 30, 10, 59))[0]?.ranOut).toBe(false)
    expect(read(text, Date.UTC(2026, 10, 30, 11))[0]?.ranOut).toBe(true)
  })
})

describe('comments for Trivy', () => {
  const manifest = (lines: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n${lines}`
  const places = (text: string): unknown[] =>
    read(text).map(({ named, within, line }) => [named, within, line])

  it('are about what begins on the next line', () => {
    const text = manifest('  # trivy:ignore:KSV018\n  # why: it grows\n\n  containers:\n    - name: a\n')
    expect(places(text)).toEqual([['KSV-0018', '/spec/containers', 5]])
  })

  it('are about an item of a list, as in the documentation', () => {
    const text = manifest('  containers:\n    #trivy:ignore:AVD-KSV-0017\n    - name: a\n    - name: b\n')
    expect(places(text)).toEqual([['KSV-0017', '/spec/containers/0', 6]])
  })

  it('are about what they stand behind', () => {
    expect(places(manifest('  hostPID: true # trivy:ignore:ksv-0010\n'))).toEqual([
      ['KSV-0010', '/spec/hostPID', 5],
    ])
    expect(places(manifest('  containers: # trivy:ignore:*\n    - name: a\n'))).toEqual([
      ['*', '/spec/containers', 5],
    ])
  })

  it('are about the whole object where they stand above it', () => {
    expect(places(`# trivy:ignore:KSV-0010 trivy:ignore:KSV-0009\n${manifest('  hostPID: true\n')}`)).toEqual(
      [
        ['KSV-0010', '', 1],
        ['KSV-0009', '', 1],
      ],
    )
  })

  it('run out when their day begins', () => {
    const text = manifest('  hostPID: true # trivy:ignore:KSV-0010:exp:2026-11-30\n')
    expect(read(text, Date.UTC(2026, 10, 29, 23))[0]?.ranOut).toBe(false)
    expect(read(text, Date.UTC(2026, 10, 30))[0]?.ranOut).toBe(true)
  })

  it('are none in a text, with an attribute, or of another provider', () => {
    for (const line of [
      '  hostname: "a # trivy:ignore:KSV-0010"\n',
      '  hostname: |\n    # trivy:ignore:KSV-0010\n  hostPID: true\n',
      '  hostPID: true # trivy:ignore:KSV-0010[a=b]\n',
      '  hostPID: true # trivy:ignore:KSV-0010:ws:dev\n',
      '  hostPID: true # trivy:ignore:AVD-AWS-0089\n',
    ])
      expect(places(manifest(line))).toEqual([])
  })

  it('reach each object of a List, or one of them', () => {
    const pod = (name: string): string =>
      `  - apiVersion: v1\n    kind: Pod\n    metadata: {name: ${name}}\n    spec: {hostPID: true}\n`
    const list = (between: string): string =>
      `apiVersion: v1\nkind: List\nitems:\n${pod('a')}${between}${pod('b')}`
    expect(read(`# trivy:ignore:KSV-0010\n${list('')}`).map(({ object }) => object.name)).toEqual(['a', 'b'])
    expect(
      read(list('  # trivy:ignore:KSV-0010\n')).map(({ object, within }) => [object.name, within]),
    ).toEqual([['b', '']])
  })
})

describe('names of other tools', () => {
  it('are written in one form, so that they can be found', () => {
    const forms: Record<string, RegExp> = {
      polaris: /^[a-zA-Z]+$/,
      kubescape: /^C-\d{4}$/,
      checkov: /^CKV_K8S_\d+$/,
      trivy: /^KSV-\d{4}$/,
    }
    const known = catalogue.flatMap((policy) => Object.entries(policy['known-as'] ?? {}))
    expect(known.length).toBeGreaterThan(80)
    for (const [tool, rules] of known)
      for (const rule of rules ?? []) expect(rule).toMatch(forms[tool] ?? /$^/)
  })
})

import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/index.ts'
import { analyse, type AnalyseOptions } from '../support/analyse.ts'

/** A Deployment with two containers, and annotations in the words of the test. */
function deployment(ignore: string, containers: readonly string[] = ['api', 'agent']): string {
  return [
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata:',
    '  name: api',
    '  namespace: shop',
    ...(ignore === '' ? [] : ['  annotations:', `    k8s-autofix.dev/ignore: ${JSON.stringify(ignore)}`]),
    'spec:',
    '  template:',
    '    spec:',
    '      containers:',
    ...containers.flatMap((name) => [
      `        - name: ${name}`,
      '          image: registry.example/shop/api:1.0',
    ]),
    '',
  ].join('\n')
}

function find(text: string, policy: string, options?: AnalyseOptions): Finding[] {
  return analyse(text, options).findings.filter((finding) => finding.policy === policy)
}

describe('a finding with an exception', () => {
  it('is suppressed, with the reason, and has no fix', () => {
    const [one] = find(deployment('seccomp: gVisor filters (until 2027-01-31)', ['api']), 'seccomp')
    expect(one).toMatchObject({
      state: 'suppressed',
      reason: {
        code: 'exception',
        text: 'gVisor filters, until 2027-01-31 (k8s-autofix.dev/ignore, line 7)',
      },
      exception: { form: 'annotation', name: 'k8s-autofix.dev/ignore', until: '2027-01-31', line: 7 },
      patch: [],
      edits: [],
    })
  })

  it('is not written, and others at the same place are', () => {
    const { change, findings } = analyse(deployment('read-only-root-fs: it writes', ['api']))
    expect(change?.after).toContain('allowPrivilegeEscalation: false')
    expect(change?.after).not.toContain('readOnlyRootFilesystem')
    const written = new Set(change?.fingerprints)
    for (const { state, fingerprint } of findings)
      if (state === 'suppressed') expect(written.has(fingerprint)).toBe(false)
  })

  it('changes nothing about the lines that a fix adds beside it', () => {
    const plain = analyse(deployment('', ['api']), { only: ['privilege-escalation'] })
    const beside = analyse(deployment('read-only-root-fs: it writes', ['api']), {
      only: ['privilege-escalation'],
    })
    const added = (text = ''): string => text.slice(text.indexOf('containers:'))
    expect(added(beside.change?.after)).toBe(added(plain.change?.after))
  })

  it('is of one container, and the fix of the others does not move to the pod', () => {
    const all = analyse(deployment(''), { only: ['seccomp'] }).change?.after ?? ''
    expect(all).toMatch(/^ {6}securityContext:\n {8}seccompProfile:/m)
    const { findings, change } = analyse(deployment('seccomp[agent]: it traces'), { only: ['seccomp'] })
    expect(findings.map(({ container, state }) => [container, state])).toEqual([
      ['api', 'fixed'],
      ['agent', 'suppressed'],
    ])
    expect(change?.after).not.toMatch(/^ {6}securityContext:/m)
    expect(change?.after).toMatch(/^ {10}securityContext:\n {12}seccompProfile:/m)
  })

  it('is all that is found of an object', () => {
    const { findings, change } = analyse(deployment('*: a demonstration'))
    expect(findings.length).toBeGreaterThan(5)
    expect(new Set(findings.map(({ state }) => state))).toEqual(new Set(['suppressed']))
    expect(change).toBeUndefined()
  })

  it('is of its own object, not of the next one', () => {
    const two = `${deployment('seccomp: x', ['api'])}---\n${deployment('', ['api']).replace('name: api', 'name: web')}`
    expect(find(two, 'seccomp').map(({ resource, state }) => [resource.name, state])).toEqual([
      ['api', 'suppressed'],
      ['web', 'fixed'],
    ])
  })

  it('keeps its fingerprint', () => {
    const plain = find(deployment(''), 'seccomp').map(({ fingerprint }) => fingerprint)
    expect(find(deployment('seccomp: x'), 'seccomp').map(({ fingerprint }) => fingerprint)).toEqual(plain)
  })
})

describe('a fix that an exception stands in the way of', () => {
  const pod = (ignore: string, context: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  annotations:\n    k8s-autofix.dev/ignore: ${JSON.stringify(ignore)}\nspec:\n  containers:\n    - name: a\n      image: a:1\n      securityContext: ${context}\n`

  it('is refused where it needs the excepted one as well', () => {
    const [one] = find(
      pod('privileged-container: it loads modules', '{privileged: true}'),
      'privilege-escalation',
    )
    expect([one?.state, one?.reason?.code]).toEqual(['refused', 'requires:privileged-container'])
    expect(one?.reason?.text).toContain('which an exception leaves as it is')
  })

  it('is refused where it would change the excepted one in passing', () => {
    const text = pod('drop-net-raw: it pings', '{capabilities: {add: [NET_BIND_SERVICE]}}')
    expect(find(text, 'drop-net-raw')).toMatchObject([{ state: 'suppressed' }])
    for (const level of ['policy', 'text'] as const) {
      const [one] = find(text, 'drop-all-capabilities', { level })
      expect([one?.state, one?.reason?.code]).toEqual(['refused', 'changes-excepted'])
      expect(one?.reason?.text).toContain('drop-net-raw')
    }
    expect(
      find(text.replace('drop-net-raw: it pings', 'host-pid: x'), 'drop-all-capabilities'),
    ).toMatchObject([{ state: 'fixed' }])
  })

  it('is refused where it would take a comment along', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostIPC: true # trivy:ignore:KSV-0010\n  containers: [{name: a, image: "a:1"}]\n'
    expect(find(text, 'host-ipc')).toMatchObject([
      { state: 'refused', reason: { code: 'removes-exception' } },
    ])
    expect(find(text.replace(' # trivy:ignore:KSV-0010', ' # why'), 'host-ipc')).toMatchObject([
      { state: 'fixed' },
    ])
  })
})

describe('an exception whose time is over', () => {
  const text = deployment('seccomp: gVisor (until 2026-11-29)', ['api'])

  it('holds no longer, and the finding says so', () => {
    const [one] = find(text, 'seccomp', { time: Date.UTC(2026, 10, 30) })
    expect(one).toMatchObject({ state: 'fixed', exception: { ranOut: true, until: '2026-11-29' } })
    expect(one?.message).toContain('(its exception ran out on 2026-11-29)')
    expect(find(text, 'seccomp', { time: Date.UTC(2026, 10, 29, 23) })).toMatchObject([
      { state: 'suppressed' },
    ])
  })

  it('gives way to one that holds', () => {
    const both = deployment('seccomp: gVisor (until 2026-11-29); *: all of it', ['api'])
    expect(find(both, 'seccomp')).toMatchObject([{ state: 'suppressed', exception: { reason: 'all of it' } }])
  })
})

describe('exceptions of the configuration', () => {
  const states = (match: object, policy = 'seccomp'): unknown[] =>
    find(deployment(''), 'seccomp', {
      config: { exceptions: [{ policy, match: { ...match }, reason: 'why' }] },
    }).map(({ state }) => state)

  it.each([
    [{}, true],
    [{ paths: ['test.yaml'] }, true],
    [{ paths: ['deploy/**'] }, false],
    [{ kind: 'Deployment' }, true],
    [{ kind: 'apps/Deployment' }, true],
    [{ kind: 'StatefulSet' }, false],
    [{ kind: '/Deployment' }, false],
    [{ namespace: 'shop' }, true],
    [{ namespace: 'sh*' }, true],
    [{ namespace: 'other' }, false],
    [{ name: 'api' }, true],
    [{ name: 'a?i' }, true],
    [{ name: 'ap' }, false],
    [{ name: 'api', kind: 'Job' }, false],
  ])('hold where all of the match fits: %j', (match, holds) => {
    expect(new Set(states(match))).toEqual(new Set([holds ? 'suppressed' : 'fixed']))
  })

  it('hold for one container', () => {
    expect(states({ container: 'agent' })).toEqual(['fixed', 'suppressed'])
  })

  it('hold for every policy', () => {
    expect(new Set(states({ name: 'api' }, '*'))).toEqual(new Set(['suppressed']))
    expect(new Set(states({ name: 'api' }, 'host-pid'))).toEqual(new Set(['fixed']))
  })

  it('run out', () => {
    const config = { exceptions: [{ policy: 'seccomp', reason: 'why', until: '2026-11-29' }] }
    expect(find(deployment(''), 'seccomp', { config })[0]?.message).toContain('ran out on 2026-11-29')
  })
})

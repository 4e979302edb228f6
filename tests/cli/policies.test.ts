import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { catalogue } from '../../src/policies/index.ts'
import { cli, Folder } from './world.ts'

describe('policies', () => {
  it('list: a line for each, and the same as JSON', async () => {
    using folder = new Folder()
    const { code, stdout } = await cli(folder.path, ['policies', 'list'])
    expect(code).toBe(0)
    for (const { id, title } of catalogue) {
      expect(stdout).toContain(`${id} `)
      expect(stdout).toContain(title)
    }
    const json = await cli(folder.path, ['policies', 'list', '--format', 'json'])
    expect(
      (JSON.parse(json.stdout) as { id: string; default: string }[]).map((one) => [one.id, one.default]),
    ).toEqual(catalogue.map((policy) => [policy.id, policy.default ?? 'on']))
    expect(stdout).toMatch(/^no-liveness-probe +low +off  reliability: /m)
    expect(stdout).toMatch(/^dnsconfig-options +low +fix  off  network: /m)
    expect(stdout).toMatch(/^host-pid +high +fix {7}pod-security: /m)
    const off = catalogue.filter((policy) => policy.default === 'off').length
    expect(stdout).toMatch(new RegExp(`, \\d+ with a fix, ${off} off by default\\n$`))
  })

  it('show: the definition, which is a policy file again', async () => {
    using folder = new Folder()
    for (const id of ['privileged-container', 'unsafe-sysctls', 'no-liveness-probe']) {
      const { code, stdout } = await cli(folder.path, ['policies', 'show', id])
      expect([code, parse(stdout)]).toMatchObject([0, { id }])
      folder.write(`${id}.yaml`, stdout)
      const tested = await cli(folder.path, ['policies', 'test', `./${id}.yaml`])
      expect(tested).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^1 policy, \d+ examples: \d+ passed, 0 failed\n$/) as string,
      })
    }
  })

  it('test: the examples of a built-in policy', async () => {
    using folder = new Folder()
    const { code, stdout } = await cli(folder.path, ['policies', 'test', 'seccomp'])
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^1 policy, \d+ examples: \d+ passed, 0 failed\n$/),
    ])
  })

  const policy = `id: my-policy
title: A pod counts as ready at once
since: 1.0.0
severity: low
family: reliability
why: One is none.
kinds: [apps/Deployment]
for-each: resource
when: object.?spec.?minReadySeconds.orValue(0) < 1
at: object:/spec/minReadySeconds
fix:
  - patch: [{ op: add, path: object:/spec/minReadySeconds, value: 5 }]
breakage: { prior: 0.01, because: a roll-out takes longer }
examples:
  - name: one
    before: { apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: { replicas: 1 } }
    after: { apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: { replicas: 1, minReadySeconds: 5 } }
  - name: two
    before: { apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: { minReadySeconds: 2 } }
    clean: true
  - name: as text
    before: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: a } # kept
      spec:
        replicas: 1
    after: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: a } # kept
      spec:
        replicas: 1
        minReadySeconds: 5
`

  it('test: a policy file of the user', async () => {
    using folder = new Folder({ 'my-policy.yaml': policy })
    const { code, stdout, stderr } = await cli(folder.path, ['policies', 'test', 'my-policy.yaml'])
    expect([stderr, stdout, code]).toEqual(['', '1 policy, 3 examples: 3 passed, 0 failed\n', 0])
  })

  it('test: an example that fails shows the expression and the values it read', async () => {
    using folder = new Folder({ 'my-policy.yaml': policy.replace('< 1', '< 0') })
    const { code, stdout } = await cli(folder.path, ['policies', 'test', './my-policy.yaml'])
    expect(code).toBe(1)
    expect(stdout).toContain('failed my-policy: one\n  expected a finding, found none\n')
    expect(stdout).toContain('when = false   object.?spec.?minReadySeconds.orValue(0) < 0\n')
    expect(stdout).toContain('object.?spec.?minReadySeconds = null\n')
    expect(stdout).toContain('3 examples: 1 passed, 2 failed\n')
    const json = await cli(folder.path, ['policies', 'test', './my-policy.yaml', '--format=json'])
    expect(JSON.parse(json.stdout)).toMatchObject([
      { policy: 'my-policy', example: 'one', failure: 'expected a finding, found none' },
      { example: 'two' },
      {},
    ])
  })

  it.each([
    [
      policy.replace('severity: low', 'severity: lwo'),
      'my-policy.yaml:4:11: must be one of low, medium, high, critical; did you mean "low"?',
    ],
    [
      policy.replace('family:', 'famly:'),
      'my-policy.yaml:1:1: "family" is missing\nerror: ./my-policy.yaml:5:1: unknown key "famly"; did you mean "family"?',
    ],
    [policy.replace('title: A pod counts as ready at once\n', ''), 'my-policy.yaml:1:1: "title" is missing'],
    [policy.replace('< 1', '< '), 'my-policy.yaml:9:7: '],
    [policy.replace('at: object:/spec', 'at: container:/spec'), 'my-policy.yaml:10:5: '],
    [
      policy.replace('op: add', 'op: ad'),
      'my-policy.yaml:12:19: must be one of add, replace, remove; did you mean "add"?',
    ],
    [policy.replace('    clean: true\n', ''), 'my-policy.yaml:18:5: '],
    ['a: [', 'my-policy.yaml:1:5: '],
  ])('test: a mistake in a policy file comes with its place (%#)', async (text, expected) => {
    using folder = new Folder({ 'my-policy.yaml': text })
    const { code, stdout, stderr } = await cli(folder.path, ['policies', 'test', './my-policy.yaml'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`error: ./${expected}`)
  })

  it('export: documents on standard output, what is left out beside it', async () => {
    using folder = new Folder({ 'my-policy.yaml': policy })
    const { code, stdout, stderr } = await cli(folder.path, ['policies', 'export', '--to', 'vap'])
    expect(code).toBe(0)
    const kinds = parseAllDocuments(stdout).map((document) => {
      expect(document.errors).toEqual([])
      return (document.toJS() as { kind: string }).kind
    })
    const exported = kinds.length / 2
    expect(kinds.filter((kind) => kind === 'ValidatingAdmissionPolicyBinding')).toHaveLength(exported)
    expect(exported).toBeGreaterThan(40)
    const left = stderr.split('\n').filter((line) => line.includes('not exported: '))
    expect(left).toHaveLength(catalogue.length - exported)
    expect(stderr).toContain(`${exported} of ${catalogue.length} policies exported\n`)
    // As in a scan, what is off by default takes part where it is named.
    expect(stderr).toContain(
      'not exported: minimum-replicas: it is off by default; name it, or configure it\n',
    )
    for (const line of left) expect(stdout).toContain(`# - ${line.replace(/^.*not exported: /, '')}\n`)
  })

  it('export: what is off by default, named or configured', async () => {
    using folder = new Folder()
    const named = await cli(folder.path, ['policies', 'export', '--to=vap', 'no-liveness-probe'])
    expect(named.stderr).toContain('1 of 1 policy exported\n')
    const set = '--set=severity.no-liveness-probe=high'
    const configured = await cli(folder.path, ['policies', 'export', '--to=vap', set])
    expect(configured.stdout).toContain('name: k8s-autofix-no-liveness-probe\n')
    expect(configured.stdout).not.toContain('name: k8s-autofix-no-readiness-probe\n')
  })

  it('export: policies by name and file, with the configuration, as JSON', async () => {
    using folder = new Folder({ 'my-policy.yaml': policy })
    const { code, stdout, stderr } = await cli(folder.path, [
      'policies',
      'export',
      '--to=kyverno',
      '--action=deny',
      '--set=params.env-var-secret.names=[token]',
      '--set=overrides=[{paths: [a], severity: {host-pid: low}}]',
      '--format=json',
      'env-var-secret',
      './my-policy.yaml',
    ])
    expect(stderr).toContain('the overrides of the configuration are left out')
    expect(stderr).toContain('2 of 2 policies exported\n')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject([
      {
        policy: 'env-var-secret',
        objects: [
          {
            kind: 'ValidatingPolicy',
            spec: {
              validationActions: ['Deny'],
              variables: expect.arrayContaining([
                { name: 'params', expression: 'dyn({"names": ["token"]})' },
              ]) as unknown[],
            },
          },
        ],
      },
      { policy: 'my-policy', objects: [{ metadata: { name: 'k8s-autofix-my-policy' } }] },
    ])
  })

  it('export: a policy that was asked for and cannot be exported is an error', async () => {
    using folder = new Folder()
    const args = ['policies', 'export', '--to=vap', 'dangling-service', 'host-pid']
    const { code, stdout, stderr } = await cli(folder.path, args)
    expect(code).toBe(2)
    expect(stdout).toContain('name: k8s-autofix-host-pid\n')
    expect(stderr).toMatch(/not exported: dangling-service: it looks across/)
  })
})

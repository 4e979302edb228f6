import { describe, expect, test } from 'vitest'
import { analyse } from '../support/analyse.ts'

const deployment = (container: string, pod = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
${pod}      containers:
${container}`

describe('only and skip', () => {
  const text = deployment(
    '      - name: web\n        image: web:1.0\n        securityContext: {privileged: true}\n',
  )

  test('what a fix requires comes along, named in requires', () => {
    const { findings, change } = analyse(text, { only: ['privilege-escalation'] })
    expect(findings.map(({ policy, state }) => [policy, state])).toEqual([
      ['privilege-escalation', 'fixed'],
      ['privileged-container', 'fixed'],
    ])
    expect(findings[0]?.requires).toEqual([findings[1]?.fingerprint])
    expect(findings[1]?.requires).toEqual([])
    expect(change?.after).toContain('{privileged: false, allowPrivilegeEscalation: false}')
  })

  test('what is skipped takes with it what needs it', () => {
    const { findings } = analyse(text, { only: ['privilege-escalation'], skip: ['privileged-container'] })
    expect(findings.map(({ policy, reason }) => [policy, reason?.code])).toEqual([
      ['privilege-escalation', 'requires:privileged-container'],
    ])
  })
})

describe('placement', () => {
  const two = (first: string): string =>
    deployment(`      - name: a\n        image: a:1.0\n${first}      - name: b\n        image: b:1.0\n`)

  test('one line at the pod, where all containers agree', () => {
    const { findings, change } = analyse(two(''), { only: ['run-as-non-root'] })
    expect(findings.map(({ container }) => container)).toEqual(['a', 'b'])
    expect(change?.after).toContain('      securityContext:\n        runAsNonRoot: true\n')
    expect(change?.after.match(/runAsNonRoot/g)).toHaveLength(1)
  })

  test('at the container, where another one runs as root on purpose', () => {
    const { findings, change } = analyse(two('        securityContext: {runAsUser: 0}\n'), {
      only: ['run-as-non-root'],
    })
    expect(findings.map(({ container, state }) => [container, state])).toEqual([
      ['a', 'needs-value'],
      ['b', 'fixed'],
    ])
    expect(change?.after).toContain(
      '        image: b:1.0\n        securityContext:\n          runAsNonRoot: true\n',
    )
  })

  test('at the container, where the risk differs', () => {
    const { findings } = analyse(two('        securityContext: {runAsUser: 1000}\n'), {
      only: ['run-as-non-root'],
    })
    expect(findings.map(({ container, safe }) => [container, safe])).toEqual([
      ['a', true],
      ['b', false],
    ])
  })
})

test('values come from the configuration alone', () => {
  const text = deployment('      - name: web\n        image: web:1.0\n')
  const only = ['cpu-requests', 'memory-limits']
  expect(analyse(text, { only }).findings.map(({ state }) => state)).toEqual(['needs-value', 'needs-value'])
  const config = { resources: { defaults: { requests: { cpu: '100m' }, limits: { memory: '128Mi' } } } }
  expect(analyse(text, { only, config }).change?.after).toContain(
    '        resources:\n          requests:\n            cpu: 100m\n          limits:\n            memory: 128Mi\n',
  )
})

test('a removal that loses data is refused, shown, and done where the configuration allows it', () => {
  const text = deployment(
    '      - name: web\n        image: web:1.0\n        volumeMounts: [{name: host, mountPath: /host}]\n',
    '      volumes: [{name: host, hostPath: {path: /}}]\n',
  )
  const only = ['sensitive-host-mounts']
  const [refused] = analyse(text, { only }).findings
  expect(refused).toMatchObject({ state: 'refused', reason: { code: 'removes-data' } })
  expect(refused?.patch.length).toBeGreaterThan(0)
  expect(refused?.edits).toEqual([])
  expect(refused?.verification?.level).toBe('text')
  const allowed = analyse(text, { only, config: { 'allow-removal': only } })
  expect(allowed.findings[0]?.state).toBe('fixed')
  expect(allowed.change?.after).not.toContain('hostPath')
})

test('the fingerprint survives edits, moves and a newer API version', () => {
  const text = deployment('      - name: web\n        image: web:1.0\n')
  const old = text
    .replace('apps/v1', 'extensions/v1beta1')
    .replace('spec:\n', '# moved\nspec:\n  replicas: 3\n')
  const of = (input: string): string[] =>
    analyse(input, { only: ['seccomp'] }).findings.map(({ fingerprint }) => fingerprint)
  expect(of(old)).toEqual(of(text))
  expect(of(`${text}---\n${text}`)).toHaveLength(2)
  expect(new Set(of(`${text}---\n${text}`)).size).toBe(2)
})

test('a secret beside a fix is in no patch', () => {
  const text = deployment(
    '      - name: web\n        image: web:1.0\n        env:\n        - {name: DB_PASSWORD, value: hunter2}\n        - {name: DB_PASSWORD, value: hunter2}\n',
  )
  const [finding] = analyse(text, { only: ['duplicate-env-var'] }).findings
  expect(finding?.state).toBe('fixed')
  expect(JSON.stringify(finding?.patch)).not.toContain('hunter2')
})

test('a volume for /tmp is not named like a claim of the StatefulSet', () => {
  const text = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  selector: {matchLabels: {app: db}}
  serviceName: db
  template:
    metadata: {labels: {app: db}}
    spec:
      containers:
      - name: db
        image: db:1.0
  volumeClaimTemplates:
  - metadata: {name: tmp-db}
    spec: {}
`
  expect(analyse(text, { only: ['read-only-root-fs'] }).change?.after).toContain('- name: tmp-db-2\n')
})

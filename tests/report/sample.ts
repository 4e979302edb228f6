import type { Finding, Report } from '../../src/model/index.ts'
import type { PolicyText, PrettyOptions } from '../../src/report/index.ts'

/** A small report made by hand, so that the renderers are tested apart from the pipeline. */

export const file = 'deploy/api.yaml'
export const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  template:
    spec:
      containers:
        - name: api # the service
          image: registry.example/shop/api:latest
        - name: sidecar
          image: sidecar:1
`

let counter = 0
export function finding(change: Partial<Finding> = {}): Finding {
  counter++
  return {
    fingerprint: counter.toString(16).padStart(8, '0').padEnd(64, '0'),
    policy: 'privilege-escalation',
    title: 'container may gain more privileges than its parent',
    severity: 'high',
    engines: [{ name: 'builtin', rule: 'privilege-escalation' }],
    resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'api' },
    container: 'api',
    location: {
      file,
      document: 0,
      pointer: '/spec/template/spec/containers/0',
      line: 8,
      column: 11,
      endLine: 8,
    },
    message: 'allowPrivilegeEscalation is not false',
    state: 'fixed',
    patch: [{ op: 'add', path: '/spec/x', value: false }],
    edits: [
      {
        file,
        kind: 'replace',
        startLine: 9,
        endLine: 9,
        replacement:
          '          image: registry.example/shop/api:latest\n          securityContext:\n            allowPrivilegeEscalation: false',
      },
    ],
    requires: [],
    verification: { level: 'policy', gates: [{ name: 'parses', passed: true }] },
    breakage: { probability: 0.03, because: 'a set-user-id program' },
    safe: true,
    ...change,
  }
}

export function report(findings: Finding[], change: Partial<Report> = {}): Report {
  return {
    schema: 'k8s-autofix/report/v1',
    tool: { name: 'k8s-autofix', version: '0.1.0' },
    engines: [{ name: 'builtin', version: '0.1.0', status: 'ok' }],
    verification: { requested: 'policy', reached: 'policy' },
    summary: {
      files: 1,
      resources: 1,
      findings: findings.length,
      states: {},
      severities: {},
      safe: 0,
      unsafe: 0,
      unread: 0,
      invalid: 0,
    },
    findings,
    invalid: [],
    unread: [],
    exceptions: [],
    files: [{ file, documents: 1, resources: 1, sha256: 'x' }],
    timings: { total: 912 },
    ...change,
  }
}

export const policies: PolicyText[] = [
  {
    id: 'privilege-escalation',
    why: 'A setuid binary in the image is enough to become root.',
    family: 'pod-security',
    standards: { pss: 'restricted', 'cis-1.12': ['5.2.6'], nsa: ['C-0016'] },
  },
  { id: 'env-var-secret', why: 'Whoever reads the manifest reads the secret.', family: 'secrets' },
]

export const options: PrettyOptions = {
  color: false,
  width: undefined,
  policies,
  show: 'all',
  command: 'scan',
  dryRun: false,
  written: new Set(),
  next: ['deploy/'],
}

export const sources = new Map([[file, text]])

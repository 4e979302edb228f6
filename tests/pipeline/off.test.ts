import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/policies/index.ts'
import { analyse, type AnalyseOptions } from '../support/analyse.ts'

/** Policies that are off by default are judged where something names them, and nowhere else. */

const text = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector: {app: web}
  ports: [{port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0
          ports: [{containerPort: 80}]
`
const off = new Set(catalogue.filter((policy) => policy.default === 'off').map(({ id }) => id))

/** The policies that are off by default and found all the same, each once. */
function found(options: AnalyseOptions = {}): string[] {
  const policies = analyse(text, options).findings.map(({ policy }) => policy)
  return [...new Set(policies)].filter((id) => off.has(id)).toSorted()
}

describe('a policy that is off by default', () => {
  it('reports nothing unless it is named', () => {
    expect(off.size).toBeGreaterThan(15)
    expect(found()).toEqual([])
    expect(
      found({ config: { severity: { 'host-pid': 'low' }, 'allow-removal': ['restart-policy'] } }),
    ).toEqual([])
  })

  it('is on where the configuration gives it a severity or a parameter', () => {
    const config = {
      severity: { 'exposed-services': 'critical' },
      params: { 'minimum-replicas': { minimum: 2 }, 'dnsconfig-options': {} },
    }
    expect(found({ config })).toEqual(['dnsconfig-options', 'exposed-services', 'minimum-replicas'])
    const severities = analyse(text, { config }).findings.filter(
      ({ policy }) => policy === 'exposed-services',
    )
    expect(severities.map(({ severity }) => severity)).toEqual(['critical'])
  })

  it('is on in a part of the repository alone', () => {
    const named = (glob: string): string[] =>
      found({ config: { overrides: [{ paths: [glob], severity: { 'use-namespace': 'high' } }] } })
    expect(named('test.yaml')).toEqual(['use-namespace'])
    expect(named('other/**')).toEqual([])
  })

  it('is on where it is asked for by name, and off where it is skipped', () => {
    expect(found({ only: ['privileged-ports', 'cpu-requests'] })).toEqual(['privileged-ports'])
    const config = { severity: { 'privileged-ports': 'high' } }
    expect(found({ config, skip: ['privileged-ports'] })).toEqual([])
  })

  it('is not made worse by the fixes of others, once it is on', () => {
    const sorted = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - image: web:1.0
      name: web
      workingDir: /web
`
    const states = (options: AnalyseOptions): string[] =>
      analyse(sorted, options)
        .findings.filter(({ policy }) => policy === 'read-only-root-fs')
        .map(({ state }) => state)
    expect(states({})).toEqual(['fixed'])
    // A new key goes to the end of its map, and securityContext behind workingDir is out of order.
    expect(states({ config: { severity: { 'sorted-keys': 'low' } } })).toEqual(['refused'])
  })
})

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isObject, property, type JsonObject, type JsonValue } from '../../src/model/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { analyse } from '../support/analyse.ts'

/** The containers of a pod share one network: a port that two of them list is one that the API server warns of. */
const only = ['liveness-port', 'readiness-port', 'startup-port']

function pod(containers: readonly JsonObject[], more: JsonObject = {}): string {
  const spec = { ...more, containers: [...containers] }
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec }, null, 2)}\n`
}

function container(name: string, more: JsonObject): JsonObject {
  return { name, image: 'web:1.0', ...more }
}

const call = (port: number): JsonObject => ({ httpGet: { path: '/', port } })

/** What each finding has come to, and the ports that the pod lists then. */
function outcome(text: string): { states: string[]; ports: string[] } {
  const { findings, change } = analyse(text, { only })
  return {
    states: findings.map(({ policy, container, state }) => `${container ?? ''} ${policy}: ${state}`).sort(),
    ports: portsOf(change?.after ?? text),
  }
}

function portsOf(text: string): string[] {
  const [resource] = readSource('test.yaml', text).resources
  return (resource?.pod?.containers ?? []).flatMap(({ name, value }) =>
    list(value['ports']).map(
      (port) => `${name} ${wordOf(port, 'containerPort')}/${wordOf(port, 'protocol') || 'TCP'}`,
    ),
  )
}

function wordOf(port: JsonObject, key: string): string {
  const value = property(port, key)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function list(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

describe('a port that a probe calls', () => {
  test('is listed once, however many probes of its container call it', () => {
    const probes = { livenessProbe: call(81), readinessProbe: call(81), startupProbe: call(81) }
    expect(outcome(pod([container('a', probes)]))).toEqual({
      states: ['a liveness-port: fixed', 'a readiness-port: fixed', 'a startup-port: fixed'],
      ports: ['a 81/TCP'],
    })
  })

  test('is listed at each container that calls one of its own', () => {
    const containers = [
      container('a', { livenessProbe: call(81), readinessProbe: call(82) }),
      container('b', { livenessProbe: call(83) }),
    ]
    expect(outcome(pod(containers))).toEqual({
      states: ['a liveness-port: fixed', 'a readiness-port: fixed', 'b liveness-port: fixed'],
      ports: ['a 81/TCP', 'a 82/TCP', 'b 83/TCP'],
    })
  })

  test('is listed nowhere where several containers call it: one of them has it, and the file does not say which', () => {
    const containers = [
      container('a', { livenessProbe: call(81) }),
      container('b', { readinessProbe: call(81), startupProbe: call(82) }),
    ]
    expect(outcome(pod(containers))).toEqual({
      states: ['a liveness-port: advice', 'b readiness-port: advice', 'b startup-port: fixed'],
      ports: ['b 82/TCP'],
    })
    const { findings } = analyse(pod(containers), { only: ['liveness-port'] })
    expect(findings.map(({ state, reason }) => [state, reason?.text.includes('neither lists it')])).toEqual([
      ['advice', true],
    ])
  })

  test('is not listed again where another container has it, be it a sidecar', () => {
    const sidecar = container('s', { restartPolicy: 'Always', ports: [{ containerPort: 81 }] })
    const text = pod([container('a', { livenessProbe: call(81) })], { initContainers: [sidecar] })
    expect(outcome(text)).toEqual({ states: ['a liveness-port: advice'], ports: ['s 81/TCP'] })
  })

  test('is listed beside the same number of another protocol', () => {
    const other = container('b', { ports: [{ containerPort: 81, protocol: 'UDP' }] })
    expect(outcome(pod([container('a', { livenessProbe: call(81) }), other]))).toEqual({
      states: ['a liveness-port: fixed'],
      ports: ['a 81/TCP', 'b 81/UDP'],
    })
  })

  test('is asked for where it is no port at all, whoever else calls it', () => {
    const containers = [
      container('a', { livenessProbe: call(70000) }),
      container('b', { livenessProbe: call(70000) }),
    ]
    expect(outcome(pod(containers)).states).toEqual([
      'a liveness-port: needs-value',
      'b liveness-port: needs-value',
    ])
  })

  test('never comes to stand in the pod twice, and no fix of it is refused', () => {
    const number = fc.constantFrom(81, 82, 83)
    const probe = number.map(call)
    const parts = fc.record(
      {
        livenessProbe: probe,
        readinessProbe: probe,
        startupProbe: probe,
        ports: fc.uniqueArray(
          fc.record({ containerPort: number, protocol: fc.constantFrom('', 'TCP', 'UDP') }),
          { maxLength: 2, selector: ({ containerPort }) => containerPort },
        ),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 4 }), (some) => {
        const text = pod(some.map((more, index) => container(`c${index}`, more)))
        const { states, ports } = outcome(text)
        const before = portsOf(text)
        const added = ports.filter((port) => !before.includes(port)).map(numberOf)
        expect(new Set(added).size).toBe(added.length)
        expect(added.filter((port) => before.map(numberOf).includes(port))).toEqual([])
        expect(states.filter((state) => state.endsWith('refused'))).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})

/** Without the name of the container. */
function numberOf(port: string): string {
  return port.slice(port.indexOf(' ') + 1)
}

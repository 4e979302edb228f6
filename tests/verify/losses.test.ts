import { expect, test } from 'vitest'
import { forbiddenLosses, losses } from '../../src/verify/losses.ts'
import type { JsonObject, JsonValue } from '../../src/model/index.ts'

const container = {
  name: 'api',
  image: 'x:1',
  env: [
    { name: 'A', value: '1' },
    { name: 'B', value: '2' },
  ],
  ports: [{ containerPort: 80, hostPort: 80 }],
  volumeMounts: [
    { name: 'data', mountPath: '/a' },
    { name: 'data', mountPath: '/b' },
  ],
  securityContext: {
    privileged: true,
    capabilities: { add: ['SYS_ADMIN', 'CHOWN'], drop: ['NET_RAW', 'MKNOD'] },
  },
}
const pod: JsonObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', labels: { app: 'p' } },
  spec: {
    hostNetwork: true,
    serviceAccount: 'robot',
    volumes: [{ name: 'data', emptyDir: {} }],
    containers: [container],
  },
}

function changed(change: (pod: JsonObject) => void): JsonObject {
  const copy = structuredClone(pod)
  change(copy)
  return copy
}
const at = (object: JsonObject, path: string): any =>
  path.split('.').reduce<any>((value, key) => value[key], object)

const free = new Set<string>()
const forbidden = (change: (pod: JsonObject) => void, families = free): string[] =>
  forbiddenLosses(pod, changed(change), families)

test.each<[string, (pod: JsonObject) => void]>([
  ['host flags', (p) => delete at(p, 'spec').hostNetwork],
  ['a host port', (p) => delete at(p, 'spec.containers.0.ports.0').hostPort],
  ['an added capability', (p) => at(p, 'spec.containers.0.securityContext.capabilities.add').shift()],
  ['all added capabilities', (p) => delete at(p, 'spec.containers.0.securityContext.capabilities').add],
  [
    'a dropped capability that ALL includes',
    (p) => (at(p, 'spec.containers.0.securityContext.capabilities').drop = ['ALL']),
  ],
  [
    'a deprecated field that is moved',
    (p) => {
      delete at(p, 'spec').serviceAccount
      at(p, 'spec').serviceAccountName = 'robot'
    },
  ],
  ['anything added', (p) => (at(p, 'spec').securityContext = { runAsNonRoot: true })],
  ['a setting made stricter', (p) => (at(p, 'spec.containers.0.securityContext').privileged = false)],
])('may go: %s', (_name, change) => {
  expect(forbidden(change)).toEqual([])
})

test.each<[string, (pod: JsonObject) => void, string[]]>([
  ['a container', (p) => at(p, 'spec').containers.pop(), ['/spec/containers/0']],
  ['a volume', (p) => at(p, 'spec').volumes.pop(), ['/spec/volumes/0']],
  ['a mount', (p) => at(p, 'spec.containers.0').volumeMounts.shift(), ['/spec/containers/0/volumeMounts/0']],
  ['an env', (p) => at(p, 'spec.containers.0').env.shift(), ['/spec/containers/0/env/0']],
  ['an env value', (p) => (at(p, 'spec.containers.0.env.0').value = '9'), ['/spec/containers/0/env/0/value']],
  ['the image', (p) => (at(p, 'spec.containers.0').image = 'x:stable'), ['/spec/containers/0/image']],
  ['a label', (p) => delete at(p, 'metadata.labels').app, ['/metadata/labels/app']],
  ['the name', (p) => (at(p, 'metadata').name = 'q'), ['/metadata/name']],
  [
    'a service account that is not moved',
    (p) => {
      delete at(p, 'spec').serviceAccount
      at(p, 'spec').serviceAccountName = 'default'
    },
    ['/spec/serviceAccount'],
  ],
  [
    'a dropped capability without ALL',
    (p) => at(p, 'spec.containers.0.securityContext.capabilities').drop.pop(),
    ['/spec/containers/0/securityContext/capabilities/drop/1'],
  ],
  [
    'hostPath turned into emptyDir',
    (p) => (at(p, 'spec.volumes.0').emptyDir = null),
    ['/spec/volumes/0/emptyDir'],
  ],
])('must stay: %s', (_name, change, pointers) => {
  expect(forbidden(change)).toEqual(pointers)
})

test('of two equal items one may go', () => {
  const twice: JsonObject = {
    env: [
      { name: 'A', value: '1' },
      { name: 'A', value: '1' },
    ] as JsonValue,
  }
  expect(losses(twice, { env: [{ name: 'A', value: '1' }] })).toEqual({ removed: [], changed: [] })
})

test('an image policy may set the image, and nothing else', () => {
  const change = (p: JsonObject): void => {
    at(p, 'spec.containers.0').image = 'x:2'
    at(p, 'spec.containers.0').command = ['sh']
  }
  expect(forbidden(change, new Set(['images']))).toEqual([])
  expect(forbidden((p) => (at(p, 'spec.containers.0.env.1').value = '3'), new Set(['images']))).toHaveLength(
    1,
  )
})

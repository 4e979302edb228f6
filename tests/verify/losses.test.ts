import { expect, test } from 'vitest'
import { forbiddenLosses, losses } from '../../src/verify/losses.ts'
import type { JsonObject, JsonPatch } from '../../src/model/index.ts'
import { applied } from '../../src/propose/index.ts'

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
    volumes: [
      { name: 'data', emptyDir: {} },
      { name: 'logs', hostPath: { path: '/var/log' } },
    ],
    containers: [container],
  },
}

const free = new Set<string>()
const api = '/spec/containers/0'

function forbidden(patch: JsonPatch, families = free, mayRemove = false): string[] {
  const after = applied(pod, patch)
  if (after === undefined) throw new Error('the patch of the test does not apply')
  return forbiddenLosses(pod, after, families, mayRemove)
}

test.each<[string, JsonPatch]>([
  ['host flags', [{ op: 'remove', path: '/spec/hostNetwork' }]],
  ['a host port', [{ op: 'remove', path: `${api}/ports/0/hostPort` }]],
  ['an added capability', [{ op: 'remove', path: `${api}/securityContext/capabilities/add/0` }]],
  ['all added capabilities', [{ op: 'remove', path: `${api}/securityContext/capabilities/add` }]],
  [
    'a dropped capability that ALL includes',
    [{ op: 'replace', path: `${api}/securityContext/capabilities/drop`, value: ['ALL'] }],
  ],
  [
    'a deprecated field that is moved',
    [{ op: 'move', from: '/spec/serviceAccount', path: '/spec/serviceAccountName' }],
  ],
  ['anything added', [{ op: 'add', path: '/spec/securityContext', value: { runAsNonRoot: true } }]],
  ['a setting made stricter', [{ op: 'replace', path: `${api}/securityContext/privileged`, value: false }]],
])('may go: %s', (_name, patch) => {
  expect(forbidden(patch)).toEqual([])
})

test.each<[string, JsonPatch, string[]]>([
  ['a container', [{ op: 'remove', path: api }], [api]],
  ['a volume', [{ op: 'remove', path: '/spec/volumes/0' }], ['/spec/volumes/0']],
  ['a mount', [{ op: 'remove', path: `${api}/volumeMounts/0` }], [`${api}/volumeMounts/0`]],
  ['an env', [{ op: 'remove', path: `${api}/env/0` }], [`${api}/env/0`]],
  ['an env value', [{ op: 'replace', path: `${api}/env/0/value`, value: '9' }], [`${api}/env/0/value`]],
  ['the image', [{ op: 'replace', path: `${api}/image`, value: 'x:stable' }], [`${api}/image`]],
  ['a label', [{ op: 'remove', path: '/metadata/labels/app' }], ['/metadata/labels/app']],
  ['the name', [{ op: 'replace', path: '/metadata/name', value: 'q' }], ['/metadata/name']],
  [
    'a service account that is not moved',
    [
      { op: 'remove', path: '/spec/serviceAccount' },
      { op: 'add', path: '/spec/serviceAccountName', value: 'default' },
    ],
    ['/spec/serviceAccount'],
  ],
  [
    'a dropped capability without ALL',
    [{ op: 'remove', path: `${api}/securityContext/capabilities/drop/1` }],
    [`${api}/securityContext/capabilities/drop/1`],
  ],
  [
    'hostPath turned into emptyDir',
    [
      { op: 'remove', path: '/spec/volumes/1/hostPath' },
      { op: 'add', path: '/spec/volumes/1/emptyDir', value: {} },
    ],
    ['/spec/volumes/1/hostPath'],
  ],
])('must stay: %s', (_name, patch, pointers) => {
  expect(forbidden(patch)).toEqual(pointers)
})

test('of two equal items one may go', () => {
  const twice: JsonObject = {
    env: [
      { name: 'A', value: '1' },
      { name: 'A', value: '1' },
    ],
  }
  expect(losses(twice, { env: [{ name: 'A', value: '1' }] })).toEqual({ removed: [], changed: [] })
})

test('an image policy may set the image, and nothing else', () => {
  const images = new Set(['images'])
  expect(forbidden([{ op: 'replace', path: `${api}/image`, value: 'x:2' }], images)).toEqual([])
  expect(forbidden([{ op: 'replace', path: `${api}/env/1/value`, value: '3' }], images)).toHaveLength(1)
})

test('where removal is allowed things may go, and still nothing that runs may change', () => {
  expect(forbidden([{ op: 'remove', path: '/spec/volumes/0' }], free, true)).toEqual([])
  expect(forbidden([{ op: 'replace', path: `${api}/image`, value: 'x:2' }], free, true)).toEqual([
    `${api}/image`,
  ])
})

import { expect, test } from 'vitest'
import { factsOf, inventoryOf, reachOf, type Reach } from '../../src/inventory/index.ts'
import { readSource } from '../../src/resources/index.ts'

/** What reaches the one workload among some documents, and what it reaches. */
function reachIn(...texts: string[]): Reach {
  const facts = texts.flatMap((text, index) => factsOf(readSource(`file-${index}.yaml`, text)))
  const workload = facts.find(({ pods }) => pods !== undefined) ?? expect.fail('no workload')
  return reachOf(inventoryOf(facts))(workload)
}

const pod = (spec = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web:1 }], ${spec} }
`
const service = (more = ''): string => `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }], ${more} }
`

test.each<[string, string[], Reach['exposure']]>([
  ['nothing', [], undefined],
  ['a service of another namespace', [service().replace('shop', 'other')], undefined],
  ['a service', [service()], { fact: 'cluster', source: 'file-1.yaml' }],
  ['a port of the nodes', [service('type: NodePort')], { fact: 'node', source: 'file-1.yaml' }],
  ['a load balancer', [service('type: LoadBalancer')], { fact: 'outside', source: 'file-1.yaml' }],
  ['an address outside', [service('externalIPs: [192.0.2.1]')], { fact: 'outside', source: 'file-1.yaml' }],
  [
    'an ingress',
    [
      service(),
      `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
`,
    ],
    { fact: 'outside', source: 'file-2.yaml' },
  ],
  [
    'a route of a gateway',
    [
      service(),
      `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
`,
    ],
    { fact: 'outside', source: 'file-2.yaml' },
  ],
])('exposure through %s', (_name, texts, exposure) => {
  expect(reachIn(pod(), ...texts).exposure).toEqual(exposure)
})

test('the network and the ports of the node', () => {
  expect(reachIn(pod('hostNetwork: true')).exposure).toEqual({ fact: 'node', source: 'file-0.yaml' })
  const port = pod().replace('image: web:1', 'image: web:1, ports: [{ containerPort: 80, hostPort: 80 }]')
  expect(reachIn(port).exposure).toEqual({ fact: 'node', source: 'file-0.yaml' })
})

const binding = (
  kind: string,
  role: string,
  subject: string,
): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: { name: web${kind === 'RoleBinding' ? ', namespace: shop' : ''} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ${role.split('/')[0]}, name: ${role.split('/')[1]} }
subjects: [${subject}]
`
const own = '{ kind: ServiceAccount, name: web, namespace: shop }'
const role = (rules: string): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: web }
rules: [${rules}]
`
const granted = (...texts: string[]): string[] =>
  reachIn(pod('serviceAccountName: web'), ...texts).powers.map(({ fact }) => fact)

test.each<[string, string[], string[]]>([
  ['nothing', [], []],
  ['cluster-admin', [binding('ClusterRoleBinding', 'ClusterRole/cluster-admin', own)], ['cluster-admin']],
  [
    'cluster-admin of one namespace',
    [binding('RoleBinding', 'ClusterRole/cluster-admin', own)],
    ['wildcard'],
  ],
  [
    'every account',
    [binding('ClusterRoleBinding', 'ClusterRole/edit', '{ kind: Group, name: "system:serviceaccounts" }')],
    ['pods-exec', 'create-pods', 'read-secrets'],
  ],
  [
    'every account of another namespace',
    [
      binding(
        'ClusterRoleBinding',
        'ClusterRole/edit',
        '{ kind: Group, name: "system:serviceaccounts:other" }',
      ),
    ],
    [],
  ],
  ['another account', [binding('ClusterRoleBinding', 'ClusterRole/edit', own.replace('web', 'db'))], []],
  [
    'a role of the repository',
    [
      binding('ClusterRoleBinding', 'ClusterRole/web', own),
      role(
        '{ apiGroups: [""], resources: [secrets], verbs: [list] }, { apiGroups: [""], resources: [pods/exec], verbs: [create] }',
      ),
    ],
    ['pods-exec', 'read-secrets'],
  ],
  [
    'a role over objects that it names',
    [
      binding('ClusterRoleBinding', 'ClusterRole/web', own),
      role('{ apiGroups: [""], resources: [secrets], resourceNames: [one], verbs: [get] }'),
    ],
    [],
  ],
  [
    'a role that reads all of a group that has neither secrets nor pods',
    [
      binding('ClusterRoleBinding', 'ClusterRole/web', own),
      role(
        '{ apiGroups: [metrics.k8s.io], resources: ["*"], verbs: [get, list, watch] }, { apiGroups: [example.org], resources: [secrets], verbs: [get] }',
      ),
    ],
    [],
  ],
  [
    'a role over all of two groups',
    [
      binding('ClusterRoleBinding', 'ClusterRole/web', own),
      role(
        '{ apiGroups: [apps], resources: ["*"], verbs: [create] }, { apiGroups: [rbac.authorization.k8s.io], resources: ["*"], verbs: ["*"] }',
      ),
    ],
    ['wildcard', 'escalate', 'create-pods'],
  ],
  [
    'a role over everything',
    [
      binding('ClusterRoleBinding', 'ClusterRole/web', own),
      role('{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }'),
    ],
    ['cluster-admin', 'wildcard', 'escalate', 'impersonate', 'pods-exec', 'create-pods', 'read-secrets'],
  ],
])('powers through %s', (_name, texts, powers) => {
  expect(granted(...texts)).toEqual(powers)
})

test('who is given no token has no powers', () => {
  const bound = binding('ClusterRoleBinding', 'ClusterRole/edit', own)
  const account = `apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: shop }
automountServiceAccountToken: false
`
  const powersOf = (spec: string, ...texts: string[]): number =>
    reachIn(pod(`serviceAccountName: web${spec}`), bound, ...texts).powers.length
  expect(powersOf('')).toBe(3)
  expect(powersOf(', automountServiceAccountToken: false')).toBe(0)
  expect(powersOf('', account)).toBe(0)
  // What the pod says counts before what the account says.
  expect(powersOf(', automountServiceAccountToken: true', account)).toBe(3)
})

test('what its volumes and its account hold', () => {
  expect(
    reachIn(
      pod(
        'serviceAccountName: web, volumes: [{ name: a, secret: { secretName: a } }, { name: b, persistentVolumeClaim: { claimName: b } }]',
      ),
      'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: web, namespace: shop, annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::1:role/web" } }\n',
    ).data,
  ).toEqual([
    { fact: 'secret', source: 'file-0.yaml' },
    { fact: 'volume', source: 'file-0.yaml' },
    { fact: 'cloud-identity', source: 'file-1.yaml' },
  ])
})

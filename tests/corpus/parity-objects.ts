import type { Source } from '../../bench/parity.ts'
import type { JsonObject, JsonValue } from '../../src/model/index.ts'

/**
 * Random repositories full of hard cases: every value that a check treats in its own way, in every combination that
 * chance brings. The corpora hold what people write; this holds what they could.
 */
export function randomSources(seed: number, repositories: number): Source[] {
  const random = new RandomObjects(seed)
  return Array.from({ length: repositories }, (_, index) => `random-${index}`).flatMap((repository) =>
    ['a.yaml', 'b/c.yaml'].map((file) => ({
      file: `${repository}/${file}`,
      repository,
      text: Array.from({ length: 5 }, () => `${JSON.stringify(random.object())}\n`).join('---\n'),
    })),
  )
}

type Fields = Record<string, JsonValue | undefined>

class RandomObjects {
  private state: number

  constructor(seed: number) {
    this.state = seed
  }

  object(): JsonObject {
    const template = (): JsonObject =>
      fields({ metadata: fields({ labels: this.labels() }), spec: this.pod() })
    const selector = this.selector()
    const replicas = this.one<JsonValue>([undefined, 0, 1, 2, 3])
    const updateStrategy = this.one<JsonValue>([undefined, { type: 'OnDelete' }, { type: 'RollingUpdate' }])
    const workload = (apiVersion: string, kind: string, spec: Fields): JsonObject =>
      this.named(apiVersion, kind, { spec: fields(spec) })
    const makers: (() => JsonObject)[] = [
      () =>
        fields({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: fields({ name: 'web', namespace: this.namespace(), labels: this.labels() }),
          spec: this.pod(),
        }),
      () =>
        workload(this.text('apps/v1', 'apps/v1beta1', 'extensions/v1beta1'), 'Deployment', {
          replicas,
          selector,
          template: this.one<JsonValue>([template(), template(), undefined]),
        }),
      () =>
        workload('apps/v1', 'Deployment', {
          replicas,
          selector,
          strategy: this.one<JsonValue>([undefined, {}, { type: 'Recreate' }, { type: 'RollingUpdate' }]),
          template: template(),
        }),
      () => workload('apps/v1', 'StatefulSet', { replicas, selector, updateStrategy, template: template() }),
      () =>
        workload('apps/v1', this.text('DaemonSet', 'ReplicaSet'), {
          selector,
          updateStrategy,
          template: template(),
        }),
      () =>
        workload('batch/v1', 'Job', {
          ttlSecondsAfterFinished: this.one<JsonValue>([undefined, 0, 5]),
          selector: this.one<JsonValue>([undefined, undefined, selector]),
          template: template(),
        }),
      () =>
        workload(this.text('batch/v1', 'batch/v1beta1'), 'CronJob', {
          schedule: '* * * * *',
          jobTemplate: {
            spec: fields({
              ttlSecondsAfterFinished: this.one<JsonValue>([undefined, 0, 5]),
              template: template(),
            }),
          },
        }),
      () =>
        workload('v1', 'ReplicationController', { replicas, selector: { app: 'web' }, template: template() }),
      () => this.service(),
      () => this.service(),
      () => this.budget(selector),
      () => this.named('v1', 'ServiceAccount', {}),
      () => this.autoscaler(),
      () =>
        this.named(this.text('security.openshift.io/v1', 'v1'), 'SecurityContextConstraints', {
          allowPrivilegedContainer: this.flag() ?? false,
        }),
      () => this.ingress(),
      () =>
        this.named('rbac.authorization.k8s.io/v1', this.text('ClusterRole', 'Role'), {
          rules: [{ apiGroups: [''], resources: [this.text('*', 'pods')], verbs: [this.text('*', 'get')] }],
        }),
      () =>
        this.named('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', {
          roleRef: {
            apiGroup: 'rbac.authorization.k8s.io',
            kind: this.text('ClusterRole', 'Role'),
            name: this.text('cluster-admin', 'view'),
          },
        }),
    ]
    return makers[this.index(makers.length)]?.() ?? {}
  }

  private service(): JsonObject {
    return this.named('v1', 'Service', {
      spec: fields({
        type: this.one<JsonValue>([undefined, 'ExternalName', 'NodePort', 'LoadBalancer', 'nodeport']),
        selector: this.labels(),
        ports: [
          fields({
            port: 80,
            name: this.one<JsonValue>([undefined, 'http']),
            targetPort: this.one<JsonValue>([
              undefined,
              0,
              80,
              70_000,
              -1,
              '80',
              'http',
              'HTTP',
              '',
              'a-',
              'a--b',
            ]),
          }),
        ],
      }),
    })
  }

  private budget(selector: JsonValue | undefined): JsonObject {
    return this.named(this.text('policy/v1', 'policy/v1beta1'), 'PodDisruptionBudget', {
      spec: fields({
        minAvailable: this.one<JsonValue>([undefined, 0, 1, 2, '100%', '50%', '0%', 'x', '1']),
        maxUnavailable: this.one<JsonValue>([undefined, undefined, 0, 1, '0%', '50%', 'x', '0', '1']),
        selector,
        unhealthyPodEvictionPolicy: this.one<JsonValue>([undefined, 'AlwaysAllow']),
      }),
    })
  }

  private autoscaler(): JsonObject {
    return this.named(`autoscaling/${this.text('v1', 'v2', 'v2beta2')}`, 'HorizontalPodAutoscaler', {
      spec: fields({
        minReplicas: this.one<JsonValue>([undefined, 0, 2, 3]),
        maxReplicas: 5,
        scaleTargetRef: fields({
          apiVersion: this.one<JsonValue>([undefined, 'apps/v1', 'v1', 'argoproj.io/v1']),
          kind: this.text('Deployment', 'StatefulSet', 'ReplicationController', 'Rollout'),
          name: this.name(),
        }),
      }),
    })
  }

  private ingress(): JsonObject {
    const backend = (): JsonValue => ({
      service: { name: this.name(), port: this.one<JsonValue>([{ number: 80 }, { name: 'http' }, {}]) ?? {} },
    })
    return this.named(`networking.k8s.io/${this.text('v1', 'v1', 'v1beta1')}`, 'Ingress', {
      spec: fields({
        defaultBackend: this.one<JsonValue>([undefined, backend()]),
        rules: this.one<JsonValue>([
          undefined,
          [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: backend() }] } }],
        ]),
      }),
    })
  }

  private pod(): JsonObject {
    return fields({
      containers: this.one<JsonValue[]>([[this.container('a')], [this.container('a'), this.container('b')]]),
      initContainers: this.one<JsonValue>([undefined, undefined, [this.container('c')]]),
      ephemeralContainers: this.one<JsonValue>([
        undefined,
        undefined,
        undefined,
        [this.container('d', true)],
      ]),
      hostNetwork: this.flag(),
      hostPID: this.flag(),
      hostIPC: this.flag(),
      hostUsers: this.one<JsonValue>([undefined, undefined, false, true]),
      os: this.one<JsonValue>([undefined, undefined, undefined, { name: 'windows' }, { name: 'linux' }]),
      restartPolicy: this.one<JsonValue>([undefined, undefined, '', 'Always', 'OnFailure', 'Never']),
      automountServiceAccountToken: this.flag(),
      priorityClassName: this.one<JsonValue>([undefined, '', ' ', 'high', 'system-node-critical']),
      nodeSelector: this.one<JsonValue>([undefined, undefined, {}, { disk: 'ssd' }]),
      nodeName: this.one<JsonValue>([undefined, undefined, undefined, '', 'a']),
      dnsPolicy: this.one<JsonValue>([undefined, undefined, 'Default', 'ClusterFirstWithHostNet', 'None']),
      dnsConfig: this.one<JsonValue>([
        undefined,
        {},
        { options: [] },
        { options: [{ name: 'edns0' }, { name: 'ndots', value: this.text('2', '5', '') }] },
      ]),
      serviceAccount: this.one<JsonValue>([undefined, undefined, 'a', 'b', 'default']),
      serviceAccountName: this.one<JsonValue>([undefined, undefined, 'a', '', 'default']),
      volumes: this.one<JsonValue>([undefined, [this.volume('v'), this.volume('w')]]),
      securityContext: this.one<JsonValue>([
        undefined,
        fields({
          runAsNonRoot: this.flag(),
          runAsUser: this.one<JsonValue>([undefined, 0, 5]),
          sysctls: [
            {
              name: this.text(
                'net.core.somaxconn',
                'kernel.shm_rmid_forced',
                'kernel.msgmax',
                'vm.swappiness',
              ),
              value: '1',
            },
          ],
        }),
      ]),
      affinity: this.one<JsonValue>([
        undefined,
        undefined,
        { nodeAffinity: this.one<JsonValue>([{}, null]) ?? null },
        { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [this.term()] } },
        {
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 1, podAffinityTerm: this.term() },
              { weight: 1, podAffinityTerm: this.term() },
            ],
          },
        },
      ]),
    })
  }

  private container(name: string, isEphemeral = false): JsonObject {
    const probes = isEphemeral
      ? {}
      : {
          ports: this.ports(),
          livenessProbe: this.probe(),
          readinessProbe: this.probe(),
          startupProbe: this.probe(),
        }
    return fields({
      name,
      image: this.one<JsonValue>([
        undefined,
        '',
        'a',
        'a:1',
        'a:latest',
        'a:Latest',
        'r:5000/a',
        'r:5000/a:1',
        'a@sha256:abc',
        'r/a:latest@sha256:abc',
        'x/y@z',
      ]),
      ...probes,
      env: this.one<JsonValue>([
        undefined,
        [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
        [{ name: 'MY_SECRET', value: this.text('x', '') }],
        [{ name: 'mySecretKey', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } }],
      ]),
      resources: this.one<JsonValue>([
        undefined,
        {
          requests: { cpu: this.one<JsonValue>(['100m', '0', '0m', '1n', 0, 1, 0.5]) ?? 0 },
          limits: { memory: this.one<JsonValue>(['1Gi', '0', '0Mi', '1e3', '100m', 0, 1000]) ?? 0 },
        },
      ]),
      volumeMounts: this.one<JsonValue>([
        undefined,
        [fields({ name: 'v', mountPath: '/v', readOnly: this.flag() }), { name: 'w', mountPath: '/w' }],
      ]),
      securityContext: this.one<JsonValue>([
        undefined,
        fields({
          privileged: this.flag(),
          allowPrivilegeEscalation: this.flag(),
          readOnlyRootFilesystem: this.flag(),
          runAsNonRoot: this.flag(),
          runAsUser: this.one<JsonValue>([undefined, 0, 1000]),
          procMount: this.one<JsonValue>([undefined, 'Default', 'Unmasked', 'unmasked', 'Odd']),
          capabilities: this.one<JsonValue>([
            undefined,
            fields({
              drop: this.one<JsonValue>([
                [],
                ['ALL'],
                ['all'],
                ['All'],
                ['NET_RAW'],
                ['CAP_NET_RAW'],
                ['KILL'],
              ]),
              add: this.one<JsonValue>([
                undefined,
                ['NET_RAW'],
                ['ALL'],
                ['SYS_ADMIN'],
                ['NET_ADMIN', 'CHOWN'],
              ]),
            }),
          ]),
        }),
      ]),
    })
  }

  private ports(): JsonValue | undefined {
    const name = this.one<JsonValue>([undefined, 'http', '', 'HTTP', 'a--b', 'a-name-that-is-long', '80'])
    const protocol = this.one<JsonValue>([undefined, 'TCP', 'UDP', ''])
    return this.one<JsonValue>([
      undefined,
      [fields({ containerPort: 80, name, protocol })],
      [fields({ containerPort: 22, protocol })],
      [{ containerPort: 8080 }, { containerPort: 9, hostPort: 9 }],
    ])
  }

  private probe(): JsonValue | undefined {
    const port = this.one<JsonValue>([undefined, 80, 8080, 'http', '80', 'x'])
    return this.one<JsonValue>([
      undefined,
      { httpGet: fields({ port }) },
      { tcpSocket: fields({ port }) },
      { grpc: { port: this.one<JsonValue>([80, 9]) ?? 9 } },
      { exec: { command: ['true'] } },
    ])
  }

  private volume(name: string): JsonValue {
    const paths = [
      '/',
      '/etc',
      '/etc/',
      '/proc',
      '/home',
      '/var/run/docker.sock',
      '/run/containerd/containerd.sock',
    ]
    return (
      this.one<JsonObject>([
        { name, emptyDir: {} },
        { name, hostPath: { path: this.text(...paths) } },
      ]) ?? {}
    )
  }

  private term(): JsonObject {
    const expression = { key: 'app', operator: this.text('In', 'NotIn'), values: ['web'] }
    return fields({
      topologyKey: this.text('kubernetes.io/hostname', 'zone'),
      labelSelector: this.one<JsonValue>([
        undefined,
        {},
        { matchLabels: { app: 'web' } },
        { matchExpressions: [expression] },
      ]),
      namespaces: this.one<JsonValue>([undefined, undefined, ['x']]),
    })
  }

  private selector(): JsonValue | undefined {
    return this.one<JsonValue>([
      undefined,
      {},
      { matchLabels: { app: 'web' } },
      { matchLabels: { app: '$APP' } },
      {
        matchLabels: { app: 'web' },
        matchExpressions: [{ key: 'tier', operator: this.text('Exists', 'DoesNotExist') }],
      },
      { matchExpressions: [{ key: 'app', operator: this.text('In', 'NotIn'), values: ['web'] }] },
    ])
  }

  private labels(): JsonValue | undefined {
    return this.one<JsonValue>([undefined, {}, { app: 'web' }, { app: 'web', tier: 'front' }, { app: 'api' }])
  }

  private named(apiVersion: string, kind: string, rest: Fields): JsonObject {
    const metadata = fields({
      name: this.name(),
      namespace: this.namespace(),
      labels: this.one<JsonValue>([undefined, undefined, { 'example.org/owner': 'a' }, { Owner: 'a' }]),
      annotations: this.one<JsonValue>([
        undefined,
        undefined,
        { email: this.text('a@example.org', 'A <a.b@c-d.e>', 'a.b@localhost', '@a.b', 'a@.b', 'a@b@c.d') },
        { mail: 'a@example.org' },
        { 'example.org/email': 'a@example.org' },
      ]),
    })
    return fields({ apiVersion, kind, metadata, ...rest })
  }

  private name(): string {
    return this.text('a', 'b', 'web')
  }

  private namespace(): JsonValue | undefined {
    return this.one<JsonValue>([undefined, undefined, 'x', 'y', 'default', 'Default'])
  }

  private flag(): JsonValue | undefined {
    return this.one<JsonValue>([undefined, true, false])
  }

  private text(...values: string[]): string {
    return this.one(values) ?? ''
  }

  private one<T>(values: readonly (T | undefined)[]): T | undefined {
    return values[this.index(values.length)]
  }

  /** mulberry32: the same objects in every run. */
  private index(length: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * length)
  }
}

/** An object without the keys that nobody has set. */
function fields(values: Fields): JsonObject {
  const set: JsonObject = {}
  for (const [key, value] of Object.entries(values)) if (value !== undefined) set[key] = value
  return set
}

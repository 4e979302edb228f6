import type { KyvernoPolicy } from '../../src/model/index.ts'
import { readSource } from '../../src/resources/index.ts'

/** Policies that change objects, in every form that Kyverno has for it. */
const texts = {
  label: `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: label }
spec:
  rules:
    - name: team
      match: { any: [{ resources: { kinds: [Pod, Deployment, Service] } }] }
      mutate:
        patchStrategicMerge: { metadata: { labels: { +(team): platform } } }
    - name: checks
      match: { any: [{ resources: { kinds: [Pod] } }] }
      validate: { message: never, deny: {} }
`,
  token: `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: token
  annotations: { policies.kyverno.io/severity: high, policies.kyverno.io/title: No token is mounted }
spec:
  rules:
    - name: token
      match: { any: [{ resources: { kinds: [Pod] } }] }
      mutate:
        patchStrategicMerge: { spec: { automountServiceAccountToken: false } }
`,
  pull: `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: pull }
spec:
  rules:
    - name: pull
      match: { any: [{ resources: { kinds: [Deployment] } }] }
      mutate:
        foreach:
          - list: request.object.spec.template.spec.containers
            patchStrategicMerge:
              spec: { template: { spec: { containers: [{ name: '{{ element.name }}', imagePullPolicy: Always }] } } }
`,
  note: `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: note }
spec:
  rules:
    - name: note
      match: { any: [{ resources: { kinds: [Service, ConfigMap] } }] }
      mutate:
        patchesJson6902: |-
          - path: /metadata/annotations/note
            op: add
            value: "a \\"b\\" \\\\ c"
`,
  nonroot: `apiVersion: policies.kyverno.io/v1
kind: MutatingPolicy
metadata: { name: nonroot }
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods] }
  mutations:
    - patchType: ApplyConfiguration
      applyConfiguration:
        expression: 'Object{spec: Object.spec{securityContext: Object.spec.securityContext{runAsNonRoot: true}}}'
`,
  registry: `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: registry }
spec:
  rules:
    - name: registry
      match: { any: [{ resources: { kinds: [Pod] } }] }
      mutate:
        patchStrategicMerge:
          spec: { containers: [{ (name): '*', image: mirror.example/app:1.0.0 }] }
`,
  sidecar: `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: sidecar }
spec:
  rules:
    - name: sidecar
      match: { any: [{ resources: { kinds: [Pod] } }] }
      mutate:
        patchStrategicMerge:
          spec: { containers: [{ name: sidecar, image: sidecar:1.0.0 }] }
`,
  drops: `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: drops }
spec:
  rules:
    - name: drops
      match: { any: [{ resources: { kinds: [Service] } }] }
      mutate:
        patchesJson6902: |-
          - { path: /metadata/labels/old, op: remove }
`,
  grows: `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: grows }
spec:
  rules:
    - name: grows
      match: { any: [{ resources: { kinds: [Service] } }] }
      mutate:
        patchesJson6902: |-
          - { path: /spec/externalIPs/-, op: add, value: 192.0.2.1 }
`,
  secret: `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: secret }
spec:
  rules:
    - name: secret
      match: { any: [{ resources: { kinds: [Secret] } }] }
      mutate:
        patchStrategicMerge: { stringData: { token: hush } }
`,
  asks: `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: asks }
spec:
  rules:
    - name: asks
      match: { any: [{ resources: { kinds: [Pod] } }] }
      context: [{ name: settings, configMap: { name: settings, namespace: default } }]
      mutate:
        patchStrategicMerge: { metadata: { labels: { team: '{{ settings.data.team }}' } } }
`,
  sender: `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: sender }
spec:
  rules:
    - name: sender
      match: { any: [{ resources: { kinds: [Pod] } }] }
      mutate:
        patchStrategicMerge: { metadata: { labels: { by: '{{ request.userInfo.username }}' } } }
`,
  others: `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: others }
spec:
  rules:
    - name: others
      match: { any: [{ resources: { kinds: [ConfigMap] } }] }
      mutate:
        targets: [{ apiVersion: v1, kind: Secret, name: a, namespace: b }]
        patchStrategicMerge: { metadata: { labels: { a: b } } }
`,
} as const
export type MutatingName = keyof typeof texts

export function mutating(...names: readonly MutatingName[]): KyvernoPolicy[] {
  return names.map((name) => {
    const text = texts[name]
    const [resource] = readSource('policies.yaml', text).resources
    if (resource === undefined) throw new Error(`${name} is no policy`)
    const { apiVersion, kind } = resource
    return { file: `policies/${name}.yaml`, line: 1, apiVersion, kind, name, text }
  })
}

import { segments } from '../model/index.ts'

/**
 * Types of the fields that policies read, as the API declares them. What is not listed may be anything. A map of
 * `fields` also holds fields that are not named; `values` is the type of every value of a map.
 */
export type Shape =
  | 'string'
  | 'int'
  | 'bool'
  /** A string or a number. */
  | 'quantity'
  /** A string or an integer. */
  | 'intOrString'
  | {
      items?: Shape | 'any'
      fields?: ReadonlyMap<string, Shape>
      values?: Shape
    }

const fields = (shapes: Record<string, Shape>): Shape => ({ fields: new Map(Object.entries(shapes)) })
const list = (items: Shape | 'any'): Shape => ({ items })
const strings = list('string')
const stringMap: Shape = { values: 'string' }
const anyMap: Shape = {}

const labelSelector = fields({ matchLabels: stringMap, matchExpressions: list(anyMap) })
const profile = fields({ type: 'string', localhostProfile: 'string' })
const seLinuxOptions = fields({ type: 'string', user: 'string', role: 'string', level: 'string' })
const windowsOptions = fields({ hostProcess: 'bool', runAsUserName: 'string' })
const handler = fields({
  exec: fields({ command: strings }),
  httpGet: fields({
    host: 'string',
    port: 'intOrString',
    path: 'string',
    scheme: 'string',
    httpHeaders: list(anyMap),
  }),
  tcpSocket: fields({ host: 'string', port: 'intOrString' }),
  grpc: fields({ port: 'int', service: 'string' }),
})

const container = fields({
  name: 'string',
  image: 'string',
  command: strings,
  args: strings,
  restartPolicy: 'string',
  workingDir: 'string',
  ports: list(
    fields({ name: 'string', containerPort: 'int', hostPort: 'int', hostIP: 'string', protocol: 'string' }),
  ),
  env: list(fields({ name: 'string', value: 'string', valueFrom: anyMap })),
  envFrom: list(anyMap),
  resources: fields({ requests: { values: 'quantity' }, limits: { values: 'quantity' } }),
  volumeMounts: list(
    fields({
      name: 'string',
      mountPath: 'string',
      subPath: 'string',
      subPathExpr: 'string',
      readOnly: 'bool',
      mountPropagation: 'string',
    }),
  ),
  volumeDevices: list(anyMap),
  livenessProbe: handler,
  readinessProbe: handler,
  startupProbe: handler,
  lifecycle: fields({ postStart: handler, preStop: handler }),
  securityContext: fields({
    privileged: 'bool',
    allowPrivilegeEscalation: 'bool',
    readOnlyRootFilesystem: 'bool',
    runAsNonRoot: 'bool',
    runAsUser: 'int',
    runAsGroup: 'int',
    procMount: 'string',
    capabilities: fields({ add: strings, drop: strings }),
    seccompProfile: profile,
    appArmorProfile: profile,
    seLinuxOptions,
    windowsOptions,
  }),
})

const pod = fields({
  containers: list(container),
  initContainers: list(container),
  ephemeralContainers: list(container),
  volumes: list(fields({ name: 'string', hostPath: fields({ path: 'string', type: 'string' }) })),
  hostNetwork: 'bool',
  hostPID: 'bool',
  hostIPC: 'bool',
  hostUsers: 'bool',
  serviceAccount: 'string',
  serviceAccountName: 'string',
  priorityClassName: 'string',
  priority: 'int',
  nodeName: 'string',
  nodeSelector: stringMap,
  dnsPolicy: 'string',
  dnsConfig: fields({ options: list(fields({ name: 'string', value: 'string' })) }),
  automountServiceAccountToken: 'bool',
  restartPolicy: 'string',
  os: fields({ name: 'string' }),
  affinity: fields({
    nodeAffinity: anyMap,
    podAffinity: anyMap,
    podAntiAffinity: fields({
      preferredDuringSchedulingIgnoredDuringExecution: list(
        fields({ weight: 'int', podAffinityTerm: fields({ labelSelector, topologyKey: 'string' }) }),
      ),
      requiredDuringSchedulingIgnoredDuringExecution: list(fields({ labelSelector, topologyKey: 'string' })),
    }),
  }),
  topologySpreadConstraints: list(anyMap),
  imagePullSecrets: list(anyMap),
  securityContext: fields({
    runAsNonRoot: 'bool',
    runAsUser: 'int',
    runAsGroup: 'int',
    fsGroup: 'int',
    sysctls: list(fields({ name: 'string', value: 'string' })),
    seccompProfile: profile,
    appArmorProfile: profile,
    seLinuxOptions,
    windowsOptions,
  }),
})

const metadata = fields({ name: 'string', namespace: 'string', labels: stringMap, annotations: stringMap })
const plain = fields({ metadata })
const template = fields({ metadata, spec: pod })

/** What stands beside a pod template. */
const controller: Record<string, Shape> = {
  replicas: 'int',
  selector: labelSelector,
  strategy: fields({ type: 'string' }),
  updateStrategy: fields({ type: 'string' }),
}

const shapes = new Map<string, Shape>()

/** The shape of an object that holds its pod template at a pointer (undefined: an object without a pod). */
export function shapeOf(templatePointer: string | undefined): Shape {
  if (templatePointer === undefined) return plain
  if (templatePointer === '') return template
  const known = shapes.get(templatePointer)
  if (known !== undefined) return known
  const path = segments(templatePointer)
  const shape = path.reduceRight<Shape>(
    (inner, segment, depth) =>
      fields({
        [segment]: inner,
        ...(depth === 0 ? { metadata } : {}),
        ...(depth === path.length - 1 ? controller : {}),
      }),
    template,
  )
  shapes.set(templatePointer, shape)
  return shape
}

/** Whether the API has a list at a path below a root, as far as the shapes tell. */
export function isListAt(
  root: 'object' | 'template' | 'pod' | 'container',
  path: readonly string[],
): boolean {
  let shape: Shape | 'any' | undefined = { object: plain, template, pod, container }[root]
  for (const segment of path)
    shape = typeof shape === 'object' ? (shape.fields?.get(segment) ?? shape.values) : undefined
  return typeof shape === 'object' && shape.items !== undefined
}

import { equal, isObject, type JsonObject, type JsonValue } from '../model/index.ts'
import { touches, valueAtPlace, type Place } from './admission-places.ts'

/**
 * What the API server writes into an object by itself, from other values of the same object or by drawing it anew for
 * every request. A difference between two dry-runs that a row explains is an effect of the fix like the value it is made
 * from; one that nothing explains means that the fix does more than its patch says.
 *
 * In a place `$x` is any one segment and the same wherever it stands in the row, `*` any one segment, `**` the place
 * itself and all below it, and POD and TEMPLATE the pod spec and the pod's own object wherever the kind has them.
 */
interface Row {
  value: Place
  /** Places it is made from, one of which the patch changes; none where the server draws it. */
  from: readonly Place[]
  /** A place beside it whose value it repeats, on whichever side it stands. */
  repeats?: Place
  /** Kinds it is written for; all where absent. */
  kinds?: readonly string[]
  /** Where in kubernetes v1.36 this is done. */
  source: string
}

const onPods = ['Pod'] as const

/** Labels that a Job's pods are told apart by: the Job's uid, and its name, which may be a drawn one. */
const jobLabels = ['controller-uid', 'job-name'].flatMap((name) => [name, `batch.kubernetes.io~1${name}`])

const rows: readonly Row[] = [
  // Drawn for every request: metav1.ObjectMeta, filled in before an object is created.
  ...['uid', 'creationTimestamp'].map((field): Row => ({
    value: `/metadata/${field}`,
    from: [],
    source: 'apiserver pkg/registry/rest/meta.go FillObjectMetaSystemFields',
  })),
  { value: '/metadata/managedFields/**', from: [], source: 'apiserver pkg/endpoints/handlers/fieldmanager' },
  { value: '/metadata/name', from: [], source: 'apiserver pkg/storage/names GenerateName' },
  ...['/spec/clusterIP', '/spec/clusterIPs/**', '/spec/ports/*/nodePort', '/spec/healthCheckNodePort'].map(
    (value): Row => ({
      value,
      from: [],
      kinds: ['Service'],
      source: 'pkg/registry/core/service/storage/alloc.go',
    }),
  ),
  ...jobLabels.map((label): Row => ({
    value: `/spec/template/metadata/labels/${label}`,
    from: [],
    kinds: ['Job'],
    source: 'pkg/registry/batch/job/strategy.go generateSelector',
  })),
  {
    value: '/spec/selector/matchLabels/batch.kubernetes.io~1controller-uid',
    from: [],
    kinds: ['Job'],
    source: 'pkg/registry/batch/job/strategy.go generateSelector',
  },
  ...jobLabels.map((label): Row => ({
    // Where the Job has no labels of its own it gets those of its template, and with them the drawn ones.
    value: `/metadata/labels/${label}`,
    from: [],
    repeats: `/spec/template/metadata/labels/${label}`,
    kinds: ['Job'],
    source: 'pkg/apis/batch/v1/defaults.go SetDefaults_Job',
  })),
  {
    value: '/metadata/labels/$label',
    from: ['/spec/template/metadata/labels/$label'],
    repeats: '/spec/template/metadata/labels/$label',
    kinds: ['Job'],
    source: 'pkg/apis/batch/v1/defaults.go SetDefaults_Job',
  },

  // One value under two names.
  {
    value: 'POD/serviceAccount',
    from: ['POD/serviceAccountName'],
    repeats: 'POD/serviceAccountName',
    source: 'pkg/apis/core/v1/conversion.go Convert_core_PodSpec_To_v1_PodSpec (DeprecatedServiceAccount)',
  },
  {
    value: 'POD/serviceAccountName',
    from: ['POD/serviceAccount'],
    repeats: 'POD/serviceAccount',
    source: 'pkg/apis/core/v1/conversion.go Convert_v1_PodSpec_To_core_PodSpec (DeprecatedServiceAccount)',
  },

  // Defaults that look at other fields.
  {
    value: 'POD/$list/$container/imagePullPolicy',
    from: ['POD/$list/$container/image'],
    source: 'pkg/apis/core/v1/defaults.go SetDefaults_Container',
  },
  {
    value: 'POD/volumes/$volume/image/pullPolicy',
    from: ['POD/volumes/$volume/image/reference'],
    source: 'pkg/apis/core/v1/defaults.go SetDefaults_Volume',
  },
  {
    value: 'POD/$list/$container/resources/requests/$resource',
    from: ['POD/$list/$container/resources/limits/$resource'],
    repeats: 'POD/$list/$container/resources/limits/$resource',
    kinds: onPods,
    source: 'pkg/apis/core/v1/defaults.go SetDefaults_Pod',
  },
  {
    value: 'POD/resources/requests/$resource',
    from: ['POD/resources/limits/$resource', 'POD/containers/*/resources', 'POD/initContainers/*/resources'],
    kinds: onPods,
    source: 'pkg/apis/core/v1/defaults.go defaultPodRequests',
  },
  {
    value: 'POD/$list/$container/ports/$port/hostPort',
    from: ['POD/hostNetwork'],
    repeats: 'POD/$list/$container/ports/$port/containerPort',
    kinds: onPods,
    source: 'pkg/apis/core/v1/defaults.go defaultHostNetworkPorts',
  },
  {
    value: '/status/qosClass',
    from: ['POD/containers/*/resources', 'POD/initContainers/*/resources', 'POD/resources'],
    kinds: onPods,
    source: 'pkg/registry/core/pod/strategy.go PrepareForCreate',
  },
  {
    value: 'POD/$list/$container/securityContext/appArmorProfile/**',
    from: ['TEMPLATE/metadata/annotations/*', 'POD/securityContext/appArmorProfile'],
    kinds: onPods,
    source: 'pkg/registry/core/pod/strategy.go applyAppArmorVersionSkew',
  },
  {
    value: '/spec/strategy/rollingUpdate/**',
    from: ['/spec/strategy/type'],
    kinds: ['Deployment'],
    source: 'pkg/apis/apps/v1/defaults.go SetDefaults_Deployment',
  },
  {
    value: '/spec/updateStrategy/rollingUpdate/**',
    from: ['/spec/updateStrategy/type'],
    kinds: ['DaemonSet', 'StatefulSet'],
    source: 'pkg/apis/apps/v1/defaults.go SetDefaults_DaemonSet, SetDefaults_StatefulSet',
  },
  ...['externalTrafficPolicy', 'internalTrafficPolicy', 'allocateLoadBalancerNodePorts'].map(
    (field): Row => ({
      value: `/spec/${field}`,
      from: ['/spec/type', '/spec/externalIPs'],
      kinds: ['Service'],
      source: 'pkg/apis/core/v1/defaults.go SetDefaults_Service',
    }),
  ),
  {
    value: '/spec/sessionAffinityConfig/**',
    from: ['/spec/sessionAffinity'],
    kinds: ['Service'],
    source: 'pkg/apis/core/v1/defaults.go SetDefaults_Service',
  },

  // Admission plug-ins of the server itself.
  ...[
    'POD/volumes/{name=kube-api-access-*}/**',
    'POD/*/*/volumeMounts/{mountPath=~1var~1run~1secrets~1kubernetes.io~1serviceaccount}/**',
  ].map((value): Row => ({
    value,
    from: ['POD/automountServiceAccountToken', 'POD/serviceAccountName', 'POD/serviceAccount'],
    kinds: onPods,
    source: 'plugin/pkg/admission/serviceaccount/admission.go mountServiceAccountToken',
  })),
  {
    value: 'POD/imagePullSecrets/**',
    from: ['POD/serviceAccountName', 'POD/serviceAccount'],
    kinds: onPods,
    source: 'plugin/pkg/admission/serviceaccount/admission.go Admit',
  },
  ...['priority', 'preemptionPolicy'].map((field): Row => ({
    value: `POD/${field}`,
    from: ['POD/priorityClassName'],
    kinds: onPods,
    source: 'plugin/pkg/admission/priority/admission.go admitPod',
  })),
  ...['overhead', 'nodeSelector', 'tolerations'].map((field): Row => ({
    value: `POD/${field}/**`,
    from: ['POD/runtimeClassName'],
    kinds: onPods,
    source: 'plugin/pkg/admission/runtimeclass/admission.go',
  })),
  {
    value: '/metadata/annotations/kubernetes.io~1limit-ranger',
    from: ['POD/containers/*/resources', 'POD/initContainers/*/resources'],
    kinds: onPods,
    source: 'plugin/pkg/admission/limitranger/admission.go mergePodResourceRequirements',
  },
]

/** Where the kinds have their pod's own object; its spec is below it. */
const templates: readonly Place[] = ['', '/template', '/spec/template', '/spec/jobTemplate/spec/template']

/** The rows with POD and TEMPLATE written out. */
const table: readonly Row[] = rows.flatMap((row) => {
  if (![row.value, ...row.from].some((place) => /^(?:POD|TEMPLATE)/.test(place))) return [row]
  const places = row.kinds === onPods ? [''] : templates
  return places.map((template): Row => {
    const written = (place: Place): Place =>
      place.replace(/^POD/, `${template}/spec`).replace(/^TEMPLATE/, template)
    return {
      ...row,
      value: written(row.value),
      from: row.from.map(written),
      ...(row.repeats === undefined ? {} : { repeats: written(row.repeats) }),
    }
  })
})

/** The two sides of a comparison, each as the source says it and as the server stored it. */
export interface Side {
  source: JsonObject
  stored: JsonObject
}

/**
 * What the server made the difference at a place from, or undefined where it is no value of the server's own. A value
 * that either source states is the author's, whatever the table says.
 */
export function derivedFrom(
  place: Place,
  before: Side,
  after: Side,
  changed: readonly Place[],
): string | undefined {
  const isStated = [before, after].some(({ source }) => valueAtPlace(source, place) !== undefined)
  if (isStated) return undefined
  const { kind } = after.stored
  const row = table.find(({ value, from, repeats, kinds }) => {
    if (kinds !== undefined && !(typeof kind === 'string' && kinds.includes(kind))) return false
    const names = match(value, place)
    if (names === undefined) return false
    const sources = from.map((other) => filled(other, names))
    if (from.length > 0 && !changed.some((other) => sources.some((one) => touches(one, other)))) return false
    return (
      repeats === undefined ||
      [before, after].every(({ stored }) => isRepeated(stored, place, filled(repeats, names)))
    )
  })
  return row?.source
}

function isRepeated(stored: JsonObject, place: Place, other: Place): boolean {
  const value = valueAtPlace(stored, place)
  return value === undefined || equal(value, valueAtPlace(stored, other))
}

/** The names that a row's place takes on at a place, or undefined where it is another. */
function match(pattern: Place, place: Place): Map<string, string> | undefined {
  const [parts, segments] = [pattern.split('/'), place.split('/')]
  const names = new Map<string, string>()
  for (const [index, part] of parts.entries()) {
    if (part === '**') return names
    const segment = segments[index]
    if (segment === undefined) return undefined
    if (part.startsWith('$')) {
      if ((names.get(part) ?? segment) !== segment) return undefined
      names.set(part, segment)
    } else if (part.includes('*') ? !fits(part, segment) : part !== segment) return undefined
  }
  return parts.length === segments.length ? names : undefined
}

function fits(part: string, segment: string): boolean {
  const [head = '', tail = ''] = part.split('*')
  return segment.startsWith(head) && segment.endsWith(tail)
}

function filled(place: Place, names: ReadonlyMap<string, string>): Place {
  return place
    .split('/')
    .map((part) => names.get(part) ?? part)
    .join('/')
}

/** The mount point of the token that the ServiceAccount plug-in adds; its volume has a drawn name. */
const tokenVolume = /^kube-api-access-[a-z0-9]{5}$/

/** A stored object with the drawn name of its token volume taken out, unless the source itself has that volume. */
export function withoutDrawnNames(stored: JsonObject, source: JsonObject): JsonObject {
  const stated = JSON.stringify(source)
  const renamed = (value: JsonValue): JsonValue => {
    if (typeof value === 'string')
      return tokenVolume.test(value) && !stated.includes(value) ? 'kube-api-access-*' : value
    if (Array.isArray(value)) return value.map(renamed)
    return isObject(value) ? renamedObject(value) : value
  }
  const renamedObject = (object: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(object).map(([key, item]) => [key, renamed(item)]))
  return renamedObject(stored)
}

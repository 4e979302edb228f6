import {
  equal,
  escapeSegment,
  isObject,
  property,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '../model/index.ts'

/** What an object loses to a patch, as JSON pointers into the original. */
export interface Losses {
  /** Keys and list items that are gone. */
  removed: string[]
  /** Plain values that are another now. */
  changed: string[]
}

/** Fields that tell the items of a list apart, the first that an item has. */
const itemKeys = ['mountPath', 'devicePath', 'containerPort', 'name', 'key', 'ip'] as const

export function losses(before: JsonObject, after: JsonObject): Losses {
  const found: Losses = { removed: [], changed: [] }
  compare(before, after, '', found)
  return found
}

function compare(before: JsonValue, after: JsonValue, pointer: string, found: Losses): void {
  if (before === after) return
  if (isObject(before) && isObject(after)) {
    for (const [key, value] of Object.entries(before)) {
      const at = `${pointer}/${escapeSegment(key)}`
      if (Object.hasOwn(after, key)) compare(value, after[key] ?? null, at, found)
      else if (value !== null) found.removed.push(at)
    }
  } else if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, pointer, found)
  else if (before !== null && !equal(before, after)) found.changed.push(pointer)
}

function compareLists(before: JsonValue[], after: JsonValue[], pointer: string, found: Losses): void {
  before.forEach((item, index) => {
    // A set, not a sequence: of two equal items one may go, and nothing is lost.
    if (item === after[index] || after.some((other) => equal(item, other))) return
    const at = `${pointer}/${index}`
    const twin = after.find((other) => sameItem(item, other))
    if (twin !== undefined) compare(item, twin, at, found)
    else if (isObject(item) && after.length === before.length && isObject(after[index]))
      compare(item, after[index], at, found)
    else found.removed.push(at)
  })
}

function sameItem(a: JsonValue, b: JsonValue): boolean {
  if (!isObject(a) || !isObject(b)) return false
  const key = itemKeys.find((name) => a[name] !== undefined)
  return key !== undefined && equal(a[key], b[key])
}

/**
 * What may go without asking (promise 1): only where the running object cannot differ, or where the finding is the
 * thing itself. Matched against the end of the pointer.
 */
const mayGo: readonly RegExp[] = [
  /\/(?:hostNetwork|hostPID|hostIPC)$/,
  /\/ports\/\d+\/hostPort$/,
  /\/securityContext\/capabilities\/add(?:\/\d+)?$/,
  /\/securityContext\/sysctls(?:\/\d+)?$/,
  /\/securityContext\/privileged$/,
  /\/securityContext\/procMount$/,
  /\/securityContext\/seLinuxOptions\/(?:user|role|type)$/,
  /\/securityContext\/windowsOptions\/hostProcess$/,
  /\/(?:httpGet|tcpSocket)\/host$/,
  /\/(?:seccompProfile|appArmorProfile)\/localhostProfile$/,
  /\/metadata\/annotations\/(?:seccomp\.security\.alpha\.kubernetes\.io~1pod|container\.seccomp\.security\.alpha\.kubernetes\.io~1[^/]+|container\.apparmor\.security\.beta\.kubernetes\.io~1[^/]+)$/,
]

/** Values that say which object it is, and what belongs to it: no fix may set another. */
const identity: readonly RegExp[] = [
  /^\/(?:apiVersion|kind)$/,
  /^\/metadata\/(?:name|generateName|namespace)$/,
  /\/selector(?:\/|$)/,
]

/** Values that say what runs and on what it works: no fix may set another, and none may lose them. */
const workload: readonly RegExp[] = [
  /\/(?:containers|initContainers|ephemeralContainers)\/\d+\/(?:name|image|command|args|env|envFrom|volumeMounts|volumeDevices|workingDir|ports\/\d+\/(?:containerPort|name|protocol))(?:\/|$)/,
  /\/spec\/(?:volumes|serviceAccountName|replicas|nodeSelector|tolerations)(?:\/|$)/,
]

/**
 * The pointers of what a patched object has lost and must not lose. Empty for a fix that loses nothing. `mayRemove`, from
 * the configuration, lets things go; it lets nothing that runs be another. `mayChange`, from there as well, does.
 */
export function forbiddenLosses(
  before: JsonObject,
  after: JsonObject,
  families: ReadonlySet<string>,
  mayRemove: boolean,
  mayChange = false,
): string[] {
  const neverChange = mayChange ? identity : [...identity, ...workload]
  const { removed, changed } = losses(before, after)
  return [
    ...(mayRemove ? [] : removed).filter(
      (pointer) =>
        !mayGo.some((pattern) => pattern.test(pointer)) &&
        !isMoved(before, after, pointer) &&
        !(families.has('deprecations') && hasMoved(before, after, pointer)),
    ),
    ...changed.filter((pointer) => {
      if (families.has('images') && pointer.endsWith('/image')) return false
      if (families.has('deprecations') && pointer === '/apiVersion') return false
      return neverChange.some((pattern) => pattern.test(pointer))
    }),
  ]
}

/** True where what went is the violation, or still stands: under its present name, or inside what includes it. */
function isMoved(before: JsonObject, after: JsonObject, pointer: string): boolean {
  const value = valueAt(before, pointer)
  // Root by number is the violation itself.
  if (pointer.endsWith('/securityContext/runAsUser') && value === 0) return true
  const spec = /^(.*)\/serviceAccount$/.exec(pointer)?.[1]
  if (spec !== undefined) return equal(property(valueAt(after, spec), 'serviceAccountName'), value)
  const drop = /^(.*\/capabilities\/drop)\/\d+$/.exec(pointer)?.[1]
  if (drop !== undefined) {
    const now = valueAt(after, drop)
    return Array.isArray(now) && now.includes('ALL')
  }
  return false
}

/** Fields that stand elsewhere in the version that took the place of another. All that match apply, one after the other. */
const movedTo: readonly (readonly [RegExp, string])[] = [
  [/^\/spec\/backend\//, '/spec/defaultBackend/'],
  [/\/serviceName$/, '/service/name'],
  [/\/servicePort$/, '/service/port/number'],
  [/\/object\/target\//, '/object/describedObject/'],
  [/\/metricName$/, '/metric/name'],
  [/\/(?:metricSelector|(?<=\/(?:pods|object)\/)selector)\//, '/metric/selector/'],
  [/\/targetAverageUtilization$/, '/target/averageUtilization'],
  [/^(\/spec\/.*)\/(?:targetAverageValue|averageValue)$/, '$1/target/averageValue'],
  [/\/targetValue$/, '/target/value'],
  [/\/currentAverageUtilization$/, '/current/averageUtilization'],
  [/^(\/status\/.*)\/(?:currentAverageValue|averageValue)$/, '$1/current/averageValue'],
  [/\/currentValue$/, '/current/value'],
]

/** Whether every plain value that went stands where the new version has it. */
function hasMoved(before: JsonObject, after: JsonObject, pointer: string): boolean {
  const value = valueAt(before, pointer)
  if (value === undefined) return false
  return leaves(value, pointer).every(([from, leaf]) => {
    const to = movedTo.reduce((at, [pattern, place]) => at.replace(pattern, place), from)
    // The port of a service has one name as a number and another as a text.
    const places = [to, to.replace(/\/port\/number$/, '/port/name')]
    return places.some((place) => place !== from && equal(valueAt(after, place), leaf))
  })
}

/** The plain values in a value, and what is empty. */
function leaves(value: JsonValue, pointer: string): [pointer: string, value: JsonValue][] {
  const inner = Array.isArray(value)
    ? value.map((item, index): [string, JsonValue] => [String(index), item])
    : isObject(value)
      ? Object.entries(value)
      : []
  return inner.length === 0
    ? [[pointer, value]]
    : inner.flatMap(([key, one]) => leaves(one, `${pointer}/${escapeSegment(key)}`))
}

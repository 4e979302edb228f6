import { callsOfContext, callsOfExpressions, textsIn, type Call } from '../detect/index.ts'
import {
  isObject,
  property,
  severities,
  type JsonObject,
  type JsonValue,
  type KyvernoPolicy,
} from '../model/index.ts'
import { readSource } from '../resources/index.ts'
import { constraintsSchema, isAboutPods, matchingOf } from './constraints.ts'
import type { MutatingPolicy } from './mutation.ts'
import { Untold } from './untold.ts'
import { variantsOf } from './autogen.ts'

/** A policy that changes objects, with what Kyverno is given of it. */
export interface ReadMutatingPolicy extends MutatingPolicy {
  /** The policy alone, without what it does beside changing the object that is sent. */
  object: JsonObject
  /** `group/Kind`, `group/*` or `any`, as policies of ours write them. */
  kinds: readonly string[]
}

export interface ReadMutatingPolicies {
  policies: ReadMutatingPolicy[]
  /** What of them is left out, and why; a sentence each. */
  notes: string[]
  /** Whether one that may asks a registry. */
  asksRegistry: boolean
}

/** What is allowed to policies by the configuration, by their names. */
export interface Allowed {
  calls: readonly string[]
  changes: readonly string[]
}

/** Of the policies that the user names, those that change objects. */
export function readMutatingPolicies(
  documents: readonly KyvernoPolicy[],
  allowed: Allowed,
): ReadMutatingPolicies {
  const read: ReadMutatingPolicies = { policies: [], notes: [], asksRegistry: false }
  for (const document of documents) {
    const { file, line, kind, name } = document
    const note = (text: string): void => {
      read.notes.push(`${file}:${line}: ${kind} ${name}: ${text}`)
    }
    const [resource] = readSource(file, document.text).resources
    const spec = resource?.object['spec']
    const isTyped = kind === 'MutatingPolicy' || kind === 'NamespacedMutatingPolicy'
    if (resource === undefined || !isObject(spec)) {
      // Of the others it is told where they judge.
      if (isTyped) note('spec is missing, so it changes nothing')
      continue
    }
    const given =
      kind === 'MutatingPolicy'
        ? celPolicy(resource.object, spec, note)
        : rulePolicy(document, resource.object, spec, note)
    if (given === undefined) {
      if (kind === 'NamespacedMutatingPolicy' || (kind === 'Policy' && rulesOf(spec).some(isMutating)))
        note('changes the objects of one namespace alone, and what it would change is not proposed')
      continue
    }
    const unknown = unknownIn(given.spec)
    if (unknown !== undefined) {
      note(`writes what no file tells (${unknown}), so what it would change is not proposed`)
      continue
    }
    const calls = callsIn(given.spec)
    if (calls.length > 0 && !allowed.calls.includes(name)) {
      note(
        `asks for what is not in the object (${calls.join(', ')}), so what it would change is not proposed; kyverno.allow-calls of the configuration lets it`,
      )
      continue
    }
    if (calls.some((call) => call.startsWith('a registry'))) read.asksRegistry = true
    read.policies.push({
      name,
      place: `${file}:${line}`,
      policy: reported(document, resource.object),
      mayChange: allowed.changes.includes(name),
      object: given.object,
      kinds: given.kinds,
    })
  }
  return read
}

interface Given {
  object: JsonObject
  spec: JsonObject
  kinds: readonly string[]
}

function celPolicy(object: JsonObject, spec: JsonObject, note: (text: string) => void): Given | undefined {
  const mode = property(property(spec, 'evaluation'), 'mode')
  if (mode !== undefined && mode !== 'Kubernetes') {
    const what = typeof mode === 'string' ? mode : 'what is unknown'
    note(`evaluates ${what}, not objects of Kubernetes, so what it would change is not proposed`)
    return undefined
  }
  return { object: without(object, spec), spec, kinds: kindsOf(spec) }
}

/** Each object is looked at by each policy for some 20 ms, so it is worth knowing which it is about. */
function kindsOf(spec: JsonObject): readonly string[] {
  const constraints = constraintsSchema.safeParse(spec['matchConstraints'])
  if (!constraints.success) return ['any']
  try {
    const { kinds } = matchingOf(constraints.data)
    return isAboutPods(constraints.data)
      ? [...kinds, ...variantsOf(undefined).flatMap((one) => one.kinds)]
      : kinds
  } catch (error) {
    if (error instanceof Untold) return ['any']
    throw error
  }
}

function rulePolicy(
  { kind }: KyvernoPolicy,
  object: JsonObject,
  spec: JsonObject,
  note: (text: string) => void,
): Given | undefined {
  if (kind !== 'ClusterPolicy') return undefined
  const mutating = rulesOf(spec).filter(isMutating)
  const rules = mutating.filter((rule) => {
    const targets = property(rule['mutate'], 'targets')
    if (targets === undefined) return true
    const name = typeof rule['name'] === 'string' ? rule['name'] : 'without a name'
    note(`its rule ${name} changes other objects than the one that is sent, and is left out`)
    return false
  })
  if (rules.length === 0) return undefined
  const own = { ...spec, rules }
  return { object: without(object, own), spec: own, kinds: ['any'] }
}

function rulesOf(spec: JsonObject): JsonObject[] {
  const rules = spec['rules']
  return Array.isArray(rules) ? rules.filter(isObject) : []
}

function isMutating(rule: JsonObject): boolean {
  return rule['mutate'] !== undefined
}

/** A policy as it is given to Kyverno: of its metadata the name, and the annotations that say what it applies to. */
function without({ apiVersion, kind, metadata }: JsonObject, spec: JsonObject): JsonObject {
  const annotations = property(metadata, 'annotations')
  return {
    apiVersion: apiVersion ?? '',
    kind: kind ?? '',
    metadata: { name: property(metadata, 'name') ?? '', ...(annotations !== undefined && { annotations }) },
    spec,
  }
}

/** Who sends an object, when, and chance: Kyverno would make something up, or write another value each time. */
const unknowable =
  /\brequest[)\s]*(?:\.\s*\??|\[\s*\??)\s*["'`]?(?:userInfo|roles|clusterRoles|uid|operation|dryRun)\b|\{\{[^}]*\bserviceAccountName(?:space)?\s*\}\}|\brandom\s*\(|\btime_now|\btime\s*\.\s*now/

function unknownIn(value: JsonValue): string | undefined {
  if (typeof value === 'string') return unknowable.exec(value)?.[0]
  const inside = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []
  return inside.map(unknownIn).find((one) => one !== undefined)
}

/** What a policy asks beside the object: in its expressions, and in a `context`, which a rule and a loop may have. */
function callsIn(spec: JsonObject): Call[] {
  return [...new Set([...callsOfExpressions(textsIn(spec)), ...callsOfContexts(spec)])]
}

function callsOfContexts(value: JsonValue): Call[] {
  if (Array.isArray(value)) return value.flatMap(callsOfContexts)
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inside]) => [
    ...(key === 'context' ? callsOfContext(inside) : []),
    ...callsOfContexts(inside),
  ])
}

function reported({ name, file, line }: KyvernoPolicy, object: JsonObject): MutatingPolicy['policy'] {
  const annotations = property(object['metadata'], 'annotations')
  const text = (key: string): string | undefined => {
    const value = property(annotations, `policies.kyverno.io/${key}`)
    const one = typeof value === 'string' ? value.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim() : ''
    return one === '' ? undefined : one
  }
  return {
    id: `kyverno/${name}`,
    title: text('title') ?? `The policy ${name} changes it in a cluster`,
    since: '1.0.0',
    severity: severities.find((severity) => severity === text('severity')) ?? 'medium',
    family: 'hygiene',
    why: text('description') ?? `What the policy ${name} makes of it in a cluster is not what its file says.`,
    'same-as': { kyverno: [name] },
    kinds: ['any'],
    'for-each': 'resource',
    judges: 'sent',
    at: 'object:',
    fix: 'none',
    advice: `Write into the file what the policy ${name} (${file}:${line}) would.`,
    breakage: { prior: 0, because: 'the policy changes it in any case' },
    examples: [],
  }
}

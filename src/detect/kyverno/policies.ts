import { z } from 'zod'
import {
  isObject,
  property,
  severities,
  type JsonObject,
  type JsonValue,
  type KyvernoPolicy,
  type Policy,
  type Severity,
} from '../../model/index.ts'
import { readDocuments } from '../../yaml/index.ts'
import { callsOfExpressions, callsOfRule, listOf, textOf, textsIn, type Call } from './calls.ts'

/** A policy that Kyverno judges by. */
export interface JudgingPolicy {
  /** Where it stands and what it is, for people: `policies/pods.yaml:3: ClusterPolicy no-root`. */
  place: string
  name: string
  /** Of a policy of one namespace; judges the objects of that one alone. */
  namespace: string | undefined
  /** `cel`: a ValidatingPolicy; `rules`: a ClusterPolicy. */
  form: 'cel' | 'rules'
  /** The rules of a ClusterPolicy, by name. */
  rules: readonly string[]
  title: string
  description: string
  severity: Severity | undefined
  /** The policy of ours that it was made from. */
  madeFrom: string | undefined
  /** The kinds that it looks at, as our policies name them; undefined where Kyverno alone can tell. */
  kinds: readonly string[] | undefined
  /** What is given to Kyverno, without a name. */
  object: JsonObject
}

export interface JudgingPolicies {
  policies: JudgingPolicy[]
  /** What is left out of them and why, a sentence each. */
  notes: string[]
  /** What a person has to put right before anything can be judged. */
  problems: string[]
  /** Whether a policy that may asks a registry. */
  asksRegistry: boolean
}

const nameSchema = z.string().min(1).max(253)

const celKinds: ReadonlySet<string> = new Set(['ValidatingPolicy', 'NamespacedValidatingPolicy'])
const ruleKinds: ReadonlySet<string> = new Set(['ClusterPolicy', 'Policy'])

/** What other policies of Kyverno do, where they do not judge. Mutations are proposals, and asked for elsewhere. */
const otherKinds: ReadonlyMap<string, string> = new Map([
  ['ImageValidatingPolicy', 'verifies images, which takes a registry'],
  ['NamespacedImageValidatingPolicy', 'verifies images, which takes a registry'],
  ['GeneratingPolicy', 'makes objects in a cluster'],
  ['NamespacedGeneratingPolicy', 'makes objects in a cluster'],
  ['DeletingPolicy', 'deletes objects of a cluster'],
  ['NamespacedDeletingPolicy', 'deletes objects of a cluster'],
  ['CleanupPolicy', 'deletes objects of a cluster'],
  ['ClusterCleanupPolicy', 'deletes objects of a cluster'],
])

/** Of the policies that the user names, those that judge objects. */
export function readJudgingPolicies(
  documents: readonly KyvernoPolicy[],
  mayCall: readonly string[],
): JudgingPolicies {
  const result: JudgingPolicies = { policies: [], notes: [], problems: [], asksRegistry: false }
  const known = new Map<string, string>()
  for (const document of documents) {
    const { kind, name } = document
    const place = `${document.file}:${document.line}: ${kind} ${name}`
    const does = otherKinds.get(kind)
    if (does !== undefined) result.notes.push(`${place} ${does}, so it judges nothing here`)
    if (!celKinds.has(kind) && !ruleKinds.has(kind)) continue
    const read = readOne(document, place)
    if ('problem' in read) {
      result.problems.push(`${place}: ${read.problem}`)
      continue
    }
    result.notes.push(...read.notes.map((note) => `${place}: ${note}`))
    const { policy } = read
    if (policy === undefined) continue
    const calls = [...new Set(read.calls)]
    if (calls.length > 0 && !mayCall.includes(name)) {
      result.problems.push(
        `${place}: judges by what is not in the object: it asks ${calls.join(', ')}. It is not run unless kyverno.allow-calls of the configuration names ${name}`,
      )
      continue
    }
    const key = [policy.form, policy.namespace ?? '', name].join('\n')
    const twin = known.get(key)
    if (twin !== undefined) {
      result.problems.push(`${place}: is there already (${twin}); a cluster can have one of that name`)
      continue
    }
    known.set(key, place)
    if (calls.some((call) => call.startsWith('a registry'))) result.asksRegistry = true
    result.policies.push(policy)
  }
  return result
}

/** One of ours, as it was exported. */
export function ownJudgingPolicy({ id, kinds }: Policy, object: JsonObject): JudgingPolicy {
  const metadata = property(object, 'metadata')
  const annotations = property(metadata, 'annotations')
  const severity = textOf(property(annotations, 'policies.kyverno.io/severity'))
  return {
    place: `the policy ${id}`,
    name: textOf(property(metadata, 'name')),
    namespace: undefined,
    form: 'cel',
    rules: [],
    title: textOf(property(annotations, 'policies.kyverno.io/title')),
    description: textOf(property(annotations, 'policies.kyverno.io/description')),
    severity: severities.find((level) => level === severity),
    madeFrom: id,
    kinds,
    object,
  }
}

interface Read {
  /** Undefined where none of its rules judges. */
  policy: JudgingPolicy | undefined
  calls: Call[]
  notes: string[]
}

function readOne(document: KyvernoPolicy, place: string): Read | { problem: string } {
  const [only, ...further] = readDocuments(document.text)
  const object = only?.value
  if (only?.problems.length !== 0 || further.length > 0 || !isObject(object))
    return { problem: 'is not one YAML document that holds an object' }
  const { apiVersion, kind } = object
  const metadata = property(object, 'metadata')
  const spec = property(object, 'spec')
  const name = nameSchema.safeParse(property(metadata, 'name'))
  if (typeof apiVersion !== 'string' || kind !== document.kind || !name.success)
    return { problem: 'apiVersion, kind or metadata.name is missing' }
  if (!isObject(spec)) return { problem: 'spec is missing, so it judges nothing' }
  const isNamespaced = document.kind === 'Policy' || document.kind === 'NamespacedValidatingPolicy'
  // Without one, it is made in the namespace that kubectl happens to be set to.
  const namespace = isNamespaced ? textOf(property(metadata, 'namespace')) || 'default' : undefined
  const annotations = property(metadata, 'annotations')
  const severity = textOf(property(annotations, 'policies.kyverno.io/severity'))
  const common = {
    place,
    name: name.data,
    namespace,
    title: textOf(property(annotations, 'policies.kyverno.io/title')),
    description: oneLine(textOf(property(annotations, 'policies.kyverno.io/description'))),
    severity: severities.find((level) => level === severity),
    madeFrom: undefined,
    kinds: undefined,
  }
  const parts = { common, apiVersion, annotations, spec }
  return celKinds.has(document.kind) ? readCel(parts) : readRules(parts)
}

interface Parts {
  common: Omit<JudgingPolicy, 'form' | 'rules' | 'object'>
  apiVersion: string
  annotations: JsonValue | undefined
  spec: JsonObject
}

function readCel({ common, apiVersion, annotations, spec }: Parts): Read | { problem: string } {
  const mode = property(property(spec, 'evaluation'), 'mode')
  if (mode !== undefined && mode !== 'Kubernetes')
    return {
      policy: undefined,
      calls: [],
      notes: [`evaluates ${textOf(mode)}, not objects of Kubernetes, so it judges nothing here`],
    }
  return {
    policy: {
      ...common,
      form: 'cel',
      rules: [],
      object: { apiVersion, kind: 'ValidatingPolicy', metadata: metadataOf(annotations), spec },
    },
    calls: callsOfExpressions(textsIn(spec)),
    notes: notesOn(spec),
  }
}

/** What rules of a ClusterPolicy do, where they do not judge. */
const otherRules: ReadonlyMap<string, string> = new Map([
  ['generate', 'makes objects in a cluster'],
  ['verifyImages', 'verifies images, which takes a registry'],
])

function readRules({ common, apiVersion, annotations, spec }: Parts): Read | { problem: string } {
  const all = listOf(spec['rules'])
  if (all.length === 0) return { problem: 'spec.rules is missing, so it judges nothing' }
  const nameless = all.findIndex(({ name }) => typeof name !== 'string' || name === '')
  if (nameless >= 0) return { problem: `rule ${nameless + 1} has no name` }
  const rules = all.filter(({ validate }) => validate !== undefined)
  const leftOut = all
    .filter(({ validate }) => validate === undefined)
    .flatMap((rule) =>
      [...otherRules].flatMap(([key, does]) =>
        rule[key] === undefined ? [] : [`its rule ${textOf(rule['name'])} ${does}, and is left out`],
      ),
    )
  return {
    policy:
      rules.length === 0
        ? undefined
        : {
            ...common,
            form: 'rules',
            rules: rules.map(({ name }) => textOf(name)),
            object: {
              apiVersion,
              kind: 'ClusterPolicy',
              metadata: metadataOf(annotations),
              spec: { ...spec, rules },
            },
          },
    // A rule may have a context and CEL of its own, too.
    calls: rules.flatMap((rule) => [...callsOfRule(rule), ...callsOfExpressions(textsIn(celOf(rule)))]),
    notes: [...leftOut, ...notesOn(rules)],
  }
}

function celOf(rule: JsonObject): JsonValue[] {
  return [property(property(rule, 'validate'), 'cel') ?? null, rule['celPreconditions'] ?? null]
}

function metadataOf(annotations: JsonValue | undefined): JsonObject {
  return annotations === undefined ? {} : { annotations }
}

function notesOn(judging: JsonValue): string[] {
  return selectsNamespaces(judging)
    ? ['selects namespaces by their labels, which no file tells: there it judges nothing']
    : []
}

function selectsNamespaces(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(selectsNamespaces)
  if (!isObject(value)) return false
  return Object.entries(value).some(([key, inside]) =>
    key === 'namespaceSelector' && isObject(inside)
      ? Object.keys(inside).length > 0
      : selectsNamespaces(inside),
  )
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
}

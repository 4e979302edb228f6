import { createHash } from 'node:crypto'
import {
  isObject,
  property,
  type JsonObject,
  type JsonValue,
  type ResourceReference,
} from '../model/index.ts'
import type { Resource, SourceFile } from '../resources/index.ts'
import type { Names } from './names.ts'
import { mostExceptions, type Exception } from './exception.ts'
import { wildcard } from './wildcard.ts'

/** A Kyverno PolicyException of the repository. Plain data. */
export interface PolicyException {
  file: string
  line: number
  name: string
  /** The names of Kyverno's policies, as written. */
  named: string
  /** What they are here. */
  policies: readonly string[]
  /** One of these has to fit; undefined = any object. */
  anyOf: readonly ResourceFilter[] | undefined
  /** And all of these. */
  allOf: readonly ResourceFilter[]
  /** What it says that cannot be told from a manifest, so that it does not hold here. */
  problem: string | undefined
  identity: string
}

/** Each list empty = anything. */
export interface ResourceFilter {
  kinds: readonly string[]
  names: readonly string[]
  namespaces: readonly string[]
}

/** Cheap look at a text. */
export function mayHoldPolicyExceptions(text: string): boolean {
  return text.includes('PolicyException')
}

/**
 * The PolicyExceptions of a file: `kyverno.io` (api/kyverno/v2/policy_exception_types.go of Kyverno 1.19), and
 * `policies.kyverno.io` as far as it has no expression. One that asks for more than kind, name and namespace of an
 * object is not guessed at.
 */
export function readPolicyExceptions(
  { file, lines, resources }: SourceFile,
  names: Names,
): PolicyException[] {
  return resources
    .filter(
      ({ group, kind }) =>
        kind === 'PolicyException' && (group === 'kyverno.io' || group === 'policies.kyverno.io'),
    )
    .slice(0, mostExceptions)
    .map((resource) => {
      const { line } = lines.position(resource.locate('')?.value.start ?? 0)
      const spec = property(resource.object, 'spec')
      const identity = hash([resource.namespace, resource.name, spec ?? null])
      const { policies, rules, ...filters } = readSpec(resource, isObject(spec) ? spec : {})
      return {
        file,
        line,
        name: resource.name,
        named: policies.join(', '),
        policies: [
          ...new Set(
            policies.flatMap((policy) =>
              names
                .ofTheirs('kyverno', policy)
                .flatMap((one) => (one === `kyverno/${policy}` ? narrowed(one, rules.get(policy)) : [one])),
            ),
          ),
        ],
        identity,
        ...filters,
      }
    })
}

interface Spec extends Pick<PolicyException, 'policies' | 'anyOf' | 'allOf' | 'problem'> {
  /** Rules of a policy, where not all are meant. */
  rules: ReadonlyMap<string, readonly string[]>
}

/** The rules of a policy that are meant, as findings name them. Those for the controllers of pods are the same rule. */
function narrowed(policy: string, rules: readonly string[] | undefined): string[] {
  if (rules === undefined || rules.length === 0 || rules.some((rule) => /[*?]/.test(rule))) return [policy]
  return rules.flatMap((rule) => {
    const written = rule.replace(/^autogen-(?:cronjob-)?/, '')
    return [...new Set([rule, written])].map((one) => `${policy}/${one}`)
  })
}

function readSpec({ group }: Resource, spec: JsonObject): Spec {
  if (group === 'policies.kyverno.io') {
    const policies = list(spec['policyRefs']).flatMap((one) => text(property(one, 'name')))
    const beyond = beyondKeys(spec, ['policyRefs'])
    return { policies, rules: new Map(), anyOf: undefined, allOf: [], problem: beyond }
  }
  const exceptions = list(spec['exceptions']).slice(0, mostExceptions)
  const policies = exceptions.flatMap((one) => text(property(one, 'policyName')))
  const rules = new Map<string, string[]>()
  for (const one of exceptions)
    for (const policy of text(property(one, 'policyName')))
      rules.set(policy, [...(rules.get(policy) ?? []), ...list(property(one, 'ruleNames')).flatMap(text)])
  const match = isObject(spec['match']) ? spec['match'] : {}
  const anyOf = list(match['any'])
  const allOf = list(match['all'])
  const problem =
    beyondKeys(spec, ['exceptions', 'match', 'background']) ??
    beyondKeys(match, ['any', 'all']) ??
    (anyOf.length + allOf.length === 0 ? 'names no objects' : undefined) ??
    [...anyOf, ...allOf].map(filterProblem).find((one) => one !== undefined)
  return {
    policies,
    rules,
    anyOf: anyOf.length === 0 ? undefined : anyOf.map(filterOf),
    allOf: allOf.map(filterOf),
    problem,
  }
}

function filterProblem(filter: JsonValue): string | undefined {
  const resources = property(filter, 'resources')
  if (!isObject(filter) || !isObject(resources)) return 'names no objects'
  // Which requests are meant does not matter: the manifest is what all of them carry.
  return (
    beyondKeys(filter, ['resources']) ??
    beyondKeys(resources, ['kinds', 'name', 'names', 'namespaces', 'operations'])
  )
}

function filterOf(filter: JsonValue): ResourceFilter {
  const resources = property(filter, 'resources')
  const texts = (key: string): string[] => list(property(resources, key)).flatMap(text)
  return {
    kinds: texts('kinds'),
    names: [...texts('names'), ...text(property(resources, 'name'))],
    namespaces: texts('namespaces'),
  }
}

function beyondKeys(value: JsonObject, known: readonly string[]): string | undefined {
  const beyond = Object.keys(value).filter((key) => !known.includes(key))
  return beyond.length === 0 ? undefined : `asks for ${beyond.join(', ')}, which only Kyverno can tell`
}

/** What a PolicyException excepts of an object; undefined where it is about others. */
export function policyExceptionAt(
  exception: PolicyException,
  object: ResourceReference,
): Exception | undefined {
  const fits = (filter: ResourceFilter): boolean => fitsFilter(filter, object)
  if (exception.problem !== undefined) return undefined
  if (exception.anyOf !== undefined && !exception.anyOf.some(fits)) return undefined
  if (!exception.allOf.every(fits)) return undefined
  return {
    form: 'object',
    name: `PolicyException ${exception.name}`,
    named: exception.named,
    policies: exception.policies,
    container: undefined,
    within: '',
    reason: `Kyverno excepts it in ${exception.file}:${exception.line}`,
    until: undefined,
    ranOut: false,
    problem: undefined,
    isOurs: false,
    line: undefined,
    identity: exception.identity,
  }
}

function fitsFilter({ kinds, names, namespaces }: ResourceFilter, object: ResourceReference): boolean {
  const fits = (patterns: readonly string[], value: string): boolean =>
    patterns.length === 0 || patterns.some((pattern) => wildcard(pattern, value))
  return (
    (kinds.length === 0 || kinds.some((kind) => fitsKind(kind, object))) &&
    fits(names, object.name) &&
    // Where it will be applied nobody can tell of an object that names no namespace.
    (namespaces.length === 0 || (object.namespace !== '' && fits(namespaces, object.namespace)))
  )
}

/** `Kind`, `version/Kind` or `group/version/Kind`, each with wildcards. */
function fitsKind(pattern: string, { apiVersion, kind }: ResourceReference): boolean {
  const parts = pattern.split('/')
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/', 2) : ['', apiVersion]
  const actual = [group ?? '', version ?? '', kind].slice(-parts.length)
  return (
    parts.length <= 3 &&
    parts.every((part, index) => part === actual[index] || wildcard(part, actual[index] ?? ''))
  )
}

function list(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : []
}

function text(value: JsonValue | undefined): string[] {
  return typeof value === 'string' ? [value] : []
}

function hash(value: JsonValue): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}

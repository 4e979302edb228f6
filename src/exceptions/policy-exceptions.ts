import { createHash } from 'node:crypto'
import {
  isObject,
  property,
  type JsonObject,
  type JsonValue,
  type ResourceReference,
} from '../model/index.ts'
import { objectCondition, type ObjectCondition } from '../policies/index.ts'
import type { Resource, SourceFile } from '../resources/index.ts'
import type { Names } from './names.ts'
import { mostExceptions, type ObjectException } from './exception.ts'
import { hasAll, labelsOf, selects, type Labels } from './selector.ts'
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
  /** One of these has to fit, or all of them; undefined = any object. */
  match: { of: 'any' | 'all'; filters: readonly JsonValue[] } | undefined
  /** And all of these expressions have to hold. */
  conditions: readonly string[]
  /** When it no longer holds, as written and in milliseconds since 1970. */
  until: string | undefined
  end: number | undefined
  /** What it asks for beside that, so that only Kyverno can tell what it is about. */
  problem: string | undefined
  identity: string
}

/** Labels of the namespaces that the repository declares, for each of their declarations. */
export type NamespaceLabels = Readonly<Record<string, readonly Labels[]>>

/** Cheap look at a text. */
export function mayHoldPolicyExceptions(text: string): boolean {
  return text.includes('PolicyException')
}

/**
 * The PolicyExceptions of a file: `kyverno.io` (api/kyverno/v2/policy_exception_types.go of Kyverno 1.19) and
 * `policies.kyverno.io`.
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
      const value = property(resource.object, 'spec')
      const spec = isObject(value) ? value : {}
      const identity = hash([resource.namespace, resource.name, value ?? null])
      const { entries, ...rest } =
        resource.group === 'kyverno.io' ? readMatching(spec) : readExpressions(spec)
      return {
        file,
        line,
        name: resource.name,
        named: entries.map(({ policy }) => policy).join(', '),
        policies: [...new Set(entries.flatMap((entry) => idsOf(entry, names)))],
        identity,
        ...rest,
      }
    })
}

/** Kyverno takes no wildcards there. A policy of a namespace is named with it, and only the user can have one. */
function idsOf({ policy, rules }: Entry, names: Names): string[] {
  if (/[*?]/.test(policy)) return []
  const [first = '', inside] = policy.split('/', 2)
  const own = `kyverno/${inside ?? first}`
  return names
    .ofTheirs('kyverno', inside ?? first)
    .filter((id) => inside === undefined || id === own)
    .flatMap((id) => (id === own ? narrowed(id, rules) : [id]))
}

/** The rules of a policy that are meant, as findings name them. Those for the controllers of pods are the same rule. */
function narrowed(policy: string, rules: readonly string[] | undefined): string[] {
  if (rules === undefined || rules.includes('*')) return [policy]
  return rules
    .flatMap((rule) => [rule, rule.replace(/^autogen-(?:cronjob-)?/, '')])
    .map((rule) => `${policy}/${rule}`)
}

interface Entry {
  policy: string
  /** Names, which may hold wildcards; undefined = all rules. */
  rules: readonly string[] | undefined
}

interface Spec extends Omit<PolicyException, 'file' | 'line' | 'name' | 'named' | 'identity' | 'policies'> {
  entries: readonly Entry[]
}

function readMatching(spec: JsonObject): Spec {
  const entries = list(spec['exceptions'])
    .slice(0, mostExceptions)
    .flatMap((one): Entry[] => {
      const rules = list(property(one, 'ruleNames')).flatMap(text)
      // Without a rule an entry names nothing; which of the rules is meant, a policy of ours does not tell apart.
      return rules.length === 0 ? [] : text(property(one, 'policyName')).map((policy) => ({ policy, rules }))
    })
  const match = isObject(spec['match']) ? spec['match'] : {}
  const anyOf = list(match['any'])
  return {
    entries,
    match: anyOf.length > 0 ? { of: 'any', filters: anyOf } : { of: 'all', filters: list(match['all']) },
    conditions: [],
    until: undefined,
    end: undefined,
    problem: beyondKeys(spec, ['exceptions', 'match', 'background']) ?? beyondKeys(match, ['any', 'all']),
  }
}

/** As RFC 3339 writes it: Kubernetes reads no other form, and JavaScript any text. */
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

function readExpressions(spec: JsonObject): Spec {
  const until = text(spec['expiresAt']).find((one) => moment.test(one))
  const end = until === undefined ? Number.NaN : Date.parse(until)
  const conditions = spec['matchConditions'] ?? []
  const expressions = list(conditions).map((one) => text(property(one, 'expression'))[0])
  return {
    entries: list(spec['policyRefs'])
      .flatMap((one) => text(property(one, 'name')))
      .map((policy) => ({ policy, rules: undefined })),
    match: undefined,
    conditions: expressions.flatMap((one) => one ?? []),
    until,
    end: Number.isNaN(end) ? undefined : end,
    problem:
      // Images and values that are allowed except a part of a policy.
      beyondKeys(spec, ['policyRefs', 'matchConditions', 'expiresAt', 'reportResult']) ??
      (!Array.isArray(conditions) || expressions.includes(undefined)
        ? 'has a condition without an expression'
        : undefined) ??
      (spec['expiresAt'] !== undefined && Number.isNaN(end)
        ? 'expires at no time that can be read'
        : undefined),
  }
}

function beyondKeys(value: JsonObject, known: readonly string[]): string | undefined {
  const beyond = Object.keys(value).filter((key) => !known.includes(key))
  return beyond.length === 0 ? undefined : `asks for ${beyond.join(', ')}, which only Kyverno can tell`
}

/** What is known where a PolicyException is asked about an object. */
export interface PolicyExceptionContext {
  namespaces: NamespaceLabels
  /** Milliseconds since 1970. */
  time: number
}

/**
 * What a PolicyException excepts of an object; undefined where it is about others. Where only Kyverno can tell, it has a
 * problem and excepts nothing.
 */
export function policyExceptionAt(
  exception: PolicyException,
  resource: Resource,
  context: PolicyExceptionContext,
): ObjectException | undefined {
  const { match, conditions } = exception
  const verdict =
    Math.max(match?.filters.length ?? 0, conditions.length) > mostExceptions
      ? `says more than is read (${mostExceptions} filters or conditions)`
      : verdictOn(exception, resource, context.namespaces)
  if (verdict === false) return undefined
  const { file, document, apiVersion, kind, namespace, name } = resource
  return {
    form: 'object',
    name: `PolicyException ${exception.name}`,
    named: exception.named,
    policies: exception.policies,
    container: undefined,
    within: '',
    reason: `Kyverno excepts it in ${exception.file}:${exception.line}`,
    until: exception.until,
    ranOut: exception.end !== undefined && exception.end <= context.time,
    problem: verdict === true ? undefined : verdict,
    isOurs: false,
    line: undefined,
    identity: exception.identity,
    file,
    document,
    object: { apiVersion, kind, namespace, name },
  }
}

/** Whether something is so, or why only Kyverno can tell. */
type Verdict = boolean | string

/** All of them. One that is not so settles it, whatever nobody can tell. */
function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false
  return verdicts.find((one) => typeof one === 'string') ?? true
}

/** One of them at least. */
function any(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(true)) return true
  return verdicts.find((one) => typeof one === 'string') ?? false
}

function verdictOn(
  { match, conditions, problem }: PolicyException,
  resource: Resource,
  namespaces: NamespaceLabels,
): Verdict {
  const matched =
    match === undefined ||
    (match.filters.length === 0
      ? 'names no objects'
      : (match.of === 'any' ? any : all)(match.filters.map((one) => fits(one, resource, namespaces))))
  return all([matched, ...conditions.map((one) => holds(one, resource)), problem ?? true])
}

/** One filter of `match`, as pkg/engine/utils/exceptions.go of Kyverno 1.19 reads it; it looks at no operation. */
function fits(filter: JsonValue, resource: Resource, namespaces: NamespaceLabels): Verdict {
  const resources = property(filter, 'resources')
  if (!isObject(filter) || !isObject(resources) || Object.keys(resources).length === 0)
    return 'names no objects'
  const { object, kind, name } = resource
  const namespace = kind === 'Namespace' ? name : resource.namespace
  const isNamed = (key: string, value: string): boolean => {
    const patterns = [...list(resources[key]), ...text(resources[key])].flatMap(text)
    return resources[key] === undefined || patterns.some((pattern) => wildcard(pattern, value))
  }
  const { kinds, selector, namespaceSelector, annotations } = resources
  return all([
    isOfKinds(kinds ?? [], resource),
    isNamed('names', name),
    isNamed('name', name),
    // Where it will be applied nobody can tell of an object that names no namespace.
    resources['namespaces'] === undefined || (namespace !== '' && isNamed('namespaces', namespace)),
    hasAll(annotations ?? {}, labelsOf(object, 'annotations')),
    selector === undefined || (isObject(selector) && selects(selector, labelsOf(object))),
    namespaceSelector === undefined ||
      kind === 'Namespace' ||
      (isObject(namespaceSelector) && selectsNamespace(namespaceSelector, namespace, namespaces)),
    beyondKeys(filter, ['resources']) ??
      beyondKeys(resources, [
        'kinds',
        'name',
        'names',
        'namespaces',
        'annotations',
        'selector',
        'namespaceSelector',
        'operations',
      ]) ??
      true,
  ])
}

/** The label that the API server gives to every namespace. */
const nameLabel = 'kubernetes.io/metadata.name'

function selectsNamespace(selector: JsonObject, namespace: string, namespaces: NamespaceLabels): Verdict {
  if (namespace === '') return 'asks for labels of the namespace, and the object names none'
  const declared = Object.hasOwn(namespaces, namespace) ? namespaces[namespace] : undefined
  if (declared !== undefined)
    return declared.every((labels) => selects(selector, { ...labels, [nameLabel]: namespace }))
  const { matchLabels } = selector
  const isByName =
    isObject(matchLabels) &&
    Object.keys(matchLabels).join() === nameLabel &&
    Object.keys(selector).length === 1
  return isByName
    ? selects(selector, { [nameLabel]: namespace })
    : `asks for labels of the namespace ${namespace}, which the repository does not declare`
}

const compiled = new Map<string, ObjectCondition>()

function holds(expression: string, resource: Resource): Verdict {
  const condition = compiled.get(expression) ?? objectCondition(expression)
  compiled.set(expression, condition)
  const unclear = (why: string): string => `asks for an expression that only Kyverno can tell (${why})`
  if (condition.problem !== undefined) return unclear(condition.problem)
  return condition.holds(resource) ?? unclear('it gives no verdict')
}

function isOfKinds(kinds: JsonValue, resource: Resource): Verdict {
  const patterns = list(kinds).flatMap(text)
  if (!Array.isArray(kinds) || patterns.length < kinds.length) return 'names its kinds in no list of texts'
  return patterns.length === 0 || patterns.some((one) => fitsKind(one, resource))
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

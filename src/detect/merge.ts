import { property, type Finding, type Policy, type Severity } from '../model/index.ts'
import type { Resource } from '../resources/index.ts'
import type { Lines } from '../yaml/index.ts'
import type { Engine, EngineFinding, EngineObject, EngineRule } from './engine.ts'
import { lastingGroup, lastingName, locationOf, referenceOf } from './finding.ts'

/** A finding of another engine, and the resource that it is about. */
export interface PlacedFinding {
  finding: EngineFinding
  resource: Resource
  lines: Lines
  /** How many earlier resources of the same file are named alike. */
  twin: number
}

export interface MergeInput {
  /** Name of the other engine, as policies name it under `same-as` and `covers`. */
  engine: string
  rules: readonly EngineRule[]
  ours: readonly Finding[]
  theirs: readonly PlacedFinding[]
  policies: readonly Policy[]
  /** Configured severities by policy id; `kube-linter/<rule>` for what only the engine reports. */
  severity?: Readonly<Record<string, Severity>>
}

export interface Merged {
  /** Our findings, in their order, with the engines that agree. */
  ours: Finding[]
  /** What only the other engine reports: advice, in the order given. */
  added: Finding[]
}

/**
 * The resource that an engine's finding is about, among those of its unit. Where the unit has one alone, it is that one,
 * whatever the engine reads its name as.
 */
export function resourceOf(object: EngineObject, resources: readonly Resource[]): Resource | undefined {
  const exact = resources.find(
    (resource) =>
      resource.group === object.group &&
      resource.kind === object.kind &&
      resource.namespace === object.namespace &&
      writtenName(resource) === object.name,
  )
  return exact ?? (resources.length === 1 ? resources[0] : undefined)
}

/** Engines know no name of an object that has only `generateName`. */
function writtenName({ object }: Resource): string {
  const name = property(property(object, 'metadata'), 'name')
  return typeof name === 'string' ? name : ''
}

/**
 * Brings together what we and another engine found. Where one of our policies names the engine's rule and reports the
 * same resource (and container, where both name one), the engine agrees with that finding; all else that it reports
 * becomes a finding of its own, without a fix.
 */
export function mergeFindings(input: MergeInput): Merged {
  const namedBy = policiesByRule({ name: input.engine, rules: input.rules }, input.policies)
  const rules = new Map(input.rules.map((rule) => [rule.name, rule]))
  const ours = input.ours.map((finding) => ({ ...finding, engines: [...finding.engines] }))
  const byPlace = new Map<string, Finding[]>()
  for (const finding of ours) {
    const place = placeOf(finding)
    const there = byPlace.get(place)
    if (there === undefined) byPlace.set(place, [finding])
    else there.push(finding)
  }
  const added: Finding[] = []
  const ordinals = new Map<string, number>()
  for (const placed of input.theirs) {
    const { rule } = placed.finding
    const policies = namedBy.get(rule) ?? []
    const container = containerIn(placed)
    const agreeing = (byPlace.get(placeOf(placeholder(placed))) ?? []).filter(
      (finding) =>
        policies.some(({ id }) => id === finding.policy) && mayBeSame(finding.container, container?.name),
    )
    if (agreeing.length === 0) {
      const finding = ownFinding(input, placed, rules.get(rule), policies, ordinals)
      added.push(finding)
    }
    for (const { engines } of agreeing)
      if (!engines.some((engine) => engine.name === input.engine && engine.rule === rule))
        engines.push({ name: input.engine, rule })
  }
  return { ours, added }
}

/** The policies that name a rule which the engine is asked for. */
export function namedByRules(engine: RuleSource, policies: readonly Policy[]): string[] {
  const byRule = policiesByRule(engine, policies)
  return engine.rules.flatMap((rule) => byRule.get(rule.name) ?? []).map(({ id }) => id)
}

/** What an engine reports of the patched objects that it did not report before: rule, object and container, counted. */
export function engineRegression(
  before: readonly EngineFinding[],
  after: readonly EngineFinding[],
): EngineFinding[] {
  const left = new Map<string, number>()
  for (const finding of before) left.set(identity(finding), (left.get(identity(finding)) ?? 0) + 1)
  return after.filter((finding) => {
    const count = left.get(identity(finding)) ?? 0
    left.set(identity(finding), count - 1)
    return count <= 0
  })
}

/** What is still there of what an engine said of a finding: empty when the fix has cleared it for that engine too. */
export function engineTargetsLeft(
  target: Pick<Finding, 'engines' | 'container'>,
  engine: string,
  after: readonly EngineFinding[],
): EngineFinding[] {
  const rules = new Set(target.engines.filter(({ name }) => name === engine).map(({ rule }) => rule))
  return after.filter(({ rule, container }) => rules.has(rule) && mayBeSame(target.container, container))
}

type RuleSource = Pick<Engine, 'name' | 'rules'>

/** The policies that are about a rule of an engine, by the rule: those that name it, and the one that it was made from. */
export function policiesByRule(
  { name, rules }: RuleSource,
  policies: readonly Policy[],
): Map<string, Policy[]> {
  const byName = new Map<string, Policy[]>()
  for (const policy of policies) {
    const named = [...(policy['same-as']?.[name] ?? []), ...(policy.covers?.[name] ?? [])]
    for (const rule of new Set(named)) byName.set(rule, [...(byName.get(rule) ?? []), policy])
  }
  const byRule = new Map(byName)
  const byId = new Map(policies.map((policy) => [policy.id, policy]))
  for (const { name: rule, partOf, madeFrom } of rules) {
    const source = madeFrom === undefined ? undefined : byId.get(madeFrom)
    const further = [...(byName.get(partOf ?? '') ?? []), ...(source === undefined ? [] : [source])]
    if (further.length > 0) byRule.set(rule, [...new Set([...(byName.get(rule) ?? []), ...further])])
  }
  return byRule
}

function placeOf({ resource, location }: Pick<Finding, 'resource'> & { location: Place }): string {
  const { apiVersion, kind, namespace, name } = resource
  return JSON.stringify([location.file, location.document, apiVersion, kind, namespace, name])
}

type Place = Pick<Finding['location'], 'file' | 'document'>

function placeholder({ resource }: PlacedFinding): Pick<Finding, 'resource'> & { location: Place } {
  return { resource: referenceOf(resource), location: resource }
}

/** Whether two findings can be about one container: a rule that looks at the whole pod names none. */
function mayBeSame(ours: string | undefined, theirs: string | undefined): boolean {
  return ours === undefined || theirs === undefined || ours === theirs
}

/** The container of the resource that a finding names; a message that names another is not trusted. */
function containerIn({ finding, resource }: PlacedFinding): { name: string; pointer: string } | undefined {
  if (finding.container === undefined) return undefined
  return resource.pod?.containers.find(({ name }) => name === finding.container)
}

const severityRank: readonly Severity[] = ['low', 'medium', 'high', 'critical']

function ownFinding(
  { engine, severity }: MergeInput,
  placed: PlacedFinding,
  rule: EngineRule | undefined,
  policies: readonly Policy[],
  ordinals: Map<string, number>,
): Finding {
  const { finding, resource, lines, twin } = placed
  const { file, group, kind, namespace, name } = resource
  const policy = `${engine}/${finding.rule}`
  const container = containerIn(placed)
  const key = JSON.stringify([policy, container?.name ?? '', ''])
  const place = JSON.stringify([resource.file, resource.document, resource.root, key])
  const ordinal = ordinals.get(place) ?? 0
  ordinals.set(place, ordinal + 1)
  const named = policies.map((one) => severity?.[one.id] ?? one.severity)
  const highest = severityRank.findLast((level) => named.includes(level))
  const remediation = finding.remediation === '' ? (rule?.remediation ?? '') : finding.remediation
  return {
    fingerprint: lastingName({
      policy,
      file,
      group,
      kind,
      namespace,
      name,
      key: ordinal === 0 ? key : `${key}#${ordinal}`,
      twin,
    }),
    policy,
    title: rule?.description === undefined || rule.description === '' ? finding.rule : rule.description,
    severity: severity?.[policy] ?? highest ?? rule?.severity ?? 'medium',
    engines: [{ name: engine, rule: finding.rule }],
    resource: referenceOf(resource),
    ...(container === undefined ? {} : { container: container.name }),
    location: locationOf(resource, lines, container?.pointer ?? ''),
    message: finding.message,
    state: 'advice',
    reason: {
      code: 'no-mechanical-fix',
      text: remediation === '' ? `${engine} reports it; no policy of ours fixes it` : remediation,
    },
    patch: [],
    edits: [],
    requires: [],
  }
}

function identity({ rule, group, kind, namespace, name, container }: EngineFinding): string {
  return JSON.stringify([rule, lastingGroup(group, kind), kind, namespace, name, container ?? null])
}

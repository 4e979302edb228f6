import { property, type JsonObject } from '../../model/index.ts'
import { builtInKinds } from '../../policies/index.ts'
import type { EngineAnswer, EngineFinding, EngineObject, EngineRule } from '../engine.ts'
import { oneLine, withoutSecrets } from './messages.ts'
import type { KyvernoResult } from './output.ts'
import type { JudgingPolicy } from './policies.ts'

/** One object that Kyverno was given, under a uid of ours. */
export interface Given {
  uid: string
  /** What it is called in the answer. */
  object: EngineObject
  content: JsonObject
}

/** The policies of a run by the name that they have there, our heartbeats among them. */
export interface Asked {
  policies: ReadonlyMap<string, JudgingPolicy>
  heartbeats: ReadonlySet<string>
}

/** The rules by which a policy reports, as findings name them: `<policy>`, of a ClusterPolicy `<policy>/<rule>`. */
export function kyvernoRules(policy: JudgingPolicy): EngineRule[] {
  const { name, form, rules, title, description, severity, madeFrom } = policy
  const common = {
    description: title,
    remediation: description,
    ...(severity !== undefined && { severity }),
    ...(madeFrom !== undefined && { madeFrom }),
  }
  return form === 'cel'
    ? [{ name, ...common }]
    : rules.map((rule) => ({ name: `${name}/${rule}`, partOf: name, ...common }))
}

/**
 * Turns the results of a run into an answer. What is not said to be judged is not clean: an object without a heartbeat is
 * unjudged, and a rule that ended in an error undecided. Undefined where a result speaks of what was not given, so that
 * nothing of the run can be trusted.
 */
export function kyvernoAnswer(
  results: readonly KyvernoResult[],
  given: ReadonlyMap<string, Given>,
  { policies, heartbeats }: Asked,
): EngineAnswer | undefined {
  const verdicts = new Map([...given.keys()].map((uid) => [uid, emptyVerdict()]))
  for (const result of results)
    for (const { uid = '' } of result.resources) {
      const verdict = verdicts.get(uid)
      const one = given.get(uid)
      if (verdict === undefined || one === undefined) return undefined
      if (heartbeats.has(result.policy)) {
        if (result.result === 'pass') verdict.beats.add(result.policy)
        continue
      }
      const policy = policies.get(result.policy)
      const rule = policy && ruleNamed(policy, result.rule)
      if (policy === undefined || rule === undefined) return undefined
      // The program takes a policy of one namespace for one of all.
      if (policy.namespace !== undefined && policy.namespace !== namespaceOf(one.object)) continue
      collect(verdict, one, rule, result)
    }
  const answer: EngineAnswer = { findings: [], judged: [], suppressed: [], unjudged: [] }
  const undecided: EngineFinding[] = []
  for (const [uid, { object }] of given) {
    const verdict = verdicts.get(uid)
    if (verdict === undefined) continue
    const isSeen = [...heartbeats].every((name) => verdict.beats.has(name))
    if (isSeen) answer.judged.push(object)
    else answer.unjudged.push({ unit: object.unit, because: 'kyverno says nothing about it' })
    answer.findings.push(...[...verdict.findings.values()].sort(byContent))
    undecided.push(...[...verdict.errors.values()].sort(byContent))
  }
  return undecided.length === 0 ? answer : { ...answer, undecided }
}

/** Undefined of what lives in no namespace. */
function namespaceOf({ group, kind, namespace }: EngineObject): string | undefined {
  return builtInKinds.get(group)?.clusterWide.includes(kind) === true ? undefined : namespace || 'default'
}

interface Verdict {
  beats: Set<string>
  findings: Map<string, EngineFinding>
  /** By rule. */
  errors: Map<string, EngineFinding>
}

function emptyVerdict(): Verdict {
  return { beats: new Set(), findings: new Map(), errors: new Map() }
}

function collect(verdict: Verdict, { object, content }: Given, rule: string, result: KyvernoResult): void {
  const isSecret = object.kind === 'Secret'
  const said = oneLine(withoutSecrets(result.message ?? '', content))
  const told = (message: string): EngineFinding => ({
    ...object,
    rule,
    container: undefined,
    message,
    remediation: '',
  })
  switch (result.result) {
    case 'pass':
    case 'skip':
      return
    case 'error':
      // Of a Secret, whatever an expression has choked on may be what is secret.
      verdict.errors.set(
        rule,
        told(`ends in an error${isSecret || said === '' ? '' : `: ${said.replace(/^error: /, '')}`}`),
      )
      return
    case 'fail':
    case 'warn': {
      const message = said === '' ? `${rule} does not hold` : said
      // Of one rule for pods and one for their controllers both may speak of one object.
      verdict.findings.set(JSON.stringify([rule, message]), told(message))
    }
  }
}

/** Kyverno writes rules for the controllers of pods itself, under names of at most 63 bytes. */
function ruleNamed(policy: JudgingPolicy, name: string | undefined): string | undefined {
  if (policy.form === 'cel') return policy.name
  if (name === undefined) return undefined
  const written = (prefix: string) => (rule: string) => `${prefix}${rule}`.slice(0, 63) === name
  const found =
    policy.rules.find((rule) => rule === name) ??
    policy.rules.find(written('autogen-cronjob-')) ??
    policy.rules.find(written('autogen-'))
  return found === undefined ? undefined : `${policy.name}/${found}`
}

function byContent(a: EngineFinding, b: EngineFinding): number {
  return compare(a.rule, b.rule) || compare(a.message, b.message)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The name alone: what an object has only `generateName` for has none. */
export function nameIn(content: JsonObject): string {
  const name = property(property(content, 'metadata'), 'name')
  return typeof name === 'string' ? name : ''
}

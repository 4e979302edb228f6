import { entry } from '../cli/world.ts'
import { startApiEngine } from '../../src/adapters/api-engine.ts'
import { exportPolicies, type ExportRequest } from '../../src/export-policies.ts'
import type { PolicyExport } from '../../src/export/index.ts'
import type { JsonObject, Policy } from '../../src/model/index.ts'
import { catalogue, createJudge, type Match, type PolicyContext } from '../../src/policies/index.ts'
import { subjectOf } from '../../src/resources/index.ts'
import { readConfig } from '../support/config.ts'

/*
 * The API server's own code judges objects by exported policies, and each verdict, with its words, is compared with ours
 * on the very object that the server has after its defaults.
 */

type Engine = ReturnType<typeof startApiEngine>

/** The first object of a kind takes some seconds: fifty policies are compiled for it. */
export function openEngine(): Engine {
  return startApiEngine(entry, { deadline: 60_000 })
}

export async function exported(engine: Engine, change: Partial<ExportRequest> = {}): Promise<PolicyExport[]> {
  return exportPolicies(
    { policies: catalogue, named: true, form: 'vap', actions: ['warn'], config: readConfig({}), ...change },
    engine,
  )
}

/** Puts exported policies in force; gives those that are. */
export async function enforce(
  engine: Engine,
  exports: readonly PolicyExport[],
  policies: readonly Policy[] = catalogue,
  beside: readonly JsonObject[] = [],
): Promise<Policy[]> {
  const objects = exports.flatMap(({ objects: all = [] }) => all)
  const bodies = [...beside, ...objects].map((object) => JSON.stringify(object))
  const answer = JSON.parse(await engine.ask({ op: 'context' }, bodies)) as { refused: unknown[] }
  if (answer.refused.length > 0) throw new Error(`refused: ${JSON.stringify(answer.refused)}`)
  const told = new Set(exports.flatMap(({ policy, objects: all }) => (all === undefined ? [] : [policy])))
  return policies.filter(({ id }) => told.has(id))
}

export interface Compared {
  /** What the API server would admit. */
  admitted: number
  /** Policies that both report, over all objects. */
  found: Map<string, number>
  differences: string[]
}

export async function compare(
  engine: Engine,
  policies: readonly Policy[],
  objects: Iterable<{ name: string; object: JsonObject }>,
  params: PolicyContext['params'] = {},
): Promise<Compared> {
  const judge = createJudge(policies, { params, values: { resources: {} } })
  const compared: Compared = { admitted: 0, found: new Map(), differences: [] }
  for (const { name, object } of objects) {
    const text = await engine.ask({ op: 'create', type: 'application/json' }, [JSON.stringify(object)])
    const answer = JSON.parse(text) as { code: number; object?: JsonObject; warnings: string[] }
    if (answer.code !== 201 || answer.object === undefined) continue
    compared.admitted++
    const subject = subjectOf(answer.object)
    if (subject === undefined) throw new Error(`${name}: the API server gave no object`)
    const theirs = warningsOf(answer.warnings)
    const { matches, errors } = judge.judge(subject)
    const ours = new Map(errors.map(({ policy, message }) => [policy, `error: ${message}`]))
    for (const { policy } of matches) {
      const text = wordsOf(policy, matches)
      // The API server takes no more words than this, and no second line.
      const isTaken = Buffer.byteLength(text) <= 5 * 1024 && !text.includes('\n')
      ours.set(policy.id, isTaken ? text : policy.title)
    }
    for (const id of new Set([...ours.keys(), ...theirs.keys()])) {
      const [mine, yours] = [ours.get(id), once(theirs.get(id))]
      if (mine === yours) compared.found.set(id, (compared.found.get(id) ?? 0) + 1)
      else
        compared.differences.push(
          `${name} ${id}: ours ${JSON.stringify(mine)}, theirs ${JSON.stringify(yours)}`,
        )
    }
  }
  return compared
}

/** What the exported policy says of an object. */
export function wordsOf(policy: Policy, matches: readonly Match[]): string {
  const own = matches.filter((match) => match.policy === policy)
  const places = own.map((match) => {
    const where = match.container === undefined ? '' : `container ${match.container.name}`
    const words = policy.message === undefined ? '' : match.message
    return [where, words].filter((part) => part !== '').join(': ')
  })
  const told = [...new Set(places.filter((place) => place !== ''))].join('; ')
  const lead = policy.message === undefined ? policy.title : ''
  return [lead, told].filter((part) => part !== '').join(': ')
}

/** Words that two items of a list share are told for each of them; CEL has no way to tell them once. */
export function once(text: string | undefined): string | undefined {
  return text === undefined ? undefined : [...new Set(text.split('; '))].join('; ')
}

/** By policy, the words that it warns with. */
function warningsOf(warnings: readonly string[]): Map<string, string> {
  const texts = new Map<string, string>()
  for (const warning of warnings) {
    const [, id, text] =
      /^Validation failed for ValidatingAdmissionPolicy 'k8s-autofix-([^']+)' with binding '[^']*': (.*)$/s.exec(
        warning,
      ) ?? []
    if (id !== undefined && text !== undefined) texts.set(id, text)
  }
  return texts
}

/** A policy with only what matters to a test. */
export function policyOf(change: Partial<Policy>): Policy {
  return {
    id: 'sample',
    title: 'A sample',
    since: '1.0.0',
    severity: 'low',
    family: 'hygiene',
    why: 'Tests need one.',
    kinds: ['pod-bearing'],
    'for-each': 'pod',
    judges: 'written',
    at: 'pod:/hostPID',
    fix: 'none',
    advice: 'None.',
    breakage: { prior: 0, because: 'nothing is changed' },
    examples: [],
    ...change,
  }
}

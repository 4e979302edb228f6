import { isEngineRule, outsideEngines, type KyvernoPolicy, type Policy } from '../model/index.ts'
import { didYouMean } from '../config/index.ts'
import { wildcard } from './wildcard.ts'

/** What of a policy says how others call it. */
export type NamedPolicy = Pick<Policy, 'id' | 'same-as' | 'covers' | 'known-as'>

/** How policies are called, by us and by others. */
export interface Names {
  /** What an exception for a policy of ours, or for `engine/rule`, is about; undefined for a name that nobody knows. */
  ofOurs(name: string): string[] | undefined
  /** `; did you mean ...` for a name that nobody knows. */
  suggest(name: string): string
  /** What an exception for the rule of another tool is about; `*` and `?` stand for anything. Empty for an unknown one. */
  ofTheirs(tool: string, rule: string): string[]
}

/** Engines that report findings of their own, which an exception can name. */
const engines: readonly string[] = outsideEngines

export function namesOf(
  policies: readonly NamedPolicy[],
  kyverno: readonly Pick<KyvernoPolicy, 'name'>[] = [],
): Names {
  const ours = new Map(policies.map((policy) => [policy.id, [policy.id, ...rulesOf(policy)]]))
  const theirs = new Map<string, Map<string, Set<string>>>()
  for (const policy of policies)
    for (const names of [policy['same-as'], policy.covers, policy['known-as']])
      for (const [tool, rules] of Object.entries(names ?? {}))
        for (const rule of rules) {
          const known = theirs.get(tool) ?? new Map<string, Set<string>>()
          theirs.set(tool, known)
          known.set(rule, (known.get(rule) ?? new Set()).add(policy.id))
        }
  // Policies of the user, whose findings bear their names.
  for (const { name } of kyverno) {
    const rule = `kyverno/${name}`
    ours.set(rule, [rule])
    const known = theirs.get('kyverno') ?? new Map<string, Set<string>>()
    theirs.set('kyverno', known.set(name, (known.get(name) ?? new Set()).add(rule)))
  }
  return {
    ofOurs: (name) => ours.get(name) ?? (isEngineRule(name) ? [name] : undefined),
    suggest: (name) => didYouMean(name, ours.keys()),
    ofTheirs(tool, rule) {
      const known = theirs.get(tool)
      const found = /[*?]/.test(rule)
        ? [...(known ?? [])].flatMap(([name, ids]) => (wildcard(rule, name) ? [...ids] : []))
        : [...(known?.get(rule) ?? [])]
      return [...new Set([...found, ...(engines.includes(tool) ? [`${tool}/${rule}`] : [])])]
    },
  }
}

function rulesOf(policy: NamedPolicy): string[] {
  return [policy['same-as'], policy.covers].flatMap((names) =>
    engines.flatMap((engine) => (names?.[engine] ?? []).map((rule) => `${engine}/${rule}`)),
  )
}

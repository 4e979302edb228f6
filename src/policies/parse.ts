import { policySchema, type JsonValue, type Policy } from '../model/index.ts'
import { checks } from './checks/index.ts'
import { repositoryChecks } from './checks/repository.ts'
import { Expression, type Scope } from './cel.ts'
import { computedValue, forEachOf, leastOf, rootedPath, rootsOf, scopeOf, verdictScopeOf } from './compile.ts'
import { fixes } from './fixes/index.ts'
import { repositoryFixes } from './fixes/repository.ts'
import { haveAllPods, kindProblem } from './kinds.ts'
import { looksAtRepository } from './reach.ts'

/** Something wrong with a policy file. `path` leads to it from the root of the file. */
export interface PolicyProblem {
  file: string
  path: readonly (string | number)[]
  message: string
}

/** Reads a policy from the value of its file: shape, kinds, pointers, and every expression compiled and type-checked. */
export function parsePolicy(value: unknown, file: string): Policy | { problems: PolicyProblem[] } {
  const parsed = policySchema.safeParse(value)
  if (!parsed.success)
    return {
      problems: parsed.error.issues.map((issue) => ({
        file,
        path: issue.path.map((key) => (typeof key === 'number' ? key : String(key))),
        message: issue.message,
      })),
    }
  const problems = policyProblems(parsed.data).map((problem) => ({ file, ...problem }))
  return problems.length > 0 ? { problems } : parsed.data
}

type Problem = Omit<PolicyProblem, 'file'>

function policyProblems(policy: Policy): Problem[] {
  const problems: Problem[] = []
  const report = (path: readonly (string | number)[], message: string): void => {
    problems.push({ path, message })
  }
  policy.kinds.forEach((kind, index) => {
    const message = kindProblem(kind)
    if (message !== undefined) report(['kinds', index], message)
  })
  const forEach = forEachOf(policy)
  if (forEach === undefined) {
    report(['for-each'], 'the one * stands last, as in pod:/volumes/*')
    return problems
  }
  const roots = rootsOf(forEach)
  if (roots.includes('pod') && !haveAllPods(policy.kinds))
    report(['for-each'], 'looks at pods, but not all of `kinds` carry one')
  if (policy.level === 'pod-or-container' && !roots.includes('container'))
    report(['level'], 'pod-or-container needs a policy about containers')
  if (policy.when === undefined && policy.check === undefined)
    report(['when'], 'either `when` or `check` is needed')
  const known = looksAtRepository(policy) ? repositoryChecks : checks
  if (policy.check !== undefined && !known.has(policy.check))
    report(['check'], `no check is called "${policy.check}"`)
  if (looksAtRepository(policy)) repositoryProblems(policy).forEach(([key, text]) => report([key], text))
  if (policy.fix === 'none' && policy.advice === undefined) report(['advice'], '`fix: none` needs an advice')

  const reportPointer = (path: readonly (string | number)[], text: string): void => {
    const rooted = rootedPath(text)
    if (rooted === undefined || !roots.includes(rooted.root))
      report(path, `starts from a root that this policy has not (it has: ${roots.join(', ')})`)
  }
  reportPointer(['at'], policy.at)
  const scope: Scope = scopeOf(policy, forEach)
  const expression = (
    path: readonly (string | number)[],
    source: string | undefined,
    expected: 'bool' | 'string' | 'any',
    names: Scope = scope,
  ): void => {
    const message =
      source === undefined ? undefined : new Expression(source, names, leastOf(policy)).problem(expected)
    if (message !== undefined) report(path, message)
  }
  const verdict = verdictScopeOf(scope)
  expression(['when'], policy.when, 'bool', verdict)
  expression(['message'], policy.message, 'string', verdict)
  expression(['ensures'], policy.ensures, 'bool', verdict)
  policy.differs?.forEach(({ when }, index) => expression(['differs', index, 'when'], when, 'bool', verdict))
  policy.hazards?.forEach(({ when, met }, index) => {
    const path = ['hazards', index, 'when']
    expression(path, when, 'bool')
    expression(['hazards', index, 'met'], met, 'string')
    if (looksAtRepository(policy) && (when !== undefined || met !== undefined))
      report(path, 'the code of the fix knows when, and what it has met: leave both out')
    if (!looksAtRepository(policy) && when === undefined) report(path, 'is needed')
  })
  policy.breakage.moves?.forEach(({ when }, index) =>
    expression(['breakage', 'moves', index, 'when'], when, 'bool'),
  )
  const fixList = policy.fix === 'none' ? [] : policy.fix
  fixList.forEach((fix, index) => {
    const at = ['fix', index]
    expression([...at, 'if'], fix.if, 'bool')
    const builders = looksAtRepository(policy) ? repositoryFixes : fixes
    if ('build' in fix && !builders.has(fix.build))
      report([...at, 'build'], `no fix is called "${fix.build}"`)
    if ('needs-value' in fix && fix['needs-value'].path !== undefined)
      reportPointer([...at, 'needs-value', 'path'], fix['needs-value'].path)
    if (!('patch' in fix)) return
    fix.patch.forEach((operation, step) => {
      const here = [...at, 'patch', step]
      if (typeof operation.path === 'string') reportPointer([...here, 'path'], operation.path)
      else expression([...here, 'path'], operation.path.cel, 'string')
      if (operation.op !== 'remove') expression([...here, 'value'], computedValue(operation.value), 'any')
    })
  })
  for (const [name, param] of Object.entries(policy.params ?? {}))
    if (!hasType(param.default, param.type)) report(['params', name, 'default'], `is no ${param.type}`)
  return problems
}

/** What a policy that is judged without its object at hand cannot have. */
function repositoryProblems(policy: Policy): [key: string, message: string][] {
  const problems: [string, string][] = []
  if (policy.check === undefined)
    problems.push(['looks-at', 'a policy that looks at the repository has a `check`'])
  for (const key of ['when', 'message', 'ensures', 'level'] as const)
    if (policy[key] !== undefined) problems.push([key, 'a policy that looks at the repository has none'])
  if (policy['for-each'] !== 'resource')
    problems.push(['for-each', 'a policy that looks at the repository judges each resource'])
  const entries = policy.fix === 'none' ? [] : policy.fix
  if (entries.some((fix) => fix.if !== undefined || 'patch' in fix || 'requires' in fix))
    problems.push(['fix', 'a policy that looks at the repository has no `if`, no `patch` and no `requires`'])
  if (entries.length > 0 && entries.every((fix) => 'build' in fix))
    problems.push(['fix', 'a needs-value or an advice is needed for what the code has no fix for'])
  return problems
}

type ParamType = 'string' | 'integer' | 'boolean' | 'strings'
function hasType(value: JsonValue, type: ParamType): boolean {
  if (type === 'strings') return Array.isArray(value) && value.every((item) => typeof item === 'string')
  if (type === 'integer') return Number.isSafeInteger(value)
  return typeof value === type
}

import {
  segments,
  type JsonValue,
  type Policy,
  type PolicyDifference,
  type PolicyFix,
} from '../model/index.ts'
import { Expression, type BindingName, type Scope } from './cel.ts'
import { largeObject, usualObject } from './cost.ts'
import { celValue, type CelValue, type Size } from './view.ts'

const roots = ['object', 'template', 'pod', 'container', 'item'] as const
export type Root = (typeof roots)[number]

/** `container:/securityContext/runAsUser`, taken apart. */
export interface RootedPath {
  root: Root
  pointer: string
  path: readonly string[]
}

export function rootedPath(text: string): RootedPath | undefined {
  const match = /^(object|template|pod|container|item):((?:\/(?:[^~/]|~[01])*)*)$/.exec(text)
  if (match === null) return undefined
  const [, name, pointer = ''] = match
  const root = roots.find((root) => root === name)
  return root && { root, pointer, path: segments(pointer) }
}

export type ForEach =
  | { kind: 'resource' | 'pod' | 'container' }
  /** Each item of the list or map at `list`; `root` tells where that path starts. */
  | { kind: 'item'; root: Exclude<Root, 'item'>; path: readonly string[]; pointer: string }

export function forEachOf(policy: Policy): ForEach | undefined {
  const text = policy['for-each']
  if (text === 'resource' || text === 'pod' || text === 'container') return { kind: text }
  const rooted = rootedPath(text.replace(/\/\*$/, ''))
  if (rooted === undefined || rooted.root === 'item' || !text.endsWith('/*') || rooted.path.includes('*'))
    return undefined
  return { kind: 'item', root: rooted.root, path: rooted.path, pointer: rooted.pointer }
}

/** The roots a policy has, from what it judges one by one. */
export function rootsOf(forEach: ForEach): readonly Root[] {
  if (forEach.kind === 'item') return [...outerRoots[forEach.root], 'item']
  return outerRoots[forEach.kind === 'resource' ? 'object' : forEach.kind]
}

const podRoots = ['object', 'template', 'pod'] as const
const outerRoots: Readonly<Record<Exclude<Root, 'item'>, readonly Root[]>> = {
  object: ['object'],
  template: podRoots,
  pod: podRoots,
  container: [...podRoots, 'container'],
}

export function scopeOf(policy: Policy, forEach: ForEach): Scope {
  const roots = rootsOf(forEach)
  const scope = new Set<BindingName>(['params', 'values', 'image', ...roots])
  if (roots.includes('container')) scope.add('containerList')
  if (forEach.kind === 'item') scope.add('index').add('key')
  if (policy.level === 'pod-or-container') scope.add('effective')
  return scope
}

/** For what objects the expressions of a policy have to be cheap enough. */
export function leastOf({ judges }: Policy): Size {
  return judges === 'sent' ? usualObject : largeObject
}

/** What verdicts may read: what is found does not depend on what is known of images, which no cluster knows. */
export function verdictScopeOf(scope: Scope): Scope {
  return new Set([...scope].filter((name) => name !== 'image'))
}

export interface CompiledFix {
  source: PolicyFix
  condition: Expression | undefined
  operations: readonly CompiledOperation[]
}

export interface CompiledOperation {
  op: 'add' | 'replace' | 'remove'
  path: RootedPath | Expression
  value: { literal: JsonValue } | { expression: Expression } | undefined
}

export interface CompiledPolicy {
  policy: Policy
  forEach: ForEach
  at: RootedPath
  when: Expression | undefined
  message: Expression | undefined
  ensures: Expression | undefined
  fixes: readonly CompiledFix[]
  hazards: readonly {
    name: string
    because: string
    condition: Expression
    /** What has been met, in words. */
    met: Expression | undefined
  }[]
  moves: readonly { to: number; because: string; condition: Expression }[]
  differences: readonly { source: PolicyDifference; condition: Expression | undefined }[]
  defaults: Readonly<Record<string, CelValue>>
}

const compiled = new WeakMap<Policy, CompiledPolicy>()

/**
 * The policy with its expressions taken out, none of them parsed yet. Throws for a policy that parsePolicy would not
 * let through.
 */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const known = compiled.get(policy)
  if (known !== undefined) return known
  const forEach = forEachOf(policy)
  const at = rootedPath(policy.at)
  if (forEach === undefined || at === undefined) throw new TypeError(`policy ${policy.id} was not checked`)
  const scope = scopeOf(policy, forEach)
  const verdictScope = verdictScopeOf(scope)
  const expression = (source: string): Expression => new Expression(source, scope, leastOf(policy))
  const optional = (source: string | undefined): Expression | undefined =>
    source === undefined ? undefined : expression(source)
  const verdict = (source: string | undefined): Expression | undefined =>
    source === undefined ? undefined : new Expression(source, verdictScope, leastOf(policy))
  const result: CompiledPolicy = {
    policy,
    forEach,
    at,
    when: verdict(policy.when),
    message: verdict(policy.message),
    ensures: verdict(policy.ensures),
    fixes: (policy.fix === 'none' ? [] : policy.fix).map((source) => ({
      source,
      condition: optional(source.if),
      operations:
        'patch' in source ? source.patch.map((operation) => compileOperation(operation, expression)) : [],
    })),
    hazards: (policy.hazards ?? []).flatMap(({ name, because, when, met }) =>
      when === undefined ? [] : [{ name, because, condition: expression(when), met: optional(met) }],
    ),
    moves: (policy.breakage.moves ?? []).map(({ to, because, when }) => ({
      to,
      because,
      condition: expression(when),
    })),
    differences: (policy.differs ?? []).map((source) => ({ source, condition: verdict(source.when) })),
    defaults: Object.fromEntries(
      Object.entries(policy.params ?? {}).map(([name, param]) => [name, celValue(param.default)]),
    ),
  }
  compiled.set(policy, result)
  return result
}

type Patch = Extract<PolicyFix, { patch: unknown }>['patch']

function compileOperation(
  operation: Patch[number],
  expression: (source: string) => Expression,
): CompiledOperation {
  const { op } = operation
  const path =
    typeof operation.path === 'string' ? rootedPath(operation.path) : expression(operation.path.cel)
  if (path === undefined) throw new TypeError('the path of an operation was not checked')
  if (operation.op === 'remove') return { op, path, value: undefined }
  const computed = computedValue(operation.value)
  const value = computed === undefined ? { literal: operation.value } : { expression: expression(computed) }
  return { op, path, value }
}

/** The expression of a value written as `{cel: ...}`. */
export function computedValue(value: JsonValue): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const source = value['cel']
  return typeof source === 'string' && Object.keys(value).length === 1 ? source : undefined
}

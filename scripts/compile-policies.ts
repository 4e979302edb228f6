/**
 * Compiles policies/<family>/<id>.yaml into src/policies/catalogue.generated.ts (and their examples into
 * examples.generated.ts), after checking each file: shape, names, pointers, and every expression.
 *
 *   scripts/node scripts/compile-policies.ts [--check]
 *
 * With --check nothing is written; it fails when the generated files are not what the policies give.
 */
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, sep } from 'node:path'
import { LineCounter, isNode, parseDocument } from 'yaml'
import type { Policy, PolicyExample } from '../src/model/index.ts'
// Past the room's index, which would load the very file that is written here.
import { parsePolicy } from '../src/policies/parse.ts'
import { settle } from './generated.ts'
import { root } from './package.ts'

export interface CompiledPolicies {
  /** Generated text by path from the project's root. */
  files: Map<string, string>
  /** `file:line: message`. */
  problems: string[]
}

export function compilePolicies(folder = join(root, 'policies')): CompiledPolicies {
  const problems: string[] = []
  const policies = new Map<string, { policy: Policy; at: (path: readonly (string | number)[]) => string }>()
  for (const path of globSync('**/*.{yaml,yml}', { cwd: folder }).sort()) {
    const file = `policies/${path.split(sep).join('/')}`
    const counter = new LineCounter()
    const document = parseDocument(readFileSync(join(folder, path), 'utf8'), { lineCounter: counter })
    /** `file:line` of the deepest node on a path. */
    const at = (keys: readonly (string | number)[]): string => {
      for (let depth = keys.length; depth >= 0; depth--) {
        const node = document.getIn(keys.slice(0, depth), true)
        if (isNode(node) && node.range) return `${file}:${counter.linePos(node.range[0]).line}`
      }
      return `${file}:1`
    }
    for (const error of document.errors)
      problems.push(`${file}:${counter.linePos(error.pos[0]).line}: ${error.message}`)
    if (document.errors.length > 0) continue
    const value: unknown = document.toJS()
    const policy = parsePolicy(value, file)
    if ('problems' in policy) {
      for (const problem of policy.problems)
        problems.push(`${at(problem.path)}: ${problem.path.join('.')}: ${problem.message}`)
      continue
    }
    const known = policies.get(policy.id)
    if (known !== undefined) problems.push(`${at(['id'])}: ${policy.id} is already in ${known.at(['id'])}`)
    if (basename(path) !== `${policy.id}.yaml` || basename(dirname(path)) !== policy.family)
      problems.push(`${at(['id'])}: belongs into policies/${policy.family}/${policy.id}.yaml`)
    if (policy.examples.length < 4)
      problems.push(`${at(['examples'])}: a built-in policy has four examples or more`)
    if (new Set(policy.examples.map(({ name }) => name)).size < policy.examples.length)
      problems.push(`${at(['examples'])}: two examples have the same name`)
    policies.set(policy.id, { policy, at })
  }
  for (const { policy, at } of policies.values()) {
    if (policy.fix === 'none') continue
    policy.fix.forEach((fix, index) => {
      if (!('requires' in fix)) return
      fix.requires?.forEach((id, position) => {
        if (!policies.has(id))
          problems.push(`${at(['fix', index, 'requires', position])}: no policy is called "${id}"`)
      })
    })
  }
  const sorted = [...policies.values()].map(({ policy }) => policy).sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    files: new Map([
      ['src/policies/catalogue.generated.ts', catalogueText(sorted)],
      ['src/policies/examples.generated.ts', examplesText(sorted)],
    ]),
    problems,
  }
}

const header = '// Written by scripts/compile-policies.ts from policies/**/*.yaml. Do not edit.\n'

function catalogueText(policies: readonly Policy[]): string {
  const bare = policies.map((policy): Policy => ({ ...policy, examples: [] }))
  return `${header}import type { Policy } from '../model/index.ts'\n\nexport const catalogue: readonly Policy[] = ${JSON.stringify(bare, undefined, 1)}\n`
}

function examplesText(policies: readonly Policy[]): string {
  const examples: Record<string, readonly PolicyExample[]> = Object.fromEntries(
    policies.map((policy) => [policy.id, policy.examples]),
  )
  return `${header}import type { PolicyExample } from '../model/index.ts'\n\nexport const examples: Readonly<Record<string, readonly PolicyExample[]>> = ${JSON.stringify(examples, undefined, 1)}\n`
}

function main(): number {
  const { files, problems } = compilePolicies()
  if (problems.length > 0) {
    console.error(problems.join('\n'))
    return 1
  }
  settle(files)
  return Number(process.exitCode ?? 0)
}

if (import.meta.main) process.exitCode = main()

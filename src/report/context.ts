import type { Finding, Policy } from '../model/index.ts'
import { Lines } from '../yaml/index.ts'
import { createStyle, type Style } from './style.ts'

/** What the renderer tells about a policy. */
export type PolicyText = Pick<Policy, 'id' | 'why' | 'family' | 'standards'>

export interface PrettyOptions {
  color: boolean
  /** Columns of the terminal; undefined = not a terminal, nothing is cut. */
  width: number | undefined
  policies: readonly PolicyText[]
  /** Findings and what could not be read, the closing lines, or both. */
  show: 'all' | 'findings' | 'summary'
  command: 'scan' | 'fix' | 'explain'
  /** `fix` without writing: what it would have written counts as `written`. */
  dryRun: boolean
  /** Fingerprints whose fix was written, by `fix`. */
  written: ReadonlySet<string>
  /** The arguments of this run that a next run needs as well, paths last: `['deploy/']`. */
  next: readonly string[]
}

/** What every part of the pretty report needs. */
export interface Context {
  options: PrettyOptions
  style: Style
  /** Columns that a line may take; infinite where nothing is cut. */
  width: number
  linesOf: (file: string) => Lines | undefined
  policyOf: (finding: Finding) => PolicyText | undefined
}

export function createContext(sources: ReadonlyMap<string, string>, options: PrettyOptions): Context {
  const lines = new Map<string, Lines>()
  const policies = new Map(options.policies.map((policy) => [policy.id, policy]))
  return {
    options,
    style: createStyle(options.color),
    width: options.width === undefined ? Number.POSITIVE_INFINITY : Math.max(30, options.width),
    linesOf(file) {
      const text = sources.get(file)
      if (text === undefined) return undefined
      let known = lines.get(file)
      if (known === undefined) lines.set(file, (known = new Lines(text)))
      return known
    },
    policyOf: ({ policy }) => policies.get(policy),
  }
}

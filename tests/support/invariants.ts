import { parseAllDocuments } from 'yaml'
import { applyLineEdits } from '../../src/edit/index.ts'
import type { JsonValue } from '../../src/model/index.ts'
import type { FileResult } from '../../src/pipeline.ts'
import { collateralLines } from './collateral.ts'

export interface Violation {
  file: string
  what: 'crash' | 'collateral' | 'new-finding' | 'not-fixed' | 'not-idempotent' | 'order-matters'
  detail: string
}

type Analyse = (file: string, text: string) => FileResult

/** The invariants that hold for every file there is: what promises 1 and 2 say, checked from outside. */
export function checkFile(
  analyse: Analyse,
  file: string,
  text: string,
): { result: FileResult | undefined; violations: Violation[] } {
  const violations: Violation[] = []
  const violate = (what: Violation['what'], detail: string): void => {
    violations.push({ file, what, detail })
  }
  try {
    const result = analyse(file, text)
    const change = result.change
    if (change === undefined) return { result, violations }
    const collateral = collateralLines(text, change.after)
    if (collateral.length > 0) violate('collateral', JSON.stringify(collateral.slice(0, 3)))
    const after = analyse(file, change.after)
    const before = new Set(result.findings.map(({ fingerprint }) => fingerprint))
    for (const { fingerprint, policy, message } of after.findings)
      if (!before.has(fingerprint)) violate('new-finding', `${policy}: ${message}`)
    const left = new Set(after.findings.map(({ fingerprint }) => fingerprint))
    for (const { fingerprint, policy } of result.findings)
      if (change.fingerprints.includes(fingerprint) && left.has(fingerprint)) violate('not-fixed', policy)
    if (after.change !== undefined)
      violate(
        'not-idempotent',
        after.findings
          .filter(({ state }) => state === 'fixed')
          .map(({ policy }) => policy)
          .join(),
      )
    return { result, violations }
  } catch (error) {
    violate('crash', error instanceof Error ? (error.stack ?? error.message) : String(error))
    return { result: undefined, violations }
  }
}

/** Applies one group after the other, each found anew in the text that the one before has left. */
export function groupByGroup(
  analyse: Analyse,
  file: string,
  text: string,
): { text: string; result: FileResult } {
  let current = text
  for (let round = 0; ; round++) {
    const result = analyse(file, current)
    const next = result.findings.find(({ state }) => state === 'fixed')
    if (next === undefined) return { text: current, result }
    if (round > 500) throw new Error(`${file}: fixing one by one does not end`)
    current = applyLineEdits(current, next.edits)
  }
}

/** All at once and one by one must end in the same objects and the same findings. */
export function checkOrder(analyse: Analyse, file: string, text: string): Violation[] {
  const all = analyse(file, text).change?.after ?? text
  const one = groupByGroup(analyse, file, text)
  const together = objects(all)
  const single = objects(one.text)
  const violations: Violation[] = []
  if (together !== single)
    violations.push({ file, what: 'order-matters', detail: `objects: ${difference(together, single)}` })
  const findings = (found: FileResult): string =>
    found.findings
      .map(({ fingerprint, state }) => `${fingerprint} ${state}`)
      .sort()
      .join('\n')
  if (findings(analyse(file, all)) !== findings(one.result))
    violations.push({ file, what: 'order-matters', detail: 'findings differ' })
  return violations
}

function difference(a: string, b: string): string {
  const at = Array.from(a).findIndex((character, index) => character !== b[index])
  return `${a.slice(Math.max(0, at - 80), at + 80)} <> ${b.slice(Math.max(0, at - 80), at + 80)}`
}

/** All documents as one text, blind to the order of lists that the API merges by key, and of keys. */
function objects(text: string): string {
  const documents = parseAllDocuments(text, { merge: true, logLevel: 'silent', uniqueKeys: false })
  return JSON.stringify(
    documents.map((document) => {
      const value: JsonValue = document.toJS({ maxAliasCount: -1 }) as JsonValue
      return canonical(value)
    }),
  )
}

const merged = new Set(['volumes', 'volumeMounts', 'env', 'ports', 'containers', 'initContainers'])

function canonical(value: JsonValue, key = ''): JsonValue {
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item))
    return merged.has(key) ? items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, canonical(item, name)]),
  )
}

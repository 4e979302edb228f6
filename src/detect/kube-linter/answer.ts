import type { EngineAnswer, EngineFinding, EngineObject, Unit } from '../engine.ts'
import { containerOf } from './container.ts'
import { describeLoadFailure, isEmptyDocument } from './load-failure.ts'
import type { KubeLinterReport } from './output.ts'

/** One file that kube-linter was given. */
export interface Entry {
  unit: Unit
  /**
   * `shown` is the unit. `bare` is a copy, in a folder of its own, whose annotation `kube-linter.io/ignore-all` has
   * another name: it shows which objects are there at all.
   */
  role: 'shown' | 'bare'
}

/** The annotation that makes kube-linter pass over an object, for our heartbeat too. */
export const ignoreAll = 'kube-linter.io/ignore-all'

/** The check id of documents that did not load (`--fail-on-invalid-resource`). */
const loadFailure = 'failed-to-load-object'

/**
 * Turns the reports of a run into an answer. Missing output is never clean: a unit without a heartbeat of ours ends as
 * suppressed or unjudged. `entries` are the files of the run by the path that they were written to; undefined where a
 * report speaks of another file, so that nothing of the run can be trusted.
 */
export function answerOf(
  reports: readonly KubeLinterReport[],
  entries: ReadonlyMap<string, Entry>,
  heartbeat: string,
): EngineAnswer | undefined {
  const verdicts = new Map<string, Verdict>()
  for (const { unit } of entries.values())
    if (!verdicts.has(unit.id))
      verdicts.set(unit.id, { findings: [], seen: [], bare: undefined, failures: [] })
  for (const { unit, role } of entries.values()) {
    const verdict = verdicts.get(unit.id)
    if (role === 'bare' && verdict !== undefined) verdict.bare = []
  }
  for (const report of reports) {
    const entry = entries.get(report.Object.Metadata.FilePath)
    const verdict = entry === undefined ? undefined : verdicts.get(entry.unit.id)
    if (entry === undefined || verdict === undefined) return undefined
    collect(report, entry, verdict, heartbeat)
  }
  const answer: EngineAnswer = { findings: [], judged: [], suppressed: [], unjudged: [] }
  for (const [unit, verdict] of verdicts) settle(unit, verdict, answer)
  return answer
}

interface Verdict {
  findings: EngineFinding[]
  seen: EngineObject[]
  bare: EngineObject[] | undefined
  failures: string[]
}

function collect(report: KubeLinterReport, entry: Entry, verdict: Verdict, heartbeat: string): void {
  const { Namespace: namespace, Name: name, GroupVersionKind: gvk } = report.Object.K8sObject
  const object = { unit: entry.unit.id, group: gvk.Group, kind: gvk.Kind, namespace, name }
  const message = report.Diagnostic.Message
  if (entry.role === 'bare') {
    if (report.Check === heartbeat) verdict.bare?.push(object)
  } else if (report.Check === heartbeat) verdict.seen.push(object)
  // A custom check may have that name, but then it speaks of an object.
  else if (report.Check === loadFailure && gvk.Kind === '') {
    if (!isEmptyDocument(message)) verdict.failures.push(describeLoadFailure(message))
  } else
    verdict.findings.push({
      ...object,
      rule: report.Check,
      container: containerOf(message),
      message,
      remediation: report.Remediation,
    })
}

function settle(unit: string, { findings, seen, bare, failures }: Verdict, answer: EngineAnswer): void {
  // Some checks report in the order of a Go map, which differs from run to run.
  findings.sort(byContent)
  // One by one: a call takes only so many arguments, and one unit may hold a hundred thousand findings.
  for (const finding of findings) answer.findings.push(finding)
  for (const object of seen) answer.judged.push(object)
  for (const object of without(bare ?? [], seen)) answer.suppressed.push(object)
  const [failure] = failures
  if (failure !== undefined) answer.unjudged.push({ unit, because: failure })
  else if (seen.length === 0 && (bare ?? []).length === 0)
    answer.unjudged.push({ unit, because: 'kube-linter saw no object in it, and does not say why' })
}

/** The objects of `all` that are not in `some`, counting equal ones. */
function without(all: readonly EngineObject[], some: readonly EngineObject[]): EngineObject[] {
  const left = new Map<string, number>()
  for (const object of some) left.set(identity(object), (left.get(identity(object)) ?? 0) + 1)
  return all.filter((object) => {
    const count = left.get(identity(object)) ?? 0
    left.set(identity(object), count - 1)
    return count <= 0
  })
}

function identity({ group, kind, namespace, name }: EngineObject): string {
  return JSON.stringify([group, kind, namespace, name])
}

function byContent(a: EngineFinding, b: EngineFinding): number {
  return compare(keyOf(a), keyOf(b))
}

function keyOf(finding: EngineFinding): string {
  return [finding.rule, identity(finding), finding.container ?? '', finding.message].join('\u0000')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

import type { FileText } from './adapters/analysis.ts'
import { refuseAll } from './admit.ts'
import { bodyOf, counterpart, folderOf, Sources, type Place } from './bodies.ts'
import {
  engineRegression,
  engineTargetsLeft,
  mergeFindings,
  policiesByRule,
  resourceOf,
  type Engine,
  type EngineAnswer,
  type EngineFinding,
  type Merged,
  type PlacedFinding,
  type Unit,
} from './detect/index.ts'
import { applyLineEdits } from './edit/index.ts'
import type { Excepting } from './excepting.ts'
import type { Finding, Policy, Reason, Severity, Unread } from './model/index.ts'
import { refusing, type FileResult, type ProvenGroup, type Refused } from './pipeline.ts'
import { readSource, type Resource } from './resources/index.ts'

/*
 * A second opinion: another engine judges every object as it stands and as it would be with each fix, and with all of
 * them. What it reports joins our findings; a fix that does not clear a finding for it as well, or that gives it anything
 * new to report, is refused.
 */

/** What a second opinion is asked with. */
export interface OpinionPorts {
  engine: Engine
  /** Whether the engine's own configuration lets it look at a file. */
  looksAt(file: string): boolean
  /** Whether the verdict of a rule on one object depends on the objects beside it. */
  looksAcross(rule: string): boolean
  progress(done: number, of: number): void
  analyse(files: readonly FileText[]): Promise<FileResult[]>
  policies: readonly Policy[]
  excepting: Excepting
  severityOf(file: string): Readonly<Record<string, Severity>>
  /** Whether what only the engine reports is a finding: not where the user asks for some policies alone. */
  takes(rule: string): boolean
}

export interface Opinion {
  results: FileResult[]
  /** Objects that the engine did not judge. */
  unread: Unread[]
  /** Says the same of some of the files once more, where others have refused a fix of theirs. */
  review(results: readonly FileResult[]): Promise<FileResult[]>
}

/** Rounds of leaving out what the engine refuses. */
const mostRounds = 4
/** An object with more fixes than this is judged with all of them alone: one by one takes time by the square. */
const mostAlone = 100

export async function secondOpinion(
  results: readonly FileResult[],
  texts: ReadonlyMap<string, string>,
  ports: OpinionPorts,
): Promise<Opinion> {
  const opinion = new SecondOpinion(new Sources(texts), texts, ports)
  return opinion.of(results)
}

/** One resource of one file, as the engine is asked about it. */
interface Asked {
  file: string
  resource: Resource
  twin: number
}

class SecondOpinion {
  private readonly sources: Sources
  private readonly texts: ReadonlyMap<string, string>
  private readonly ports: OpinionPorts
  /** By unit id. */
  private readonly asked = new Map<string, Asked>()
  private readonly all = new Map<string, FileResult>()
  /** What the engine finds in each object as it stands, by unit id. */
  private found = new Map<string, EngineFinding[]>()
  /** The same with rules that give no verdict: beside the others of its folder, and alone. */
  private before = new Map<string, EngineFinding[]>()
  private readonly beforeAlone = new Map<string, EngineFinding[]>()
  private readonly silent = new Map<string, string>()
  private undecided = new Map<string, EngineFinding[]>()
  /** What the fixes leave of what was taken for the same finding, and is another. */
  private readonly apart = new Map<string, EngineFinding[]>()

  constructor(sources: Sources, texts: ReadonlyMap<string, string>, ports: OpinionPorts) {
    this.sources = sources
    this.texts = texts
    this.ports = ports
  }

  async of(results: readonly FileResult[]): Promise<Opinion> {
    const units = results.flatMap(({ file }) => (this.ports.looksAt(file) ? this.unitsOf(file) : []))
    const answer = await this.judge(units)
    this.found = byUnit(answer.findings)
    this.before = byUnit(saidBy(answer))
    this.undecided = byUnit(answer.undecided ?? [])
    for (const { unit, because } of answer.unjudged) this.silent.set(unit, because)
    for (const { unit } of answer.suppressed)
      this.silent.set(unit, 'its annotations tell the engine to leave it alone')
    return {
      results: await this.review(results),
      unread: this.unread(),
      review: async (some) => this.review(some),
    }
  }

  private async judge(units: readonly Unit[]): Promise<EngineAnswer> {
    const { ports } = this
    return ports.engine.judge(units, { progress: (done, of) => ports.progress(done, of) })
  }

  private async review(results: readonly FileResult[]): Promise<FileResult[]> {
    const { all } = this
    for (const result of results) all.set(result.file, this.merged(result))
    const files = results.map(({ file }) => file)
    let open = files.flatMap((file) => all.get(file) ?? []).filter((result) => this.isOpen(result))
    for (let round = 1; open.length > 0; round++) {
      const refused = await this.verify(open)
      for (const result of open) this.sign(result)
      if (round >= mostRounds) refuseAll(refused, all)
      open = await this.again(refused)
    }
    return files.flatMap((file) => all.get(file) ?? []).map((result) => this.withApart(result))
  }

  private isOpen({ file, proven }: FileResult): boolean {
    return proven !== undefined && proven.groups.length > 0 && this.ports.looksAt(file)
  }

  private unitsOf(file: string): Unit[] {
    const source = this.sources.of(file)
    const seen = new Map<string, number>()
    return source.resources.map((resource) => {
      const { group, kind, namespace, name } = resource
      const key = [group, kind, namespace, name].join('\n')
      const twin = seen.get(key) ?? 0
      seen.set(key, twin + 1)
      const id = idOf(file, resource)
      this.asked.set(id, { file, resource, twin })
      return { id, context: folderOf(file), text: bodyOf(source, resource).body }
    })
  }

  /** A result with what the engine says of the objects as they stand. */
  private merged(result: FileResult): FileResult {
    for (const resource of this.sources.of(result.file).resources)
      this.apart.delete(idOf(result.file, resource))
    const { ours, added } = this.merge(result, this.found, this.ports.policies)
    return { ...result, findings: [...ours, ...added] }
  }

  /** And with what is no finding of ours, though a policy of ours names the rule: the fixes have shown it. */
  private withApart(result: FileResult): FileResult {
    const { added } = this.merge({ ...result, findings: [] }, this.apart, [])
    return added.length === 0 ? result : { ...result, findings: [...result.findings, ...added] }
  }

  private merge(
    { file, findings, exceptions }: FileResult,
    byId: ReadonlyMap<string, EngineFinding[]>,
    policies: readonly Policy[],
  ): Merged {
    const source = this.sources.of(file)
    const theirs: PlacedFinding[] = source.resources.flatMap((resource) => {
      const id = idOf(file, resource)
      const twin = this.asked.get(id)?.twin ?? 0
      return (byId.get(id) ?? []).map((finding) => ({
        finding,
        resource: resourceOf(finding, [resource]) ?? resource,
        lines: source.lines,
        twin,
      }))
    })
    const { engine } = this.ports
    const severity = this.ports.severityOf(file)
    const { name, rules } = engine
    const { ours, added } = mergeFindings({ engine: name, rules, ours: findings, theirs, policies, severity })
    const taken = added.filter(({ engines }) => engines.every(({ rule }) => this.ports.takes(rule)))
    for (const finding of taken) this.ports.excepting.settle(finding, exceptions)
    return { ours, added: taken }
  }

  /** What the engine refuses of the fixes of some files, by file. */
  private async verify(open: readonly FileResult[]): Promise<Map<string, Record<string, Reason>>> {
    const alone = new Map<string, Tried>()
    const units: Unit[] = []
    const askedAlone = new Map<string, string>()
    for (const result of open)
      for (const [place, groups] of byPlace(result.proven?.groups ?? [])) {
        if (groups.length > mostAlone) continue
        for (const group of groups) {
          const id = `alone ${alone.size}`
          alone.set(id, { result, group })
          units.push({ id, context: id, text: this.aloneBody(result, group) })
        }
        const id = idOf(result.file, place)
        if (this.beforeAlone.has(id)) continue
        const source = this.sources.of(result.file)
        const resource = counterpart(source, place)
        if (resource === undefined) continue
        const before = `before ${askedAlone.size}`
        askedAlone.set(before, id)
        units.push({ id: before, context: before, text: bodyOf(source, resource).body })
      }
    // Checks that look across objects see all files of a folder with all their fixes.
    const folders = new Set(open.map(({ file }) => folderOf(file)))
    for (const { file, proven } of this.all.values()) {
      if (!folders.has(folderOf(file)) || !this.ports.looksAt(file)) continue
      const source = proven === undefined ? this.sources.of(file) : readSource(file, proven.text)
      for (const resource of source.resources)
        units.push({
          id: idOf(file, resource),
          context: folderOf(file),
          text: bodyOf(source, resource).body,
        })
    }
    const answer = await this.judge(units)
    const after = byUnit(saidBy(answer))
    const silent = new Map(answer.unjudged.map(({ unit, because }) => [unit, because]))
    for (const [unit, id] of askedAlone) this.beforeAlone.set(id, after.get(unit) ?? [])

    const refusals = new Refusals(this.ports.engine.name)
    for (const [id, tried] of alone) {
      const place = idOf(tried.result.file, tried.group)
      const together = this.regression(this.before.get(place) ?? [], after.get(place) ?? [])
      const failure = this.failureAlone(tried, after.get(id) ?? [], silent.get(id), together)
      if (failure !== undefined) refusals.add(tried, failure)
    }
    for (const result of open)
      for (const [place, groups] of byPlace(result.proven?.groups ?? []))
        // What fails alone goes first; the others of the object are judged together in the next round.
        if (!groups.some((group) => refusals.has({ result, group })))
          this.verifyTogether(result, place, groups, after, silent, refusals)
    return refusals.byFile
  }

  private failureAlone(
    { result, group }: Tried,
    after: readonly EngineFinding[],
    silence: string | undefined,
    together: readonly EngineFinding[],
  ): string | undefined {
    const id = idOf(result.file, group)
    if (this.silent.has(id)) return undefined
    if (silence !== undefined) return `${this.ports.engine.name} gives no verdict any more: ${silence}`
    const own = findingsOf(result, group)
    const [fresh] = this.regression(this.beforeAlone.get(id) ?? [], after).filter(
      (finding) =>
        // What stands beside the object is not there to be seen, so this counts only where it is there too.
        (!this.ports.looksAcross(finding.rule) || together.some(({ rule }) => rule === finding.rule)) &&
        !this.wasHidden(result, [group], finding),
    )
    if (fresh !== undefined) return `${fresh.rule} reports: ${fresh.message}`
    const single = (findings: readonly EngineFinding[]): EngineFinding[] =>
      findings.filter(({ rule }) => !this.ports.looksAcross(rule))
    const others = othersOf(result, group, own)
    for (const finding of own) {
      const { left } = this.leftOf(finding, single(this.before.get(id) ?? []), single(after), others)
      if (left !== undefined) return `${left.rule} still reports: ${left.message}`
    }
    return undefined
  }

  /** An object with all its fixes: what it still has, or has anew, goes to the fixes that can be meant. */
  private verifyTogether(
    result: FileResult,
    place: Place,
    groups: readonly ProvenGroup[],
    after: ReadonlyMap<string, EngineFinding[]>,
    silent: ReadonlyMap<string, string>,
    refusals: Refusals,
  ): void {
    const id = idOf(result.file, place)
    if (this.silent.has(id)) return
    const before = this.before.get(id) ?? []
    const now = after.get(id) ?? []
    const refuse = (some: readonly ProvenGroup[], text: string): void => {
      for (const group of some)
        refusals.add({ result, group }, `beside the other fixes of the object ${text}`)
    }
    const silence = silent.get(id)
    if (silence !== undefined)
      return refuse(groups, `${this.ports.engine.name} gives no verdict any more: ${silence}`)
    const [fresh] = this.regression(before, now).filter((finding) => !this.wasHidden(result, groups, finding))
    if (fresh !== undefined) return refuse(groups, `${fresh.rule} reports: ${fresh.message}`)
    const fixed = groups.flatMap((group) => findingsOf(result, group))
    const others = othersOf(result, place, fixed)
    const apart = new Set<EngineFinding>()
    for (const group of groups)
      for (const finding of findingsOf(result, group)) {
        const { left, known } = this.leftOf(finding, before, now, others)
        if (left !== undefined) refuse([group], `${left.rule} still reports: ${left.message}`)
        for (const one of known) apart.add(one)
      }
    this.apart.set(id, [...apart])
  }

  /** What the engine reports that it did not report before, in the words that are new. */
  private regression(before: readonly EngineFinding[], after: readonly EngineFinding[]): EngineFinding[] {
    return engineRegression(before, after).map((fresh) => {
      const isAlike = (other: EngineFinding): boolean =>
        other.rule === fresh.rule && other.container === fresh.container
      const known = new Set(before.filter(isAlike).map(({ message }) => message))
      return after.find((other) => isAlike(other) && !known.has(other.message)) ?? fresh
    })
  }

  /**
   * Whether the engine could merely not see it: of a version that the API no longer has, kube-linter reads the version
   * alone. Where we have reported the same of the object before, the fix that moves it does not add it.
   */
  private wasHidden(result: FileResult, groups: readonly ProvenGroup[], fresh: EngineFinding): boolean {
    const [group] = groups
    const isMoved = groups.some(({ patch }) =>
      patch.some(({ op, path }) => op !== 'test' && path === '/apiVersion'),
    )
    if (group === undefined || !isMoved) return false
    const ids = new Set(
      (policiesByRule(this.ports.engine, this.ports.policies).get(fresh.rule) ?? []).map(({ id }) => id),
    )
    const source = this.sources.of(result.file)
    const resource = counterpart(source, group)
    return result.findings.some(
      (finding) =>
        ids.has(finding.policy) &&
        finding.location.document === group.document &&
        finding.resource.name === resource?.name &&
        finding.resource.kind === resource.kind &&
        (finding.container === undefined ||
          fresh.container === undefined ||
          finding.container === fresh.container),
    )
  }

  /**
   * What the engine still reports of a finding that is fixed, unless others that are not stand for it. Where some of it
   * is gone and the rest is, word for word, what it said before, the rest is `known`: something else that the rule
   * covers, and that no policy of ours finds.
   */
  private leftOf(
    finding: Finding,
    before: readonly EngineFinding[],
    after: readonly EngineFinding[],
    others: readonly Finding[],
  ): { left: EngineFinding | undefined; known: EngineFinding[] } {
    const { name } = this.ports.engine
    const left = engineTargetsLeft(finding, name, after).filter(
      (still) => !others.some((other) => engineTargetsLeft(other, name, [still]).length > 0),
    )
    const old = engineTargetsLeft(finding, name, before)
    const said = new Set(old.map(({ message }) => message))
    const isKnown =
      engineTargetsLeft(finding, name, after).length < old.length &&
      left.every(({ message }) => said.has(message))
    return isKnown ? { left: undefined, known: left } : { left: left[0], known: [] }
  }

  /** The text of the object with this group alone. */
  private aloneBody(result: FileResult, group: ProvenGroup): string {
    const source = this.sources.of(result.file)
    const [finding] = findingsOf(result, group)
    const text = applyLineEdits(source.text, finding?.edits ?? [])
    const document = source.documents[group.document]
    if (group.root === '' && document !== undefined)
      return text.slice(document.start, document.end + text.length - source.text.length)
    const edited = readSource(result.file, text)
    const resource = counterpart(edited, group)
    return resource === undefined ? '' : bodyOf(edited, resource).body
  }

  /** Writes down that the engine agrees with the fixes that are left. */
  private sign(result: FileResult): void {
    const { name } = this.ports.engine
    for (const [place, groups] of byPlace(result.proven?.groups ?? [])) {
      if (this.silent.has(idOf(result.file, place))) continue
      const detail = groups.length > mostAlone ? { detail: 'with all fixes of the object at once' } : {}
      for (const group of groups)
        for (const { state, verification } of findingsOf(result, group))
          if (state === 'fixed' && verification?.gates.every((gate) => gate.name !== name) === true)
            verification.gates = [...verification.gates, { name, passed: true, ...detail }]
    }
  }

  /** The files once more, without what was refused. */
  private async again(refused: ReadonlyMap<string, Refused>): Promise<FileResult[]> {
    const { all } = this
    const files: FileText[] = [...refused].map(([file, reasons]) => ({
      file,
      text: this.texts.get(file) ?? '',
      given: refusing(reasons, all.get(file)),
    }))
    const results = (await this.ports.analyse(files)).map((result) => this.merged(result))
    for (const result of results) all.set(result.file, result)
    return results.filter((result) => this.isOpen(result))
  }

  private unread(): Unread[] {
    const { name } = this.ports.engine
    return [
      ...[...this.silent].flatMap(([id, because]) =>
        this.unreadAt(id, (object) => `${name} did not judge ${object}: ${because}`),
      ),
      ...[...this.undecided].flatMap(([id, rules]) => {
        const told = rules.map(({ rule, message }) => `${rule} ${message}`).join('; ')
        return this.unreadAt(id, (object) => `${name} did not judge ${object} by all of its rules: ${told}`)
      }),
    ]
  }

  private unreadAt(id: string, textOf: (object: string) => string): Unread[] {
    const asked = this.asked.get(id)
    if (asked === undefined) return []
    const { file, resource } = asked
    const { line, column } = this.sources.of(file).lines.position(resource.locate('')?.value.start ?? 0)
    const text = textOf(`${resource.kind} ${resource.name}`)
    const code = `${this.ports.engine.name}-silent`
    return [{ file, reason: { code, text }, line, column, broken: false }]
  }
}

/** A fix that the engine is asked about alone. */
interface Tried {
  result: FileResult
  group: ProvenGroup
}

/** What the engine refuses, by file and finding; of each fix the first reason counts. */
class Refusals {
  readonly byFile = new Map<string, Record<string, Reason>>()
  private readonly code: string

  constructor(engine: string) {
    this.code = `verifier-rejected:${engine}`
  }

  add({ result: { file }, group: { fingerprints } }: Tried, text: string): void {
    const [fingerprint] = fingerprints
    if (fingerprint === undefined) return
    const reasons = this.byFile.get(file) ?? {}
    reasons[fingerprint] ??= { code: this.code, text }
    this.byFile.set(file, reasons)
  }

  has({ result: { file }, group: { fingerprints } }: Tried): boolean {
    const reasons = this.byFile.get(file)
    return reasons !== undefined && fingerprints.some((fingerprint) => reasons[fingerprint] !== undefined)
  }
}

function idOf(file: string, { document, root }: Place): string {
  return JSON.stringify([file, document, root])
}

/**
 * What a fix must not add to, and has to clear: a rule that gives no verdict after a fix, and gave one before, is as bad
 * as a finding.
 */
function saidBy({ findings, undecided = [] }: EngineAnswer): EngineFinding[] {
  return undecided.length === 0 ? findings : [...findings, ...undecided]
}

function byUnit(findings: readonly EngineFinding[]): Map<string, EngineFinding[]> {
  const result = new Map<string, EngineFinding[]>()
  for (const finding of findings) {
    const list = result.get(finding.unit)
    if (list === undefined) result.set(finding.unit, [finding])
    else list.push(finding)
  }
  return result
}

function byPlace(groups: readonly ProvenGroup[]): Map<Place, ProvenGroup[]> {
  const places = new Map<string, [Place, ProvenGroup[]]>()
  for (const group of groups) {
    const key = JSON.stringify([group.document, group.root])
    const known = places.get(key)
    if (known === undefined) places.set(key, [group, [group]])
    else known[1].push(group)
  }
  return new Map(places.values())
}

function findingsOf({ findings }: FileResult, { fingerprints }: ProvenGroup): Finding[] {
  return findings.filter(({ fingerprint }) => fingerprints.includes(fingerprint))
}

/** The findings of the same object that are not among those given. */
function othersOf({ findings }: FileResult, { document }: Place, own: readonly Finding[]): Finding[] {
  const names = new Set(own.map(nameOf))
  return findings.filter(
    (other) => !own.includes(other) && other.location.document === document && names.has(nameOf(other)),
  )
}

function nameOf({ resource: { kind, namespace, name } }: Finding): string {
  return [kind, namespace, name].join('\n')
}

import { posix } from 'node:path'
import { bodyOf, folderOf, manifestOf, Sources } from './bodies.ts'
import { isBaseline, wholeScope } from './change/index.ts'
import type { ApiServer } from './cluster/index.ts'
import { isRead, settingsFor, type Settings } from './config/index.ts'
import {
  detect,
  detectAcross,
  engineRegression,
  engineTargetsLeft,
  paramsOf,
  type AcrossFinding,
  type EngineFinding,
  type RepositoryDetected,
  type Unit,
} from './detect/index.ts'
import { documentText } from './edit/index.ts'
import {
  factsOf,
  inventoryOf,
  type FilePlace,
  type Inventory,
  type ResourceFacts,
} from './inventory/index.ts'
import { listingOf, verifyListings, withListings, type Listing } from './listing.ts'
import {
  equal,
  InfrastructureError,
  isObject,
  unsafeAbove,
  type Breakage,
  type Finding,
  type Gate,
  type JsonObject,
  type Level,
  type LineEdit,
  type Policy,
  type Reason,
} from './model/index.ts'
import { isOn, valuesOf, type FileChange, type FileResult, type Request } from './pipeline.ts'
import {
  breakageOf,
  createJudge,
  repositoryChecks,
  repositoryEvidence,
  repositoryFixes,
  type BuiltDocument,
  type Judge,
} from './policies/index.ts'
import { readSource, subjectOf, type Resource, type SourceFile } from './resources/index.ts'
import { learnedBreakage } from './reverts.ts'
import type { EngineBeside } from './run.ts'
import { inBrief } from './verify/index.ts'

/*
 * Fixes that are new documents: a policy that looks at the repository may have one for what it finds. Each stands in a
 * file of its own beside the file of the resource, and is judged as any fix is, alone and beside the others.
 */

export interface CreatingPorts {
  request: Request
  policies: readonly Policy[]
  /** Of all files that are read. */
  inventory: Inventory
  texts: ReadonlyMap<string, string>
  /** Whether anything stands under a name already, read or not. */
  exists(file: string): boolean
}

/** A file that is proposed, the findings that it fixes, and how far it has come. */
interface NewFile {
  file: string
  text: string
  source: SourceFile
  /** Undefined where the text does not hold the object that was meant, and that alone. */
  resource: Resource | undefined
  facts: readonly ResourceFacts[]
  /** What names it in a kustomization, where one applies the folder. */
  listing: Listing | undefined
  /** The change of that kustomization, for this file alone. */
  listed: LineEdit[]
  targets: AcrossFinding[]
  breakage: Breakage
  gates: Gate[]
  level: Level
  because?: string
  refused?: Reason
}

/** New files times resources; beyond that they are judged all together alone, since one by one takes time by the square. */
const mostAlone = 250_000

/** Questions in a row without an answer, after which a server is left alone: each may take as long as its time limit. */
const mostSilent = 4

/** The files that fix what was found across objects, judged by all our own policies, and by those who are asked. */
export class NewFiles {
  private readonly ports: CreatingPorts
  private readonly sources: Sources
  private readonly files: NewFile[] = []
  /** By folder and object without its name. */
  private readonly byContent = new Map<string, NewFile>()
  /** Names of the objects that are proposed, by kind and namespace. */
  private readonly names = new Map<string, JsonObject>()
  private readonly paths = new Set<string>()
  private readonly judges = new WeakMap<Settings, Judge>()
  /** Findings that have no new file, by their fingerprints. */
  private readonly refused = new Map<string, Reason>()

  constructor(across: readonly AcrossFinding[], ports: CreatingPorts) {
    this.ports = ports
    this.sources = new Sources(ports.texts)
    if (ports.request.detectOnly === true) return
    for (const one of across) if (this.isOpen(one)) this.propose(one)
    if (this.files.length === 0) return
    for (const file of this.files) this.judgeObject(file)
    this.judgeListings()
    if (ports.request.level === 'policy') this.judgeRepository(across)
  }

  /** Asks an API server about each of the objects. One that fails proves nothing, and refuses nothing. */
  async admit(opened: Promise<ApiServer>, level: 'api' | 'admission'): Promise<void> {
    const open = this.open()
    if (open.length === 0) return
    let server: ApiServer
    try {
      server = await opened
    } catch (error) {
      if (!(error instanceof InfrastructureError)) throw error
      for (const one of open) one.because = `the server gave no verdict: ${error.message}`
      return
    }
    let silent = 0
    for (const one of open) {
      if (one.resource === undefined) continue
      if (silent >= mostSilent) {
        one.because = 'the server gave no verdict: it was not asked any more'
        continue
      }
      const answer = await server.dryRun(manifestOf(one.source, one.resource))
      silent = answer.outcome === 'unanswered' ? silent + 1 : 0
      const gate = level === 'api' ? 'api-' : ''
      const [warning] = answer.outcome === 'accepted' ? answer.warnings : []
      if (answer.outcome === 'unanswered')
        one.because = `the server gave no verdict: ${inBrief(answer.message)}`
      else if (answer.outcome === 'rejected' && unserved.has(answer.rejection))
        one.because = `the server cannot judge the object: ${inBrief(answer.message)}`
      else if (answer.outcome === 'rejected')
        refuse(one, `${gate}admitted`, `the server refuses it: ${inBrief(answer.message)}`, level)
      else if (warning !== undefined)
        refuse(one, `${gate}no-new-warning`, `the server warns: ${inBrief(warning)}`, level)
      else {
        one.gates.push(
          { name: `${gate}admitted`, passed: true },
          { name: `${gate}no-new-warning`, passed: true },
        )
        one.level = level
        delete one.because
      }
    }
  }

  /**
   * Asks another engine about the folders with the new files and without: what it has reported shall be gone, and nothing
   * be new. `results` say what the engine has reported, and how the files will be.
   */
  async judge(beside: EngineBeside, results: readonly FileResult[]): Promise<void> {
    const { engine } = beside
    const open = this.open().filter(({ file }) => beside.looksAt(file))
    if (open.length === 0) return
    const folders = new Set(open.map(({ file }) => folderOf(file)))
    const sources = results
      .filter(({ file }) => folders.has(folderOf(file)) && beside.looksAt(file))
      .map(({ file, proven }) =>
        proven === undefined ? this.sources.of(file) : readSource(file, proven.text),
      )
    const before = sources.flatMap((source) => unitsOf(source))
    const added = open.flatMap(({ source }) => unitsOf(source))
    const answers = [await engine.judge(before), await engine.judge([...before, ...added])] as const
    const silent = new Map(answers[1].unjudged.map(({ unit, because }) => [unit, because]))
    const [old, now] = answers.map(({ findings }) => Map.groupBy(findings, ({ unit }) => unit))
    const findingsOf = (units: readonly Unit[], answer: typeof now): EngineFinding[] =>
      units.flatMap(({ id }) => answer?.get(id) ?? [])
    const freshIn = new Map(
      [...folders].map((folder) => {
        const others = before.filter(({ context }) => context === folder)
        return [folder, engineRegression(findingsOf(others, old), findingsOf(others, now))[0]]
      }),
    )
    for (const one of open) {
      const units = unitsOf(one.source)
      const silence = units.flatMap(({ id }) => silent.get(id) ?? [])[0]
      const [own] = findingsOf(units, now)
      const found = own ?? freshIn.get(folderOf(one.file))
      const left = one.targets.flatMap(({ finding }) => {
        const known = findingIn(results, finding)
        const source = sources.find(({ file }) => file === finding.location.file)
        const there = source === undefined ? [] : unitsOf(source, finding)
        return engineTargetsLeft(known, engine.name, findingsOf(there, now))
      })[0]
      if (silence !== undefined) refuse(one, engine.name, `${engine.name} gives no verdict: ${silence}`)
      else if (found !== undefined) refuse(one, engine.name, `${found.rule} reports: ${found.message}`)
      else if (left !== undefined) refuse(one, engine.name, `${left.rule} still reports: ${left.message}`)
      else one.gates.push({ name: engine.name, passed: true })
    }
  }

  /** Says in the findings what became of them. */
  settle(results: readonly Pick<FileResult, 'findings'>[]): void {
    const known = new Map(
      results.flatMap(({ findings }) => findings).map((finding) => [finding.fingerprint, finding]),
    )
    for (const [fingerprint, reason] of this.refused) {
      const finding = known.get(fingerprint)
      if (finding === undefined) continue
      finding.state = 'refused'
      finding.reason = reason
    }
    for (const { file, text, targets, breakage, gates, level, because, refused, listed } of this.files) {
      const fingerprints = targets.map(({ finding }) => finding.fingerprint)
      for (const fingerprint of fingerprints) {
        const finding = known.get(fingerprint)
        if (finding === undefined) continue
        finding.state = refused === undefined ? 'fixed' : 'refused'
        finding.edits =
          refused === undefined
            ? [{ file, kind: 'create', startLine: 0, endLine: 0, replacement: text }, ...listed]
            : []
        finding.requires = fingerprints.filter((other) => other !== fingerprint)
        finding.verification = {
          level: refused === undefined ? level : 'text',
          gates,
          ...(because !== undefined && { because }),
        }
        finding.breakage = breakage
        finding.safe = breakage.probability <= unsafeAbove
        delete finding.reason
        if (refused !== undefined) finding.reason = refused
      }
    }
  }

  /**
   * All that is to be written: the new files, and the kustomizations that name them. `others` are the changes of files
   * that are there.
   */
  changes(others: readonly FileChange[] = []): FileChange[] {
    const { changes, unsafeFixes } = this.ports.request
    const wanted = this.open().filter(
      ({ breakage }) => changes && (unsafeFixes || breakage.probability <= unsafeAbove),
    )
    const fingerprintsOf = (files: readonly NewFile[]): string[] =>
      files.flatMap(({ targets }) => targets.map(({ finding }) => finding.fingerprint))
    const edited = new Set(others.map(({ file }) => file))
    const kustomizations = this.byKustomization(wanted).flatMap(([listings, files]): FileChange[] => {
      const [first] = listings
      if (first === undefined) return []
      const { file, text: before } = first.source
      // No fix of ours changes a kustomization; where one does, the next run names the files.
      const together = edited.has(file)
        ? { reason: { text: `another fix changes ${file} as well` } }
        : withListings(listings, this.ports.request.level)
      if ('reason' in together) {
        for (const one of files) refuse(one, 'listed', together.reason.text, 'together')
        return []
      }
      const needs = files.map((one) => one.file)
      return [{ file, before, after: together.text, fingerprints: fingerprintsOf(files), needs }]
    })
    const created = wanted
      .filter(({ refused }) => refused === undefined)
      .map((one): FileChange => ({
        file: one.file,
        before: undefined,
        after: one.text,
        fingerprints: fingerprintsOf([one]),
        ...(one.listing && { needs: [one.listing.source.file] }),
      }))
    return [...others, ...created, ...kustomizations]
  }

  private open(): NewFile[] {
    return this.files.filter(({ refused }) => refused === undefined)
  }

  private isOpen({ finding }: AcrossFinding): boolean {
    return finding.state !== 'suppressed' && !isBaseline(this.ports.request.scope ?? wholeScope, finding)
  }

  private settingsOf(file: string): Settings {
    return settingsFor(this.ports.request.config, file)
  }

  private propose(one: AcrossFinding): void {
    const { policy, facts, match } = one.detected
    const entry = policy.fix === 'none' ? undefined : policy.fix.find((fix) => 'build' in fix)
    const build = entry && repositoryFixes.get(entry.build)
    if (build === undefined) return
    const { inventory, request } = this.ports
    const place = { facts, inventory, params: paramsOf(policy, this.settingsOf(facts.file)) }
    const built = build(place)
    if (built === undefined) return
    const elsewhere = request.leftOut?.[one.finding.fingerprint]
    if (elsewhere !== undefined) {
      this.refused.set(one.finding.fingerprint, elsewhere)
      return
    }
    if ('hazard' in built) {
      const because = policy.hazards?.find(({ name }) => name === built.hazard)?.because ?? built.hazard
      this.refused.set(one.finding.fingerprint, {
        code: `hazard:${built.hazard}`,
        text: `${because} (${built.detail})`,
      })
      return
    }
    const check = repositoryChecks.get(policy.check ?? '')
    const resource = this.sources
      .of(facts.file)
      .resources.find(({ document, root }) => document === match.at.document && root === match.at.root)
    if (check === undefined || resource === undefined) return
    const breakage = breakageOf(policy, resource, {
      params: { [policy.id]: place.params },
      values: { repository: repositoryEvidence(check, place) },
    })
    this.add(one, built, learnedBreakage(breakage, [policy.id], request.reverts))
  }

  private add(one: AcrossFinding, built: BuiltDocument, breakage: Breakage): void {
    const { file: beside } = one.detected.facts
    const content = JSON.stringify([folderOf(beside), built.object, built.listedBy?.file])
    const shared = this.byContent.get(content)
    if (shared !== undefined) {
      shared.targets.push(one)
      if (breakage.probability > shared.breakage.probability) shared.breakage = breakage
      return
    }
    const object = this.named(built)
    const file = this.path(posix.dirname(beside), built.file, beside.endsWith('.yml') ? '.yml' : '.yaml')
    const text = documentText(object)
    const source = readSource(file, text)
    const [resource, ...more] = source.resources
    const isRight = resource !== undefined && more.length === 0 && equal(resource.object, object)
    const added: NewFile = {
      file,
      text,
      source,
      resource: isRight ? resource : undefined,
      facts: factsOf(source),
      listing: built.listedBy && this.listing(built.listedBy, file),
      listed: [],
      targets: [one],
      breakage,
      gates: [],
      level: this.ports.request.level,
    }
    if (built.listedBy !== undefined && added.listing === undefined)
      refuse(added, 'parses', `${built.listedBy.file} has no list that could name it`)
    this.files.push(added)
    this.byContent.set(content, added)
  }

  /** The object with a name that no other one of its kind has, where both may meet. */
  private named({ name, object }: BuiltDocument): JsonObject {
    const withName = (candidate: string): JsonObject => ({
      ...object,
      metadata: { name: candidate, ...(isObject(object['metadata']) && object['metadata']) },
    })
    const placeOf = (candidate: string): string => {
      const { apiVersion, metadata, kind } = withName(candidate)
      return JSON.stringify([apiVersion, kind, metadata])
    }
    const chosen = firstFree(name, '', (candidate) => {
      const subject = subjectOf(withName(candidate))
      const proposed = this.names.get(placeOf(candidate))
      return (
        (subject !== undefined &&
          this.ports.inventory.named(`${subject.group}/${subject.kind}`, candidate, subject.namespace)
            .length > 0) ||
        // The same object in another folder is a copy, as its workload is.
        (proposed !== undefined && !equal(proposed, object))
      )
    })
    this.names.set(placeOf(chosen), object)
    return withName(chosen)
  }

  private path(folder: string, name: string, ending: string): string {
    const chosen = firstFree(
      posix.join(folder, name),
      ending,
      (file) => this.paths.has(file.toLowerCase()) || this.ports.exists(file),
    )
    this.paths.add(chosen.toLowerCase())
    return chosen
  }

  private listing(listedBy: FilePlace, file: string): Listing | undefined {
    const name = posix.relative(posix.dirname(listedBy.file), file)
    return listingOf(this.sources.of(listedBy.file), listedBy, name, this.judgeOf(listedBy.file))
  }

  private judgeOf(file: string): Judge {
    const { request, policies } = this.ports
    const settings = this.settingsOf(file)
    const known = this.judges.get(settings)
    if (known !== undefined) return known
    const judge = createJudge(
      policies.filter((policy) => isOn(policy, settings, request)),
      { params: settings.params, values: valuesOf(settings) },
    )
    this.judges.set(settings, judge)
    return judge
  }

  /** What can be said of the new object alone, and of what names it. */
  private judgeObject(one: NewFile): void {
    const { request } = this.ports
    if (one.refused !== undefined) return
    if (one.resource === undefined)
      return refuse(one, 'parses', 'the text does not hold the object that was meant')
    one.gates.push({ name: 'parses', passed: true }, { name: 'new-file', passed: true })
    if (!isRead(request.config, one.file)) {
      one.refused = {
        code: 'not-read',
        text: `the configuration leaves ${one.file} out, so that nobody would see that it is there`,
      }
      return
    }
    if (one.listing !== undefined) {
      const verdict = verifyListings(one.listing, one.listing.patch, request.level)
      if (verdict.reason !== undefined) {
        one.gates.push({ name: 'listed', passed: false, detail: verdict.reason.text })
        one.refused = verdict.reason
        return
      }
      one.listed = verdict.edits
      one.gates.push({ name: 'listed', passed: true })
    }
    if (request.level === 'text') return
    const { detected, errors } = detect(this.judgeOf(one.file), one.resource)
    const [found] = detected
    const [error] = errors
    if (found !== undefined)
      refuse(one, 'nothing-new', `${found.match.policy.id} finds in it: ${found.match.message}`)
    else if (error !== undefined)
      refuse(one, 'nothing-new', `${error.policy} gives no verdict: ${error.message}`)
  }

  /** Whether each kustomization takes all that is to be named in it. */
  private judgeListings(): void {
    for (const [listings, files] of this.byKustomization(this.open())) {
      const together = withListings(listings, this.ports.request.level)
      if ('reason' in together)
        for (const one of files) refuse(one, 'listed', together.reason.text, 'together')
    }
  }

  /** For each kustomization what is to be named in it, and the files that are. */
  private byKustomization(files: readonly NewFile[]): [Listing[], NewFile[]][] {
    const listed = files.filter(({ listing }) => listing !== undefined)
    return [...Map.groupBy(listed, ({ listing }) => listing?.source.file).values()].map((some) => [
      some.flatMap(({ listing }) => listing ?? []),
      some,
    ])
  }

  /** What the new files change for all objects: one by one as long as there are few of them, and together. */
  private judgeRepository(across: readonly AcrossFinding[]): void {
    const before = this.keysWith([])
    const excepted = across.filter(({ finding }) => finding.state === 'suppressed').map(keyOf)
    const failureOf = (files: readonly NewFile[]): { name: string; text: string } | undefined => {
      const after = this.keysWith(files.flatMap(({ facts }) => facts))
      const lost = excepted.find((key) => !after.has(key))
      if (lost !== undefined)
        return { name: 'keeps-exceptions', text: 'it would also change what an exception leaves as it is' }
      const left = files.flatMap(({ targets }) => targets).find((target) => after.has(keyOf(target)))
      if (left !== undefined)
        return { name: 'target-gone', text: `${left.detected.policy.id} still finds it` }
      const fresh = [...after.values()].find((detected) => !before.has(keyOf({ detected })))
      if (fresh !== undefined)
        return { name: 'nothing-new', text: `${fresh.policy.id} finds: ${fresh.match.message}` }
      return undefined
    }
    const isFew = this.open().length * this.ports.inventory.resources.length <= mostAlone
    for (const one of isFew ? this.open() : []) {
      const failure = failureOf([one])
      if (failure !== undefined) refuse(one, failure.name, failure.text)
    }
    const failure = failureOf(this.open())
    for (const one of this.open())
      if (failure !== undefined) refuse(one, failure.name, `beside the other new files ${failure.text}`)
      else {
        const detail = isFew ? {} : { detail: 'with all new files at once' }
        for (const name of ['keeps-exceptions', 'target-gone', 'nothing-new'])
          one.gates.push({ name, passed: true, ...detail })
      }
  }

  /** All that is found across objects, whoever asked for it, with some more objects. */
  private keysWith(facts: readonly ResourceFacts[]): Map<string, RepositoryDetected> {
    const { inventory, request, policies } = this.ports
    const detected = detectAcross(
      policies,
      facts.length === 0 ? inventory : inventoryOf([...inventory.resources, ...facts]),
      (file) => this.settingsOf(file),
      (policy, file) => isOn(policy, this.settingsOf(file), request),
    )
    return new Map(detected.map((one) => [keyOf({ detected: one }), one]))
  }
}

const unserved: ReadonlySet<string> = new Set(['unknown-kind', 'missing-namespace'])

function refuse(one: NewFile, gate: string, text: string, code = gate): void {
  one.gates.push({ name: gate, passed: false, detail: text })
  one.refused = {
    code: code === 'keeps-exceptions' ? 'changes-excepted' : `verifier-rejected:${code}`,
    text,
  }
}

function keyOf({ detected: { policy, facts, match } }: Pick<AcrossFinding, 'detected'>): string {
  const { file, group, reference, twin } = facts
  const { kind, namespace, name } = reference
  return JSON.stringify([policy.id, file, group, kind, namespace, name, twin, match.key])
}

/** The finding as others have left it: with the engines that agree. */
function findingIn(results: readonly FileResult[], finding: Finding): Finding {
  return (
    results
      .find(({ file }) => file === finding.location.file)
      ?.findings.find(({ fingerprint }) => fingerprint === finding.fingerprint) ?? finding
  )
}

/** The objects of a file for an engine to judge; of a finding, its own one. */
function unitsOf(source: SourceFile, finding?: Finding): Unit[] {
  return source.resources
    .filter(
      ({ document, kind, namespace, name }) =>
        finding === undefined ||
        (document === finding.location.document &&
          kind === finding.resource.kind &&
          namespace === finding.resource.namespace &&
          name === finding.resource.name),
    )
    .map((resource) => ({
      id: JSON.stringify([source.file, resource.document, resource.root]),
      context: folderOf(source.file),
      text: bodyOf(source, resource).body,
    }))
}

/** The first of `name`, `name-2`, `name-3` ... that is not taken. */
function firstFree(name: string, ending: string, isTaken: (candidate: string) => boolean): string {
  for (let number = 1; ; number++) {
    const candidate = `${name}${number === 1 ? '' : `-${number}`}${ending}`
    if (!isTaken(candidate)) return candidate
  }
}

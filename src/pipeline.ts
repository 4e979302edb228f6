import { createHash } from 'node:crypto'
import { isBaseline, isContext, wholeScope, type Scope } from './change/index.ts'
import { createExcepting, type Excepting } from './excepting.ts'
import {
  countComments,
  exceptionAnnotations,
  mayHoldComments,
  namesOf,
  type NamespaceLabels,
  type ObjectException,
  type PolicyException,
} from './exceptions/index.ts'
import { settingsFor, type Config, type Settings } from './config/index.ts'
import { detect, findingOf, locationOf, referenceOf, type Detected } from './detect/index.ts'
import {
  equal,
  isObject,
  pointerOf,
  property,
  valueAt,
  severities,
  unsafeAbove,
  type Evidence,
  type Finding,
  type Invalid,
  type JsonObject,
  type JsonPatch,
  type JsonValue,
  type LineEdit,
  type LineRange,
  type Policy,
  type Reason,
  type Unread,
} from './model/index.ts'
import { createJudge, imageNames, type Judge, type Match } from './policies/index.ts'
import { planResource, type FixGroup, type MayLift, type ResourcePlan } from './propose/index.ts'
import { factsOf, type ResourceFacts } from './inventory/index.ts'
import { withMutations, type Mutations } from './kyverno/index.ts'
import { readSource, type Resource, type SourceFile } from './resources/index.ts'
import { learnedBreakage, type RevertsByPolicy } from './reverts.ts'
import {
  composeOffers,
  verifyGroup,
  verifyTogether,
  type Candidate,
  type Judged,
  type Together,
  type VerifiedLevel,
} from './verify/index.ts'

/*
 * The way of the data, for one file, from top to bottom:
 *
 *     load -> detect -> scope -> propose -> edit + verify -> report
 *
 * Everything in here is a function of its inputs. What touches the world (listing and reading files, threads, writing,
 * printing) stands around it, in src/run.ts and src/adapters.
 */

/** What a run is asked for; plain data, so that it can be handed to a worker thread. */
export interface Request {
  config: Config
  level: VerifiedLevel
  /** Policy ids; undefined = all. */
  only: readonly string[] | undefined
  skip: readonly string[]
  /** Policies that are off by default, and judged all the same: an engine that runs beside has a rule of theirs on. */
  switchedOn?: readonly string[]
  /** Let `change` hold the fixes that may break a workload as well. */
  unsafeFixes: boolean
  /** Whether the new text of each file is wanted (`fix`, and the format `patch`). */
  changes: boolean
  /** Whether the embedded API server is asked, too: level `api`. */
  api: boolean
  /** Whether engines or a cluster judge as well, and need to know what was proven here. */
  beside: boolean
  /** Milliseconds since 1970 of the moment that counts as now: some exceptions run out. */
  time: number
  /** PolicyExceptions of Kyverno, from all over the repository. */
  policyExceptions?: readonly PolicyException[]
  /** Labels of the namespaces of the repository, where a PolicyException asks for them. */
  namespaces?: NamespaceLabels
  /** What policies of Kyverno that change objects would make of them. */
  mutations?: Mutations
  /** What became of fixes of each policy in this repository. */
  reverts?: RevertsByPolicy
  /** What of all findings is asked about; undefined = everything. */
  scope?: Scope
  /** Fixes that stand elsewhere, and are no part of what is composed. */
  leftOut?: Refused
  /** Look, and propose nothing: what was there before a change. */
  detectOnly?: boolean
}

/** Fixes that others have refused, by the fingerprint of a finding: they are left out of all that is composed. */
export type Refused = Readonly<Record<string, Reason>>

/** What is known of a file beside its text: whoever analyses it again hands it on. */
export interface Given {
  refused?: Refused
  evidence?: Evidence
}

/** A group of fixes that holds alone and beside the others of its file. */
export interface ProvenGroup {
  /** The findings that it fixes; the first names the group. */
  fingerprints: string[]
  /** The resource, by its document and its place in there. */
  document: number
  root: string
  patch: JsonPatch
  /** Whether the change of the file holds it. */
  isWritten: boolean
}

/** All groups of a file, and its text with all of them. */
export interface Proven {
  groups: ProvenGroup[]
  text: string
}

/** A suggestion for a review: one range of lines within one hunk. */
export interface Offered {
  /** The findings that it fixes. */
  fingerprints: string[]
  edit: LineEdit
}

/** The new text of one file: all selected fixes together, verified together. */
export interface FileChange {
  file: string
  /** Undefined for a file that does not stand there yet. */
  before: string | undefined
  after: string
  /** Findings that the new text fixes. */
  fingerprints: string[]
  /** Other changes without which this one is none, by their files: a kustomization and what it lists. */
  needs?: readonly string[]
}

/** Changes without some that cannot be made, and without those that need them. */
export function withoutChanges(changes: readonly FileChange[], left: ReadonlySet<string>): FileChange[] {
  const kept = changes.filter(
    ({ file, needs = [] }) => !left.has(file) && !needs.some((one) => left.has(one)),
  )
  return kept.length === changes.length
    ? kept
    : withoutChanges(kept, new Set(changes.flatMap((one) => (kept.includes(one) ? [] : one.file))))
}

/** All that is known about one file; plain data. */
export interface FileResult {
  file: string
  sha256: string
  documents: number
  resources: number
  findings: Finding[]
  invalid: Invalid[]
  unread: Unread[]
  change: FileChange | undefined
  /** Trouble that left something unproven, a sentence each. */
  troubles: string[]
  /** Where the request has `api` or `beside`, and there is anything. */
  proven: Proven | undefined
  /** What a review can suggest, where a change is under review. */
  offers: Offered[]
  /** The file is the same before and after the change under review, and is only there to be known. */
  isContext: boolean
  /** What it was analysed with: `refused` was left out. */
  given: Given
  /** What policies that look across objects need to know. */
  facts: ResourceFacts[]
  /** Exceptions that stand at the objects of the file. */
  exceptions: ObjectException[]
  /** Milliseconds by step. */
  timings: Record<string, number>
}

/** What a result was made with, and fixes that are refused on top of that. */
export function refusing(reasons: Refused, result: FileResult | undefined): Given {
  return { ...result?.given, refused: { ...result?.given.refused, ...reasons } }
}

export interface Analyser {
  /** `above` is the number of lines that stand above the text in its file. */
  analyse(file: string, text: string, given?: Given, above?: number): FileResult
}

/**
 * Binds a request to policies. `now` gives milliseconds, for the timings alone; `read` reads a file, or remembers one that
 * was read.
 */
export function createAnalyser(
  request: Request,
  policies: readonly Policy[],
  now: () => number,
  read: typeof readSource = readSource,
): Analyser {
  const judges = new WeakMap<Settings, Judge>()
  const excepting = createExcepting(request, namesOf(policies, request.config.kyverno))
  const judgeOf = (settings: Settings, evidence: Evidence | undefined): Judge => {
    const known = evidence === undefined ? judges.get(settings) : undefined
    if (known !== undefined) return known
    const judge = createJudge(
      policies.filter((policy) => isOn(policy, settings, request)),
      { params: settings.params, values: valuesOf(settings), ...(evidence && { evidence }) },
    )
    if (evidence === undefined) judges.set(settings, judge)
    return judge
  }
  return {
    analyse(file, text, given = {}, above = 0) {
      const settings = settingsFor(request.config, file)
      const analysis = new FileAnalysis(
        request,
        settings,
        judgeOf(settings, given.evidence),
        excepting,
        given,
        above,
        now,
      )
      return analysis.run(file, text, read)
    },
  }
}

/** Whether a policy is judged: one that is off by default has to be named. */
export function isOn(
  { default: state, id }: Pick<Policy, 'default' | 'id'>,
  { named }: Settings,
  { only, switchedOn }: Partial<Pick<Request, 'only' | 'switchedOn'>>,
): boolean {
  return state !== 'off' || [named, only, switchedOn].some((ids) => ids?.includes(id) === true)
}

/** What all policies say of one resource. */
interface DetectedIn {
  resource: Resource
  judge: Judge
  detected: Detected[]
  /** Policies that gave no verdict. */
  silent: ReadonlySet<string>
}

/** One resource on its way through the steps. */
interface ResourceWork {
  judged: Judged
  /** Findings of the report. */
  findings: Finding[]
  fingerprints: ReadonlyMap<Detected, string>
  /** Groups that were asked for or are required by one that was, with the findings that each fixes. */
  groups: Map<FixGroup, Finding[]>
  /** Groups that passed on their own. */
  accepted: FixGroup[]
}

class FileAnalysis {
  private readonly request: Request
  private readonly settings: Settings
  private readonly judge: Judge
  private readonly excepting: Excepting
  private readonly given: Given
  private readonly refused: Refused
  private readonly above: number
  private readonly now: () => number
  private readonly scope: Scope
  private readonly timings: Record<string, number> = {}
  private readonly skipped: ReadonlySet<string>

  constructor(
    request: Request,
    settings: Settings,
    judge: Judge,
    excepting: Excepting,
    given: Given,
    above: number,
    now: () => number,
  ) {
    this.request = request
    this.settings = settings
    this.judge = judge
    this.excepting = excepting
    this.given = given
    this.refused = { ...request.leftOut, ...given.refused }
    this.above = above
    this.now = now
    this.scope = request.scope ?? wholeScope
    this.skipped = new Set(request.skip)
  }

  run(file: string, text: string, read: typeof readSource): FileResult {
    const source = this.timed('load', () => read(file, text))
    if (isContext(this.scope, file)) return this.context(source)
    const invalid: Invalid[] = []
    const detected = this.timed('detect', () => this.detect(source, invalid))
    const exceptions = this.timed('detect', () => this.excepting.read(source))
    const planned = this.timed('propose', () => detected.map((one) => this.propose(source, one, exceptions)))
    this.timed('verify', () => planned.forEach((work) => this.verifyGroups(source, work)))
    const { change, proven, offers } = this.timed('verify', () => this.verifyFile(source, planned))
    const facts = this.timed('load', () => factsOf(source))
    return {
      file,
      sha256: createHash('sha256').update(text).digest('hex'),
      documents: source.documents.length,
      resources: source.resources.length,
      findings: planned.flatMap((work) => work.findings),
      invalid,
      unread: unreadOf(source),
      change,
      troubles: [],
      proven,
      offers,
      isContext: false,
      given: this.given,
      facts,
      exceptions,
      timings: this.timings,
    }
  }

  /** A file that nobody asks about: only what other files need to know of it. */
  private context(source: SourceFile): FileResult {
    return {
      file: source.file,
      sha256: '',
      documents: 0,
      resources: 0,
      findings: [],
      invalid: [],
      unread: [],
      change: undefined,
      troubles: [],
      proven: undefined,
      offers: [],
      isContext: true,
      given: this.given,
      facts: this.timed('load', () => factsOf(source)),
      exceptions: this.excepting.read(source),
      timings: this.timings,
    }
  }

  /** Finds every problem of every resource, by all policies: what a fix must not add to. */
  private detect(source: SourceFile, invalid: Invalid[]): DetectedIn[] {
    return source.resources.flatMap((resource) => {
      const { mutations } = this.request
      const judge = mutations === undefined ? this.judge : withMutations(this.judge, mutations, resource)
      const { detected, errors } = detect(judge, resource)
      if (errors.length > 0)
        invalid.push({
          resource: referenceOf(resource),
          location: locationOf(resource, source.lines, ''),
          level: 'policy',
          errors: errors.map(({ policy, message }) => `${policy} gives no verdict: ${message}`),
        })
      const silent = new Set(errors.map(({ policy }) => policy))
      return detected.length === 0 ? [] : [{ resource, judge, detected, silent }]
    })
  }

  /** Plans the fixes of a resource, and writes down every finding that was asked for. */
  private propose(
    source: SourceFile,
    { resource, judge, detected, silent }: DetectedIn,
    exceptions: readonly ObjectException[],
  ): ResourceWork {
    const twin = source.resources
      .slice(0, source.resources.indexOf(resource))
      .filter((other) => sameName(other, resource)).length
    const all = new Map(
      detected.map((one) => {
        const severity = this.settings.severity[one.match.policy.id] ?? one.match.policy.severity
        const finding = findingOf(resource, source.lines, one, twin, severity)
        this.excepting.settle(finding, exceptions)
        return [one, finding] as const
      }),
    )
    const excepted = new Set(detected.filter((one) => all.get(one)?.state === 'suppressed'))
    const isOpen = (one: Detected): boolean => {
      const finding = all.get(one)
      return this.isWanted(one) && finding !== undefined && !excepted.has(one) && !this.isBaseline(finding)
    }
    const plan: ResourcePlan =
      this.request.detectOnly === true || !detected.some(isOpen)
        ? { groups: [], unfixed: new Map() }
        : planResource(judge, resource, detected, this.skipped, this.mayLift(source, resource), excepted)
    const groups = wantedGroups(plan.groups, isOpen).map((group) => withReverts(group, this.request.reverts))
    const grouped = new Set(groups.flatMap(({ owners }) => owners))
    const findings = new Map<Detected, Finding>()
    for (const [one, finding] of all) {
      if (!this.isWanted(one) && !grouped.has(one)) continue
      const unfixed = plan.unfixed.get(one.key)
      if (unfixed !== undefined) Object.assign(finding, unfixed)
      findings.set(one, finding)
    }
    const judged: Judged = {
      judge,
      resource,
      detected,
      before: new Set(detected.map(({ key }) => key)),
      silent,
      allowRemoval: new Set(this.settings.allowRemoval),
      mayChange: new Set(this.request.config.allowed.changes.map((name) => `kyverno/${name}`)),
      excepted: [...excepted],
    }
    return {
      judged,
      findings: [...findings.values()],
      fingerprints: new Map([...findings].map(([one, { fingerprint }]) => [one, fingerprint])),
      groups: new Map(groups.map((group) => [group, group.owners.flatMap((one) => findings.get(one) ?? [])])),
      accepted: [],
    }
  }

  /** Each group alone: on its object, in its text. */
  private verifyGroups(source: SourceFile, work: ResourceWork): void {
    for (const [group, findings] of work.groups) {
      const verdict = verifyGroup(work.judged, source, group, this.request.level, this.shown(source.file))
      const elsewhere =
        findings.flatMap(({ fingerprint }) => this.refused[fingerprint] ?? [])[0] ??
        (losesException(source, work.judged.resource, group, verdict.edits) ? exceptionLost : undefined)
      const accepted = verdict.accepted && elsewhere === undefined
      if (accepted) work.accepted.push(group)
      const fingerprints = group.members.flatMap((member) => work.fingerprints.get(member) ?? [])
      for (const finding of findings) {
        finding.state = accepted ? 'fixed' : 'refused'
        finding.patch = group.patch
        finding.edits = accepted ? verdict.edits : []
        finding.requires = fingerprints.filter((fingerprint) => fingerprint !== finding.fingerprint)
        finding.verification = { level: verdict.level, gates: verdict.gates }
        finding.breakage = group.breakage
        if (group.values.length > 0) finding.values = group.values
        finding.safe = group.breakage.probability <= unsafeAbove
        if (verdict.reason !== undefined) finding.reason = verdict.reason
        else if (elsewhere !== undefined) refuseFinding(finding, elsewhere, gateOf(elsewhere))
      }
    }
  }

  /** All groups of the file together; then, where the new text is wanted, the ones that will be written. */
  private verifyFile(
    source: SourceFile,
    works: readonly ResourceWork[],
  ): Pick<FileResult, 'change' | 'proven' | 'offers'> {
    const nothing = { change: undefined, proven: undefined, offers: [] }
    if (works.every(({ accepted }) => accepted.length === 0)) return nothing
    const { changes, api, unsafeFixes, level } = this.request
    const shown = this.shown(source.file)
    const beside = api || this.request.beside
    // What the embedded API server is only asked about, it reads for itself.
    const proof = changes || this.request.beside ? 'full' : 'quick'
    const together = (isChosen: (group: FixGroup) => boolean): Together =>
      verifyTogether(
        source,
        works.map(({ judged, accepted }) => ({ judged, groups: accepted.filter(isChosen) })),
        level,
        proof,
        shown,
      )
    const all = together(() => true)
    for (const [group, reason] of all.dropped) refuse(works, group, reason)
    const offers = shown.length === 0 ? [] : this.offer(source, works, all.kept, shown)
    if (!changes && !beside) return { ...nothing, offers }

    const isWanted = (group: FixGroup): boolean => unsafeFixes || group.breakage.probability <= unsafeAbove
    const written = all.kept.every(isWanted)
      ? all
      : together((group) => all.kept.includes(group) && isWanted(group))
    if (written !== all) for (const [group, reason] of written.dropped) refuse(works, group, reason)
    const fingerprintsOf = (group: FixGroup): string[] =>
      works.flatMap(({ groups }) => (groups.get(group) ?? []).map(({ fingerprint }) => fingerprint))
    const change =
      changes && written.edit !== undefined && written.kept.length > 0
        ? {
            file: source.file,
            before: source.text,
            after: written.edit.text,
            fingerprints: written.kept.flatMap(fingerprintsOf),
          }
        : undefined
    if (!beside || all.edit === undefined) return { change, proven: undefined, offers }
    const groups = works.flatMap(({ judged: { resource }, accepted }) =>
      accepted
        .filter((group) => all.kept.includes(group) && !written.dropped.has(group))
        .map((group) => ({
          fingerprints: fingerprintsOf(group),
          document: resource.document,
          root: resource.root,
          patch: group.patch,
          isWritten: written.kept.includes(group),
        })),
    )
    return { change, proven: { groups, text: all.edit.text }, offers }
  }

  /** What a review can suggest, the worst findings first. */
  private offer(
    source: SourceFile,
    works: readonly ResourceWork[],
    kept: readonly FixGroup[],
    shown: readonly LineRange[],
  ): Offered[] {
    const fingerprints = new Map<FixGroup, string[]>()
    const candidates = works.flatMap(({ judged, groups }) =>
      [...groups].flatMap(([group, findings]): (Candidate & { rank: number })[] => {
        const own = findings.filter((finding) => !this.isBaseline(finding))
        const [first] = own
        if (!kept.includes(group) || first === undefined) return []
        fingerprints.set(
          group,
          findings.map(({ fingerprint }) => fingerprint),
        )
        const rank = Math.max(...own.map(({ severity }) => severities.indexOf(severity)))
        return [{ judged, group, edits: first.edits, isSafe: first.safe === true, rank }]
      }),
    )
    const worstFirst = candidates.toSorted((a, b) => b.rank - a.rank)
    return composeOffers(source, worstFirst, shown, this.request.level).map(({ groups, edit }) => ({
      fingerprints: groups.flatMap((group) => fingerprints.get(group) ?? []),
      edit,
    }))
  }

  /**
   * Whether a fix may be one line at the pod: not where a review shows a container and not the pod, so that nobody could
   * take it with a click.
   */
  private mayLift(source: SourceFile, resource: Resource): MayLift | undefined {
    const shown = this.shown(source.file)
    const pod = resource.pod
    if (shown.length === 0 || pod === undefined) return undefined
    const isLineShown = (offset: number): boolean => {
      const { line } = source.lines.position(offset)
      return shown.some(({ startLine, endLine }) => startLine <= line && endLine >= line)
    }
    // A new key goes behind one of the others.
    const hasGap = (pointer: string, map: JsonObject): boolean =>
      Object.keys(map).some((key) => {
        const node = resource.locate(pointer + pointerOf([key]))
        return node !== undefined && isLineShown(Math.max(node.value.start, node.value.end - 1))
      })
    const context = property(pod.spec, 'securityContext')
    const isPodShown = isObject(context)
      ? hasGap(`${pod.pointer}/securityContext`, context)
      : hasGap(pod.pointer, pod.spec)
    // Asked for each finding of each container: what is shown of a container is looked up once.
    const shownContainers = new Set(
      pod.containers.flatMap(({ pointer, value }) => (hasGap(pointer, value) ? pointer : [])),
    )
    return (matches: readonly Match[]) =>
      isPodShown ||
      !matches.some(({ container }) => container !== undefined && shownContainers.has(container.pointer))
  }

  /** Lines that the diff shows, of the text that is analysed. */
  private shown(file: string): readonly LineRange[] {
    const shown = this.scope.files?.get(file)?.shown ?? []
    if (this.above === 0) return shown
    return shown.map(({ startLine, endLine }) => ({
      startLine: startLine - this.above,
      endLine: endLine - this.above,
    }))
  }

  private isBaseline({ fingerprint, location }: Finding): boolean {
    const { file, line, endLine } = location
    return isBaseline(this.scope, {
      fingerprint,
      location: { file, line: line + this.above, endLine: endLine + this.above },
    })
  }

  private isWanted({ match }: Detected): boolean {
    const { id } = match.policy
    return !this.skipped.has(id) && (this.request.only === undefined || this.request.only.includes(id))
  }

  private timed<T>(step: string, work: () => T): T {
    const start = this.now()
    const result = work()
    this.timings[step] = (this.timings[step] ?? 0) + this.now() - start
    return result
  }
}

const exceptionLost: Reason = {
  code: 'removes-exception',
  text: 'the fix would take away an exception that somebody has written at this place',
}

/** Whether a fix touches what excepts something: an annotation of the object or of its pods, or a comment. */
function losesException(
  source: SourceFile,
  { object, pod }: Resource,
  { patched }: FixGroup,
  edits: readonly LineEdit[],
): boolean {
  const template = pod?.templatePointer ?? ''
  const written = (root: JsonObject): JsonValue => exceptionAnnotations([root, valueAt(root, template)])
  if (!equal(written(object), written(patched))) return true
  if (!mayHoldComments(source.text)) return false
  return edits.some(({ startLine, endLine, replacement }) => {
    const { text, lines } = source
    const before = text.slice(lines.startOf(Math.max(1, startLine)), lines.startOf(endLine + 1))
    return countComments(replacement) < countComments(before)
  })
}

/** A group whose chance to break its workload is that which was learned here. */
function withReverts(group: FixGroup, reverts: RevertsByPolicy | undefined): FixGroup {
  if (reverts === undefined) return group
  const policies = group.members.map(({ match }) => match.policy.id)
  return { ...group, breakage: learnedBreakage(group.breakage, policies, reverts) }
}

/** The groups that fix what is asked about, and those of what their fixes bring along. */
function wantedGroups(groups: readonly FixGroup[], isOpen: (one: Detected) => boolean): FixGroup[] {
  const wanted = groups.filter(({ owners }) => owners.some(isOpen))
  const brought = new Set(wanted.flatMap(({ members }) => members))
  return groups.filter(({ owners }) => owners.some((owner) => isOpen(owner) || brought.has(owner)))
}

/** What the policies may take values from, without the keys that nobody has set. */
export function valuesOf({ resources, images }: Settings): JsonObject {
  const values: JsonObject = {}
  for (const [kind, amounts] of Object.entries(resources.defaults)) {
    const set: JsonObject = {}
    for (const [name, amount] of Object.entries(amounts ?? {})) if (amount !== undefined) set[name] = amount
    values[kind] = set
  }
  const pins = {
    ...Object.fromEntries(
      Object.entries(images.pins).flatMap(([name, pin]) => imageNames(name).map((one) => [one, pin])),
    ),
    // As it is written wins over what it is called as well.
    ...images.pins,
  }
  return { resources: values, ...(Object.keys(pins).length > 0 && { images: { pins } }) }
}

function refuse(works: readonly ResourceWork[], group: FixGroup, reason: Reason): void {
  for (const { groups } of works)
    for (const finding of groups.get(group) ?? []) refuseFinding(finding, reason, 'together')
}

function refuseFinding(finding: Finding, reason: Reason, gate: string): void {
  finding.state = 'refused'
  finding.reason = reason
  finding.edits = []
  const gates = [...(finding.verification?.gates ?? []), { name: gate, passed: false, detail: reason.text }]
  finding.verification = { level: 'text', gates }
}

/** The gate that a reason of a verifier names. */
function gateOf({ code }: Reason): string {
  return code.replace(/^verifier-rejected:/, '')
}

function sameName(a: Resource, b: Resource): boolean {
  return a.group === b.group && a.kind === b.kind && a.namespace === b.namespace && a.name === b.name
}

export function unreadOf(source: SourceFile): Unread[] {
  return source.problems.map(({ code, text, offset, broken }) => {
    const { line, column } = source.lines.position(offset)
    return { file: source.file, reason: { code, text }, line, column, broken }
  })
}

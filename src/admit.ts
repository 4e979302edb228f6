import jsonPatch from 'fast-json-patch'
import type { FileText } from './adapters/analysis.ts'
import { counterpart, manifestOf, Sources, type Place } from './bodies.ts'
import type { ApiServer, Manifest, Preparation } from './cluster/index.ts'
import { locationOf, referenceOf } from './detect/index.ts'
import {
  InfrastructureError,
  jsonPatchSchema,
  type Answer,
  type DryRun,
  type Gate,
  type Invalid,
  type JsonObject,
  type Reason,
} from './model/index.ts'
import { refusing, type Analyser, type FileResult, type ProvenGroup } from './pipeline.ts'
import { kustomizeGroup, readSource, type Resource, type SourceFile } from './resources/index.ts'
import {
  createKnownUpdates,
  inBrief,
  invalidErrors,
  judgeAdmission,
  settle,
  troubles,
  type Composed,
  type GroupAdmission,
  type InvalidError,
  type SettleOptions,
} from './verify/index.ts'

/*
 * Levels `api` and `admission`: an API server, the embedded one or a real one, is asked about every object as it stands
 * and with its fixes, all of them together first. What adds an error, or does more than its patch says, is refused.
 */

export interface AdmissionPorts {
  level: 'api' | 'admission'
  /** It may still be starting. */
  server: Promise<ApiServer>
  /** Of a server that others have prepared, and that other files are asked about as well. */
  settling?: Settling
  analyse(files: readonly FileText[]): Promise<FileResult[]>
  /** Reads a file, or remembers one that was read. */
  read?: typeof readSource
  /** In this thread, for the few files whose fixes have to be taken apart. */
  analyser: Analyser
  progress(done: number, of: number): void
}

export interface Admitted {
  results: FileResult[]
  invalid: Invalid[]
  /** What a server of our own was given, and what it did not take of that. */
  assumed: string[]
  /** Trouble that left something unproven, a sentence each. */
  troubles: string[]
}

/** What is kept over all files that one server is asked about: it need not be prepared, and each update is tried once. */
export type Settling = Required<Pick<SettleOptions, 'updates'>>

export function createSettling(): Settling {
  return { updates: createKnownUpdates() }
}

/** Requests at a time: more do not make a server on two cores faster. */
const inFlight = 4
/** Questions in a row without an answer, after which a server is left alone: each may take as long as its time limit. */
const mostSilent = 8
/** Rounds of leaving out what the server refuses. */
const mostRounds = 3

export async function admit(
  results: readonly FileResult[],
  texts: ReadonlyMap<string, string>,
  ports: AdmissionPorts,
): Promise<Admitted> {
  const sources = new Sources(texts, ports.read)
  const { settling } = ports
  let server: ApiServer
  let prepared: Preparation = { assumed: [], refused: [] }
  try {
    server = await ports.server
    if (settling === undefined)
      prepared = await server.prepare(
        results.flatMap(({ file }) => sources.of(file).resources.map(({ object }) => object)),
      )
  } catch (error) {
    if (!(error instanceof InfrastructureError)) throw error
    return unasked(results, error.message)
  }
  const admission = new Admission(texts, sources, unlessSilent(server), ports, settling ?? createSettling())
  return admission.of(results, prepared)
}

/** `only-together`: the server takes the object, but not with the fixes that are written as long as no others are. */
type Verdict = GroupAdmission | { verdict: 'only-together'; immutable?: string }
type Verdicts = Map<ProvenGroup, Verdict>

class Admission {
  private readonly texts: ReadonlyMap<string, string>
  private readonly sources: Sources
  private readonly ports: AdmissionPorts
  private readonly server: Questions
  private readonly options: SettleOptions
  private readonly invalid: Invalid[] = []
  private readonly settled: { original: Answer; groups: ReadonlyMap<ProvenGroup, GroupAdmission> }[] = []
  private readonly further = new Set<string>()
  private readonly read = new WeakMap<FileResult, SourceFile>()
  private readonly parts = new WeakMap<FileResult, Map<string, FileResult>>()

  constructor(
    texts: ReadonlyMap<string, string>,
    sources: Sources,
    server: Questions,
    ports: AdmissionPorts,
    options: SettleOptions,
  ) {
    this.texts = texts
    this.sources = sources
    this.server = server
    this.ports = ports
    this.options = options
  }

  async of(results: readonly FileResult[], { assumed, refused: notMade }: Preparation): Promise<Admitted> {
    const all = new Map(results.map((result) => [result.file, result]))
    let open = [...results]
    for (let round = 1; open.length > 0; round++) {
      const refusals = await this.round(open, round)
      if (round >= mostRounds) refuseAll(refusals, all)
      open = await this.ports.analyse(
        [...refusals].map(([file, reasons]): FileText => ({
          file,
          text: this.texts.get(file) ?? '',
          given: refusing(reasons, all.get(file)),
        })),
      )
      for (const result of open) all.set(result.file, result)
    }
    return {
      results: [...all.values()],
      invalid: this.invalid,
      assumed: [
        ...assumed,
        ...notMade.map(({ what, message }) => `${what} could not be made: ${inBrief(message)}`),
      ],
      troubles: [...new Set([...[...troubles(this.settled).values()].map(inBrief), ...this.further])],
    }
  }

  /** Asks about all objects of some files; gives what is refused, by file and finding. */
  private async round(
    results: readonly FileResult[],
    round: number,
  ): Promise<Map<string, Record<string, Reason>>> {
    const refusals = new Map<string, Record<string, Reason>>()
    const tasks = results.flatMap((result) => {
      const source = this.sources.of(result.file)
      const groups = result.proven?.groups ?? []
      return source.resources
        .filter((resource) => round === 1 || groups.some((group) => isAt(group, resource)))
        .map((resource) => async (): Promise<void> => {
          const verdicts = await this.settle(result, source, resource, round === 1)
          for (const [group, verdict] of verdicts) {
            const reason = write(result, group, verdict, this.ports.level)
            const [fingerprint] = group.fingerprints
            if (reason === undefined || fingerprint === undefined) continue
            refusals.set(result.file, { ...refusals.get(result.file), [fingerprint]: reason })
          }
        })
    })
    await inParallel(tasks, (done, of) => this.ports.progress(done, of))
    return refusals
  }

  private async settle(
    result: FileResult,
    source: SourceFile,
    resource: Resource,
    isFirst: boolean,
  ): Promise<Verdicts> {
    const { server } = this
    const groups = (result.proven?.groups ?? []).filter((group) => isAt(group, resource))
    const manifest = manifestOf(source, resource)
    if (groups.length === 0) {
      // What configures kustomize never reaches a server, and need not even say what it is.
      if (resource.group === kustomizeGroup) return new Map()
      const original = await server.judge(manifest)
      this.settled.push({ original, groups: new Map() })
      if (isFirst) this.listInvalid(source, resource, original)
      return new Map()
    }
    const settled = await settle<Manifest, ProvenGroup>(
      {
        dryRun: async (one) => server.dryRun(one),
        tryUpdate: async (original, patch) => server.tryUpdate(original, patch),
      },
      {
        object: resource.object,
        manifest,
        groups,
        compose: (some) =>
          some.length === groups.length
            ? composed(resource, this.together(result), resource)
            : this.only(result, source, resource, groups, some),
      },
      this.options,
    )
    this.settled.push(settled)
    if (isFirst) this.listInvalid(source, resource, settled.original)
    const verdicts: Verdicts = new Map(settled.groups)
    await this.confirmWritten(result, source, resource, groups, settled.original, verdicts)
    // Of no use to the next object, and a text each.
    this.parts.delete(result)
    return verdicts
  }

  /** The text with all fixes, read once for all objects of the file. */
  private together(result: FileResult): SourceFile | undefined {
    const known = this.read.get(result)
    if (known !== undefined || result.proven === undefined) return known
    const source = readSource(result.file, result.proven.text)
    this.read.set(result, source)
    return source
  }

  /** An object with some of its groups alone: neither its other ones, nor any that were dropped for them. */
  private only(
    result: FileResult,
    source: SourceFile,
    resource: Resource,
    groups: readonly ProvenGroup[],
    some: readonly ProvenGroup[],
  ): Composed<Manifest> | undefined {
    const { file, findings, proven } = result
    const known = new Set(proven?.groups.flatMap(({ fingerprints }) => fingerprints))
    const others = groups.filter((group) => !some.includes(group)).map(({ fingerprints: [first] }) => first)
    const dropped = findings.map(({ fingerprint }) => fingerprint).filter((one) => !known.has(one))
    const without = Object.fromEntries(
      [...others, ...dropped].flatMap((one) => (one === undefined ? [] : [[one, leftOut]])),
    )
    const wanted = some.map(({ fingerprints: [first] }) => first)
    // The document alone is as good as the file, and quick in a file of hundreds; but of two objects of one name the
    // second is known by its number in the file.
    const { start = 0, end = 0 } = source.documents[resource.document] ?? {}
    for (const [from, to, document] of [
      [start, end, 0],
      [0, source.text.length, resource.document],
    ] as const) {
      const place = { document, root: resource.root }
      const again = this.part(result, [from, to, ...Object.keys(without).toSorted()], () =>
        this.ports.analyser.analyse(
          file,
          source.text.slice(from, to),
          refusing(without, result),
          source.lines.position(from).line - 1,
        ),
      )
      const made = (again.proven?.groups ?? []).filter((group) => isAt(group, place))
      if (made.length !== wanted.length) continue
      if (made.some(({ fingerprints: [first] }) => !wanted.includes(first))) continue
      return composed(resource, this.together(again), place)
    }
    return undefined
  }

  /** A stretch of a file without some of its fixes: a dry-run and a trial update often want the same one. */
  private part(result: FileResult, words: readonly unknown[], make: () => FileResult): FileResult {
    const known = this.parts.get(result) ?? new Map<string, FileResult>()
    this.parts.set(result, known)
    const key = JSON.stringify(words)
    const found = known.get(key) ?? make()
    known.set(key, found)
    return found
  }

  /**
   * What will be written may hold fewer fixes than were asked about: the server sees that text as well. Where nothing is
   * written, so does it where only a fix can have made it take the object: the fixes that would be written may not do.
   */
  private async confirmWritten(
    result: FileResult,
    source: SourceFile,
    resource: Resource,
    groups: readonly ProvenGroup[],
    original: DryRun,
    verdicts: Verdicts,
  ): Promise<void> {
    const written = groups.filter(({ isWritten }) => isWritten)
    if (written.length === 0 || written.length === groups.length) return
    // Groups that go with a refused one are judged in the next round.
    if (groups.some((group) => verdicts.get(group)?.verdict === 'rejected')) return
    const isCured =
      original.outcome === 'rejected' && written.some((group) => verdicts.get(group)?.verdict === 'accepted')
    if (result.change === undefined && !isCured) return
    const change =
      result.change === undefined
        ? this.only(result, source, resource, groups, written)
        : composed(resource, readSource(result.file, result.change.after), resource)
    if (change === undefined && !isCured) return
    const verdict =
      change &&
      judgeAdmission(original, await this.server.dryRun(change.manifest), {
        before: resource.object,
        after: change.patched,
        patches: [change.patch],
      })
    if (verdict?.verdict === 'accepted') return
    if (verdict?.verdict === 'unproven') this.further.add(inBrief(verdict.message))
    // Text that could not even be composed was not asked about either.
    const said: Verdict =
      verdict === undefined || (isCured && verdict.verdict === 'already-invalid')
        ? { verdict: 'only-together' }
        : verdict
    for (const group of written) {
      const { immutable } = verdicts.get(group) ?? {}
      verdicts.set(group, immutable === undefined ? said : { ...said, immutable })
    }
  }

  /** One entry for each place that the server complains about. */
  private listInvalid(source: SourceFile, resource: Resource, original: Answer): void {
    const entries = new Map<string, Invalid>()
    for (const error of invalidErrors(original, resource.object)) {
      const { text } = error
      const location = placeOfError(source, resource, error)
      const key = `${location.pointer} ${location.line}`
      const entry = entries.get(key)
      if (entry === undefined)
        entries.set(key, {
          resource: referenceOf(resource),
          location,
          level: this.ports.level,
          errors: [text],
        })
      else entry.errors.push(text)
    }
    this.invalid.push(...entries.values())
  }
}

/** Where leaving out one fix after the other comes to no end, all fixes of the file go. */
export function refuseAll(
  refusals: ReadonlyMap<string, Record<string, Reason>>,
  all: ReadonlyMap<string, FileResult>,
): void {
  for (const [file, reasons] of refusals) {
    const [reason] = Object.values(reasons)
    for (const { fingerprints } of all.get(file)?.proven?.groups ?? [])
      for (const fingerprint of fingerprints)
        if (reason !== undefined && reasons[fingerprint] === undefined) reasons[fingerprint] = reason
  }
}

/** A server that fails before the first question has proven nothing, and refuses nothing. */
function unasked(results: readonly FileResult[], trouble: string): Admitted {
  for (const { findings } of results)
    for (const { state, verification } of findings)
      if (state === 'fixed' && verification !== undefined)
        verification.because = becauseOf({ verdict: 'unproven', fault: 'unreachable', message: trouble })
  return { results: [...results], invalid: [], assumed: [], troubles: [trouble] }
}

const leftOut: Reason = { code: 'verifier-rejected:together', text: 'left out while others are tried' }

function isAt({ document, root }: Place, place: Place): boolean {
  return document === place.document && root === place.root
}

/** Where the thing stands that a server has against a resource. */
export function placeOfError(
  source: SourceFile,
  resource: Resource,
  error: InvalidError,
): Invalid['location'] {
  return error.line === undefined
    ? locationOf(resource, source.lines, error.pointer)
    : lineOf(source, resource, error.line)
}

/** A line of the text that was sent, from 1, in the file that it was taken from. */
function lineOf(source: SourceFile, resource: Resource, line: number): Invalid['location'] {
  const whole = locationOf(resource, source.lines, '')
  const { start = 0 } = source.documents[resource.document] ?? {}
  const at = source.lines.position(start).line + line - 1
  return { ...whole, line: at, column: 1, endLine: at }
}

/** An object as another text has it, at a place there. */
export function composed(
  resource: Resource,
  source: SourceFile | undefined,
  place: Place,
): Composed<Manifest> | undefined {
  const now = source && counterpart(source, place)
  if (source === undefined || now === undefined) return undefined
  return {
    manifest: manifestOf(source, now),
    patch: difference(resource.object, now.object),
    patched: now.object,
  }
}

/** What really differs, as a patch: the server's answer is held against this, whatever the fixes call themselves. */
function difference(before: JsonObject, after: JsonObject): Composed<Manifest>['patch'] {
  return jsonPatchSchema.parse(jsonPatch.compare(before, after))
}

/** Writes a verdict into the findings of a group; gives the reason where it is refused. */
function write(
  result: FileResult,
  group: ProvenGroup,
  verdict: Verdict,
  level: AdmissionPorts['level'],
): Reason | undefined {
  if (verdict.verdict === 'rejected') return { ...verdict.reason, code: `verifier-rejected:${level}` }
  for (const finding of result.findings) {
    const { verification } = finding
    if (!group.fingerprints.includes(finding.fingerprint) || verification === undefined) continue
    if (verdict.verdict === 'accepted') {
      verification.level = level
      verification.gates = [...verification.gates, ...gatesOf(verdict.gates, level)]
      // A level below may have ended earlier.
      delete verification.because
    } else verification.because = becauseOf(verdict)
    if (verdict.immutable !== undefined) verification.recreate = verdict.immutable
  }
  return undefined
}

/** The same questions to another server are gates of another name. */
export function gatesOf(gates: readonly Gate[], level: AdmissionPorts['level']): Gate[] {
  return gates.map((gate) => (level === 'api' ? { ...gate, name: `api-${gate.name}` } : gate))
}

/** Why the proof ends at the level before. */
export function becauseOf(verdict: Exclude<Verdict, { verdict: 'accepted' | 'rejected' }>): string {
  switch (verdict.verdict) {
    case 'already-invalid':
      return `the server does not take the object as it stands, so ${verdict.hidden}`
    case 'only-together':
      return 'the object is taken only with all fixes together'
    case 'unjudged':
      return `the server cannot judge the object: ${inBrief(verdict.message)}`
    case 'unproven':
      return `the server gave no verdict: ${inBrief(verdict.message)}`
  }
}

type Questions = Required<Pick<ApiServer, 'dryRun' | 'judge' | 'tryUpdate'>>

/** A server that is asked no more once it has left many questions in a row without an answer. */
function unlessSilent(server: ApiServer): Questions {
  let silent = 0
  let last: Extract<Answer, { outcome: 'unanswered' }> | undefined
  const heard = <A extends Answer | undefined>(answer: A): A => {
    // Once is enough: what was still under way when it fell silent is no sign that it answers again.
    if (silent >= mostSilent || answer === undefined) return answer
    const isSilent =
      answer.outcome === 'unanswered' && (answer.fault === 'unreachable' || answer.fault === 'timeout')
    silent = isSilent ? silent + 1 : 0
    if (isSilent) last = answer
    return answer
  }
  const left = (): typeof last => (silent >= mostSilent ? last : undefined)
  return {
    dryRun: async (one) => left() ?? heard(await server.dryRun(one)),
    judge: async (one) => left() ?? heard(await (server.judge?.(one) ?? server.dryRun(one))),
    tryUpdate: async (original, patch) => left() ?? heard(await server.tryUpdate(original, patch)),
  }
}

async function inParallel(
  tasks: readonly (() => Promise<void>)[],
  progress: (done: number, of: number) => void,
): Promise<void> {
  let next = 0
  let done = 0
  const worker = async (): Promise<void> => {
    for (;;) {
      const task = tasks[next++]
      if (task === undefined) return
      await task()
      progress(++done, tasks.length)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
}

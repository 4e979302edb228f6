import jsonPatch from 'fast-json-patch'
import type { FileText } from './adapters/analysis.ts'
import { counterpart, manifestOf, Sources, type Place } from './bodies.ts'
import type { Cluster, Manifest, Preparation } from './cluster/index.ts'
import { locationOf, referenceOf } from './detect/index.ts'
import {
  InfrastructureError,
  jsonPatchSchema,
  type Invalid,
  type JsonObject,
  type Reason,
} from './model/index.ts'
import type { Analyser, FileResult, ProvenGroup } from './pipeline.ts'
import { readSource, type Resource, type SourceFile } from './resources/index.ts'
import {
  inBrief,
  invalidErrors,
  judgeAdmission,
  settle,
  troubles,
  type Composed,
  type GroupAdmission,
  type Settled,
  type SettleOptions,
} from './verify/index.ts'

/*
 * Level `admission`: an API server is asked about every object as it stands and with its fixes, all of them together
 * first. What adds an error, or does more than its patch says, is refused.
 */

export interface AdmissionPorts {
  cluster: Cluster
  analyse(files: readonly FileText[]): Promise<FileResult[]>
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

/** Requests at a time: more do not make a server on two cores faster. */
const inFlight = 4
/** Rounds of leaving out what the server refuses. */
const mostRounds = 3

export async function admit(
  results: readonly FileResult[],
  texts: ReadonlyMap<string, string>,
  ports: AdmissionPorts,
): Promise<Admitted> {
  return new Admission(texts, ports).of(results)
}

type Verdicts = Map<ProvenGroup, GroupAdmission>

class Admission {
  private readonly texts: ReadonlyMap<string, string>
  private readonly sources: Sources
  private readonly ports: AdmissionPorts
  private readonly options: SettleOptions = { updates: new Map() }
  private readonly invalid: Invalid[] = []
  private readonly settled: Settled<ProvenGroup>[] = []
  private readonly further = new Set<string>()
  private readonly read = new WeakMap<FileResult, SourceFile>()

  constructor(texts: ReadonlyMap<string, string>, ports: AdmissionPorts) {
    this.texts = texts
    this.sources = new Sources(texts)
    this.ports = ports
  }

  async of(results: readonly FileResult[]): Promise<Admitted> {
    const objects = results.flatMap(({ file }) => this.sources.of(file).resources.map(({ object }) => object))
    const prepared = await this.prepare(objects)
    if ('trouble' in prepared) return unasked(results, prepared.trouble)
    const { assumed, refused: notMade } = prepared
    const all = new Map(results.map((result) => [result.file, result]))
    let open = [...results]
    for (let round = 1; open.length > 0; round++) {
      const refusals = await this.round(open, round)
      if (round >= mostRounds) refuseAll(refusals, all)
      open = await this.ports.analyse(
        [...refusals].map(([file, reasons]): FileText => ({
          file,
          text: this.texts.get(file) ?? '',
          refused: { ...all.get(file)?.refused, ...reasons },
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
      troubles: [...new Set([...troubles(this.settled).values(), ...this.further])],
    }
  }

  private async prepare(objects: readonly JsonObject[]): Promise<Preparation | { trouble: string }> {
    try {
      return await this.ports.cluster.prepare(objects)
    } catch (error) {
      if (!(error instanceof InfrastructureError)) throw error
      return { trouble: error.message }
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
            const reason = write(result, group, verdict)
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
    const { cluster } = this.ports
    const groups = (result.proven?.groups ?? []).filter((group) => isAt(group, resource))
    const manifest = manifestOf(source, resource)
    const settled = await settle<Manifest, ProvenGroup>(
      {
        dryRun: async (one) => cluster.dryRun(one),
        tryUpdate: async (original, patch) => cluster.tryUpdate(original, patch),
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
    if (isFirst) this.listInvalid(source, resource, settled)
    await this.confirmWritten(result, resource, groups, settled)
    return settled.groups
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
    const { file, refused, findings, proven } = result
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
    for (const [text, document] of [
      [source.text.slice(start, end), 0],
      [source.text, resource.document],
    ] as const) {
      const place = { document, root: resource.root }
      const again = this.ports.analyser.analyse(file, text, { ...refused, ...without }).proven
      const made = (again?.groups ?? []).filter((group) => isAt(group, place))
      if (again === undefined || made.length !== wanted.length) continue
      if (made.some(({ fingerprints: [first] }) => !wanted.includes(first))) continue
      return composed(resource, readSource(file, again.text), place)
    }
    return undefined
  }

  /** What will be written may hold fewer fixes than were asked about: the server sees that text as well. */
  private async confirmWritten(
    result: FileResult,
    resource: Resource,
    groups: readonly ProvenGroup[],
    { original, groups: verdicts }: Settled<ProvenGroup>,
  ): Promise<void> {
    const passing = groups.filter((group) => verdicts.get(group)?.verdict !== 'rejected')
    const written = passing.filter(({ isWritten }) => isWritten)
    if (result.change === undefined || written.length === 0 || written.length === passing.length) return
    // Groups that go with a refused one are judged in the next round.
    if (passing.length < groups.length) return
    const change = composed(resource, readSource(result.file, result.change.after), resource)
    if (change === undefined) return
    const verdict = judgeAdmission(original, await this.ports.cluster.dryRun(change.manifest), {
      before: resource.object,
      after: change.patched,
      patches: [change.patch],
    })
    if (verdict.verdict === 'rejected' || verdict.verdict === 'unproven')
      for (const group of written) verdicts.set(group, verdict)
    if (verdict.verdict === 'unproven') this.further.add(verdict.message)
  }

  private listInvalid(source: SourceFile, resource: Resource, { original }: Settled<ProvenGroup>): void {
    const errors = invalidErrors(original)
    if (errors.length > 0)
      this.invalid.push({
        resource: referenceOf(resource),
        location: locationOf(resource, source.lines, ''),
        level: 'admission',
        errors,
      })
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

/** An object as another text has it, at a place there. */
function composed(
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
function write(result: FileResult, group: ProvenGroup, verdict: GroupAdmission): Reason | undefined {
  if (verdict.verdict === 'rejected') return verdict.reason
  for (const finding of result.findings) {
    const { verification } = finding
    if (!group.fingerprints.includes(finding.fingerprint) || verification === undefined) continue
    if (verdict.verdict === 'accepted') {
      verification.level = 'admission'
      verification.gates = [...verification.gates, ...verdict.gates]
    } else verification.because = becauseOf(verdict)
    if (verdict.immutable !== undefined) verification.recreate = verdict.immutable
  }
  return undefined
}

/** Why the proof ends at the level before. */
function becauseOf(verdict: Exclude<GroupAdmission, { verdict: 'accepted' | 'rejected' }>): string {
  switch (verdict.verdict) {
    case 'already-invalid':
      return `the server does not take the object as it stands, so ${verdict.hidden}`
    case 'unjudged':
      return `the server cannot judge the object: ${verdict.message}`
    case 'unproven':
      return `the server gave no verdict: ${verdict.message}`
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

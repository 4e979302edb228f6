import {
  valueAt,
  type Answer,
  type DryRun,
  type Fault,
  type JsonObject,
  type JsonPatch,
} from '../model/index.ts'
import { judgeAdmission, type Admission, type Change } from './admission.ts'
import { refusalLines } from './admission-errors.ts'

/**
 * The two questions that settling asks of a cluster. `M` is whatever the cluster takes for an object's text; this room
 * only hands it on.
 */
export interface AdmissionQuestions<M> {
  dryRun(manifest: M): Promise<DryRun>
  /** Undefined where nothing may be stored. */
  tryUpdate?(original: M, patch: JsonPatch): Promise<DryRun | undefined>
}

/** What is needed of a fix group (propose's `FixGroup` is one). */
export interface SettledGroup {
  /** Applies to the object as it stands. */
  patch: JsonPatch
}

/** Several groups as one change of an object: its text, its patch, and what the patch makes of the object. */
export interface Composed<M> {
  manifest: M
  patch: JsonPatch
  patched: JsonObject
}

/** One object of a file, with the groups that passed the levels before; none where there is nothing to fix. */
export interface Unsettled<M, G extends SettledGroup> {
  object: JsonObject
  manifest: M
  groups: readonly G[]
  /** The text with these groups; undefined where they do not go together. */
  compose(groups: readonly G[]): Composed<M> | undefined
}

/** What became of one group. `immutable` holds the server's words where a live object cannot be changed like this. */
export type GroupAdmission = Admission & { immutable?: string }

export interface Settled<G extends SettledGroup> {
  /** The server's answer to the object as it stands, before any fix: the report lists what it refuses as invalid. */
  original: DryRun
  groups: Map<G, GroupAdmission>
  /** Dry-runs and trial updates that it took. */
  requests: number
}

export interface SettleOptions {
  /** Most questions about one object (100 where absent); what is not asked any more stays unproven. */
  maximumRequests?: number
  /** What trial updates have shown; kept by the caller over all files. */
  updates?: KnownUpdates
}

/**
 * Whether a field can be changed on a live object is a matter of the kind and the field, so each change is tried once,
 * and one that is made of what live objects have taken already is not tried at all.
 */
export interface KnownUpdates {
  /** By the shape of the change: the server's words where it could not be made. */
  readonly tried: Map<string, Promise<string | undefined>>
  /** Shapes of single operations that live objects have taken, alone or with others. */
  readonly taken: Set<string>
}

export function createKnownUpdates(): KnownUpdates {
  return { tried: new Map(), taken: new Set() }
}

/**
 * What of an object decides whether another of its fields may be changed, by kind (ValidateJobUpdate,
 * ValidatePodUpdate, ValidateConfigMapUpdate, ValidateSecretUpdate and ValidateServiceUpdate in the API server).
 */
const deciding: Readonly<Record<string, readonly string[]>> = {
  Job: ['/spec/suspend', '/spec/manualSelector', '/spec/completionMode'],
  Pod: ['/spec/schedulingGates'],
  ConfigMap: ['/immutable'],
  Secret: ['/immutable'],
  Service: ['/spec/type'],
}

/**
 * Names a change for trial updates: the kind, what decides about changes of it, and what is done where, whatever the
 * item and the value. Objects of one shape must get one answer, or it matters which of them is asked about first.
 */
export function updateShape(object: JsonObject, patch: JsonPatch): UpdateShape {
  const operations = patch.flatMap(({ op, path }) =>
    op === 'test' ? [] : `${op} ${path.replaceAll(/\/(?:\d+|-)(?=\/|$)/g, '/*')}`,
  )
  const kind = object['kind']
  const own = typeof kind === 'string' ? (deciding[kind] ?? []) : []
  const decided = own.map((pointer) => valueAt(object, pointer) ?? null)
  const named = (...some: readonly string[]): string =>
    JSON.stringify([object['apiVersion'], kind, decided, ...some])
  const distinct = [...new Set(operations.sort())]
  return { whole: named(...distinct), operations: distinct.map((operation) => named(operation)) }
}

export interface UpdateShape {
  /** The name of the whole change, and of each of its operations. */
  whole: string
  operations: string[]
}

/**
 * Takes the fixes of one object to level `admission`: the original first, then all groups together, which is all that is
 * asked as long as the server takes them. Where it does not, each group alone, and those that pass once more together.
 */
export async function settle<M, G extends SettledGroup>(
  questions: AdmissionQuestions<M>,
  unsettled: Unsettled<M, G>,
  options: SettleOptions = {},
): Promise<Settled<G>> {
  const settling = new Settling(questions, unsettled, options)
  const original = await settling.ask(unsettled.manifest)
  const groups = new Map<G, GroupAdmission>()
  if (unsettled.groups.length > 0) {
    const verdicts = await settling.verdicts(original)
    for (const group of unsettled.groups) groups.set(group, verdicts.get(group) ?? notAsked)
    await settling.tryUpdates(groups)
  }
  return { original, groups, requests: settling.requests }
}

const notAsked: Admission = {
  verdict: 'unproven',
  fault: 'not-asked',
  message: 'the object has more fixes that fail together than are tried one by one',
}

const notTogether: Admission = {
  verdict: 'rejected',
  gate: 'admitted',
  gates: [],
  reason: { code: 'verifier-rejected:admission', text: 'the fixes of this object do not go together' },
}

/** Up to this many groups are tried each alone when they fail together. */
const fewGroups = 8

class Settling<M, G extends SettledGroup> {
  requests = 0
  private readonly questions: AdmissionQuestions<M>
  private readonly unsettled: Unsettled<M, G>
  private readonly maximum: number
  private readonly updates: KnownUpdates
  private original: DryRun = { outcome: 'unanswered', fault: 'bad-answer', message: 'not asked' }
  private again: DryRun | undefined

  constructor(questions: AdmissionQuestions<M>, unsettled: Unsettled<M, G>, options: SettleOptions) {
    this.questions = questions
    this.unsettled = unsettled
    this.maximum = options.maximumRequests ?? 100
    this.updates = options.updates ?? createKnownUpdates()
  }

  async ask(manifest: M): Promise<DryRun> {
    this.requests++
    return this.questions.dryRun(manifest)
  }

  async verdicts(original: DryRun): Promise<Map<G, Admission>> {
    this.original = original
    const { groups } = this.unsettled
    // Without an answer about the original no answer about a fix means anything.
    if (original.outcome === 'unanswered')
      return everyOne(groups, { verdict: 'unproven', fault: original.fault, message: original.message })
    const together = await this.judge(groups)
    if (together.verdict !== 'rejected' || groups.length === 1) return everyOne(groups, together)
    const verdicts = await this.split(groups)
    const passing = groups.filter((group) => passes(verdicts.get(group)))
    return new Map([...verdicts, ...(await this.join(passing, passing.length === groups.length))])
  }

  /** Groups that fail together: each alone, and of very many first the halves, so that one bad one is found in few steps. */
  private async split(groups: readonly G[]): Promise<Map<G, Admission>> {
    const verdicts = new Map<G, Admission>()
    if (groups.length <= fewGroups) {
      for (const group of groups) verdicts.set(group, await this.judge([group]))
      return verdicts
    }
    const middle = Math.ceil(groups.length / 2)
    for (const half of [groups.slice(0, middle), groups.slice(middle)]) {
      const together = await this.judge(half)
      const parts = together.verdict === 'rejected' ? await this.split(half) : everyOne(half, together)
      for (const [group, verdict] of parts) verdicts.set(group, verdict)
    }
    return verdicts
  }

  /** What passes apart, together: all at once unless that is known to fail, else one after the other. */
  private async join(passing: readonly G[], fails: boolean): Promise<Map<G, Admission>> {
    if (passing.length < 2) return new Map()
    if (!fails) {
      const together = await this.judge(passing)
      if (together.verdict !== 'rejected') return everyOne(passing, together)
    }
    const verdicts = new Map<G, Admission>()
    const kept: G[] = passing.slice(0, 1)
    for (const group of passing.slice(1)) {
      const verdict = await this.judge([...kept, group])
      if (passes(verdict)) kept.push(group)
      else verdicts.set(group, verdict.verdict === 'rejected' ? besideOthers(verdict) : verdict)
    }
    return verdicts
  }

  /** Asks about some of the groups as one change, and once more about the original where only the effect is in doubt. */
  private async judge(groups: readonly G[]): Promise<Admission> {
    if (this.requests >= this.maximum) return notAsked
    const composed = this.unsettled.compose(groups)
    if (composed === undefined) return notTogether
    const patched = await this.ask(composed.manifest)
    const change: Change = {
      before: this.unsettled.object,
      after: composed.patched,
      patches: [composed.patch],
    }
    const verdict = judgeAdmission(this.original, patched, change)
    if (verdict.verdict !== 'rejected' || verdict.gate !== 'effect') return verdict
    // A webhook may draw names and dates of its own: what differs between two answers about the original is no effect.
    this.again ??= await this.ask(this.unsettled.manifest)
    return judgeAdmission(this.original, patched, { ...change, again: this.again })
  }

  /** Whether a live object could take each of the fixes that the server accepts: all at once, else one by one. */
  async tryUpdates(verdicts: Map<G, GroupAdmission>): Promise<void> {
    const accepted = this.unsettled.groups.filter((group) => verdicts.get(group)?.verdict === 'accepted')
    if (accepted.length === 0 || this.original.outcome !== 'accepted') return
    const all = await this.update(accepted)
    if (all === undefined) return
    for (const group of accepted) {
      const words = accepted.length === 1 ? all : await this.update([group])
      const verdict = verdicts.get(group)
      if (words !== undefined && verdict !== undefined) verdicts.set(group, { ...verdict, immutable: words })
    }
  }

  /** The server's words where it refuses the change because of a field that cannot be changed. */
  private async update(groups: readonly G[]): Promise<string | undefined> {
    const patch = groups.length === 1 ? groups[0]?.patch : this.unsettled.compose(groups)?.patch
    if (patch === undefined || this.questions.tryUpdate === undefined) return undefined
    const { whole, operations } = updateShape(this.unsettled.object, patch)
    const { tried, taken } = this.updates
    for (let known = tried.get(whole); known !== undefined; known = tried.get(whole)) {
      const words = await known
      // Gone where that object could not be tried: whoever waited for it tries its own, as if it had come later.
      if (tried.get(whole) === known) return words
    }
    if (operations.every((operation) => taken.has(operation))) return undefined
    if (this.requests >= this.maximum) return undefined
    this.requests++
    const asked = this.questions.tryUpdate(this.unsettled.manifest, patch)
    const words = asked.then((answer) => {
      // What could not be tried says nothing of the shape: the next object of it is tried again.
      if (answer === undefined || answer.outcome === 'unanswered') tried.delete(whole)
      if (answer?.outcome === 'accepted') for (const operation of operations) taken.add(operation)
      if (answer?.outcome !== 'rejected' || answer.rejection !== 'immutable') return undefined
      return refusalLines(answer)[0]?.text ?? answer.message
    })
    tried.set(whole, words)
    return words
  }
}

function passes(verdict: Admission | undefined): boolean {
  return verdict !== undefined && verdict.verdict !== 'rejected' && verdict.verdict !== 'unproven'
}

function everyOne<G>(groups: readonly G[], verdict: Admission): Map<G, Admission> {
  return new Map(groups.map((group) => [group, verdict]))
}

function besideOthers(verdict: Extract<Admission, { verdict: 'rejected' }>): Admission {
  const text = `beside the other fixes of this object ${verdict.reason.text}`
  return { ...verdict, reason: { ...verdict.reason, text } }
}

/** Trouble that left something unproven, one sentence for each kind, for the report's closing lines. */
export function troubles(
  settled: Iterable<{ original: Answer; groups: ReadonlyMap<unknown, GroupAdmission> }>,
): Map<Fault | 'not-asked', string> {
  const found = new Map<Fault | 'not-asked', string>()
  for (const { original, groups } of settled) {
    if (original.outcome === 'unanswered') found.set(original.fault, original.message)
    for (const verdict of groups.values())
      if (verdict.verdict === 'unproven') found.set(verdict.fault, verdict.message)
  }
  return found
}

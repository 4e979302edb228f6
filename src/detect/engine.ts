/** An engine beside our own: another program that looks at manifests, asked for all of them at once. */
import type { Severity } from '../model/index.ts'

/** One document for an engine to judge. */
export interface Unit {
  /** Names the unit in the answer; chosen by the caller, unique in one question. */
  id: string
  /** Units with the same context are seen together by checks that look across objects; all else is judged alone. */
  context: string
  /** One YAML or JSON document. */
  text: string
}

/** One object of a unit, named as the engine names it. */
export interface EngineObject {
  unit: string
  group: string
  kind: string
  namespace: string
  /** `metadata.name` alone: empty for an object that has only `generateName`. */
  name: string
}

/** What an engine says of one object of a unit. */
export interface EngineFinding extends EngineObject {
  /** The engine's own name for the check. */
  rule: string
  /** The container that the message names, where it names one. */
  container: string | undefined
  message: string
  remediation: string
}

export interface Unjudged {
  unit: string
  /** Why, for a person; holds nothing of the unit's values. */
  because: string
}

export interface EngineAnswer {
  /** In the order of the units; within a unit by rule, object, container and message. */
  findings: EngineFinding[]
  /** Every object that the engine has really seen. */
  judged: EngineObject[]
  /** Objects whose author told the engine to leave them alone altogether: seen, and neither clean nor a finding. */
  suppressed: EngineObject[]
  /** Units of which the engine gave no verdict, or not for every object: neither a finding nor clean. */
  unjudged: Unjudged[]
  /**
   * Single rules that gave no verdict on an object that was judged: neither a finding nor clean, and `message` says why.
   * Absent where the engine judges by all of its rules or by none.
   */
  undecided?: EngineFinding[]
}

export interface JudgeOptions {
  /** Ends the run: its processes are killed, its files removed, and the promise rejects. */
  signal?: AbortSignal
  /** Told how many objects are judged. */
  progress?: (done: number, of: number) => void
}

export interface Engine {
  readonly name: string
  /** As the engine reports itself; may be a placeholder such as `development`, so never a key of a cache. */
  readonly version: string
  /** The checks that a run asks for. */
  readonly rules: readonly EngineRule[]
  /** Throws an `InfrastructureError` where the engine cannot be run at all; a bad unit never throws. */
  judge(units: readonly Unit[], options?: JudgeOptions): Promise<EngineAnswer>
}

export interface EngineRule {
  name: string
  description: string
  remediation: string
  /** Where the rule itself says so. */
  severity?: Severity
  /** The name under which policies may know it as well: one of many rules of a policy is known by the policy. */
  partOf?: string
  /** The policy of ours that it was made from. */
  madeFrom?: string
}

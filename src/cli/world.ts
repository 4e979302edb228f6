import type { Level, OutsideRequest, Policy, PolicyExample } from '../model/index.ts'
import type { Request } from '../pipeline.ts'
import type { FileJudgement, JudgeRequest } from '../judge.ts'
import type { Outcome } from '../run.ts'

/** Where text goes: standard output or standard error. */
export interface Output {
  write(text: string): Promise<void>
  isTTY: boolean
  /** Width of the terminal; undefined where it is none. */
  columns: number | undefined
}

/** What a run reads. */
export interface RunInput {
  /** As the user gave them, relative to the working folder. */
  paths: readonly string[]
  /** Text of standard input, read in place of files. */
  stdin: string | undefined
  /** Worker threads; 0 = in this thread. */
  jobs: number
  /** Milliseconds that one file may take. */
  timeout: number
  progress: (done: number, of: number, what?: string) => void
  /** Engines and a cluster that judge as well. */
  outside: OutsideRequest
  requested: Level
  environment: Readonly<Record<string, string | undefined>>
  /** What is being started, for people who wait. */
  starting: (text: string) => void
  warn: (text: string) => void
}

/** What else the judge of a file reads. */
export interface JudgeInput {
  /** Files and folders whose namespaces, definitions and policies count, relative to the working folder. */
  context: readonly string[]
}

/** The core, as far as commands need it. */
export interface Engine {
  version: string
  policies: readonly Policy[]
  examples: () => Promise<Readonly<Record<string, readonly PolicyExample[]>>>
  run: (request: Request, input: RunInput) => Promise<Outcome>
  judge: (request: JudgeRequest, input: JudgeInput) => Promise<FileJudgement>
}

/** Everything a command touches, handed in so that tests can stand in for the process. */
export interface World {
  env: Readonly<Record<string, string | undefined>>
  /** Absolute, as the system writes paths. */
  folder: string
  stdin: () => Promise<Uint8Array>
  stdout: Output
  stderr: Output
  /** Processors that threads may use. */
  processors: number
  /** Milliseconds of a clock that never goes back. */
  now: () => number
  engine: Engine
}

/** How a process ends (product.md). */
export const exitCodes = { done: 0, findings: 1, usage: 2, incomplete: 3, bug: 70 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** The code that counts when several apply. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  const order = [exitCodes.bug, exitCodes.incomplete, exitCodes.usage, exitCodes.findings]
  return order.find((code) => codes.includes(code)) ?? exitCodes.done
}

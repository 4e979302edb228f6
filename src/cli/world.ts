import type { Checkout } from '../adapters/checkout.ts'
import type { RunInput } from '../adapters/running.ts'
import type { ExportRequest } from '../export-policies.ts'
import type { PolicyExport } from '../export/index.ts'
import type { Policy, PolicyExample } from '../model/index.ts'
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

/** A change under review, laid out, and where in its repository the user stands. */
export interface ChangeInput {
  checkout: Checkout
  /** From the root of the repository to the working folder, with a final `/`; empty at the root. */
  prefix: string
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
  /** Lays out what differs between two commits (`BASE...HEAD`). */
  checkOut: (range: string) => Promise<ChangeInput>
  run: (request: Request, input: RunInput & { change?: ChangeInput | undefined }) => Promise<Outcome>
  judge: (request: JudgeRequest, input: JudgeInput) => Promise<FileJudgement>
  exportPolicies: (request: ExportRequest) => Promise<readonly PolicyExport[]>
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
  /** Milliseconds since 1970. */
  time: () => number
  /** Where feeds are asked for. */
  fetch: typeof globalThis.fetch
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

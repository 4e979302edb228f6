/**
 * The three ways a run can go wrong. What a person can put right is a `UserError`, what the world around us did is an
 * `InfrastructureError`, and everything else is a bug.
 */

/** Wrong usage, configuration or input (exit code 2). One line says what, where and what to write instead. */
export class UserError extends Error {
  override readonly name = 'UserError'
  /** What to do about it, where the message does not say so itself. */
  readonly hint: string | undefined
  /** The message; of several mistakes in one file, one text for each. */
  readonly problems: readonly string[]

  constructor(problem: string | readonly string[], hint?: string) {
    const problems = typeof problem === 'string' ? [problem] : problem
    super(problems.join('\n'))
    this.problems = problems
    this.hint = hint
  }
}

/** An engine, cluster, network or disk failed, so the result is incomplete (exit code 3). */
export class InfrastructureError extends Error {
  override readonly name = 'InfrastructureError'
  readonly hint: string | undefined

  constructor(message: string, hint?: string) {
    super(message)
    this.hint = hint
  }
}

/** For contract items that exist on paper alone: flags, commands, keys and formats of later versions. */
export function notInThisVersion(what: string): UserError {
  return new UserError(`${what} is not in this version`)
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

import type { ToolOutcome } from './tool-runner.ts'

/**
 * What went wrong with a run, as the end of "<program> ..."; undefined where it ended as it does when it works: with 0,
 * or with 1 where it has found something.
 */
export function problemOf(outcome: ToolOutcome): string | undefined {
  switch (outcome.kind) {
    case 'timed-out':
      return `did not end within ${outcome.milliseconds / 1000} s and was killed`
    case 'too-much-output':
      return `printed more than ${outcome.bytes} bytes and was killed`
    case 'killed':
      return `was ended by ${outcome.signal}`
    case 'exited':
      if (outcome.exitCode <= 1) return undefined
      return `crashed (exit code ${outcome.exitCode}${panicOf(outcome.stderr)})`
  }
}

/** The first line of a Go panic, where it is one of the runtime's own, which hold nothing of the input. */
function panicOf(stderr: string): string {
  const panic = /^panic: (runtime error: [\w ,[\]:-]{1,120}|reflect: [\w .]{1,120})/m.exec(stderr)?.[1]
  return panic === undefined ? '' : `, ${panic.trim()}`
}

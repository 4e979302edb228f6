import { createContext, Script } from 'node:vm'

/** Thrown when work did not end in time. */
export class DeadlineExceeded extends Error {
  readonly milliseconds: number

  constructor(milliseconds: number) {
    super(`did not end within ${milliseconds} ms`)
    this.name = 'DeadlineExceeded'
    this.milliseconds = milliseconds
  }
}

const box: { work: () => void } = { work: () => undefined }
const context = createContext(box)
const script = new Script('work()')

/**
 * Runs synchronous work and ends it when time is up. The engine's own watchdog stops even a loop that never gives way,
 * which is what a hostile manifest or policy could cause.
 */
export function withDeadline<T>(milliseconds: number, work: () => T): T {
  const done: { result: T }[] = []
  box.work = () => {
    done.push({ result: work() })
  }
  try {
    script.runInContext(context, { timeout: milliseconds })
  } catch (error) {
    // The error comes from the other context, so it is no instance of our Error.
    if (
      typeof error === 'object' &&
      error !== null &&
      Reflect.get(error, 'code') === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
    )
      throw new DeadlineExceeded(milliseconds)
    throw error
  } finally {
    box.work = () => undefined
  }
  const [first] = done
  if (first === undefined) throw new DeadlineExceeded(milliseconds)
  return first.result
}

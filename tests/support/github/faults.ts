import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/** What goes wrong on purpose. */
export interface Fault {
  method?: string
  /** Looked for in the path with its query. */
  path: RegExp
  /** How often; 1 where absent. */
  times?: number
  /** Done before anything else: somebody is faster. */
  before?: () => void
  /** Milliseconds until the answer, for the patience of whoever asks. */
  delay?: number
  /** Answers so, and does nothing else. */
  status?: number
  headers?: Readonly<Record<string, string>>
  body?: string
  /** Ends the connection without an answer, having done nothing. */
  breaks?: boolean
  /** Ends the connection after so many bytes of the answer, having done all that was asked for. */
  truncate?: number
}

/** The faults of one server; each happens as often as it says. */
export class Faults {
  private readonly all: (Fault & { left: number })[] = []

  add(fault: Fault): void {
    this.all.push({ ...fault, left: fault.times ?? 1 })
  }

  /** The fault of a request, which has then happened once more. */
  async next(method: string, path: string): Promise<Fault | undefined> {
    const fault = this.all.find(
      (one) => one.left > 0 && (one.method ?? method) === method && one.path.test(path),
    )
    if (fault === undefined) return undefined
    fault.left--
    fault.before?.()
    if (fault.delay !== undefined) await pause(fault.delay)
    return fault
  }
}

/** Sends an answer, or as much of it as a fault lets through. */
export function send(
  response: ServerResponse,
  { status, headers = {}, body }: { status: number; headers?: Record<string, string>; body: Buffer },
  truncate?: number,
): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    ...(status === 204 ? {} : { 'content-length': String(body.length) }),
    ...headers,
  })
  if (truncate === undefined || truncate >= body.length) response.end(body)
  else response.write(body.subarray(0, truncate), () => response.destroy())
}

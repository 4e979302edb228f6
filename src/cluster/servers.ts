import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { programs, watchdogArguments, type Program, type WatchdogOrder } from './watchdog.ts'

/** Why servers of ours no longer run. */
export interface Ended {
  /** The one that ended first; undefined where it was the watchdog. */
  program: Program | undefined
  /** E.g. `ended with code 1`. */
  how: string
  /** The first and the last of what it wrote to standard error. */
  tail: string
}

/** etcd and kube-apiserver under their watchdog. */
export interface Servers {
  folder: string
  token: string
  /** Undefined while they run. */
  ended: () => Ended | undefined
  /**
   * Why they no longer answer: waits at most so many milliseconds for word of their end, since a broken connection is
   * noticed before it. Undefined when they run.
   */
  trouble: (wait: number) => Promise<string | undefined>
  /** Ends them, and resolves when neither process nor file is left. */
  stop: () => Promise<void>
}

const eventSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('started'), folder: z.string(), token: z.string() }),
  z.object({ event: z.literal('ended'), program: z.enum(programs), how: z.string(), tail: z.string() }),
  z.object({ event: z.literal('failed'), message: z.string() }),
])

/** Milliseconds that the watchdog gets to clean up before it is killed with its group. */
const patience = 10_000

/** Starts the watchdog, and with it the servers. Resolves once they are started or have failed, not when they are ready. */
export async function startServers(entry: URL, order: WatchdogOrder): Promise<Servers> {
  const watchdog = spawn(process.execPath, [fileURLToPath(entry), ...watchdogArguments(order)], {
    detached: true,
    cwd: '/',
    env: {},
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const { stdin, stdout, stderr } = watchdog
  stdin.on('error', () => undefined)
  let errors = ''
  stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4096)
  })

  let ended: Ended | undefined
  const state = { folder: '', token: '' }
  const begun = Promise.withResolvers<void>()
  const over = Promise.withResolvers<void>()
  const lines = createInterface({ input: stdout })
  lines.on('line', (line) => {
    const event = readEvent(line)
    if (event?.event === 'started') Object.assign(state, { folder: event.folder, token: event.token })
    else if (event?.event === 'ended') ended ??= { program: event.program, how: event.how, tail: event.tail }
    else if (event?.event === 'failed') ended ??= { program: undefined, how: event.message, tail: '' }
    if (event !== undefined) begun.resolve()
  })
  const onOver = (how: string): void => {
    ended ??= { program: undefined, how, tail: errors }
    begun.resolve()
    over.resolve()
  }
  watchdog.on('error', (error) => {
    onOver(`the watchdog cannot be started: ${error.message}`)
  })
  watchdog.on('close', (code, signal) => {
    onOver(`the watchdog ${signal === null ? `ended with code ${code}` : `was ended by ${signal}`}`)
  })
  const timer = setTimeout(() => {
    onOver('the watchdog does not say a word')
  }, patience)
  await begun.promise
  clearTimeout(timer)
  // From here on the servers do not keep a program alive that has forgotten to close them: its end is theirs.
  watchdog.unref()
  for (const pipe of [stdin, stdout, stderr]) if (pipe instanceof Socket) pipe.unref()

  return {
    ...state,
    ended: () => ended,
    async trouble(wait) {
      if (ended === undefined) await Promise.race([over.promise, pause(wait)])
      if (ended === undefined) return undefined
      return `the API server that we started is gone: ${ended.program ?? ''} ${ended.how}`.replaceAll(
        '  ',
        ' ',
      )
    },
    async stop() {
      watchdog.ref()
      stdin.destroy()
      const timer = setTimeout(() => {
        killGroup(watchdog)
      }, patience)
      await over.promise
      clearTimeout(timer)
      // A watchdog that was itself killed has cleaned nothing up. Otherwise its process id may be another's by now.
      if (!existsSync(state.folder)) return
      killGroup(watchdog)
      rmSync(state.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    },
  }
}

function readEvent(line: string): z.infer<typeof eventSchema> | undefined {
  try {
    return eventSchema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing is left of it.
  }
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref()
  })
}

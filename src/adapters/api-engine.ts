import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { RequestFault, type EmbeddedEngine } from '../cluster/index.ts'
import { InfrastructureError, messageOf } from '../model/index.ts'
import type { ApiQuestion, ApiReply, ApiThreadSettings } from './api-thread.ts'

/** Milliseconds for one answer. */
const answerDeadline = 5000
/** Milliseconds until the module is there, on a machine that does much else. */
const startDeadline = 60_000
/** Questions that the thread has at once, so that it never waits for the next one. */
const inFlight = 4

export interface ApiEngineOptions {
  /** Milliseconds for one answer. */
  deadline?: number
  /** Path of the compressed module, where it is not the one of this program. */
  module?: string
}

interface Asked {
  question: ApiQuestion
  resolve: (answer: string) => void
  reject: (error: Error) => void
}

/**
 * Starts the embedded API server in a thread of its own. `entry` is the file that threads run; the module stands beside
 * it. Questions may be asked at once: they wait until it is ready.
 */
export function startApiEngine(entry: URL, options: ApiEngineOptions = {}): EmbeddedEngine {
  return new ApiEngine(entry, options.module ?? modulePath(entry), options.deadline ?? answerDeadline)
}

function modulePath(entry: URL): string {
  // Beside the bundle; from the sources, in the folder of the bundle.
  const places = ['engine.wasm.zst', '../dist/engine.wasm.zst'].map((place) =>
    fileURLToPath(new URL(place, entry)),
  )
  return places.find((place) => existsSync(place)) ?? places[0] ?? ''
}

class ApiEngine implements EmbeddedEngine {
  private readonly entry: URL
  private readonly path: string
  private readonly deadline: number
  private readonly waiting: Asked[] = []
  /** Sent, in order; the thread works on the first. */
  private readonly sent: Asked[] = []
  private worker: Worker | undefined
  private isReady = false
  private timer: NodeJS.Timeout | undefined
  private context: ApiQuestion | undefined
  private failure: Error | undefined

  constructor(entry: URL, path: string, deadline: number) {
    this.entry = entry
    this.path = path
    this.deadline = deadline
    this.start()
  }

  async ask(header: Readonly<Record<string, unknown>>, bodies: readonly string[] = []): Promise<string> {
    const question = { header, bodies }
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject })
      this.send()
    })
  }

  async close(): Promise<void> {
    const { worker } = this
    // What it still says is nobody's business: an answer that comes now must not take from this process what keeps it
    // alive until the thread has ended.
    this.worker = undefined
    this.failure = new RequestFault('server-error', 'the embedded API server was closed')
    clearTimeout(this.timer)
    this.failAll(this.failure)
    await worker?.terminate()
  }

  private start(): void {
    const settings: ApiThreadSettings = { apiEngine: this.path }
    const worker = new Worker(this.entry, {
      workerData: settings,
      env: {},
      argv: [],
      stdin: false,
      // Thousands of lists in each other are read by as many calls.
      resourceLimits: { stackSizeMb: 64 },
    })
    this.worker = worker
    this.isReady = false
    worker.on('message', (reply: ApiReply) => {
      if (worker === this.worker) this.receive(reply)
    })
    worker.on('error', (error: unknown) => {
      if (worker === this.worker) this.ended(messageOf(error))
    })
    worker.on('exit', (code) => {
      if (worker === this.worker) this.ended(`its thread ended with ${code}`)
    })
    this.arm()
  }

  private receive(reply: ApiReply): void {
    if ('failed' in reply) {
      this.fail(reply.failed)
      return
    }
    if ('ready' in reply) {
      this.isReady = true
      // A new thread knows nothing of what was said before, and what it had not answered it is asked again.
      const again = this.sent.splice(0)
      if (this.context !== undefined && !again.some(({ question }) => question === this.context))
        this.waiting.unshift({ question: this.context, resolve: () => undefined, reject: () => undefined })
      this.waiting.unshift(...again)
    } else {
      const asked = this.sent.shift()
      if ('answer' in reply) {
        if (asked?.question.header['op'] === 'context') this.context = asked.question
        asked?.resolve(reply.answer)
      } else
        asked?.reject(
          new RequestFault('server-error', `the embedded API server ended over this object: ${reply.ended}`),
        )
    }
    this.send()
  }

  private send(): void {
    if (this.failure !== undefined) {
      this.failAll(this.failure)
      return
    }
    while (this.isReady && this.sent.length < inFlight) {
      const next = this.waiting.shift()
      if (next === undefined) break
      this.sent.push(next)
      this.worker?.postMessage(next.question)
    }
    this.arm()
  }

  /** Sets the clock for what the thread works on now. */
  private arm(): void {
    clearTimeout(this.timer)
    const isIdle = this.isReady && this.sent.length === 0
    // Only what is waited for may keep this process alive.
    if (isIdle) this.worker?.unref()
    else this.worker?.ref()
    if (isIdle) return
    this.timer = setTimeout(() => this.tooLong(), this.isReady ? this.deadline : startDeadline)
  }

  private tooLong(): void {
    if (!this.isReady) {
      this.fail(`was not ready within ${startDeadline / 1000} s`)
      return
    }
    const fault = new RequestFault(
      'timeout',
      `the embedded API server gave no answer within ${this.deadline / 1000} s`,
    )
    this.sent.shift()?.reject(fault)
    const stuck = this.worker
    this.start()
    void stuck?.terminate()
  }

  /** The thread is gone: what it worked on is to blame, unless it never got as far. */
  private ended(words: string): void {
    if (!this.isReady) {
      this.fail(words)
      return
    }
    this.sent
      .shift()
      ?.reject(new RequestFault('server-error', `the embedded API server ended over this object: ${words}`))
    this.start()
  }

  private fail(words: string): void {
    this.failure = new InfrastructureError(`the embedded API server cannot be started: ${words}`)
    clearTimeout(this.timer)
    this.failAll(this.failure)
    void this.worker?.terminate()
    this.worker = undefined
  }

  private failAll(error: Error): void {
    for (const { reject } of [...this.sent.splice(0), ...this.waiting.splice(0)]) reject(error)
  }
}

import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { parentPort, workerData } from 'node:worker_threads'
import { zstdDecompressSync } from 'node:zlib'
import { messageOf } from '../model/index.ts'
import { createWasi, type Wasi } from './wasi.ts'

/*
 * The thread that the embedded API server lives in: one question at a time, one answer each, in order. What Go cannot
 * catch ends the module, not the thread: a new one takes its place, and the question is blamed.
 */

/** What the thread is started with. */
export interface ApiThreadSettings {
  /** Path of the compressed module. */
  apiEngine: string
}

/** One question: the header as engine/CONTRACT.md has it without `bodies`, and those. */
export interface ApiQuestion {
  header: Readonly<Record<string, unknown>>
  bodies: readonly string[]
}

export type ApiReply =
  | { ready: true }
  | { failed: string }
  /** JSON. */
  | { answer: string }
  /** The module ended over this question. */
  | { ended: string }

/** Bytes that the module may have when it is unpacked; what is not used of them is never there. */
const mostBytes = 1 << 28

/** For the whole process, and of effect for what is compiled after they are set. */
const flags = [
  // Pages of 64 KiB. Go is told to stay well below (engine/main.go).
  '--wasm-max-mem-pages=14336',
  // A function is checked when it is first called, and most never are: the module is there 0.1 s sooner.
  '--wasm-lazy-validation',
  // Most calls are to many small functions, once per object: V8 would spend more time on making them fast than it saves.
  '--wasm-tiering-budget=300000000',
] as const

export function isApiThread(data: unknown): data is ApiThreadSettings {
  return (
    typeof data === 'object' && data !== null && 'apiEngine' in data && typeof data.apiEngine === 'string'
  )
}

export function serveApiThread(): void {
  const port = parentPort
  const settings: unknown = workerData
  if (port === null || !isApiThread(settings)) throw new Error('not started as the thread of an API engine')
  const reply = (message: ApiReply): void => port.postMessage(message)
  let engine: Module
  try {
    for (const flag of flags) setFlagsFromString(flag)
    engine = new Module(compile(settings.apiEngine))
    reply({ ready: true })
  } catch (error) {
    reply({ failed: messageOf(error) })
    return
  }
  let context: ApiQuestion | undefined
  port.on('message', (question: ApiQuestion) => {
    if (question.header['op'] === 'context') context = question
    try {
      reply({ answer: engine.ask(question) })
    } catch (error) {
      const words = [messageOf(error), engine.words()].filter((text) => text !== '').join(': ')
      try {
        engine = engine.anew()
        // Unless it was the context itself: then there is none.
        if (context === question) context = undefined
        else if (context !== undefined) engine.ask(context)
        reply({ ended: words })
      } catch (again) {
        // Without a module, every further question would go unanswered in silence.
        throw new Error(`the API engine cannot be started again: ${messageOf(again)}`, { cause: again })
      }
    }
  })
}

function compile(path: string): WebAssembly.Module {
  // In one piece: the library would else gather pieces and join them, and need twice the memory and time.
  const bytes = zstdDecompressSync(readFileSync(path), { chunkSize: mostBytes, maxOutputLength: mostBytes })
  const module = new WebAssembly.Module(bytes)
  // V8 has a copy of its own. This one would stay until the next garbage collection, which is long in coming.
  bytes.buffer.transfer(0)
  return module
}

/** One instance of the module. */
class Module {
  private readonly code: WebAssembly.Module
  private readonly wasi: Wasi
  private readonly memory: { readonly buffer: ArrayBuffer }
  private readonly reserve: (size: number) => number
  private readonly answer: (length: number) => bigint

  constructor(code: WebAssembly.Module) {
    this.code = code
    const wasi = createWasi(code, () => this.memory.buffer)
    this.wasi = wasi
    const {
      memory,
      reserve,
      answer,
      _initialize: initialise,
    } = new WebAssembly.Instance(code, wasi.imports).exports
    if (!isMemory(memory) || !isFunction(reserve) || !isFunction(answer) || !isFunction(initialise))
      throw new Error('the module is no API engine')
    this.memory = memory
    this.reserve = (size) => Number(reserve(size))
    this.answer = (length) => BigInt.asUintN(64, BigInt(answer(length)))
    try {
      initialise()
    } catch (error) {
      throw new Error([messageOf(error), wasi.words()].join(': '), { cause: error })
    }
  }

  anew(): Module {
    return new Module(this.code)
  }

  words(): string {
    return this.wasi.words()
  }

  ask({ header, bodies }: ApiQuestion): string {
    const lengths = bodies.map((body) => Buffer.byteLength(body))
    const head = Buffer.from(JSON.stringify({ ...header, bodies: lengths }))
    const size = lengths.reduce((sum, length) => sum + length, 4 + head.length)
    const address = this.reserve(size) >>> 0
    // Calls may move the memory, so no view outlives one.
    const request = Buffer.from(this.memory.buffer, address, size)
    request.writeUInt32LE(head.length)
    let at = 4 + head.copy(request, 4)
    for (const body of bodies) at += request.write(body, at)
    const answer = this.answer(size)
    const [from, length] = [Number(answer >> 32n), Number(answer & 0xffff_ffffn)]
    return Buffer.from(this.memory.buffer, from, length).toString('utf8')
  }
}

function isMemory(value: unknown): value is WebAssembly.Memory {
  return typeof value === 'object' && value !== null && 'buffer' in value
}

function isFunction(value: unknown): value is (...values: number[]) => number | bigint {
  return typeof value === 'function'
}

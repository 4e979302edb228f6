/**
 * What Go's runtime asks of the system that it runs on (WASI preview 1), and nothing behind it: a clock, chance, a wait,
 * and a few words when it fails. No files, no environment, no network: there is no way out of the module.
 *
 * Structures and numbers are those of the WASI specification, `wasi_snapshot_preview1`.
 */
const module = 'wasi_snapshot_preview1'

const done = 0
const badDescriptor = 8
const notSupported = 52

/** Bytes of a subscription and of an event of `poll_oneoff`, and the kind of both that is a clock. */
const subscriptionSize = 48
const eventSize = 32
const isClock = 0
const isAbsolute = 1

/** The program's first argument, and the zero that ends it. */
const name = Buffer.from('engine\0')

/** Characters of the last words that are kept. */
const mostWords = 4000

/** Thrown out of the module when its program ends. */
export class ProgramEnded extends Error {
  constructor(code: number) {
    super(`ended with ${code}`)
    this.name = 'ProgramEnded'
  }
}

export interface Wasi {
  imports: Record<string, Record<string, WebAssembly.Imported>>
  /** What the program wrote: Go says there why it ends. */
  words(): string
}

/** The imports of one instance. `memory` is its own, which is there once it is made. */
export function createWasi(code: WebAssembly.Module, memory: () => ArrayBuffer): Wasi {
  const view = (): DataView => new DataView(memory())
  let words = ''
  const known: Record<string, WebAssembly.Imported> = {
    // Go's libraries take for granted that a program has a name.
    args_sizes_get: (count: number, size: number) => {
      view().setUint32(count, 1, true)
      view().setUint32(size, name.length, true)
      return done
    },
    args_get: (pointers: number, bytes: number) => {
      view().setUint32(pointers, bytes, true)
      new Uint8Array(memory(), bytes, name.length).set(name)
      return done
    },
    environ_sizes_get: (count: number, size: number) => {
      view().setUint32(count, 0, true)
      view().setUint32(size, 0, true)
      return done
    },
    environ_get: () => done,
    clock_time_get: (clock: number, _precision: bigint, address: number) => {
      view().setBigUint64(address, nanoseconds(clock), true)
      return done
    },
    random_get: (address: number, length: number) => {
      crypto.getRandomValues(new Uint8Array(memory(), address, length))
      return done
    },
    fd_write: (_descriptor: number, vectors: number, count: number, written: number) => {
      const data = view()
      let total = 0
      for (let index = 0; index < count; index++) {
        const length = data.getUint32(vectors + 8 * index + 4, true)
        const bytes = new Uint8Array(memory(), data.getUint32(vectors + 8 * index, true), length)
        if (words.length < mostWords) words += new TextDecoder().decode(bytes)
        total += length
      }
      data.setUint32(written, total, true)
      return done
    },
    fd_prestat_get: () => badDescriptor,
    poll_oneoff: (subscriptions: number, events: number, count: number, happened: number) =>
      wait(view(), subscriptions, events, count, happened),
    sched_yield: () => done,
    proc_exit: (status: number) => {
      throw new ProgramEnded(status)
    },
  }
  const asked = WebAssembly.Module.imports(code)
  return {
    imports: {
      [module]: Object.fromEntries(asked.map((one) => [one.name, known[one.name] ?? (() => notSupported)])),
    },
    words: () => words.slice(0, mostWords),
  }
}

/** What the clock on the wall shows, always: some objects are stamped with the time, and must get one answer. */
const wallTime = BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n

/** Nanoseconds of the clock on the wall (0), or since this thread began. */
function nanoseconds(clock: number): bigint {
  return clock === 0 ? wallTime : BigInt(Math.round(performance.now() * 1000)) * 1000n
}

const bell = new Int32Array(new SharedArrayBuffer(4))

/** Sleeps until the first of the clocks rings, which is all that can happen in here. */
function wait(
  view: DataView,
  subscriptions: number,
  events: number,
  count: number,
  happened: number,
): number {
  let soonest: { milliseconds: number; userData: bigint } | undefined
  for (let index = 0; index < count; index++) {
    const at = subscriptions + subscriptionSize * index
    if (view.getUint8(at + 8) !== isClock) continue
    const clock = view.getUint32(at + 16, true)
    const timeout = view.getBigUint64(at + 24, true)
    const left = view.getUint16(at + 40, true) === isAbsolute ? timeout - nanoseconds(clock) : timeout
    const milliseconds = Math.max(0, Number(left) / 1e6)
    if (soonest === undefined || milliseconds < soonest.milliseconds)
      soonest = { milliseconds, userData: view.getBigUint64(at, true) }
  }
  if (soonest === undefined) return notSupported
  Atomics.wait(bell, 0, 0, soonest.milliseconds)
  new Uint8Array(view.buffer, events, eventSize).fill(0)
  view.setBigUint64(events, soonest.userData, true)
  view.setUint8(events + 10, isClock)
  view.setUint32(happened, 1, true)
  return done
}

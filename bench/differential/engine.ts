import { execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../scripts/package.ts'
import { type JsonObject, type JsonValue } from '../../src/model/index.ts'
import { parseJson } from './json.ts'

/** What is asked of the engine, as engine/CONTRACT.md has it; the lengths of the bodies are added on the way. */
export type EngineHeader = JsonObject & { op: string }

/** The embedded API engine, however it is run. */
export interface Engine {
  /** One answer for one question. Throws where there is none. */
  ask(header: EngineHeader, bodies?: readonly (string | Uint8Array)[]): Promise<unknown>
  close(): Promise<void>
}

/** The bytes of one request. */
export function requestBytes(header: EngineHeader, bodies: readonly (string | Uint8Array)[] = []): Buffer {
  const parts = bodies.map((body) => (typeof body === 'string' ? Buffer.from(body, 'utf8') : body))
  const head = Buffer.from(JSON.stringify({ ...header, bodies: parts.map((part) => part.length) }))
  const size = Buffer.alloc(4)
  size.writeUInt32LE(head.length)
  return Buffer.concat([size, head, ...parts])
}

/** Builds engine/ for this machine, unless ENGINE_NATIVE says that this is done. Gives the path. */
export function buildNative(): string {
  const given = process.env['ENGINE_NATIVE']
  if (given !== undefined) return given
  const path = join(root, '.cache', 'engine', 'native')
  execFileSync('go', ['build', '-trimpath', '-buildvcs=false', '-o', path, '.'], {
    cwd: join(root, 'engine'),
    env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '-mod=readonly' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return path
}

/** Milliseconds for one answer. */
const deadline = 60_000

interface Asked {
  resolve: (answer: JsonValue) => void
  reject: (error: Error) => void
}

/**
 * The engine as a native program: requests on standard input, answers on standard output, each behind its length. A
 * program that ends takes the question down with it that it was working on; the next one starts it anew.
 */
export class NativeEngine implements Engine {
  private readonly path: string
  private readonly waiting: Asked[] = []
  private child: ReturnType<typeof spawnEngine> | undefined
  private pending: Buffer[] = []
  private pendingSize = 0
  private context: Buffer | undefined
  /** What the program last wrote to standard error. */
  private words = ''
  private turn: Promise<unknown> = Promise.resolve()

  constructor(path: string) {
    this.path = path
  }

  async ask(header: EngineHeader, bodies: readonly (string | Uint8Array)[] = []): Promise<JsonValue> {
    const bytes = requestBytes(header, bodies)
    if (header.op === 'context') this.context = bytes
    const answer = this.turn.then(async () => {
      if (this.child === undefined) {
        this.start()
        // A new program knows nothing of what was said before.
        if (this.context !== undefined && header.op !== 'context') await this.send(this.context)
      }
      return this.send(bytes)
    })
    this.turn = answer.catch(() => undefined)
    return answer
  }

  async close(): Promise<void> {
    await this.turn
    this.child?.stdin.end()
    this.child?.kill('SIGKILL')
    this.child = undefined
  }

  private send(bytes: Buffer): Promise<JsonValue> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.child?.kill('SIGKILL')
        this.fail(`no answer within ${deadline} ms`)
      }, deadline)
      const done = (): void => {
        clearTimeout(timer)
      }
      this.waiting.push({
        resolve: (answer) => {
          done()
          resolve(answer)
        },
        reject: (error) => {
          done()
          reject(error)
        },
      })
      const size = Buffer.alloc(4)
      size.writeUInt32LE(bytes.length)
      this.child?.stdin.write(Buffer.concat([size, bytes]))
    })
  }

  private start(): void {
    const child = spawnEngine(this.path)
    this.child = child
    this.words = ''
    this.pending = []
    this.pendingSize = 0
    child.stdin.on('error', () => undefined)
    child.stdout.on('data', (chunk: Buffer) => {
      this.pending.push(chunk)
      this.pendingSize += chunk.length
      this.drain()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      // The first words of a trace say what happened, the last ones nothing.
      if (this.words.length < 4000) this.words += chunk.toString('utf8')
    })
    child.on('error', (error) => {
      if (this.child === child) this.fail(error.message)
    })
    child.on('close', (code, signal) => {
      if (this.child === child) this.fail(`ended (${signal ?? String(code)}): ${this.words.slice(0, 4000)}`)
    })
  }

  private drain(): void {
    while (this.pendingSize >= 4) {
      let all = Buffer.concat(this.pending)
      this.pending = [all]
      const size = all.readUInt32LE(0)
      if (all.length < 4 + size) return
      const text = all.toString('utf8', 4, 4 + size)
      all = all.subarray(4 + size)
      this.pending = [all]
      this.pendingSize = all.length
      const asked = this.waiting.shift()
      const answer = parseJson(text)
      if (answer === undefined) asked?.reject(new Error(`no JSON: ${text.slice(0, 500)}`))
      else asked?.resolve(answer)
    }
  }

  private fail(message: string): void {
    this.child = undefined
    for (const { reject } of this.waiting.splice(0)) reject(new Error(`the engine ${message}`))
  }
}

function spawnEngine(path: string) {
  return spawn(path, [], { stdio: ['pipe', 'pipe', 'pipe'], env: {} })
}

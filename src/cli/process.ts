import { availableParallelism } from 'node:os'
import { maximumBytes } from '../adapters/workspace.ts'
import { InfrastructureError } from '../model/index.ts'
import { createEngine } from './engine.ts'
import type { Output, World } from './world.ts'

/** The process as the commands see it. `entry` is the file that worker threads run. */
export function processWorld(entry: URL): World {
  const folder = process.cwd()
  const now = (): number => performance.now()
  return {
    env: process.env,
    folder,
    stdin: readAll,
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    processors: availableParallelism(),
    now,
    time: () => Date.now(),
    fetch: async (...request) => globalThis.fetch(...request),
    engine: createEngine(entry, folder, now),
  }
}

function outputOf(stream: NodeJS.WriteStream): Output {
  let failure: Error | undefined
  // Without a listener, a reader that closes its end (`| head`) would end the process with a stack.
  stream.on('error', (error: Error) => {
    failure = error
  })
  return {
    isTTY: stream.isTTY ?? false,
    columns: stream.isTTY ? stream.columns || 80 : undefined,
    async write(text) {
      if (failure === undefined) await new Promise<void>((resolve) => stream.write(text, () => resolve()))
      if (failure !== undefined && !isClosed(failure))
        throw new InfrastructureError(`the output cannot be written: ${failure.message}`)
    },
  }
}

/** Whoever read the output has read enough of it: no error. */
function isClosed(error: Error): boolean {
  const code: unknown = Reflect.get(error, 'code')
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'EOF'
}

/** All of standard input, or a little more than what will be accepted. */
async function readAll(): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let length = 0
    const finish = (): void => {
      process.stdin.destroy()
      resolve(Buffer.concat(chunks))
    }
    process.stdin.on('data', (chunk: Uint8Array) => {
      chunks.push(chunk)
      length += chunk.length
      if (length > maximumBytes) finish()
    })
    process.stdin.on('end', finish)
    process.stdin.on('error', reject)
  })
}

import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { execa } from 'execa'
import { findProgram, isGuarded, isProgram } from '../cluster/index.ts'
import { InfrastructureError, messageOf, UserError } from '../model/index.ts'
import { whenEnding } from './ending.ts'

/** One run of another program. No shell is involved, and nothing of our own environment is passed on. */
export interface ToolRun {
  /** Absolute path of the program; `findTool` gives it. */
  program: string
  arguments: readonly string[]
  /** Working folder. */
  folder: string
  /** All that the program sees of the environment; `HOME` should be an empty folder. */
  environment: Readonly<Record<string, string>>
  /** Text for its standard input; nothing where there is none. */
  input?: string | undefined
  /** Milliseconds after which the program and all that it started is killed. */
  timeLimit: number
  /** Bytes of standard output, and of standard error, after which it is killed. */
  outputLimit: number
  /** Kills the program as well; the run then rejects with the signal's reason. */
  signal?: AbortSignal | undefined
}

/** How a run ended. What it means is for the caller to say: some programs exit 1 on success. */
export type ToolOutcome =
  | { kind: 'exited'; exitCode: number; stdout: string; stderr: string }
  | { kind: 'killed'; signal: string; stderr: string }
  | { kind: 'timed-out'; milliseconds: number }
  | { kind: 'too-much-output'; bytes: number }

export interface ToolRunner {
  /** Throws an `InfrastructureError` where the program cannot be started. */
  run(run: ToolRun): Promise<ToolOutcome>
}

/** Signs that the program itself, not what it was given, is at fault: nothing was started. */
const startFailures: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'it is gone, or what it needs to start is not on this machine'],
  ['EACCES', 'it may not be executed'],
  ['EMFILE', 'too many files are open'],
  ['EAGAIN', 'the system allows no further process'],
  ['ENOMEM', 'the memory does not suffice'],
  ['E2BIG', 'its arguments are too long'],
])

export const toolRunner: ToolRunner = {
  async run({ program, arguments: args, folder, environment, input, timeLimit, outputLimit, signal }) {
    signal?.throwIfAborted()
    // A process group of its own, so that whatever the program starts can be ended with it.
    const child = execa(program, args, {
      cwd: folder,
      env: environment,
      extendEnv: false,
      ...(input === undefined ? { stdin: 'ignore' } : { input }),
      detached: process.platform !== 'win32',
      windowsHide: true,
      // Collected below: execa would put all of a failing program's output into a message as well.
      buffer: false,
      encoding: 'buffer',
      reject: false,
    })
    const end = (): void => endTree(child.pid)
    let cause: 'time' | 'output' | undefined
    const endBecause = (why: 'time' | 'output'): void => {
      cause ??= why
      end()
    }
    const timer = setTimeout(() => endBecause('time'), timeLimit)
    const settled = whenEnding(end)
    signal?.addEventListener('abort', end)
    try {
      const tooMuch = (): void => endBecause('output')
      const [result, stdout, stderr] = await Promise.all([
        child,
        textOf(child.stdout, outputLimit, tooMuch),
        textOf(child.stderr, outputLimit, tooMuch),
      ])
      signal?.throwIfAborted()
      if (cause === 'time') return { kind: 'timed-out', milliseconds: timeLimit }
      if (cause === 'output') return { kind: 'too-much-output', bytes: outputLimit }
      if (result.signal !== undefined) return { kind: 'killed', signal: result.signal, stderr }
      if (result.exitCode === undefined)
        throw new InfrastructureError(`${program} cannot be started: ${whyNotStarted(result.code, result)}`)
      return { kind: 'exited', exitCode: result.exitCode, stdout, stderr }
    } finally {
      clearTimeout(timer)
      settled()
      signal?.removeEventListener('abort', end)
    }
  },
}

function whyNotStarted(code: string | undefined, error: unknown): string {
  return startFailures.get(code ?? '') ?? code ?? messageOf(error)
}

/** All that a stream gives, as UTF-8; nothing further is kept once there is too much of it. */
async function textOf(stream: Readable, limit: number, tooMuch: () => void): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  stream.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length <= limit) chunks.push(chunk)
    else tooMuch()
  })
  // An error of the stream comes with the end of the program, which tells more.
  await finished(stream).catch(() => undefined)
  return length <= limit ? Buffer.concat(chunks).toString('utf8') : ''
}

/** Kills a program and everything in its process group, at once. What is gone already is no error. */
function endTree(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    if (process.platform === 'win32')
      void execa('taskkill', ['/pid', String(pid), '/t', '/f'], { reject: false, stdio: 'ignore' })
    else process.kill(-pid, 'SIGKILL')
  } catch {
    // ESRCH: all of it has ended by itself.
  }
}

export interface ToolSearch {
  /** What people call it, e.g. `kube-linter`. */
  name: string
  /** A path that the user has given; then nothing is searched. */
  path?: string | undefined
  /** Folder that a relative path starts from. */
  folder: string
  /** The value of the variable PATH. */
  searchPath: string
  /** Folders whose content may come from a pull request. */
  repositories: readonly string[]
  /** Whether a given path may lie in one of them: at a terminal it is the user's own choice. */
  namedAnywhere: boolean
  /** How to get it, said when it is missing. */
  hint: string
}

/**
 * Absolute path of a program. Folders of PATH that are relative or in a repository are passed over: they would run what
 * the repository under review brings along. Throws a `UserError` for a given path that holds no program or may not be
 * used, and an `InfrastructureError` where the search finds none.
 */
export async function findTool(search: ToolSearch): Promise<string> {
  const { name, path, folder, searchPath, repositories, namedAnywhere, hint } = search
  if (path !== undefined) {
    const absolute = resolve(folder, path)
    if (!(await isProgram(absolute)))
      throw new UserError(`${path} is no program that can be run as ${name}`, hint)
    if (namedAnywhere || !(await isGuarded(absolute, repositories))) return absolute
    throw new UserError(`${path} lies in the repository that is looked at, and is not run`, hint)
  }
  const found = await findProgram(name, searchPath, repositories)
  if (found !== undefined) return found
  const passedOver = await findProgram(name, searchPath, [])
  throw new InfrastructureError(
    passedOver === undefined
      ? `${name} is not installed: no folder of PATH holds it`
      : `${passedOver} lies in the repository that is looked at, and is not run`,
    hint,
  )
}

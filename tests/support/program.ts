import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { reportSchema, type Report } from '../../src/model/index.ts'

/**
 * The program as users have it: the committed bundle and its launcher, copied to a read-only folder with a space in
 * its name, run by Node as a user without rights. (Root may write anywhere, so read-only would mean nothing.)
 */
export interface Program {
  /** The launcher, as the shell runs it. */
  cli(args: readonly string[], options?: RunOptions): Ran
  /** The bundle itself without arguments, as the runner starts the Action. */
  action(environment: Readonly<Record<string, string>>, options?: RunOptions): Ran
  /** The same, without holding up this process. */
  actionBeside(environment: Readonly<Record<string, string>>, options?: RunOptions): Promise<Ran>
  /** A file of the bundle with arguments, as the program starts it, beside this process. */
  fileBeside(file: string, args: readonly string[], options?: RunOptions): Promise<Ran>
  /** Starts the launcher and leaves it running. */
  start(args: readonly string[], options?: RunOptions): ReturnType<typeof spawn>
  /** The file of the bundle. */
  entry: URL
  /** A folder that the program may write. */
  folder(): string
  remove(): void
}

export interface RunOptions {
  cwd?: string
  input?: string | Buffer
  env?: Readonly<Record<string, string>>
  /** Node options, in front of the script. */
  node?: readonly string[]
}

export interface Ran {
  status: number | null
  signal: string | null
  stdout: string
  stderr: string
}

const root = join(import.meta.dirname, '..', '..')
const nobody = 65534
const isRoot = process.getuid?.() === 0
const user = isRoot ? { uid: nobody, gid: nobody } : {}

/** Longer than anything a test starts may take; what hangs is ended and fails. */
const limit = 110_000

export function installProgram(): Program {
  const base = mkdtempSync(join(tmpdir(), 'k8s-autofix-'))
  chmodSync(base, 0o755)
  const home = join(base, 'read only')
  mkdirSync(home)
  for (const part of ['bin', 'dist']) cpSync(join(root, part), join(home, part), { recursive: true })
  makeReadOnly(home)
  const node = isRoot ? join(base, 'node') : process.execPath
  if (isRoot) {
    copyFileSync(process.execPath, node)
    chmodSync(node, 0o755)
  }
  const cli = join(home, 'bin', 'k8s-autofix')
  const bundle = join(home, 'dist', 'index.js')
  const options = ({ cwd, env = {} }: RunOptions): { cwd: string; env: NodeJS.ProcessEnv } => ({
    cwd: cwd ?? base,
    env: { PATH: process.env['PATH'], HOME: base, TMPDIR: base, ...env },
    ...user,
  })
  const run = (script: readonly string[], given: RunOptions): Ran => {
    const result: SpawnSyncReturns<string> = spawnSync(node, [...(given.node ?? []), ...script], {
      ...options(given),
      ...(given.input === undefined ? {} : { input: given.input }),
      encoding: 'utf8',
      timeout: limit,
      killSignal: 'SIGKILL',
      maxBuffer: 256 * 1024 * 1024,
    })
    if (result.error !== undefined && !/ETIMEDOUT/.test(result.error.message)) throw result.error
    return { status: result.status, signal: result.signal, stdout: result.stdout, stderr: result.stderr }
  }
  const beside = async (args: readonly string[], given: RunOptions = {}): Promise<Ran> => {
    const child = spawn(node, [...(given.node ?? []), ...args], options(given))
    const closed = new Promise<[number | null, string | null]>((resolve) =>
      child.on('close', (status, signal) => resolve([status, signal])),
    )
    const timer = setTimeout(() => child.kill('SIGKILL'), limit)
    const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr)])
    const [status, signal] = await closed
    clearTimeout(timer)
    return { status, signal, stdout, stderr }
  }
  return {
    cli: (args, given = {}) => run([cli, ...args], given),
    action: (env, given = {}) => run([bundle], { ...given, env }),
    actionBeside: async (env, given = {}) => beside([bundle], { ...given, env }),
    fileBeside: async (file, args, given) => beside([join(dirname(bundle), file), ...args], given),
    start: (args, given = {}) => spawn(node, [...(given.node ?? []), cli, ...args], options(given)),
    entry: pathToFileURL(bundle),
    folder() {
      const folder = mkdtempSync(join(base, 'files-'))
      chmodSync(folder, 0o777)
      return folder
    },
    remove() {
      makeWritable(home)
      rmSync(base, { recursive: true, force: true })
    },
  }
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  stream.setEncoding('utf8')
  for await (const chunk of stream) text += String(chunk)
  return text
}

export function reportOf({ stdout }: Ran): Report {
  return reportSchema.parse(JSON.parse(stdout))
}

function makeReadOnly(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) makeReadOnly(path)
    else chmodSync(path, 0o555)
  }
  chmodSync(folder, 0o555)
}

function makeWritable(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) makeWritable(join(folder, entry.name))
}

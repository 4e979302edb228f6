import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'vitest'
import { startApiEngine } from '../../src/adapters/api-engine.ts'
import { createEngine } from '../../src/cli/engine.ts'
import { runCommand } from '../../src/cli/run-command.ts'
import type { EmbeddedEngine } from '../../src/cluster/index.ts'
import type { World } from '../../src/cli/world.ts'

export const root = join(import.meta.dirname, '../..')
export const entry = pathToFileURL(join(root, 'src/main.ts'))

/** A folder of its own for a test, filled with files; removed when the test ends. */
export class Folder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'autofix cli ')))

  constructor(files: Record<string, string> = {}) {
    for (const [name, text] of Object.entries(files)) this.write(name, text)
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.path, name)), { recursive: true })
    writeFileSync(join(this.path, name), text)
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

/** Makes a git repository of a folder; a branch starts from main each time. */
export function mkGit(folder: Folder): { branch(files: Record<string, string>): void } {
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], {
      cwd: folder.path,
      stdio: 'ignore',
    })
  }
  const commit = (): void => {
    git('add', '-A')
    git('commit', '-m', 'x', '--allow-empty')
  }
  git('init', '-b', 'main')
  commit()
  return {
    branch(files) {
      git('checkout', '-f', '-B', 'feature', 'main')
      for (const [name, text] of Object.entries(files)) folder.write(name, text)
      commit()
    },
  }
}

export interface Result {
  code: number
  stdout: string
  stderr: string
}

let shared: EmbeddedEngine | undefined

/** One embedded API server for all tests of a file: each run tells it of its own repository. It keeps nobody waiting. */
export function sharedApi(): EmbeddedEngine {
  const engine = (shared ??= startApiEngine(entry))
  return { ask: async (header, bodies) => engine.ask(header, bodies), close: async () => undefined }
}

/** Runs the command line in this process, over the real core. */
export async function cli(
  folder: string,
  args: readonly string[],
  change: Partial<World> & { input?: string } = {},
): Promise<Result> {
  const result = { stdout: '', stderr: '' }
  const output = (name: 'stdout' | 'stderr'): World['stdout'] => ({
    isTTY: false,
    columns: undefined,
    write: async (text) => {
      result[name] += text
    },
  })
  const now = (): number => 0
  const code = await runCommand(args, {
    env: {},
    folder,
    stdin: async () => Buffer.from(change.input ?? ''),
    stdout: output('stdout'),
    stderr: output('stderr'),
    processors: 1,
    now,
    time: () => Date.UTC(2026, 10, 30),
    fetch: async () => expect.fail('nothing is asked of the network'),
    engine: createEngine(entry, folder, now, sharedApi),
    ...change,
  })
  return { code, ...result }
}

export const privileged = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: api # the service
          image: registry.example/shop/api:1.0
          securityContext:
            privileged: true
`
export const clean = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: shop
data:
  mode: fast
`

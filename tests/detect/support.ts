import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tool } from '../../scripts/tools.ts'
import { createKubeLinter, type KubeLinterLimits } from '../../src/adapters/kube-linter.ts'
import { toolRunner } from '../../src/adapters/tool-runner.ts'
import { defaultSettings, type Engine, type KubeLinterSettings, type Unit } from '../../src/detect/index.ts'

/** A folder of its own for a test file, with a subfolder for the engine's temporary files. */
export interface Scene {
  folder: string
  /** Where the engine makes its private folders; empty whenever no run is under way. */
  temporary: string
  /** An executable shell script. */
  script(name: string, text: string): string
  engine(options?: EngineOptions): Promise<Engine>
  remove(): void
}

export interface EngineOptions {
  program?: string
  settings?: Partial<KubeLinterSettings>
  limits?: Partial<KubeLinterLimits>
}

export const kubeLinter = tool('kube-linter')

export function makeScene(): Scene {
  const folder = mkdtempSync(join(tmpdir(), 'k8s-autofix-test-'))
  const temporary = mkdtempSync(join(folder, 'temporary-'))
  return {
    folder,
    temporary,
    script(name, text) {
      const path = join(folder, name)
      writeFileSync(path, `#!/bin/sh\nPATH=/usr/bin:/bin\n${text}`)
      chmodSync(path, 0o755)
      return path
    },
    engine: async ({ program = kubeLinter, settings, limits } = {}) =>
      createKubeLinter({
        program,
        settings: { ...defaultSettings, ...settings },
        runner: toolRunner,
        temporaryFolder: temporary,
        ...(limits === undefined ? {} : { limits }),
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The real kube-linter, except where a unit holds the word: then the given commands run instead. */
export function unlessWord(word: string, commands: string): string {
  return `for last; do :; done
if [ "$1" = lint ] && grep -rq ${word} "$last"; then
${commands}
fi
exec ${kubeLinter} "$@"
`
}

export function unit(id: string, text: string, context = id): Unit {
  return { id, context, text }
}

export function pod(name: string, more = ''): string {
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n${more}spec:\n  containers:\n    - name: main\n      image: web:1.0\n`
}

/** Whether a process still runs; one that has ended and waits to be reaped does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return process.platform !== 'linux'
  }
}

/** What a promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

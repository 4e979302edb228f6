import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Kills {
  apiserver: string
  etcd: string
  /** How many owners are started and killed. */
  kills: number
  /** Of the moments. */
  seed: number
}

/** Milliseconds after the start within which the kill falls: from before the watchdog runs to well after it is ready. */
const longest = 4000

/**
 * Starts programs that own a server and kills each with SIGKILL at a random moment. `left` names what was still there
 * ten seconds later; `slowest` is the longest time until nothing was, in milliseconds.
 */
export async function killAtRandomMoments({
  apiserver,
  etcd,
  kills,
  seed,
}: Kills): Promise<{ left: string[]; slowest: number }> {
  const left: string[] = []
  let slowest = 0
  const random = randomFrom(seed)
  for (let kill = 0; kill < kills; kill++) {
    const temporary = mkdtempSync(join(tmpdir(), 'k8s-autofix-kill-'))
    try {
      const moment = Math.round(random() * longest)
      const owner = spawn(
        process.execPath,
        [join(import.meta.dirname, 'owner.ts'), temporary, apiserver, etcd],
        { stdio: 'ignore' },
      )
      const gone = new Promise((resolve) => owner.on('exit', resolve))
      await delay(moment)
      owner.kill('SIGKILL')
      await gone
      const started = performance.now()
      let remains = remainsOf(temporary)
      while (remains.length > 0 && performance.now() - started < 10_000) {
        await delay(20)
        remains = remainsOf(temporary)
      }
      slowest = Math.max(slowest, performance.now() - started)
      if (remains.length > 0) left.push(`killed after ${moment} ms: ${remains.join(', ')}`)
    } finally {
      rmSync(temporary, { recursive: true, force: true })
    }
  }
  return { left, slowest }
}

/** Folders below `temporary`, and processes that run there or were told of it. */
export function remainsOf(temporary: string): string[] {
  return [
    ...(existsSync(temporary) ? readdirSync(temporary) : []),
    ...processesIn(temporary).map(({ pid, command }) => `process ${pid} ${command.slice(0, 60)}`),
  ]
}

/** Processes that run in a folder or below it, or were told of it on their command line; not this one. */
export function processesIn(folder: string): { pid: number; command: string }[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) return []
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const place = readlinkSync(`/proc/${pid}/cwd`)
      return place.startsWith(folder) || command.includes(folder) ? [{ pid, command }] : []
    } catch {
      return []
    }
  })
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}

/** A small generator of numbers from 0 to 1 (mulberry32), so that a failure can be had again. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

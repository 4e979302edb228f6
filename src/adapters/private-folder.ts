import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InfrastructureError, messageOf } from '../model/index.ts'
import { whenEnding } from './ending.ts'

/** Gives work a folder that nobody else may look into, and removes it whatever happens. */
export async function inPrivateFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = inFileSystem(parent, () => mkdtempSync(join(realpathSync(parent), 'k8s-autofix-')))
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  const settled = whenEnding(remove)
  try {
    return await work(folder)
  } finally {
    settled()
    inFileSystem(folder, remove)
  }
}

export function makeFolder(path: string): string {
  return inFileSystem(path, () => {
    mkdirSync(path, { mode: 0o700 })
    return path
  })
}

export function writeFile(path: string, text: string): void {
  inFileSystem(path, () => writeFileSync(path, text, { mode: 0o600, flag: 'wx' }))
}

function inFileSystem<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new InfrastructureError(
      `the temporary folder cannot be used: ${path}: ${messageOf(error)}`,
      'set TMPDIR to a folder with room that you may write',
    )
  }
}

/** Bytes that a folder in memory should have free before manifests are written there. */
const enoughMemory = 512 * 1024 * 1024

/** A folder in memory, where there is one with room: faster than a disk, and no Secret reaches one. */
export function memoryFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK)
    const { bavail, bsize } = statfsSync('/dev/shm')
    if (bavail * bsize >= enoughMemory) return '/dev/shm'
  } catch {
    // No such thing on this system.
  }
  return tmpdir()
}

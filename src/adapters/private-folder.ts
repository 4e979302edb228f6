import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
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

/**
 * A real registry for tests: Debian's package `docker-registry`. The one that is installed, or else the package, unpacked
 * into .cache/registry/ without being installed.
 *
 *   scripts/node scripts/registry.ts
 *
 * Prints the path of the program.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { root } from './package.ts'

const name = 'docker-registry'
const folder = join(root, '.cache', 'registry')

/** Path of the program, fetched if need be. Throws where that is not possible. */
export function registryProgram(): string {
  const unpacked = join(folder, 'usr', 'bin')
  const found = [...(process.env['PATH'] ?? '').split(delimiter), unpacked]
    .filter((one) => one !== '')
    .map((one) => join(one, name))
    .find(isProgram)
  if (found !== undefined) return found
  const fresh = `${folder}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  try {
    download(fresh)
    const [archive] = readdirSync(fresh).filter((one) => one.endsWith('.deb'))
    if (archive === undefined) throw new Error('apt-get left no package behind')
    execFileSync('dpkg', ['-x', join(fresh, archive), fresh], { stdio: 'pipe' })
  } catch (error) {
    throw new Error(
      `${name} is not on PATH and its Debian package cannot be fetched; install it: apt-get install ${name}`,
      { cause: error },
    )
  }
  rmSync(folder, { recursive: true, force: true })
  renameSync(fresh, folder)
  return join(unpacked, name)
}

/** Needs no rights; only a machine without any lists of packages has to fetch them first, and that does. */
function download(into: string): void {
  const get = (): boolean => spawnSync('apt-get', ['download', name], { cwd: into }).status === 0
  if (get()) return
  execFileSync('apt-get', ['update'], { stdio: 'pipe' })
  if (!get()) throw new Error(`apt-get has no package ${name}`)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

if (import.meta.main) console.log(registryProgram())

import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import { isInside } from './kubeconfig-read.ts'

/**
 * Absolute path of a program in the folders of PATH; undefined where there is none. Relative and empty entries of PATH
 * are passed over, and folders inside the repositories too: a program there may come from a pull request.
 */
export async function findProgram(
  name: string,
  path: string,
  repositories: readonly string[],
): Promise<string | undefined> {
  const endings = process.platform === 'win32' ? ['.exe'] : ['']
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue
    for (const ending of endings) {
      const file = join(folder, name + ending)
      if ((await isProgram(file)) && !(await isGuarded(file, repositories))) return file
    }
  }
  return undefined
}

/**
 * Whether a file is for a pull request to choose: it lies in one of the repositories, or is reached through a folder or
 * a link there. A link out of one is no better: `kind` could be a link to a shell, which then runs a file called `get`.
 */
export async function isGuarded(file: string, repositories: readonly string[]): Promise<boolean> {
  return (await isInside(dirname(file), repositories)) || (await isInside(file, repositories))
}

/** A file that we may run. */
export async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}

import { readFile, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { messageOf, UserError } from '../model/index.ts'

/** A kubeconfig of a thousand clusters has some 5 MB. */
const maximumBytes = 16 * 1024 * 1024

/**
 * True where a path, links followed, lies in one of the folders. What a repository holds may come from a pull request:
 * a kubeconfig in it could name any server, and any program to run.
 */
export async function isInside(path: string, folders: readonly string[]): Promise<boolean> {
  const real = await realPathOf(path)
  for (const folder of folders) {
    const way = relative(await realPathOf(folder), real)
    if (way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))) return true
  }
  return false
}

/** Links followed as far as the path exists. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch {
    return resolve(path)
  }
}

/**
 * Text of a file that a person named. `what` says which it is: `the token file of user "ci"`. Undefined where it does not
 * exist and need not.
 */
export async function readNamed(file: string, what: string): Promise<string> {
  const text = await readIfThere(file, what)
  if (text === undefined) throw new UserError(`${what}, ${file}, does not exist`)
  return text
}

/** The same, for one that need not be there. */
export async function readIfThere(file: string, what: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file)
    if (size > maximumBytes) throw new UserError(`${what}, ${file}, has more than ${maximumBytes} bytes`)
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof UserError) throw error
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new UserError(`${what}, ${file}, cannot be read: ${messageOf(error)}`)
  }
}

/** Relative paths in a kubeconfig start at its own folder. */
export function besideKubeconfig(path: string, kubeconfig: string): string {
  return resolve(dirname(kubeconfig), path)
}

/**
 * The value of `<key>-data`, else of the file that `<key>` names; undefined where neither is set. As in kubectl, the data
 * win.
 */
export async function inlineOrFile(
  owner: string,
  kubeconfig: string,
  key: string,
  data: string | null | undefined,
  path: string | null | undefined,
): Promise<string | undefined> {
  if (data) {
    const packed = data.replaceAll(/\s/g, '')
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(packed))
      throw new UserError(`${kubeconfig}: ${owner}: ${key}-data is not base64`)
    return Buffer.from(packed, 'base64').toString('utf8')
  }
  return path ? readNamed(besideKubeconfig(path, kubeconfig), `${kubeconfig}: ${owner}: ${key}`) : undefined
}

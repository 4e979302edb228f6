import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { posix, sep } from 'node:path'
import type { PolicyTree, TreeFile } from '../own-policies.ts'
import { isFile, type Checkout } from './checkout.ts'
import { readListed } from './workspace.ts'

/** Files and folders that are looked at for one entry of `policies`; who names more has named too large a folder. */
const mostLooked = 20_000

const passedOver: readonly string[] = ['.git', 'node_modules']

/** The files of the repository that a folder of this machine lies in; outside of one, those of the folder. */
export function policyTreeHere(folder: string): PolicyTree {
  const root = slashed(rootOf(folder))
  return {
    root,
    list: async (path) => {
      const files: TreeFile[] = []
      let looked = 0
      const visit = (at: string): void => {
        if (++looked > mostLooked) return
        const full = posix.join(root, at)
        const status = lstatSync(full, { throwIfNoEntry: false })
        if (status === undefined) return
        if (status.isSymbolicLink()) files.push({ path: at, kind: 'link' })
        else if (!status.isDirectory()) files.push({ path: at, kind: status.isFile() ? 'file' : 'other' })
        else {
          const names = namesIn(full)
          if (names === undefined) files.push({ path: at, kind: 'unreadable' })
          for (const name of names ?? []) if (!passedOver.includes(name)) visit(posix.join(at, name))
        }
      }
      if (isBehindLink(root, path)) files.push({ path, kind: 'link' })
      else visit(path)
      return { files, complete: looked <= mostLooked }
    },
    read: async (path, most) => {
      const read = readListed({ file: path, path: posix.join(root, path) }, most)
      return 'text' in read ? read : { problem: read.unread.reason.text }
    },
  }
}

/** The files of the merge base: a change does not decide how it is judged. */
export function policyTreeBefore(checkout: Checkout): PolicyTree {
  const { entries, complete } = checkout.before
  return {
    root: slashed(checkout.head),
    list: async (path) => ({
      files: entries.flatMap((entry): TreeFile[] => {
        const isBelow = path === '' || entry.path === path || entry.path.startsWith(`${path}/`)
        if (!isBelow) return []
        const kind = isFile(entry) ? 'file' : entry.mode === '120000' ? 'link' : 'other'
        return [{ path: entry.path, kind }]
      }),
      complete,
    }),
    read: async (path, most) => {
      const text = await checkout.read(path)
      if (text === undefined) return { problem: 'cannot be read as text before the change' }
      return text.length > most ? { problem: `is larger than ${most / 1024} KiB` } : { text }
    },
  }
}

function rootOf(folder: string): string {
  for (let at = slashed(folder); ; at = posix.dirname(at)) {
    if (existsSync(posix.join(at, '.git'))) return at
    if (['.', posix.dirname(at)].includes(at)) return folder
  }
}

function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return undefined
  }
}

/** Whether a link stands above a path: it could lead anywhere. */
function isBehindLink(root: string, path: string): boolean {
  for (let at = posix.dirname(path); at !== '.' && at !== '/'; at = posix.dirname(at))
    if (lstatSync(posix.join(root, at), { throwIfNoEntry: false })?.isSymbolicLink() === true) return true
  return false
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}

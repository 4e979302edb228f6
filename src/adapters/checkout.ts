import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'
import {
  fileScope,
  type BlobText,
  type ChangeSource,
  type CommitTree,
  type FileScope,
  type TreeEntry,
} from '../change/index.ts'
import { InfrastructureError, type Unread } from '../model/index.ts'
import { isKustomization } from '../resources/index.ts'
import { whenEnding } from './ending.ts'
import { maximumBytes } from './workspace.ts'

/**
 * Both sides of a change, laid out in a temporary folder: the manifests of the head and of the merge base. Links are
 * never made, so what is read there is what the commits hold.
 */
export interface Checkout {
  /** Folders with the files of each side, named alike: a renamed file has its new name on both. */
  head: string
  base: string
  /** The files of the head that the change touches, by their path from the root of the repository. */
  files: ReadonlyMap<string, FileScope>
  /** Files of the head that can be run; a commit through the API would make them files that cannot. */
  executables: ReadonlySet<string>
  /** Text of a changed file of the head. */
  texts: ReadonlyMap<string, string>
  /** Changed files that were not read, with the reason. */
  unread: Unread[]
  /** Whether all manifests of the repository are there, so that policies that look across files can judge. */
  isWhole: boolean
  /** Whether the head has a file of that name, be it in other letters: not every system tells these apart. */
  has(path: string): boolean
  /** What the merge base holds. */
  before: CommitTree
  /** Text of any file of the merge base; undefined where there is none. */
  read(path: string): Promise<string | undefined>
  remove(): void
}

/** Repositories with more manifests than this, or larger ones, are read where they differ, and no further. */
const mostFiles = 2000
const mostBytes = 32 * 1024 * 1024

const manifest = /\.(?:ya?ml|json)$/i
/** Read from the merge base alone, since they decide what is found. */
const settings = /(?:^|\/)\.kube-linter\.ya?ml$/

export async function checkOut(source: ChangeSource, temporary: string): Promise<Checkout> {
  const [headTree, baseTree] = await Promise.all([source.tree(source.head), source.tree(source.base)])
  const changed = new Map(source.files.map((file) => [file.path, file]))
  const files = source.files.filter(({ path, status }) => isLooked(path) && status !== 'removed')
  const before = new Map(files.map((file) => [file.path, file.previous ?? file.path]))

  const entries = new Map(headTree.entries.filter(({ path }) => isLooked(path)).map((one) => [one.path, one]))
  const baseEntries = new Map(
    baseTree.entries.filter(({ path }) => isLooked(path)).map((one) => [one.path, one]),
  )
  const bytes = [...entries.values()]
    .filter(({ size }) => size <= maximumBytes)
    .reduce((sum, { size }) => sum + size, 0)
  const isWhole = headTree.complete && baseTree.complete && entries.size <= mostFiles && bytes <= mostBytes
  const isNeeded = ({ path }: TreeEntry): boolean =>
    isWhole || changed.has(path) || isKustomization(`/${path}`) || posix.basename(path) === 'Chart.yaml'

  /** What stands where in each folder. */
  const layout = { head: new Map<string, TreeEntry>(), base: new Map<string, TreeEntry>() }
  const old = new Set(
    source.files.flatMap(({ previous, status }) => (status === 'renamed' ? (previous ?? []) : [])),
  )
  for (const entry of entries.values())
    if (isNeeded(entry) && !settings.test(entry.path)) layout.head.set(entry.path, entry)
  for (const entry of baseEntries.values()) {
    if (settings.test(entry.path)) layout.head.set(entry.path, entry)
    if ((isNeeded(entry) || settings.test(entry.path)) && !old.has(entry.path))
      layout.base.set(entry.path, entry)
  }
  for (const [path, previous] of before) {
    const entry = baseEntries.get(previous)
    if (entry !== undefined) layout.base.set(path, entry)
  }

  const oids = new Set(
    [...layout.head.values(), ...layout.base.values()]
      .filter((entry) => isFile(entry) && entry.size <= maximumBytes)
      .map(({ oid }) => oid),
  )
  const blobs = await source.texts([...oids])
  const textOf = (entry: TreeEntry | undefined): string | undefined => {
    const blob = entry && blobs.get(entry.oid)
    return blob !== undefined && 'text' in blob ? blob.text : undefined
  }

  const folder = mkdtempSync(join(temporary, 'k8s-autofix-change-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  const forget = whenEnding(remove)
  try {
    for (const side of ['head', 'base'] as const) {
      mkdirSync(join(folder, side))
      // What is laid out is a repository of its own: no .gitignore above it counts.
      mkdirSync(join(folder, side, '.git'))
      for (const [path, entry] of layout[side]) {
        const text = isFile(entry) ? textOf(entry) : undefined
        if (text !== undefined) place(join(folder, side), path, text)
      }
    }
  } catch (error) {
    remove()
    forget()
    throw new InfrastructureError(
      `the files of the change cannot be laid out in ${temporary}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }

  const names = new Set(headTree.entries.map(({ path }) => path.toLowerCase()))
  const scopes = new Map<string, FileScope>()
  const texts = new Map<string, string>()
  const unread: Unread[] = []
  for (const file of files) {
    const { path } = file
    const entry = layout.head.get(path)
    const why = entry === undefined ? undefined : whyUnread(entry, blobs.get(entry.oid))
    if (why !== undefined) {
      unread.push({ file: path, ...why })
      scopes.set(path, { changed: [], shown: [] })
    }
    const text = textOf(entry)
    if (text === undefined) continue
    texts.set(path, text)
    scopes.set(path, fileScope(file, textOf(layout.base.get(path)), text, source.hasHunks))
  }
  return {
    head: join(folder, 'head'),
    base: join(folder, 'base'),
    files: scopes,
    executables: new Set(headTree.entries.flatMap(({ path, mode }) => (mode === '100755' ? path : []))),
    texts,
    unread,
    isWhole,
    before: baseTree,
    has: (path) => names.has(path.toLowerCase()),
    async read(path) {
      const entry = baseTree.entries.find((one) => one.path === path)
      if (entry === undefined || !isFile(entry) || entry.size > maximumBytes) return undefined
      const known = blobs.get(entry.oid) ?? (await source.texts([entry.oid])).get(entry.oid)
      return known !== undefined && 'text' in known ? known.text : undefined
    },
    remove() {
      forget()
      remove()
    },
  }
}

function whyUnread(
  entry: TreeEntry,
  blob: BlobText | undefined,
): Pick<Unread, 'reason' | 'broken'> | undefined {
  const because = (code: string, text: string, broken: boolean): Pick<Unread, 'reason' | 'broken'> => ({
    reason: { code, text },
    broken,
  })
  if (entry.mode === '120000') return because('link', 'is a symbolic link; links are not followed', false)
  if (!isFile(entry)) return because('not-a-file', 'is no regular file', false)
  if (entry.size > maximumBytes)
    return because('too-large', `is larger than ${maximumBytes / 1024} KiB (${entry.size} bytes)`, false)
  if (blob === undefined || ('missing' in blob && blob.missing === 'gone'))
    return because('unreadable', 'cannot be read: the repository does not hand it out', true)
  if ('missing' in blob)
    return because('not-utf-8', 'is not UTF-8 text; save it as UTF-8', blob.missing === 'not-utf-8')
  return undefined
}

function isLooked(path: string): boolean {
  const parts = path.split('/')
  // What a commit cannot hold, or only to reach something else, is not laid out anywhere.
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git'))
    return false
  if (sep === '\\' && /[\\:*?"<>|]/.test(path)) return false
  return manifest.test(path) || isKustomization(`/${path}`)
}

export function isFile({ mode }: Pick<TreeEntry, 'mode'>): boolean {
  return mode === '100644' || mode === '100755'
}

function place(folder: string, path: string, text: string): void {
  const full = join(folder, ...path.split('/'))
  mkdirSync(dirname(full), { recursive: true })
  // Two paths that differ in case alone are one file on some systems: the first stands.
  if (!existsSync(full)) writeFileSync(full, text)
}

import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  type Dirent,
} from 'node:fs'
import { basename, dirname, join, posix, relative, resolve, sep } from 'node:path'
import ignore, { type Ignore } from 'ignore'
import { UserError, type Unread } from '../model/index.ts'
import {
  chartFolders,
  chartRole,
  isKustomization,
  kustomizationRoles,
  sourceRoleTexts,
  type SourceRole,
} from '../resources/index.ts'
import { readDocuments } from '../yaml/index.ts'

/** Files larger than this are not read: no manifest comes near, and one that does is data. */
export const maximumBytes = 10 * 1024 * 1024

/** A kustomization is a list of files; one that is larger is none, and reading it would hold up the walk. */
const maximumKustomizationBytes = 256 * 1024

/** A file to read: its name in reports (relative to the working folder, with `/`) and where it is. */
export interface ListedFile {
  file: string
  path: string
}

export interface Listing {
  files: ListedFile[]
  unread: Unread[]
}

export interface ListOptions {
  /** Working folder: report names are relative to it. */
  folder: string
  /** From the configuration: false keeps a file out. Takes a report name. */
  includes: (file: string) => boolean
}

const passedOver = new Set(['.git', '.k8s-autofix', 'node_modules', 'vendor'])
const readable = /\.(?:ya?ml|json)$/i

/**
 * Lists what a run reads below the given paths, in the order of their names. A path that is named is read even where a
 * walk would pass it over; what does not exist is a user error. Links are never followed, so nothing outside is read.
 */
export function listFiles(paths: readonly string[], options: ListOptions): Listing {
  const walk = new Walk(options)
  for (const path of paths) walk.root(resolve(options.folder, path))
  return walk.finish()
}

/** Reads one listed file as text. Refuses links, special files, what is too large and what is not UTF-8. */
export function readListed(
  { file, path }: ListedFile,
  most = maximumBytes,
): { text: string } | { unread: Unread } {
  const refuse = (code: string, text: string, broken = true): { unread: Unread } => ({
    unread: { file, reason: { code, text }, broken },
  })
  let handle: number
  try {
    // Neither a link nor a pipe that was swapped in since the walk is followed or waited for.
    handle = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  } catch (error) {
    return refuse('unreadable', `cannot be opened: ${messageOf(error)}`)
  }
  try {
    const status = fstatSync(handle)
    if (!status.isFile()) return refuse('not-a-file', 'is no regular file', false)
    if (status.size > most)
      return refuse('too-large', `is larger than ${most / 1024} KiB (${status.size} bytes)`, false)
    return { text: decoder.decode(readFileSync(handle)) }
  } catch (error) {
    if (error instanceof TypeError) return refuse('not-utf-8', 'is not UTF-8 text; save it as UTF-8')
    return refuse('unreadable', `cannot be read: ${messageOf(error)}`)
  } finally {
    closeSync(handle)
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

interface IgnoreRules {
  folder: string
  rules: Ignore
}

class Walk {
  private readonly options: ListOptions
  private readonly found = new Map<string, string>()
  private readonly unread = new Map<string, Unread>()
  /** Charts and kustomizations of everything walked and of the folders above, by absolute path with `/`. */
  private readonly charts = new Set<string>()
  private readonly roles = new Map<string, SourceRole>()
  private readonly looked = new Set<string>()
  private readonly kustomizations = new Set<string>()
  /** Folders with a kustomization that cannot be read. */
  private readonly unclear = new Set<string>()

  constructor(options: ListOptions) {
    this.options = options
  }

  root(path: string): void {
    const status = lstatSync(path, { throwIfNoEntry: false })
    const name = this.nameOf(path)
    if (status === undefined)
      throw new UserError(
        `${name}: no such file or folder`,
        'check the path; paths are relative to the working folder',
      )
    if (this.isBehindLink(path)) {
      this.refuseKind(name, true, true)
      return
    }
    this.lookAbove(status.isDirectory() ? path : dirname(path))
    if (status.isDirectory()) this.folder(path, this.rulesAbove(path))
    else if (status.isFile()) this.found.set(name, path)
    else this.refuseKind(name, status.isSymbolicLink(), true)
  }

  /** Whether a link stands on the way from the working folder to a path below it: it could lead anywhere. */
  private isBehindLink(path: string): boolean {
    const below = relative(this.options.folder, path)
    if (below === '' || below.startsWith('..')) return false
    for (let at = path; at !== this.options.folder && at !== dirname(at); at = dirname(at))
      if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() === true) return true
    return false
  }

  finish(): Listing {
    const files: ListedFile[] = []
    for (const [file, path] of [...this.found].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const role = this.roles.get(slashed(path)) ?? chartRole(slashed(path), this.charts)
      if (this.unread.has(file)) continue
      if (this.isUnclear(slashed(path)))
        this.refuse(
          file,
          'unclear-role',
          'it may be a patch: the kustomization above it cannot be read',
          false,
        )
      else if (role === undefined) files.push({ file, path })
      else this.refuse(file, role, sourceRoleTexts[role], false)
    }
    return { files, unread: [...this.unread.values()].sort((a, b) => (a.file < b.file ? -1 : 1)) }
  }

  private folder(path: string, above: readonly IgnoreRules[]): void {
    let entries: Dirent[]
    try {
      entries = readdirSync(path, { withFileTypes: true })
    } catch (error) {
      this.refuse(this.nameOf(path), 'unreadable', `folder cannot be listed: ${messageOf(error)}`, true)
      return
    }
    const rules = [...above, ...rulesOf(path)]
    for (const entry of entries) {
      const at = join(path, entry.name)
      if (entry.isDirectory()) {
        if (this.skipsFolder(at, entry.name) || isIgnored(`${at}${sep}`, rules)) continue
        this.folder(at, rules)
      } else this.entry(entry, at, rules)
    }
  }

  private entry(entry: Dirent, at: string, rules: readonly IgnoreRules[]): void {
    const name = this.nameOf(at)
    this.note(at, name)
    const isFolderLink = entry.isSymbolicLink() && isFolder(at)
    if (!(readable.test(entry.name) || isFolderLink) || isIgnored(at, rules) || !this.options.includes(name))
      return
    if (entry.isFile()) this.found.set(name, at)
    else this.refuseKind(name, entry.isSymbolicLink(), false)
  }

  private skipsFolder(path: string, name: string): boolean {
    // charts/*/charts holds the dependencies of a chart, unpacked: other people's code.
    const dependency = name === 'charts' && basename(dirname(dirname(path))) === 'charts'
    return passedOver.has(name) || dependency || !this.options.includes(`${this.nameOf(path)}/`)
  }

  /** A file that is named alone may still be a patch of the kustomization beside or above it. */
  private lookAbove(folder: string): void {
    for (let at = folder; !this.looked.has(at); at = dirname(at)) {
      this.looked.add(at)
      for (const name of ['Chart.yaml', 'kustomization.yaml', 'kustomization.yml', 'Kustomization'])
        if (existsSync(join(at, name))) this.note(join(at, name), this.nameOf(join(at, name)))
      if (existsSync(join(at, '.git'))) return
    }
  }

  /** Learns from a file what others are: Chart.yaml makes a chart, a kustomization gives files their roles. */
  private note(path: string, name: string): void {
    const absolute = slashed(path)
    for (const chart of chartFolders([absolute])) this.charts.add(chart)
    if (!isKustomization(absolute) || this.kustomizations.has(absolute)) return
    this.kustomizations.add(absolute)
    const read = readListed({ file: name, path }, maximumKustomizationBytes)
    const [document] = 'unread' in read ? [] : readDocuments(read.text)
    const [problem] = document?.problems ?? []
    if (!('unread' in read) && problem === undefined) {
      const roles = kustomizationRoles(posix.dirname(absolute), document?.value)
      for (const [file, role] of roles) this.roles.set(file, role)
      return
    }
    // Nobody can tell which files beside and below it are patches, so none of them is judged.
    const why = 'unread' in read ? read.unread.reason.text : (problem?.message.split('\n', 1)[0] ?? '')
    this.refuse(name, 'invalid-kustomization', `the kustomization cannot be read: ${why}`, true)
    this.unclear.add(posix.dirname(absolute))
  }

  /** The folder of a kustomization that cannot be read, where a file lies in one. */
  private isUnclear(path: string): boolean {
    if (this.unclear.size === 0) return false
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      if (this.unclear.has(folder)) return true
      if (folder === posix.dirname(folder)) return false
    }
  }

  private rulesAbove(folder: string): IgnoreRules[] {
    const chain: string[] = []
    for (let at = dirname(folder); ; at = dirname(at)) {
      if (existsSync(join(folder, '.git'))) break
      chain.unshift(at)
      if (existsSync(join(at, '.git'))) break
      // Outside of any repository nothing is git-ignored.
      if (dirname(at) === at) return []
    }
    const rules = chain.flatMap(rulesOf)
    // A folder that is named is read, even when the repository ignores it.
    return isIgnored(`${folder}${sep}`, rules) ? [] : rules
  }

  private refuseKind(name: string, isLink: boolean, wasNamed: boolean): void {
    if (isLink) this.refuse(name, 'link', 'is a symbolic link; links are not followed', wasNamed)
    else this.refuse(name, 'not-a-file', 'is no regular file', wasNamed)
  }

  private refuse(file: string, code: string, text: string, broken: boolean): void {
    this.unread.set(file, { file, reason: { code, text }, broken })
  }

  private nameOf(path: string): string {
    const name = relative(this.options.folder, path)
    return (sep === '/' ? name : name.replaceAll(sep, '/')) || '.'
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  } catch {
    // A link that leads back to itself, or to where nobody may look, is no folder.
    return false
  }
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}

function rulesOf(folder: string): IgnoreRules[] {
  return ['.gitignore', join('.git', 'info', 'exclude')].flatMap((name) => {
    const path = join(folder, name)
    try {
      if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return []
      return [{ folder, rules: ignore().add(readFileSync(path, 'utf8')) }]
    } catch {
      // An ignore file that cannot be read ignores nothing: the run reads more, never less.
      return []
    }
  })
}

/** Whether git ignores a path; the innermost file that says something about it wins. A folder ends with a separator. */
function isIgnored(path: string, rules: readonly IgnoreRules[]): boolean {
  for (const { folder, rules: matcher } of [...rules].reverse()) {
    const below = relative(folder, path).replaceAll(sep, '/') + (path.endsWith(sep) ? '/' : '')
    if (below === '' || below === '/' || below.startsWith('..')) continue
    const { ignored, unignored } = matcher.test(below)
    if (ignored || unignored) return ignored
  }
  return false
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code: unknown = Reflect.get(error, 'code')
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied'
  if (code === 'ELOOP') return 'it is a symbolic link'
  if (code === 'ENOENT') return 'it is gone'
  return typeof code === 'string' ? code : error.message
}

import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { posix, relative, resolve, sep } from 'node:path'
import {
  configNames,
  findConfig,
  loadConfig,
  readNamedConfig,
  type Config,
  type ConfigFiles,
  type FoundConfig,
} from '../config/index.ts'
import { UserError } from '../model/index.ts'
import type { Arguments } from './arguments.ts'
import type { ChangeInput, World } from './world.ts'

/** Where the configuration and what else decides about findings is read from. */
export interface SettingsFiles extends ConfigFiles {
  /** The working folder, absolute with `/`, as `read` and `exists` know it. */
  folder: string
  /** What a flag names, from the working folder. */
  readNamed(path: string): string | undefined
  /** Whether they are those of the merge base: a change does not decide how it is judged. */
  isBefore: boolean
}

/** The files on this machine. */
export function filesHere(folder: string): SettingsFiles {
  const read = (path: string): string | undefined =>
    existsSync(path) ? readText(path, nameOf(path, folder)) : undefined
  return {
    folder: slashes(folder),
    exists: existsSync,
    read,
    readNamed: (path) => read(resolve(folder, path)),
    isBefore: false,
  }
}

/** The files of the merge base; what a flag names outside of the repository is read from this machine. */
export async function filesBefore(
  { checkout, prefix }: ChangeInput,
  args: Arguments,
  folder: string,
): Promise<SettingsFiles> {
  const root = slashes(checkout.head)
  const inside = (named: string): string | undefined => {
    const path = posix.normalize(posix.join(prefix, slashes(relative(folder, resolve(folder, named)))))
    return path.startsWith('../') ? undefined : path
  }
  const texts = new Map<string, string | undefined>()
  const learn = async (path: string): Promise<void> => {
    texts.set(path, await checkout.read(path))
  }
  for (let at = prefix; ; at = posix.join(at, '..', '/')) {
    if (at === './' || at === '.') at = ''
    for (const name of configNames) await learn(at + name)
    if (at === '') break
  }
  const named = [args.last('config'), args.last('baseline')].flatMap((one) => one ?? [])
  for (const one of named) {
    const path = inside(one)
    if (path !== undefined) await learn(path)
  }
  const here = filesHere(folder)
  return {
    folder: posix.join(root, prefix).replace(/\/$/, ''),
    exists: (path) => path === `${root}/.git` || texts.get(posix.relative(root, path)) !== undefined,
    read: (path) => texts.get(posix.relative(root, path)),
    readNamed: (path) => {
      const known = inside(path)
      return known === undefined ? here.readNamed(path) : texts.get(known)
    },
    isBefore: true,
  }
}

/** The configuration that holds for a run in the working folder. */
export function readConfig(
  args: Arguments,
  { folder, engine }: World,
  files: SettingsFiles = filesHere(folder),
): Config {
  const named = args.last('config')
  const found = named === undefined ? findConfig(files.folder, files) : namedConfig(named, files)
  return loadConfig({
    file: found && {
      name: posix.relative(files.folder, found.path) || '.',
      text: found.text,
      folder: found.folder,
    },
    set: args.all('set'),
    root: files.folder,
    policies: engine.policies,
  })
}

function namedConfig(named: string, files: SettingsFiles): FoundConfig {
  const path = slashes(resolve(files.folder, named))
  const found = readNamedConfig(path, { ...files, read: () => files.readNamed(named) })
  if (found === undefined)
    throw new UserError(`--config ${named}: no such file${files.isBefore ? ' before the change' : ''}`)
  return found
}

/** Text of a file that the user has written for us; whatever is wrong with it is the user's to mend. */
export function readText(path: string, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path))
  } catch (error) {
    if (error instanceof TypeError) throw new UserError(`${name}: is not UTF-8 text; save it as UTF-8`)
    throw new UserError(`${name}: cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** A path as reports name it: from the working folder, with `/`. */
export function nameOf(path: string, folder: string): string {
  return slashes(relative(folder, path)) || '.'
}

/** From the root of the git repository to a folder, with a final `/`; empty at the root and outside of one. */
export function repositoryPrefix(folder: string): string {
  for (let at = folder; ; at = resolve(at, '..')) {
    if (lstatSync(resolve(at, '.git'), { throwIfNoEntry: false }) !== undefined) {
      const below = slashes(relative(at, folder))
      return below === '' ? '' : `${below}/`
    }
    if (resolve(at, '..') === at) return ''
  }
}

function slashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}

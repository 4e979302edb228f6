import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { posix, relative, resolve, sep } from 'node:path'
import {
  configNames,
  findConfig,
  openConfig,
  readNamedConfig,
  type BroughtPolicies,
  type Config,
  type ConfigFiles,
  type ConfigSources,
  type FoundConfig,
} from '../config/index.ts'
import { policyTreeBefore, policyTreeHere } from '../adapters/policy-files.ts'
import { UserError, type Policy } from '../model/index.ts'
import { withImported } from '../kyverno/index.ts'
import { configure, readBrought, type PolicyTree } from '../own-policies.ts'
import type { Arguments } from './arguments.ts'
import type { ChangeInput, World } from './world.ts'

/** Where the configuration and what else decides about findings is read from. */
export interface SettingsFiles extends ConfigFiles {
  /** The working folder, absolute with `/`, as `read` and `exists` know it. */
  folder: string
  /** What a flag names, from the working folder. */
  readNamed(path: string): string | undefined
  /** Where the policies are that a configuration in a folder names. */
  policyTree: (folder: string) => PolicyTree
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
    policyTree: policyTreeHere,
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
    policyTree: (at) => (`${at}/`.startsWith(`${root}/`) ? policyTreeBefore(checkout) : here.policyTree(at)),
    isBefore: true,
  }
}

/** The configuration that holds for a run in the working folder. */
export async function readConfig(
  args: Arguments,
  world: World,
  files: SettingsFiles = filesHere(world.folder),
): Promise<Config> {
  return configure(sourcesOf(args, world, files), files.policyTree)
}

/** All policies that there are: the built-in ones, and those of the configuration, whatever else that says. */
export async function readPolicies(args: Arguments, world: World): Promise<AllPolicies> {
  const files = filesHere(world.folder)
  const sources = sourcesOf(args, world, files)
  const brought = await readBrought(openConfig(sources), sources, files.policyTree)
  return { ...brought, all: withImported([...world.engine.policies, ...brought.own], brought.kyverno) }
}

export interface AllPolicies extends BroughtPolicies {
  all: readonly Policy[]
}

function sourcesOf(
  args: Arguments,
  { engine }: World,
  files: SettingsFiles,
): ConfigSources & { policies: readonly Policy[] } {
  const named = args.last('config')
  const found = named === undefined ? findConfig(files.folder, files) : namedConfig(named, files)
  return {
    file: found && {
      name: posix.relative(files.folder, found.path) || '.',
      text: found.text,
      folder: found.folder,
    },
    set: args.all('set'),
    root: files.folder,
    policies: engine.policies,
  }
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

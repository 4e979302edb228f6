import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import {
  findConfig,
  loadConfig,
  readNamedConfig,
  type Config,
  type ConfigFiles,
  type FoundConfig,
} from '../config/index.ts'
import { UserError } from '../model/index.ts'
import type { Arguments } from './arguments.ts'
import type { World } from './world.ts'

/** The configuration that holds for a run in the working folder. */
export function readConfig(args: Arguments, { folder, engine }: World): Config {
  const named = args.last('config')
  const files = configFiles(folder)
  const found = named === undefined ? findConfig(slashes(folder), files) : namedConfig(named, folder, files)
  return loadConfig({
    file: found && { name: nameOf(found.path, folder), text: found.text, folder: found.folder },
    set: args.all('set'),
    root: slashes(folder),
    policies: engine.policies,
  })
}

function namedConfig(named: string, folder: string, files: ConfigFiles): FoundConfig {
  const found = readNamedConfig(slashes(resolve(folder, named)), files)
  if (found === undefined) throw new UserError(`--config ${named}: no such file`)
  return found
}

function configFiles(folder: string): ConfigFiles {
  return {
    exists: existsSync,
    read(path) {
      if (!existsSync(path)) return undefined
      return readText(path, nameOf(path, folder))
    },
  }
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

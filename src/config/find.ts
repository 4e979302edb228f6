import { UserError } from '../model/index.ts'

/** The few questions that the search for a configuration asks of the file system. Paths are absolute, with `/`. */
export interface ConfigFiles {
  /** Text of a file; undefined where there is none. */
  read(path: string): string | undefined
  exists(path: string): boolean
}

export interface FoundConfig {
  path: string
  text: string
  /** Globs run from here: the folder of the file, or of the `.github` it lies in. */
  folder: string
}

/** Where a configuration may lie, from the folder that it is for. */
export const configNames = ['.k8s-autofix.yaml', '.github/k8s-autofix.yaml'] as const

/**
 * The configuration that holds in a folder: of the folder itself, else of the nearest one above it inside the same git
 * repository. Outside of a repository only the folder itself is looked at.
 */
export function findConfig(folder: string, files: ConfigFiles): FoundConfig | undefined {
  const chain = [folder]
  let at = folder
  while (!files.exists(join(at, '.git')) && parent(at) !== at) chain.push((at = parent(at)))
  const inRepository = files.exists(join(at, '.git'))
  for (const candidate of inRepository ? chain : [folder]) {
    const found = configNames.flatMap((name) => {
      const path = join(candidate, name)
      const text = files.read(path)
      return text === undefined ? [] : [{ path, text, folder: candidate }]
    })
    if (found.length > 1)
      throw new UserError(
        `${configNames.join(' and ')} both exist in ${candidate}`,
        'keep one of them, or name one with --config',
      )
    if (found[0] !== undefined) return found[0]
  }
  return undefined
}

/** The configuration that `--config` names. */
export function readNamedConfig(path: string, files: ConfigFiles): FoundConfig | undefined {
  const text = files.read(path)
  if (text === undefined) return undefined
  const folder = parent(path)
  return { path, text, folder: folder.endsWith('/.github') ? parent(folder) : folder }
}

function parent(path: string): string {
  const cut = path.lastIndexOf('/')
  return cut <= 0 ? '/' : path.slice(0, cut)
}

function join(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`
}

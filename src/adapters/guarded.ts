import { existsSync, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'

/** Where a run happens. */
export interface Guarded {
  /** The folder that is read, which of a change is a copy somewhere else. */
  folder: string
  /** The folder that the run was started in. */
  startedIn: string
  /** What is scanned, as it was asked for; none where absent. */
  paths?: readonly string[]
  environment: Readonly<Record<string, string | undefined>>
  inActions: boolean
}

/**
 * Folders that may hold what a pull request brings, so that nothing in there is trusted to be a program or a
 * kubeconfig: the repositories of the folder that is read, of the one that the run was started in, of what is scanned and of the
 * workflow, or just the folder where
 * there is no repository.
 */
export function guardedFolders({ folder, startedIn, paths = [], environment, inActions }: Guarded): string[] {
  const workspace = environment['GITHUB_WORKSPACE']
  const places = [
    folder,
    startedIn,
    ...paths,
    ...(workspace === undefined || workspace === '' ? [] : [workspace]),
  ]
  const guarded = places.flatMap((place) => guardedBy(resolve(folder, place), inActions))
  return [...new Set(guarded)]
}

function guardedBy(place: string, inActions: boolean): string[] {
  const own = folderOf(place)
  for (let at = own; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return [at]
    if (at === dirname(at)) break
  }
  // Run from home, or from /, all that the user has installed would count as foreign.
  const holdsHome = !relative(own, folderOf(homedir())).startsWith('..')
  return holdsHome && !inActions ? [] : [own]
}

/** The folder that a path is or stands in, links followed. */
function folderOf(path: string): string {
  try {
    const real = realpathSync(path)
    return statSync(real).isDirectory() ? real : dirname(real)
  } catch {
    // It may be gone by now; then there is nothing in it to run either.
    return path
  }
}

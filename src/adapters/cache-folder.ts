import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** This tool's own folder for what it may fetch or build again, of one user. */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  // A relative path is none, says the specification of these variables: it would be another one in every folder.
  const named = [environment['XDG_CACHE_HOME'], environment['LOCALAPPDATA']].find(
    (path) => path !== undefined && isAbsolute(path),
  )
  return join(named ?? join(homedir(), '.cache'), 'k8s-autofix')
}

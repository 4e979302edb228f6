import { posix } from 'node:path'

/**
 * Whether a glob of the configuration matches a path; both run from the configuration's folder. A glob that names a
 * folder stands for everything below it.
 */
export function matches(path: string, glob: string): boolean {
  const pattern = visible(glob.replace(/^(?:\.\/)+/, '').replace(/\/+$/, ''))
  const subject = visible(path)
  return posix.matchesGlob(subject, pattern) || posix.matchesGlob(subject, `${pattern}/**`)
}

/**
 * Node's globs pass over names that begin with a dot, yet `.github/` may hold manifests like any folder. A private-use
 * letter in place of every single dot, in path and glob alike, makes the dot a letter like any other.
 */
function visible(text: string): string {
  return text.replaceAll(/(?<!\.)\.(?!\.)/g, '\u{E000}')
}

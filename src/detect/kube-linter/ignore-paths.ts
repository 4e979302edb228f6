import { posix } from 'node:path'
import { compileGlob } from './glob.ts'

export interface IgnorePathsOptions {
  /** Absolute folder that relative patterns and paths start from: the one of the configuration file. */
  folder: string
  /** What `~` stands for; patterns with `~` are mistakes where it is unknown. */
  home?: string | undefined
}

/**
 * Whether kube-linter, run in `folder`, would pass over a file. It never sees the real paths, since each unit is written
 * to a file of ours, so we apply `ignorePaths` ourselves. As there (create_contexts.go, v0.8.3), a pattern has to match
 * the file's absolute path: one that matches a folder alone keeps nothing below it out.
 *
 * Gives a text for the first pattern that is a mistake.
 */
export function ignorePathsMatcher(
  patterns: readonly string[],
  { folder, home }: IgnorePathsOptions,
): ((path: string) => boolean) | { mistake: string } {
  const base = slashed(folder)
  const matchers: ((path: string) => boolean)[] = []
  for (const pattern of patterns) {
    const absolute = absolutePattern(pattern, base, home)
    const matcher = absolute === undefined ? undefined : compileGlob(absolute)
    if (matcher === undefined) return { mistake: `"${pattern}" is no path pattern` }
    matchers.push(matcher)
  }
  return (path) => {
    const given = slashed(path)
    const absolute = isAbsolute(given) ? given : posix.join(base, given)
    return matchers.some((matches) => matches(absolute))
  }
}

function absolutePattern(pattern: string, base: string, home: string | undefined): string | undefined {
  if (pattern === '') return undefined
  if (pattern.startsWith('~')) {
    if (home === undefined || !(pattern === '~' || pattern.startsWith('~/'))) return undefined
    return joined(home, pattern.slice(1))
  }
  return isAbsolute(pattern) ? pattern : joined(base, pattern)
}

/** As Go's filepath.Join: `.` and `..` resolved, and no slash at the end. */
function joined(folder: string, pattern: string): string {
  return posix.join(escaped(slashed(folder)), pattern).replace(/(?<=.)\/+$/, '')
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || /^[a-zA-Z]:\//.test(path)
}

/** The folder's own letters are no pattern, whatever they are. */
function escaped(folder: string): string {
  return folder.replaceAll(/[\\*?[\]{}]/g, '\\$&')
}

/** Windows writes paths with backslashes; a POSIX path may hold one as a letter. */
function slashed(path: string): string {
  return /^[a-zA-Z]:\\/.test(path) ? path.replaceAll('\\', '/') : path
}

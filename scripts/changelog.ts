/**
 * Prints the section of a version of CHANGELOG.md, which is the text of its release.
 *
 *   scripts/node scripts/changelog.ts VERSION
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './package.ts'

/** What CHANGELOG.md says of a version, without its heading. Throws where it says nothing. */
export function sectionOf(text: string, version: string): string {
  const lines = text.split('\n')
  const headings = lines.flatMap((line, at) => {
    const named = /^## \[(?<name>[^\]]+)\](?: - \d{4}-\d{2}-\d{2})?\s*$/.exec(line)?.groups?.['name']
    return line.startsWith('## ') ? [{ at, named }] : []
  })
  const found = headings.filter(({ named }) => named === version)
  const [only, ...others] = found
  if (only === undefined)
    throw new Error(
      `CHANGELOG.md has no section "## [${version}] - DATE": rename Unreleased, and begin a new one`,
    )
  if (others.length > 0) throw new Error(`CHANGELOG.md has ${found.length} sections of ${version}`)
  const end = headings.find(({ at }) => at > only.at)?.at ?? lines.length
  const body = lines
    .slice(only.at + 1, end)
    // The addresses of headings stand at the end of the file and belong to no version.
    .filter((line) => !/^\[[^\]]+\]: \S+$/.test(line))
    .join('\n')
    .trim()
  if (body === '') throw new Error(`CHANGELOG.md says nothing of ${version}`)
  return `${body}\n`
}

if (import.meta.main) {
  const [version, ...more] = process.argv.slice(2)
  if (version === undefined || more.length > 0) {
    console.error('usage: scripts/node scripts/changelog.ts VERSION')
    process.exitCode = 2
  } else
    try {
      process.stdout.write(sectionOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version))
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
      process.exitCode = 1
    }
}

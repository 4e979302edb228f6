import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './package.ts'

/**
 * Writes generated files, by their path from the project's root, or with --check says which are stale (then the process
 * fails). `gone` are files that nothing gives any more.
 */
export function settle(files: ReadonlyMap<string, string>, gone: readonly string[] = []): void {
  const stale = [...files].filter(([file, text]) => {
    const path = join(root, file)
    return !existsSync(path) || readFileSync(path, 'utf8') !== text
  })
  if (process.argv.includes('--check')) {
    for (const file of [...stale.map(([name]) => name), ...gone])
      console.error(`${file} is stale: run make build`)
    if (stale.length + gone.length > 0) process.exitCode = 1
    return
  }
  for (const file of gone) rmSync(join(root, file))
  for (const [file, text] of stale) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
    console.error(`wrote ${file}`)
  }
}

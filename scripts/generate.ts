/**
 * Writes the committed files that are made from others; with --check fails when one is stale.
 *
 *   scripts/node scripts/generate.ts [--check]
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const scripts = [
  'compile-images.ts',
  'compile-exploited.ts',
  'compile-policies.ts',
  'write-schemas.ts',
  'docs.ts',
  'coverage.ts',
]

for (const script of scripts) {
  const { status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, script), ...process.argv.slice(2)],
    { stdio: 'inherit' },
  )
  if (status !== 0) process.exitCode = 1
}

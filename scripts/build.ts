/**
 * Builds dist/ from src/, but for the API engine, which scripts/engine.ts makes: `tsc` to build/, then one file with everything in it, and one with the client of the Actions cache. The same sources give the same bytes
 * in any folder on any machine, so that dist/ can be committed and checked.
 *
 *   scripts/node scripts/build.ts            writes dist/
 *   scripts/node scripts/build.ts --check    builds aside and compares; exit 1 when dist/ is not what src/ builds
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ncc from '@vercel/ncc'
import { engineFiles } from './engine.ts'
import { manifest, root } from './package.ts'

const dist = join(root, 'dist')

/** What a process of its own loads is a file of its own: every other start would have to parse its megabytes. */
const entries = [
  { entry: 'main.js', file: 'index.js', licenses: 'licenses.txt' },
  { entry: 'cache.js', file: 'cache.js', licenses: 'cache-licenses.txt' },
] as const

/** Every file of dist/ by its name. */
export async function build(): Promise<Map<string, Buffer>> {
  rmSync(join(root, 'build'), { recursive: true, force: true })
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) {
    console.error('dist/ cannot be built: src/ does not compile')
    process.exit(1)
  }
  keepInOneFile(join(root, 'build'))
  process.chdir(root)
  const { name, version, license } = manifest
  const files = new Map<string, Buffer>()
  for (const { entry, file, licenses } of entries) {
    const { code, assets } = await ncc(join(root, 'build', entry), {
      cache: false,
      license: licenses,
      quiet: true,
      target: 'es2024',
    })
    for (const [asset, { source }] of Object.entries(assets)) files.set(asset, Buffer.from(source))
    files.set(file, Buffer.from(code))
  }
  files.set('package.json', Buffer.from(`${JSON.stringify({ name, version, license, type: 'module' })}\n`))
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** A dynamic import would become a file of its own; `eager` leaves it in the one file, evaluated when it is reached. */
function keepInOneFile(folder: string): void {
  for (const file of listFiles(folder).filter((name) => name.endsWith('.js'))) {
    const text = readFileSync(join(folder, file), 'utf8')
    writeFileSync(
      join(folder, file),
      text.replaceAll(/\bimport\((?=['"])/g, 'import(/* webpackMode: "eager" */ '),
    )
  }
}

/** Names of the files that differ between dist/ and what the sources build. */
function differences(files: ReadonlyMap<string, Buffer>): string[] {
  const committed = new Map(bundleFiles().map((file) => [file, readFileSync(join(dist, file))]))
  const names = new Set([...files.keys(), ...committed.keys()])
  return [...names].filter((file) => {
    const [fresh, old] = [files.get(file), committed.get(file)]
    return fresh === undefined || old === undefined || !fresh.equals(old)
  })
}

/** What of dist/ is made here. */
function bundleFiles(): string[] {
  return listFiles(dist).filter((file) => !engineFiles.some((name) => name === file))
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      )
  } catch {
    return []
  }
}

if (import.meta.main) {
  const files = await build()
  if (process.argv.includes('--check')) {
    const stale = differences(files)
    for (const file of stale)
      console.error(`dist/${file} is not what src/ builds: run make build and commit dist/`)
    process.exitCode = stale.length === 0 ? 0 : 1
  } else {
    for (const file of bundleFiles()) rmSync(join(dist, file))
    for (const [file, content] of files) {
      mkdirSync(dirname(join(dist, file)), { recursive: true })
      writeFileSync(join(dist, file), content)
    }
    const bytes = [...files.values()].reduce((sum, content) => sum + content.length, 0)
    console.log(`dist/: ${[...files.keys()].join(', ')} (${(bytes / 1e6).toFixed(2)} MB)`)
  }
}

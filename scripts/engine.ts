/**
 * Builds engine/ into WebAssembly.
 *
 *   scripts/node scripts/engine.ts            writes dist/engine.wasm.zst, dist/engine.json, dist/engine-licenses.txt
 *   scripts/node scripts/engine.ts --check    says whether they are what the sources make
 *   scripts/node scripts/engine.ts --test     runs the Go tests of engine/
 *   KUBERNETES=1.35 scripts/node scripts/engine.ts    builds another version into .cache/engine/1.35/
 *
 * A build is kept under .cache/engine until a source, a pinned module, a flag or the Go version changes.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { z } from 'zod'

const root = join(import.meta.dirname, '..')
const sources = join(root, 'engine')
const cache = join(root, '.cache', 'engine')
const dist = join(root, 'dist')

/** What of dist/ is made here. */
export const engineFiles = ['engine.wasm.zst', 'engine-licenses.txt', 'engine.json'] as const

/** Without x/net/trace no text/template is reached, whose reflection keeps every method of every type. */
const tags = '-tags=grpcnotrace'

const flags = [
  'build',
  '-trimpath',
  tags,
  '-buildvcs=false',
  '-buildmode=c-shared',
  '-ldflags=-s -w',
  '-o',
] as const

/** What engine.json says. */
const manifestSchema = z.object({
  kubernetes: z.string(),
  go: z.string(),
  /** SHA-256 of everything that the module is built from. */
  sources: z.string(),
  /** As it is before it is compressed. */
  module: z.object({ sha256: z.string(), size: z.int() }),
})
type EngineManifest = z.infer<typeof manifestSchema>

const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex')

function go(folder: string, args: readonly string[], environment: Record<string, string> = {}): string {
  return execFileSync('go', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...goEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

function goEnvironment(): Record<string, string> {
  return {
    CGO_ENABLED: '0',
    GOWORK: 'off',
    GOFLAGS: '-mod=readonly',
    // Exactly this toolchain: another one makes another module.
    GOTOOLCHAIN: `go${toolchain()}`,
  }
}

/** As engine/go.mod pins it. */
function toolchain(): string {
  const pinned = /^toolchain go(?<version>\S+)$/m.exec(readFileSync(join(sources, 'go.mod'), 'utf8'))
  const version = pinned?.groups?.['version']
  if (version === undefined) throw new Error('engine/go.mod pins no toolchain')
  return version
}

/** Every file that the module is compiled from; tests and prose are not. */
export function engineSources(folder: string = sources): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /(?:\.go|(?:^|\/)go\.(?:mod|sum))$/.test(path) && !path.endsWith('_test.go'))
    .sort()
}

function hashOf(folder: string): string {
  const hash = createHash('sha256')
  for (const path of engineSources(folder)) hash.update(`${path}\0`).update(readFileSync(join(folder, path)))
  return hash.update(flags.join('\0')).update(toolchain()).digest('hex')
}

/**
 * Folder with what the sources make: engine.wasm, as it is before it is compressed, engine-licenses.txt and engine.json.
 * `minor` is e.g. `1.35`; without it, the version of engine/go.mod.
 */
export function buildEngine(minor?: string): string {
  const target = join(cache, minor ?? 'pinned')
  const folder = minor === undefined ? sources : sourcesOf(minor)
  const key = hashOf(folder)
  if (existsSync(join(target, 'engine.json')) && manifestOf(target).sources === key) return target
  process.stderr.write('building the engine (minutes on a small machine, the first time)\n')
  const started = performance.now()
  const fresh = `${target}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  const platform = { GOOS: 'wasip1', GOARCH: 'wasm' }
  // Where upstream's functions were others, files of that version stand in for ours, e.g. admission/mutating_1_35.go.
  const versioned = flags.map((flag) =>
    flag === tags && minor !== undefined ? `${tags},kubernetes_${minor.replace('.', '_')}` : flag,
  )
  go(folder, [...versioned, join(fresh, 'engine.wasm'), '.'], platform)
  const module = readFileSync(join(fresh, 'engine.wasm'))
  const content: EngineManifest = {
    kubernetes: go(folder, ['list', '-m', '-f', '{{.Version}}', 'k8s.io/kubernetes']).trim(),
    go: `go${toolchain()}`,
    sources: key,
    module: { sha256: sha256(module), size: module.length },
  }
  writeFileSync(join(fresh, 'engine-licenses.txt'), licenses(folder, platform))
  writeFileSync(join(fresh, 'engine.json'), `${JSON.stringify(content, null, 2)}\n`)
  rmSync(target, { recursive: true, force: true })
  renameSync(fresh, target)
  process.stderr.write(`built the engine in ${Math.round((performance.now() - started) / 1000)} s\n`)
  return target
}

function manifestOf(folder: string): EngineManifest {
  return manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'engine.json'), 'utf8')))
}

/** Licence and notice files of every module that is linked in, and of Go itself. */
function licenses(folder: string, platform: Record<string, string>): string {
  const listed = go(
    folder,
    ['list', '-deps', '-f', '{{with .Module}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}', '.'],
    platform,
  )
  const modules = [...new Set(listed.split('\n'))]
    .map((line) => line.split('\t'))
    // What has no version is part of this repository: the engine, and the stand-ins of stubs/ for modules.
    .filter(([, version = '']) => version !== '')
    .map(([path = '', version = '', dir = '']) => ({ name: `${path} ${version}`, dir }))
    .filter(({ dir }) => dir !== '' && !dir.startsWith(folder))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  modules.unshift({ name: `Go ${toolchain()}`, dir: go(folder, ['env', 'GOROOT']).trim() })
  // Most modules carry the very same text: each text once, with all modules that it belongs to.
  const owners = new Map<string, string[]>()
  for (const { name, dir } of modules) {
    // A folder of licences, e.g. LICENSES/, is that of what the sources were taken from.
    const files = readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(dir, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .filter((file) => /^(?:licen[cs]e|copying|notice|patents)[^/]*$|^licen[cs]es\/[^/]+$/i.test(file))
    if (files.length === 0) throw new Error(`${name} has no licence file`)
    for (const file of files.sort()) {
      const text = readFileSync(join(dir, file), 'utf8').replaceAll('\r\n', '\n').trim()
      owners.set(text, [...(owners.get(text) ?? []), `${name} (${file})`])
    }
  }
  const rule = '='.repeat(80)
  const texts = [...owners].map(([text, names]) => `${rule}\n${names.join('\n')}\n${rule}\n\n${text}\n`)
  return `dist/engine.wasm.zst contains these modules, under these licences.\n\n${texts.join('\n')}`
}

/** A copy of the sources that is built from the newest patch release of another minor version of Kubernetes. */
function sourcesOf(minor: string): string {
  if (!/^1\.\d+$/.test(minor)) throw new Error(`KUBERNETES=${minor} is no version like 1.35`)
  const folder = join(cache, `${minor}-sources`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  cpSync(sources, folder, { recursive: true })
  const loose = { GOFLAGS: '-mod=mod' }
  const known = go(folder, ['list', '-m', '-versions', 'k8s.io/kubernetes'], loose).trim().split(' ')
  const newest = known
    .filter((version) => /^v1\.\d+\.\d+$/.test(version) && version.startsWith(`v${minor}.`))
    .at(-1)
  if (newest === undefined) throw new Error(`no release of Kubernetes ${minor} is known`)
  const staging = newest.replace(/^v1\./, 'v0.')
  const text = readFileSync(join(folder, 'go.mod'), 'utf8')
  const edits = [
    ...text.matchAll(/^\s*(?:replace )?(?<name>k8s\.io\/\S+)(?: v\S+)? => k8s\.io\/\S+ v0\.\d+\.\d+$/gm),
  ]
    .map((match) => match.groups?.['name'] ?? '')
    .map((name) => `-replace=${name}=${name}@${staging}`)
  // What the other version needs of everybody else follows from its own go.mod.
  const direct = ['-droprequire=k8s.io/component-base', `-require=k8s.io/kubernetes@${newest}`]
  go(folder, ['mod', 'edit', ...edits, ...direct], loose)
  writeFileSync(
    join(folder, 'go.mod'),
    readFileSync(join(folder, 'go.mod'), 'utf8').replaceAll(/^\t.* \/\/ indirect\n/gm, ''),
  )
  // With -e, since tests of modules that we have stand-ins for want more of those than is there.
  go(folder, ['mod', 'tidy', '-e'], loose)
  return folder
}

/** Writes what was built into dist/; the module only where it is another one, since compressing it takes a minute. */
function writeEngine(folder: string): void {
  mkdirSync(dist, { recursive: true })
  const { module } = manifestOf(folder)
  if (writtenModule() !== module.sha256)
    writeFileSync(
      join(dist, 'engine.wasm.zst'),
      zstdCompressSync(readFileSync(join(folder, 'engine.wasm')), {
        params: { [constants.ZSTD_c_compressionLevel]: 19, [constants.ZSTD_c_checksumFlag]: 1 },
      }),
    )
  for (const file of ['engine.json', 'engine-licenses.txt']) cpSync(join(folder, file), join(dist, file))
}

/** Hash of the module in dist/. */
function writtenModule(): string | undefined {
  const file = join(dist, 'engine.wasm.zst')
  return existsSync(file) ? sha256(zstdDecompressSync(readFileSync(file))) : undefined
}

/** Files of dist/ that are not what the sources make. */
function staleFiles(folder: string): string[] {
  const texts = ['engine.json', 'engine-licenses.txt'].filter(
    (file) =>
      !existsSync(join(dist, file)) ||
      !readFileSync(join(dist, file)).equals(readFileSync(join(folder, file))),
  )
  return writtenModule() === manifestOf(folder).module.sha256 ? texts : ['engine.wasm.zst', ...texts]
}

/** The Go tests of engine/; what fails is printed. */
function testEngine(): boolean {
  const { status, stdout } = spawnSync('go', ['test', tags, './...'], {
    cwd: sources,
    encoding: 'utf8',
    env: { ...process.env, ...goEnvironment() },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) console.error(stdout)
  return status === 0
}

function makeEngine(): boolean {
  const minor = process.env['KUBERNETES']
  const built = buildEngine(minor)
  const stale = process.argv.includes('--check') ? staleFiles(built) : []
  for (const file of stale) console.error(`dist/${file} is not what engine/ makes: run make engine`)
  if (!process.argv.includes('--check') && minor === undefined) writeEngine(built)
  const { kubernetes, module } = manifestOf(built)
  console.log(`${kubernetes}: ${module.size} bytes, in ${relative(root, built)}`)
  return stale.length === 0
}

if (import.meta.main)
  process.exitCode = (process.argv.includes('--test') ? testEngine() : makeEngine()) ? 0 : 1

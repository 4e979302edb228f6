/**
 * Builds the real engines of tools/ into .cache/tools/, each from its own Go module pinned by go.sum.
 *
 *   scripts/node scripts/tools.ts NAME...
 *
 * A build is kept until go.mod, go.sum, the module's own sources, the link flags or the Go version change. Prints the
 * path of each binary; progress goes to standard error.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

interface Tool {
  /** What is built: a package of a dependency, or `.` for the module's own main.go. */
  package: string
  /** The module whose version is the tool's version. */
  module: string
  /** Values of Go variables that the linker sets, e.g. the version that the program reports of itself. */
  variables?: Readonly<Record<string, string>>
}

const kubernetesVersion = (version: string): Record<string, string> => ({
  'k8s.io/component-base/version.gitVersion': version,
  'k8s.io/component-base/version.gitMajor': '1',
  'k8s.io/component-base/version.gitMinor': version.split('.')[1] ?? '',
})

const tools: ReadonlyMap<string, Tool> = new Map<string, Tool>([
  [
    'kube-linter',
    {
      package: 'golang.stackrox.io/kube-linter/cmd/kube-linter',
      module: 'golang.stackrox.io/kube-linter',
    },
  ],
  [
    'kyverno',
    {
      package: 'github.com/kyverno/kyverno/cmd/cli/kubectl-kyverno',
      module: 'github.com/kyverno/kyverno',
    },
  ],
  ['kube-apiserver', { package: '.', module: 'k8s.io/kubernetes', variables: kubernetesVersion('v1.36.4') }],
  ['etcd', { package: '.', module: 'go.etcd.io/etcd/server/v3' }],
  // Runs workflows on this machine.
  ['act', { package: 'github.com/nektos/act', module: 'github.com/nektos/act' }],
  ['kubectl', { package: '.', module: 'k8s.io/kubectl', variables: kubernetesVersion('v1.36.4') }],
])

/** Path of a tool's binary, built if need be. Throws when Go is missing or the build fails. */
export function tool(name: string): string {
  const target = lookUp(name)
  const module = join(root, 'tools', name)
  const cache = join(root, '.cache', 'tools')
  const binary = join(cache, name)
  const flags = linkFlags(target)
  const key = keyOf(module, flags)
  const stamp = `${binary}.key`
  const isFresh = (): boolean =>
    existsSync(binary) && existsSync(stamp) && readFileSync(stamp, 'utf8') === key
  if (isFresh()) return binary
  mkdirSync(cache, { recursive: true })
  return withLock(`${binary}.lock`, () => {
    if (isFresh()) return binary
    process.stderr.write(`building ${name} ${toolVersion(name)} (once; minutes on a small machine)\n`)
    const started = performance.now()
    const fresh = `${binary}.new`
    const { status, error } = spawnSync(
      'go',
      ['build', '-trimpath', '-ldflags', `-s -w ${flags}`.trim(), '-o', fresh, target.package],
      {
        cwd: module,
        env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false' },
        // Standard output carries the path of the binary and nothing else.
        stdio: ['ignore', 2, 2],
      },
    )
    if (error !== undefined) throw new Error(`Go is needed to build ${name}: ${error.message}`)
    if (status !== 0) throw new Error(`${name} cannot be built: go ended with ${status}`)
    renameSync(fresh, binary)
    writeFileSync(stamp, key)
    process.stderr.write(`built ${name} in ${Math.round((performance.now() - started) / 1000)} s\n`)
    return binary
  })
}

/** Version of a tool as its go.mod pins it. */
export function toolVersion(name: string): string {
  const { module } = lookUp(name)
  const text = readFileSync(join(root, 'tools', name, 'go.mod'), 'utf8')
  const lines = text.split('\n').filter((line) => line.includes(`${module} `))
  const pinned = lines.find((line) => line.includes('=> ')) ?? lines.find((line) => / v\d/.test(line))
  return /(?<version>v\d\S*)(?: \/\/ indirect)?$/.exec(pinned ?? '')?.groups?.['version'] ?? 'unknown'
}

function lookUp(name: string): Tool {
  const target = tools.get(name)
  if (target === undefined)
    throw new Error(`no tool is called "${name}"; there are: ${[...tools.keys()].join(', ')}`)
  return target
}

function linkFlags({ variables = {} }: Tool): string {
  return Object.entries(variables)
    .map(([name, value]) => `-X ${name}=${value}`)
    .join(' ')
}

/** Hash of everything that the binary is made from. go.sum stands for the sources of all dependencies. */
function keyOf(module: string, flags: string): string {
  const hash = createHash('sha256')
  const sources = readdirSync(module).filter((file) => file.endsWith('.go'))
  for (const file of ['go.mod', 'go.sum', ...sources.sort()]) hash.update(readFileSync(join(module, file)))
  return hash
    .update(flags)
    .update(execFileSync('go', ['env', 'GOVERSION'], { cwd: module }))
    .digest('hex')
}

/**
 * Test files run side by side and may ask for the same tool: one builds, the others wait for it. A lock that outlives
 * its owner (killed while building) is taken over.
 */
function withLock<T>(lock: string, work: () => T): T {
  for (;;) {
    try {
      const file = openSync(lock, 'wx')
      writeFileSync(file, String(process.pid))
      closeSync(file)
      break
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      if (isAbandoned(lock)) rmSync(lock, { force: true })
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    }
  }
  try {
    return work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function isAbandoned(lock: string): boolean {
  try {
    const owner = Number(readFileSync(lock, 'utf8'))
    // Between its creation and its first byte a lock names nobody.
    if (owner === 0) return Date.now() - statSync(lock).mtimeMs > 10_000
    process.kill(owner, 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}

if (import.meta.main) for (const name of process.argv.slice(2)) console.log(tool(name))

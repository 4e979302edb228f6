/**
 * Builds the real engines of tools/ into .cache/tools/, each from its own Go module pinned by go.sum.
 *
 *   scripts/node scripts/tools.ts NAME...
 *
 * A build is kept until go.mod, go.sum or the Go version changes. Prints the path of each binary.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** Package to build in each module. */
const packages: ReadonlyMap<string, string> = new Map([
  ['kube-linter', 'golang.stackrox.io/kube-linter/cmd/kube-linter'],
])

/** Path of a tool's binary, built if need be. Throws when Go is missing or the build fails. */
export function tool(name: string): string {
  const target = packages.get(name)
  if (target === undefined)
    throw new Error(`no tool is called "${name}"; there are: ${[...packages.keys()].join(', ')}`)
  const module = join(root, 'tools', name)
  const cache = join(root, '.cache', 'tools')
  const binary = join(cache, name)
  const stamp = `${binary}.key`
  const key = createHash('sha256')
    .update(readFileSync(join(module, 'go.mod')))
    .update(readFileSync(join(module, 'go.sum')))
    .update(execFileSync('go', ['env', 'GOVERSION'], { cwd: module }))
    .digest('hex')
  if (existsSync(binary) && existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return binary
  mkdirSync(cache, { recursive: true })
  process.stderr.write(`building ${name} (a few minutes, once)\n`)
  const fresh = `${binary}.new`
  execFileSync('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', fresh, target], {
    cwd: module,
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false' },
    stdio: 'inherit',
  })
  renameSync(fresh, binary)
  writeFileSync(stamp, key)
  return binary
}

/** Version of a tool as its go.mod pins it. */
export function toolVersion(name: string): string {
  const text = readFileSync(join(root, 'tools', name, 'go.mod'), 'utf8')
  const [module] = (packages.get(name) ?? '').split('/cmd/')
  return (
    text
      .split('\n')
      .find((line) => line.includes(`=> `) && line.includes(String(module)))
      ?.split(' ')
      .at(-1) ?? 'unknown'
  )
}

if (import.meta.main) for (const name of process.argv.slice(2)) console.log(tool(name))

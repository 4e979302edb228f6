import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clean, Folder, privileged, root } from './world.ts'

const main = join(root, 'src/main.ts')
const run = (
  folder: string,
  args: string[],
  input?: string,
): { code: number | null; stdout: string; stderr: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  return { code: status, stdout, stderr }
}

describe('as a process', () => {
  it('exit codes, and nothing but the result on standard output', () => {
    using folder = new Folder({ 'a.yaml': clean, 'bad/b.yaml': privileged })
    expect(run(folder.path, ['scan', 'a.yaml'])).toMatchObject({ code: 0, stderr: '' })
    expect(run(folder.path, ['scan', '.'])).toMatchObject({ code: 1, stderr: '' })
    expect(run(folder.path, ['scan', 'none'])).toMatchObject({ code: 2, stdout: '' })
    const json = run(folder.path, ['scan', '--format=json', '.'])
    expect(JSON.parse(json.stdout)).toMatchObject({ schema: 'k8s-autofix/report/v1' })
  })

  it('standard input and a large output through a pipe', () => {
    using folder = new Folder()
    const many = Array.from({ length: 120 }, (_, index) =>
      privileged.replace('name: api\n', `name: api-${index}\n`),
    ).join('---\n')
    const { code, stdout, stderr } = run(folder.path, ['scan', '--format=json', '-'], many)
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout.length).toBeGreaterThan(500_000)
    expect(JSON.parse(stdout)).toMatchObject({ summary: { resources: 120 } })
  })

  it('a reader that stops reading is no error', async () => {
    using folder = new Folder({
      'a.yaml': Array.from({ length: 120 }, (_, index) =>
        privileged.replace('name: api\n', `name: api-${index}\n`),
      ).join('---\n'),
    })
    const child = spawn(process.execPath, [main, 'scan', '--format=json', '.'], { cwd: folder.path })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.stdout.once('data', () => child.stdout.destroy())
    const [code] = (await once(child, 'exit')) as [number]
    expect([code, stderr]).toEqual([1, ''])
  })

  it('an output that cannot be written is', () => {
    if (!existsSync('/dev/full')) return
    using folder = new Folder({ 'a.yaml': privileged })
    const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${main}" scan . > /dev/full`], {
      cwd: folder.path,
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([3, expect.stringContaining('error: the output cannot be written: ')])
  })
})

/** The launcher, with a bundle that tells how it was started. */
function launcher(folder: Folder): string {
  for (const file of ['k8s-autofix', 'load.js', 'package.json']) {
    mkdirSync(join(folder.path, 'pack age/bin'), { recursive: true })
    copyFileSync(join(root, 'bin', file), join(folder.path, 'pack age/bin', file))
  }
  folder.write(
    'pack age/dist/index.js',
    `const args = process.argv.slice(2)
if (args[0] === 'wait') { console.log('ready'); setInterval(() => {}, 1000) }
else { console.log(JSON.stringify({ version: process.versions.node, args, cwd: process.cwd() })); process.exitCode = 3 }
`,
  )
  folder.write('pack age/dist/package.json', '{ "type": "module" }')
  return join(folder.path, 'pack age/bin/k8s-autofix')
}

/** A Node that says it is old: the launcher asks process.versions alone. */
function oldNode(folder: Folder): string {
  folder.write('old.cjs', "Object.defineProperty(process.versions, 'node', { value: '18.20.0' })\n")
  return `--require=${join(folder.path, 'old.cjs')}`
}

describe('bin/k8s-autofix', () => {
  const args = ['scan', 'a b', '--x=$HOME', '-', "it's"]

  it('runs the bundle from any folder, through links, with spaces in the path', () => {
    using folder = new Folder()
    const file = launcher(folder)
    symlinkSync(file, join(folder.path, 'linked'))
    for (const start of [file, join(folder.path, 'linked'), 'pack age/bin/k8s-autofix']) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [start, ...args], {
        cwd: folder.path,
        encoding: 'utf8',
      })
      expect([status, stderr]).toEqual([3, ''])
      expect(JSON.parse(stdout)).toEqual({ version: process.versions.node, args, cwd: folder.path })
    }
  })

  it('is executable and finds Node by its first line', () => {
    expect(readFileSync(join(root, 'bin/k8s-autofix'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
    using folder = new Folder()
    const file = launcher(folder)
    const env = { ...process.env, PATH: `${join(process.execPath, '..')}:${process.env['PATH'] ?? ''}` }
    expect(spawnSync(file, args, { cwd: folder.path, env }).status).toBe(3)
  })

  it.each(['pack age/node_modules', 'node_modules'])(
    'on an old Node, runs again with the one in %s',
    (modules) => {
      using folder = new Folder()
      const file = launcher(folder)
      mkdirSync(join(folder.path, modules, 'node/bin'), { recursive: true })
      symlinkSync(process.execPath, join(folder.path, modules, 'node/bin/node'))
      const result = spawnSync(process.execPath, [oldNode(folder), file, ...args], {
        cwd: folder.path,
        encoding: 'utf8',
      })
      expect([result.status, result.stderr]).toEqual([3, ''])
      expect(JSON.parse(result.stdout)).toEqual({ version: process.versions.node, args, cwd: folder.path })
    },
  )

  it('on an old Node without another one, says what it needs', () => {
    using folder = new Folder()
    const file = launcher(folder)
    const result = spawnSync(process.execPath, [oldNode(folder), file], { encoding: 'utf8' })
    expect(result.status).toBe(2)
    expect(result.stderr).toMatch(/^error: k8s-autofix needs Node 24 or newer, and this is v[\d.]+; .*\n$/)
  })

  it('does not go round when the other one is old as well', () => {
    using folder = new Folder()
    const file = launcher(folder)
    folder.write(
      'node_modules/node/bin/node',
      `#!/bin/sh\nexec "${process.execPath}" "${oldNode(folder)}" "$@"\n`,
    )
    execFileSync('chmod', ['+x', join(folder.path, 'node_modules/node/bin/node')])
    const result = spawnSync(process.execPath, [oldNode(folder), file], { encoding: 'utf8' })
    expect([result.status, result.stderr]).toEqual([2, expect.stringContaining('needs Node 24')])
  })

  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('passes %s on to the Node it started', async (signal) => {
    using folder = new Folder()
    const file = launcher(folder)
    mkdirSync(join(folder.path, 'node_modules/node/bin'), { recursive: true })
    symlinkSync(process.execPath, join(folder.path, 'node_modules/node/bin/node'))
    const child = spawn(process.execPath, [oldNode(folder), file, 'wait'], { cwd: folder.path })
    await once(child.stdout, 'data')
    // Standard output closes when the last process that holds it is gone: the started one as well.
    const ended = Promise.all([once(child, 'exit'), once(child.stdout, 'close')])
    child.kill(signal)
    expect((await ended)[0]).toEqual([null, signal])
  })

  it('says so when the bundle is missing', () => {
    using folder = new Folder()
    const file = launcher(folder)
    execFileSync('rm', ['-r', join(folder.path, 'pack age/dist')])
    const result = spawnSync(process.execPath, [file], { encoding: 'utf8' })
    expect([result.status, result.stderr]).toEqual([2, expect.stringContaining('npm run build')])
  })

  it('has nothing in it that an old Node could not parse', () => {
    // Node 6 knows neither of these; the file is read whole before its first line runs.
    const source = readFileSync(join(root, 'bin/k8s-autofix'), 'utf8').replaceAll(/\/\/.*/g, '')
    expect(source).not.toMatch(/=>|\bconst\b|\blet\b|`|\?\.|\?\?|\bimport\b|\bawait\b|\.\.\.|\bclass\b/)
  })
})

import { chmodSync, chownSync, linkSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installProgram, type Program } from '../support/program.ts'
import { good, write } from './scene.ts'

let program: Program
/** What `fix` makes of `good`. */
let fixed: string
beforeAll(() => {
  program = installProgram()
  const folder = program.folder()
  write(folder, { 'pod.yaml': good })
  program.cli(['fix', '--unsafe-fixes', 'pod.yaml'], { cwd: folder })
  fixed = readFileSync(join(folder, 'pod.yaml'), 'utf8')
  expect(fixed).not.toBe(good)
})
afterAll(() => program.remove())

/** Node options that put a hook in front of functions of node:fs and node:fs/promises. */
function hooked(body: string): string[] {
  const source = `import fs from 'node:fs'
    import promises from 'node:fs/promises'
    import { syncBuiltinESMExports } from 'node:module'
    import { isMainThread } from 'node:worker_threads'
    if (isMainThread) {
      ${body}
      syncBuiltinESMExports()
    }`
  return ['--import', `data:text/javascript,${encodeURIComponent(source)}`]
}

/** Ends the process, as kill -9 does, at a step of writing a file. */
const killAt: Readonly<Record<string, string>> = {
  'before the first byte': `const open = promises.open
    promises.open = (...args) => { if (args[1] === 'wx') process.kill(process.pid, 'SIGKILL'); return open(...args) }`,
  'in the middle of the bytes': `const open = promises.open
    promises.open = async (...args) => {
      const handle = await open(...args)
      if (args[1] === 'wx') handle.writeFile = async (text) => {
        await handle.write(text.slice(0, text.length / 2))
        process.kill(process.pid, 'SIGKILL')
        await new Promise(() => {})
      }
      return handle
    }`,
  'before the new file takes the name': `promises.rename = () => { process.kill(process.pid, 'SIGKILL'); return new Promise(() => {}) }`,
  'right after': `const rename = promises.rename
    promises.rename = async (...args) => { await rename(...args); process.kill(process.pid, 'SIGKILL'); await new Promise(() => {}) }`,
}

describe('fix', () => {
  it.each([0o644, 0o640, 0o600, 0o755, 0o444])('keeps the mode %o', (mode) => {
    const folder = program.folder()
    write(folder, { 'pod.yaml': good })
    if (process.getuid?.() === 0) chownSync(join(folder, 'pod.yaml'), 65534, 65534)
    chmodSync(join(folder, 'pod.yaml'), mode)
    program.cli(['fix', '--unsafe-fixes', '.'], { cwd: folder })
    expect(lstatSync(join(folder, 'pod.yaml')).mode & 0o7777).toBe(mode)
    expect(readFileSync(join(folder, 'pod.yaml'), 'utf8')).toBe(fixed)
  })

  it('writes nothing the second time', () => {
    const folder = program.folder()
    write(folder, { 'pod.yaml': good })
    program.cli(['fix', '--unsafe-fixes', '.'], { cwd: folder })
    const { ino, mtimeMs } = lstatSync(join(folder, 'pod.yaml'))
    program.cli(['fix', '--unsafe-fixes', '.'], { cwd: folder })
    expect(lstatSync(join(folder, 'pod.yaml'))).toMatchObject({ ino, mtimeMs })
    expect(readdirSync(folder)).toEqual(['pod.yaml'])
  })

  it.each(Object.entries(killAt))('killed %s, leaves the old text or the new one', (when, body) => {
    const folder = program.folder()
    write(folder, { 'pod.yaml': good })
    const { signal } = program.cli(['fix', '--unsafe-fixes', '.'], { cwd: folder, node: hooked(body) })
    expect(signal).toBe('SIGKILL')
    expect(readFileSync(join(folder, 'pod.yaml'), 'utf8')).toBe(when === 'right after' ? fixed : good)
    // A left-over is no manifest for the next run.
    expect(readdirSync(folder).filter((name) => /\.(?:ya?ml|json)$/.test(name))).toEqual(['pod.yaml'])
    program.cli(['fix', '--unsafe-fixes', '.'], { cwd: folder })
    expect(readFileSync(join(folder, 'pod.yaml'), 'utf8')).toBe(fixed)
  })

  // The hook tells files apart by /proc.
  it.runIf(process.platform === 'linux')(
    'refuses when the file changed since it was read, and writes the others',
    () => {
      const folder = program.folder()
      write(folder, { 'pod.yaml': good, 'other.yaml': good })
      const race = `const close = fs.closeSync
      let changed = false
      fs.closeSync = (handle) => {
        const file = fs.readlinkSync('/proc/self/fd/' + handle)
        close(handle)
        if (changed || !file.endsWith('pod.yaml')) return
        changed = true
        fs.appendFileSync(file, '# edited meanwhile\\n')
      }`
      if (process.getuid?.() === 0) chownSync(join(folder, 'pod.yaml'), 65534, 65534)
      const { status, stderr } = program.cli(['fix', '--unsafe-fixes', '.'], {
        cwd: folder,
        node: hooked(race),
      })
      expect(readFileSync(join(folder, 'pod.yaml'), 'utf8')).toBe(`${good}# edited meanwhile\n`)
      expect(readFileSync(join(folder, 'other.yaml'), 'utf8')).toBe(fixed)
      expect(stderr).toMatch(/pod\.yaml: changed since it was read/)
      expect(status).toBe(2)
    },
  )

  it('leaves the other name of a hard link alone', () => {
    const folder = program.folder()
    write(folder, { 'pod.yaml': good })
    linkSync(join(folder, 'pod.yaml'), join(folder, 'kept.txt'))
    program.cli(['fix', '--unsafe-fixes', '.'], { cwd: folder })
    expect(readFileSync(join(folder, 'pod.yaml'), 'utf8')).toBe(fixed)
    expect(readFileSync(join(folder, 'kept.txt'), 'utf8')).toBe(good)
  })

  it('changes no file that it cannot read', () => {
    const folder = program.folder()
    const broken = `${good}---\napiVersion: v1\nkind: Pod\n\tx: y\n`
    write(folder, { 'broken.yaml': broken, 'pod.yaml': good })
    const { status } = program.cli(['fix', '--unsafe-fixes', '.'], { cwd: folder })
    expect(status).toBe(2)
    expect(readFileSync(join(folder, 'pod.yaml'), 'utf8')).toBe(fixed)
    const text = readFileSync(join(folder, 'broken.yaml'), 'utf8')
    // A document that reads may be fixed; the one that does not stays as it is, byte for byte.
    expect(text.slice(text.indexOf('---'))).toBe(broken.slice(broken.indexOf('---')))
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeFiles } from '../../src/adapters/write.ts'
import { Folder } from './world.ts'

const write = async (
  folder: Folder,
  file: string,
  before: string | undefined,
  after: string,
): Promise<string | undefined> => {
  const [result] = await writeFiles([{ file, path: join(folder.path, file), before, after }])
  return result?.error?.message
}

describe('a new file', () => {
  it('is written whole, with the mode that files have here', async () => {
    using folder = new Folder()
    expect(await write(folder, 'a.yaml', undefined, 'new é\n')).toBeUndefined()
    expect(readFileSync(join(folder.path, 'a.yaml'), 'utf8')).toBe('new é\n')
    expect(statSync(join(folder.path, 'a.yaml')).mode & 0o777).toBe(0o666 & ~process.umask())
    expect(readdirSync(folder.path)).toEqual(['a.yaml'])
  })

  it('takes the place of nothing', async () => {
    using folder = new Folder({ 'a.yaml': 'mine', 'folder/b.yaml': '' })
    symlinkSync('nowhere', join(folder.path, 'link'))
    for (const name of ['a.yaml', 'folder', 'link'])
      expect(await write(folder, name, undefined, 'new')).toContain('stands there by now')
    expect(readFileSync(join(folder.path, 'a.yaml'), 'utf8')).toBe('mine')
    expect(readdirSync(folder.path).toSorted()).toEqual(['a.yaml', 'folder', 'link'])
  })
})

describe('a file is replaced', () => {
  it.each([0o644, 0o600, 0o755, 0o444, 0o4750])('and keeps its mode %o', async (mode) => {
    using folder = new Folder({ 'a.yaml': 'old\r\n' })
    chmodSync(join(folder.path, 'a.yaml'), mode)
    expect(await write(folder, 'a.yaml', 'old\r\n', '\uFEFFnew é\r\n')).toBeUndefined()
    expect(readFileSync(join(folder.path, 'a.yaml'), 'utf8')).toBe('\uFEFFnew é\r\n')
    expect(statSync(join(folder.path, 'a.yaml')).mode & 0o7777).toBe(mode)
    expect(readdirSync(folder.path)).toEqual(['a.yaml'])
  })

  it.runIf(process.getuid?.() === 0)('and keeps its owner', async () => {
    using folder = new Folder({ 'a.yaml': 'old' })
    chownSync(join(folder.path, 'a.yaml'), 1234, 5678)
    expect(await write(folder, 'a.yaml', 'old', 'new')).toBeUndefined()
    const { uid, gid } = statSync(join(folder.path, 'a.yaml'))
    expect([uid, gid]).toEqual([1234, 5678])
  })

  it('whatever its name', async () => {
    using folder = new Folder()
    for (const name of ['-dash', 'new\nline', 'ünï', 'x'.repeat(250), ' ']) {
      folder.write(name, 'old')
      expect(await write(folder, name, 'old', 'new')).toBeUndefined()
      expect(readFileSync(join(folder.path, name), 'utf8')).toBe('new')
    }
  })

  it('its other names keep the old text', async () => {
    using folder = new Folder({ 'a.yaml': 'old' })
    linkSync(join(folder.path, 'a.yaml'), join(folder.path, 'b.yaml'))
    expect(await write(folder, 'a.yaml', 'old', 'new')).toBeUndefined()
    expect(readFileSync(join(folder.path, 'b.yaml'), 'utf8')).toBe('old')
  })
})

describe('a file is left alone, and nothing lies beside it', () => {
  const left = async (prepare: (folder: Folder) => void): Promise<string | undefined> => {
    using folder = new Folder({ 'a.yaml': 'old' })
    prepare(folder)
    const entries = readdirSync(folder.path).sort()
    const message = await write(folder, 'a.yaml', 'old', 'new')
    expect(readdirSync(folder.path).sort()).toEqual(entries)
    for (const entry of entries)
      if (statSync(join(folder.path, entry)).isFile())
        expect(readFileSync(join(folder.path, entry), 'utf8')).not.toBe('new')
    return message
  }

  it('when it changed since it was read', async () => {
    expect(await left((folder) => folder.write('a.yaml', 'old '))).toBe(
      'a.yaml: changed since it was read, so it was not written',
    )
    expect(await left((folder) => writeFileSync(join(folder.path, 'a.yaml'), Buffer.from([0xff])))).toContain(
      'changed',
    )
  })

  it('when it became a link', async () => {
    const message = await left((folder) => {
      rmSync(join(folder.path, 'a.yaml'))
      folder.write('target', 'old')
      symlinkSync('target', join(folder.path, 'a.yaml'))
    })
    expect(message).toBe('a.yaml: is no regular file any more, so it was not written')
  })

  it('when it is gone, or a folder', async () => {
    expect(await left((folder) => rmSync(join(folder.path, 'a.yaml')))).toContain('is gone since it was read')
    const message = await left((folder) => {
      rmSync(join(folder.path, 'a.yaml'))
      mkdirSync(join(folder.path, 'a.yaml'))
    })
    expect(message).toContain('no regular file any more')
  })

  it('and the others are written', async () => {
    using folder = new Folder({ 'a.yaml': 'old', 'b.yaml': 'other', 'c.yaml': 'old' })
    const files = ['a.yaml', 'b.yaml', 'c.yaml', 'none/d.yaml']
    const results = await writeFiles(
      files.map((file) => ({ file, path: join(folder.path, file), before: 'old', after: 'new' })),
    )
    expect(results.map(({ file, error }) => [file, error === undefined])).toEqual([
      ['a.yaml', true],
      ['b.yaml', false],
      ['c.yaml', true],
      ['none/d.yaml', false],
    ])
    expect(files.slice(0, 3).map((file) => readFileSync(join(folder.path, file), 'utf8'))).toEqual([
      'new',
      'other',
      'new',
    ])
  })
})

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s leaves nothing beside the file', async (signal) => {
  using folder = new Folder({ 'a.yaml': 'a'.repeat(4_000_000) })
  const args = [join(import.meta.dirname, 'write-forever.ts'), join(folder.path, 'a.yaml'), '4000000']
  const child = spawn(process.execPath, args)
  await once(child.stdout, 'data')
  const ended = once(child, 'exit')
  child.kill(signal)
  expect(await ended).toEqual([null, signal])
  expect(readdirSync(folder.path)).toEqual(['a.yaml'])
})

it('whenever it is killed, the file holds the old text or the new one, and its mode', async () => {
  using folder = new Folder()
  const path = join(folder.path, 'a.yaml')
  const bytes = 4_000_000
  const seen = new Set<string>()
  for (let round = 0; round < 12; round++) {
    writeFileSync(path, 'a'.repeat(bytes))
    chmodSync(path, 0o640)
    const child = spawn(process.execPath, [
      join(import.meta.dirname, 'write-forever.ts'),
      path,
      String(bytes),
    ])
    await once(child.stdout, 'data')
    const killed = once(child, 'exit')
    setTimeout(() => child.kill('SIGKILL'), Math.random() * 40)
    expect(await killed).toEqual([null, 'SIGKILL'])
    const text = readFileSync(path, 'utf8')
    const letter = text.charAt(0)
    seen.add(letter)
    expect(['a', 'b']).toContain(letter)
    expect(text === letter.repeat(bytes)).toBe(true)
    expect(statSync(path).mode & 0o777).toBe(0o640)
  }
  expect(seen.size).toBeGreaterThan(0)
}, 60_000)

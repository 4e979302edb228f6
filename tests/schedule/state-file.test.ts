import { execFile, execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stateFile, updateState } from '../../src/adapters/state-file.ts'
import { emptyState, parseState, stateText, type State } from '../../src/schedule/index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'k8s-autofix-state-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const learned: State = { ...emptyState, harvested: 7 }
const later = (state: State): State => ({ ...state, harvested: state.harvested + 1 })

describe('a state in a file', () => {
  it.each([
    'state.json',
    'deep/er/state',
    'of a user/what was learned',
    '-rf',
    'a\nb',
    '%2e%2e',
    'ä',
    '$(x)',
  ])('is kept and read under the name %j', async (name) => {
    const path = join(folder, name)
    expect(await stateFile(path).restore()).toEqual({ state: emptyState })
    expect(await stateFile(path).save(learned)).toEqual({})
    expect(await stateFile(path).restore()).toEqual({ state: learned })
    expect(await updateState(path, later)).toEqual({ state: later(learned) })
    expect(readFileSync(path, 'utf8')).toBe(stateText(later(learned)))
  })

  it('is replaced, and nothing else is left but an empty lock', async () => {
    const path = join(folder, 'state')
    for (const harvested of [1, 2]) await stateFile(path).save({ ...learned, harvested })
    expect(readdirSync(folder)).toEqual(['state'])
    await updateState(path, later)
    expect(readdirSync(folder)).toEqual(['.state.lock', 'state'])
    expect(statSync(join(folder, '.state.lock')).size).toBe(0)
  })

  it.each([
    ['', 'is no state of this version: nothing is known from it'],
    [stateText(learned).slice(0, -9), 'is no state of this version: nothing is known from it'],
    ['\uFFFF\0', 'is no state of this version: nothing is known from it'],
    [Buffer.from([0xff, 0xfe]), 'is not UTF-8 text; save it as UTF-8'],
    [' '.repeat(6 * 2 ** 20), 'is larger than 5120 KiB (6291456 bytes)'],
  ])('that cannot be believed is said to be so, and is written anew', async (content, why) => {
    const path = join(folder, 'state')
    writeFileSync(path, content)
    expect(await stateFile(path).restore()).toEqual({ state: emptyState, trouble: `${path} ${why}` })
    expect(await updateState(path, later)).toEqual({ state: later(emptyState), trouble: `${path} ${why}` })
    expect(await stateFile(path).restore()).toEqual({ state: later(emptyState) })
  })

  it('is neither read from a link nor written to one', async () => {
    const [path, target] = [join(folder, 'state'), join(folder, 'target')]
    for (const content of [stateText(learned), undefined]) {
      if (content === undefined) rmSync(target)
      else {
        writeFileSync(target, content)
        symlinkSync(target, path)
      }
      const trouble = `${path} is a link, which is not followed`
      expect(await stateFile(path).restore()).toEqual({ state: emptyState, trouble })
      const unwritten = `${path} cannot be written: there is something that is no regular file`
      expect(await stateFile(path).save(emptyState)).toEqual({ trouble: unwritten })
      expect(await updateState(path, later)).toEqual({ state: emptyState, trouble: unwritten })
      expect(existsSync(target) ? readFileSync(target, 'utf8') : undefined).toBe(content)
    }
  })

  it('is neither a folder nor a pipe, nor below a file', async () => {
    const [path, pipe] = [join(folder, 'state'), join(folder, 'pipe')]
    mkdirSync(path)
    execFileSync('mkfifo', [pipe])
    for (const one of [path, pipe]) {
      expect(await stateFile(one).restore()).toEqual({
        state: emptyState,
        trouble: `${one} is no regular file`,
      })
      expect((await stateFile(one).save(learned)).trouble).toContain(`${one} cannot be written: `)
    }
    writeFileSync(join(folder, 'file'), '')
    const below = join(folder, 'file', 'state')
    expect((await stateFile(below).save(learned)).trouble).toContain(`${below} cannot be written: `)
    expect((await updateState(below, later)).trouble).toContain(`${below} cannot be written: `)
  })

  it('is told in one line where it cannot be used', async () => {
    const path = join(folder, 'a\n::error::b')
    mkdirSync(path)
    for (const { trouble } of [await stateFile(path).restore(), await stateFile(path).save(learned)]) {
      expect(trouble).toContain(JSON.stringify(path))
      expect(trouble).not.toContain('\n')
    }
    const long = join(folder, 'x'.repeat(300))
    expect((await stateFile(long).restore()).trouble).toContain('cannot be read: ENAMETOOLONG')
    expect((await stateFile(long).save(learned)).trouble).toContain('cannot be written: ENAMETOOLONG')
  })

  it('stands as it is where its folder may only be read', () => {
    const path = join(folder, 'state')
    writeFileSync(path, stateText(learned))
    chmodSync(folder, 0o555)
    chmodSync(path, 0o444)
    const script = `
      const { stateFile, updateState } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/adapters/state-file.ts'))})
      const path = ${JSON.stringify(path)}
      // Root may write anywhere.
      if (process.getuid() === 0) process.seteuid(65534)
      console.log(JSON.stringify([await stateFile(path).restore(), await stateFile(path).save({}), await updateState(path, () => { throw 1 })],
        (key, value) => (value instanceof Map ? undefined : value)))`
    let said: unknown
    try {
      said = JSON.parse(
        execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }),
      )
    } finally {
      chmodSync(folder, 0o755)
    }
    const trouble: unknown = expect.stringContaining(`${path} cannot be written: `)
    expect(said).toEqual([{ state: { harvested: 7 } }, { trouble }, { state: { harvested: 7 }, trouble }])
    expect(readFileSync(path, 'utf8')).toBe(stateText(learned))
  })

  it('is not locked by what somebody has put there', async () => {
    const path = join(folder, 'state')
    await stateFile(path).save(learned)
    writeFileSync(join(folder, '.state.lock'), 'no lock'.repeat(1000))
    expect(await updateState(path, later)).toEqual({
      state: learned,
      trouble: `${path} cannot be written: file is not a database`,
    })
    rmSync(join(folder, '.state.lock'))
    symlinkSync('/etc/hostname', join(folder, '.state.lock'))
    expect((await updateState(path, later)).trouble).toContain('.state.lock is no regular file')
  })

  it('passes on what goes wrong in a change, and is free again', async () => {
    const path = join(folder, 'state')
    await stateFile(path).save(learned)
    const fault = new Error('a bug')
    await expect(
      updateState(path, () => {
        throw fault
      }),
    ).rejects.toBe(fault)
    expect(await updateState(path, later)).toEqual({ state: later(learned) })
  })
})

describe('processes that write at once', () => {
  const writers = [1, 2, 3, 4]
  async function writeAtOnce(verb: string, path: string, times: number): Promise<number> {
    const go = join(folder, 'go')
    const running = writers.map(
      (number) =>
        new Promise<void>((resolve, reject) =>
          execFile(
            process.execPath,
            [
              join(import.meta.dirname, '../support/state-writer.ts'),
              verb,
              path,
              `${number}`,
              `${times}`,
              go,
            ],
            (error) => (error === null ? resolve() : reject(error)),
          ),
        ),
    )
    writeFileSync(go, '')
    let looks = 0
    const done = new AbortController()
    const all = Promise.all(running).finally(() => done.abort())
    while (!done.signal.aborted) {
      if (existsSync(path)) {
        expect(parseState(readFileSync(path, 'utf8'))).toBeDefined()
        looks++
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
    await all
    return looks
  }

  it('never show half a file to a reader', async () => {
    expect(await writeAtOnce('save', join(folder, 'state'), 200)).toBeGreaterThan(100)
    expect(readdirSync(folder).sort()).toEqual(['go', 'state'])
  })

  it('lose nothing of each other', async () => {
    const path = join(folder, 'state')
    await writeAtOnce('update', path, 50)
    const { suppressed } = parseState(readFileSync(path, 'utf8')) ?? emptyState
    expect(suppressed.size).toBe(writers.length * 50)
  })

  it('go on after one that was killed while it held the lock', async () => {
    const path = join(folder, 'state')
    const script = `
      const { updateState } = await import(${JSON.stringify(join(import.meta.dirname, '../../src/adapters/state-file.ts'))})
      await updateState(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL') && new Promise(() => {}))`
    expect(() =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'pipe' }),
    ).toThrow(/Command failed/)
    expect(await updateState(path, later)).toEqual({ state: later(emptyState) })
  })
})

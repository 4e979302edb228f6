import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setTimeout as delay } from 'node:timers/promises'
import { isRunning, makeScene, unlessWord, type Scene } from './support.ts'

let scene: Scene
beforeAll(() => {
  scene = makeScene()
})
afterAll(() => scene.remove())

describe.runIf(process.platform !== 'win32')('a run that is interrupted', () => {
  it.each([
    ['SIGINT', 'plain', null, 'SIGINT'],
    ['SIGTERM', 'plain', null, 'SIGTERM'],
    ['SIGHUP', 'plain', null, 'SIGHUP'],
    ['SIGINT', 'handled', 3, null],
    [undefined, 'exit', 4, null],
  ] as const)('by %s (%s) leaves neither process nor file behind', async (signal, how, code, endedBy) => {
    const pids = join(scene.folder, `pids-${signal ?? ''}-${how}`)
    const program = scene.script(
      `hang-${signal ?? ''}-${how}`,
      unlessWord('CULPRIT', `echo $$ > ${pids}; sleep 300 & wait`),
    )
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'interrupted.ts'), program, scene.temporary, how],
      { stdio: 'ignore', env: {} },
    )
    const ended = new Promise((resolve) => child.on('exit', (status, by) => resolve([status, by])))
    await expect
      .poll(() => existsSync(pids) && readFileSync(pids, 'utf8') !== '', { timeout: 60_000 })
      .toBe(true)
    expect(readdirSync(scene.temporary)).toHaveLength(1)
    if (signal !== undefined) child.kill(signal)
    expect(await ended).toEqual([code, endedBy])
    expect(readdirSync(scene.temporary)).toEqual([])
    await expect.poll(() => isRunning(Number(readFileSync(pids, 'utf8')))).toBe(false)
  })
})

describe.runIf(process.platform !== 'win32')('work that takes time at the end', () => {
  const start = (work: string): ReturnType<typeof spawn> => {
    const ending = JSON.stringify(join(import.meta.dirname, '../../src/adapters/ending.ts'))
    const text = `import { whenEnding } from ${ending}
      whenEnding(${work})
      setInterval(() => {}, 1000)
      process.stdout.write('ready')`
    const args = ['--input-type=module', '--eval', text]
    return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'], env: {} })
  }
  const endOf = async (child: ReturnType<typeof spawn>): Promise<unknown> =>
    new Promise((resolve) => child.on('exit', (_, by) => resolve(by)))
  const ready = async (child: ReturnType<typeof spawn>): Promise<unknown> =>
    new Promise((resolve) => child.stdout?.once('data', resolve))

  it('is waited for, and then the signal ends the process', async () => {
    const file = join(scene.folder, 'done')
    const child = start(
      `() => new Promise((done) => setTimeout(done, 300)).then(() => process.getBuiltinModule('fs').writeFileSync(${JSON.stringify(file)}, ''))`,
    )
    const end = endOf(child)
    await ready(child)
    child.kill('SIGTERM')
    expect(await end).toBe('SIGTERM')
    expect(existsSync(file)).toBe(true)
  })

  it('is cut short by a second signal', async () => {
    const child = start('() => new Promise(() => undefined)')
    const end = endOf(child)
    await ready(child)
    child.kill('SIGTERM')
    expect(await Promise.race([end, delay(300, 'waits')])).toBe('waits')
    child.kill('SIGINT')
    expect(await end).toBe('SIGINT')
  })
})

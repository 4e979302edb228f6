import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stateCache } from '../../src/adapters/state-cache.ts'
import { emptyState } from '../../src/schedule/index.ts'
import { CacheService } from '../support/cache/index.ts'
import { installProgram, type Program } from '../support/program.ts'

let program: Program
let cache: CacheService
beforeAll(async () => {
  program = installProgram()
  cache = await CacheService.start()
})
afterAll(async () => {
  await cache.stop()
  program.remove()
  expect(cache.problems).toEqual([])
})

describe('the client of the cache in the bundle, in a read-only folder with a space in its name', () => {
  it('keeps a file and brings it back, as a user without rights', async () => {
    const call = (folder: string, ...args: string[]): ReturnType<Program['fileBeside']> =>
      program.fileBeside('cache.js', args, {
        cwd: folder,
        env: {
          ...cache.environment(cache.token({ reads: ['main'], writes: 'main' })),
          RUNNER_TEMP: folder,
          GITHUB_WORKSPACE: folder,
        },
      })
    const [one, other] = [program.folder(), program.folder()]
    writeFileSync(join(one, 'k8s-autofix-state'), 'what was learned')
    expect(await call(other, 'restore', 'state-')).toMatchObject({ status: 3, stderr: '' })
    expect(await call(one, 'save', 'state-1')).toMatchObject({ status: 0, stderr: '' })
    expect(await call(other, 'restore', 'state-')).toMatchObject({ status: 0, stderr: '' })
    expect(readFileSync(join(other, 'k8s-autofix-state'), 'utf8')).toBe('what was learned')
    expect((await call(one, 'save', 'state-1')).status).toBe(3)
    expect((await program.fileBeside('cache.js', ['restore', 'state-'], { cwd: one })).status).toBe(4)
  })

  it('is what the state is kept by', async () => {
    const temporary = program.folder()
    const store = stateCache({
      environment: {
        PATH: process.env['PATH'],
        GITHUB_RUN_ID: '7',
        RUNNER_TEMP: temporary,
        GITHUB_WORKSPACE: program.folder(),
        ...cache.environment(cache.token({ reads: ['main'], writes: 'main' })),
      },
      entry: program.entry,
    })
    const state = { ...emptyState, harvested: 7 }
    expect(await store.save(state)).toEqual({})
    expect(await store.restore()).toEqual({ state })
    expect(readdirSync(temporary)).toEqual([])
  })
})

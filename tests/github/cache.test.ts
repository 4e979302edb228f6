import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CacheService } from '../support/cache/index.ts'

/*
 * The real client of @actions/cache against the cache service of the tests, whose rules are those by which state has to
 * live: see support/cache.
 */

const folder = '.state'

let cache: CacheService
let base: string
beforeEach(async () => {
  cache = await CacheService.start()
  base = mkdtempSync(join(tmpdir(), 'k8s-autofix-cache-'))
})
afterEach(async () => {
  await cache.stop()
  rmSync(base, { recursive: true, force: true })
  expect(cache.problems).toEqual([])
})

interface Call {
  save?: string
  restore?: string
  paths?: readonly string[]
  prefixes?: readonly string[]
}

/** A runner's machine, with its workspace. */
class Machine {
  readonly workspace = mkdtempSync(join(base, 'workspace-'))
  private readonly token: string

  constructor(token: string) {
    this.token = token
  }

  write(text: string | Buffer): this {
    mkdirSync(join(this.workspace, folder), { recursive: true })
    writeFileSync(join(this.workspace, folder, 'state.json'), text)
    return this
  }

  read(): Buffer {
    return readFileSync(join(this.workspace, folder, 'state.json'))
  }

  async does(...calls: Call[]): Promise<{ results: unknown[]; log: string }> {
    const temporary = mkdtempSync(join(base, 'temporary-'))
    const file = join(temporary, 'results.json')
    const all = JSON.stringify(calls.map((call) => ({ paths: [folder], ...call })))
    const log = await new Promise<string>((resolve, reject) =>
      execFile(
        process.execPath,
        [join(import.meta.dirname, 'cache-client.ts'), file, all],
        {
          cwd: this.workspace,
          env: {
            PATH: process.env['PATH'],
            RUNNER_TEMP: temporary,
            GITHUB_WORKSPACE: this.workspace,
            ...cache.environment(this.token),
          },
        },
        (error, stdout, stderr) => {
          if (error === null) resolve(stdout + stderr)
          else reject(error)
        },
      ),
    )
    return { results: JSON.parse(readFileSync(file, 'utf8')) as unknown[], log }
  }
}

const main = (): Machine => new Machine(cache.token({ reads: ['main'], writes: 'main' }))
const pull = (number: number): Machine =>
  new Machine(cache.token({ reads: [`pull-${number}`, 'main'], writes: `pull-${number}` }))

describe('the cache of Actions', () => {
  it('gives back what was saved, byte for byte', async () => {
    const bytes = Buffer.from([0, 255, 10, 13, 226, 130])
    const { results: saved } = await main().write(bytes).does({ save: 'state-1' })
    expect(saved).toEqual([expect.any(Number)])
    expect(saved[0]).toBeGreaterThan(0)
    const other = main()
    expect((await other.does({ restore: 'state-1' })).results).toEqual(['state-1'])
    expect(other.read()).toEqual(bytes)
  })

  it('finds the newest entry by a prefix, and takes the key itself for one', async () => {
    const machine = main()
    for (const key of ['state-1', 'state-3', 'state-2']) await machine.write(key).does({ save: key })
    expect(
      (
        await machine.does(
          { restore: 'state-9', prefixes: ['other-', 'state-'] },
          { restore: 'state-' },
          { restore: 'state-1', prefixes: ['state-'] },
          { restore: 'else-', prefixes: ['nothing-'] },
        )
      ).results,
    ).toEqual(['state-2', 'state-2', 'state-1', null])
  })

  it('never changes what is saved', async () => {
    const machine = main().write('first')
    await machine.does({ save: 'state-1' })
    const { results, log } = await machine.write('second').does({ save: 'state-1' }, { restore: 'state-1' })
    expect(results).toEqual([-1, 'state-1'])
    expect(log).toMatch(/^Failed to save: Unable to reserve cache with key state-1/m)
    expect(machine.read().toString()).toBe('first')
  })

  it('keeps what a pull request saves from the base and from others, and shows it what the base has', async () => {
    await main().write('main').does({ save: 'state-main' })
    const one = pull(1).write('one')
    expect((await one.does({ save: 'state-one' }, { restore: 'state-' })).results).toEqual([
      expect.any(Number),
      'state-one',
    ])
    for (const machine of [main(), pull(2)]) {
      expect((await machine.does({ restore: 'state-one', prefixes: ['state-'] })).results).toEqual([
        'state-main',
      ])
      expect(machine.read().toString()).toBe('main')
    }
  })

  it('refuses a run that may only read, which goes on', async () => {
    await main().write('main').does({ save: 'state-1' })
    const comment = new Machine(cache.token({ reads: ['main'] })).write('forged')
    const { results, log } = await comment.does({ save: 'state-2' }, { restore: 'state-1' })
    expect(results).toEqual([-1, 'state-1'])
    expect(log).toMatch(/^::warning::Failed to save: .*cache write denied:/m)
    expect(cache.entries.map(({ key }) => key)).toEqual(['state-1'])
    expect(comment.read().toString()).toBe('main')
  })

  it('shows nothing to a run that may not even read, and knows no token but its own', async () => {
    await main().write('main').does({ save: 'state-1' })
    for (const token of [cache.token({ reads: [] }), 'forged']) {
      const { results, log } = await new Machine(token).does({ restore: 'state-1' })
      expect(results).toEqual([null])
      expect(log).toMatch(/^::warning::Failed to restore/m)
    }
  })

  it('does not match what was saved under another path', async () => {
    await main().write('main').does({ save: 'state-1' })
    const { results } = await main().does(
      { restore: 'state-1', paths: [`./${folder}`] },
      { restore: 'state-1' },
    )
    expect(results).toEqual([null, 'state-1'])
  })

  it('forgets', async () => {
    const machine = main().write('main')
    await machine.does({ save: 'state-1' })
    cache.evict('state-1')
    expect((await machine.does({ restore: 'state-1' }, { save: 'state-1' })).results).toEqual([
      null,
      expect.any(Number),
    ])
  })
})

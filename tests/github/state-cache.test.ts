import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStateStore } from '../../src/action/state-store.ts'
import { stateCache } from '../../src/adapters/state-cache.ts'
import { emptyState, stateText, type State, type StateStore } from '../../src/schedule/index.ts'
import { CacheService } from '../support/cache/index.ts'

/*
 * The state in the cache of Actions: the real client in its own process, as the Action starts it, against the cache
 * service of the tests.
 */

const entry = pathToFileURL(join(import.meta.dirname, '..', '..', 'src', 'main.ts'))
const host = { entry, version: '0.0.0', now: () => 0 }
const learned: State = { ...emptyState, harvested: 1_800_000_000 }
const nothing = (why: string | RegExp): unknown => {
  const trouble: unknown =
    why instanceof RegExp
      ? expect.stringMatching(why)
      : `the state cannot be read from the cache of Actions (${why}): this run knows nothing of earlier reviews`
  return { state: emptyState, trouble }
}
const unkept = (why: string): unknown => ({
  trouble: `the state cannot be kept in the cache of Actions (${why}): what this run has learned, the next one learns again`,
})

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

let runs = 0
/** A step of a run, on a runner of its own. */
function step(token: string, given: Record<string, string | undefined> = {}): StepOf {
  const [temporary, workspace] = ['temporary-', 'workspace-'].map((name) => mkdtempSync(join(base, name)))
  const environment = {
    PATH: process.env['PATH'],
    RUNNER_TEMP: temporary,
    GITHUB_WORKSPACE: workspace,
    GITHUB_RUN_ID: `${++runs}`,
    GITHUB_TOKEN: 'never-passed-on',
    ...cache.environment(token),
    ...given,
  }
  return { environment, store: openStateStore({ state: 'cache' }, environment, host), temporary, workspace }
}
interface StepOf {
  environment: Record<string, string | undefined>
  store: StateStore
  temporary: string | undefined
  workspace: string | undefined
}

const main = (): string => cache.token({ reads: ['main'], writes: 'main' })

/** Puts an archive, as `tar` makes it of a folder, in the place of what the first entry holds. */
function replaceArchive(fill: (folder: string) => void, args: readonly string[]): void {
  const folder = mkdtempSync(join(base, 'archive-'))
  fill(folder)
  const bytes = execFileSync('tar', ['-P', '-c', ...args], { cwd: folder, maxBuffer: 2 ** 30 })
  replaceBytes(bytes)
}
function replaceBytes(tar: Buffer): void {
  const [first] = cache.entries
  if (first === undefined) throw new Error('no entry')
  const isZstd = first.bytes?.readUInt32LE(0) === 0xfd2fb528
  first.bytes = isZstd ? execFileSync('zstd', ['-c', '-q'], { input: tar }) : gzipSync(tar)
}

describe('a state in the cache of Actions', () => {
  it('is what the newest run has saved, and leaves nothing behind', async () => {
    const first = step(main())
    expect(await first.store.restore()).toEqual({ state: emptyState })
    expect(await first.store.save({ ...learned, harvested: 1 })).toEqual({})
    const second = step(main(), { GITHUB_RUN_ATTEMPT: '2' })
    expect(await second.store.save(learned)).toEqual({})
    expect(cache.entries.map(({ key }) => key)).toEqual([
      `k8s-autofix-state-v1-${runs - 1}-1`,
      `k8s-autofix-state-v1-${runs}-2`,
    ])
    const { store, temporary = '', workspace = '' } = step(cache.token({ reads: ['pull-1', 'main'] }))
    expect(await store.restore()).toEqual({ state: learned })
    expect([...readdirSync(temporary), ...readdirSync(workspace)]).toEqual([])
  })

  it('is kept below a folder whose name holds a blank', async () => {
    const temporary = join(base, 'of a runner')
    mkdirSync(temporary)
    const { store } = step(main(), { RUNNER_TEMP: temporary })
    expect(await store.save(learned)).toEqual({})
    expect(await store.restore()).toEqual({ state: learned })
  })

  it('is kept nowhere where the input says so', async () => {
    const store = openStateStore({ state: 'none' }, step(main()).environment, host)
    expect(await store.save(learned)).toEqual({})
    expect(await store.restore()).toEqual({ state: emptyState })
    expect(cache.entries).toEqual([])
  })

  it('is gone with its entry', async () => {
    const { store } = step(main())
    await store.save(learned)
    cache.evict(`k8s-autofix-state-v1-${runs}-1`)
    expect(await store.restore()).toEqual({ state: emptyState })
  })

  it('is not written by a run that may only read, nor twice by one', async () => {
    const { store } = step(main())
    await store.save(learned)
    expect(await store.save(emptyState)).toEqual(
      unkept(
        `Unable to reserve cache with key k8s-autofix-state-v1-${runs}-1, another job may be creating this cache.`,
      ),
    )
    const reader = step(cache.token({ reads: ['main'] })).store
    expect(await reader.save(emptyState)).toEqual(
      unkept('this run may only read it; runs for a push, a schedule or a dispatch write'),
    )
    const byMode = step(main(), { ACTIONS_CACHE_MODE: 'read' }).store
    expect(await byMode.save(emptyState)).toEqual(
      unkept("the effective cache-mode 'read' does not permit writes."),
    )
    expect(await reader.restore()).toEqual({ state: learned })
  })

  it('is not read by a run that may not', async () => {
    await step(main()).store.save(learned)
    expect(await step(cache.token({ reads: [] })).store.restore()).toEqual(
      nothing('this run may not read it'),
    )
    expect(await step(main(), { ACTIONS_CACHE_MODE: 'none' }).store.restore()).toEqual(
      nothing("the effective cache-mode 'none' does not permit reads."),
    )
    expect(await step('forged').store.restore()).toEqual(nothing(/the token is not known/))
  })

  it.each(['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'ACTIONS_CACHE_SERVICE_V2'])(
    'is not to be had without %s',
    async (name) => {
      const { store } = step(main(), { [name]: undefined })
      const why = 'the runner offers none; input state: none asks for none'
      expect(await store.restore()).toEqual(nothing(why))
      expect(await store.save(learned)).toEqual(unkept(why))
    },
  )

  it('has a key only in a numbered run', async () => {
    for (const id of [undefined, '', '1,2', '../1'])
      expect(await step(main(), { GITHUB_RUN_ID: id }).store.save(learned)).toEqual(
        unkept('the run has no number'),
      )
    expect(cache.entries).toEqual([])
  })

  it('is not looked for where nothing can be written', async () => {
    const { store } = step(main(), { RUNNER_TEMP: join(base, 'absent') })
    expect(await store.restore()).toEqual(nothing(/the temporary folder cannot be used/))
  })
})

describe('an entry that is no state', () => {
  const name = 'k8s-autofix-state'
  beforeEach(async () => {
    expect(await step(main()).store.save(learned)).toEqual({})
  })
  const restored = async (): Promise<unknown> => {
    const { store, temporary = '' } = step(main())
    const result = await store.restore()
    expect(readdirSync(temporary)).toEqual([])
    return result
  }

  it.each([
    ['half of one', stateText(learned).slice(0, 40)],
    ['nothing', ''],
    ['one of another version', stateText(learned).replace('state/v1', 'state/v9')],
  ])('is not believed: %s', async (_, text) => {
    replaceArchive((folder) => writeFileSync(join(folder, name), text), [name])
    expect(await restored()).toEqual(
      nothing('what the cache holds is no state of this version: nothing is known from it'),
    )
  })

  it('is not followed: a link', async () => {
    writeFileSync(join(base, 'elsewhere'), stateText(learned))
    replaceArchive((folder) => symlinkSync(join(base, 'elsewhere'), join(folder, name)), [name])
    expect(await restored()).toEqual(nothing('what the cache holds is a link, which is not followed'))
  })

  it('is not read: a folder', async () => {
    replaceArchive((folder) => mkdirSync(join(folder, name)), [name])
    expect(await restored()).toEqual(nothing('what the cache holds is no regular file'))
  })

  it('is not unpacked to its end: a huge file', async () => {
    // Far more than is unpacked between two looks at it, and a few kB on the way.
    replaceArchive((folder) => execFileSync('truncate', ['-s', '600M', join(folder, name)]), [name])
    expect(await restored()).toEqual(nothing('what the cache holds is too large for a state'))
  })

  it('is not unpacked to its end: a file above the limit', async () => {
    replaceArchive((folder) => writeFileSync(join(folder, name), ' '.repeat(6 * 2 ** 20)), [name])
    expect(await restored()).toEqual(nothing(/is larger than 5120 KiB/))
  })

  it('writes nowhere else: absolute names, names above, through links, and into what is there', async () => {
    const { environment, temporary = '', workspace = '' } = step(main())
    mkdirSync(join(workspace, 'deploy'))
    writeFileSync(join(base, 'mine'), 'mine')
    replaceArchive(
      (folder) => {
        for (const file of ['a', 'b', 'c', 'd', 'e']) writeFileSync(join(folder, file), `evil ${file}`)
        symlinkSync(join(workspace, 'deploy'), join(folder, 'link'))
        writeFileSync(join(folder, name), stateText(learned))
      },
      [
        `--transform=s,^a$,${join(base, 'evil-absolute')},`,
        '--transform=s,^b$,../evil-above,',
        `--transform=s,^c$,${name}/../../evil-above,`,
        '--transform=flags=r;s,^d$,link/evil-linked,',
        `--transform=s,^e$,${join(base, 'mine')},`,
        'link',
        'a',
        'b',
        'c',
        'd',
        'e',
        name,
      ],
    )
    const before = readdirSync(base).sort()
    expect(await stateCache({ environment, entry }).restore()).toEqual({ state: learned })
    expect([...readdirSync(temporary), ...readdirSync(join(workspace, 'deploy'))]).toEqual([])
    expect(readdirSync(base).sort()).toEqual(before)
    expect(readFileSync(join(base, 'mine'), 'utf8')).toBe('mine')
  })

  it('is no archive at all', async () => {
    const [first] = cache.entries
    if (first !== undefined) first.bytes = Buffer.from('::error::hello\n'.repeat(100))
    expect(await restored()).toEqual(nothing(/tar" failed with error: .* failed with exit code \d\)/))
  })
})

describe('a workspace that a pull request has filled', () => {
  it('gives no program to the client, and its link is not followed', async () => {
    const { store, environment, workspace = '' } = step(main())
    await store.save(learned)
    const ran = join(base, 'ran')
    for (const program of ['tar', 'zstd', 'unzstd', 'zstdmt'])
      writeFileSync(join(workspace, program), `#!/bin/sh\ntouch ${ran}\n`, { mode: 0o755 })
    symlinkSync(base, join(workspace, 'k8s-autofix-state'))
    const own = { ...environment, PATH: [workspace, '', '.', environment['PATH']].join(delimiter) }
    expect(await stateCache({ environment: own, entry }).restore()).toEqual({ state: learned })
    expect(readdirSync(base)).not.toContain('ran')
  })
})

describe('a service', () => {
  let server: Server
  let answer: string | undefined
  let status: number
  const requests: string[] = []
  beforeEach(async () => {
    status = 200
    server = createServer((request, response) => {
      requests.push(JSON.stringify(request.headers))
      if (answer !== undefined) response.writeHead(status, { 'content-type': 'application/json' }).end(answer)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const store = (timeLimit: number): StateStore => {
    const { port } = server.address() as AddressInfo
    const { environment } = step(main(), { ACTIONS_RESULTS_URL: `http://127.0.0.1:${port}/` })
    return stateCache({ environment, entry, timeLimit })
  }

  it('that never answers is given up', async () => {
    answer = undefined
    const why = 'there was no answer within 3 s'
    expect(await store(3000).restore()).toEqual(nothing(why))
    expect(await store(3000).save(learned)).toEqual(unkept(why))
    expect(requests.join()).not.toContain('never-passed-on')
  })

  it('that could not be asked is not told less than it may hold', async () => {
    for (const answered of [undefined, '{"code":"internal","msg":"down"}']) {
      answer = answered
      status = 418
      const one = store(3000)
      expect(await one.restore()).toEqual(nothing(/no answer within 3 s|Failed to Get.*418.*down/))
      const asked = requests.length
      expect(await one.save(learned)).toEqual(
        unkept('it could not be read, and is not hidden behind one that knows less'),
      )
      expect(requests.length).toBe(asked)
    }
  })

  it.each([
    ['<html>', 'there was no answer within 3 s'],
    ['[]', undefined],
    ['{"ok":true}', 'Invalid URL'],
    [
      '{"ok":true,"matched_key":"::error::x","signed_download_url":"file:///etc/passwd"}',
      'no answer within 3 s',
    ],
    ['{"ok":"yes","signed_download_url":7}', undefined],
  ])('that answers %s teaches nothing', async (text, why) => {
    answer = text
    const { state, trouble } = await store(3000).restore()
    expect(state).toEqual(emptyState)
    if (why === undefined) expect(trouble ?? '').not.toContain('\n')
    else expect(trouble).toContain(why)
  })
})

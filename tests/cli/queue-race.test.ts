import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { queueSchema, type QueueReport } from '../../src/model/index.ts'
import { countsOf, parseState, weekOf } from '../../src/schedule/index.ts'
import { Folder, mkGit, privileged, root, type Result } from './world.ts'

/** The command line as a process of its own. */
function start(folder: Folder, args: readonly string[]): { ended: Promise<Result>; kill: () => void } {
  const child = spawn(process.execPath, [join(root, 'src/main.ts'), 'queue', ...args], {
    cwd: folder.path,
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const result: Result = { code: -1, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (result.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (result.stderr += text))
  const ended = new Promise<Result>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ ...result, code: code ?? -1 }))
  })
  return { ended, kill: () => child.kill('SIGKILL') }
}

const scan = ['--only=privileged-container', '--verify=policy', '--jobs=0', '--format=json']
const read = ({ stdout }: Result): QueueReport => queueSchema.parse(JSON.parse(stdout))

function shop(files: number, config: string): Folder {
  const folder = new Folder({ '.k8s-autofix.yaml': config })
  for (let index = 0; index < files; index++)
    folder.write(`app-${index}.yaml`, privileged.replace('name: api', `name: app-${index}`))
  mkGit(folder)
  return folder
}

describe('many processes on one queue', () => {
  it('are given everything once, and begin it together', async () => {
    using folder = shop(9, 'schedule: { most-hourly: 100, most-open: 100 }\n')
    const results = await Promise.all(
      Array.from({ length: 6 }, async () => start(folder, ['next', '--count=2', ...scan]).ended),
    )
    expect(results.map(({ code, stderr }) => [code, stderr.includes('error')])).toEqual(
      results.map(() => [0, false]),
    )
    const given = results.flatMap((result) => read(result).items.map(({ id }) => id))
    expect(given).toHaveLength(9)
    expect(new Set(given).size).toBe(9)
    expect(results.map((result) => read(result).news.added).toSorted((a, b) => a - b)).toEqual([
      0, 0, 0, 0, 0, 9,
    ])
  })

  it('keep to the caps together', async () => {
    using folder = shop(9, 'schedule: { most-hourly: 5, most-open: 4 }\n')
    const results = await Promise.all(
      Array.from({ length: 5 }, async () => start(folder, ['next', '--count=3', ...scan]).ended),
    )
    const given = results.flatMap((result) => read(result).items.map(({ id }) => id))
    expect([given.length, new Set(given).size]).toEqual([4, 4])
    expect(results.every(({ code }) => code === 0)).toBe(true)
  })

  it('settle and learn together: no word of anybody is lost', async () => {
    using folder = shop(5, '{}\n')
    const { items } = read(await start(folder, ['next', '--count=5', ...scan]).ended)
    expect(items).toHaveLength(5)
    const words = items.map(({ id }, index) =>
      index < 3
        ? ['done', id, '--state=state.json']
        : ['ignore', id, 'it is wrong', '--wrong', '--state=state.json'],
    )
    const results = await Promise.all(words.map(async (word) => start(folder, word).ended))
    expect(results.map(({ code, stderr }) => [code, stderr])).toEqual(results.map(() => [0, '']))
    const state = parseState(readFileSync(join(folder.path, 'state.json'), 'utf8'))!
    expect([state.suggestions.size, state.suppressed.size]).toEqual([5, 2])
    const [count] = countsOf(state, weekOf(Date.now()))
    expect(Math.round(100 * count!.committed) / Math.round(100 * count!.shown)).toBeCloseTo(3 / 5, 1)
  })

  it('leave it whole when one is killed, whatever it was doing', async () => {
    using folder = shop(9, 'schedule: { most-hourly: 100, most-open: 100 }\n')
    const first = read(await start(folder, ['next', ...scan]).ended)
    const place = join(folder.path, '.k8s-autofix/queue.sqlite')
    // Holds the queue as a process does that is killed in the middle of a change.
    const holder = spawn(
      process.execPath,
      [
        '--eval',
        `const { DatabaseSync } = require('node:sqlite')
         const database = new DatabaseSync(process.argv[1])
         database.exec("PRAGMA cache_size = 1; BEGIN IMMEDIATE; DELETE FROM findings; DELETE FROM takes; UPDATE queue SET served = 7")
         process.stdout.write('held')
         setInterval(() => {}, 1000)`,
        place,
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    )
    await new Promise((resolve) => holder.stdout.once('data', resolve))
    const second = start(folder, ['next', ...scan])
    const third = start(folder, ['next', ...scan])
    // They wait for it; whoever has started to read meanwhile ends well.
    third.kill()
    holder.kill('SIGKILL')
    const { items } = read(await second.ended)
    await third.ended
    expect(items).toHaveLength(1)
    expect(items[0]?.id).not.toBe(first.items[0]?.id)
    const database = new DatabaseSync(place)
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
    expect(database.prepare('SELECT count(*) AS held FROM takes WHERE ended IS NULL').get()?.['held']).toBe(2)
    database.close()
  })
})

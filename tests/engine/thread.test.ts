import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startApiEngine, type ApiEngineOptions } from '../../src/adapters/api-engine.ts'
import type { EmbeddedEngine } from '../../src/cluster/index.ts'
import { InfrastructureError } from '../../src/model/index.ts'
import { root, sharedApi } from '../cli/world.ts'
import { standInModule } from './stand-in.ts'

const entry = pathToFileURL(join(root, 'src/main.ts'))

describe('the thread of the API engine', () => {
  let folder: string
  let engine: EmbeddedEngine | undefined
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'autofix engine '))
    writeFileSync(join(folder, 'stand-in.zst'), standInModule())
  })
  afterEach(async () => engine?.close())
  afterAll(() => rmSync(folder, { recursive: true }))

  const start = (options: ApiEngineOptions = {}): EmbeddedEngine =>
    (engine = startApiEngine(entry, { module: join(folder, 'stand-in.zst'), ...options }))
  const said = async (asked: EmbeddedEngine, body: string): Promise<string> =>
    asked.ask({ op: 'create' }, [body]).catch((error: unknown) => String(error))

  it('blames the object over which the module ends, and answers the others', async () => {
    const asked = start()
    const answers = await Promise.all(['a', 'b!', 'c', 'd!', 'e'].map((body) => said(asked, body)))
    const ended: unknown = expect.stringMatching(
      /^RequestFault: the embedded API server ended over this object: unreachable/,
    )
    expect(answers).toEqual(['{}', ended, '{}', ended, '{}'])
  })

  it('blames the object that takes too long, and answers the others', async () => {
    const asked = start({ deadline: 300 })
    const answers = await Promise.all(['a', 'b~', 'c', 'd~', 'e'].map((body) => said(asked, body)))
    const late = 'RequestFault: the embedded API server gave no answer within 0.3 s'
    expect(answers).toEqual(['{}', late, '{}', late, '{}'])
  })

  it('asks nothing more of a module that is missing or is none', async () => {
    for (const [content, words] of [
      [undefined, /ENOENT/],
      ['no zstd', /cannot be started/],
    ] as const) {
      const module = join(folder, 'other.zst')
      if (content !== undefined) writeFileSync(module, content)
      const asked = start({ module })
      const first = asked.ask({ op: 'describe' })
      await expect(first).rejects.toThrow(InfrastructureError)
      await expect(first).rejects.toThrow(words)
      await expect(asked.ask({ op: 'describe' })).rejects.toThrow(
        /^the embedded API server cannot be started: /,
      )
    }
  })

  it('ends a program no sooner than it is closed, whatever answer is on its way', () => {
    const script = join(import.meta.dirname, 'close-often.ts')
    const args = [script, join(root, 'src/main.ts'), join(folder, 'stand-in.zst')]
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 })
    expect([stdout, status]).toEqual(['done\n', 0])
  })

  it('leaves no question open when it is closed', async () => {
    const asked = start()
    const open = said(asked, 'a~')
    await asked.close()
    expect(await open).toBe('RequestFault: the embedded API server was closed')
  })
})

const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'
const json = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":'

describe('hostile objects', () => {
  it.each([
    ['nothing', '', 400],
    ['NUL', '\0', 400],
    ['deep flow', `${map}data: ${'['.repeat(100_000)}`, 400],
    ['deep flow that ends', `${map}data: ${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400],
    ['deep block', Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 400],
    ['deep JSON', `${json}${'{"a":'.repeat(100_000)}1${'}'.repeat(100_001)}`, 400],
    ['deep JSON that breaks off', '{"a":'.repeat(100_000), 400],
    ['5 MB', `${map}data: {a: ${'x'.repeat(5_000_000)}}`, 413],
    ['anchors that grow', growing(), 400],
    ['an anchor in itself', `${map}data: &a [${'*a,'.repeat(1000)}]`, 400],
    ['half a character', `${map}data: {a: "\ud800"}`, 201],
    ['a version that nobody has', 'apiVersion: v9\nkind: ConfigMap\nmetadata: {name: a}\n', 404],
    ['a kind that is a list', 'apiVersion: v1\nkind: [ConfigMap]\n', 400],
  ])('%s is answered', async (_, body, code) => {
    const type = body.startsWith('{') ? 'application/json' : 'application/yaml'
    const answer: unknown = JSON.parse(await sharedApi().ask({ op: 'create', type }, [body]))
    expect(answer).toMatchObject({ code })
  })
})

/** Nine times nine times … of what stands first. */
function growing(): string {
  const rows = Array.from(
    { length: 9 },
    (_, row) => `x${row + 1}: &x${row + 1} [${Array(9).fill(`*x${row}`).join()}]`,
  )
  return `${map}x0: &x0 [a]\n${rows.join('\n')}\n`
}

import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { schemaTexts } from '../../scripts/write-schemas.ts'
import { queueSchema, type QueueReport } from '../../src/model/index.ts'
import {
  countsOf,
  dayLength,
  emptyState,
  findingId,
  parseState,
  stateText,
  weekOf,
  withBacklog,
  type State,
} from '../../src/schedule/index.ts'
import { renderQueue } from '../../src/report/index.ts'
import { cli, Folder, mkGit, privileged, type Result } from './world.ts'

const begin = Date.UTC(2026, 10, 30)
const store = '.k8s-autofix/queue.sqlite'
/** Two safe fixes in two files, and one that is somebody's to decide. */
const only = '--only=privileged-container,host-ipc,image-tag'
const ipc = `apiVersion: v1
kind: Pod
metadata:
  name: worker
  namespace: shop
spec:
  hostIPC: true
  containers:
    - name: worker
      image: registry.example/shop/worker
`
const fixed = privileged.replace('privileged: true', 'privileged: false')

function repository(files: Record<string, string> = { 'api.yaml': privileged, 'worker.yaml': ipc }): Folder {
  const folder = new Folder(files)
  mkGit(folder)
  return folder
}

/** Runs `queue`, so many days after the beginning. */
async function queue(
  folder: Folder,
  args: readonly string[],
  days = 0,
  change: Parameters<typeof cli>[2] = {},
): Promise<Result> {
  const [action, ...rest] = args
  const scans = action === 'list' || action === 'next' ? [only] : []
  return cli(folder.path, ['queue', ...(action === undefined ? [] : [action]), ...scans, ...rest], {
    time: () => begin + days * dayLength,
    ...change,
  })
}

async function report(folder: Folder, args: readonly string[], days = 0): Promise<QueueReport> {
  const { code, stdout, stderr } = await queue(folder, [...args, '--format=json'], days)
  expect([code, stderr.includes('error')]).toEqual([0, false])
  return queueSchema.parse(JSON.parse(stdout))
}

const refused = async (folder: Folder, args: readonly string[], days = 0, code = 2): Promise<string> => {
  const result = await queue(folder, args, days)
  expect([result.code, result.stdout]).toEqual([code, ''])
  expect(result.stderr).toMatch(/^error: /)
  expect(result.stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2)
  return result.stderr
}

describe('queue list', () => {
  it('shows what is there in the order of its turn, and counts', async () => {
    using folder = repository()
    const first = await queue(folder, ['list'])
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toMatchInlineSnapshot(`
      "id        severity  risk  age  due         state    what
      4cb9e6dd  critical  87    0 d  2026-12-07  waiting  api.yaml:13  The container is privileged
      d0170710  high      65    0 d  2026-12-30  waiting  worker.yaml:7  The pod shares the node's inter-process communication

      2 fixes wait, 0 taken, 0 ignored
      findings past due: 0 of 1 critical, 0 of 1 high
      without a fix to take: 1 needs a value (--all lists them)
      findings since the last look: 3 new
      taken within the hour: 0 of 5 · open: 0 of 10
        k8s-autofix queue next --only=privileged-container,host-ipc,image-tag   gives the first, and holds it for you
      "
    `)
    const late = await queue(folder, ['list', '--all'], 8)
    expect(late.stdout).toMatchInlineSnapshot(`
      "id        severity  risk  age  due              state          what
      4cb9e6dd  critical  87    8 d  2026-12-07 late  waiting        api.yaml:13  The container is privileged
      d0170710  high      65    8 d  2026-12-30       waiting        worker.yaml:7  The pod shares the node's inter-process communication
      1b905cb6  medium    27    8 d  2027-02-28       needs a value  worker.yaml:10  The image has no fixed version

      2 fixes wait, 0 taken, 0 ignored
      findings past due: 1 of 1 critical, 0 of 1 high
      without a fix to take: 1 needs a value
      taken within the hour: 0 of 5 · open: 0 of 10
        k8s-autofix queue next --only=privileged-container,host-ipc,image-tag   gives the first, and holds it for you
      "
    `)
  })

  it('says what is wrong where on a narrow terminal, too', async () => {
    using folder = repository()
    const shown = renderQueue(await report(folder, ['list']), {
      color: false,
      width: 64,
      all: false,
      unsafe: false,
      hasLearned: false,
      quiet: true,
      next: '',
    })
    expect(shown).toMatchInlineSnapshot(`
      "id        severity  due         what
      4cb9e6dd  critical  2026-12-07  api.yaml:13  The container is p…
      d0170710  high      2026-12-30  worker.yaml:7  The pod shares t…
      "
    `)
  })

  it('does not send anybody to take what the caps do not allow', async () => {
    using folder = repository({
      'api.yaml': privileged,
      'worker.yaml': ipc,
      '.k8s-autofix.yaml': 'schedule: { most-hourly: 1 }\n',
    })
    await queue(folder, ['next'])
    const { stdout } = await queue(folder, ['list'])
    expect(stdout).toContain('taken within the hour: 1 of 1, free at 2026-11-30 01:00 UTC · open: 1 of 10')
    expect(stdout).not.toContain('gives the first')
  })

  it('gives the same as JSON, as the published schema says', async () => {
    using folder = repository()
    const { stdout } = await queue(folder, ['list', '--format=json'], 0)
    const validate = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(
      JSON.parse(schemaTexts().get('queue.schema.json') ?? '') as object,
    )
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true)
    const { items, starvation, news, caps } = queueSchema.parse(JSON.parse(stdout))
    expect(
      items.map(({ work, severity, state, findings }) => [work, severity, state, findings[0]?.policy]),
    ).toEqual([
      ['fix', 'critical', 'waiting', 'privileged-container'],
      ['fix', 'high', 'waiting', 'host-ipc'],
      ['needs-value', 'medium', 'waiting', 'image-tag'],
    ])
    expect(starvation).toEqual({ critical: { pastDue: 0, of: 1 }, high: { pastDue: 0, of: 1 } })
    expect([news.added, caps.hourly.most, caps.open.most]).toEqual([3, 5, 10])
    // The same tree and moment give the same bytes, but for what is new.
    const again = await queue(folder, ['list', '--format=json'], 0)
    expect(again.stdout).toBe(stdout.replace('"added": 3', '"added": 0'))
  })

  it('knows what is gone, and lets what comes back wait anew', async () => {
    using folder = repository()
    await report(folder, ['list'])
    folder.write('api.yaml', fixed)
    expect((await report(folder, ['list'], 5)).news).toMatchObject({ added: 0, gone: 1 })
    folder.write('api.yaml', privileged)
    const back = await report(folder, ['list'], 9)
    expect(back.news).toMatchObject({ added: 0, back: 1 })
    const item = back.items.find(({ severity }) => severity === 'critical')
    expect(item).toMatchObject({ age: 0, overdue: false, since: '2026-12-09T00:00:00.000Z' })
    expect(back.items.find(({ severity }) => severity === 'high')).toMatchObject({ age: 9 })
  })

  it('takes nothing for gone that it did not look at', async () => {
    using folder = repository()
    await report(folder, ['list'])
    expect((await report(folder, ['list', 'worker.yaml'], 1)).items).toHaveLength(2)
    const other = await cli(folder.path, ['queue', 'list', '--only=host-pid', '--format=json'])
    expect(queueSchema.parse(JSON.parse(other.stdout)).news.gone).toBe(0)
    folder.write('api.yaml', `${privileged}  ]`)
    const broken = await queue(folder, ['list', '--format=json'], 2)
    expect([broken.code, queueSchema.parse(JSON.parse(broken.stdout)).news.gone]).toEqual([2, 0])
    expect(broken.stderr).toContain('error: api.yaml')
    folder.write('api.yaml', privileged)
    expect((await report(folder, ['list'], 8)).items[0]).toMatchObject({ age: 8, overdue: true })
    rmSync(join(folder.path, 'api.yaml'))
    expect((await report(folder, ['list'], 9)).news.gone).toBe(1)
    // A part that nobody could read before either hides nothing of the rest.
    folder.write('api.yaml', `${privileged}---\nkind: Service\nmetadata: { name: a }\nspec: {}\n`)
    const partly = await queue(folder, ['list', '--format=json'], 10)
    expect([partly.code, queueSchema.parse(JSON.parse(partly.stdout)).news.back]).toEqual([2, 1])
    folder.write('api.yaml', `${fixed}---\nkind: Service\nmetadata: { name: a }\nspec: {}\n`)
    const mended = await queue(folder, ['list', '--format=json'], 11)
    expect([mended.code, queueSchema.parse(JSON.parse(mended.stdout)).news.gone]).toEqual([2, 1])
  })

  it('keeps its file out of the repository and of scans, and nothing of a manifest in it', async () => {
    const secret = 'c3VwZXItc2VjcmV0'
    using folder = repository({
      'api.yaml': `${privileged}          env: [{ name: TOKEN, value: ${secret} }]\n`,
    })
    await queue(folder, ['list'])
    const status = execFileSync('git', ['status', '--porcelain'], { cwd: folder.path, encoding: 'utf8' })
    expect(status).not.toContain('k8s-autofix')
    expect(readdirSync(join(folder.path, '.k8s-autofix')).toSorted()).toEqual(['.gitignore', 'queue.sqlite'])
    folder.write('.k8s-autofix/state.yaml', privileged)
    expect((await report(folder, ['list'])).items).toHaveLength(1)
    const bytes = readFileSync(join(folder.path, store)).toString('latin1')
    expect(bytes).not.toContain(secret)
    expect(bytes).not.toContain('registry.example')
  })
})

describe('queue next', () => {
  it('gives a patch that git applies, and the next one after it', async () => {
    using folder = repository()
    const { code, stdout, stderr } = await queue(folder, ['next'])
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^k8s-autofix: once it is in: k8s-autofix queue done [0-9a-f]{8}\n$/),
    ])
    execFileSync('git', ['apply'], { cwd: folder.path, input: stdout })
    expect(readFileSync(join(folder.path, 'api.yaml'), 'utf8')).toBe(fixed)
    const second = await queue(folder, ['next', '--count', '5'], 0)
    execFileSync('git', ['apply'], { cwd: folder.path, input: second.stdout })
    expect(readFileSync(join(folder.path, 'worker.yaml'), 'utf8')).toBe(ipc.replace('  hostIPC: true\n', ''))
    const third = await queue(folder, ['next'])
    expect([third.code, third.stdout, third.stderr]).toEqual([0, '', 'k8s-autofix: no fix waits\n'])
  })

  it('gives edits and diffs as JSON, from the folder in the repository', async () => {
    using folder = new Folder({ 'team a/api.yaml': privileged })
    mkGit(folder)
    const { code, stdout } = await cli(join(folder.path, 'team a'), ['queue', 'next', only, '--format=json'])
    const { items, caps } = queueSchema.parse(JSON.parse(stdout))
    expect([code, items.length, caps.open.used]).toEqual([0, 1, 1])
    expect(items[0]?.edits).toMatchObject([{ file: 'api.yaml', kind: 'replace' }])
    execFileSync('git', ['apply'], { cwd: folder.path, input: items[0]?.diff ?? '' })
    expect(readFileSync(join(folder.path, 'team a/api.yaml'), 'utf8')).toBe(fixed)
    expect(existsSync(join(folder.path, store))).toBe(true)
    expect(await refused(folder, ['list'])).toContain('the queue was begun in team a/, and this is the root')
  })

  it('holds what it gave until the lease ends', async () => {
    using folder = repository({ 'api.yaml': privileged })
    expect((await report(folder, ['next', '--lease=2d'])).items[0]).toMatchObject({
      state: 'taken',
      until: '2026-12-02T00:00:00.000Z',
    })
    expect((await report(folder, ['next'], 1.9)).items).toEqual([])
    expect((await queue(folder, ['list'], 1.9)).stdout).toContain(
      'taken  api.yaml:13  The container is privileged (until 2026-12-02 00:00 UTC)',
    )
    expect((await report(folder, ['next'], 2)).items).toHaveLength(1)
  })

  it('keeps to the caps of the configuration, and says when there is room', async () => {
    const files = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name) => [`${name}.yaml`, privileged.replace('name: api', `name: ${name}`)]),
    )
    using folder = repository({
      ...files,
      '.k8s-autofix.yaml': 'schedule: { most-hourly: 2, most-open: 3 }\n',
    })
    const first = await queue(folder, ['next', '--count=4', '--lease=12h'])
    expect(first.stdout.match(/^diff /gm)).toHaveLength(2)
    expect(first.stderr).toContain(
      '2 of 2 fixes were taken within the hour (schedule.most-hourly): the next is free at 2026-11-30 01:00 UTC',
    )
    const later = await queue(folder, ['next', '--count=4', '--lease=12h'], 2 / 24)
    expect(later.stdout.match(/^diff /gm)).toHaveLength(1)
    const none = await queue(folder, ['next'], 4 / 24)
    expect([none.code, none.stdout]).toEqual([0, ''])
    expect(none.stderr).toContain('3 of 3 fixes are open (schedule.most-open)')
    expect(none.stderr).toContain('at 2026-11-30 12:00 UTC')
    const { items } = await report(folder, ['list'], 4 / 24)
    const taken = items.find(({ state }) => state === 'taken')
    expect((await queue(folder, ['done', taken?.id.slice(0, 10) ?? ''], 4 / 24)).code).toBe(0)
    expect((await report(folder, ['next'], 4 / 24)).items).toHaveLength(1)
  })

  it('gives one fix of a file at a time, and fixes that may break a workload on request alone', async () => {
    using folder = repository({ 'both.yaml': `${privileged}---\n${ipc}` })
    const first = await queue(folder, ['next', '--count=2'])
    expect(first.stdout.match(/^diff /gm)).toHaveLength(1)
    expect(first.stderr).toContain('1 fix waits for one that is taken in the same file')
    using other = repository({ 'api.yaml': privileged })
    const args = ['queue', 'next', '--only=read-only-root-fs']
    expect(await cli(other.path, args)).toMatchObject({ stdout: '', stderr: 'k8s-autofix: no fix waits\n' })
    const unsafe = await cli(other.path, [...args, '--unsafe-fixes'])
    expect(unsafe.stdout).toContain('+            readOnlyRootFilesystem: true')
  })
})

describe('queue done and ignore', () => {
  it('settle an item, and teach what became of it', async () => {
    using folder = repository()
    const [first, second] = (await report(folder, ['next', '--count=2'])).items
    folder.write('api.yaml', fixed)
    // The scan has seen that it is gone before anybody has said so.
    expect((await report(folder, ['list'])).news.gone).toBe(1)
    const done = await queue(folder, ['done', first!.id.slice(0, 6), '--state=state.json'])
    expect(done).toMatchObject({ code: 0, stderr: '' })
    expect(done.stdout).toBe(
      `${first!.id.slice(0, 8)}  api.yaml:13  The container is privileged\n1 item done\n`,
    )
    const text = readFileSync(join(folder.path, 'state.json'), 'utf8')
    const state = parseState(text)!
    expect(countsOf(state, weekOf(begin))).toMatchObject([
      {
        context: { policy: 'privileged-container', introduced: false },
        shown: 1,
        fixed: 1,
        committed: 1,
        broke: 0,
      },
    ])
    expect((await queue(folder, ['done', first!.id, '--state=state.json'])).code).toBe(0)
    expect(readFileSync(join(folder.path, 'state.json'), 'utf8')).toBe(text)
    for (const word of ['shop', 'api', 'worker', first!.id]) expect(text).not.toContain(word)

    const said = ['ignore', second!.id, 'the agents talk by it', '--until=2026-12-31', '--state=state.json']
    const ignored = await queue(folder, said)
    expect(ignored.stdout).toContain('ignored until 2026-12-31: the agents talk by it\n')
    const after = parseState(readFileSync(join(folder.path, 'state.json'), 'utf8'))!
    expect(marksOf(after)).toEqual([
      ['shown', 'accepted'],
      ['shown', 'fixed', 'committed'],
    ])
    expect(after.suppressed.get(findingId('', second!.id))).toEqual({
      at: begin / 1000,
      until: weekOf(begin + 31 * dayLength),
    })
    expect(countsOf(after, weekOf(begin))).toHaveLength(1)
    expect((await queue(folder, ['list'])).stdout).toContain(
      "ignored  worker.yaml:7  The pod shares the node's inter-process communication (until 2026-12-31: the agents talk by it)",
    )
    // Who asks with the state hears the same reason.
    const { items } = await report(folder, ['list', '--state=state.json'])
    expect(items.find(({ id }) => id === second!.id)).toMatchObject({
      state: 'ignored',
      ignored: 'the agents talk by it',
    })
    expect((await report(folder, ['next'], 31)).items).toEqual([])
    expect((await report(folder, ['next'], 32)).items).toHaveLength(1)
  })

  it('teach that a finding is wrong, where somebody says so', async () => {
    using folder = repository({ 'worker.yaml': ipc })
    const [item] = (await report(folder, ['list'])).items
    const args = ['ignore', item!.id, '--reason', 'it is no pod', '--wrong', '--state=state.json']
    expect((await queue(folder, args)).stdout).toContain('ignored for good: it is no pod')
    const state = parseState(readFileSync(join(folder.path, 'state.json'), 'utf8'))!
    expect(marksOf(state)).toEqual([['shown', 'dismissed']])
    expect(countsOf(state, weekOf(begin))).toMatchObject([{ shown: 1, fixed: 0 }])
    // A state that was told so in a review silences another queue, too.
    rmSync(join(folder.path, '.k8s-autofix'), { recursive: true })
    expect((await report(folder, ['next', '--state=state.json'])).items).toEqual([])
    expect((await report(folder, ['list', '--state=state.json'])).items[0]).toMatchObject({
      state: 'ignored',
    })
  })

  it('let what was learned give the order', async () => {
    using folder = repository()
    const [first] = (await report(folder, ['list'])).items
    expect(first?.findings[0]?.policy).toBe('privileged-container')
    const state = join(folder.path, 'state.json')
    // Many people have said that this is wrong.
    await queue(folder, ['ignore', first!.id, 'wrong', '--wrong', `--state=${state}`])
    const [said] = parseState(readFileSync(state, 'utf8'))!.suggestions.values()
    const ids = Array.from({ length: 40 }, (_, index) => String(index).padStart(11, 'a'))
    const suggestions = new Map(ids.map((id) => [id, { ...said!, id }]))
    writeFileSync(state, stateText({ ...emptyState, suggestions }))
    rmSync(join(folder.path, '.k8s-autofix'), { recursive: true })
    const { items } = await report(folder, ['list', `--state=${state}`])
    expect(items.map(({ findings }) => findings[0]?.policy)).toEqual([
      'host-ipc',
      'privileged-container',
      'image-tag',
    ])
    expect((await queue(folder, ['list', `--state=${state}`])).stdout).toMatch(
      /^id +severity +risk +value +age/,
    )
    // The configuration may want the risk alone.
    const plain = await report(folder, ['list', `--state=${state}`, '--set=schedule.order=risk'])
    expect(plain.items[0]?.findings[0]?.policy).toBe('privileged-container')
  })

  it('take from a state when findings were first seen', async () => {
    using folder = repository()
    const [first, second] = (await report(folder, ['list'])).items
    const day = begin / dayLength - 40
    const known = withBacklog(emptyState, [findingId('owner/shop', second!.id)], day)
    folder.write('state.json', stateText(known))
    const { stdout } = await queue(
      folder,
      ['list', '--state=state.json', '--store=other.sqlite', '--format=json'],
      0,
      {
        env: { GITHUB_REPOSITORY: 'owner/shop' },
      },
    )
    const { items } = queueSchema.parse(JSON.parse(stdout))
    expect(items.map(({ id, age }) => [id, age])).toEqual([
      [second!.id, 40],
      [first!.id, 0],
      [expect.any(String), 0],
    ])
  })

  it('say what they were told when it is still there', async () => {
    using folder = repository({ 'api.yaml': privileged })
    const [item] = (await report(folder, ['next'])).items
    await queue(folder, ['done', item!.id])
    const { stdout } = await queue(folder, ['list'], 1)
    expect(stdout).toContain('1 said to be done and still there')
    expect(stdout).toContain(' 1 d  2026-12-07  waiting')
  })
})

function marksOf({ suggestions }: State): string[][] {
  return [...suggestions.values()].map(({ marks }) => [...marks]).toSorted((a, b) => a.length - b.length)
}

describe('mistakes', () => {
  it.each([
    [[], 'queue needs one of list, next, done, ignore'],
    [['lst'], 'queue lst: must be one of list, next, done, ignore; did you mean "list"?'],
    [['list', '--count=2'], '--count is for queue next'],
    [['done', 'abcdef', '--all'], '--all is for queue list'],
    [['next', '--until=2027-01-31'], '--until is for queue ignore'],
    [['next', '--count=0'], '--count 0: must be a number from 1 to 100'],
    [['next', '--lease=1y'], '--lease 1y: must be a time such as 30m, 24h or 7d'],
    [['next', '--lease=91d'], '90 days at most'],
    [['list', '--format=patch'], '--format patch: queue has pretty and json'],
    [['list', '--diff=a...b'], 'unknown flag --diff; this command does not have it'],
    [['list', '-'], 'standard input has no backlog'],
    [['list', 'nowhere'], 'nowhere: no such file or folder'],
    [['done'], 'queue done: names no id'],
    [['done', 'abcdef0'], `${store}: there is no queue yet`],
    [['ignore'], 'queue ignore: names no id'],
    [['ignore', 'abcdef0'], 'says no reason'],
    [['ignore', 'abcdef0', ' '], 'says no reason'],
    [['ignore', 'abcdef0', 'a', 'b'], 'put the reason into quotes'],
    [['ignore', 'abcdef0', 'a', '--reason=b'], 'the reason is given twice'],
    [['ignore', 'abcdef0', 'a', '--until=2026-11-29'], '--until 2026-11-29: is over'],
    [['ignore', 'abcdef0', 'a', '--until=2027-02-30'], 'must be a day such as 2027-01-31'],
    [['list', `--store=${'a'.repeat(300)}`], 'cannot be written'],
    [['list', '--store=none/queue.sqlite'], 'none/queue.sqlite: the folder is not there'],
  ])('%j', async (args, message) => {
    using folder = repository()
    expect(await refused(folder, args)).toContain(message)
    expect(existsSync(join(folder.path, '.k8s-autofix'))).toBe(false)
  })

  it('with ids: unknown, and settled', async () => {
    using folder = repository({ 'worker.yaml': ipc })
    const [item] = (await report(folder, ['list'])).items
    expect(await refused(folder, ['done', 'abcdef0'])).toContain(
      'abcdef0: no finding of the queue has this id',
    )
    expect(await refused(folder, ['done', item!.id, 'abcdef0'])).toContain('abcdef0')
    // One wrong id, and nothing is done.
    expect((await report(folder, ['list'])).items).toHaveLength(2)
    await queue(folder, ['done', item!.id])
    expect(await refused(folder, ['ignore', item!.id, 'x'])).toContain('is settled already')
  })

  it('with a state that is none: nothing is settled, nothing overwritten', async () => {
    using folder = repository({ 'worker.yaml': ipc, 'state.json': '{}' })
    const [item] = (await report(folder, ['list'])).items
    expect(await refused(folder, ['done', item!.id, '--state=state.json'])).toContain(
      'no state of this version',
    )
    expect((await report(folder, ['list'])).news.undone).toBe(0)
    expect(readFileSync(join(folder.path, 'state.json'), 'utf8')).toBe('{}')
  })
})

describe('the file of a queue', () => {
  const place = (folder: Folder): string => join(folder.path, store)
  const damage = async (change: (database: DatabaseSync) => void): Promise<string> => {
    using folder = repository()
    await queue(folder, ['list'])
    const database = new DatabaseSync(place(folder))
    change(database)
    database.close()
    const before = readFileSync(place(folder))
    const text = await refused(folder, ['list'])
    expect(readFileSync(place(folder)).equals(before)).toBe(true)
    return text
  }

  it.each([
    ['text', 'not a database at all, but long enough to be looked at'.repeat(20)],
    ['half of a page', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(500, 7)])],
  ])('that holds %s is left as it is', async (_, content) => {
    using folder = repository()
    mkdirSync(join(folder.path, '.k8s-autofix'))
    writeFileSync(place(folder), content)
    expect(await refused(folder, ['list'])).toMatch(
      /queue\.sqlite: is no queue that can be read: .*\n +move the file away/,
    )
    expect(readFileSync(place(folder)).equals(Buffer.from(content))).toBe(true)
  })

  it('that is cut off in the middle is told so', async () => {
    using folder = repository()
    await queue(folder, ['list'])
    writeFileSync(place(folder), readFileSync(place(folder)).subarray(0, 9000))
    expect(await refused(folder, ['list'])).toContain('is no queue that can be read')
  })

  it('of another version, another program, or with more in it than we put there', async () => {
    expect(await damage((database) => database.exec('PRAGMA user_version = 2'))).toContain(
      'is a queue of version 2, and this k8s-autofix knows version 1',
    )
    expect(await damage((database) => database.exec('PRAGMA application_id = 7'))).toContain(
      'of another program',
    )
    const trigger = "CREATE TRIGGER t AFTER UPDATE ON queue BEGIN UPDATE findings SET title = 'x'; END"
    expect(await damage((database) => database.exec(trigger))).toContain(
      'its tables are not as they were made',
    )
    expect(
      await damage((database) =>
        database.exec("UPDATE findings SET file = ''; UPDATE findings SET severity = 'huge'"),
      ),
    ).toContain('findings: 0.severity')
    expect(await damage((database) => database.exec("UPDATE findings SET engines = '[1'"))).toContain(
      'is no JSON',
    )
    expect(
      await damage((database) => database.exec('UPDATE findings SET decided = 9007199254740993')),
    ).toContain('is no queue that can be read')
    expect(await damage((database) => database.exec('DELETE FROM queue'))).toContain('holds not one row')
  })

  it('may be elsewhere, under any name', async () => {
    using folder = repository()
    using other = new Folder()
    const named = join(other.path, "it's a queue?#%.db")
    chmodSync(folder.path, 0o500)
    const { code, stdout } = await queue(folder, ['list', '--store', named])
    expect([code, stdout.includes('2 fixes wait')]).toEqual([0, true])
    expect(readdirSync(other.path)).toEqual(["it's a queue?#%.db"])
    expect(stdout).toContain(`queue next '--store=${named.replaceAll("'", "'\\''")}' --only`)
    chmodSync(folder.path, 0o700)
    expect(existsSync(join(folder.path, '.k8s-autofix'))).toBe(false)
  })

  it('is never made or opened through a link of the repository, nor in the place of a folder', async () => {
    using folder = repository()
    using other = new Folder()
    symlinkSync(other.path, join(folder.path, '.k8s-autofix'))
    expect(await refused(folder, ['list'])).toContain('is behind a symbolic link')
    expect(readdirSync(other.path)).toEqual([])
    rmSync(join(folder.path, '.k8s-autofix'))
    mkdirSync(place(folder), { recursive: true })
    expect(await refused(folder, ['list'])).toContain('is no regular file')
  })
})

import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findTool, toolRunner, type ToolRun } from '../../src/adapters/tool-runner.ts'
import { InfrastructureError, UserError } from '../../src/model/index.ts'
import { matching } from '../cluster/matching.ts'
import { failureOf, isRunning, makeScene, type Scene } from './support.ts'

let scene: Scene
beforeAll(() => {
  scene = makeScene()
})
afterAll(() => scene.remove())

function run(program: string, more: Partial<ToolRun> = {}): ReturnType<typeof toolRunner.run> {
  return toolRunner.run({
    program,
    arguments: [],
    folder: scene.folder,
    environment: { HOME: scene.temporary },
    timeLimit: 20_000,
    outputLimit: 1_000_000,
    ...more,
  })
}

describe('running another program', () => {
  it('gives exit code and both outputs, unchanged', async () => {
    const program = scene.script('plain', `printf 'ä\\n'; printf oops >&2; exit 3`)
    expect(await run(program)).toEqual({ kind: 'exited', exitCode: 3, stdout: 'ä\n', stderr: 'oops' })
  })

  it('passes on arguments as they are, and nothing of our environment', async () => {
    process.env['K8S_AUTOFIX_TEST_TOKEN'] = 'secret'
    const program = scene.script('env', `printf '%s|' "$@"; env`)
    const outcome = await run(program, { arguments: ['a b', '$(id)', '*'] })
    delete process.env['K8S_AUTOFIX_TEST_TOKEN']
    const stdout = outcome.kind === 'exited' ? outcome.stdout : ''
    expect(stdout.startsWith('a b|$(id)|*|')).toBe(true)
    const names = stdout
      .split('|')
      .at(-1)!
      .split('\n')
      .map((line) => line.split('=', 1)[0])
    // The shell itself adds PWD and the like.
    expect(
      names.filter((name) => name !== '' && !['PWD', 'OLDPWD', 'SHLVL', '_', 'PATH'].includes(name!)),
    ).toEqual(['HOME'])
  })

  it.runIf(process.platform !== 'win32')('kills all that it started when time is up', async () => {
    const pids = join(scene.folder, 'pids')
    const program = scene.script('hang', `sleep 300 & echo $! > ${pids}; echo $$ >> ${pids}; wait`)
    expect(await run(program, { timeLimit: 500 })).toEqual({ kind: 'timed-out', milliseconds: 500 })
    for (const pid of readFileSync(pids, 'utf8').trim().split('\n'))
      await expect.poll(() => isRunning(Number(pid))).toBe(false)
  })

  it.runIf(process.platform !== 'win32')(
    'ends when time is up, though a left-over holds the output',
    async () => {
      const pids = join(scene.folder, 'pids-left')
      const program = scene.script('leaves', `sleep 300 & echo $! > ${pids}; exit 0`)
      expect(await run(program, { timeLimit: 500 })).toEqual({ kind: 'timed-out', milliseconds: 500 })
      await expect.poll(() => isRunning(Number(readFileSync(pids, 'utf8')))).toBe(false)
    },
  )

  it.runIf(process.platform !== 'win32')('stops one that prints without end', async () => {
    const pids = join(scene.folder, 'pids-yes')
    const program = scene.script('endless', `echo $$ > ${pids}; exec yes`)
    expect(await run(program)).toEqual({ kind: 'too-much-output', bytes: 1_000_000 })
    await expect.poll(() => isRunning(Number(readFileSync(pids, 'utf8')))).toBe(false)
    const errors = scene.script('endless-errors', `exec yes >&2`)
    expect(await run(errors)).toEqual({ kind: 'too-much-output', bytes: 1_000_000 })
  })

  it('tells a crash from an exit', async () => {
    const program = scene.script('crash', `kill -SEGV $$`)
    expect(await run(program)).toEqual({ kind: 'killed', signal: 'SIGSEGV', stderr: '' })
  })

  it.runIf(process.platform !== 'win32')('ends with its signal, and takes the program with it', async () => {
    const pids = join(scene.folder, 'pids-abort')
    const program = scene.script('aborted', `echo $$ > ${pids}; exec sleep 300`)
    const controller = new AbortController()
    const running = failureOf(run(program, { signal: controller.signal }))
    await expect.poll(() => existsSync(pids) && readFileSync(pids, 'utf8') !== '').toBe(true)
    controller.abort(new Error('enough'))
    expect(await running).toEqual(new Error('enough'))
    await expect.poll(() => isRunning(Number(readFileSync(pids, 'utf8')))).toBe(false)
    expect(await failureOf(run(program, { signal: controller.signal }))).toEqual(new Error('enough'))
  })

  it('says why a program cannot be started', async () => {
    const missing = await failureOf(run(join(scene.folder, 'missing')))
    expect(missing).toBeInstanceOf(InfrastructureError)
    expect(String(missing)).toMatch(/missing cannot be started: it is gone/)
    const folder = await failureOf(run(scene.temporary))
    expect(String(folder)).toMatch(/cannot be started: it may not be executed/)
  })
})

describe('finding a program', () => {
  const search = async (
    path: string | undefined,
    searchPath: string,
    repositories: readonly string[] = [],
    namedAnywhere = true,
  ): Promise<string> =>
    findTool({
      name: 'kube-linter',
      path,
      folder: scene.folder,
      searchPath,
      repositories,
      namedAnywhere,
      hint: 'install it',
    })

  it('takes the first folder of PATH that holds it, relative ones excepted', async () => {
    for (const folder of ['first', 'second']) {
      mkdirSync(join(scene.folder, folder), { recursive: true })
      scene.script(join(folder, 'kube-linter'), 'true')
    }
    const folders = ['first', 'second'].map((folder) => join(scene.folder, folder))
    expect(await search(undefined, folders.join(delimiter))).toBe(join(folders[0]!, 'kube-linter'))
    chmodSync(join(folders[0]!, 'kube-linter'), 0o644)
    expect(await search(undefined, ['', '.', ...folders].join(delimiter))).toBe(
      join(folders[1]!, 'kube-linter'),
    )
  })

  it('fails where PATH has none, saying how to get it', async () => {
    const error = await failureOf(search(undefined, scene.temporary))
    expect(error).toBeInstanceOf(InfrastructureError)
    expect(error).toMatchObject({
      message: 'kube-linter is not installed: no folder of PATH holds it',
      hint: 'install it',
    })
  })

  it('passes over what a repository brings, and links to and from there', async () => {
    const [repository, links, own] = ['repository', 'links', 'own'].map((name) =>
      join(scene.folder, name),
    ) as [string, string, string]
    for (const folder of [repository, links, own]) mkdirSync(folder, { recursive: true })
    scene.script('own/kube-linter', 'true')
    scene.script('repository/evil', 'true')
    symlinkSync(join(own, 'kube-linter'), join(repository, 'kube-linter'))
    symlinkSync(join(repository, 'evil'), join(links, 'kube-linter'))
    const path = [repository, links].join(delimiter)
    expect(await search(undefined, [path, own].join(delimiter), [repository])).toBe(join(own, 'kube-linter'))
    const error = await failureOf(search(undefined, path, [repository]))
    expect(error).toMatchObject({ name: 'InfrastructureError', message: matching(/lies in the repository/) })
    // Named at a terminal it is the user's own choice; in Actions it is not.
    expect(await search('repository/evil', '', [repository])).toBe(join(repository, 'evil'))
    const named = await failureOf(search('links/kube-linter', '', [repository], false))
    expect(named).toMatchObject({ name: 'UserError', message: matching(/lies in the repository/) })
  })

  it('takes a given path as it is', async () => {
    expect(await search('second/kube-linter', '')).toBe(join(scene.folder, 'second/kube-linter'))
    await expect(search('no/kube-linter', scene.folder)).rejects.toThrow(UserError)
    await expect(search('second', scene.folder)).rejects.toThrow(
      'second is no program that can be run as kube-linter',
    )
  })
})

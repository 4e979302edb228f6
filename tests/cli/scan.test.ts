import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/index.ts'
import { sarifProblems } from '../support/sarif/schema.ts'
import { clean, cli, Folder, privileged } from './world.ts'

const parse = (text: string): Report => JSON.parse(text) as Report

describe('scan', () => {
  it('finds, shows and changes nothing', async () => {
    using folder = new Folder({ 'deploy/a.yaml': privileged })
    const { code, stdout, stderr } = await cli(folder.path, ['scan', 'deploy'])
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).toContain('error[privileged-container]')
    expect(stdout).toContain('--> deploy/a.yaml:13:25  Deployment shop/api, container api')
    expect(stdout).toContain('k8s-autofix fix deploy')
    expect(readFileSync(join(folder.path, 'deploy/a.yaml'), 'utf8')).toBe(privileged)
  })

  it('is one line and 0 when clean, and says so when there is nothing', async () => {
    using folder = new Folder({ 'a.yaml': clean, 'empty/readme.md': '' })
    expect(await cli(folder.path, ['scan'])).toEqual({
      code: 0,
      stdout: '1 file, 1 resource: nothing found · 0.0 s\n',
      stderr: '',
    })
    expect(await cli(folder.path, ['scan', '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(await cli(folder.path, ['scan', 'empty'])).toMatchObject({
      code: 0,
      stdout: 'no Kubernetes manifests found · 0.0 s\n',
    })
  })

  it.each([
    ['never', 0],
    ['low', 1],
    ['medium', 1],
    ['high', 1],
    ['critical', 1],
  ])('--fail-on %s ends with %i on a critical finding', async (level, code) => {
    using folder = new Folder({ 'a.yaml': privileged })
    expect((await cli(folder.path, ['scan', '--fail-on', level])).code).toBe(code)
  })

  it('--fail-on looks at the severity that the configuration gives', async () => {
    using folder = new Folder({ 'a.yaml': privileged })
    const args = ['scan', '--only', 'privileged-container', '--set', 'severity.privileged-container=medium']
    expect((await cli(folder.path, [...args, '--fail-on=high'])).code).toBe(0)
    expect((await cli(folder.path, [...args, '--fail-on=medium'])).code).toBe(1)
  })

  it.each(['', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n'])(
    'a kustomization is nothing that a server would refuse: %j',
    async (head) => {
      using folder = new Folder({ 'a.yaml': clean, 'kustomization.yaml': `${head}resources: [a.yaml]\n` })
      expect(await cli(folder.path, ['scan', '--verify', 'api'])).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^2 files, 2 resources: nothing found · /) as string,
      })
    },
  )

  it('--only and --skip choose policies', async () => {
    using folder = new Folder({ 'a.yaml': privileged })
    const policies = async (...args: string[]): Promise<string[]> => {
      const { stdout } = await cli(folder.path, ['scan', '--format=json', ...args])
      return [...new Set(parse(stdout).findings.map(({ policy }) => policy))]
    }
    expect(await policies('--only', 'seccomp')).toEqual(['seccomp'])
    expect(await policies('--only=seccomp,run-as-non-root')).toEqual(['run-as-non-root', 'seccomp'])
    expect(await policies()).toContain('seccomp')
    expect(await policies('--skip', 'seccomp')).not.toContain('seccomp')
  })

  it('a broken file does not hide the others, and ends with 2', async () => {
    using folder = new Folder({ 'a.yaml': privileged, 'bad.yaml': 'apiVersion: v1\nkind: Pod\na: [1\n' })
    const { code, stdout } = await cli(folder.path, ['scan'])
    expect(code).toBe(2)
    expect(stdout).toMatch(/^partial result: 1 file could not be read\n/)
    expect(stdout).toContain('error[privileged-container]')
    expect(stdout).toMatch(/\nerror: bad\.yaml:\d+:\d+: /)
    const asJson = await cli(folder.path, ['scan', '--format=json'])
    expect(asJson.code).toBe(2)
    expect(asJson.stderr).toMatch(/^error: bad\.yaml:\d+:\d+: .*\n$/)
    expect(parse(asJson.stdout).unread).toMatchObject([{ file: 'bad.yaml', broken: true }])
  })

  it('reads standard input', async () => {
    using folder = new Folder({ 'a.yaml': privileged })
    const { code, stdout } = await cli(folder.path, ['scan', '-'], { input: privileged })
    expect(code).toBe(1)
    expect(stdout).toContain('--> <stdin>:13:25')
    expect(stdout).not.toContain('a.yaml')
    const bad = await cli(folder.path, ['scan', '-'], { stdin: async () => Buffer.from([0x61, 0xff]) })
    expect([bad.code, bad.stderr]).toEqual([2, 'error: <stdin>: is not UTF-8 text\n'])
    const large = await cli(folder.path, ['scan', '-'], { stdin: async () => Buffer.alloc(11 * 1024 * 1024) })
    expect([large.code, large.stderr]).toEqual([2, 'error: <stdin>: is larger than 10 MiB\n'])
  })

  it('takes paths that begin with a dash, behind --', async () => {
    using folder = new Folder({ '-a.yaml': privileged, '--help': '' })
    const { code, stdout } = await cli(folder.path, ['scan', '--', '-a.yaml'])
    expect(code).toBe(1)
    expect(stdout).toContain('--> -a.yaml:13:25')
    expect(stdout).toContain('k8s-autofix fix -- -a.yaml')
  })

  it('keeps the flags that matter in the command it suggests', async () => {
    using folder = new Folder({ 'my dir/a.yaml': privileged, 'c.yaml': '' })
    const args = ['scan', '--config', 'c.yaml', '--only', 'seccomp', '--fail-on=high', 'my dir']
    expect((await cli(folder.path, args)).stdout).toContain(
      "k8s-autofix fix --config=c.yaml --only=seccomp 'my dir' ",
    )
  })

  it('the configuration of the repository holds below it, with its own paths', async () => {
    using folder = new Folder({
      '.git/HEAD': '',
      '.github/k8s-autofix.yaml':
        'ignore-paths: [apps/old]\noverrides: [{paths: [apps/new], severity: {seccomp: critical}}]\n',
      'apps/new/a.yaml': privileged,
      'apps/old/a.yaml': privileged,
    })
    const { stdout } = await cli(join(folder.path, 'apps'), ['scan', '--format=json', '--only=seccomp'])
    expect(parse(stdout).findings.map(({ location, severity }) => [location.file, severity])).toEqual([
      ['new/a.yaml', 'critical'],
    ])
  })
})

describe('formats', () => {
  it('json holds the findings, byte for byte the same each time but for the timings', async () => {
    using folder = new Folder({ 'a.yaml': privileged, 'b.yaml': privileged })
    const first = await cli(folder.path, ['scan', '--format', 'json'])
    const second = await cli(folder.path, ['scan', '--format', 'json', '.'])
    const untimed = (text: string): string => text.replace(/"timings": \{[^}]*\}/, '')
    expect(untimed(second.stdout)).toBe(untimed(first.stdout))
    expect(parse(first.stdout)).toMatchObject({
      schema: 'k8s-autofix/report/v1',
      summary: { files: 2, resources: 2 },
    })
  })

  it('FORMAT=FILE writes files, and the screen keeps its own', async () => {
    using folder = new Folder({ 'a.yaml': privileged })
    const args = ['scan', '--format=json=out.json', '--format', 'patch=out.patch', '--format=pretty=out.txt']
    const { code, stdout } = await cli(folder.path, args)
    expect(code).toBe(1)
    expect(stdout).toContain('error[privileged-container]')
    expect(readFileSync(join(folder.path, 'out.txt'), 'utf8')).toBe(stdout)
    expect(parse(readFileSync(join(folder.path, 'out.json'), 'utf8')).findings.length).toBeGreaterThan(0)
    expect(readFileSync(join(folder.path, 'out.patch'), 'utf8')).toMatch(
      /^diff --git a\/a\.yaml b\/a\.yaml\n/,
    )
    const failed = await cli(folder.path, ['scan', '--format=json=none/out.json'])
    expect([failed.code, failed.stderr]).toMatchObject([
      2,
      expect.stringContaining('none/out.json cannot be written'),
    ])
  })

  it('speaks to code scanning, to a workflow and to people in Markdown', async () => {
    using folder = new Folder({ 'deploy/a.yaml': privileged, 'broken.yaml': 'apiVersion: v1\nkind: [Pod\n' })
    const files = ['sarif=out.sarif', 'markdown=out.md', 'github=out.txt']
    const { code } = await cli(folder.path, ['scan', ...files.map((one) => `--format=${one}`)])
    const read = (name: string): string => readFileSync(join(folder.path, name), 'utf8')
    expect(sarifProblems(JSON.parse(read('out.sarif')))).toEqual([])
    expect(read('out.sarif')).toContain('"executionSuccessful": false')
    expect(read('out.sarif')).toContain('"uri": "deploy/a.yaml"')
    expect(read('out.md')).toMatch(/^## k8s-autofix\n\n\*\*partial result/)
    expect(read('out.txt')).toMatch(/^::warning file=broken\.yaml,.*\n::error file=deploy\/a\.yaml,line=\d+,/)
    expect(code).toBe(2)
    for (const [format = '', file = ''] of files.map((one) => one.split('='))) {
      const alone = await cli(folder.path, ['scan', `--format=${format}`])
      expect(alone.stdout).toBe(read(file))
      expect(alone.stderr).toContain('broken.yaml')
      const { stdout } = await cli(folder.path, ['fix', '--dry-run', `--format=${format}`])
      expect(stdout).toBe(read(file))
    }
  })

  it('colour follows the flag, then the environment, then the terminal', async () => {
    using folder = new Folder({ 'a.yaml': privileged })
    const colored = async (
      env: Record<string, string>,
      isTTY: boolean,
      ...flags: string[]
    ): Promise<boolean> => {
      let text = ''
      const stdout = {
        isTTY,
        columns: isTTY ? 100 : undefined,
        write: async (part: string) => void (text += part),
      }
      await cli(folder.path, ['scan', ...flags], { env, stdout })
      return text.includes('\u001B[')
    }
    expect(await colored({}, true)).toBe(true)
    expect(await colored({}, false)).toBe(false)
    expect(await colored({ NO_COLOR: '1' }, true)).toBe(false)
    expect(await colored({ NO_COLOR: '' }, true)).toBe(true)
    expect(await colored({ FORCE_COLOR: '1' }, false)).toBe(true)
    expect(await colored({ FORCE_COLOR: '0' }, true)).toBe(false)
    expect(await colored({ TERM: 'dumb' }, true)).toBe(false)
    expect(await colored({ FORCE_COLOR: '1' }, true, '--no-color')).toBe(false)
  })

  it('progress is for terminals, and gone in the end', async () => {
    using folder = new Folder({ 'a.yaml': privileged })
    let clock = 0
    let text = ''
    const stderr = { isTTY: true, columns: 80, write: async (part: string) => void (text += part) }
    await cli(folder.path, ['scan'], { stderr, now: () => (clock += 1000) })
    expect(text).toBe('\r\u001B[K1 of 1 files judged\r\u001B[K')
    text = ''
    await cli(folder.path, ['scan', '--quiet'], { stderr, now: () => (clock += 1000) })
    await cli(folder.path, ['scan'], { stderr: { ...stderr, isTTY: false }, now: () => (clock += 1000) })
    expect(text).toBe('')
  })
})

describe('explain', () => {
  it('a policy', async () => {
    using folder = new Folder()
    const { code, stdout } = await cli(folder.path, ['explain', 'privileged-container'])
    expect(code).toBe(0)
    for (const word of [
      'privileged-container: ',
      'severity',
      'standards',
      'fix ',
      'breakage',
      'policies show privileged-container',
    ])
      expect(stdout).toContain(word)
    const json = await cli(folder.path, ['explain', 'privileged-container', '--format=json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ id: 'privileged-container', severity: 'critical' })
  })

  it('a finding, by the beginning of its fingerprint', async () => {
    using folder = new Folder({ 'a.yaml': privileged })
    const all = parse((await cli(folder.path, ['scan', '--format=json'])).stdout)
    const finding = all.findings.find(({ policy }) => policy === 'privileged-container')
    const fingerprint = finding?.fingerprint ?? ''
    for (const prefix of [fingerprint.slice(0, 6), fingerprint.slice(0, 8).toUpperCase(), fingerprint]) {
      const { code, stdout } = await cli(folder.path, ['explain', prefix, 'a.yaml'])
      expect(code).toBe(0)
      expect(stdout).toContain('error[privileged-container]')
      expect(stdout).toContain(`fingerprint  ${fingerprint}\n`)
      expect(stdout).toContain(
        'at           document 1, /spec/template/spec/containers/0/securityContext/privileged\n',
      )
      expect(stdout).toMatch(/passed +parses\n/)
    }
    const json = await cli(folder.path, ['explain', fingerprint, '--format=json'])
    expect(JSON.parse(json.stdout)).toEqual(finding)
  })
})

import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { installProgram, type Program } from '../support/program.ts'
import { good, policiesIn, scan, snapshot, unreadOf, write } from './scene.ts'

let program: Program
beforeAll(() => {
  program = installProgram()
})
afterAll(() => program.remove())

const names = [
  'with space.yaml',
  'line\nbreak.yaml',
  '-dash.yaml',
  '--format.yaml',
  'ünï-漢字-🙂.yaml',
  '::warning::file.yaml',
  'quote\'"`.yaml',
  'back\\slash.yaml',
  'dollar$(id).yaml',
  'escape\u001b[31m.yaml',
  'turn\u202Etxt.yaml',
  '#hash%20?.yaml',
  '*.yaml',
  '{a,b}.yaml',
]

describe('odd file names', () => {
  it('are read like any other, and named as they are', () => {
    const folder = program.folder()
    write(folder, Object.fromEntries(names.map((name) => [name, good])))
    const { report, status } = scan(program, folder)
    expect(status).toBe(1)
    for (const name of names) expect(policiesIn(report, name), name).toContain('privileged-container')
  })

  it('put no line, command or colour of their own on the screen', () => {
    const folder = program.folder()
    write(folder, Object.fromEntries(names.map((name) => [name, good])))
    write(folder, { 'bro\nken\u001b[2J.yaml': 'apiVersion: v1\nkind: Pod\n\tx: y\n' })
    const { stdout, stderr, status } = program.cli(['scan', '.'], { cwd: folder })
    expect(status).toBe(2)
    for (const line of (stdout + stderr).split('\n')) {
      expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e]/u)
      expect(line).not.toMatch(/^(?:::|break\.yaml|ken)/)
    }
  })

  it.each(names)('%j can be named alone', (name) => {
    const folder = program.folder()
    write(folder, { [name]: good })
    const { report } = scan(program, folder, '--', name)
    expect(policiesIn(report, name)).toContain('privileged-container')
  })

  it('are fixed in place', () => {
    const folder = program.folder()
    write(folder, Object.fromEntries(names.map((name) => [name, good])))
    const { status, stderr } = program.cli(['fix', '--unsafe-fixes', '.'], { cwd: folder })
    expect(status, stderr).toBe(0)
    for (const name of names)
      expect(readFileSync(join(folder, name), 'utf8'), name).not.toContain('privileged: true')
  })
})

describe('what is no regular file', () => {
  it('links are never followed: not out of the folder, not in a loop', () => {
    const [outside, folder] = [program.folder(), program.folder()]
    write(outside, { 'secret.yaml': good })
    write(folder, { 'good.yaml': good })
    symlinkSync(join(outside, 'secret.yaml'), join(folder, 'link.yaml'))
    symlinkSync(outside, join(folder, 'elsewhere'))
    symlinkSync('.', join(folder, 'loop'))
    symlinkSync('b.yaml', join(folder, 'a.yaml'))
    symlinkSync('a.yaml', join(folder, 'b.yaml'))
    symlinkSync('good.yaml', join(folder, 'twin.yaml'))
    const { report } = scan(program, folder)
    expect(new Set(report.findings.map(({ location }) => location.file))).toEqual(new Set(['good.yaml']))
    expect(unreadOf(report, 'link.yaml')[0]?.reason.code).toBe('link')
    expect(unreadOf(report, 'a.yaml')[0]?.reason.code).toBe('link')
  })

  it('fix leaves what links point at alone', () => {
    const [outside, folder] = [program.folder(), program.folder()]
    write(outside, { 'target.yaml': good })
    symlinkSync(join(outside, 'target.yaml'), join(folder, 'link.yaml'))
    program.cli(['fix', '--unsafe-fixes', '.'], { cwd: folder })
    program.cli(['fix', '--unsafe-fixes', 'link.yaml'], { cwd: folder })
    expect(readFileSync(join(outside, 'target.yaml'), 'utf8')).toBe(good)
  })

  it('pipes are not waited for, devices not read', () => {
    const folder = program.folder()
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')])
    write(folder, { 'good.yaml': good })
    const { report } = scan(program, folder)
    expect(unreadOf(report, 'pipe.yaml')[0]?.reason.code).toBe('not-a-file')
    expect(policiesIn(report, 'good.yaml')).toContain('privileged-container')
    const device = program.cli(['scan', '/dev/zero'], { cwd: folder })
    expect(device.signal).toBeNull()
    expect(device.status).toBe(2)
  })

  it('a folder called like a manifest is a folder', () => {
    const folder = program.folder()
    mkdirSync(join(folder, 'deploy.yaml'))
    write(join(folder, 'deploy.yaml'), { 'pod.yaml': good })
    expect(policiesIn(scan(program, folder).report, 'deploy.yaml/pod.yaml')).toContain('privileged-container')
  })
})

describe('what may not be read or written', () => {
  it('is listed, while everything else is judged', () => {
    const folder = program.folder()
    write(folder, { 'locked.yaml': good, 'good.yaml': good })
    mkdirSync(join(folder, 'closed'))
    chmodSync(join(folder, 'locked.yaml'), 0o000)
    chmodSync(join(folder, 'closed'), 0o000)
    const { report, status } = scan(program, folder)
    chmodSync(join(folder, 'closed'), 0o755)
    expect(status).toBe(2)
    expect(unreadOf(report, 'locked.yaml')[0]?.reason.text).toContain('permission denied')
    expect(unreadOf(report, 'closed')[0]?.reason.text).toContain('permission denied')
    expect(policiesIn(report, 'good.yaml')).toContain('privileged-container')
  })

  it('fix says which file it could not write, writes the others, and does not end with 0', () => {
    const folder = program.folder()
    for (const name of ['open', 'shut']) {
      mkdirSync(join(folder, name))
      write(join(folder, name), { 'pod.yaml': good })
    }
    chmodSync(join(folder, 'open'), 0o777)
    chmodSync(join(folder, 'shut'), 0o555)
    const { status, stderr } = program.cli(['fix', '--unsafe-fixes', '.'], { cwd: folder })
    expect(status).not.toBe(0)
    expect(stderr).toMatch(/shut\/pod\.yaml: .*(?:permission|read-only)/)
    expect(readFileSync(join(folder, 'open', 'pod.yaml'), 'utf8')).not.toContain('privileged: true')
    expect(readFileSync(join(folder, 'shut', 'pod.yaml'), 'utf8')).toBe(good)
    expect(snapshot(join(folder, 'shut'))).toHaveLength(1)
  })

  it('a configuration that cannot be read is a mistake, not a missing one', () => {
    const folder = program.folder()
    write(folder, { 'good.yaml': good, '.k8s-autofix.yaml': 'paths: [nowhere]\n' })
    chmodSync(join(folder, '.k8s-autofix.yaml'), 0o000)
    expect(program.cli(['scan', '.'], { cwd: folder }).status).toBe(2)
  })

  it('writes nothing beside what it reads', () => {
    const folder = program.folder()
    writeFileSync(join(folder, 'good.yaml'), good)
    for (const format of ['pretty', 'json', 'patch'])
      program.cli(['scan', '--format', format, '.'], { cwd: folder })
    program.cli(['fix', '--dry-run', '.'], { cwd: folder })
    expect(snapshot(folder)).toHaveLength(1)
    expect(existsSync(join(folder, 'good.yaml'))).toBe(true)
  })
})

import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/cli/engine.ts'
import type { Engine } from '../../src/cli/world.ts'
import type { Report } from '../../src/model/index.ts'
import { pathToFileURL } from 'node:url'
import { clean, cli, Folder, privileged, root } from './world.ts'

const only = '--only=privileged-container,privilege-escalation'
const read = (folder: Folder, name: string): string => readFileSync(join(folder.path, name), 'utf8')

describe('fix', () => {
  it('writes what was verified, keeps the mode, and says what it did', async () => {
    using folder = new Folder({ 'a.yaml': privileged, 'b.yaml': clean })
    chmodSync(join(folder.path, 'a.yaml'), 0o640)
    const { code, stdout, stderr } = await cli(folder.path, ['fix', only])
    expect([code, stderr]).toEqual([0, ''])
    expect(read(folder, 'a.yaml')).toBe(
      privileged.replace(
        'privileged: true',
        'privileged: false\n            allowPrivilegeEscalation: false',
      ),
    )
    expect(statSync(join(folder.path, 'a.yaml')).mode & 0o777).toBe(0o640)
    // It has no selector, which is not ours to invent.
    expect(stdout).toBe(
      [
        'invalid: a.yaml:6:1: Deployment shop/api: spec.selector: Required value',
        'invalid: a.yaml:7:3: Deployment shop/api: spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels`',
        '',
        'wrote a.yaml: 2 findings fixed',
        '2 files, 2 resources, 2 findings: 2 fixed · 0.0 s\n',
      ].join('\n'),
    )
    expect((await cli(folder.path, ['fix', only])).stdout).toMatch(
      /\n2 files, 2 resources: nothing found, 1 resource invalid · 0\.0 s\n$/,
    )
  })

  it('leaves unsafe fixes to --unsafe-fixes', async () => {
    using folder = new Folder({ 'a.yaml': privileged })
    const args = ['fix', '--only=run-as-non-root']
    const first = await cli(folder.path, args)
    expect(first.code).toBe(0)
    expect(read(folder, 'a.yaml')).toBe(privileged)
    expect(first.stdout).toContain('1 finding: 1 with a fix (unsafe)')
    expect(first.stdout).toContain(
      'k8s-autofix fix --unsafe-fixes --only=run-as-non-root .   1 may break its workload',
    )
    expect((await cli(folder.path, [...args, '--fail-on=low'])).code).toBe(1)
    const second = await cli(folder.path, [...args, '--fail-on=low', '--unsafe-fixes'])
    expect([second.code, second.stdout]).toEqual([0, expect.stringContaining('1 finding: 1 fixed')])
    expect(read(folder, 'a.yaml')).toContain('runAsNonRoot: true')
  })

  it('--dry-run prints a diff that git applies, and writes nothing', async () => {
    using folder = new Folder({ 'sub dir/a.yaml': privileged })
    execFileSync('git', ['init', '-q'], { cwd: folder.path })
    const below = join(folder.path, 'sub dir')
    const { code, stdout, stderr } = await cli(below, ['fix', '--dry-run', only])
    expect(code).toBe(0)
    expect(read(folder, 'sub dir/a.yaml')).toBe(privileged)
    expect(stdout).toMatch(/^diff --git a\/sub dir\/a\.yaml b\/sub dir\/a\.yaml\n/)
    expect(stderr).toContain('2 findings: 2 would be fixed')
    expect(stderr).toContain(`k8s-autofix fix ${only} .   writes the 2 safe fixes`)
    expect((await cli(below, ['fix', '--dry-run', '--quiet', only])).stderr).toBe('')
    execFileSync('git', ['apply', '-'], { cwd: below, input: stdout })
    expect(read(folder, 'sub dir/a.yaml')).toContain('privileged: false')
  })

  it('- is a filter: the fixed text on standard output, the report on standard error', async () => {
    using folder = new Folder()
    const { code, stdout, stderr } = await cli(folder.path, ['fix', only, '-'], { input: privileged })
    expect(code).toBe(0)
    expect(stdout).toBe(
      privileged.replace(
        'privileged: true',
        'privileged: false\n            allowPrivilegeEscalation: false',
      ),
    )
    expect(stderr).toContain('2 findings: 2 fixed')
    for (const input of [clean, '', 'apiVersion: v1\nkind: Pod\nx: [\n', '\uFEFFa: 1\r\n'])
      expect((await cli(folder.path, ['fix', '-'], { input })).stdout).toBe(input)
  })

  it('json tells which files were written', async () => {
    using folder = new Folder({ 'a.yaml': privileged, 'b.yaml': clean })
    const { stdout } = await cli(folder.path, ['fix', only, '--format=json'])
    const { files } = JSON.parse(stdout) as Report
    expect(files.map(({ file, written }) => [file, written])).toEqual([
      ['a.yaml', true],
      ['b.yaml', false],
    ])
  })

  it('refuses a file that changed since it was read, and writes the others', async () => {
    using folder = new Folder({ 'a.yaml': privileged, 'b.yaml': privileged })
    const real = createEngine(pathToFileURL(join(root, 'src/main.ts')), folder.path, () => 0)
    const engine: Engine = {
      ...real,
      run: async (request, input) => {
        const outcome = await real.run(request, input)
        writeFileSync(join(folder.path, 'a.yaml'), 'somebody else\n')
        return outcome
      },
    }
    const { code, stdout, stderr } = await cli(folder.path, ['fix', only], { engine })
    expect(code).toBe(2)
    expect(stderr).toBe(
      'error: a.yaml: changed since it was read, so it was not written\n       run the command again\n',
    )
    expect(read(folder, 'a.yaml')).toBe('somebody else\n')
    expect(read(folder, 'b.yaml')).toContain('privileged: false')
    expect(stdout).toContain('wrote b.yaml: 2 findings fixed\n')
    expect(stdout).toContain('4 findings: 2 fixed, 2 with a fix')
  })
})

import { describe, expect, it } from 'vitest'
import { laterCommands } from '../../src/cli/flags.ts'
import { commandHelp } from '../../src/cli/help.ts'
import { catalogue } from '../../src/policies/index.ts'
import { cli, Folder, privileged } from './world.ts'

const error = async (...args: string[]): Promise<string> => {
  using folder = new Folder({ 'a.yaml': privileged })
  const { code, stdout, stderr } = await cli(folder.path, args)
  expect([code, stdout]).toEqual([2, ''])
  // What, where and what to do, in two lines at most; never a stack.
  expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2)
  expect(stderr).toMatch(/^error: /)
  expect(stderr).not.toMatch(/\n\s+at /)
  return stderr
}

const [scanHelp, explainHelp] = [commandHelp('scan'), commandHelp('explain')]

describe('help', () => {
  it.each([['--help'], ['-h'], ['help']])('%s', async (flag) => {
    using folder = new Folder()
    const { code, stdout, stderr } = await cli(folder.path, [flag])
    expect([code, stderr]).toEqual([0, ''])
    for (const word of ['scan', 'fix', 'explain', 'policies', 'Examples', 'Exit codes'])
      expect(stdout).toContain(word)
  })

  it.each(['explain', 'queue', 'simulate'] as const)(
    'of %s names no --fail-on, which it has not',
    (command) => {
      expect(commandHelp(command)).not.toContain('--fail-on')
      expect(commandHelp(command)).toMatch(/^Exit codes: 0 done, .*2 wrong usage/m)
    },
  )

  it.each(['scan', 'fix', 'explain', 'policies', 'queue'])(
    'of %s, with examples, naming only what exists',
    async (command) => {
      using folder = new Folder()
      for (const args of [
        [command, '--help'],
        [command, '-h'],
        ['help', command],
      ]) {
        const { code, stdout, stderr } = await cli(folder.path, args)
        expect([code, stderr]).toEqual([0, ''])
        expect(stdout).toContain(`Usage: k8s-autofix ${command}`)
        expect(stdout).toContain('Examples:')
        for (const later of ['--kubernetes', 'html']) expect(stdout).not.toContain(later)
      }
    },
  )

  it.each(['verify', 'explain', 'policies', 'queue', 'simulate'])(
    'of %s names the formats that it has',
    async (command) => {
      using folder = new Folder()
      const { stdout } = await cli(folder.path, [command, '--help'])
      expect(stdout).toMatch(/--format FORMAT +pretty \(default\) or json\n/)
      expect(stdout).not.toContain('sarif')
    },
  )

  it('names policies that there are', () => {
    const ids = [scanHelp, explainHelp].join('').matchAll(/(?:--only |explain )([a-z][a-z,-]+)/g)
    const named = [...ids].flatMap(([, list = '']) => list.split(','))
    expect(named.length).toBeGreaterThan(2)
    for (const id of named) expect(catalogue.map((policy) => policy.id)).toContain(id)
  })

  it('without a command goes to standard error', async () => {
    using folder = new Folder()
    const { code, stdout, stderr } = await cli(folder.path, [])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('Usage: k8s-autofix COMMAND')
  })

  it('version', async () => {
    using folder = new Folder()
    for (const args of [['--version'], ['scan', '--version']])
      expect(await cli(folder.path, args)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^k8s-autofix \d+\.\d+\.\d+\n$/) as string,
      })
  })
})

describe('what the contract names and this version does not have', () => {
  it.each(laterCommands)('the command %s', async (command) => {
    expect(await error(command)).toBe(`error: the command ${command} is not in this version\n`)
  })

  it.each([['--kubernetes=1.36'], ['--verify=rollout'], ['--format=html=report.html']])(
    'scan %s %s',
    async (...flag) => {
      expect(await error('scan', ...flag)).toContain('is not in this version')
    },
  )
})

describe('mistakes', () => {
  it.each([
    [['scna'], 'unknown command "scna"; did you mean "scan"?'],
    [['policies', 'export'], 'policies export needs a form: --to vap or --to kyverno'],
    [['policies', 'export', '--to', 'vpa'], '--to vpa: must be one of vap, kyverno; did you mean "vap"?'],
    [['policies', 'export', '--to=vap', '--action=deny,warn'], '--action deny,warn: Kubernetes refuses'],
    [
      ['policies', 'export', '--to=vap', '--action=block'],
      '--action block: must be one of deny, warn, audit',
    ],
    [['policies', 'export', '--to=vap', 'host-pdi'], 'unknown policy "host-pdi"; did you mean "host-pid"?'],
    [['policies', 'export', '--to=vap', 'host-pid', 'host-pid'], 'two policies are called host-pid'],
    [['policies', 'list', '--to=vap'], '--to is for policies export'],
    [['--quiet', 'scan'], '--quiet: the command comes first'],
    [['scan', '--formt', 'json'], 'unknown flag --formt; did you mean --format?'],
    [['scan', '--dry-run'], 'unknown flag --dry-run; this command does not have it'],
    [['scan', '-x'], 'unknown flag -x'],
    [['scan', '--format'], '--format needs a value: --format=FORMAT[=FILE]'],
    [['scan', '--config', '--quiet'], '--config needs a value'],
    [['scan', '--config='], '--config must not be empty'],
    [['scan', '--quiet=yes'], '--quiet takes no value'],
    [
      ['scan', '--format', 'jsno'],
      '--format jsno: must be one of pretty, json, sarif, markdown, github, patch; did you mean "json"?',
    ],
    [['scan', '--format', 'json='], 'names no file'],
    [['scan', '--format=json', '--format=pretty'], 'both go to standard output'],
    [
      ['scan', '--fail-on', 'hgh'],
      '--fail-on hgh: must be one of never, low, medium, high, critical; did you mean "high"?',
    ],
    [['scan', '--verify', 'polcy'], 'did you mean "policy"?'],
    [['scan', '--engines', 'bultin'], 'did you mean "builtin"?'],
    [['scan', '--timeout', '3'], '--timeout 3: must be a time such as 500ms, 30s or 2m'],
    [['scan', '--timeout=0s'], 'must be a time'],
    [['scan', '--timeout=9999h'], 'must be a time'],
    [['scan', '--jobs', 'x'], '--jobs x: must be a number'],
    [['scan', '--jobs=-1'], '--jobs -1: must be a number'],
    [
      ['scan', '--only', 'privileged-contaner'],
      'unknown policy "privileged-contaner"; did you mean "privileged-container"?',
    ],
    [['scan', '--skip', ','], 'names no policy'],
    [['scan', '--set', 'x'], 'must be key=value'],
    [['scan', '--set', 'sevrity.x=low'], 'did you mean "severity"?'],
    [['scan', '--config', 'none.yaml'], '--config none.yaml: no such file'],
    [['scan', '--config', '.'], '.: cannot be read'],
    [['scan', 'nowhere'], 'nowhere: no such file or folder'],
    [['scan', '-', 'a.yaml'], '- (standard input) cannot be combined with other paths'],
    [['scan', '-a.yaml'], 'unknown flag -a'],
    [['explain'], 'names no policy and no fingerprint'],
    [['explain', 'privileged-contaner'], 'did you mean "privileged-container"?'],
    [['explain', 'abc'], 'needs at least 6 characters'],
    [['explain', 'abcdef0'], 'no finding in this folder has this fingerprint'],
    [['explain', 'privileged-container', 'a.yaml'], 'is a policy, so it takes no path'],
    [['explain', 'privileged-container', '--format=patch'], 'explain has pretty and json'],
    [['policies'], 'policies needs one of list, show, test'],
    [['policies', 'lst'], 'must be one of list, show, test, export; did you mean "list"?'],
    [['policies', 'list', 'x'], 'policies list takes no argument'],
    [['policies', 'show'], 'policies show takes one policy'],
    [['policies', 'show', 'nope'], 'unknown policy "nope"'],
    [['policies', 'test', './nope.yaml'], './nope.yaml: no such file'],
  ])('%j', async (args, expected) => {
    expect(await error(...args)).toContain(expected)
  })

  it('are named with everything that a terminal would act on made visible', async () => {
    expect(await error('scan', 'a\u001B[2J\nb')).toContain('a<U+001B>[2J')
  })

  it('in the configuration come with file, line and column', async () => {
    using folder = new Folder({ 'a.yaml': privileged, '.k8s-autofix.yaml': '# ours\npolices: {}\n' })
    const { code, stderr } = await cli(folder.path, ['scan'])
    expect([code, stderr]).toEqual([
      2,
      'error: .k8s-autofix.yaml:2:1: unknown key "polices"; did you mean "policies"?\n',
    ])
  })

  it('of our own end with 70 and a stack', async () => {
    using folder = new Folder({ 'a.yaml': privileged })
    const { code, stdout, stderr } = await cli(folder.path, ['scan', '-'], {
      stdin: async () => Promise.reject(new TypeError('oops')),
    })
    expect([code, stdout]).toEqual([70, ''])
    expect(stderr).toMatch(/TypeError: oops\n\s+at [\s\S]*Please report it/)
  })
})

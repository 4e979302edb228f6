import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { reportSchema, type Report } from '../../src/model/index.ts'
import { emptyState, findingId, stateText, weekOf, type Mark, type State } from '../../src/schedule/index.ts'
import { deployment } from '../github/scene.ts'
import { cli, Folder, mkGit } from './world.ts'

const time = Date.UTC(2026, 10, 30)
const scan = ['scan', '--verify', 'policy', '--fail-on', 'never', '--diff', 'main...HEAD']

/** A repository whose branch adds some files. */
function repository(files: Record<string, string>): Folder {
  const folder = new Folder({ 'README.md': 'shop\n' })
  mkGit(folder).branch(files)
  return folder
}

async function reportOf(folder: Folder, ...args: readonly string[]): Promise<Report> {
  const { code, stdout, stderr } = await cli(folder.path, [...scan, '--format', 'json', ...args])
  expect([code, stderr]).toEqual([0, ''])
  return reportSchema.parse(JSON.parse(stdout))
}

/** A state in which nobody has taken any fix of these findings. */
function unwanted({ findings }: Report): State {
  const suggestions = [...new Set(findings.map(({ policy }) => policy))].flatMap((policy, at) =>
    Array.from({ length: 40 }, (_, index) => ({
      id: `p${String(at).padStart(4, '0')}i${String(index).padStart(5, '0')}`,
      change: 'aaaaaa',
      context: {
        policy,
        kind: 'apps/Deployment',
        environment: 'other' as const,
        introduced: true,
        size: 'one' as const,
        breakage: 'low' as const,
      },
      week: weekOf(time) - 1,
      risk: 40,
      propensity: 50,
      marks: new Set<Mark>(['shown', 'untouched']),
    })),
  )
  return { ...emptyState, suggestions: new Map(suggestions.map((one) => [one.id, one])) }
}

describe('scan --diff', () => {
  const files = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}.yaml`, deployment(name)]))

  it('says of every verified fix what a review would do, and why', async () => {
    using folder = repository(files)
    const { findings } = await reportOf(folder)
    for (const { state, decision } of findings) expect(decision !== undefined).toBe(state === 'fixed')
    const inline = findings.filter(({ decision }) => decision?.channel === 'inline')
    expect(new Set(inline.map(({ location }) => location.file)).size).toBe(3)
    const { stdout } = await cli(folder.path, scan)
    expect(stdout).toMatch(
      /^ +\| .*\n(?:.*\n)*? += review {2}suggested: rank 1 of 4: risk \d+; 20 % of such/m,
    )
    expect(stdout).toContain('= review  no place left: 3 others are suggested')
    // One line for what is one change.
    expect(stdout.match(/= review/g)?.length ?? 0).toBeLessThanOrEqual(
      findings.filter(({ state }) => state === 'fixed').length,
    )
    const whole = await cli(folder.path, ['scan', '--verify', 'policy', '--fail-on', 'never', '.'])
    expect(whole.stdout).not.toContain('= review')
    // At the end, since nobody reads all of it.
    expect(stdout).toMatch(/^a review would suggest 3 changes: (?:[abcd]\.yaml:\d+(?:, )?){3}$/m)
    expect(whole.stdout).not.toContain('a review would')
  })

  it('goes by what was learned, and explains it', async () => {
    using folder = repository(files)
    writeFileSync(join(folder.path, 'state.json'), stateText(unwanted(await reportOf(folder))))
    const { findings } = await reportOf(folder, '--state', 'state.json')
    const fixed = findings.filter(({ state }) => state === 'fixed')
    expect(new Set(fixed.map(({ decision }) => decision?.channel))).toEqual(new Set(['silent']))
    const quiet = fixed.find(({ decision }) => decision?.because.includes('40 seen')) ?? expect.fail()
    expect(quiet.decision?.because).toContain('% of such fixes are taken here (40 seen)')
    const { stdout } = await cli(folder.path, [
      'explain',
      quiet.fingerprint,
      '--verify',
      'policy',
      '--diff',
      'main...HEAD',
      '--state=state.json',
    ])
    expect(stdout).toContain('= review  silent: risk')
    expect((await cli(folder.path, [...scan, '--state=state.json'])).stdout).toContain(
      '\na review would suggest none of them\n',
    )
    expect(stdout).toMatch(/^ *offered +silent, rank \d+; 2 % that it gets a place inline/m)
    expect(readFileSync(join(folder.path, 'state.json'), 'utf8')).toContain('k8s-autofix/state/v1')
  })

  it('knows what was ignored in the repository that the environment names', async () => {
    using folder = repository({ 'a.yaml': deployment('a') })
    const { findings } = await reportOf(folder)
    const at = Date.UTC(2026, 10, 20) / 1000
    const suppressed = new Map(
      findings.map(({ fingerprint }) => [findingId('acme/shop', fingerprint), { at }]),
    )
    writeFileSync(join(folder.path, 'state.json'), stateText({ ...emptyState, suppressed }))
    const { stdout } = await cli(folder.path, [...scan, '--state', 'state.json'], {
      env: { GITHUB_REPOSITORY: 'acme/shop' },
    })
    expect(stdout).toContain('= review  ignored on 2026-11-20, by /autofix ignore or queue ignore')
  })

  it('obeys the order and the files of the configuration before the change', async () => {
    using folder = new Folder({ '.k8s-autofix.yaml': 'schedule: {order: fifo, never-inline: [a.yaml]}\n' })
    mkGit(folder).branch({ ...files, '.k8s-autofix.yaml': '' })
    const { findings } = await reportOf(folder)
    const inline = findings.filter(({ decision }) => decision?.channel === 'inline')
    expect(new Set(inline.map(({ location }) => location.file))).toEqual(
      new Set(['b.yaml', 'c.yaml', 'd.yaml']),
    )
    expect(inline[0]?.decision?.because).toBe('rank 1 of 3: as it stands in the change')
  })
})

describe('--state', () => {
  it('tells fix what is safe here, as it tells scan', async () => {
    using folder = repository({ 'a.yaml': deployment('a') })
    const fix = ['fix', '--dry-run', '--verify', 'policy', '--only', 'privilege-escalation', '.']
    expect((await cli(folder.path, fix)).stdout).toMatch(/^\+ +allowPrivilegeEscalation: false$/m)
    const broke = unwanted(await reportOf(folder))
    const suggestions = new Map(
      [...broke.suggestions].map(([id, one]) => [
        id,
        { ...one, marks: new Set<Mark>(['shown', 'fixed', 'committed', 'broke']) },
      ]),
    )
    writeFileSync(join(folder.path, 'state.json'), stateText({ ...broke, suggestions }))
    const { stdout, stderr } = await cli(folder.path, [...fix, '--state=state.json'])
    expect(stdout).toBe('')
    expect(stderr).toContain('1 with a fix (unsafe)')
    const shown = await cli(folder.path, [...scan, '--state=state.json'])
    expect(shown.stdout).toMatch(/k8s-autofix fix --unsafe-fixes --diff=main\.\.\.HEAD --state=state\.json/)
  })

  it.each([
    [['scan', '--state', 'state.json'], 'no change is named', '--diff BASE...HEAD'],
    [['explain', '3fa9c1d2', '--state', 'state.json'], 'no change is named', '--diff BASE...HEAD'],
    [[...scan, '--state', 'none.json'], '--state none.json: no such file', ''],
    [[...scan, '--state', 'other.json'], 'is no state of this version', ''],
  ])('%j is refused with what is wrong', async (args, what, hint) => {
    using folder = repository({ 'a.yaml': deployment('a'), 'other.json': '{}' })
    const { code, stderr } = await cli(folder.path, args)
    expect(code).toBe(2)
    expect(stderr).toContain(what)
    expect(stderr).toContain(hint)
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyState, stateText, type Suggestion } from '../../src/schedule/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { cli, Folder } from './world.ts'

describe('simulate', () => {
  it('draws curves, and says what is demanded', async () => {
    using folder = new Folder()
    const { code, stdout, stderr } = await cli(folder.path, [
      'simulate',
      '--seeds',
      '1',
      '--reviewer',
      'indifferent',
      '--svg',
      'curves.svg',
    ])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^indifferent: value lost to the best choice/)
    expect(stdout).toMatch(/^ {2}learned +\d+\.\d % /m)
    expect(stdout).toMatch(/^met {5}indifferent: points above risk alone/m)
    const svg = readFileSync(join(folder.path, 'curves.svg'), 'utf8')
    expect(svg).toMatch(/^<svg /)
    expect(svg.match(/<polyline /g)).toHaveLength(5)
    expect(readSource('curves.svg', svg).resources).toEqual([])
  })

  it('gives the same JSON twice', async () => {
    using folder = new Folder()
    const args = ['simulate', '--seeds', '1', '--reviewer', 'average', '--format', 'json']
    const [first, second] = [await cli(folder.path, args), await cli(folder.path, args)]
    expect(first.stdout).toBe(second.stdout)
    expect(JSON.parse(first.stdout)).toMatchObject({ seeds: 1, figures: { length: 5 } })
  })

  it('replays what has happened', async () => {
    using folder = new Folder()
    const context = {
      policy: 'host-pid',
      kind: 'Pod',
      environment: 'other',
      introduced: true,
      size: 'one',
      breakage: 'low',
    } as const
    const suggestions = Array.from({ length: 30 }, (_, index): Suggestion => ({
      id: `${index}`.padStart(11, 'A'),
      change: `${Math.floor(index / 3)}`.padStart(6, 'C'),
      context,
      week: 2900,
      risk: 40 + index,
      propensity: 50,
      marks: new Set(index % 2 === 0 ? ['shown', 'fixed', 'committed'] : ['shown', 'untouched']),
    }))
    const state = { ...emptyState, suggestions: new Map(suggestions.map((one) => [one.id, one])) }
    folder.write('state.json', stateText(state))
    const { code, stdout, stderr } = await cli(folder.path, ['simulate', '--state', 'state.json'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^10 change requests with 30 suggestions whose outcome is known/)
    expect(stdout).toMatch(/^ {2}learned +\d+\.\d \(\d+\.\d to \d+\.\d\)/m)
    expect(stdout).toMatch(/^ {2}40-59 +20 +50 % +50 %$/m)
    expect(stdout).toMatch(/^ {2}chance to break something at most 3 %: 0 of 15 taken back$/m)
    folder.write('empty.json', stateText(emptyState))
    folder.write('other.json', '{}')
    for (const [file, message] of [
      ['no.json', 'no such file'],
      ['empty.json', 'no change request in it has an outcome yet'],
      ['other.json', 'holds no state of this version'],
    ] as const) {
      const refused = await cli(folder.path, ['simulate', '--state', file])
      expect([refused.code, refused.stdout]).toEqual([2, ''])
      expect(refused.stderr).toContain(message)
    }
  })

  it.each([
    [['--state', 'state.json', '--seeds', '3'], 'is for simulated reviewers'],
    [['--seeds', '0'], 'must be a number from 1 to 9999'],
    [['--reviewer', 'averge'], 'did you mean "average"?'],
    [['--svg', 'no/such/curves.svg'], 'cannot be written'],
    [['--format', 'sarif'], 'simulate has pretty and json'],
    [['deploy/'], 'takes no path'],
  ])('%j is refused', async (args, message) => {
    using folder = new Folder()
    const { code, stderr } = await cli(folder.path, ['simulate', ...args])
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
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

  it.each([
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

import { describe, expect, test } from 'vitest'
import { compilePolicies } from '../../scripts/compile-policies.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalogue, loadExamples } from '../../src/policies/index.ts'

const root = join(import.meta.dirname, '..', '..')

describe('the catalogue', () => {
  test('every policy file is sound, and the generated files are what they give', () => {
    const { files, problems } = compilePolicies()
    expect(problems).toEqual([])
    for (const [file, text] of files) expect(readFileSync(join(root, file), 'utf8') === text, file).toBe(true)
  })

  test('is sorted by id and holds no examples', () => {
    expect(catalogue.map(({ id }) => id)).toEqual(catalogue.map(({ id }) => id).toSorted())
    expect(catalogue.every(({ examples }) => examples.length === 0)).toBe(true)
  })

  test('every policy has an example that is found and one that is clean', async () => {
    const examples = await loadExamples()
    for (const { id } of catalogue) {
      expect(
        examples[id]?.some(({ clean }) => clean === true),
        id,
      ).toBe(true)
      expect(
        examples[id]?.some(({ clean }) => clean !== true),
        id,
      ).toBe(true)
    }
  })

  test('no fix writes a tag, a user id, a probe or an amount of its own', () => {
    for (const policy of catalogue) {
      const operations =
        policy.fix === 'none' ? [] : policy.fix.flatMap((fix) => ('patch' in fix ? fix.patch : []))
      for (const operation of operations) {
        if (operation.op === 'remove' || typeof operation.path !== 'string') continue
        if (/(image|runAsUser|runAsGroup|Probe|requests|limits)(\/|$)/.test(operation.path))
          expect(operation.value, `${policy.id} ${operation.path}`).toHaveProperty('cel')
      }
    }
  })
})

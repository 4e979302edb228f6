import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { corpusFolder, printEdits, runEdits, variants } from '../../bench/edits.ts'

const corpus = corpusFolder()
const present = existsSync(join(corpus, 'handwritten'))
const required = (process.env['CI'] ?? '') !== '' || (process.env['REQUIRE_CORPUS'] ?? '') !== ''

describe.runIf(present || required)('edits of real files', () => {
  it.each(variants)(
    '%s: nothing wrong, next to nothing refused',
    async (variant) => {
      expect(present, `no corpus at ${corpus}`).toBe(true)
      const result = await runEdits({ corpus, count: 1250, seed: 7, variant })
      expect(result.files, 'the corpus folder holds no manifests').toBeGreaterThan(0)
      expect(result.edits).toBe(1250)
      expect(result.wrong, printEdits(result)).toEqual([])
      expect(result.exact / result.edits, printEdits(result)).toBeGreaterThanOrEqual(
        variant === 'no-final-newline' ? 0.995 : 0.997,
      )
    },
    120_000,
  )

  it('edits aimed at anchors are exact or refused with a reason of their own', async () => {
    const result = await runEdits({ corpus, count: 250, seed: 7, variant: 'as-is', anchors: true })
    expect(result.wrong).toEqual([])
    expect(
      Object.keys(result.refused).filter((code) => !/^(?:alias-on-path|anchor-in-use|merge-key)$/.test(code)),
    ).toEqual([])
  }, 120_000)
})

it('says so where there is no corpus', () => {
  expect(present || !required, `no corpus at ${corpus}`).toBe(true)
})

afterAll(() => {
  if (!present)
    console.error(
      `\n*** NOT TESTED: edits of real files. There is no corpus at ${corpus} (CORPUS_DIR). ***\n`,
    )
})

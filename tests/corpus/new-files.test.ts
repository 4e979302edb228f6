import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reportSchema, type Finding, type LineEdit } from '../../src/model/index.ts'
import { isKustomization } from '../../src/resources/index.ts'
import { cli } from '../cli/world.ts'
import { collateralLines } from '../support/collateral.ts'
import { corpusFolder, hasCorpus } from '../support/corpus.ts'

/** Fixes that are new files, written into copies of real repositories. */

if (!hasCorpus)
  test('NOT RUN: no corpus of real manifests beside the checkout; set CORPUS_DIR', () => undefined)

const repositories = [
  'dockersamples+example-voting-app',
  'kubernetes+examples',
  'madhuakula+kubernetes-goat',
  'stefanprodan+podinfo',
]

function textsIn(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return new Map(
    files.map(({ parentPath, name }) => [
      join(parentPath, name),
      readFileSync(join(parentPath, name), 'latin1'),
    ]),
  )
}

test.runIf(hasCorpus).each(repositories)(
  '%s: clear what they are for, and nothing else is touched or found',
  async (repository) => {
    const folder = mkdtempSync(join(tmpdir(), 'autofix corpus '))
    try {
      cpSync(join(corpusFolder, 'handwritten', repository), folder, { recursive: true })
      const findings = async (...args: string[]): Promise<Finding[]> =>
        reportSchema.parse(
          JSON.parse((await cli(folder, ['scan', '--format=json', '--verify=policy', ...args])).stdout),
        ).findings
      const only = '--only=non-isolated-pod'
      const before = await findings()
      const texts = textsIn(folder)
      const fixed = (await findings(only)).filter(({ state }) => state === 'fixed')
      expect(fixed.length).toBeGreaterThan(0)
      await cli(folder, ['fix', only, '--unsafe-fixes', '--verify=policy'])
      const after = textsIn(folder)
      const edits = fixed.flatMap((finding) => finding.edits)
      const named = (kind: LineEdit['kind']): Set<string> =>
        new Set(edits.filter((edit) => edit.kind === kind).map(({ file }) => join(folder, file)))
      const [created, edited] = [named('create'), named('replace')]
      for (const [file, text] of texts)
        if (edited.has(file)) {
          expect(isKustomization(file)).toBe(true)
          expect(collateralLines(text, after.get(file) ?? '')).toEqual([])
          expect(after.get(file)?.split('\n').length).toBeGreaterThan(text.split('\n').length)
        } else expect(after.get(file) === text, file).toBe(true)
      expect([...after.keys()].filter((file) => !texts.has(file)).toSorted()).toEqual([...created].toSorted())
      const left = await findings(only)
      expect(left.filter(({ state }) => state === 'fixed')).toEqual([])
      const fingerprints = new Set(left.map(({ fingerprint }) => fingerprint))
      for (const { fingerprint } of fixed) expect(fingerprints.has(fingerprint)).toBe(false)
      const names = (some: readonly Finding[]): string[] =>
        some.map(({ fingerprint }) => fingerprint).toSorted()
      expect(names(await findings())).toEqual(names(before))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  120_000,
)

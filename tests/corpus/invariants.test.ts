import { describe, expect, test } from 'vitest'
import { catalogue } from '../../src/policies/index.ts'
import { analyserFor } from '../support/analyse.ts'
import { corpusFiles, hasCorpus } from '../support/corpus.ts'
import { checkFile, checkOrder, type Violation } from '../support/invariants.ts'

const corpora = ['handwritten', 'normalised/stack', 'normalised/artifacthub'] as const
const defaults = {
  resources: {
    defaults: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } },
  },
}

/**
 * The policies that are off by default as well, with all that they may be told, so that they fix whatever they can. But
 * for one: where the keys are sorted, a fix that puts a key at the end of its map is refused.
 */
const everythingOn = {
  ...defaults,
  severity: Object.fromEntries(
    catalogue.flatMap(({ id, severity, default: state }) =>
      state === 'off' && id !== 'sorted-keys' ? [[id, severity] as const] : [],
    ),
  ),
  params: {
    'hpa-minimum-replicas': { replicas: 3 },
    'minimum-replicas': { replicas: 3 },
    'no-node-affinity': { key: 'kubernetes.io/arch', values: ['amd64'] },
    'priority-class-name': { accepted: ['low', 'normal'], name: 'normal' },
    'required-annotation-email': { email: 'shop@example.org' },
    'required-label-owner': { owner: 'shop' },
  },
}

// Where there is no corpus (a user's clone), the run says so; in CI its absence is an error (tests/support/corpus.ts).
if (!hasCorpus)
  test('NOT RUN: no corpus of real manifests beside the checkout; set CORPUS_DIR', () => undefined)

describe.runIf(hasCorpus)('every file of the corpora', () => {
  test.each(corpora)('%s: nothing stray, nothing new, nothing left for a second run', (name) => {
    const analyse = analyserFor({ config: defaults })
    const violations: Violation[] = []
    let fixed = 0
    for (const { file, text } of corpusFiles(name)) {
      const { result, violations: found } = checkFile(analyse, file, text)
      violations.push(...found)
      fixed += result?.findings.filter(({ state }) => state === 'fixed').length ?? 0
    }
    expect(violations).toEqual([])
    expect(fixed).toBeGreaterThan(100)
  })

  test.each(corpora)('%s: the same with every policy on', (name) => {
    const analyse = analyserFor({ config: everythingOn })
    const violations: Violation[] = []
    const fixed = new Set<string>()
    for (const { file, text } of corpusFiles(name)) {
      const { result, violations: found } = checkFile(analyse, file, text)
      violations.push(...found)
      for (const { state, policy } of result?.findings ?? []) if (state === 'fixed') fixed.add(policy)
    }
    expect(violations).toEqual([])
    for (const policy of ['dnsconfig-options', 'restart-policy', 'no-rolling-update-strategy'])
      expect([...fixed]).toContain(policy)
  })

  test.each(corpora)('%s: safe fixes alone hold as well', (name) => {
    const analyse = analyserFor({ safeOnly: true })
    const violations = corpusFiles(name).flatMap(
      ({ file, text }) => checkFile(analyse, file, text).violations,
    )
    expect(violations).toEqual([])
  })

  // Every tenth file here; all of them in `npm run bench -- invariants`.
  test.each(corpora)('%s: all at once and group by group end in the same objects and findings', (name) => {
    const analyse = analyserFor({ config: defaults })
    const files = corpusFiles(name).filter((_, index) => index % 10 === 0)
    expect(files.flatMap(({ file, text }) => checkOrder(analyse, file, text))).toEqual([])
  })
})

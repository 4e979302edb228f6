import { describe, expect, test } from 'vitest'
import { namesOf, readExceptions, readPolicyExceptions } from '../../src/exceptions/index.ts'
import { catalogue } from '../../src/policies/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { analyserFor } from '../support/analyse.ts'
import { corpusFiles, hasCorpus } from '../support/corpus.ts'

const corpora = ['handwritten', 'normalised/stack', 'normalised/artifacthub'] as const
const resources = {
  defaults: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } },
}

if (!hasCorpus)
  test('NOT RUN: no corpus of real manifests beside the checkout; set CORPUS_DIR', () => undefined)

describe.runIf(hasCorpus)('exceptions, over real files', () => {
  test('that people have written themselves are read', () => {
    const names = namesOf(catalogue)
    const found = corpora.map((name) => {
      const sources = corpusFiles(name).map(({ file, text }) => readSource(file, text))
      const written = sources.flatMap((source) => readExceptions(source, names, 0))
      return [name, written.length, sources.flatMap((source) => readPolicyExceptions(source, names)).length]
    })
    // Nobody there has written any: what exceptions do is tried on the same files below.
    expect(found).toEqual(corpora.map((name) => [name, 0, 0]))
  })

  // Every fourth file: each is judged three times.
  test.each(corpora)('%s: what is excepted is still found after all fixes, and nothing new', (name) => {
    const exceptions = [
      { policy: 'drop-net-raw', reason: 'it pings' },
      { policy: 'seccomp', match: { name: '*a*' }, reason: 'it traces' },
      { policy: 'privileged-container', reason: 'a driver' },
      { policy: 'memory-limits', match: { kind: 'Deployment' }, reason: 'it grows' },
      { policy: 'image-tag', reason: 'a sample' },
    ]
    const analyse = analyserFor({ config: { resources, exceptions } })
    const plain = analyserFor({ config: { resources } })
    const failures: string[] = []
    let suppressed = 0
    let written = 0
    for (const { file, text } of corpusFiles(name).filter((_, index) => index % 4 === 0)) {
      const { findings, change } = analyse(file, text)
      const held = findings.filter(({ state }) => state === 'suppressed')
      suppressed += held.length
      if (change === undefined) continue
      written += change.fingerprints.length
      const before = new Set(plain(file, text).findings.map(({ fingerprint }) => fingerprint))
      const after = new Set(plain(file, change.after).findings.map(({ fingerprint }) => fingerprint))
      for (const { policy, fingerprint } of held)
        if (!after.has(fingerprint) || change.fingerprints.includes(fingerprint))
          failures.push(`${file}: ${policy} is gone`)
      for (const one of after) if (!before.has(one)) failures.push(`${file}: ${one} is new`)
    }
    expect(failures).toEqual([])
    expect([suppressed > 10, written > 50]).toEqual([true, true])
  })
})

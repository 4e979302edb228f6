import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { catalogue, createJudge } from '../../src/policies/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { subjectOf } from '../../src/resources/index.ts'
import { applyOperations } from './apply.ts'

const corpus = process.env['CORPUS_DIR'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'corpus')
const isThere = existsSync(corpus)
const isRequired = process.env['CI'] !== undefined || process.env['REQUIRE_CORPUS'] !== undefined
if (!isThere)
  console.error(`CORPUS MISSING: ${corpus} is not there, so policies were not run on real manifests`)

test.skipIf(!isThere && !isRequired)(
  'on real manifests no policy fails, and every fix can be applied',
  () => {
    const judge = createJudge(catalogue, { params: {}, values: {} })
    let objects = 0
    let fixes = 0
    const failures = new Set<string>()
    for (const path of globSync('**/*.{yaml,yml,json}', { cwd: corpus })) {
      const text = readFileSync(join(corpus, path), 'utf8')
      if (text.length > 1_000_000) continue
      for (const resource of readSource(path, text).resources) {
        objects++
        const { matches, errors } = judge.judge(resource)
        for (const error of errors) failures.add(`${error.policy}: ${error.message}: ${path}`)
        for (const match of matches) {
          const plan = judge.planFix(match)
          if (plan.kind === 'error') failures.add(`${match.policy.id}: ${plan.message}: ${path}`)
          if (plan.kind !== 'patch') continue
          fixes++
          try {
            const patched = subjectOf(applyOperations(resource.object, plan.operations))
            if (patched === undefined) throw new Error('the patched object is none')
            // What a fix requires is not in the patch here.
            if (plan.requires.length === 0 && judge.ensures(match, patched) !== true)
              throw new Error('what the policy ensures does not hold')
          } catch (error) {
            failures.add(`${match.policy.id}: ${String(error)}: ${path}`)
          }
        }
      }
    }
    expect([...failures].slice(0, 20)).toEqual([])
    expect(objects).toBeGreaterThan(3000)
    expect(fixes).toBeGreaterThan(5000)
  },
)

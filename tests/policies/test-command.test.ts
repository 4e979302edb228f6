import { describe, expect, test } from 'vitest'
import { testPolicy } from '../../src/cli/policy-examples.ts'
import { catalogue, loadExamples } from '../../src/policies/index.ts'

/** What `k8s-autofix policies test` says of our own policies, those that look at the repository among them. */
const examples = await loadExamples()

describe('policies test', () => {
  test.each(catalogue.map((policy) => [policy.id, policy] as const))('%s', (id, policy) => {
    const own = [...(examples[id] ?? [])]
    const results = testPolicy({ ...policy, examples: own }, catalogue)
    expect(results.map(({ example }) => example)).toEqual(own.map(({ name }) => name))
    expect(
      results.flatMap(({ example, failure }) => (failure === undefined ? [] : [example, failure])),
    ).toEqual([])
  })

  test('tells an example of a policy that looks at the repository that is wrong', () => {
    const [policy] = catalogue.filter(({ id }) => id === 'dangling-service')
    const [example] = (examples['dangling-service'] ?? []).filter(({ clean }) => clean === true)
    if (policy === undefined || example === undefined) throw new Error('no such policy')
    const { clean: _, ...rest } = example
    const [result] = testPolicy({ ...policy, examples: [{ ...rest, advice: true }] }, catalogue)
    expect(result?.failure).toBe('expected a finding, found none')
  })
})

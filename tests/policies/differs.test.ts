import { describe, expect, test } from 'vitest'
import type { JsonObject, Policy } from '../../src/model/index.ts'
import {
  catalogue,
  createJudge,
  engineDifferences,
  foretold,
  looksAtRepository,
} from '../../src/policies/index.ts'
import { Expression } from '../../src/policies/cel.ts'
import { subjectOf, type Subject } from '../../src/resources/index.ts'

const none = { params: {}, values: {} }

function subject(object: JsonObject): Subject {
  const result = subjectOf(object)
  if (result === undefined) throw new Error('no subject')
  return result
}

function policy(differs: Policy['differs']): Policy {
  return {
    id: 'example',
    title: 'Example',
    since: '1.0.0',
    severity: 'low',
    family: 'hygiene',
    why: 'Because.',
    kinds: ['pod-bearing'],
    'for-each': 'container',
    judges: 'written',
    when: 'true',
    at: 'container:/image',
    fix: 'none',
    advice: 'Nothing.',
    breakage: { prior: 0, because: 'nothing is changed' },
    examples: [],
    ...(differs === undefined ? {} : { differs }),
  }
}

const entry = { engine: 'other', rule: 'rule', reports: 'ours', because: 'a reason' } as const
const ask = { engine: 'other', rule: 'rule', reports: 'ours' } as const
const pod = subject({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: { containers: [{ name: 'a', image: 'a:1' }, { name: 'b' }] },
})

describe('a difference', () => {
  test('is foretold by the entry for that engine, rule and side, and by no other', () => {
    const one = policy([entry])
    expect(foretold(one, pod, ask, none)).toBe('a reason')
    expect(foretold(one, pod, { ...ask, engine: 'another' }, none)).toBeUndefined()
    expect(foretold(one, pod, { ...ask, rule: 'another' }, none)).toBeUndefined()
    expect(foretold(one, pod, { ...ask, reports: 'theirs' }, none)).toBeUndefined()
    expect(foretold(policy(undefined), pod, ask, none)).toBeUndefined()
  })

  test('is foretold where its condition holds at a site, or at the site that is asked about', () => {
    const one = policy([{ ...entry, when: '!container.?image.hasValue()' }])
    expect(foretold(one, pod, ask, none)).toBe('a reason')
    expect(foretold(one, pod, ask, none, { container: '/spec/containers/1' })).toBe('a reason')
    expect(foretold(one, pod, ask, none, { container: '/spec/containers/0' })).toBeUndefined()
  })

  test('has the reason of the first entry that holds', () => {
    const one = policy([
      { ...entry, when: 'container.?image.orValue("") == "b:1"', because: 'no' },
      { ...entry, when: 'container.?image.orValue("") == "a:1"', because: 'yes' },
      { ...entry, because: 'late' },
    ])
    expect(foretold(one, pod, ask, none)).toBe('yes')
  })

  test('is not foretold by an entry that cannot be evaluated', () => {
    expect(foretold(policy([{ ...entry, when: 'container.image == "x"' }]), pod, ask, none)).toBeUndefined()
  })

  test('may depend on what the repository holds', () => {
    const one = policy([{ ...entry, when: 'values.?repository.?met.orValue([]).exists(o, !o.sameFolder)' }])
    const seeing = (sameFolder: boolean) => ({
      params: {},
      values: { repository: { met: [{ sameFolder }] } },
    })
    expect(foretold(one, pod, ask, seeing(false))).toBe('a reason')
    expect(foretold(one, pod, ask, seeing(true))).toBeUndefined()
    expect(foretold(one, pod, ask, none)).toBeUndefined()
  })
})

describe('what holds of every rule of an engine', () => {
  test('is a sound condition on the object alone', () => {
    for (const { when, because } of engineDifferences) {
      expect(
        when === undefined ? undefined : new Expression(when, new Set(['object'])).problem('bool'),
      ).toBeUndefined()
      expect(because).not.toBe('')
    }
  })

  test('says which pods kube-linter does not judge, and which it makes up', () => {
    const one = policy(undefined)
    const ours = { engine: 'kube-linter', rule: 'any', reports: 'ours' } as const
    const theirs = { ...ours, reports: 'theirs' } as const
    const old = { apiVersion: 'extensions/v1beta1', kind: 'Deployment', spec: { template: { spec: {} } } }
    const patch = { apiVersion: 'apps/v1', kind: 'Deployment', spec: { replicas: 2 } }
    expect(foretold(one, subject(old), ours, none)).toContain('extensions')
    expect(foretold(one, subject(old), theirs, none)).toBeUndefined()
    expect(foretold(one, subject(patch), theirs, none)).toContain('patch')
    expect(foretold(one, subject(patch), ours, none)).toBeUndefined()
    expect(foretold(one, pod, ours, none)).toBeUndefined()
    expect(foretold(one, pod, theirs, none)).toBeUndefined()
  })
})

test('policies that look at the repository are no matter of a single object', () => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'a' },
    spec: { selector: { a: 'b' } },
  }
  const { matches, errors } = createJudge(catalogue, none).judge(subject(service))
  expect(matches.filter(({ policy }) => looksAtRepository(policy))).toEqual([])
  expect(errors).toEqual([])
})

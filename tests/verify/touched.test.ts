import { describe, expect, test } from 'vitest'
import { detect } from '../../src/detect/index.ts'
import { catalogue, changedPlaces, createJudge, loadExamples } from '../../src/policies/index.ts'
import { planResource } from '../../src/propose/index.ts'
import { readSource, subjectOf } from '../../src/resources/index.ts'
import { stringify } from 'yaml'
import { corpusFiles, hasCorpus } from '../support/corpus.ts'

const values = { resources: { requests: { cpu: '100m' }, limits: { memory: '1Gi' } } }
const judge = createJudge(catalogue, { params: {}, values })

/** Judging again only what a patch can concern must find what judging everything finds. */
function compare(file: string, text: string): number {
  let groups = 0
  for (const resource of readSource(file, text).resources) {
    const before = detect(judge, resource).detected
    for (const group of planResource(judge, resource, before, new Set()).groups) {
      groups++
      const patched = subjectOf(group.patched)
      if (patched === undefined) continue
      const changed = changedPlaces(resource.object, group.patch)
      const scope = judge.touchedBy(resource, changed)
      const all = new Set(detect(judge, patched).detected.map(({ key }) => key))
      const some = new Set(detect(judge, patched, scope).detected.map(({ key }) => key))
      // What is out of scope finds what it has found before.
      for (const { key, match } of before) {
        const container = match.container?.pointer
        const local = scope.local?.policies.has(match.policy.id) === true
        const inScope = local
          ? container !== undefined && scope.local?.containers.has(container) === true
          : scope.policies.has(match.policy.id)
        if (!inScope) some.add(key)
      }
      expect([...some].sort(), `${file}: ${JSON.stringify(group.patch)}`).toEqual([...all].sort())
    }
  }
  return groups
}

test('on every example of every policy', async () => {
  const examples = Object.values(await loadExamples()).flat()
  const groups = examples.map(({ before }) =>
    compare('example', typeof before === 'string' ? before : stringify(before)),
  )
  expect(groups.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(500)
})

test('on an object that a fix moves to another group, whose policies have not looked at it', () => {
  // Of apps alone a selector is asked to fit.
  const text = `apiVersion: extensions/v1beta1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: other}}
    spec: {containers: [{name: web, image: 'web:1.0'}]}
`
  expect(compare('moved.yaml', text)).toBeGreaterThan(1)
  const [resource] = readSource('moved.yaml', text).resources
  const scope = judge.touchedBy(resource!, [{ pointer: '/apiVersion', pattern: '/apiVersion' }])
  expect(scope.policies).toContain('mismatching-selector')
})

describe.runIf(hasCorpus)('on real manifests', () => {
  test.each(['handwritten', 'normalised/stack', 'normalised/artifacthub'] as const)(
    '%s, every tenth file',
    (name) => {
      const groups = corpusFiles(name)
        .filter((_, index) => index % 10 === 0)
        .map(({ file, text }) => compare(file, text))
      expect(groups.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(20)
    },
  )
})

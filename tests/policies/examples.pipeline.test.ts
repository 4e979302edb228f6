import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { kubernetesYaml } from '../../src/yaml/index.ts'
import { judgeRepository } from '../../src/detect/index.ts'
import { factsOf } from '../../src/inventory/index.ts'
import { catalogue, loadExamples, looksAtRepository } from '../../src/policies/index.ts'
import type { Finding, JsonValue, PolicyExample } from '../../src/model/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { analyse } from '../support/analyse.ts'
import { collateralLines } from '../support/collateral.ts'

/** Every example of every policy file through the whole pipeline: detect, plan, edit, verify. */
const examples = await loadExamples()

function textOf(value: JsonValue | string): string {
  return typeof value === 'string' ? value : stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })
}

/** The document that is judged, and those that stand around it. */
function wholeText({ before, context = [] }: PolicyExample): string {
  return [before, ...context].map(textOf).join('---\n')
}

/** What the policies that look across objects find once all files are read. */
function acrossObjects(id: string, example: PolicyExample): Finding[] {
  const source = readSource('test.yaml', wholeText(example))
  const facts = factsOf(source)
  const params = example.params === undefined ? {} : { [id]: example.params }
  return judgeRepository(
    catalogue.filter((policy) => policy.id === id && looksAtRepository(policy)),
    // As they come from worker threads.
    structuredClone(facts),
    () => ({ params, severity: {} }),
    () => source,
  )
}

function run(policy: string, example: PolicyExample) {
  return analyse(wholeText(example), {
    only: [policy],
    config: {
      ...(example.params === undefined ? {} : { params: { [policy]: example.params } }),
      ...(example.values?.['resources'] === undefined
        ? {}
        : { resources: { defaults: example.values['resources'] } }),
      ...(example.values?.['images'] === undefined ? {} : { images: example.values['images'] }),
      ...(example['allow-removal'] === true ? { 'allow-removal': [policy] } : {}),
    },
  })
}

describe.each(catalogue.map(({ id }) => id))('%s', (id) => {
  const own = examples[id] ?? []
  test('has examples', () => expect(own.length).toBeGreaterThanOrEqual(3))

  test.each(own.map((example) => [example.name, example] as const))('%s', (_name, example) => {
    const result = run(id, example)
    expect(result.unread).toEqual([])
    expect(result.invalid).toEqual([])
    const findings = [...result.findings, ...acrossObjects(id, example)].filter(
      ({ policy, location }) => policy === id && location.document === 0,
    )
    if (example.clean === true) {
      expect(findings.map(({ message }) => message)).toEqual([])
      return
    }
    expect(findings.length).toBeGreaterThan(0)
    const states = new Set(findings.map(({ state }) => state))
    if (example['needs-value'] === true) expect(states).toContain('needs-value')
    else if (example.advice === true) expect(states).toContain('advice')
    else if (example.refused !== undefined)
      expect(findings.map(({ reason }) => reason?.code)).toContain(example.refused)
    else {
      expect(findings.map(({ state, reason }) => reason?.text ?? state)).toEqual(findings.map(() => 'fixed'))
      const before = textOf(example.before)
      const after = result.change?.after ?? ''
      if (typeof example.after === 'string') expect(after).toBe(example.after)
      else expect(parse(after, kubernetesYaml)).toEqual(example.after)
      expect(collateralLines(before, after)).toEqual([])
      if (example.safe !== undefined)
        expect(findings.map(({ safe }) => safe)).toEqual(findings.map(() => example.safe))
    }
  })
})

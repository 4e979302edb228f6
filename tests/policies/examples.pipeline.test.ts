import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { kubernetesYaml, readDocuments } from '../../src/yaml/index.ts'
import { NewFiles } from '../../src/creating.ts'
import { judgeRepository } from '../../src/detect/index.ts'
import { factsOf, inventoryOf } from '../../src/inventory/index.ts'
import { catalogue, loadExamples, looksAtRepository } from '../../src/policies/index.ts'
import type { Finding, JsonValue, PolicyExample } from '../../src/model/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { usesIn, withUses } from '../../src/accounts.ts'
import { analyse, requestOf, type AnalyseOptions } from '../support/analyse.ts'
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

/** What the policies that look across objects find once all files are read, with the new files that they propose. */
function acrossObjects(id: string, example: PolicyExample): Finding[] {
  const text = wholeText(example)
  const source = readSource('test.yaml', text)
  // As they come from worker threads.
  const facts = structuredClone(factsOf(source))
  const params = example.params === undefined ? {} : { [id]: example.params }
  const across = judgeRepository(
    catalogue.filter((policy) => policy.id === id && looksAtRepository(policy)),
    facts,
    () => ({ params, severity: {} }),
    () => source,
  )
  const findings = across.map(({ finding }) => finding)
  const created = new NewFiles(across, {
    request: requestOf({ only: [id] }),
    policies: catalogue,
    inventory: inventoryOf(facts),
    texts: new Map([['test.yaml', text]]),
    exists: () => false,
  })
  created.settle([{ findings }])
  return findings
}

function run(policy: string, example: PolicyExample) {
  const text = wholeText(example)
  const options: AnalyseOptions = {
    only: [policy],
    config: {
      ...(example.params === undefined ? {} : { params: { [policy]: example.params } }),
      ...(example.values?.['resources'] === undefined
        ? {}
        : { resources: { defaults: example.values['resources'] } }),
      ...(example.values?.['images'] === undefined ? {} : { images: example.values['images'] }),
      ...(example['allow-removal'] === true ? { 'allow-removal': [policy] } : {}),
    },
  }
  const first = analyse(text, options)
  const uses = usesIn([first])
  return uses.length === 0 ? first : analyse(text, options, { evidence: withUses(undefined, uses, () => 1) })
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
      if (example.creates !== undefined) {
        const created = findings[0]?.edits.map(({ replacement }) => readDocuments(replacement)[0]?.value)
        expect(created).toEqual([example.creates])
        expect(findings.map(({ safe }) => safe)).toEqual(findings.map(() => example.safe ?? true))
        return
      }
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

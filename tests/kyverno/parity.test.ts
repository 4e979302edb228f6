import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importValidatingPolicy } from '../../src/kyverno/index.ts'
import type { JsonObject, Policy } from '../../src/model/index.ts'
import { createJudge } from '../../src/policies/index.ts'
import { readSource, subjectOf } from '../../src/resources/index.ts'
import { exported, openEngine } from '../export/support.ts'
import { corpusFiles, hasCorpus } from '../support/corpus.ts'
import { expressions } from './expressions.ts'
import { ourVerdicts, theirVerdicts, type Verdict } from './program.ts'
import { noAutogen, oddObjects, policyOf, samples, validatingPolicy } from './samples.ts'

/* What we say of an object by a ValidatingPolicy is what the real program of Kyverno says. */

interface Both {
  name: string
  object: JsonObject
  policy: Policy
}

/** Those policies that are judged in this process, with what they have become. */
function imported(objects: readonly JsonObject[]): Both[] {
  return objects.flatMap((object) => {
    const source = policyOf(object)
    const result = importValidatingPolicy(source)
    if ('unsupported' in result) return []
    return result.policies.map((policy) => ({ name: source.name, object, policy }))
  })
}

/** Counts what both say, and tells what they differ about. */
function compare(
  both: readonly Both[],
  objects: readonly { name: string; object: JsonObject }[],
): { counts: Record<Verdict, number>; differences: string[] } {
  const contents = objects.map(({ object }) => object)
  const theirs = theirVerdicts(
    both.map(({ object }) => object),
    contents,
  )
  const ours = ourVerdicts(
    both.map(({ policy }) => policy),
    contents,
  )
  const counts = { found: 0, clean: 0, error: 0 }
  const differences = objects.flatMap(({ name }, index) =>
    both.flatMap(({ name: policy }) => {
      const mine = ours[index]?.get(policy) ?? 'clean'
      const yours = theirs[index]?.get(policy) ?? 'clean'
      counts[mine]++
      return mine === yours ? [] : [`${name} ${policy}: ours ${mine}, theirs ${yours}`]
    }),
  )
  return { counts, differences }
}

/** Real objects, every so many files one. */
function corpusObjects(step: number): { name: string; object: JsonObject }[] {
  return (['handwritten', 'normalised/stack', 'normalised/artifacthub'] as const).flatMap((corpus) =>
    corpusFiles(corpus)
      .filter((_, index) => index % step === 0)
      .flatMap(({ file, text }) =>
        readSource(file, text).resources.map(({ object }) => ({ name: `${corpus}/${file}`, object })),
      ),
  )
}

describe('the verdicts of Kyverno', () => {
  it('are ours for single expressions over values of every kind', { timeout: 300_000 }, () => {
    const policies = expressions.map((expression, index) =>
      validatingPolicy(`expression-${index}`, {
        autogen: noAutogen,
        validations: [{ expression, message: 'no' }],
      }),
    )
    const both = imported(policies)
    const { counts, differences } = compare(
      both,
      oddObjects.map((object) => ({ name: JSON.stringify(object['metadata']), object })),
    )
    const told = differences.map((text) =>
      text.replace(/expression-(\d+)/, (_, index: string) => expressions[Number(index)] ?? ''),
    )
    expect(told).toEqual([])
    expect(both.length).toBeGreaterThan(140)
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(40)
  })

  describe.runIf(hasCorpus)('over the corpora', () => {
    it('are ours for policies in every style', { timeout: 600_000 }, () => {
      const both = imported(samples)
      expect(both.map(({ name }) => name)).toEqual(samples.map((object) => policyOf(object).name))
      // All of them with KYVERNO=all: that takes hours.
      const objects = corpusObjects(process.env['KYVERNO'] === 'all' ? 1 : 32)
      const { counts, differences } = compare(both, [...objects, ...oddNamed])
      expect(differences).toEqual([])
      expect(objects.length).toBeGreaterThan(150)
      expect(counts.found).toBeGreaterThan(300)
      expect(counts.error).toBeGreaterThan(30)
    })
  })
})

const oddNamed = oddObjects.map((object, index) => ({ name: `odd ${index}`, object }))

/* What we export comes back as what it was: on the objects as the API server has them, which is what both judge. */
describe.runIf(hasCorpus)('policies that were exported', () => {
  let engine: ReturnType<typeof openEngine>
  let back: { policy: Policy; original: Policy }[]
  let objects: { name: string; object: JsonObject }[]
  beforeAll(async () => {
    engine = openEngine()
    const { catalogue } = await import('../../src/policies/index.ts')
    const exports = await exported(engine, { form: 'kyverno' })
    back = exports.flatMap(({ policy: id, objects: written = [] }) =>
      imported(written).flatMap(({ policy }) => {
        const original = catalogue.find((one) => one.id === id)
        return original === undefined ? [] : [{ policy, original }]
      }),
    )
    objects = []
    for (const { name, object } of corpusObjects(8)) {
      const text = await engine.ask({ op: 'create', type: 'application/json' }, [JSON.stringify(object)])
      const answer = JSON.parse(text) as { code: number; object?: JsonObject }
      if (answer.code === 201 && answer.object !== undefined) objects.push({ name, object: answer.object })
    }
  }, 300_000)
  afterAll(() => engine.close())

  it('come back as what they were', () => {
    const judge = createJudge(
      back.flatMap(({ policy, original }) => [policy, original]),
      { params: {}, values: { resources: {} } },
    )
    const differences: string[] = []
    const found = new Set<string>()
    for (const { name, object } of objects) {
      const subject = subjectOf(object)
      if (subject === undefined) throw new Error(`${name}: the API server gave no object`)
      const { matches, errors } = judge.judge(subject)
      expect(errors).toEqual([])
      const reported = new Set(matches.map(({ policy }) => policy.id))
      for (const { policy, original } of back) {
        const [mine, theirs] = [reported.has(policy.id), reported.has(original.id)]
        if (mine !== theirs) differences.push(`${name} ${original.id}: ${theirs}, back ${mine}`)
        else if (mine) found.add(original.id)
      }
    }
    expect(differences).toEqual([])
    expect(objects.length).toBeGreaterThan(500)
    expect(back.length).toBeGreaterThan(50)
    expect(found.size).toBeGreaterThan(30)
  })
})

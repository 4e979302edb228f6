import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tool } from '../../scripts/tools.ts'
import { createKyverno } from '../../src/adapters/kyverno.ts'
import { toolRunner } from '../../src/adapters/tool-runner.ts'
import { ownJudgingPolicy } from '../../src/detect/index.ts'
import type { JsonObject, Policy } from '../../src/model/index.ts'

import { catalogue, createJudge } from '../../src/policies/index.ts'
import { readSource, subjectOf } from '../../src/resources/index.ts'
import { exported, once, openEngine, wordsOf } from '../export/support.ts'
import { corpusFiles, hasCorpus } from '../support/corpus.ts'

/**
 * The command line tool of Kyverno judges objects of the corpora, as an API server has them after its defaults, by our
 * exported policies: it has to say the same of each, in the same words. It takes some 20 ms for each policy and object,
 * so each policy gets a few objects that it finds and a few that it does not; EXPORT=all gives it all of them, which
 * takes hours.
 */

const all = process.env['EXPORT'] === 'all'
/** Objects that each policy finds, and that it does not, in a run over a sample. */
const objectsEach = all ? Number.POSITIVE_INFINITY : 2
/** Policies that are asked about the same objects. */
const together = 10
const step = all ? 1 : 7

if (!hasCorpus)
  test('NOT RUN: no corpus of real manifests beside the checkout; set CORPUS_DIR', () => undefined)

/** An object with the words of every policy that finds something in it. */
interface Known {
  name: string
  object: JsonObject
  said: Map<string, string>
}

describe.runIf(hasCorpus)('exported policies and the command line tool of Kyverno', () => {
  test(
    'find the same in the same objects, and say it in the same words',
    async () => {
      const engine = openEngine()
      const temporary = mkdtempSync(join(tmpdir(), 'k8s-autofix-test-'))
      try {
        const exports = await exported(engine, { form: 'kyverno', actions: ['audit'] })
        const told = new Map(
          exports.flatMap(({ policy, objects = [] }) => objects.map((one) => [policy, one])),
        )
        const policies = catalogue.filter(({ id }) => told.has(id))
        const known = await knownObjects(engine, policies)
        const differences: string[] = []
        let [same, found] = [0, 0]
        for (let at = 0; at < policies.length; at += together) {
          const some = policies.slice(at, at + together)
          const objects = chosen(known, some)
          const kyverno = await createKyverno({
            program: tool('kyverno'),
            // Which kinds they look at is for Kyverno to tell as well.
            policies: some.map((policy) => ({
              ...ownJudgingPolicy(policy, told.get(policy.id) ?? {}),
              kinds: undefined,
            })),
            runner: toolRunner,
            temporaryFolder: temporary,
          })
          const {
            findings,
            judged,
            unjudged,
            undecided = [],
          } = await kyverno.judge(
            objects.map(({ name, object }) => ({ id: name, context: '', text: JSON.stringify(object) })),
          )
          expect([unjudged, undecided]).toEqual([[], []])
          expect(judged).toHaveLength(objects.length)
          const theirs = new Map(findings.map((one) => [`${one.unit} ${one.rule}`, one.message]))
          expect(theirs.size).toBe(findings.length)
          for (const { name, said } of objects)
            for (const { id } of some) {
              const mine = said.get(id)?.replaceAll(/\s+/g, ' ').slice(0, 1000)
              const yours = once(theirs.get(`${name} k8s-autofix-${id}`))
              if (mine !== yours)
                differences.push(
                  `${name} ${id}: ours ${JSON.stringify(mine)}, theirs ${JSON.stringify(yours)}`,
                )
              else if (mine === undefined) same++
              else found++
            }
        }
        expect(differences).toEqual([])
        expect(policies.length).toBeGreaterThan(60)
        expect(found).toBeGreaterThan(policies.length)
        expect(same).toBeGreaterThan(found)
      } finally {
        await engine.close()
        rmSync(temporary, { recursive: true })
      }
    },
    all ? 0 : 600_000,
  )
})

async function knownObjects(
  engine: ReturnType<typeof openEngine>,
  policies: readonly Policy[],
): Promise<Known[]> {
  // Nothing in force: only the defaults of the API server are wanted.
  await engine.ask({ op: 'context' }, [])
  const judge = createJudge(policies, { params: {}, values: { resources: {} } })
  const known: Known[] = []
  for (const corpus of ['handwritten', 'normalised/stack', 'normalised/artifacthub'] as const)
    for (const { file, text } of corpusFiles(corpus).filter((_, index) => index % step === 3 % step))
      for (const { object, document, root } of readSource(file, text).resources) {
        const answer = JSON.parse(
          await engine.ask({ op: 'create', type: 'application/json' }, [JSON.stringify(object)]),
        ) as { code: number; object?: JsonObject }
        const subject = answer.object && subjectOf(answer.object)
        if (answer.code !== 201 || subject === undefined) continue
        const { matches, errors } = judge.judge(subject)
        if (errors.length > 0) continue
        const said = new Map(matches.map(({ policy }) => [policy.id, wordsOf(policy, matches)]))
        known.push({ name: `${corpus}/${file} ${document}${root}`, object: subject.object, said })
      }
  return known
}

/** For each policy some objects that it finds something in, and some of the same kinds in which it does not. */
function chosen(known: readonly Known[], policies: readonly Policy[]): Known[] {
  const objects = new Set<Known>()
  for (const { id } of policies) {
    const finding = known.filter(({ said }) => said.has(id))
    const kinds = new Set(finding.map(({ object }) => object['kind']))
    const others = known.filter(({ object, said }) => kinds.has(object['kind']) && !said.has(id))
    for (const one of finding.slice(0, objectsEach)) objects.add(one)
    for (const one of others.slice(0, objectsEach)) objects.add(one)
  }
  return [...objects]
}

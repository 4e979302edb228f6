import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  crossObjectRules,
  readOutput,
  resourceOf,
  type Engine,
  type EngineAnswer,
  type Unit,
} from '../../src/detect/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { corpusFiles, corpusFolder, hasCorpus } from '../support/corpus.ts'
import { kubeLinter, makeScene, unit, type Scene } from './support.ts'

/** Real manifests, all 62 checks, against plain runs of kube-linter on the same files. */
describe.runIf(hasCorpus)('kube-linter over the corpus', () => {
  let scene: Scene
  let engine: Engine
  let units: Unit[]
  let answer: EngineAnswer
  const folder = join(corpusFolder, 'normalised/stack')

  beforeAll(async () => {
    scene = makeScene()
    engine = await scene.engine({ settings: { addAllBuiltIn: true } })
    units = corpusFiles('normalised/stack').map(({ file, text }) => unit(file, text))
    answer = await engine.judge(units)
  })
  afterAll(() => scene.remove())

  it('gives every unit a heartbeat or a reason', () => {
    const seen = new Set([...answer.judged, ...answer.suppressed].map((object) => object.unit))
    const unjudged = new Map(answer.unjudged.map((one) => [one.unit, one.because]))
    for (const { id } of units) expect([id, seen.has(id) || unjudged.has(id)]).toEqual([id, true])
    const reasons = new Set(unjudged.values())
    expect(reasons).toEqual(new Set(['kube-linter does not read objects of the kind RoleList']))
    expect(unjudged.size).toBe(4)
  })

  it('finds what a plain run on the folder finds, but for checks that look across objects', () => {
    const plain = plainFindings().filter(({ rule }) => !crossObjectRules.has(rule))
    const ours = answer.findings.filter(({ rule }) => !crossObjectRules.has(rule))
    const line = (id: string, { rule, kind, namespace, name, message }: Line): string =>
      JSON.stringify([id, rule, kind, namespace, name, message])
    expect(ours.map((finding) => line(finding.unit, finding)).sort()).toEqual(
      plain.map((finding) => line(finding.file, finding)).sort(),
    )
    expect(ours.length).toBeGreaterThan(20_000)
  })

  it('finds the same as a plain run where all files stand in one context', async () => {
    const together = await engine.judge(units.map((one) => ({ ...one, context: 'one' })))
    const count = (list: readonly { rule: string }[]): Record<string, number> => {
      const counts: Record<string, number> = {}
      for (const { rule } of list) counts[rule] = (counts[rule] ?? 0) + 1
      return counts
    }
    expect(count(together.findings)).toEqual(count(plainFindings()))
    // And the difference between alone and together is what the table of such checks names.
    const alone = count(answer.findings)
    const differing = Object.entries(count(together.findings)).filter(
      ([rule, number]) => alone[rule] !== number,
    )
    for (const [rule] of differing) expect(crossObjectRules.has(rule), rule).toBe(true)
    expect(differing.length).toBeGreaterThan(2)
  })

  it('names objects that we can place', () => {
    const texts = new Map(units.map(({ id, text }) => [id, text]))
    const resources = new Map(
      [...new Set(answer.judged.map((object) => object.unit))].map((id) => [
        id,
        readSource(id, texts.get(id) ?? '').resources,
      ]),
    )
    const lost = answer.judged.filter(
      (object) => resourceOf(object, resources.get(object.unit) ?? []) === undefined,
    )
    expect(lost).toEqual([])
  })

  interface Line {
    rule: string
    kind: string
    namespace: string
    name: string
    message: string
  }

  function plainFindings(): (Line & { file: string })[] {
    const configuration = join(scene.folder, 'plain.json')
    writeFileSync(configuration, '{"checks": {"addAllBuiltIn": true, "exclude": ["schema-validation"]}}')
    let stdout = ''
    try {
      execFileSync(kubeLinter, ['lint', '--config', configuration, '--format', 'json', folder], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
        maxBuffer: 256 * 1024 * 1024,
      })
    } catch (error) {
      stdout = String(Reflect.get(Object(error), 'stdout'))
    }
    const output = readOutput(stdout)
    if ('unreadable' in output) throw new Error(output.unreadable)
    return (output.Reports ?? []).map((report) => ({
      file: report.Object.Metadata.FilePath.slice(folder.length + 1),
      rule: report.Check,
      kind: report.Object.K8sObject.GroupVersionKind.Kind,
      namespace: report.Object.K8sObject.Namespace,
      name: report.Object.K8sObject.Name,
      message: report.Diagnostic.Message,
    }))
  }
})

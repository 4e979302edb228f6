import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dirname } from 'node:path/posix'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tool } from '../../scripts/tools.ts'
import { createKubeLinter } from '../../src/adapters/kube-linter.ts'
import { toolRunner } from '../../src/adapters/tool-runner.ts'
import { secondOpinion } from '../../src/beside.ts'
import {
  defaultSettings,
  looksAcrossObjects,
  type Engine,
  type EngineFinding,
} from '../../src/detect/index.ts'
import { createExcepting } from '../../src/excepting.ts'
import { namesOf } from '../../src/exceptions/index.ts'
import { createAnalyser, type FileResult, type Request } from '../../src/pipeline.ts'
import { catalogue } from '../../src/policies/index.ts'
import { readSource } from '../../src/resources/index.ts'
import { corpusFiles, hasCorpus } from '../support/corpus.ts'
import { readConfig } from '../support/config.ts'

/**
 * What kube-linter says of all files before and after all fixes that are left once it was asked: counted here anew, by
 * object, rule and container, without the code that decides what it refuses.
 */

const movesVersion = new Set(
  catalogue.filter(({ family, fix }) => family === 'deprecations' && fix !== 'none').map(({ id }) => id),
)

/** Refused by kube-linter, each looked at: policy, file and why that is right. */
const refusedRightly: Readonly<Record<string, string>> = {
  // A template that nobody has filled in: kube-linter cannot read the label `$APP`, and no API server takes it.
  'normalised/stack/sample_2820.yaml no-anti-affinity': '"$APP": a valid label must',
  // The budget allows no disruption, which kube-linter reads in a version of today alone.
  'handwritten/kubernetes+examples/_archived/cockroachdb/cockroachdb-statefulset.yaml removed-budget-version':
    'lower than the minimum number of replicas',
}

if (!hasCorpus)
  test('NOT RUN: no corpus of real manifests beside the checkout; set CORPUS_DIR', () => undefined)

describe.runIf(hasCorpus)('kube-linter, before and after all fixes', () => {
  let engine: Engine
  let temporary: string
  beforeAll(async () => {
    temporary = mkdtempSync(join(tmpdir(), 'k8s-autofix-test-'))
    const program = tool('kube-linter')
    const options = { program, settings: defaultSettings, runner: toolRunner, temporaryFolder: temporary }
    engine = await createKubeLinter(options)
  })
  afterAll(() => rmSync(temporary, { recursive: true, force: true }))

  test.each(['handwritten', 'normalised/stack', 'normalised/artifacthub'] as const)(
    '%s: adds nothing, and what is fixed is gone',
    async (name) => {
      const files = corpusFiles(name)
      const texts = new Map(files.map(({ file, text }) => [file, text]))
      const results = await opinionOn(texts, engine)
      const after = new Map(results.map(({ file, proven }) => [file, proven?.text ?? texts.get(file) ?? '']))
      const [old, now] = [await judge(engine, texts), await judge(engine, after)]
      // Of a version that is gone kube-linter reads little or nothing; what it sees behind it is no new finding.
      const moved = new Set(
        results.flatMap(({ file, findings }) =>
          findings
            .filter(({ policy, state }) => state === 'fixed' && movesVersion.has(policy))
            .map(({ location, resource }) =>
              JSON.stringify([file, location.document, resource.kind, resource.name]),
            ),
        ),
      )
      const added: string[] = []
      let hidden = 0
      for (const [key, count] of now) {
        const surplus = count - (old.get(key) ?? 0)
        if (surplus <= 0) continue
        if (moved.has(JSON.stringify(keyOf(key).slice(0, 4)))) hidden += surplus
        else added.push(`${key} ${surplus}`)
      }
      expect(added).toEqual([])

      const findings = results.flatMap((result) => result.findings.map((finding) => ({ finding, result })))
      const fixed = findings.filter(
        ({ finding }) =>
          finding.state === 'fixed' && finding.engines.some((one) => one.name === 'kube-linter'),
      )
      const left = fixed.filter(({ finding, result }) =>
        finding.engines.some(
          ({ name: by, rule }) =>
            by === 'kube-linter' &&
            now.has(
              JSON.stringify([
                result.file,
                finding.location.document,
                finding.resource.kind,
                finding.resource.name,
                rule,
                finding.container ?? null,
              ]),
            ) &&
            !result.findings.some(
              (other) =>
                other.resource.name === finding.resource.name &&
                other.location.document === finding.location.document &&
                other.state !== 'fixed' &&
                other.engines.some((one) => one.name === by && one.rule === rule),
            ),
        ),
      )
      expect(left.map(({ finding, result }) => `${result.file} ${finding.policy}`)).toEqual([])
      expect(fixed.length).toBeGreaterThan(50)

      const refused = findings.filter(
        ({ finding }) => finding.reason?.code === 'verifier-rejected:kube-linter',
      )
      const lines = refused.map(
        ({ finding, result }) => `${name}/${result.file} ${finding.policy}: ${finding.reason?.text}`,
      )
      console.log(
        [
          `${name}: kube-linter reports ${sum(old)} findings before and ${sum(now)} after;`,
          `${fixed.length} of ours that it shares are fixed, ${hidden} were hidden behind a version that is gone,`,
          `${refused.length} fixes are refused by it`,
          ...lines,
        ].join('\n  '),
      )
      expect(
        lines.filter(
          (line) =>
            !Object.entries(refusedRightly).some(
              ([place, why]) => line.startsWith(`${place}:`) && line.includes(why),
            ),
        ),
      ).toEqual([])
    },
    300_000,
  )
})

async function opinionOn(texts: ReadonlyMap<string, string>, engine: Engine): Promise<FileResult[]> {
  const config = readConfig({
    resources: {
      defaults: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    },
  })
  const request: Request = {
    config,
    level: 'policy',
    only: undefined,
    skip: [],
    unsafeFixes: true,
    changes: true,
    api: false,
    beside: true,
    time: 0,
  }
  const analyser = createAnalyser(request, catalogue, () => 0)
  const first = [...texts].map(([file, text]) => analyser.analyse(file, text))
  const { results } = await secondOpinion(first, texts, {
    engine,
    looksAt: () => true,
    looksAcross: (rule) => looksAcrossObjects(rule, defaultSettings),
    analyse: async (some) => some.map(({ file, text, given }) => analyser.analyse(file, text, given)),
    policies: catalogue,
    severityOf: () => ({}),
    excepting: createExcepting(request, namesOf(catalogue)),
    progress: () => undefined,
    takes: () => true,
  })
  return results
}

/** How often each rule is reported of each object and container. */
async function judge(engine: Engine, texts: ReadonlyMap<string, string>): Promise<Map<string, number>> {
  const units = [...texts].flatMap(([file, text]) => {
    const source = readSource(file, text)
    return source.resources.map(({ document, root, object }) => ({
      id: JSON.stringify([file, document, root]),
      context: dirname(file),
      text: JSON.stringify(object),
    }))
  })
  const counts = new Map<string, number>()
  for (const finding of (await engine.judge(units)).findings) {
    const key = countedAs(finding)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

function countedAs({ unit, kind, name, rule, container }: EngineFinding): string {
  const [file, document] = keyOf(unit)
  return JSON.stringify([file, document, kind, name, rule, container ?? null])
}

function keyOf(key: string): unknown[] {
  return JSON.parse(key) as unknown[]
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0)
}

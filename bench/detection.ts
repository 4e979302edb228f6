import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { z } from 'zod'
import { toolVersion } from '../scripts/tools.ts'
import { detectAcross } from '../src/detect/index.ts'
import { factsOf, inventoryOf } from '../src/inventory/index.ts'
import type { Policy } from '../src/model/index.ts'
import { catalogue, createJudge, looksAtRepository } from '../src/policies/index.ts'
import { readSource, type SourceFile } from '../src/resources/index.ts'
import type { Benchmark } from './main.ts'
import { kubeLinterPass, manifests, median, requireCorpus, seconds, table } from './measure.ts'

const timesSchema = z.strictObject({
  resources: z.number(),
  findings: z.number(),
  /** Milliseconds. */
  detection: z.number(),
  /** Milliseconds for each further policy and resource: of a kind that it does not match, and of one that it clears. */
  otherKind: z.number(),
  cleared: z.number(),
})

/**
 * Detection by every policy, those that are off by default as well, over resources that are parsed, in one thread of a
 * process that has just started; beside one kube-linter pass with all its offline checks, which reads the files too. The
 * two take turns. And what one policy more costs.
 */
export const detection: Benchmark = (print, args) => {
  const rounds = Number(args[0] ?? 5)
  const stack = requireCorpus('normalised/stack')
  const [theirs, ours]: [number[], z.infer<typeof timesSchema>[]] = [[], []]
  for (let round = 0; round < rounds + 1; round++) {
    const pass = kubeLinterPass(stack, { all: true })
    const once = execFileSync(process.execPath, [import.meta.filename, stack], { encoding: 'utf8' })
    // The first round warms the file cache.
    if (round === 0) continue
    theirs.push(pass.wall)
    ours.push(timesSchema.parse(JSON.parse(once)))
  }
  const pass = median(theirs)
  const own = median(ours.map((one) => one.detection))
  const [first] = ours
  print(
    `kube-linter ${toolVersion('kube-linter')}, its 62 offline checks; ${catalogue.length} policies, ${first?.findings} findings in ${first?.resources} resources; medians of ${rounds} rounds`,
  )
  const each = (key: 'otherKind' | 'cleared'): string =>
    `${(1000 * median(ours.map((one) => one[key]))).toFixed(2)} µs`
  print(
    table(
      ['', 'measured', 'limit'],
      [
        ['one kube-linter pass over normalised/stack', seconds(pass), ''],
        ['detection by all policies', seconds(own), ''],
        ['ratio', `${(own / pass).toFixed(2)} x`, '1 x'],
        ['a policy more, for each resource of another kind', each('otherKind'), '4 µs'],
        ['a policy more, for each resource that it has nothing to say of', each('cleared'), '4 µs'],
      ],
    ),
  )
  return Promise.resolve()
}

function once(folder: string): z.infer<typeof timesSchema> {
  const sources = manifests(folder).map((path) =>
    readSource(relative(folder, path), readFileSync(path, 'utf8')),
  )
  const start = performance.now()
  let findings = detect(sources, catalogue)
  const facts = sources.flatMap((source) => factsOf(source))
  const settings = {
    params: {},
    severity: {},
    named: [],
    allowRemoval: [],
    resources: { defaults: {} },
    images: { pins: {} },
  }
  for (const _ of detectAcross(
    catalogue,
    inventoryOf(facts),
    () => settings,
    () => true,
  ))
    findings++
  const detection = performance.now() - start
  const resources = sources.reduce((sum, source) => sum + source.resources.length, 0)
  return {
    resources,
    findings,
    detection,
    otherKind: costOf(sources, further('example.org/Widget')) / resources,
    cleared: costOf(sources, further('any')) / resources,
  }
}

function detect(sources: readonly SourceFile[], policies: readonly Policy[]): number {
  const judge = createJudge(
    policies.filter((policy) => !looksAtRepository(policy)),
    { params: {}, values: {} },
  )
  let findings = 0
  for (const { resources } of sources)
    for (const resource of resources) findings += judge.judge(resource).matches.length
  return findings
}

const many = 50

/** Policies that have nothing to say of any resource there is. */
function further(kind: string): Policy[] {
  return Array.from({ length: many }, (_, index) => ({
    id: `further-${index}`,
    title: 'An annotation that nobody writes',
    since: '1.0.0',
    severity: 'low',
    family: 'hygiene',
    why: 'To see what a policy costs.',
    kinds: [kind],
    'for-each': 'resource',
    judges: 'written',
    when: `object.?metadata.?annotations[?"example.org/${index}"].orValue("") == "on"`,
    at: 'object:/metadata/annotations',
    fix: 'none',
    advice: 'Leave it.',
    breakage: { prior: 0, because: 'nothing is changed' },
    examples: [],
  }))
}

/** Milliseconds that one policy more takes over all resources: the least of several turns, with and without. */
function costOf(sources: readonly SourceFile[], policies: readonly Policy[]): number {
  const time = (list: readonly Policy[]): number => {
    const start = performance.now()
    detect(sources, list)
    return performance.now() - start
  }
  const turns = Array.from({ length: 5 }, () => ({
    without: time(catalogue),
    within: time([...catalogue, ...policies]),
  }))
  const least = (key: 'without' | 'within'): number => Math.min(...turns.map((turn) => turn[key]))
  return (least('within') - least('without')) / many
}

if (import.meta.main) console.log(JSON.stringify(once(process.argv[2] ?? requireCorpus('normalised/stack'))))

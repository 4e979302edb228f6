import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { root } from '../scripts/package.ts'
import { tool, toolVersion } from '../scripts/tools.ts'
import { createKubeLinter } from '../src/adapters/kube-linter.ts'
import { toolRunner } from '../src/adapters/tool-runner.ts'
import { defaultSettings, detectAcross, type KubeLinterSettings } from '../src/detect/index.ts'
import { factsOf, inventoryOf, type Inventory, type ResourceFacts } from '../src/inventory/index.ts'
import type { JsonObject, JsonValue, Policy } from '../src/model/index.ts'
import {
  catalogue,
  createJudge,
  foretold,
  loadExamples,
  looksAtRepository,
  repositoryChecks,
  repositoryEvidence,
  type DifferencePlace,
} from '../src/policies/index.ts'
import { readSource, type Resource } from '../src/resources/index.ts'
import type { Benchmark } from './main.ts'
import { corpora, manifests, requireCorpus, table } from './measure.ts'

/**
 * Parity with kube-linter: over all resources of the corpora, the share of (resource, check) pairs, among those where at
 * least one of the two reports, where both report. Both sides judge the same resources, those that our loader reads,
 * each as a document of its own in the folder where it was. A pair that only one side reports is explained where a
 * policy's `differs` foretells it at that resource, and by nothing else.
 */
export interface Pair {
  check: string
  file: string
  /** Kind and name. */
  resource: string
  by: 'both' | 'ours' | 'theirs'
  /** Of a pair that one side alone reports: why, as `differs` says. */
  because: string | undefined
}

export interface Parity {
  pairs: Pair[]
  /** Checks that kube-linter runs unless told otherwise. */
  defaults: ReadonlySet<string>
  /** Its other checks that a policy of ours names. */
  further: ReadonlySet<string>
  /** Its checks that no policy of ours names, and how many resources each reports; not among the pairs. */
  uncovered: ReadonlyMap<string, number>
  resources: number
  /** Resources that kube-linter could not decode, so that it is silent about them without having judged them. */
  unjudged: number
}

/** Where the table is kept for review; `tests/corpus/parity.test.ts` compares. */
export const snapshotFile = join(root, 'tests', 'corpus', 'parity.snapshot.txt')

const engine = 'kube-linter'

/** Prints the tables, and with the argument `all` every pair that nothing explains. */
export const parity: Benchmark = async (print, args) => {
  const real = await measureParity(corpusSources())
  const own = await measureParity(await exampleSources())
  const text = parityText(real)
  print(text)
  // They hold the hard cases that the corpora lack.
  print('\n# The examples of our policies\n')
  print(parityText(own))
  const unexplained = unexplainedOf([...real.pairs, ...own.pairs])
  const shown = args.includes('all') ? unexplained : unexplained.slice(0, 20)
  print(
    `\nnot explained: ${unexplained.length}${shown.length < unexplained.length ? `, the first ${shown.length}` : ''}`,
  )
  for (const { check, by, file, resource } of shown) print(`  ${check}: ${by} alone: ${resource} in ${file}`)
  if (process.argv.includes('--write')) writeFileSync(snapshotFile, `${text}\n`)
}

export function unexplainedOf(pairs: readonly Pair[]): Pair[] {
  return pairs.filter(({ by, because }) => by !== 'both' && because === undefined)
}

/** Share of pairs that are equal or explained, 1 where there is none. */
export function parityOf(pairs: readonly Pair[]): number {
  return pairs.length === 0 ? 1 : 1 - unexplainedOf(pairs).length / pairs.length
}

/** The tables, per check and in total. Of the corpora they are committed. */
export function parityText({ pairs, defaults, further, uncovered, resources, unjudged }: Parity): string {
  const covered = defaults.size + further.size
  return [
    `${engine} ${toolVersion(engine)}`,
    `${resources} resources; ${unjudged} more were not decoded by ${engine}, which says nothing of them`,
    'parity = (both + explained) / all pairs where at least one of the two reports; strict = both / all',
    `${covered} of its ${covered + uncovered.size} offline checks are covered; parity of them all ${percent(parityOf(pairs))}`,
    '',
    `## its ${defaults.size} default checks`,
    '',
    checksTable(
      pairs.filter(({ check }) => defaults.has(check)),
      defaults,
    ),
    '',
    `## its further checks that a policy of ours names: ${further.size}`,
    '',
    checksTable(
      pairs.filter(({ check }) => further.has(check)),
      further,
    ),
    '',
    `## its checks that no policy of ours covers: ${uncovered.size}`,
    '',
    table(
      ['check', 'theirs'],
      [...uncovered].sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    '',
    '## what explains the differences',
    '',
    reasonsTable(pairs),
  ].join('\n')
}

function checksTable(pairs: readonly Pair[], checks: ReadonlySet<string>): string {
  const row = (name: string, list: readonly Pair[]): (string | number)[] => {
    const count = (by: Pair['by'], explained: boolean): number =>
      list.filter((pair) => pair.by === by && (pair.because !== undefined) === explained).length
    const both = list.filter(({ by }) => by === 'both').length
    return [
      name,
      both,
      count('ours', true),
      count('theirs', true),
      count('ours', false),
      count('theirs', false),
      list.length === 0 ? '-' : percent(parityOf(list)),
      list.length === 0 ? '-' : percent(both / list.length),
    ]
  }
  return table(
    ['check', 'both', 'ours, explained', 'theirs, explained', 'ours, not', 'theirs, not', 'parity', 'strict'],
    [
      ...[...checks].sort().map((check) =>
        row(
          check,
          pairs.filter((pair) => pair.check === check),
        ),
      ),
      row('all', pairs),
    ],
  )
}

function reasonsTable(pairs: readonly Pair[]): string {
  const groups = Map.groupBy(
    pairs.filter(({ because }) => because !== undefined),
    ({ check, by, because }) => `${check}: ${by} alone: ${because ?? ''}`,
  )
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, list]) => `${String(list.length).padStart(5)}  ${reason}`)
    .join('\n')
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`
}

/** A resource that both sides judge. */
interface Unit {
  /** Names its document; what lies in one folder is seen together. */
  path: string
  text: string
  /** The repository it belongs to. */
  repository: string
  file: string
  resource: Resource
  /** Earlier resources of the file that are named alike. */
  twin: number
}

/** One file of manifests. */
export interface Source {
  file: string
  /** Names what is applied together. */
  repository: string
  text: string
}

export async function measureParity(sources: readonly Source[]): Promise<Parity> {
  const { units, inventories } = readUnits(sources)
  const claims = claimsOf(catalogue)
  const theirs = await lint(units)
  const unknown = [...claims.keys()].filter((check) => !theirs.checks.has(check))
  if (unknown.length > 0) throw new Error(`${engine} has no check ${unknown.join(', ')}`)
  const judged = units.filter((unit) => !theirs.undecoded(unit))
  const ours = judgeUnits(judged, inventories)
  const pairs: Pair[] = []
  for (const unit of judged) {
    const own = ours.get(unit) ?? []
    const reported = theirs.reports.get(unit.path) ?? new Set()
    const resource = `${unit.resource.kind} ${unit.resource.name}`
    for (const [check, policies] of claims) {
      const matches = own.filter(({ policy }) => policies.includes(policy))
      const isTheirs = reported.has(check)
      if (matches.length === 0 && !isTheirs) continue
      const by = isTheirs ? (matches.length > 0 ? 'both' : 'theirs') : 'ours'
      const because = by === 'both' ? undefined : explain(check, unit, policies, matches, inventories)
      pairs.push({ check, file: unit.file, resource, by, because })
    }
  }
  return {
    pairs,
    defaults: theirs.defaults,
    further: new Set([...claims.keys()].filter((check) => !theirs.defaults.has(check))),
    uncovered: new Map(
      [...theirs.checks]
        .filter((check) => !claims.has(check))
        .map((check) => [
          check,
          judged.filter(({ path }) => theirs.reports.get(path)?.has(check) === true).length,
        ]),
    ),
    resources: judged.length,
    unjudged: units.length - judged.length,
  }
}

/** By check: the policies that name it, under `same-as` or `covers`. */
function claimsOf(policies: readonly Policy[]): Map<string, Policy[]> {
  const claims = new Map<string, Policy[]>()
  for (const policy of policies)
    for (const check of new Set([
      ...(policy['same-as']?.[engine] ?? []),
      ...(policy.covers?.[engine] ?? []),
    ])) {
      const claiming = claims.get(check) ?? []
      claims.set(check, claiming)
      claiming.push(policy)
    }
  return claims
}

/** Where one of our policies is found. */
interface Own {
  policy: Policy
  place: DifferencePlace
}

/**
 * Why one side alone reports. What is ours has to be explained at every place where we report, what is theirs at one
 * place that a policy of ours looks at.
 */
function explain(
  check: string,
  unit: Unit,
  policies: readonly Policy[],
  matches: readonly Own[],
  inventories: ReadonlyMap<string, Inventory>,
): string | undefined {
  const ask = (policy: Policy, reports: 'ours' | 'theirs', place?: DifferencePlace): string | undefined =>
    foretold(
      policy,
      unit.resource,
      { engine, rule: check, reports },
      { params: {}, values: evidenceOf(policy, unit, inventories) },
      place,
    )
  if (matches.length === 0) {
    for (const policy of policies) {
      const because = ask(policy, 'theirs')
      if (because !== undefined) return because
    }
    return undefined
  }
  const reasons = new Set(matches.map(({ policy, place }) => ask(policy, 'ours', place)))
  // In the order of the policies' ids.
  return reasons.has(undefined) ? undefined : [...reasons].join('; and ')
}

function evidenceOf(policy: Policy, unit: Unit, inventories: ReadonlyMap<string, Inventory>): JsonObject {
  if (!looksAtRepository(policy)) return {}
  const check = repositoryChecks.get(policy.check ?? '')
  const inventory = inventories.get(unit.repository)
  const facts = inventory?.resources.find((other) => isOf(other, unit))
  if (check === undefined || inventory === undefined || facts === undefined) return {}
  return { repository: repositoryEvidence(check, { facts, inventory, params: {} }) }
}

function isOf({ file, group, reference, twin }: ResourceFacts, unit: Unit): boolean {
  const { resource } = unit
  return (
    file === unit.file &&
    twin === unit.twin &&
    group === resource.group &&
    reference.kind === resource.kind &&
    reference.name === resource.name &&
    reference.namespace === resource.namespace
  )
}

/** What our policies find, each file on its own and each repository as a whole. */
function judgeUnits(units: readonly Unit[], inventories: ReadonlyMap<string, Inventory>): Map<Unit, Own[]> {
  const judge = createJudge(catalogue, { params: {}, values: {} })
  const found = new Map<Unit, Own[]>()
  for (const unit of units) {
    const { matches, errors } = judge.judge(unit.resource)
    const [error] = errors
    if (error !== undefined)
      throw new Error(`${unit.file}: ${error.policy} gives no verdict: ${error.message}`)
    found.set(
      unit,
      matches.map(({ policy, container, item }) => ({
        policy,
        place: { container: container?.pointer, item: item?.pointer },
      })),
    )
  }
  for (const [repository, inventory] of inventories) {
    const members = Map.groupBy(
      units.filter((unit) => unit.repository === repository),
      ({ file }) => file,
    )
    for (const { policy, facts } of detectAcross(catalogue, inventory, () => ({ params: {}, severity: {} })))
      for (const unit of members.get(facts.file) ?? [])
        if (isOf(facts, unit)) found.get(unit)?.push({ policy, place: {} })
  }
  return found
}

/** Every file of the corpora. Each folder of `handwritten` is a repository; the others are one each. */
export function corpusSources(): Source[] {
  return corpora.flatMap((corpus) => {
    const folder = requireCorpus(corpus)
    return manifests(folder).map((path) => {
      const below = relative(folder, path)
      const repository = corpus === 'handwritten' ? join(corpus, below.split('/', 1)[0] ?? '') : corpus
      return { file: join(corpus, below), repository, text: readFileSync(path, 'utf8') }
    })
  })
}

/** The examples of all policies, each a repository of its own. */
export async function exampleSources(): Promise<Source[]> {
  const textOf = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value))
  return Object.entries(await loadExamples()).flatMap(([policy, list]) =>
    list.map(({ before, context = [] }, index) => {
      const repository = join(policy, String(index))
      const text = [before, ...context].map((value) => `${textOf(value).trimEnd()}\n`).join('---\n')
      return { file: join(repository, 'example.yaml'), repository, text }
    }),
  )
}

function readUnits(sources: readonly Source[]): {
  units: Unit[]
  inventories: Map<string, Inventory>
} {
  const units: Unit[] = []
  const facts = new Map<string, ResourceFacts[]>()
  for (const { file, repository, text: whole } of sources) {
    const source = readSource(file, whole)
    const list = facts.get(repository) ?? []
    facts.set(repository, list)
    list.push(...factsOf(source))
    source.resources.forEach((resource, index) => {
      const document = source.documents[resource.document]
      if (document === undefined) throw new Error(`${file}: a resource without its document`)
      // What a List holds has no text of its own.
      const text =
        resource.root === ''
          ? withoutHead(source.text.slice(document.start, document.end))
          : JSON.stringify(resource.object)
      const path = join(dirname(file), `${basename(file)}-${index}`)
      const isTwin = ({ group, kind, namespace, name }: Resource): boolean =>
        group === resource.group &&
        kind === resource.kind &&
        namespace === resource.namespace &&
        name === resource.name
      const twin = source.resources.slice(0, index).filter(isTwin).length
      units.push({ path, text, repository, file, resource, twin })
    })
  }
  return { units, inventories: new Map([...facts].map(([name, list]) => [name, inventoryOf(list)])) }
}

/** Without what stands before the marker of a document: kube-linter takes it for a document that is none. */
function withoutHead(text: string): string {
  return text.replace(/^(?:[ \t]*(?:#.*)?\r?\n|%.*\r?\n)*---(?=\s)/, '')
}

interface Lint {
  /** All that it runs without asking the network. */
  checks: ReadonlySet<string>
  defaults: ReadonlySet<string>
  /** Checks that report, by the path of the document. */
  reports: ReadonlyMap<string, ReadonlySet<string>>
  undecoded(unit: Unit): boolean
}

/** Reports every container that it has read: where none is, it is silent for another reason than being content. */
const probe = 'every-container'

/** What kube-linter says of each document, asked as `scan` asks it, of all its checks. */
async function lint(units: readonly Unit[]): Promise<Lint> {
  const start = (settings: Partial<KubeLinterSettings>): ReturnType<typeof createKubeLinter> =>
    createKubeLinter({
      program: tool(engine),
      settings: { ...defaultSettings, ...settings },
      runner: toolRunner,
      temporaryFolder: tmpdir(),
    })
  const linter = await start({
    addAllBuiltIn: true,
    customChecks: [
      {
        name: probe,
        description: '',
        remediation: '',
        template: 'latest-tag',
        scope: { objectKinds: ['DeploymentLike'] },
        params: { blockList: ['.*'] },
      },
    ],
  })
  const { findings, unjudged } = await linter.judge(
    units.map(({ path, text }) => ({ id: path, context: dirname(path), text })),
  )
  const reports = new Map<string, Set<string>>()
  for (const { unit, rule } of findings) reports.set(unit, (reports.get(unit) ?? new Set()).add(rule))
  const refused = new Set(unjudged.map(({ unit }) => unit))
  return {
    checks: new Set(linter.rules.map(({ name }) => name).filter((name) => name !== probe)),
    // What it runs when it is told nothing.
    defaults: new Set((await start({})).rules.map(({ name }) => name)),
    reports,
    undecoded: ({ path, resource }) =>
      refused.has(path) ||
      // A kind that it knows, with containers, and none of them read: kept as text without types.
      (readKinds.has(`${resource.group}/${resource.kind}`) &&
        (resource.pod?.containers.length ?? 0) > 0 &&
        reports.get(path)?.has(probe) !== true),
  }
}

/** Kinds with pods that kube-linter judges. */
const readKinds: ReadonlySet<string> = new Set([
  '/Pod',
  '/ReplicationController',
  'apps/Deployment',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  'batch/Job',
  'batch/CronJob',
])

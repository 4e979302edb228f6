import jsonPatch from 'fast-json-patch'
import type { Cluster, Manifest } from '../../src/cluster/index.ts'
import {
  equal,
  jsonPatchSchema,
  property,
  type DryRun,
  type JsonObject,
  type JsonPatch,
} from '../../src/model/index.ts'
import type { FileResult } from '../../src/pipeline.ts'
import { readSource, type Resource, type SourceFile } from '../../src/resources/index.ts'
import { judgeAdmission, updateShape, type Admission } from '../../src/verify/index.ts'
import type { CorpusFile } from '../support/corpus.ts'

/** One object of a corpus, before and after all fixes of its file. */
export interface Pair {
  file: string
  resource: Resource
  manifest: Manifest
  /** Where the fixes change the object. */
  fixed: { manifest: Manifest; object: JsonObject; patches: JsonPatch[]; policies: string[] } | undefined
}

/** What the server said of one pair. */
export interface Outcome {
  pair: Pair
  original: DryRun
  /** Of an object that has fixes. */
  patched: DryRun | undefined
  admission: Admission | undefined
  /** The server's words where a live object cannot be changed like this. */
  immutable: string | undefined
}

/** Every object of some files with the text that a cluster is sent, and the same after all fixes. */
export function pairsOf(
  files: readonly CorpusFile[],
  analyse: (file: string, text: string) => FileResult,
): Pair[] {
  return files.flatMap(({ file, text }) => {
    const source = readSource(file, text)
    if (source.resources.length === 0) return []
    const result = analyse(file, text)
    const { change } = result
    const fixed = change === undefined ? undefined : readSource(file, change.after)
    return source.resources.map((resource, index): Pair => {
      const after = fixed?.resources[index]
      const pair: Pair = { file, resource, manifest: manifestOf(source, resource), fixed: undefined }
      if (fixed === undefined || after === undefined || equal(resource.object, after.object)) return pair
      const findings = result.findings.filter(
        (finding) =>
          change?.fingerprints.includes(finding.fingerprint) === true &&
          finding.location.document === resource.document &&
          finding.resource.kind === resource.kind &&
          finding.resource.namespace === resource.namespace &&
          finding.resource.name === resource.name,
      )
      pair.fixed = {
        manifest: manifestOf(fixed, after),
        object: after.object,
        patches: findings.map(({ patch }) => patch),
        policies: [...new Set(findings.map(({ policy }) => policy))],
      }
      return pair
    })
  })
}

/** The text of one document as it stands; an item of a List as JSON, since its text is no document of its own. */
export function manifestOf(source: SourceFile, resource: Resource): Manifest {
  const { apiVersion, kind, namespace, object } = resource
  const named = property(object['metadata'], 'name')
  const name = typeof named === 'string' ? named : ''
  const document = source.documents[resource.document]
  if (resource.root !== '' || document === undefined)
    return { apiVersion, kind, namespace, name, body: JSON.stringify(object), type: 'application/json' }
  const body = source.text.slice(document.start, document.end)
  return { apiVersion, kind, namespace, name, body, type: 'application/yaml' }
}

/** Asks about every pair, the original first, four at a time; the results stand in the order of the pairs. */
export async function ask(cluster: Cluster, pairs: readonly Pair[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const updates = new Map<string, Promise<DryRun | undefined>>()
  let next = 0
  const worker = async (): Promise<void> => {
    for (let index = next++; index < pairs.length; index = next++) {
      const pair = pairs[index]
      if (pair !== undefined) outcomes[index] = await askOne(cluster, pair, updates)
    }
  }
  await Promise.all([worker(), worker(), worker(), worker()])
  return outcomes
}

async function askOne(
  cluster: Cluster,
  pair: Pair,
  updates: Map<string, Promise<DryRun | undefined>>,
): Promise<Outcome> {
  const original = await cluster.dryRun(pair.manifest)
  const { fixed, resource } = pair
  if (fixed === undefined)
    return { pair, original, patched: undefined, admission: undefined, immutable: undefined }
  const patched = await cluster.dryRun(fixed.manifest)
  const { object, patches } = fixed
  const admission = judgeAdmission(original, patched, { before: resource.object, after: object, patches })
  const outcome: Outcome = { pair, original, patched, admission, immutable: undefined }
  if (original.outcome !== 'accepted' || patched.outcome !== 'accepted') return outcome
  const patch = jsonPatchSchema.parse(jsonPatch.compare(resource.object, object))
  // One object for each shape of change: more of them would be told the same.
  const { whole: shape } = updateShape(resource.object, patch)
  const asked = updates.get(shape) ?? cluster.tryUpdate(pair.manifest, patch)
  updates.set(shape, asked)
  const update = await asked
  if (update?.outcome === 'rejected' && update.rejection === 'immutable') outcome.immutable = update.message
  return outcome
}

const isPodSecurity = (warning: string): boolean => warning.includes('would violate PodSecurity')

/** The class of an answer in the outcome table. */
export function classOf(answer: DryRun): string {
  if (answer.outcome === 'unanswered') return `unanswered: ${answer.fault}`
  if (answer.outcome === 'rejected') return answer.rejection
  return answer.warnings.every(isPodSecurity) ? 'accepted' : 'accepted with warnings'
}

/** Counts by name, in the order of names. */
export function tally(names: Iterable<string>): [string, number][] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** The outcome table of one corpus: counts alone, so that it can be committed. */
export function outcomeTable(name: string, outcomes: readonly Outcome[]): string {
  const changed = outcomes.filter(({ admission }) => admission !== undefined)
  const section = (title: string, names: Iterable<string>): string[] => [
    title,
    ...tally(names).map(([label, count]) => `  ${label.padEnd(44)}${String(count).padStart(6)}`),
  ]
  return [
    `${name}: ${outcomes.length} objects, ${changed.length} with fixes`,
    ...section(
      'before any fix',
      outcomes.map(({ original }) => classOf(original)),
    ),
    ...section(
      'with all fixes of the file, judged against before',
      changed.flatMap((outcome) =>
        outcome.admission === undefined
          ? []
          : wasHidden(outcome)
            ? 'refused: had errors behind a version that is gone'
            : verdictName(outcome.admission),
      ),
    ),
    ...section(
      'live objects that need delete and recreate for it',
      changed.flatMap(({ immutable, pair }) => (immutable === undefined ? [] : pair.resource.kind)),
    ),
    '',
  ].join('\n')
}

function verdictName(admission: Admission): string {
  switch (admission.verdict) {
    case 'accepted':
      return admission.gates.length > 1 ? 'accepted' : 'accepted, exists already'
    case 'already-invalid':
      return `already invalid (${admission.rejection}), nothing added`
    case 'rejected':
      return `REJECTED by ${admission.gate}`
    case 'unjudged':
      return `not judged (${admission.rejection})`
    case 'unproven':
      return `not proven (${admission.fault})`
  }
}

/**
 * Errors that the object had all along, and that nobody could see while its version was unknown. A run that asks a server
 * refuses the fix; the fixes here come from the policies alone.
 */
function wasHidden({ original, admission }: Outcome): boolean {
  return (
    admission?.verdict === 'rejected' &&
    original.outcome === 'rejected' &&
    original.rejection === 'unknown-kind'
  )
}

/** What a person needs to see of a fix that the server does not take. */
export function regressions(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap((outcome) => {
    const { pair, admission } = outcome
    return admission?.verdict === 'rejected' && !wasHidden(outcome)
      ? [
          `${pair.file}: ${pair.resource.kind} ${pair.resource.name} (${pair.fixed?.policies.join(', ') ?? ''}): ${admission.gate}: ${admission.reason.text}`,
        ]
      : []
  })
}

/** Amounts that a person has chosen, so that the fixes that need them are written as well. */
export const resourceDefaults = {
  resources: {
    defaults: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } },
  },
}

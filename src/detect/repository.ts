import { inventoryOf, type Inventory, type Place, type ResourceFacts } from '../inventory/index.ts'
import type { Finding, JsonObject, JsonValue, Location, Policy, Severity } from '../model/index.ts'
import { looksAtRepository, matchesKind, repositoryChecks, type RepositoryMatch } from '../policies/index.ts'
import type { SourceFile } from '../resources/index.ts'
import { builtinEngine, lastingName, locationOf } from './finding.ts'

/** What the configuration says of one file; the part of it that is needed here. */
export interface RepositorySettings {
  params: Readonly<Record<string, Readonly<Record<string, JsonValue>>>>
  severity: Readonly<Record<string, Severity>>
}

/** One policy that looks at the repository, found true of one resource. */
export interface RepositoryDetected {
  policy: Policy
  facts: ResourceFacts
  match: RepositoryMatch
}

/** What was found across objects, and the finding that tells of it. */
export interface AcrossFinding {
  detected: RepositoryDetected
  finding: Finding
}

/**
 * What the policies that look across objects find, from the facts of all files. Pass the policies that were asked for;
 * those that judge single objects are left out. Order: by policy, then as the facts are ordered.
 */
export function judgeRepository(
  policies: readonly Policy[],
  facts: readonly ResourceFacts[],
  settingsOf: (file: string) => RepositorySettings,
  sourceOf: (file: string) => SourceFile,
): AcrossFinding[] {
  return detectAcross(policies, inventoryOf(facts), settingsOf).map((detected) => {
    const { file } = detected.facts
    const location = locationAt(sourceOf(file), detected.match.at)
    return { detected, finding: repositoryFinding(detected, settingsOf(file), location) }
  })
}

export function locationAt(source: SourceFile, { document, root, pointer }: Place): Location {
  const resource = source.resources.find((one) => one.document === document && one.root === root)
  if (resource === undefined) throw new Error(`${source.file} no longer holds what was found in it`)
  return locationOf(resource, source.lines, pointer)
}

export function detectAcross(
  policies: readonly Policy[],
  inventory: Inventory,
  settingsOf: (file: string) => RepositorySettings,
  isJudged: (policy: Policy, file: string) => boolean = () => true,
): RepositoryDetected[] {
  return policies.filter(looksAtRepository).flatMap((policy) => {
    const check = repositoryChecks.get(policy.check ?? '')
    if (check === undefined)
      throw new TypeError(`no check of the repository is called "${policy.check ?? ''}"`)
    return inventory.resources
      .filter(({ group, reference }) => matchesKind(policy.kinds, `${group}/${reference.kind}`))
      .filter(({ file }) => isJudged(policy, file))
      .flatMap((facts) =>
        check
          .find({ facts, inventory, params: paramsOf(policy, settingsOf(facts.file)) })
          .map((match) => ({ policy, facts, match })),
      )
  })
}

/** The values that are configured for a policy, else its defaults. */
export function paramsOf(policy: Policy, { params }: RepositorySettings): JsonObject {
  const declared = Object.entries(policy.params ?? {}).map(([name, param]) => [name, param.default] as const)
  const given = Object.hasOwn(params, policy.id) ? params[policy.id] : undefined
  return { ...Object.fromEntries(declared), ...given }
}

export function repositoryFinding(
  { policy, facts, match }: RepositoryDetected,
  { severity }: RepositorySettings,
  location: Location,
): Finding {
  const { file, group, reference, twin } = facts
  const { kind, namespace, name } = reference
  // As for a finding of a single object, which has no container here.
  const key = JSON.stringify([policy.id, '', match.key])
  return {
    fingerprint: lastingName({ policy: policy.id, file, group, kind, namespace, name, key, twin }),
    policy: policy.id,
    title: policy.title,
    severity: severity[policy.id] ?? policy.severity,
    engines: [{ name: builtinEngine, rule: policy.id }],
    resource: reference,
    location,
    message: match.message,
    ...endingOf(policy),
    patch: [],
    edits: [],
    requires: [],
  }
}

/** How a finding ends that has no fix, or none yet: a new file is proposed later on, by src/creating.ts. */
function endingOf(policy: Policy): Pick<Finding, 'state' | 'reason'> {
  const fix = policy.fix === 'none' ? undefined : policy.fix.find((one) => !('build' in one))
  if (fix !== undefined && 'needs-value' in fix)
    return { state: 'needs-value', reason: { code: 'needs-value', text: fix['needs-value'].question } }
  const advice = fix !== undefined && 'advice' in fix ? fix.advice : policy.advice
  return { state: 'advice', reason: { code: 'no-mechanical-fix', text: advice ?? policy.title } }
}

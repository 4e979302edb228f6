import type { EvidencePorts } from './evidence.ts'
import { inventoryOf, type FilePlace, type ResourceFacts } from './inventory/index.ts'
import type { AccountEvidence, Evidence, Finding } from './model/index.ts'
import type { FileResult } from './pipeline.ts'

/*
 * What the repository says of the service accounts that pods run as: whether a role is bound to them. It is asked where a
 * pod is found to be given a token, and there the file is analysed once more.
 */

/** What is known for one object, but for the line of the binding. */
export interface AccountUse {
  file: string
  evidence: AccountEvidence
  bound: FilePlace | undefined
  /** Bindings beside that one. */
  others: number
}

export async function withAccounts(
  results: readonly FileResult[],
  { locate, analyse }: Pick<EvidencePorts, 'locate' | 'analyse'>,
): Promise<FileResult[]> {
  const uses = usesIn(results)
  if (uses.length === 0) return [...results]
  const places = uses.flatMap(({ bound }) => bound ?? [])
  const locations = await locate(places)
  const lines = new Map(places.map((place, index) => [place, locations[index]?.line ?? 1]))
  const given = new Map(results.map((result) => [result.file, result.given.evidence]))
  const known = new Map(
    [...Map.groupBy(uses, ({ file }) => file)].map(([file, some]) => [
      file,
      withUses(given.get(file), some, (place) => lines.get(place) ?? 1),
    ]),
  )
  const fresh = new Map((await analyse(known)).map((result) => [result.file, result]))
  return results.map((result) => fresh.get(result.file) ?? result)
}

/** What is known for a file, with the accounts of its objects. */
export function withUses(
  known: Evidence | undefined,
  uses: readonly AccountUse[],
  lineOf: (place: FilePlace) => number,
): Evidence {
  const accounts = uses.map(({ evidence, bound, others }): AccountEvidence => {
    if (bound === undefined) return evidence
    const more = others === 0 ? '' : ` and ${others} more`
    return { ...evidence, bound: `${bound.file}:${lineOf(bound)}${more}` }
  })
  return { images: {}, containers: [], ...known, accounts }
}

/** The accounts of the objects that are found to be given a token. */
export function usesIn(results: readonly Pick<FileResult, 'findings' | 'facts'>[]): AccountUse[] {
  const asked = new Set(
    results.flatMap(({ findings }) =>
      findings.filter(({ location, state }) => isAsked(location) && state !== 'suppressed').map(nameOf),
    ),
  )
  if (asked.size === 0) return []
  const facts = results.flatMap((result) => result.facts)
  const inventory = inventoryOf(facts)
  return facts.flatMap((one): AccountUse[] => {
    const { file, reference, pods } = one
    const { kind, namespace, name } = reference
    if (pods === undefined || !asked.has(nameOf({ resource: reference, location: one }))) return []
    const account = pods.account?.name ?? 'default'
    const made = inventory.named('/ServiceAccount', account, namespace)
    const [bound, ...others] = inventory.boundAt(account, namespace)
    const token = !made.some(({ givesNoToken }) => givesNoToken === true)
    // Of an account of which the repository says nothing there is nothing to hand on.
    if (bound === undefined && made.length === 0) return []
    const evidence = { kind, namespace, object: name, made: made.length > 0, token }
    return [{ file, evidence, bound, others: others.length }]
  })
}

function isAsked({ pointer }: Finding['location']): boolean {
  return pointer.endsWith('/automountServiceAccountToken')
}

function nameOf({
  resource: { kind, namespace, name },
  location: { file },
}: Pick<Finding, 'resource'> & { location: Pick<ResourceFacts, 'file'> }): string {
  return [file, kind, namespace, name].join('\n')
}

import { reachOf, type Inventory, type ResourceFacts } from './inventory/index.ts'
import type { Finding, Policy, Risk } from './model/index.ts'
import { imageNames, imageReference } from './policies/index.ts'
import {
  environmentOf,
  exploitsIn,
  exploitsThrough,
  scanOf,
  scoreRisk,
  threatOf,
  type Feeds,
  type Image,
  type RiskInput,
} from './risk/index.ts'

export interface RatingOptions {
  policies: readonly Policy[]
  /** Whether whole folders were read: of single files nobody can say what stands beside them. */
  wholeFolders: boolean
  feeds: Feeds
  /** How the parts are put together; `scoreRisk` where absent. */
  score?: (input: RiskInput) => Risk
}

/** Families about what an intruder could do. */
const securityFamilies: ReadonlySet<string> = new Set([
  'pod-security',
  'service-accounts-and-rbac',
  'secrets',
  'network',
  'images',
])

/**
 * Of these, the ones about what somebody can do who runs code in a container. To pin an image, or to name it better,
 * keeps what is wrong with it as it is.
 */
const limitingFamilies: ReadonlySet<string> = new Set([
  'pod-security',
  'service-accounts-and-rbac',
  'secrets',
  'network',
])

/** Writes the risk of every finding down, from all that the repository says of its object. */
export function rateFindings(
  findings: readonly Finding[],
  inventory: Inventory,
  { policies, wholeFolders, feeds, score = scoreRisk }: RatingOptions,
): void {
  const reach = reachOf(inventory)
  const byObject = new Map(inventory.resources.map((one) => [keyOf(one.file, one.reference), one]))
  const byId = new Map(policies.map((policy) => [policy.id, policy]))
  const same = new Map<string, Risk>()
  for (const finding of findings) {
    const { policy: id, severity, location, resource } = finding
    const policy = byId.get(id)
    const workload = byObject.get(keyOf(location.file, resource))
    const known = workload?.pods === undefined ? undefined : reach(workload)
    const risk = score({
      severity,
      podSecurity: policy?.standards?.pss,
      isSecurity: policy === undefined || securityFamilies.has(policy.family),
      ...(known !== undefined && {
        exposure: known.exposure ?? { fact: wholeFolders ? 'nobody' : 'unknown' },
      }),
      powers: known?.powers ?? [],
      data: known?.data ?? [],
      environment: environmentOf(location.file, resource.namespace),
      threat: threatTo(finding, workload, feeds),
      limitsThreat: policy !== undefined && limitingFamilies.has(policy.family),
      exploits: exploitsOf(finding, workload, feeds),
    })
    // Thousands of findings have few risks between them.
    const key = JSON.stringify(risk)
    finding.risk = same.get(key) ?? risk
    same.set(key, finding.risk)
  }
}

/** The worst of the images that the finding is about. */
function threatTo(finding: Finding, workload: ResourceFacts | undefined, feeds: Feeds): RiskInput['threat'] {
  if (feeds.scans.length === 0) return undefined
  return imagesOf(finding, workload)
    .flatMap((image) => threatOf(image, feeds) ?? [])
    .toSorted((a, b) => b.probability - a.probability)[0]
}

/** What is exploited: in its own images, or else through what it leaves open. */
function exploitsOf(
  finding: Finding,
  workload: ResourceFacts | undefined,
  feeds: Feeds,
): RiskInput['exploits'] {
  if (feeds.scans.length === 0) return exploitsThrough(finding.policy, feeds.kev)
  const scans = imagesOf(finding, workload).flatMap((image) => scanOf(image, feeds) ?? [])
  const [here] = scans.flatMap((scan) => exploitsIn(scan, finding.policy, feeds.kev) ?? [])
  return here ?? exploitsThrough(finding.policy, feeds.kev)
}

function imagesOf({ container }: Finding, workload: ResourceFacts | undefined): Image[] {
  return (workload?.pods?.containers ?? [])
    .filter(({ name }) => container === undefined || name === container)
    .flatMap(({ image }) => (image === undefined ? [] : imageOf(image)))
}

/** A scan may name an image in another way than the manifest does. */
function imageOf(image: string): Image {
  const parts = imageReference(image)
  if (parts === undefined) return { references: [image] }
  const { name, tag = 'latest', digest } = parts
  return {
    digest,
    references:
      digest === undefined
        ? imageNames(name).flatMap((one) => [`${one}:${tag}`, ...(tag === 'latest' ? [one] : [])])
        : [image],
  }
}

function keyOf(file: string, { apiVersion, kind, namespace, name }: Finding['resource']): string {
  return JSON.stringify([file, apiVersion, kind, namespace, name])
}

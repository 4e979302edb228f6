import { exposures, powers, type DataKind, type Exposure, type Power } from '../model/index.ts'
import { rbac } from './access.ts'
import type { ResourceFacts } from './facts.ts'
import type { Inventory } from './inventory.ts'
import { meets } from './lists.ts'

/** Something that is known of a workload, and the file that says so. */
export interface Known<Fact> {
  fact: Fact
  source: string
}

/** Who reaches a workload, and what it reaches itself, as if the whole repository were applied. */
export interface Reach {
  /** Absent where nothing in the repository leads to it. */
  exposure?: Known<Exposure>
  powers: Known<Power>[]
  data: Known<DataKind>[]
}

const nothing: Reach = { powers: [], data: [] }

/** What of the whole repository concerns each resource that makes pods. */
export function reachOf(inventory: Inventory): (workload: ResourceFacts) => Reach {
  const exposure = exposureOf(inventory)
  const accounts = powersByAccount(inventory)
  const known = new Map<ResourceFacts, Reach>()
  return (workload) => {
    const { pods, reference, file } = workload
    if (pods === undefined) return nothing
    const found = known.get(workload)
    if (found !== undefined) return found
    const name = pods.account?.name ?? 'default'
    const own = exposure.get(workload)
    const made = inventory.named('/ServiceAccount', name, reference.namespace)
    // Who is given no token cannot act as the account.
    const hasToken = pods.token ?? !made.some(({ givesNoToken }) => givesNoToken === true)
    const granted = [...(accounts.get(name) ?? []), ...(accounts.get('') ?? [])].filter(({ namespace }) =>
      meets(namespace, reference.namespace),
    )
    const clouds = made.filter(({ account: one }) => one?.isCloudIdentity === true)
    const reach: Reach = {
      ...(own !== undefined && { exposure: own }),
      powers: (hasToken ? powers : []).flatMap((power) => {
        const grant = granted.find((one) => one.power === power)
        return grant === undefined ? [] : [{ fact: power, source: grant.source }]
      }),
      data: [
        ...pods.holds.map((fact) => ({ fact, source: file })),
        ...clouds.slice(0, 1).map((one) => ({ fact: 'cloud-identity' as const, source: one.file })),
      ],
    }
    known.set(workload, reach)
    return reach
  }
}

function exposureOf(inventory: Inventory): Map<ResourceFacts, Known<Exposure>> {
  const found = new Map<ResourceFacts, Known<Exposure>>()
  const raise = (workload: ResourceFacts, fact: Exposure, source: string): void => {
    const known = found.get(workload)
    if (known === undefined || exposures.indexOf(fact) > exposures.indexOf(known.fact))
      found.set(workload, { fact, source })
  }
  const raiseBehind = (service: ResourceFacts, fact: Exposure, source: string): void => {
    for (const workload of inventory.podsWith(service.service?.selector ?? {}, service.reference.namespace))
      raise(workload, fact, source)
  }
  for (const resource of inventory.resources) {
    const { service, ingress, route, pods, file, reference } = resource
    if (service !== undefined) raiseBehind(resource, service.reach, file)
    for (const name of route ?? ingress?.backends.map((backend) => backend.service) ?? [])
      for (const behind of inventory.named('/Service', name, reference.namespace))
        raiseBehind(behind, 'outside', file)
    if (pods !== undefined && (pods.hasHostNetwork || pods.nodePorts.length > 0))
      raise(resource, 'node', file)
  }
  return found
}

interface Grant {
  /** Of the account; empty for any. */
  namespace: string
  power: Power
  source: string
}

/** What the cluster roles allow that every cluster has. */
const builtIn: ReadonlyMap<string, readonly Power[]> = new Map([
  ['cluster-admin', ['cluster-admin']],
  ['admin', ['pods-exec', 'create-pods', 'read-secrets']],
  ['edit', ['pods-exec', 'create-pods', 'read-secrets']],
])

/** By the name of the account; an empty name stands for all. */
function powersByAccount(inventory: Inventory): Map<string, Grant[]> {
  const grants = new Map<string, Grant[]>()
  for (const { binding, reference, file } of inventory.resources) {
    if (binding === undefined) continue
    const isWide = reference.kind === 'ClusterRoleBinding'
    const roles = inventory.named(`${rbac}/${binding.kind}`, binding.name, isWide ? '' : reference.namespace)
    const given = new Set([
      ...(binding.kind === 'ClusterRole' ? (builtIn.get(binding.name) ?? []) : []),
      ...roles.flatMap(({ role }) => role?.powers ?? []),
    ])
    for (const { namespace, name = '' } of binding.accounts)
      for (const power of given) {
        const grant = {
          namespace: namespace === '' ? reference.namespace : namespace,
          // In one namespace it is everything there, and nothing elsewhere.
          power: power === 'cluster-admin' && !isWide ? ('wildcard' as const) : power,
          source: file,
        }
        const list = grants.get(name)
        if (list === undefined) grants.set(name, [grant])
        else list.push(grant)
      }
  }
  return grants
}

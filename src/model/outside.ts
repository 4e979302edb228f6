/** What a user may ask for beside our own policies: names alone, so that who asks for nothing loads nothing. */

export const backends = ['apiserver', 'kind', 'kubeconfig'] as const
export type Backend = (typeof backends)[number]

export const clusterRequests = ['auto', ...backends] as const
export type ClusterRequest = (typeof clusterRequests)[number]

export const outsideEngines = ['kube-linter', 'kyverno'] as const
export type OutsideEngine = (typeof outsideEngines)[number]

/** Which registries may be asked what a tag stands for, and as whom. */
export interface RegistryRequest {
  /** Hosts, with a port where they have one; Docker Hub is `docker.io`. No other is asked, whatever manifests name. */
  hosts: readonly string[]
  /** Whether the programs that Docker's configuration names for credentials are run. */
  helpers: boolean
}

/** Names of what only another engine reports, which settings and exceptions can name: after it and its rule. */
const ruleNames: Readonly<Record<OutsideEngine, RegExp>> = {
  'kube-linter': /^[\w-]+$/,
  // A policy, or a rule of one. Kyverno allows any words for a rule.
  kyverno: /^[a-z0-9][a-z0-9.-]*(?:\/[^\s/](?:[^/\p{Cc}]{0,61}[^\s/])?)?$/u,
}

export function isEngineRule(name: string): boolean {
  return outsideEngines.some(
    (engine) => name.startsWith(`${engine}/`) && ruleNames[engine].test(name.slice(engine.length + 1)),
  )
}

/** Programs and servers that judge as well. */
export interface OutsideRequest {
  /** The embedded API server. */
  api: boolean
  engines: readonly OutsideEngine[]
  /** Path of the kube-linter program; searched on PATH where absent. */
  kubeLinter: string | undefined
  /** Path of Kyverno's command line tool; searched on PATH where absent. */
  kyverno: string | undefined
  cluster: ClusterRequest | undefined
  kubeconfig: string | undefined
  context: string | undefined
  /** Whether programs that a kubeconfig names for logging in may be run; where absent, at a terminal alone. */
  exec: boolean | undefined
  /** Leave a kind cluster running for the next run. */
  keep: boolean
  registry?: RegistryRequest | undefined
}

/** Nothing that is not part of this program. */
export function asksForNothing({ engines, cluster }: OutsideRequest): boolean {
  return engines.length === 0 && cluster === undefined
}

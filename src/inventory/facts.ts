import {
  property,
  type AmountKind,
  type AmountName,
  type DataKind,
  type Power,
  type ResourceReference,
} from '../model/index.ts'
import type { Resource, SourceFile } from '../resources/index.ts'
import { bindingOf, isCloudIdentity, roleOf } from './access.ts'
import { limitsOf } from './amounts.ts'
import { autoscalerOf, budgetOf, ingressOf, routeOf } from './controllers.ts'
import { holderOf, makesOf } from './environment.ts'
import { appliesOf } from './kustomizations.ts'
import { monitorOf, networkPolicyOf } from './network.ts'
import { podsOf } from './pods.ts'
import type { Selector } from './selectors.ts'
import { serviceOf } from './services.ts'

/**
 * What other objects may need to know of one resource. Plain data and small: it is collected where the file is read,
 * often in a worker thread, and indexed for the whole repository in the main thread (inventory.ts). Resources that no
 * policy asks about leave no facts.
 */
export interface ResourceFacts {
  file: string
  reference: ResourceReference
  /** API group, empty for the core group. */
  group: string
  /** Earlier resources of the same file that are named alike: part of the lasting name of a finding. */
  twin: number
  service?: ServiceFacts
  pods?: PodFacts
  ingress?: IngressFacts
  /** Of a route of the Gateway API: the services that requests go to. */
  route?: readonly string[]
  /** Of a service account: whether it stands for one of the cloud. */
  account?: { isCloudIdentity: boolean }
  autoscaler?: AutoscalerFacts
  budget?: BudgetFacts
  networkPolicy?: NetworkPolicyFacts
  /** A policy for the network of a kind that Kubernetes does not have, such as Cilium's: nobody knows whom it selects. */
  isForeignNetworkPolicy?: true
  monitor?: MonitorFacts
  role?: RoleFacts
  binding?: BindingFacts
  /** A service account that says that pods get no token. */
  givesNoToken?: true
  holder?: HolderFacts
  /** What a LimitRange fills in for containers that say nothing. */
  limits?: { amounts: Amounts; at: Place }
  /** Config maps and secrets that it makes, of which only the names are known. */
  makes?: readonly { kind: HolderKind; name: string }[]
  kustomization?: KustomizationFacts
}

/**
 * Where something stands in its file: a pointer of the resource that stands there. Lines are looked up for what is found
 * alone, since most files are never read in full.
 */
export interface Place {
  document: number
  root: string
  pointer: string
}

/** A map of texts, as labels and selectors are. */
export type Labels = Readonly<Record<string, string>>

export interface ServiceFacts {
  /** Its own labels. */
  labels: Labels
  /** From where it can be reached. */
  reach: 'cluster' | 'node' | 'outside'
  /** Empty for a service whose endpoints are made by hand, and for one that leads out of the cluster. */
  selector: Labels
  /** Where the selector stands. */
  at: Place
  /** Numbers and names of its own ports. */
  ports: readonly (number | string)[]
  /** The ports that lead to a port of the pods by its name. */
  namedTargets: readonly { name: string; at: Place }[]
  /** The ports of the pods that it sends to. */
  targets: readonly PodPort[]
}

/** A port of a pod, by its number or its name. */
export interface PodPort {
  port: number | string
  protocol: string
}

/** Amounts as they are written. */
export type Amounts = Readonly<
  Partial<Record<AmountKind, Readonly<Partial<Record<AmountName, string | number>>>>>
>

export interface ContainerFacts {
  name: string
  /** Where it stands, from the pod's specification. */
  pointer: string
  image?: string
  amounts?: Amounts
}

export interface PodFacts {
  labels: Labels
  /** By which labels their controller knows them; absent where the kind says nothing of it. */
  selector?: Selector
  /** Where the pod's specification stands. */
  at: Place
  containers: readonly ContainerFacts[]
  /** Names of the ports of all containers. */
  portNames: readonly string[]
  /** How many pods are wanted; absent where the kind has no such number. */
  replicas?: number
  /** The service account that is named, where it is not the `default` one that every namespace has. */
  account?: { name: string; at: Place }
  /** Whether they are given the token of the account, where they say so themselves. */
  token?: boolean
  /** True where the pods share the network of their node, which no network policy reaches. */
  hasHostNetwork: boolean
  /** Ports of containers that can be reached by a port of their node. */
  nodePorts: readonly PodPort[]
  /** What its volumes and variables hold. */
  holds: readonly DataKind[]
  /** Config maps and secrets that variables come from, each with a key once; without a key, all of it. */
  sources: readonly { kind: HolderKind; name: string; key?: string; at: Place }[]
}

export interface KustomizationFacts {
  /** The files and folders that it applies, as reports name them. */
  applies: readonly string[]
  /** Where it lists them. */
  at: Place
}

/** What holds the values of variables. */
export type HolderKind = 'ConfigMap' | 'Secret'

export interface HolderFacts {
  /** The names of the keys. */
  keys: readonly string[]
  /** True where something else fills it in, so that it may have further keys. */
  isOpen: boolean
}

export interface NetworkPolicyFacts {
  selector: Selector
  /** Where the selector stands. */
  at: Place
  /** Who may talk to the pods, or they to whom, where those are pods of the same namespace. */
  peers: readonly { selector: Selector; at: Place }[]
}

/** A ServiceMonitor of the Prometheus operator: the services whose pods are asked for metrics. */
export interface MonitorFacts {
  selector: Selector
  /** Where the services are: empty for the monitor's own namespace. */
  namespaces: readonly string[] | 'any'
  at: Place
}

export interface RoleFacts {
  labels: Labels
  /** Verbs on secrets. */
  secrets: GrantFacts
  /** Resources that make pods and that may be created. */
  podMakers: GrantFacts
  /** What leads to more than the rules say. */
  powers: readonly Power[]
  /** The cluster roles whose rules it takes over. */
  collects: readonly Selector[]
}

export interface GrantFacts {
  to: readonly string[]
  /** True where a rule reads like such a grant, and reaches objects that it names or resources of another group alone. */
  hasNarrow: boolean
}

export interface BindingFacts {
  /** Kind and name of the role. */
  kind: string
  name: string
  at: Place
  /** The service accounts that are given the role. */
  accounts: readonly BoundAccounts[]
}

export interface BoundAccounts {
  /** Absent for all of the namespace, as the group of them. */
  name?: string
  /** Empty where it may be any. */
  namespace: string
  at: Place
}

export interface IngressFacts {
  /** The ports of services that requests go to, each once. */
  backends: readonly { service: string; port: number | string; at: Place }[]
}

export interface AutoscalerFacts {
  /** `group/Kind` and name of what it scales. */
  groupKind: string
  name: string
  minReplicas: number
  at: Place
}

/** A disruption budget that says how many pods have to stay. */
export interface BudgetFacts {
  selector: Labels
  minAvailable: { count: number } | { percent: number }
  at: Place
}

/** The facts of all resources of a file that the repository's policies may ask about. */
export function factsOf(source: SourceFile): ResourceFacts[] {
  const twins = new Map<string, number>()
  return source.resources.flatMap((resource) => {
    const { apiVersion, group, kind, namespace, name } = resource
    const key = [group, kind, namespace, name].join('\n')
    const twin = twins.get(key) ?? 0
    twins.set(key, twin + 1)
    const { document, root } = resource
    const about = aboutOf(resource, (pointer) => ({ document, root, pointer }))
    if (about === undefined) return []
    return [{ file: source.file, reference: { apiVersion, kind, namespace, name }, group, twin, ...about }]
  })
}

export type At = (pointer: string) => Place
type About = Omit<ResourceFacts, 'file' | 'reference' | 'group' | 'twin'>

/** Undefined where no policy asks for such a resource. */
function aboutOf(resource: Resource, at: At): About | undefined {
  const { object } = resource
  switch (`${resource.group}/${resource.kind}`) {
    case '/ServiceAccount':
      return {
        account: { isCloudIdentity: isCloudIdentity(object) },
        ...(property(object, 'automountServiceAccountToken') === false && { givesNoToken: true as const }),
      }
    case '/Service':
      return { service: serviceOf(object, at) }
    case 'networking.k8s.io/Ingress':
    case 'extensions/Ingress': {
      const ingress = ingressOf(object, at)
      return ingress && { ingress }
    }
    case 'gateway.networking.k8s.io/HTTPRoute':
    case 'gateway.networking.k8s.io/GRPCRoute':
    case 'gateway.networking.k8s.io/TLSRoute':
    case 'gateway.networking.k8s.io/TCPRoute':
    case 'gateway.networking.k8s.io/UDPRoute':
      return { route: routeOf(object) }
    case 'autoscaling/HorizontalPodAutoscaler': {
      const autoscaler = autoscalerOf(object, at)
      return autoscaler && { autoscaler }
    }
    case 'policy/PodDisruptionBudget': {
      const budget = budgetOf(object, at)
      return budget && { budget }
    }
    case 'networking.k8s.io/NetworkPolicy': {
      const networkPolicy = networkPolicyOf(object, at)
      return networkPolicy && { networkPolicy }
    }
    case 'kustomize.config.k8s.io/Kustomization':
    case 'kustomize.config.k8s.io/Component':
      return {
        kustomization: { applies: appliesOf(resource), at: at('/resources') },
        makes: makesOf(resource),
      }
    case 'monitoring.coreos.com/ServiceMonitor': {
      const monitor = monitorOf(object, at)
      return monitor && { monitor }
    }
    case '/LimitRange': {
      const amounts = limitsOf(object)
      return amounts && { limits: { amounts, at: at('/spec/limits') } }
    }
    case 'rbac.authorization.k8s.io/Role':
    case 'rbac.authorization.k8s.io/ClusterRole':
      return { role: roleOf(object) }
    case 'rbac.authorization.k8s.io/RoleBinding':
    case 'rbac.authorization.k8s.io/ClusterRoleBinding': {
      const binding = bindingOf(resource, at)
      return binding && { binding }
    }
    case '/ConfigMap':
    case '/Secret':
      return { holder: holderOf(object) }
    default: {
      if (resource.kind.endsWith('NetworkPolicy')) return { isForeignNetworkPolicy: true }
      const makes = makesOf(resource)
      if (makes.length > 0) return { makes }
      const pods = podsOf(resource, at)
      return pods && { pods }
    }
  }
}

import type { ResourceReference } from '../model/index.ts'
import type { Resource, SourceFile } from '../resources/index.ts'
import { autoscalerOf, budgetOf, ingressOf } from './controllers.ts'
import { podsOf } from './pods.ts'
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
  autoscaler?: AutoscalerFacts
  budget?: BudgetFacts
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
  /** Empty for a service whose endpoints are made by hand, and for one that leads out of the cluster. */
  selector: Labels
  /** Where the selector stands. */
  at: Place
  /** Numbers and names of its own ports. */
  ports: readonly (number | string)[]
  /** The ports that lead to a port of the pods by its name. */
  namedTargets: readonly { name: string; at: Place }[]
}

export interface PodFacts {
  labels: Labels
  /** Names of the ports of all containers. */
  portNames: readonly string[]
  /** How many pods are wanted; absent where the kind has no such number. */
  replicas?: number
  /** The service account that is named, where it is not the `default` one that every namespace has. */
  account?: { name: string; at: Place }
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

/** Undefined where no policy asks for such a resource. A service account is known by its reference alone. */
function aboutOf(resource: Resource, at: At): About | undefined {
  const { object } = resource
  switch (`${resource.group}/${resource.kind}`) {
    case '/ServiceAccount':
      return {}
    case '/Service':
      return { service: serviceOf(object, at) }
    case 'networking.k8s.io/Ingress':
    case 'extensions/Ingress': {
      const ingress = ingressOf(object, at)
      return ingress && { ingress }
    }
    case 'autoscaling/HorizontalPodAutoscaler': {
      const autoscaler = autoscalerOf(object, at)
      return autoscaler && { autoscaler }
    }
    case 'policy/PodDisruptionBudget': {
      const budget = budgetOf(object, at)
      return budget && { budget }
    }
    default: {
      const pods = podsOf(resource, at)
      return pods && { pods }
    }
  }
}

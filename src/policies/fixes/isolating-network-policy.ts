import { matcherOf, selectsAll, type ResourceFacts, type Selector } from '../../inventory/index.ts'
import type { JsonObject } from '../../model/index.ts'
import { openPorts, selectorOf } from '../checks/non-isolated-pod.ts'
import type { RepositoryPlace } from '../checks/repository.ts'
import type { DocumentBuilder } from './repository.ts'

/**
 * A policy that closes the pods of one workload for all that comes in but what the repository sends to them: the ports of
 * its services, from wherever. Nothing is said of what goes out. It selects by the selector of the workload, which nobody
 * can change later on; by the labels of the pods where there is none.
 */
export const isolatingNetworkPolicy: DocumentBuilder = (place) => {
  const { file, pods, reference } = place.facts
  const { namespace } = reference
  const name = reference.name.replace(/[-.]+$/, '')
  if (pods === undefined || !isName(name) || !(namespace === '' || isName(namespace))) return undefined
  const selector = selectorOf(pods)
  // All pods of the namespace are more than the finding is about. What the API does not take may be a template.
  if (selectsAll(selector) || !isWritable(selector) || !matcherOf(selector)(pods.labels)) return undefined
  const kustomizations = place.inventory.kustomizationsOf(file)
  const [applying, another] = kustomizations
  if (applying !== undefined && (another !== undefined || !applies(applying, file)))
    return { hazard: 'kustomization', detail: kustomizations.map((one) => one.file).join(', ') }
  const isolated = isolatedToo(place, selector)
  if (isolated !== undefined)
    return {
      hazard: 'selects-isolated-pods',
      detail: `${isolated.reference.kind} ${isolated.reference.name}`,
    }
  const ports = openPorts(place).map(({ port, protocol }) => ({ port, protocol }))
  return {
    file: `${name}-network-policy`,
    name,
    ...(applying?.kustomization && {
      listedBy: { file: applying.file, at: applying.kustomization.at },
    }),
    object: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: namespace === '' ? {} : { namespace },
      spec: {
        ...(ports.length > 0 && { ingress: [{ ports }] }),
        podSelector: written(selector),
        policyTypes: ['Ingress'],
      },
    },
  }
}

/** Other pods that the selector fits, and that another policy is about: they would be opened wider, or closed further. */
function isolatedToo({ facts, inventory }: RepositoryPlace, selector: Selector): ResourceFacts | undefined {
  const { namespace } = facts.reference
  return inventory.podsSelected(selector, namespace).find((other) => {
    const [policy] = inventory.networkPoliciesOf(other.pods?.labels ?? {}, other.reference.namespace)
    return policy !== undefined
  })
}

function applies({ kustomization }: ResourceFacts, file: string): boolean {
  return kustomization?.applies.includes(file) === true
}

/** With its keys in the order of their names. */
function written({ labels, requirements }: Selector): JsonObject {
  const sorted = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return {
    ...(requirements.length > 0 && {
      matchExpressions: requirements.map(({ key, operator, values }) => ({
        key,
        operator,
        ...(values.size > 0 && { values: [...values] }),
      })),
    }),
    ...(sorted.length > 0 && { matchLabels: Object.fromEntries(sorted) }),
  }
}

function isWritable({ labels, requirements }: Selector): boolean {
  return (
    Object.entries(labels).every(([key, value]) => isKey(key) && isValue(value)) &&
    requirements.every(({ key, values }) => isKey(key) && [...values].every(isValue))
  )
}

/** Leaves room for a number behind it, and for the ending of a file. */
const longestName = 200

function isName(text: string): boolean {
  return text.length <= longestName && /^[a-z0-9]+(?:[-.][a-z0-9]+|-)*$/.test(text) && !text.endsWith('-')
}

function isKey(text: string): boolean {
  const [name = '', prefix, ...more] = text.split('/').toReversed()
  return more.length === 0 && (prefix === undefined || isName(prefix)) && name !== '' && isValue(name)
}

function isValue(text: string): boolean {
  return (
    text === '' ||
    (text.length <= 63 && /^[A-Za-z0-9]/.test(text) && /^[-A-Za-z0-9_.]*[A-Za-z0-9]$/.test(text))
  )
}
